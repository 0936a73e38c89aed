"""Choose the final metadata from the candidates of the head and of the labelled blocks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from declutter.dates import parse_date
from declutter.dates.zones import region_of
from declutter.metadata import people
from declutter.metadata.bylines import read_blocks
from declutter.metadata.candidates import Candidate, Findings
from declutter.metadata.date_lines import Reading
from declutter.metadata.field_names import ITEMPROP
from declutter.metadata.head import Head
from declutter.metadata.language import is_month_first, settle_language
from declutter.metadata.links import FILED_UNDER, read_links
from declutter.metadata.listings import first_entry
from declutter.metadata.signatures import read_crumbs, read_signed
from declutter.metadata.titles import Sites, without_token
from declutter.metadata.when import SHOWN, choose_dates
from declutter.model import Block, Label, Metadata, Origin
from declutter.vocabulary import key_of, vocabulary

if TYPE_CHECKING:
    from declutter.outline import Outline

_CHROME: Final = Label.CHROME
_TITLE: Final = Label.TITLE  # see Label

_ENTRIES: Final = frozenset({"time", "attribute", *(f"microdata {name}" for name in ITEMPROP)})
"""Sources that belong to the first entry if the page is a listing."""
_MAX_AUTHORS: Final = 30
_ADDRESSES: Final = ("canonical", "image", "amp", "printable", "next_page", "previous_page")
_SIGNED: Final = 0.6  # a candidate below it is a site, a login name or a guess
_MIN_TITLE_KEY: Final = 8
_MAX_SITE_LINE: Final = 80
_MAX_NAME_WORDS: Final = 4
_NOTICES: Final = ("©", "(c)", "copyright", "all rights")
_MAX_KEYWORD: Final = 60
_MAX_KEYWORDS: Final = 50
_KEYWORD_BREAK: Final = re.compile(r"[,;，、；|]")
_TAGS_IN_ONE: Final = re.compile(r",\S|,[^,]*,")  # one comma and a space may be a title's
_SLASHED: Final = re.compile(r"(?<![\d/])(\d\d?)/(\d\d?)/(20\d\d)(?!\d)")
_MAX_DATED: Final = 220
_MONTHS_A_YEAR: Final = 12


def complete(
    head: Head, blocks: Sequence[Block], outline: Outline, *, as_of: str | None = None, url: str | None = None
) -> Metadata:
    """Decide every field. `as_of` is when the page was fetched; later dates are placeholders.

    outline: the outline of the blocks, for the names of the elements around them. Raises LimitError past its deadline.
    """
    findings = Findings(head.fields)
    headline = _headline(head, blocks, Sites([c.value for c in findings.all("site")], url))
    language = settle_language(findings.all("language"), blocks)
    day_first = _is_day_first(blocks, findings.all("published"), language.value if language else "")
    deadline = outline.deadline
    deadline.check()
    entry = first_entry(blocks)
    own = blocks[:entry]
    if entry is not None:
        findings.forget(_ENTRIES)
    spoken = language.value if language else ""
    reading = Reading(day_first, as_of, region_of(spoken, url), vocabulary().by_words(spoken))
    read_blocks(own, headline.value if headline else None, findings, reading, deadline)
    read_crumbs(blocks, outline, findings)
    read_links(blocks, url, findings, deadline)
    site = findings.best("site")
    sites = Sites([c.value for c in findings.all("site")], url)
    authors, author = _authors(findings.all("author"), sites)
    if author is None or author.confidence < _SIGNED:
        read_signed(own, outline, findings)
        authors, author = _authors(findings.all("author"), sites)
    dates = choose_dates(findings, own, as_of, day_first=day_first)
    keywords, keyword = _keywords(findings)
    chosen = {
        "title": headline,
        "published": dates.published,
        "first_published": dates.first_published,
        "modified": dates.modified,
        "site": site,
        "section": _section(findings, headline),
        "language": language,
        "origin": findings.best("origin"),
        "description": findings.best("description"),
        "licence": _licence(findings.best("licence"), head.base or url),
        **{field: _absolute(findings.best(field), head.base or url) for field in _ADDRESSES},
    }
    found = {field: candidate for field, candidate in chosen.items() if candidate is not None}
    sources = {**found, **({"authors": author} if author else {}), **({"keywords": keyword} if keyword else {})}
    return Metadata(
        authors=authors,
        keywords=keywords,
        sources={field: Origin(c.source, round(max(c.confidence, 0.0), 2)) for field, c in sources.items()},
        **{field: candidate.value for field, candidate in found.items()},
    )


def _is_day_first(blocks: Sequence[Block], published: Sequence[Candidate], language: str) -> bool:
    """Whether `4/5/2021` is in May: by the page's unambiguous dates, otherwise by its language.

    `13/5/2021` is unambiguous, and so is a date that also occurs in the page's URL.
    """
    address = next((parse_date(candidate.value) or "" for candidate in published if candidate.source == "url"), "")
    votes = 0
    for text in [block.text for block in blocks if "/20" in block.text]:
        for first, second, year in _SLASHED.findall(text) if len(text) <= _MAX_DATED else ():
            votes += (int(first) > _MONTHS_A_YEAR) - (int(second) > _MONTHS_A_YEAR)
            votes += address == f"{year}-{second:0>2}-{first:0>2}"
            votes -= address == f"{year}-{first:0>2}-{second:0>2}"
    return votes > 0 if votes else not is_month_first(language)


def _headline(head: Head, blocks: Sequence[Block], sites: Sites) -> Candidate | None:
    """The head's title, or else the block labelled title, without a portal's token."""
    shown = next((block for block in blocks if block.label is _TITLE), None)
    found = head.headline
    if shown and sites.names(shown.text):
        shown = None
    if shown and (found is None or _is_confirmed(shown, found, head) or _is_better(shown, found, blocks)):
        found = Candidate(shown.text, "title block", round(0.8 * shown.confidence, 2))
    if not found:
        return None
    short = (block.text for block in blocks if len(block.text) < len(found.value))
    return Candidate(without_token(found.value, short), found.source, found.confidence)


def _is_confirmed(shown: Block, found: Candidate, head: Head) -> bool:
    """Whether the page declares the shown headline, while the title that was found is nowhere on the page."""
    key = key_of(shown.text)
    return found.source != "h1" and any(key_of(stated.value) == key for stated in head.fields.get("title", ()))


def _is_better(shown: Block, found: Candidate, blocks: Sequence[Block]) -> bool:
    """Whether the shown headline is better than the page title, which contains it or is only the site's name.

    A page title is taken for the site's name if a line above a longer headline contains it, if the footer repeats it,
    or if it is a few words that occur nowhere on the page.
    """
    key, whole = key_of(shown.text), key_of(found.value)
    if len(key) < _MIN_TITLE_KEY or found.source != "title":
        return False
    if key in whole or not len(key) > len(whole) > 1 or whole in key:
        return key in whole
    named = [block for block in blocks if len(block.text) <= _MAX_SITE_LINE and whole in key_of(block.text)]
    if not named:
        return found.value.count(" ") < min(_MAX_NAME_WORDS, shown.text.count(" "))
    return any(block.index < shown.index or block.label is _CHROME for block in named)


def _section(findings: Findings, headline: Candidate | None) -> Candidate | None:
    """The declared section, or else the last breadcrumb step that is not the article, or else the blog's category."""
    declared = findings.best("section")
    if declared is not None and declared.source != FILED_UNDER:
        return declared
    steps = findings.all("breadcrumb")
    title = key_of(headline.value) if headline else ""
    steps = [
        step for step in steps[1:] if key_of(step.value) != title and not title.startswith(key_of(step.value)[:40])
    ]
    return steps[-1] if steps else declared


