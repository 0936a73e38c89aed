"""Flashes whose headline is a line of its own: a heading, bold type, or a plain line whose words the text repeats.

An essay's sections have such headings, too. Lines in the same type are therefore judged together: up to a few one by
one, more only if each precedes text that is foreign to the essay, and none if they occur throughout the page.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.bare import MAX_ESSAY
from declutter.classify.flash.candidates import ENDS, Candidate
from declutter.classify.flash.dressing import skip_bullet, undress
from declutter.classify.flash.echoes import headline_echo
from declutter.classify.flash.form import LEADS_ON
from declutter.classify.flash.headlines import by_words, is_listed, is_wide
from declutter.classify.flash.opened import reach
from declutter.classify.flash.reader import MAX_FOREIGN
from declutter.classify.flash.reasons import RARE, evidence
from declutter.classify.flash.weighing import word_reasons
from declutter.model import Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.reader import FlowReader
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label
_HEADING: Final = Kind.HEADING
_STRONG: Final = SpanKind.STRONG
_PLAIN: Final = "plain"
_APART: Final = "apart"
_ECHO: Final = {_PLAIN: 1.0, _APART: 0.5}  # factor; texts also repeat words of the essay's own headings in bold type
_MAX_LINES: Final = 3
"""If more lines are in the same type, they are headings of the essay, unless each precedes foreign text."""
_MOST_LINES: Final = 6
_MIN_ESSAY: Final = 3  # paragraphs besides these flashes; a page with fewer consists of them
_MAX_PART: Final = 3  # blocks, including the line
_MIN_HEADLINE: Final = 24  # letters; a flash's headline is a sentence, an essay's heading a word or two
_MIN_POINTED: Final = 16  # after a bullet
_POINTED: Final = 0.8
_OTHERS: Final = 0.7
_MAX_HEADLINE: Final = 110
_MAX_TEXT: Final = 700  # characters of the text directly below
_ESSAYS: Final = -1.5  # log-odds of the words of line and text up to which more text makes no flash of them
_LINE: Final = 0.65
"""Log-odds of such a headline, besides its number of words, before the words of the text count, which decide. In 743
plain articles, the words of 9 paragraphs below such a line are not clearly the essay's; one of them passes."""


def find_lines(flow: Flow, outline: Outline) -> dict[str, list[int]]:
    """By type, the places of lines that may be headlines of flashes, without types with too many; a cheap test."""
    if flow.size > MAX_ESSAY:
        return {}
    found: dict[str, list[int]] = {_APART: [], _PLAIN: []}
    for place in range(1, flow.last_prose - 1):
        if setting := _setting(flow, outline, place):
            found[setting].append(place)
            if min(map(len, found.values())) > _MOST_LINES:
                return {}
    lines = {}
    begins = _setting(flow, outline, 0) if any(found.values()) else ""
    for setting, places in found.items():
        if len(places) > _MOST_LINES or (setting == begins and _is_chain([0, *places])):
            continue
        headed = [place for place in places if _goes_on(flow, outline, place)]
        if headed and ((len(places) <= _MAX_LINES and not _is_chain(places)) or headed == places):
            lines[setting] = headed
    return lines


def find_lined(reader: FlowReader, lines: Mapping[str, Sequence[int]], taken: Collection[int]) -> list[Candidate]:
    """The candidates that begin with such a line, without places in `taken`."""
    heads = sorted(place for places in lines.values() for place in places)
    candidates = []
    for setting, places in lines.items():
        weighed = [
            candidate for place in places if (candidate := _weigh(reader, place, setting, heads, taken)) is not None
        ]
        own = [place for place in places if place not in taken]
        chained = _is_chain(places)
        if len(places) > _MAX_LINES or chained:
            if len(weighed) < len(own) or not all(map(_is_sure, weighed)):
                continue
            if chained and not _is_parted(reader, weighed, places):
                continue
        candidates += _alike(reader, weighed)
    inside = {place for candidate in candidates for place in candidate.places}
    essay = sum(reader.flow.is_prose(place) for place in range(len(reader.flow.texts)) if place not in inside)
    if essay < _MIN_ESSAY:
        return []
    return sorted(candidates, key=lambda candidate: candidate.first)


