"""The page's own declarations: `<meta>`, `<link>`, `<time>`, microdata, and the texts of `<title>` and headings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.dates import parse_date
from declutter.deadline import Deadline
from declutter.metadata.candidates import Findings
from declutter.metadata.field_names import ITEMPROP, LINKS, META

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_HEADINGS: Final = 8
_MAX_TIMES: Final = 8
_MAX_PARTS: Final = 100
_MAX_CLIMB: Final = 3
_MAX_HEADER: Final = 200
# <time>, its predecessor <abbr>, and custom elements of scripts that show relative times.
_TIMES: Final = ("time", "abbr", "relative-time", "time-ago", "local-time")
_MOMENTS: Final = (
    "datetime", "data-datetime", "data-date", "data-time", "data-timestamp", "data-epoch", "data-utc", "data-published",
    "data-pubdate", "data-publish-date", "data-published-at", "content", "title",
)  # fmt: skip
_DATE_NAME: Final = re.compile("date|time|publish|posted|created")  # for lower-case names, which are faster to search
_HEADER_NAMES: Final = {"author", "creator", "datepublished", "datecreated", "datemodified", "articlesection"}
# Bytes, because lxml would encode a str at every call, which is two thirds of its cost.
_CONTENT, _NAME, _ITEMPROP = b"content", b"name", b"itemprop"
_NAMED_BY: Final = (b"property", _NAME, _ITEMPROP, b"http-equiv")
_CARD: Final = {"label1", "data1", "label2", "data2"}
_PUBLISHED: Final = re.compile(r"publish\w*[-_.:]?(?:date|time|on|at)\b|date[-_.:]?publish")
_READ_ELSEWHERE: Final = frozenset({"meta", "link", *_TIMES})
_OF_COMMENT: Final = re.compile(
    r"(?:^|\s)comment(?:s|list|[_-](?:body|content|head(?:er)?|item|list|meta(?:data)?|wrap))?(?:\s|$)"
)
_MAX_NAME: Final = 100  # characters of a name that may denote a date


class Declarations:
    """What one pass over the relevant elements finds: candidates, and the texts to be weighed later.

    scripts: the JSON-LD. headings: the texts of the first <h1> elements; headline: the last of these elements.
    page_title: the <title>. base: the <base>, as written.
    """

    def __init__(self) -> None:
        self.findings = Findings()
        self.scripts: list[str] = []
        self.headings: list[str] = []
        self.headline: _Element | None = None
        self.page_title: str | None = None
        self.base: str | None = None
        self._times = 0

    def read(self, root: _Element, deadline: Deadline) -> None:
        """Read the elements below `root`, in page order."""
        readers = {
            "base": self._read_base,
            "meta": self._read_meta,
            "link": self._read_link,
            "script": self._read_script,
            "title": self._read_title,
            "h1": self._read_heading,
            **dict.fromkeys(_TIMES, self._read_time),
        }
        for element in deadline.watch(root.iter(*readers)):
            readers[str(element.tag)](element)

    def _read_base(self, element: _Element) -> None:
        self.base = self.base or element.get("href")

    def _read_meta(self, element: _Element) -> None:
        name = element.get(_NAME)
        if name and name.endswith("ld+json"):  # some frameworks put the type into `name`
            self.scripts.append(element.get(_CONTENT) or "")
        else:
            _read_meta(element, self.findings)

    def _read_link(self, element: _Element) -> None:
        _read_link(element, self.findings)

    def _read_script(self, element: _Element) -> None:
        kind = element.get(b"type")
        if kind and "ld+json" in kind:
            self.scripts.append(all_text(element))

    def _read_title(self, element: _Element) -> None:
        # Later <title> elements belong to SVG drawings.
        self.page_title = self.page_title or all_text(element) or None

    def _read_heading(self, element: _Element) -> None:
        if len(self.headings) < _MAX_HEADINGS and (text := all_text(element)):
            self.headings.append(text)
            self.headline = element

    def _read_time(self, element: _Element) -> None:
        if self._times >= _MAX_TIMES or (element.tag == "abbr" and not _moment(element)):
            return
        if any(_OF_COMMENT.search(above.get("class") or "") for above in islice(element.iterancestors(), _MAX_CLIMB)):
            return
        # The first <time> after the headline is usually the article's; those above it belong to a menu.
        is_first = not self._times
        self._times += bool(self.headings)
        _read_time(element, self.findings, 0.72 if self.headings and is_first else 0.5)


def _read_meta(element: _Element, findings: Findings) -> None:
    content = element.get(_CONTENT)
    if not content:
        return
    for attribute in _NAMED_BY:
        name = element.get(attribute)
        if name is None:
            continue
        name = name.lower()
        found = ITEMPROP.get(name) if attribute == _ITEMPROP else META.get(name)
        if found is None and "publish" in name and len(name) <= _MAX_NAME and _PUBLISHED.search(name):
            found = ("published", 0.8)
        if found:
            findings.add(found[0], content, name, found[1])
            return
        if name.startswith("twitter:") and name.removeprefix("twitter:") in _CARD:
            findings.add(name, content, name, 0.9)
            return


def _read_link(element: _Element, findings: Findings) -> None:
    relation, address = element.get(b"rel"), element.get(b"href")
    if not relation or not address:
        return
    relation = relation.lower()
    if found := LINKS.get(relation):
        findings.add(found[0], address, f"link {relation}", found[1])
    elif relation == "alternate" and element.get("media") == "print":
        findings.add("printable", address, "link alternate", 0.9)


def read_microdata(headline: _Element, findings: Findings) -> None:
    """Read `itemprop` and `rel=author` in the article's header. Searching the whole page would double the cost."""
    header = headline
    for ancestor in islice(headline.iterancestors(), _MAX_CLIMB):
        if ancestor.tag in ("body", "html"):
            break
        header = ancestor
    for element in islice(header.iter(), _MAX_HEADER):
        attributes: Sequence[str] = element.keys()  # type: ignore[assignment]
        if not attributes or element.tag in _READ_ELSEWHERE:
            continue
        name = (element.get(_ITEMPROP) or element.get(b"rel") or "").lower()
        if name in _HEADER_NAMES:
            field, confidence = ITEMPROP[name]
            findings.add(field, _microdata_value(element), f"microdata {name}", confidence)
        elif _DATE_NAME.search(" ".join((*attributes, element.get(b"class", ""))).lower()) and _moment(element):
            _read_time(element, findings, 0.5, source="attribute")


