"""Flashes in parts: headline, time, text and source each on a line of its own, or after a time that opens the block.

A mark (a time, source or kicker alone on its line, or a time at the beginning of a paragraph) suggests a flash. Its
neighbours show which order of parts it may belong to; the order that most marks of the page have in common decides.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import ENDS, LIKELY_BY_ANOTHER, Candidate, apart
from declutter.classify.flash.layouts import weigh_layout
from declutter.classify.flash.opened import reach
from declutter.classify.flash.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from declutter.classify.flash.reader import FlowReader
    from declutter.vocabulary import Vocabulary

_NEAR: Final = -1.5  # log-odds from which a candidate supports others in its order
_SAME_ORDER: Final = (0.0, 0.5, 1.0)  # log-odds by number of others in the same order, to choose a mark's reading
_MAX_BACK: Final = 4  # paragraphs between a headline and what ends its flash
_MAX_ABOVE_POINTER: Final = 2  # paragraphs between a headline and words for a link to the rest
_MAX_ABOVE_SUBJECTS: Final = 1
_MAX_FORWARD: Final = 5
_MAX_LINE: Final = 110
_UNMARKED: Final = -0.5  # log-odds per additional paragraph of a reading that no mark ends


def find_framed(reader: FlowReader, vocabulary: Vocabulary, taken: Collection[int]) -> list[Candidate]:
    """The likeliest candidate of each mark, without overlaps and without places in `taken`."""
    parts = Parts(reader, vocabulary, taken)
    marks = sorted(
        {
            *parts.times,
            *parts.leads,
            *parts.closing,
            *parts.kickers,
            *parts.headed,
            *parts.tails,
            *parts.signed,
            *parts.credited,
        }
    )
    if not marks:
        return []
    orders = Orders(parts)
    readings = [list(orders.readings(mark)) for mark in reader.deadline.watch(marks, every=20)]
    best = [max(found, key=_score) for found in readings if found]
    counts = Counter(_order(candidate) for candidate in best if candidate.score > _NEAR)
    chosen = [
        max(found, key=lambda candidate: candidate.score + _usual(counts, candidate)) for found in readings if found
    ]
    return apart(candidate for candidate in chosen if _may_be(counts, candidate))


class Orders:
    """The orders in which portals write the parts of a flash."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def readings(self, mark: int) -> Iterator[Candidate]:
        """The candidates that a mark may belong to."""
        if mark in self._parts.leads:
            yield from self._led(mark)
        elif mark in self._parts.tails:
            yield from self._forward("time behind headline", mark, mark, mark + 1)
        elif mark in self._parts.headed:
            yield from self._forward("kicker", mark, mark, mark + 1)
        elif mark in self._parts.kickers:
            if self._parts.is_line(mark + 1):
                text = mark + 2 + (mark + 2 in self._parts.times)
                yield from self._forward("kicker over headline", mark, mark + 1, text)
        elif mark in self._parts.times:
            yield from self._timed(mark)
        if mark in self._parts.times or mark in self._parts.closing:
            yield from self._backward(mark)
        if mark in self._parts.signed and mark not in self._parts.leads:
            yield from self._signed(mark)
        if mark in self._parts.credited and mark not in self._parts.leads and self._parts.goes_on(mark):
            yield from self._closed_by("source behind text", mark)
            if self._parts.is_text(mark):
                yield weigh_layout(self._parts, "source behind text", mark, None, self._with_time(mark))

    def _timed(self, mark: int) -> Iterator[Candidate]:
        """The candidates of a time on its own line, below or above the headline or above the text."""
        begin = mark - (mark - 1 in self._parts.kickers)
        if self._parts.is_line(mark - 1):
            first = mark - 1 - (mark - 2 in self._parts.kickers)
            yield from self._forward("time under headline", first, mark - 1, mark + 1)
        if self._parts.is_line(mark + 1):
            yield from self._forward("time over headline", begin, mark + 1, mark + 2)
        elif self._parts.is_text(mark + 1) and not self._parts.has_headline(mark - 1):
            yield from self._forward("time over text", begin, None, mark + 1)

    def _led(self, mark: int) -> Iterator[Candidate]:
        flow, lead = self._parts.flow, self._parts.leads[mark]
        text = flow.texts[mark]
        rest = text[lead.end :]
        if (
            len(rest) <= _MAX_LINE
            and text[-1] not in ENDS
            and self._parts.is_text(mark + 1)
            and mark + 1 not in self._parts.leads
        ):
            yield from self._forward("headline behind time", mark, mark, mark + 1)
        if self._parts.is_line(mark - 1) and flow.is_prose(mark):
            yield from self._forward("time under headline", mark - 1, mark - 1, mark)
        yield from self._forward("time before text", mark, None, mark)

    def _forward(self, order: str, first: int, head: int | None, text: int) -> Iterator[Candidate]:
        """Spans from `first` on with the text from `text` to the line that closes it, or as far as words suggest."""
        flow = self._parts.flow
        opens = text if text in self._parts.leads and text <= first + 1 else None
        if not (self._parts.is_text(text) or (opens is not None and flow.is_running(text))):
            return
        last = self._closed(text + 1)
        if last is None and text not in flow.stamps:
            after = range(text + 1, min(text + 1 + _MAX_FORWARD, len(flow.texts)))
            ceiling = next((place for place in after if self._parts.begins_other(place)), len(flow.texts))
            last = reach(self._parts.reader, first, text, ceiling)
            if last > text:  # both readings, since the words of the whole decide
                longer = weigh_layout(self._parts, order, first, head, last)
                unmarked = 0.0 if self._parts.reader.brevity(range(first, last + 1)) else _UNMARKED * (last - text)
                yield longer.but(("goes_on_without_a_mark", unmarked))
                last = text
        yield weigh_layout(self._parts, order, first, head, text if last is None else last)

    def _signed(self, mark: int) -> Iterator[Candidate]:
        """The candidates of a text with an eye-catching sign: as headline on its own line, or as text."""
        if self._parts.is_line(mark):
            yield from self._forward("sign before headline", mark, mark, mark + 1)
        if self._parts.is_text(mark):
            yield weigh_layout(self._parts, "sign before text", mark, None, mark)

    def _closed_by(self, order: str, mark: int) -> Iterator[Candidate]:
        """The candidates from a line above to the text that a stamp or a source closes."""
        for place in range(mark - 1, max(-1, mark - 1 - _MAX_BACK), -1):
            if self._parts.is_line(place):
                yield weigh_layout(self._parts, order, place, place, self._with_time(mark))
            ends_other = place in self._parts.flow.stamps or place in self._parts.credited
            if ends_other or not self._parts.is_text(place) or place in self._parts.leads:
                return

    def _with_time(self, mark: int) -> int:
        """The place of the time on the line below a text with its source, or of the text if there is none."""
        parts = self._parts
        after = mark + 1
        if after not in parts.times or mark - 1 in parts.times or parts.is_line(after + 1):
            return mark
        return after

    def _closed(self, place: int) -> int | None:
        """The line of source or time that closes the text continued at `place`; None if there is none."""
        for last in range(place, place + _MAX_BACK):
            if last > place and last in self._parts.times and self._parts.is_line(last - 1):
                return None if self._parts.is_text(last + 1) else last  # the time under the next headline
            if last in self._parts.subjects and last > place:
                return None  # each closes a single paragraph: those of the page stand anywhere
            if last in self._parts.pointers and last >= place + _MAX_ABOVE_POINTER:
                return None
            if last in self._parts.closing or (last in self._parts.times and not self._parts.is_line(last + 1)):
                return last
            if (
                not self._parts.goes_on(last)
                or last in self._parts.leads
                or self._parts.reader.headline(last) is not None
            ):
                return None
        return None

    def _backward(self, mark: int) -> Iterator[Candidate]:
        """The candidate from the line above the text to the mark that closes it."""
        if mark - 1 in self._parts.closing:
            return  # that line's candidate has this one, too
        back = _MAX_ABOVE_SUBJECTS if mark in self._parts.subjects else _MAX_BACK
        back = _MAX_ABOVE_POINTER if mark in self._parts.pointers else back
        for place in range(mark - 1, mark - 2 - back, -1):
            if self._parts.is_line(place):
                if place < mark - 1:
                    first = place - (place - 1 in self._parts.kickers)
                    yield weigh_layout(self._parts, "closing line", first, place, self._end(mark))
                return
            if not self._parts.is_text(place) or place in self._parts.leads:
                return
            if self._parts.opens_wire(place) and not self._parts.is_line(place - 1):
                yield weigh_layout(self._parts, "byline", place, None, self._end(mark))
                return

    def _end(self, mark: int) -> int:
        while mark + 1 in self._parts.closing or (mark + 1 in self._parts.times and mark in self._parts.closing):
            mark += 1
        return mark


def _may_be(counts: Counter[str], candidate: Candidate) -> bool:
    """Whether it is near a flash, or may be one in the order of others that are."""
    score = candidate.score
    return score > _NEAR or (score > LIKELY_BY_ANOTHER and counts[_order(candidate)] > 0)


def _score(candidate: Candidate) -> float:
    return candidate.score


def _order(candidate: Candidate) -> str:
    return candidate.layout.order if candidate.layout else ""


def _usual(counts: Counter[str], candidate: Candidate) -> float:
    others = counts[_order(candidate)] - 1
    return _SAME_ORDER[max(0, min(others, len(_SAME_ORDER) - 1))]
