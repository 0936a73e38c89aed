"""Articles that a page keeps for its scripts: in JSON-LD, application state or a template.

Used only if the visible page has no essay, so most pages never get here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from lxml.etree import tostring

from declutter.deadline import NEVER, Deadline
from declutter.stored.articles import Article, find_articles, holds_prose, size_of
from declutter.stored.scripts import read_attributes, read_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

__all__ = ["Stored", "find_stored"]

_TEMPLATES: Final = frozenset({"template", "textarea", "noframes"})
_MIN_SIZE: Final = 240
"""Characters, wide ones counted twice; anything shorter is a teaser or a notice."""
_STRUCTURED: Final = 1.15
"""Factor that favours application state: it keeps paragraphs where JSON-LD often runs them together, and templates also
hold other content.
"""


class Stored(NamedTuple):
    """An article found in a page's hidden data.

    markup: its HTML, beginning with the headline if that is known. source: the kind of data it came from. element: the
    element that held it. size: characters of its text, wide ones counted twice. facts: its metadata, by field.
    """

    markup: str
    size: int
    source: Literal["json-ld", "state", "template"]
    element: _Element
    facts: Mapping[str, tuple[str, ...]]


def find_stored(root: _Element, *, title: str | None, deadline: Deadline = NEVER) -> Stored | None:
    """Find the page's article in its scripts or templates. None if there is none, or if the choice is ambiguous.

    title: the page's headline from its head. An article with that title wins over longer ones. One with another title
    has to look like an article (a date, an author, a URL of its own) and must have no rival of similar length.
    deadline: raises LimitError past it.
    """
    best: tuple[float, Stored] | None = None
    for source, element, article in _all(root, title, deadline):
        weight = article.size * (_STRUCTURED if source == "state" else 1.0)
        if best is None or weight > best[0]:
            best = (weight, Stored(article.markup, article.size, source, element, article.facts))
    return best[1] if best else None


def _all(
    root: _Element, title: str | None, deadline: Deadline
) -> Iterator[tuple[Literal["json-ld", "state", "template"], _Element, Article]]:
    for element, is_linked_data, value in deadline.watch(read_scripts(root), every=1):
        article = find_articles(value, title=title, deadline=deadline)
        if article is not None and article.size >= _MIN_SIZE:
            yield ("json-ld" if is_linked_data else "state"), element, article
    for element, value in deadline.watch(read_attributes(root), every=1):
        article = find_articles(value, title=title, deadline=deadline)
        if article is not None and article.size >= _MIN_SIZE:
            yield "state", element, article
    for element in deadline.watch(root.iter(*_TEMPLATES, "script")):
        markup = _template(element)
        if markup and holds_prose(markup) and (size := size_of(markup)) >= _MIN_SIZE:
            yield "template", element, Article(markup, size)


def _template(element: _Element) -> str | None:
    """The HTML that an element hides; None for executable scripts and for content without paragraphs."""
    if element.tag == "script" and not (element.get("type") or "").lower().startswith(
        ("text/html", "text/x-", "text/template", "text/ng-")
    ):
        return None
    inside = "".join(tostring(child, encoding="unicode", method="html") for child in element)
    written = f"{element.text or ''}{inside}"
    return written if "<p" in written.lower() or "<br" in written.lower() else None