def _keywords(findings: Findings) -> tuple[tuple[str, ...], Candidate | None]:
    """Single tags if the page declares them, otherwise its list of keywords."""
    single = [c for c in findings.all("keyword") if len(c.value) <= _MAX_KEYWORD]
    listed = findings.best("keywords")
    if len(single) == 1 and _TAGS_IN_ONE.search(single[0].value):
        single, listed = [], single[0]
    words = [c.value for c in single]
    source = single[0] if single else listed
    if not words and listed is not None:
        # Dublin Core repeats the element for each subject.
        told = ";".join(c.value for c in findings.all("keywords") if c.source == listed.source) or listed.value
        words = [word for part in _KEYWORD_BREAK.split(told) if 0 < len(word := part.strip()) <= _MAX_KEYWORD]
    distinct: dict[str, str] = {}
    for word in words:
        distinct.setdefault(word.casefold(), word)
    return tuple(distinct.values())[:_MAX_KEYWORDS], source if distinct else None


def _licence(candidate: Candidate | None, url: str | None) -> Candidate | None:
    """The licence's URL, absolute, or its name as written: `CC BY 4.0`. A copyright notice is none."""
    if candidate is not None and candidate.value.lower().startswith(_NOTICES):
        return None
    is_name = candidate is not None and (" " in candidate.value or not set("/.:#?") & set(candidate.value))
    return candidate if is_name else _absolute(candidate, url)


def _absolute(candidate: Candidate | None, url: str | None) -> Candidate | None:
    if candidate is None or not candidate.value or candidate.value.startswith("data:"):
        return None
    try:
        return Candidate(urljoin(url or "", candidate.value), candidate.source, candidate.confidence)
    except ValueError:
        return None


def _authors(candidates: Sequence[Candidate], sites: Sites) -> tuple[tuple[str, ...], Candidate | None]:
    """The names from the source with the highest confidence that has one; a source may give several."""
    ranked = sorted([_doubted(candidate, sites) for candidate in candidates], key=lambda c: -c.confidence)
    best: Candidate | None = None
    found: dict[str, None] = {}
    for candidate in ranked:
        if best is not None and (candidate.source, candidate.confidence) != (best.source, best.confidence):
            break
        if written := _names_in(candidate):
            best = candidate
            found.update(dict.fromkeys(written))
    if len(found) == 1:  # some systems declare only the first of several authors
        (first,) = found
        for candidate in ranked:
            is_more = candidate.source in SHOWN and first in candidate.value and first != candidate.value
            if is_more and set(written := _names_in(candidate)) > set(found):
                best, found = candidate, dict.fromkeys(written)
                break
    return tuple(found)[:_MAX_AUTHORS], best


def _names_in(candidate: Candidate) -> list[str]:
    is_listed = candidate.source.startswith(("citation", "dc"))
    return people.names(people.reversed_name(candidate.value) if is_listed else candidate.value)


def _doubted(candidate: Candidate, sites: Sites) -> Candidate:
    """Lower the confidence of the site's own name and of login names (`jane.roe`, `jroe`)."""
    value, doubt = candidate.value, 0.0
    if sites.names(value):
        doubt = 0.35
    elif " " not in value and value.isascii() and value.islower():
        doubt = 0.3
    return Candidate(value, candidate.source, candidate.confidence - doubt) if doubt else candidate
