"""Metadata of a stored article: author, dates, section and tags."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from declutter.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIELDS: Final = (
    # By field: patterns of key names reduced to letters, best first; publication dates precede those of the record.
    ("published", re.compile(r"(?:first)?(?:date)?publi(?:sh|c)(?:ed|ation)?(?:at|on|date|time|datetime|timestamp)?")),
    ("published", re.compile(r"(?:pub|display|release|issue|post)(?:ed)?date|date|datetime|timestamp")),
    ("published", re.compile(r"(?:date)?created?(?:at|on|date|time)?")),
    ("modified", re.compile(r"(?:last)?(?:date)?(?:modified|updated?)(?:at|on|date|time|timestamp)?")),
    ("author", re.compile(r"authors?|bylines?|writers?|creators?|authorname|authornames|contributors?|credits")),
    ("section", re.compile(r"section|primarysection|category|primarycategory|articlesection|rubric")),
    ("keyword", re.compile(r"tags|keywords|topics")),
)  # fmt: skip
_LETTERS: Final = re.compile(r"[^a-z]+")
_BESIDE: Final = tuple("meta metadata _meta sys dates attributes info fields taxonomy frontmatter".split())
_NAMES: Final = ("name", "title", "displayName", "display_name", "fullName", "full_name", "label", "text", "byline")
_PARTS: Final = (("firstName", "lastName"), ("first_name", "last_name"), ("givenName", "familyName"))
_WRAPPERS: Final = tuple("node nodes edges data attributes fields items profile user person by".split())
_MOMENTS: Final = ("iso", "date", "value", "$date", "utc", "datetime", "rendered", "timestamp")
_MAX_DEPTH: Final = 5
_MAX_VALUES: Final = 40
_MAX_TEXT: Final = 200


def read_facts(nodes: Sequence[Mapping[str, object]], cache: Mapping[str, object]) -> Mapping[str, tuple[str, ...]]:
    """The article's metadata, from its object and the parent object.

    nodes: the object that holds the body, then its parent. cache: targets of `__ref`. Returns values as written, by
    field: published, modified, author, section and keyword.
    """
    found: dict[str, tuple[str, ...]] = {}
    for node in _near(nodes):
        named = [(_LETTERS.sub("", name.partition("(")[0].lower()), value) for name, value in node.items()]
        for field, names in _FIELDS:
            for name, held in named:
                if field not in found and held and names.fullmatch(name):
                    read = _moments(held) if field in ("published", "modified") else _names(held, cache)
                    if values := tuple(dict.fromkeys(read))[:_MAX_VALUES]:
                        found[field] = values
    return found


def _near(nodes: Sequence[Mapping[str, object]]) -> Iterator[Mapping[str, object]]:
    for node in nodes:
        yield node
        for name in _BESIDE:
            if isinstance(held := node.get(name), dict):
                yield held


def _moments(value: object) -> Iterator[str]:
    """A time as text, from a string, seconds or milliseconds since 1970, or an object that holds either."""
    if isinstance(value, dict):
        value = next((held for name in _MOMENTS if (held := value.get(name))), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(int(value))
    if isinstance(value, str) and parse_date(value):
        yield value


def _names(value: object, cache: Mapping[str, object], depth: int = 0) -> Iterator[str]:
    """The names in a string, in objects with a name field, and in lists of either."""
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        if 0 < len(value) <= _MAX_TEXT:
            yield value
    elif isinstance(value, list):
        for inner in value[:_MAX_VALUES]:
            yield from _names(inner, cache, depth + 1)
    elif isinstance(value, dict):
        if isinstance(key := value.get("__ref"), str):
            yield from _names(cache.get(key), cache, depth + 1)
        elif named := next((held for name in _NAMES if isinstance(held := value.get(name), str) and held), None):
            yield named
        elif parts := next((both for names in _PARTS if (both := _joined(value, names))), None):
            yield parts
        else:
            for name in _WRAPPERS:
                yield from _names(value.get(name), cache, depth + 1)


def _joined(node: Mapping[str, object], names: tuple[str, str]) -> str:
    return " ".join(held for name in names if isinstance(held := node.get(name), str))
