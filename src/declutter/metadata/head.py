"""What a page's tree says by itself about its article, read in one pass before the blocks are classified."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING

import msgspec

from declutter.metadata import jsonld
from declutter.metadata.candidates import Candidate, Findings
from declutter.metadata.names import ITEMPROP, LINKS, META
from declutter.metadata.titles import choose, site_in
from declutter.vocabulary import vocabulary

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_HEADINGS = 8
_MAX_TIMES = 8
_MAX_PARTS = 50
_CARD = {"label1", "data1", "label2", "data2"}
_PUBLISHED = re.compile(r"publish\w*[-_.:]?(?:date|time|on|at)\b|date[-_.:]?publish")
_URL_DATE = re.compile(r"/(?:19|20)(\d\d)[/-]?([01]\d)[/-]?([0-3]\d)?(?=[/_-])|/((?:19|20)\d\d-[01]\d-[0-3]\d)")


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """What the page's tree says, before the blocks are classified.

    title: the best guess at the headline, without the site's name; None where the page names none.
    headline: the same with its source. fields: candidates per field, in page order.
    """

    title: str | None = None
    headline: Candidate | None = None
    fields: Mapping[str, tuple[Candidate, ...]] = msgspec.field(default_factory=dict)


EMPTY_HEAD = Head()
"""The head of what has no tree: a text dump."""


def read_head(root: _Element, *, url: str | None = None) -> Head:
    """Collect what the tree says about its article; nothing is changed, nothing raised for dirty pages."""
    findings = Findings()
    scripts: list[str] = []
    headings: list[str] = []
    page_title: str | None = None
    times = 0
    for element in root.iter("meta", "link", "title", "script", "h1", "time"):
        tag = element.tag
        if tag == "meta":
            _read_meta(element, findings)
        elif tag == "link":
            _read_link(element, findings)
        elif tag == "script":
            kind = element.get("type")
            if kind is not None and "ld+json" in kind:
                scripts.append(_all_text(element))
        elif tag == "h1":
            if len(headings) < _MAX_HEADINGS and (text := _all_text(element)):
                headings.append(text)
        elif tag == "title":
            if page_title is None:
                page_title = _all_text(element) or None
        elif times < _MAX_TIMES:
            times += bool(headings)
            _read_time(element, findings, 0.72 if headings and times == 1 else 0.5)
    jsonld.read_scripts(scripts, findings)
    findings.add("language", root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang"), "html lang", 0.8)
    if "twitter:label1" in findings.fields:
        _read_card(findings)
    if url:
        _read_address(url, findings)
    sites = [candidate.value for candidate in findings.all("site")]
    if not sites and page_title and (name := site_in(page_title, url)):
        findings.add("site", name, "title", 0.6)
    headline = choose(findings.all("title"), page_title, headings, sites, url)
    return Head(
        title=headline.value if headline else None,
        headline=headline,
        fields={field: tuple(candidates) for field, candidates in findings.fields.items()},
    )


def _read_meta(element: _Element, findings: Findings) -> None:
    content = element.get("content")
    if not content:
        return
    for attribute in ("property", "name", "itemprop", "http-equiv"):
        name = element.get(attribute)
        if name is None:
            continue
        name = name.lower()
        found = ITEMPROP.get(name) if attribute == "itemprop" else META.get(name)
        if found is None and "publish" in name and _PUBLISHED.search(name):
            found = ("published", 0.8)
        if found:
            findings.add(found[0], content, name, found[1])
            return
        if name.startswith("twitter:") and name.removeprefix("twitter:") in _CARD:
            findings.add(name, content, name, 0.9)
            return


def _read_card(findings: Findings) -> None:
    """`twitter:label1` names what `twitter:data1` holds: `Written by`, in the page's language."""
    for number in "12":
        label, value = findings.best(f"twitter:label{number}"), findings.best(f"twitter:data{number}")
        if label and value and any(cue.section == "author" for cue in vocabulary().find(label.value)):
            findings.add("author", value.value, "twitter card", 0.85)


def _read_link(element: _Element, findings: Findings) -> None:
    relation, address = element.get("rel"), element.get("href")
    if not relation or not address:
        return
    relation = relation.lower()
    if found := LINKS.get(relation):
        findings.add(found[0], address, f"link {relation}", found[1])
    elif relation == "alternate" and element.get("media") == "print":
        findings.add("printable", address, "link alternate", 0.9)


def _read_time(element: _Element, findings: Findings, confidence: float) -> None:
    value = element.get("datetime") or _all_text(element)
    role = (element.get("itemprop") or element.get("class") or "").lower()
    if "modif" in role or "updated" in role and "published" not in role:
        findings.add("modified", value, "time", 0.7)
    else:
        sure = "publish" in role or element.get("pubdate") is not None
        findings.add("published", value, "time", 0.9 if sure else confidence)


def _read_address(url: str, findings: Findings) -> None:
    if match := _URL_DATE.search(url):
        year = match[0][1:5]
        findings.add("published", match[4] or "-".join(filter(None, (year, match[2], match[3]))), "url", 0.7)


def _all_text(element: _Element) -> str:
    if not len(element):
        return " ".join((element.text or "").split())
    parts = map(str, islice(element.itertext(), _MAX_PARTS))
    # A line break parts words; other markup inside a heading does not.
    return " ".join((" " if next(element.iter("br"), None) is not None else "").join(parts).split())
