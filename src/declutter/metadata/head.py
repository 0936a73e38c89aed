"""Metadata from the tree, read in one pass before the blocks are classified."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec.structs import replace

from declutter.dates import parse_date
from declutter.deadline import NEVER, Deadline
from declutter.metadata import jsonld
from declutter.metadata.candidates import Candidate, Findings
from declutter.metadata.names import ITEMPROP, LINKS, META
from declutter.metadata.people import names
from declutter.metadata.titles import choose, post_in, site_in
from declutter.model import Entry
from declutter.vocabulary import key_of, vocabulary

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_HEADINGS = 8
_MAX_SITE_WORDS = 6
_FEW_WORDS = 4
"""Longer site names count only if the rest of the title is longer still."""
_MIN_POST = 8  # letters of a post's title
_MAX_TIMES = 8
_MAX_PARTS = 100
_MAX_CLIMB = 3
_MAX_HEADER = 200
# <time>, its predecessor <abbr>, and custom elements of scripts that show relative times.
_TIMES = ("time", "abbr", "relative-time", "time-ago", "local-time")
_MOMENTS = (
    "datetime", "data-datetime", "data-date", "data-time", "data-timestamp", "data-epoch", "data-utc", "data-published",
    "data-pubdate", "data-publish-date", "data-published-at", "content", "title",
)  # fmt: skip
_DATE_NAME = re.compile("date|time|publish|posted|created")  # for lower-case names, which are faster to search
_HEADER_NAMES = {"author", "creator", "datepublished", "datecreated", "datemodified"}
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Bytes, because lxml would encode a str at every call, which is two thirds of its cost.
_CONTENT, _NAME, _ITEMPROP = b"content", b"name", b"itemprop"
_NAMED_BY = (b"property", _NAME, _ITEMPROP, b"http-equiv")
_CARD = {"label1", "data1", "label2", "data2"}
_PUBLISHED = re.compile(r"publish\w*[-_.:]?(?:date|time|on|at)\b|date[-_.:]?publish")
_READ_ELSEWHERE = frozenset({"meta", "link", *_TIMES})
_BESIDES = 0.8
_MAX_SAID = 20
_SURE = 0.8
_MAX_NAME = 100  # characters of a name that may denote a date
_URL_DATE = re.compile(r"/(?:19|20)(\d\d)[/-]?([01]\d)[/-]?([0-3]\d)?(?=[/_-])|/((?:19|20)\d\d-[01]\d-[0-3]\d)")
_URL_NAMED_DATE = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)/")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the tree says about the article, before the blocks are classified.

    title: the best guess at the headline, without the site's name; None if the page names none.
    headline: the title as a candidate, with its source. fields: candidates per field, in page order.
    base: the URL that resolves the page's relative URLs: its <base>, or else its own URL.
    updates: the entries of a live blog, from the page's JSON-LD.
    """

    title: str | None = None
    headline: Candidate | None = None
    base: str | None = None
    updates: tuple[Entry, ...] = ()
    fields: Mapping[str, tuple[Candidate, ...]] = msgspec.field(default_factory=dict)

    @property
    def address(self) -> str | None:
        """The canonical URL that the page declares, as written."""
        said = max(self.fields.get("canonical", ()), key=lambda candidate: candidate.confidence, default=None)
        return said.value if said else None

    @property
    def authors(self) -> tuple[str, ...]:
        """The names of authors with a high confidence."""
        said = self.fields.get("author", ())[:_MAX_SAID]
        written = (name for candidate in said if candidate.confidence >= _SURE for name in names(candidate.value))
        return tuple(dict.fromkeys(written))

    def knowing(self, facts: Mapping[str, Iterable[str]], source: str) -> Head:
        """The head with more candidates from another source, which rank below the page's own declarations."""
        findings = Findings(self.fields)
        for field, values in facts.items():
            for value in values:
                findings.add(field, value, source, _BESIDES)
        return replace(self, fields={field: tuple(found) for field, found in findings.fields.items()})

    def mapped(self, change: Callable[[str, str], str]) -> Head:
        """The head with each text replaced by `change(field, text)`."""

        def changed(field: str, candidate: Candidate) -> Candidate:
            return Candidate(change(field, candidate.value), candidate.source, candidate.confidence)

        headline = changed("title", self.headline) if self.headline else None
        return replace(
            self,
            title=headline.value if headline else None,
            headline=headline,
            fields={field: tuple(changed(field, one) for one in found) for field, found in self.fields.items()},
        )


