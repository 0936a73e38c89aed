"""Metadata from the tree, read in one pass before the blocks are classified."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

import msgspec
from msgspec.structs import replace

from declutter.deadline import NEVER, Deadline
from declutter.metadata import jsonld
from declutter.metadata.candidates import Candidate, Findings
from declutter.metadata.declared import Declarations, all_text, read_microdata
from declutter.metadata.people import names
from declutter.metadata.titles import choose, post_in, site_beside, site_in
from declutter.model import Entry
from declutter.vocabulary import key_of, vocabulary

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAX_SITE_WORDS: Final = 6
_FEW_WORDS: Final = 4
"""Longer site names count only if the rest of the title is longer still."""
_MIN_POST: Final = 8  # letters of a post's title
_XML_LANG: Final = "{http://www.w3.org/XML/1998/namespace}lang"
_BESIDES: Final = 0.8
_MAX_SAID: Final = 20
_SURE: Final = 0.8
_URL_DATE: Final = re.compile(r"/(?:19|20)(\d\d)[/-]?([01]\d)[/-]?([0-3]\d)?(?=[/_-])|/((?:19|20)\d\d-[01]\d-[0-3]\d)")
_URL_NAMED_DATE: Final = re.compile(r"/((?:19|20)\d\d)/([a-z]{3,9})/([0-3]?\d)/")


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


EMPTY_HEAD: Final = Head()
"""The head of input without a tree, such as a text dump."""


def read_head(root: _Element, *, url: str | None = None, deadline: Deadline = NEVER) -> Head:
    """Collect what the tree says about its article. Does not change the tree or raise for malformed pages.

    deadline: a deadline that stops early, instead of raising, leaves the candidates found until then.
    """
    reading = Declarations()
    reading.read(root, deadline)
    findings, headings, page_title = reading.findings, reading.headings, reading.page_title
    if reading.scripts:
        addresses = (url, *[candidate.value for candidate in findings.all("canonical")])
        page = jsonld.Page.of(addresses, (page_title, *headings))
        jsonld.read_scripts(deadline.watch(reading.scripts, every=1), findings, page)
    if reading.headline is not None and not ("author" in findings.fields and "published" in findings.fields):
        read_microdata(reading.headline, findings)
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
    if not findings.all("site") and page_title and headline:
        findings.add("site", site_beside(page_title, headline.value, url), "title", 0.5)
    return Head(
        title=headline.value if headline else None,
        headline=headline,
        fields={field: tuple(candidates) for field, candidates in findings.fields.items()},
        base=_joined(url, reading.base),
        updates=tuple(findings.updates),
    )


def _post_below(root: _Element, page_title: str, headings: Sequence[str], sites: Sequence[str]) -> str | None:
    """The lower heading that is a blog post's title, where the page title has it after the site's name.

    The site's name is the text of the only h1; without an h1, the declared one, or what is before a colon. In
    `Site » Archive » Post` the title follows the section's name as well.
    """
    whole = key_of(page_title)
    front = page_title.partition(": ")[0]
    names = [name for name in headings or sites or [front] if len(name.split()) <= _MAX_SITE_WORDS]
    rests = {
        rest
        for name in names
        if (rest := whole.removeprefix(key := key_of(name))) not in (whole, "")
        and (len(name.split()) <= _FEW_WORDS or len(rest) > len(key))
    }
    rests |= {key_of(post) for name in names if (post := post_in(page_title, name))}
    if len(set(headings)) > 1 or not any(len(rest) >= _MIN_POST for rest in rests):
        return None
    return next((text for lower in root.iter("h2", "h3") if key_of(text := all_text(lower)) in rests), None)


def _joined(url: str | None, base: str | None) -> str | None:
    """The page's <base> as an absolute URL; the page's own URL if there is no valid <base>."""
    if not base:
        return url
    try:
        joined = urljoin(url or "", base.strip())
        return joined if urlsplit(joined).scheme in ("http", "https") else url
    except ValueError:
        return url


def _read_card(findings: Findings) -> None:
    """Read Twitter cards: `twitter:label1` (`Written by`, in any language) names the value in `twitter:data1`."""
    for number in "12":
        label, value = findings.best(f"twitter:label{number}"), findings.best(f"twitter:data{number}")
        if label and value and vocabulary().says(label.value, "author"):
            findings.add("author", value.value, "twitter card", 0.85)


def _read_address(url: str, findings: Findings) -> None:
    if match := _URL_DATE.search(url):
        year = match[0][1:5]
        findings.add("published", match[4] or "-".join(filter(None, (year, match[2], match[3]))), "url", 0.7)
    elif match := _URL_NAMED_DATE.search(url):
        findings.add("published", f"{match[3]} {match[2]} {match[1]}", "url", 0.7)