def _microdata_value(element: _Element) -> str:
    """The value of an element: its machine-readable attribute, the name inside a described person, or its text."""
    stated = element.get("content") or element.get("datetime")
    if stated:
        return stated
    named = next((inner for inner in islice(element.iter(), _MAX_PARTS) if inner.get("itemprop") == "name"), element)
    return named.get("content") or all_text(named)


def _moment(element: _Element) -> str | None:
    """The date in an element's attributes, as written."""
    return next((value for name in _MOMENTS if (value := element.get(name)) and parse_date(value)), None)


def _read_time(element: _Element, findings: Findings, confidence: float, *, source: str = "time") -> None:
    value = _moment(element) or all_text(element)
    role = (element.get("itemprop") or element.get("class") or "").lower()
    if "modif" in role or ("updated" in role and "published" not in role):
        findings.add("modified", value, source, 0.7)
    else:
        sure = "publish" in role or element.get("pubdate") is not None
        findings.add("published", value, source, 0.9 if sure else confidence)


def all_text(element: _Element) -> str:
    """The text of an element, white space folded, from its first 100 parts."""
    if not len(element):
        return " ".join((element.text or "").split())
    return " ".join("".join(islice(_parts(element), _MAX_PARTS)).split())


def _parts(element: _Element) -> Iterator[str]:
    """The texts of an element, separated at line breaks but not at other markup."""
    if isinstance(element.tag, str):
        yield " " if element.tag == "br" else element.text or ""
    for child in element:
        yield from _parts(child)
        yield child.tail or ""