EMPTY_HEAD = Head()
"""The head of input without a tree, such as a text dump."""


def read_head(root: _Element, *, url: str | None = None, deadline: Deadline = NEVER) -> Head:
    """Collect what the tree says about its article. Does not change the tree or raise for malformed pages.

    deadline: a deadline that stops early, instead of raising, leaves the candidates found until then.
    """
    reading = _Reading()
    reading.read(root, deadline)
    findings, headings, page_title = reading.findings, reading.headings, reading.page_title
    if reading.scripts:
        addresses = (url, *[candidate.value for candidate in findings.all("canonical")])
        page = jsonld.Page.of(addresses, (page_title, *headings))
        jsonld.read_scripts(deadline.watch(reading.scripts, every=1), findings, page)
    if reading.headline is not None and not ("author" in findings.fields and "published" in findings.fields):
        _read_microdata(reading.headline, findings)
    findings.add("language", root.get("lang") or root.get(_XML_LANG), "html lang", 0.8)
    if "twitter:label1" in findings.fields:
        _read_card(findings)
    if url:
        _read_address(url, findings)
    sites = [candidate.value for candidate in findings.all("site")]
    if not sites and page_title and (name := site_in(page_title, url)):
        findings.add("site", name, "title", 0.6)
    if page_title and (post := _post_below(root, page_title, headings, sites)):
        sites, headings = [*sites, *headings], [post]
    headline = choose(findings.all("title"), page_title, headings, sites, url)
    return Head(
        title=headline.value if headline else None,
        headline=headline,
        fields={field: tuple(candidates) for field, candidates in findings.fields.items()},
        base=_joined(url, reading.base),
        updates=tuple(findings.updates),
    )


def _post_below(root: _Element, page_title: str, headings: Sequence[str], sites: Sequence[str]) -> str | None:
    """The lower heading that is a blog post's title, where the page title has it after the site's name.

    The site's name is the text of the only h1, or the declared one without an h1. In `Site » Archive » Post` the title
    follows the section's name as well.
    """
    whole = key_of(page_title)
    names = [name for name in headings or sites if len(name.split()) <= _MAX_SITE_WORDS]
    rests = {
        rest
        for name in names
        if (rest := whole.removeprefix(key := key_of(name))) not in (whole, "")
        and (len(name.split()) <= _FEW_WORDS or len(rest) > len(key))
    }
    rests |= {key_of(post) for name in names if (post := post_in(page_title, name))}
    if len(set(headings)) > 1 or not any(len(rest) >= _MIN_POST for rest in rests):
        return None
    return next((text for lower in root.iter("h2", "h3") if key_of(text := _all_text(lower)) in rests), None)


def _joined(url: str | None, base: str | None) -> str | None:
    """The page's <base> as an absolute URL; the page's own URL if there is no valid <base>."""
    if not base:
        return url
    try:
        joined = urljoin(url or "", base.strip())
        return joined if urlsplit(joined).scheme in ("http", "https") else url
    except ValueError:
        return url


