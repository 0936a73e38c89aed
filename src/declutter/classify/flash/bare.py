"""Flashes without any mark, recognised by words that neither the essay nor the neighbouring blocks share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import Candidate, apart
from declutter.classify.flash.echoes import headline_echo
from declutter.classify.flash.foreign import NEAR, OTHERS
from declutter.classify.flash.form import FLASHES_ONLY, LEADS_ON
from declutter.classify.flash.headlines import MIN_STRENGTH, is_listed, is_wide
from declutter.classify.flash.openings import most_of_opening
from declutter.classify.flash.reasons import evidence
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.headlines import Headline
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason

_BODY: Final = Label.BODY  # see Label
MAX_ESSAY: Final = 20_000
"""Maximum size of a flow, in characters, for which words alone decide. In a longer one a flash is a small part, the
essay digresses, and reading all its words would cost more than finding all other flashes."""

_MIN_PARAGRAPHS: Final = 6
_MIN_PROSE: Final = 600
"""Letters of prose; a shorter essay hardly has words that its parts could share."""
_MAX_PARAGRAPH: Final = 700  # characters
_MAX_BLOCKS: Final = 3
_BESIDE: Final = 3  # blocks on either side of a candidate
_MAX_SHARE: Final = 0.65  # maximum share of all flashes in the prose; a text that is foreign to itself is a list
_MAX_PART: Final = 0.3
"""Maximum share of one flash in the prose: in a short text any part seems foreign."""
_MIN_FOR_OTHERS: Final = 1_200
"""Letters of prose from which candidates support each other; in less, several seem foreign by chance."""
_OPENS: Final = 0.8  # factor for an opening's weight: without another mark, it may be a report of the essay's own
_REPORT: Final = 1.0  # weight of an opening from which it is that of a report
_NEVER: Final = frozenset({Kind.ITEM, Kind.QUOTE})


def may_hold_bare(flow: Flow) -> bool:
    """Whether words alone can decide in this flow; a cheap test."""
    enough = len(flow.texts) > _MIN_PARAGRAPHS and flow.size <= MAX_ESSAY
    return enough and _letters(flow) >= _MIN_PROSE and sum(flow.sentences) >= _MIN_PARAGRAPHS


def _letters(flow: Flow) -> int:
    """The number of letters in the prose, those of scripts without spaces counted twice."""
    return flow.prose * (1 + is_wide(max(flow.texts, key=len)))


def find_bare(reader: FlowReader, found: Collection[Candidate]) -> list[Candidate]:
    """The candidates that words alone distinguish from the essay, without places of the flashes found so far.

    If any of those has a mark, only candidates that open like a report count: a portal writes all its flashes in one
    way. A colon, a line or an opening is no such mark: in unmarked flashes it stands here and there.
    """
    taken = {place for flash in found for place in flash.places}
    candidates = apart(_candidates(reader, taken, reports_only=any(map(_is_marked, found))))
    if _letters(reader.flow) >= _MIN_FOR_OTHERS:
        candidates = _alike(candidates)
    candidates = [
        _with_line(reader, candidate, taken) if candidate.score > 0 else candidate for candidate in candidates
    ]
    called = [candidate for candidate in candidates if candidate.score > 0]
    briefs = sum(len(reader.flow.texts[place]) for candidate in called for place in candidate.places)
    return candidates if briefs <= _MAX_SHARE * reader.flow.prose else []


def _is_marked(flash: Candidate) -> bool:
    """Whether it has a stamp, a layout of its own or a headline that no paragraph of an essay begins with."""
    headline = flash.headline
    return bool(flash.stamp or flash.layout) or (headline is not None and headline.form in FLASHES_ONLY)


def _candidates(reader: FlowReader, taken: Collection[int], *, reports_only: bool = False) -> list[Candidate]:
    """All candidates that come near to a flash, except all that stands between two flashes, which parts them.

    reports_only: without those that do not open like a report.
    """
    flow = reader.flow
    able = {
        place
        for place in range(1, flow.last_prose)
        if flow.sentences[place] and place not in taken and may_be_bare(flow, place)
    }
    if not able:
        return []
    words = reader.words
    able = {place for place in able if not words.has_the_essays(place)}
    candidates: list[Candidate] = []
    most = _MAX_PART * flow.prose
    for first in sorted(able):
        if flow.texts[first - 1].endswith(LEADS_ON) or words.is_tied(first, range(first - _BESIDE, first)):
            continue
        if reports_only and reader.opening(first).weight < _REPORT:
            continue
        size, least = 0, NEAR - _OPENS * most_of_opening(flow.texts[first])
        for last in range(first, first + _MAX_BLOCKS):
            if last not in able or (last > first and (_headline(reader, last) or reader.says_what_it_is(last))):
                break
            size += len(flow.texts[last])
            if size > most or (first - 1 in taken and last + 1 in taken):
                break
            if words.is_tied(last, range(last + 1, last + 1 + _BESIDE)):
                continue
            places = range(first, last + 1)
            if reasons := words.reasons(places, least):
                opening = reader.opening(first)
                reasons.append((opening.name, _OPENS * opening.weight))
                if sum([weight for _, weight in reasons]) > NEAR:
                    candidates.append(_candidate(reader, places, reasons))
    return candidates


def _candidate(reader: FlowReader, places: range, reasons: list[Reason]) -> Candidate:
    """The candidate, with the evidence from its headline if it has one."""
    first, last = places[0], places[-1]
    headline = _headline(reader, first)
    if headline is not None:
        reasons.append(("labels_like_it", reader.labels_about(first, last)))
        reasons.append(("page_of_labels", reader.page_of_labels))
    return Candidate(first, last, headline, None, reader.opening(first), evidence(reasons))


def _with_line(reader: FlowReader, candidate: Candidate, taken: Collection[int]) -> Candidate:
    """The candidate, with its headline if it begins with a line or follows one whose words its text repeats."""
    flow, first = reader.flow, candidate.first
    if candidate.headline is not None:
        return candidate
    if first < candidate.last and (line := reader.line(first)) is not None:
        return candidate._replace(headline=line)
    line = reader.line(first - 1) if first > 1 and first - 1 not in taken else None
    if line is None or reader.is_labelled(first - 1) or headline_echo(flow.texts[first - 1], flow.texts[first]) <= 0:
        return candidate
    return candidate._replace(first=first - 1, headline=line)


def _alike(candidates: list[Candidate]) -> list[Candidate]:
    """The candidates, with evidence for others: a page with one flash often has more."""
    most = len(OTHERS) - 1
    return [
        candidate.but(("others_like_it", OTHERS[min(others_of(candidate, candidates), most)]))
        for candidate in candidates
    ]


def others_of(candidate: Candidate, candidates: Iterable[Candidate]) -> int:
    """The number of candidates that neither overlap with this one nor touch it."""
    return sum(other.last + 1 < candidate.first or candidate.last + 1 < other.first for other in candidates)


def is_unmarked(flow: Flow, place: int) -> bool:
    """Whether a block of the essay is no longer than those of flashes, and neither stamped nor set apart."""
    return (
        flow.labels[place] is _BODY
        and len(flow.texts[place]) <= _MAX_PARAGRAPH
        and flow.kinds[place] not in _NEVER
        and place not in flow.stamps
        and not flow.is_odd(place)
    )


def may_be_bare(flow: Flow, place: int) -> bool:
    """Whether only words can distinguish a block from the essay."""
    text = flow.texts[place]
    in_bold = text.startswith("**")  # in Markdown
    return is_unmarked(flow, place) and not in_bold and not is_listed(text)


def _headline(reader: FlowReader, place: int) -> Headline | None:
    """The headline that the block begins with; None if it is hardly one."""
    found = reader.headline(place)
    return None if found is None or found.strength <= MIN_STRENGTH else found
