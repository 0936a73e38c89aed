"""Authors, dates and origin from the visible blocks around the headline.

Reads only blocks near the headline, plus lead words (`By`, `Published`, `来源:`) in any block labelled meta. A line
without a lead word, such as a plain name or a bare date beside the headline, gets a lower confidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from declutter.dates import find_dates
from declutter.deadline import NEVER, Deadline
from declutter.metadata.author_links import linked_names, parted, to_link
from declutter.metadata.candidates import Findings
from declutter.metadata.date_lines import BESIDE, REMOTENESS, Place, Reading, read_dates
from declutter.metadata.forms import is_agency, named_by, named_in_form, pieces
from declutter.metadata.han_names import HAN, han_people
from declutter.metadata.leads import read_leads, stands_alone, without_reading_time
from declutter.metadata.people import (
    CASELESS,
    is_of_pictures,
    is_plain_name,
    is_short_name,
    is_team,
    listed_names,
    names,
    without_tail,
)
from declutter.metadata.signatures import read_far
from declutter.model import Block, Label
from declutter.signed import signed_by
from declutter.vocabulary import Cue, key_of, vocabulary
from declutter.vocabulary.folding import fold

_META, _BODY, _CHROME, _TITLE = Label.META, Label.BODY, Label.CHROME, Label.TITLE  # see Label

_BEFORE_TITLE: Final = 6  # blocks read before and after the headline
_AFTER_TITLE: Final = 14
_MAX_BODY: Final = 3  # the header ends at this many long paragraphs after the headline
_NEAR, _FAR = 6, 8  # blocks from the headline: limits for a likely name in meta, and for any line

_MAX_LINE: Final = 220  # characters of a line labelled meta, and of other lines
_MAX_BYLINE: Final = 120
_MAX_LEAD: Final = 40
_MAX_KEY: Final = 40  # characters of a title that are compared

# Confidences (0 to 1), set by hand like those in the code below. They rank the forms of a byline, from a lead word (.9)
# to a lone name (.55), to choose between several candidates.
_LISTED: Final = 0.7
_AGENCY: Final = 0.5
_BUTTON: Final = 2  # characters of `AA`, which sets the size of the text, and is an agency

_NONE: Final[frozenset[str]] = frozenset()
_CRUMBS: Final = re.compile(r"\s*[>›»＞→]\s*|\s+/\s+")
_SILENT: Final = frozenset({Label.COMMENT, Label.TITLE, Label.FLASH})
_ASIDE: Final = re.compile(r" \([^()]{1,40}\)$")  # `Jane Roe (with agencies)`


def read_blocks(
    blocks: Sequence[Block],
    title: str | None,
    findings: Findings,
    reading: Reading,
    deadline: Deadline = NEVER,
) -> None:
    """Add the authors, dates and origin that the labelled blocks name. Raises LimitError past the deadline."""
    titles, body, furniture = _sorted_out(blocks)
    at = _headline(blocks, titles, body, title)
    first, last = max(0, at - _BEFORE_TITLE), _end_of_header(blocks, at)
    announced = _NONE
    find = vocabulary().find
    for index, block in enumerate(blocks[first:last], start=first):
        if _can_speak(block, distance=index - at):
            if "author" in announced and is_short_name(block.text):
                findings.add("author", block.text, "byline", 0.88)
            cues = find(block.text)
            is_dated = (index < at or _may_be_caseless_name(block.text)) and _is_dated(blocks, index + 1)
            _read_line(block, cues, findings, reading, Place(index - at, announced, is_dated))
            announced = frozenset([cue.section for cue in cues if cue.position == "label"]) if cues else _NONE
    _read_breadcrumb(blocks[first:at], findings)
    for block in deadline.watch(furniture):
        if not first <= block.index < last:
            read_far(
                block,
                blocks[block.index + 1 : block.index + 2],
                findings,
                day_first=reading.day_first,
                follows_essay=blocks[block.index - 1].label is _BODY,
            )


def _read_breadcrumb(above: Sequence[Block], findings: Findings) -> None:
    """Read a breadcrumb above the headline: `Home > Science > Physics`."""
    if "breadcrumb" in findings.fields:
        return
    for block in above:
        steps = _CRUMBS.split(block.text) if block.label is _META and len(block.text) <= _MAX_BYLINE else ()
        if len(steps) > 1:
            for step in steps:
                if not vocabulary().says(step, "meta"):
                    findings.add("breadcrumb", step, "breadcrumb", 0.7)


def _sorted_out(blocks: Sequence[Block]) -> tuple[list[int], int, list[Block]]:
    """In one pass: the indices of title blocks, the index of the first long body block, and short blocks to read."""
    titles: list[int] = []
    furniture: list[Block] = []
    body = -1
    for block in blocks:
        label = block.label
        if label is _BODY:
            if len(block.text) <= _MAX_BYLINE and "20" in block.text:
                furniture.append(block)
            elif body < 0 and len(block.text) > _MAX_BYLINE:
                body = block.index
        elif label is _META or (label is _CHROME and "20" in block.text):
            if len(block.text) <= _MAX_LINE:
                furniture.append(block)
        elif label is _TITLE:
            titles.append(block.index)
    return titles, max(body, 0), furniture


def _headline(blocks: Sequence[Block], titles: Sequence[int], body: int, title: str | None) -> int:
    """The index of the headline's block: the title block closest to the body, or else the first body block."""
    if len(titles) > 1:
        key = key_of(title or "")[:_MAX_KEY]
        same = [index for index in titles if key and key_of(blocks[index].text)[:_MAX_KEY] == key]
        return min(same or titles, key=lambda index: (index > body + 1, abs(body - index)))
    return titles[0] if titles else body