class _Reading:
    """One pass over the relevant elements, collecting candidates and the texts to be weighed later."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.scripts: list[str] = []
        self.headings: list[str] = []
        self.headline: _Element | None = None
        self.page_title: str | None = None
        self.base: str | None = None
        self._times = 0

    def read(self, root: _Element, deadline: Deadline) -> None:
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
            self.scripts.append(_all_text(element))

    def _read_title(self, element: _Element) -> None:
        # Later <title> elements belong to SVG drawings.
        self.page_title = self.page_title or _all_text(element) or None

    def _read_heading(self, element: _Element) -> None:
        if len(self.headings) < _MAX_HEADINGS and (text := _all_text(element)):
            self.headings.append(text)
            self.headline = element

    def _read_time(self, element: _Element) -> None:
        if self._times >= _MAX_TIMES or (element.tag == "abbr" and not _moment(element)):
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


def _read_card(findings: Findings) -> None:
    """Read Twitter cards: `twitter:label1` (`Written by`, in any language) names the value in `twitter:data1`."""
    for number in "12":
        label, value = findings.best(f"twitter:label{number}"), findings.best(f"twitter:data{number}")
        if label and value and any(cue.section == "author" for cue in vocabulary().find(label.value)):
            findings.add("author", value.value, "twitter card", 0.85)


def _read_link(element: _Element, findings: Findings) -> None:
    relation, address = element.get(b"rel"), element.get(b"href")
    if not relation or not address:
        return
    relation = relation.lower()
    if found := LINKS.get(relation):
        findings.add(found[0], address, f"link {relation}", found[1])
    elif relation == "alternate" and element.get("media") == "print":
        findings.add("printable", address, "link alternate", 0.9)


def _read_microdata(headline: _Element, findings: Findings) -> None:
    """Read `itemprop` and `rel=author` in the article's header. Searching the whole page would double the cost."""
    header = headline
    for ancestor in islice(headline.iterancestors(), _MAX_CLIMB):
        if ancestor.tag in ("body", "html"):
            break
        header = ancestor
    for element in islice(header.iter(), _MAX_HEADER):
        given: dict[str, str] = dict(element.items())  # type: ignore[arg-type] # one call for all attributes
        if not given or element.tag in _READ_ELSEWHERE:
            continue
        name = (given.get("itemprop") or given.get("rel") or "").lower()
        if name in _HEADER_NAMES:
            field, confidence = ITEMPROP[name]
            findings.add(field, _microdata_value(element), f"microdata {name}", confidence)
        elif _DATE_NAME.search(" ".join((*given, given.get("class", ""))).lower()) and _moment(element):
            _read_time(element, findings, 0.5, source="attribute")


def _microdata_value(element: _Element) -> str:
    """The value of an element: its machine-readable attribute, the name inside a described person, or its text."""
    stated = element.get("content") or element.get("datetime")
    if stated:
        return stated
    named = next((inner for inner in islice(element.iter(), _MAX_PARTS) if inner.get("itemprop") == "name"), element)
    return named.get("content") or _all_text(named)


def _moment(element: _Element) -> str | None:
    """The date in an element's attributes, as written."""
    return next((value for name in _MOMENTS if (value := element.get(name)) and parse_date(value)), None)


def _read_time(element: _Element, findings: Findings, confidence: float, *, source: str = "time") -> None:
    value = _moment(element) or _all_text(element)
    role = (element.get("itemprop") or element.get("class") or "").lower()
    if "modif" in role or ("updated" in role and "published" not in role):
        findings.add("modified", value, source, 0.7)
    else:
        sure = "publish" in role or element.get("pubdate") is not None
        findings.add("published", value, source, 0.9 if sure else confidence)


def _read_address(url: str, findings: Findings) -> None:
    if match := _URL_DATE.search(url):
        year = match[0][1:5]
        findings.add("published", match[4] or "-".join(filter(None, (year, match[2], match[3]))), "url", 0.7)
    elif match := _URL_NAMED_DATE.search(url):
        findings.add("published", f"{match[3]} {match[2]} {match[1]}", "url", 0.7)


def _all_text(element: _Element) -> str:
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
