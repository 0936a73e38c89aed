"""Authors named away from the headline: in a signature below the essay, or in an element with an author class."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.dates import find_dates
from declutter.metadata.author_links import linked_names, parted
from declutter.metadata.candidates import Findings
from declutter.metadata.leads import date_section, read_leads, stands_alone
from declutter.metadata.people import is_of_pictures, is_plain_name, is_short_name, without_tail
from declutter.model import Block, Kind, Label
from declutter.vocabulary import vocabulary

if TYPE_CHECKING:
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_AUTHOR_WORDS: Final = ("uthor", "yline", "riter", "ontributor")
_CRUMB_WORDS: Final = ("breadcrumb", "Breadcrumb", "BreadCrumb", "breadCrumb")
_CRUMB_WORD: Final = re.compile("|".join(_CRUMB_WORDS))
_MAX_KEY: Final = 40
_MAX_CLIMB: Final = 6
_MAX_STEP: Final = 45
_MAX_STEPS: Final = 6
_CRUMB_SIGNS: Final = " /›»>＞→|·•"
_MAX_LEAD: Final = 40
_META: Final = Label.META
_BELOW: Final = frozenset({Label.META, Label.CHROME, Label.TAGS, Label.PROMO})
_SIGNING: Final = frozenset({Label.META, Label.CHROME, Label.BODY})
_AUTHOR_CLASS: Final = re.compile(
    r"(?:(?<=\s)|(?<=[_-])|^)(?:author|byline|writer|contributor)s?(?:[_-]{1,2}(?:name|link|title|text|info))?(?=\s|$)",
    re.IGNORECASE,
)
_MAX_SIGNED: Final = 3
# `Published 05-05-2010. Author: Jane Roe. Views: 311`
_INNER_LEAD: Final = re.compile(r"(?<=[.,;|•·])\s(?=[^\s:：]{2,14}[:：]\s)")
_DASHES: Final = "—–―-"


def read_signed(blocks: Sequence[Block], outline: Outline, findings: Findings) -> None:
    """Add names in elements whose class names an author, if no other source gives one.

    If there are many, they belong to a list of teasers or to a team, and are ignored.
    """
    if not _hold(outline.names, _AUTHOR_WORDS):
        return
    texts = (block for block in blocks if block.kind is not Kind.IMAGE)
    signed: dict[str, float] = {}
    known: dict[tuple[str, str], bool] = {}  # by the names of an element and of its parent
    for block, owner in zip(texts, outline.owners, strict=False):
        if block.label not in _SIGNING or not 0 < len(block.text) <= _MAX_KEY:
            continue
        around = outline.names[owner], outline.names[max(outline.parents[owner], 0)]
        is_author = known.get(around)
        if is_author is None:
            is_author = known[around] = _AUTHOR_CLASS.search(" ".join(around)) is not None
        if is_author and not is_of_pictures(block.text):
            name = without_tail(block.text)
            if is_plain_name(name):
                signed.setdefault(name, 0.66)
            elif block.label is _META and is_short_name(name) and not vocabulary().find(name):
                signed.setdefault(name, 0.6)
    for name, confidence in signed.items() if len(signed) <= _MAX_SIGNED else ():
        findings.add("author", name, "author class", confidence)


def read_crumbs(blocks: Sequence[Block], outline: Outline, findings: Findings) -> None:
    """Add breadcrumb steps that are in elements of their own, recognised by class names."""
    if "breadcrumb" in findings.fields:
        return
    if not _hold(outline.names, _CRUMB_WORDS):
        return
    crumbs = {number for number, name in enumerate(outline.names) if _CRUMB_WORD.search(name)}
    first = min(crumbs)
    texts = (block for block in blocks if block.kind is not Kind.IMAGE)
    steps: list[str] = []
    links, is_own = 0, False
    for block, owner in zip(texts, outline.owners, strict=False):
        if owner >= first and not crumbs.isdisjoint(islice(outline.ancestors(owner), _MAX_CLIMB)):
            steps.append(block.text.strip(_CRUMB_SIGNS))
            is_own = bool(links) and not block.links
            links += len(block.links)
        elif steps:
            break  # only the first breadcrumb: later ones are in footers
    if is_own and steps:  # a single unlinked step at the end is the page itself
        steps.pop()
    if 1 < len(steps) <= _MAX_STEPS:  # a longer one is a menu
        for step in steps:
            if step and len(step) <= _MAX_STEP and not vocabulary().says(step, "meta"):
                findings.add("breadcrumb", step, "breadcrumb", 0.7)


def _hold(names: Sequence[str], words: Sequence[str]) -> bool:
    """Whether any name contains one of the words. Tests them all at once, because most pages have none."""
    written = "\n".join(names)
    return any(word in written for word in words)


def _is_signing(block: Block) -> bool:
    """Whether the line is only a lead, such as `Posted by:`, with the name in the next block."""
    return len(block.text) <= _MAX_LEAD and vocabulary().says(block.text, "author", "label")


def read_far(
    block: Block, below: Sequence[Block], findings: Findings, *, day_first: bool | None, follows_essay: bool
) -> None:
    """Read a line away from the headline, and the next one if the line is only a lead."""
    text = block.text
    if below and below[0].label in _BELOW and _is_signing(block) and is_short_name(below[0].text):
        findings.add("author", below[0].text, "signature", 0.58)
    elif block.label is Label.META and not (
        read_leads(text, vocabulary().find(text), findings, 0.6) or _read_inner_lead(text, findings)
    ):
        if block.links:
            _read_signature(block, findings)
        elif follows_essay and is_plain_name(text):
            findings.add("author", text, "signature", 0.56)
    elif block.label is not Label.META and "20" in text and not _read_signed_date(text, findings, day_first=day_first):
        _read_colophon(block, findings, day_first=day_first)
    if text[-1:].isdigit() or "20" in text:
        _read_far_dates(block, findings, day_first=day_first)


def _read_inner_lead(text: str, findings: Findings) -> bool:
    """Read an author's lead word inside a line. Returns whether there is one."""
    for part in _INNER_LEAD.split(text)[1:]:
        cues = [cue for cue in vocabulary().find(part) if cue.section == "author"]
        if read_leads(part, cues, findings, 0.6):
            return True
    return False


