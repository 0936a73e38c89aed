"""Briefs without any mark: what neither the essay's words nor its neighbours know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.flash.foreign import NEAR, OTHERS
from declutter.classify.flash.headlines import MIN_STRENGTH, is_listed, is_wide
from declutter.classify.flash.openings import most_of_opening
from declutter.classify.flash.reasons import evidence
from declutter.classify.flash.spans import LEADS_ON, Span, apart
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.headlines import Headline
    from declutter.classify.flash.reader import Reader
    from declutter.classify.flash.reasons import Reason

_BODY: Final = Label.BODY  # see Label
MAX_ESSAY: Final = 20_000
"""Characters of a flow in which words alone decide. In a longer one a brief is a small part, the essay wanders, and
reading all its words would cost more than finding all other flashes."""

_MIN_PARAGRAPHS: Final = 6
_MIN_PROSE: Final = 600
"""Letters of the prose: where less is said, the essay has hardly a word that its parts could have in common."""
_MAX_PARAGRAPH: Final = 700  # characters
_MAX_BLOCKS: Final = 3
_MAX_SHARE: Final = 0.65  # of the prose; a text that is foreign to itself is a list of things
_MAX_PART: Final = 0.3
"""Of the prose, what one brief may be: of little text any part seems foreign."""
_MIN_FOR_OTHERS: Final = 1_200
"""Letters of the prose from which on spans speak for each other: in less several seem foreign by chance."""
_OPENS: Final = 0.8  # of an opening's weight: where nothing else marks a brief, the essay may open a report of its own
_REPORT: Final = 1.0  # weight of an opening that is a report's
_NEVER: Final = frozenset({Kind.ITEM, Kind.QUOTE})


def may_hold_bare(flow: Flow) -> bool:
    """Whether the flow is one in which words alone can tell: a glance."""
    enough = len(flow.texts) > _MIN_PARAGRAPHS and sum(map(len, flow.texts)) <= MAX_ESSAY
    return (
        enough and _letters(flow) >= _MIN_PROSE and sum(map(flow.is_prose, range(len(flow.texts)))) >= _MIN_PARAGRAPHS
    )


def _letters(flow: Flow) -> int:
    """The letters of the prose, those of scripts without spaces counted twice."""
    return flow.prose * (1 + is_wide(max(flow.texts, key=len)))


def find_bare(reader: Reader, taken: Collection[int]) -> list[Span]:
    """The spans that words alone tell from the essay, none that holds a place of `taken`.

    Where other flashes are marked only what opens as a report is one: a portal writes all its briefs in one way.
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
    able = {place for place in able if not reader.words.is_essays(place)}
    spans: list[Span] = []
    most = _MAX_PART * flow.prose
    for first in sorted(able):
        if flow.texts[first - 1].endswith(LEADS_ON) or (taken and reader.opening(first).weight < _REPORT):
            continue
        size, least = 0, NEAR - _OPENS * most_of_opening(flow.texts[first])
        near = reader.words.near(first, least)
        for last in range(first, first + _MAX_BLOCKS):
            if last not in able or (last > first and (reader.headline(last) or reader.says_what_it_is(last))):
                break
            size += len(flow.texts[last])
            if size > most:
                break
            if (clues := next(near)) is not None:
                places, opening = range(first, last + 1), reader.opening(first)
                reasons = reader.words.reasons(places, NEAR - _OPENS * opening.weight, clues)
                if reasons:
                    spans.append(_span(reader, places, [*reasons, (opening.name, _OPENS * opening.weight)]))
    return spans


def _span(reader: Reader, places: range, reasons: list[Reason]) -> Span:
    """The span with what its headline says, too, where it has one."""
    first, last = places[0], places[-1]
    headline = _headline(reader, first)
    if headline is not None:
        reasons.append(("labels_like_it", reader.labels_about(first, last)))
        reasons.append(("page_of_labels", reader.page_of_labels))
    return Span(first, last, headline, None, reader.opening(first), evidence(reasons))


def _with_line(reader: Reader, span: Span, taken: Collection[int]) -> Span:
    """The span with its headline, where it begins with a line or stands below one that its text takes up again."""
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
    """The spans with what others say for them: where one brief was set in, more are."""
    most = len(OTHERS) - 1
    return [span.but(("others_like_it", OTHERS[min(others_of(span, spans), most)])) for span in spans]


def others_of(span: Span, spans: Iterable[Span]) -> int:
    """How many of the spans stand neither in the span nor beside it."""
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
    """The headline that the block begins with; None where it is hardly one."""
    found = reader.headline(place)
    return None if found is None or found.strength <= MIN_STRENGTH else found
