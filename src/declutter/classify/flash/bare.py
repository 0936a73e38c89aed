"""Flashes without any mark, recognised by words that neither the essay nor the neighbouring blocks share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.flash.foreign import NEAR, OTHERS
from declutter.classify.flash.headlines import MIN_STRENGTH, is_listed, is_wide
from declutter.classify.flash.openings import most_of_opening
from declutter.classify.flash.reader import LEADS_ON
from declutter.classify.flash.reasons import evidence
from declutter.classify.flash.spans import Span, apart
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.headlines import Headline
    from declutter.classify.flash.reader import Reader
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
_BESIDE: Final = 3  # blocks on either side of a span
_MAX_SHARE: Final = 0.65  # maximum share of all flashes in the prose; a text that is foreign to itself is a list
_MAX_PART: Final = 0.3
"""Maximum share of one flash in the prose: in a short text any part seems foreign."""
_MIN_FOR_OTHERS: Final = 1_200
"""Letters of prose from which spans support each other; in less, several seem foreign by chance."""
_OPENS: Final = 0.8  # factor for an opening's weight: without another mark, it may be a report of the essay's own
_REPORT: Final = 1.0  # weight of an opening from which it is that of a report
_NEVER: Final = frozenset({Kind.ITEM, Kind.QUOTE})


def may_hold_bare(flow: Flow) -> bool:
    """Whether words alone can decide in this flow; a cheap test."""
    enough = len(flow.texts) > _MIN_PARAGRAPHS and sum(map(len, flow.texts)) <= MAX_ESSAY
    return (
        enough and _letters(flow) >= _MIN_PROSE and sum(map(flow.is_prose, range(len(flow.texts)))) >= _MIN_PARAGRAPHS
    )


def _letters(flow: Flow) -> int:
    """The number of letters in the prose, those of scripts without spaces counted twice."""
    return flow.prose * (1 + is_wide(max(flow.texts, key=len)))


def find_bare(reader: Reader, taken: Collection[int]) -> list[Span]:
    """The spans that words alone distinguish from the essay, without places in `taken`.

    If the page has marked flashes, only spans that open like a report count: a portal writes all its flashes in one
    way.
    """
    spans = apart(_spans(reader, taken))
    if _letters(reader.flow) >= _MIN_FOR_OTHERS:
        spans = _alike(spans)
    spans = [_with_line(reader, span, taken) if span.score > 0 else span for span in spans]
    found = [span for span in spans if span.score > 0]
    briefs = sum(len(reader.flow.texts[place]) for span in found for place in span.places)
    return spans if briefs <= _MAX_SHARE * reader.flow.prose else []


def _spans(reader: Reader, taken: Collection[int]) -> list[Span]:
    """All spans that come near to a flash."""
    flow = reader.flow
    able = {place for place in range(1, flow.last_prose) if place not in taken and _may_be(reader, place)}
    if not able:
        return []
    words = reader.words
    able = {place for place in able if not words.has_the_essays(place)}
    spans: list[Span] = []
    most = _MAX_PART * flow.prose
    for first in sorted(able):
        if flow.texts[first - 1].endswith(LEADS_ON) or words.is_tied(first, range(first - _BESIDE, first)):
            continue
        if taken and reader.opening(first).weight < _REPORT:
            continue
        size, least = 0, NEAR - _OPENS * most_of_opening(flow.texts[first])
        for last in range(first, first + _MAX_BLOCKS):
            if last not in able or (last > first and (reader.headline(last) or reader.says_what_it_is(last))):
                break
            size += len(flow.texts[last])
            if size > most or words.is_linked(last):
                break
            if words.is_tied(last, range(last + 1, last + 1 + _BESIDE)):
                continue
            places = range(first, last + 1)
            if reasons := words.reasons(places, least):
                opening = reader.opening(first)
                reasons.append((opening.name, _OPENS * opening.weight))
                if sum([weight for _, weight in reasons]) > NEAR:
                    spans.append(_span(reader, places, reasons))
    return spans


def _span(reader: Reader, places: range, reasons: list[Reason]) -> Span:
    """The span, with the evidence from its headline if it has one."""
    first, last = places[0], places[-1]
    headline = _headline(reader, first)
    if headline is not None:
        reasons.append(("labels_like_it", reader.labels_about(first, last)))
        reasons.append(("page_of_labels", reader.page_of_labels))
    return Span(first, last, headline, None, reader.opening(first), evidence(reasons))


def _with_line(reader: Reader, span: Span, taken: Collection[int]) -> Span:
    """The span, with its headline if it begins with a line or follows one whose words its text repeats."""
    flow, first = reader.flow, span.first
    if span.headline is not None:
        return span
    if first < span.last and (line := reader.line(first)) is not None:
        return span._replace(headline=line)
    line = reader.line(first - 1) if first > 1 and first - 1 not in taken else None
    if line is None or reader.is_labelled(first - 1) or reader.echo(flow.texts[first - 1], flow.texts[first]) <= 0:
        return span
    return span._replace(first=first - 1, headline=line)


def _alike(spans: list[Span]) -> list[Span]:
    """The spans, with evidence for others: a page with one flash often has more."""
    most = len(OTHERS) - 1
    return [span.but(("others_like_it", OTHERS[min(others_of(span, spans), most)])) for span in spans]


def others_of(span: Span, spans: Iterable[Span]) -> int:
    """The number of spans that neither overlap with this one nor touch it."""
    return sum(other.last + 1 < span.first or span.last + 1 < other.first for other in spans)


def _may_be(reader: Reader, place: int) -> bool:
    flow, text = reader.flow, reader.flow.texts[place]
    return (
        flow.sentences[place]
        and flow.labels[place] is _BODY
        and len(text) <= _MAX_PARAGRAPH
        and flow.kinds[place] not in _NEVER
        and place not in flow.stamps
        and not flow.is_odd(place)
        and not is_listed(text)
    )


def _headline(reader: Reader, place: int) -> Headline | None:
    """The headline that the block begins with; None if it is hardly one."""
    found = reader.headline(place)
    return None if found is None or found.strength <= MIN_STRENGTH else found