def _read_signed_date(text: str, findings: Findings, *, day_first: bool | None) -> bool:
    """Read a line that consists of a dash, a name and a date: `— Jane Roe, 3 May 2024`. Returns whether it is one."""
    if text[0] not in _DASHES:
        return False
    said = text.lstrip(f"{_DASHES} ")
    for start, end, date in find_dates(said, day_first=day_first)[:1]:
        name = said[:start].rstrip(" ,·|(")
        if end >= len(said.rstrip(" .)")) and is_plain_name(name):
            findings.add("author", name, "signature", 0.62)
            findings.add("published", date, "signature", 0.55)
            return True
    return False


def _read_colophon(block: Block, findings: Findings, *, day_first: bool | None) -> None:
    """Read a line with lead, name and date, of any label: `Posted by Jane Roe on 2025-12-18 in Gardens`."""
    before = block.text.partition("20")[0]  # years start with 20; a search for dates is expensive
    if not vocabulary().says(before, "author", "lead"):
        return
    text = parted(block)
    if dates := find_dates(text, day_first=day_first):
        said = text[: dates[0].start]
        read_leads(said, vocabulary().find(said), findings, 0.58, linked_names(block))


def _read_signature(block: Block, findings: Findings) -> None:
    """Read a name below the article that links to its author page."""
    if linked_names(block) and is_short_name(without_tail(block.text)):
        findings.add("author", without_tail(block.text), "signature", 0.6)


def _read_far_dates(block: Block, findings: Findings, *, day_first: bool | None) -> None:
    """Read dates away from the headline: those with a lead word, and a single one in a block labelled meta."""
    for start, end, date in find_dates(block.text, day_first=day_first)[:2]:
        section, lead = date_section(block.text[:start], block.text[start:end])
        if block.label is _BODY and (lead < start or not stands_alone(block.text, 0, end)):
            continue
        if section == "updated":
            findings.add("modified", date, "page line", 0.55)
        elif section == "published":
            findings.add("published", date, "page line", 0.5 if block.label is _BODY else 0.6)
        elif block.label is Label.META:
            findings.add("published", date, "page line", 0.45)