def _weigh(
    reader: FlowReader, place: int, setting: str, heads: Sequence[int], taken: Collection[int]
) -> Candidate | None:
    """The candidate that begins with the line, with its evidence; None if it cannot be a flash."""
    flow = reader.flow
    headline, first = reader.line(place), place + 1
    if headline is None or reader.is_labelled(place) or place in taken or first in taken:
        return None
    text = flow.texts[place][headline.start : headline.end]
    echo = _ECHO[setting] * headline_echo(text, flow.texts[first]) if flow.kinds[place] is not _HEADING else 0.0
    if setting == _PLAIN and echo <= 0:
        return None
    kicked = reader.headline(place)
    if kicked is not None and kicked.form == "kicker":
        headline = headline._replace(start=kicked.start, kicker=kicked.kicker)
    elif kicked is not None and (kicked.strength <= 0 or text[-1].isdigit()):
        return None  # `Question 1: …`, `Headline: posted on Friday 12:27`
    pointed = headline.start > 0 and skip_bullet(flow.texts[place]) > 0
    if len(text) * (1 + is_wide(text)) < (_MIN_POINTED if pointed else _MIN_HEADLINE) or is_listed(text):
        return None
    if flow.is_odd(first) or len(flow.texts[first]) > _MAX_TEXT or flow.texts[place - 1].endswith(LEADS_ON):
        return None
    if reader.foreign(range(place, first + 1), _ESSAYS) == -MAX_FOREIGN:
        return None
    ceiling = min((at for at in [*taken, *heads, flow.last_prose] if at > first), default=flow.last_prose)
    places = range(place, reach(reader, place, first, ceiling) + 1)
    opening = reader.opening(first)
    reasons = [
        RARE,
        ("headline_by_line", (_LINE if setting != _PLAIN else 0.0) + by_words(text)),
        ("sign_before_the_text", _POINTED * pointed),
        ("headline_taken_up_again", max(0.0, echo)),
        (opening.name, opening.weight),
        *word_reasons(reader, places, known=MAX_FOREIGN),
    ]
    return Candidate(place, places[-1], headline, None, opening, evidence(reasons))


def _is_sure(candidate: Candidate) -> bool:
    """Whether the candidate has evidence besides its line: the text repeats words of the headline."""
    return candidate.score > 0 and any(reason.name == "headline_taken_up_again" for reason in candidate.evidence)


def _alike(reader: FlowReader, candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, with evidence for others: a portal writes all its flashes in one way.

    Others count behind a bullet, or if they are flashes already, or with figures that the essay does not have.
    """
    result = []
    for candidate in candidates:
        others = [other for other in candidates if other is not candidate]
        pointed = _is_pointed(candidate) and any(map(_is_pointed, others))
        sure = any(other.score > 0 for other in others)
        reasons = [("others_like_it", _OTHERS * (pointed or sure))]
        if others:
            reasons.append(("figures_of_its_own", reader.figures(candidate.places)))
        result.append(candidate.but(*reasons))
    return result


def _is_pointed(candidate: Candidate) -> bool:
    return any(reason.name == "sign_before_the_text" for reason in candidate.evidence)


def _is_parted(reader: FlowReader, candidates: Sequence[Candidate], lines: Sequence[int]) -> bool:
    """Whether what stands between the sections below such lines is on one subject, the essay's."""
    inside = {place for candidate in candidates for place in candidate.places}
    between = [place for place in range(lines[0], lines[-1]) if place not in inside and reader.flow.is_prose(place)]
    strange = [reader.foreign(range(place, place + 1)) for place in between]
    return len(between) >= len(lines) - 1 and median(strange) < 0


def _is_chain(lines: Sequence[int]) -> bool:
    """Whether three or more lines precede one short section each, as in a round-up: those are the essay's."""
    return len(lines) >= _MAX_LINES and all(below - above <= _MAX_PART for above, below in pairwise(lines))


def _goes_on(flow: Flow, outline: Outline, place: int) -> bool:
    """Whether an essay paragraph directly follows the line in the same element, wrappers of single blocks aside."""
    above, below = flow.units[place], flow.units[place + 1]
    same = above == below or outline.parents[above] == outline.parents[below]
    return same and flow.labels[place + 1] is _BODY and flow.is_prose(place + 1)


def _setting(flow: Flow, outline: Outline, place: int) -> str:
    """The type of a line: set apart (a heading or bold type) or plain; "" if it is not a line."""
    if flow.kinds[place] is _HEADING:
        return _APART
    text, marks = flow.texts[place], outline.marks[flow.blocks[place]]
    if not marks and len(text) > _MAX_HEADLINE and text[0].isalnum():
        return ""  # most blocks
    start, end, bold, _ = undress(text)
    if bold or (marks and sum([mark.end - mark.start for mark in marks if mark.kind is _STRONG]) >= len(text) - 2):
        return _APART
    is_line = end - start <= _MAX_HEADLINE and text[end - 1] not in ENDS and text[end - 1] not in LEADS_ON
    return _PLAIN if is_line and flow.is_running(place) and not flow.is_odd(place) else ""