def _end_of_header(blocks: Sequence[Block], at: int) -> int:
    """The index at which the article's header ends. It extends past the standfirst, which a byline may follow."""
    bodies = 0
    for block in blocks[at + 1 : at + 1 + _AFTER_TITLE]:
        bodies += block.label is Label.BODY and len(block.text) > _MAX_BYLINE
        if bodies >= _MAX_BODY:
            return block.index
    return at + 1 + _AFTER_TITLE


def _can_speak(block: Block, *, distance: int) -> bool:
    """Whether a block near the headline may hold a byline or date. Menus above it and long paragraphs may not."""
    label, size = block.label, len(block.text)
    if label is _META:
        return 0 < size <= _MAX_LINE
    if label is Label.RELATED and distance < 0:
        return False
    if not 0 < size <= _MAX_BYLINE or label in _SILENT or distance > _FAR:
        return False
    return distance > 0 or "20" in block.text or bool(block.spans)


def _may_be_caseless_name(text: str) -> bool:
    """Whether the line is in a script without capitals, where no form tells a name, and names no post or desk."""
    if text.isascii() or len(text) > _MAX_LEAD or not CASELESS.match(text):
        return False
    return vocabulary().name_words("role", "team").isdisjoint(fold(text).split())


def _is_dated(blocks: Sequence[Block], index: int) -> bool:
    """Whether the line is a date of the article's header, which a byline without a lead word precedes."""
    if index >= len(blocks):
        return False
    block = blocks[index]
    text = block.text
    if block.label is not _META or len(text) > _MAX_LEAD or not (dates := find_dates(text)):
        return False
    return stands_alone(text, dates[0].start, dates[0].end)


def _read_line(block: Block, cues: Sequence[Cue], findings: Findings, reading: Reading, place: Place) -> None:
    """Read one short line near the headline: first its dates, then the names between them."""
    linked = linked_names(block) if block.spans else []
    text = parted(block) if linked else block.text
    distance = place.distance
    remoteness = REMOTENESS * abs(distance)
    rest = read_dates(block, text, findings, reading, place)
    dated = place.is_dated or len(rest) > 1
    for part in (part for between in rest for part in pieces(between)):
        piece = without_reading_time(part).strip(" ,.-–—|:")
        if not piece or len(piece) > _MAX_BYLINE:
            continue
        found = cues if piece == block.text else vocabulary().find(piece)
        if read_leads(piece, found, findings, 0.94 - remoteness, linked):
            continue
        if (block.label is _META or 0 < distance <= BESIDE) and (signed := signed_by(piece)):
            findings.add("author", signed, "byline", 0.94 - remoteness)
            continue
        named = named_by(piece) if block.label is _META else None
        if named is None and (block.label is _META or 0 < distance <= BESIDE):
            named = named_in_form(piece, reading.by)
        if named and names(name := without_tail(to_link(named, linked))):
            findings.add("author", name, "byline", 0.9 - remoteness)
            continue
        if distance > 0 or dated or linked:
            name = _ASIDE.sub("", to_link(without_tail(piece), linked))
            trust = _trust(name, block.label, linked=bool(linked), dated=dated, distance=abs(distance))
            if trust and not is_of_pictures(piece):
                findings.add("author", name, "line by the headline", trust - remoteness)
            elif not trust and 0 < distance <= BESIDE and len(listed_names(piece)) > 1:
                findings.add("author", piece, "line by the headline", _LISTED - remoteness)
            elif not trust and block.label is _META and len(piece) > _BUTTON and is_agency(piece):
                findings.add("origin", piece, "line by the headline", _AGENCY)


def _trust(name: str, label: Label, *, linked: bool, dated: bool, distance: int) -> float:
    """The confidence that a line without a lead word is a name."""
    if is_plain_name(name):
        if linked:
            return 0.88
        if name.isupper():
            return 0.0  # a button or a kicker
        if label is Label.META:
            return 0.75 if distance <= _NEAR else 0.5
        return 0.55 if distance <= BESIDE and label in (Label.CHROME, Label.BODY) else 0.0
    if linked and label is Label.META and HAN.search(name) and han_people(name) == [name]:
        return 0.8
    if label is not Label.META or not is_short_name(name):
        return 0.0
    if linked:
        return 0.8
    # A single word beside a date is its weekday, time zone or place.
    return (
        0.6
        if (dated and " " in name and (CASELESS.match(name) or not name.rpartition(" ")[2][0].islower()))
        or (distance <= BESIDE and is_team(name))
        else 0.0
    )
