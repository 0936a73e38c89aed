"""Briefs in parts: headline, time, text and source each on a line of its own, or behind a time that opens the block.

A mark raises the question (a time, a source, a kicker alone on its line, or a time that opens a paragraph). What stands
beside it says which of the portals' orders it is part of; what all marks of a page have in common settles the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.cues import MAX_CUE_LENGTH
from declutter.classify.flash import spans as weigh
from declutter.classify.flash.headlines import Headline, by_words, find_headline, is_kicker, is_listed
from declutter.classify.flash.openings import NOTHING, name_source
from declutter.classify.flash.reader import MIN_STRENGTH
from declutter.classify.flash.reasons import evidence
from declutter.classify.flash.spans import Layout, Span
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.leads import Lead
    from declutter.classify.flash.reader import Reader
    from declutter.classify.flash.reasons import Reason
    from declutter.vocabulary import Vocabulary

_RARE: Final = -3.5
_NEAR: Final = -1.5  # log-odds from which a span speaks for others of its order
_SAME_ORDER: Final = (0.0, 0.5, 1.0)  # log-odds by how many others, in the choice among a mark's readings
_MOST_WORDS: Final = 2.5
_MAX_BACK: Final = 4  # paragraphs between a headline and what closes its brief
_MAX_PARAGRAPH: Final = 900  # characters
_MAX_CREDIT: Final = 60
_MAX_KICKER: Final = 24
_MAX_LINE: Final = 110
_NO_HEADLINE: Final = -1.0
_MAX_LED: Final = 0.55  # share of the paragraphs that open with a time, above which the page is a log of its own
_BARS: Final = re.compile(r"[|｜丨]")  # one more of them: a line of figures
_DASHES: Final = frozenset("-–—:：")
_SECTIONS: Final = frozenset({"source"})


class Frames:
    """Finds them in a flow. taken: places that are other flashes'."""

    def __init__(self, reader: Reader, vocabulary: Vocabulary, taken: Collection[int]) -> None:
        self._reader = reader
        self._flow = reader.flow
        self._vocabulary = vocabulary
        self._taken = taken
        flow = self._flow
        self._times = {place for place, stamp in flow.stamps.items() if stamp.alone} - set(taken)
        self._leads: dict[int, Lead] = {place: lead for place, lead in flow.leads.items() if place not in taken}
        self._credits = {place for place in flow.short if place not in taken and self._is_credit(place)}
        self._kickers = {
            place for place in flow.short if place not in taken and is_kicker(flow.texts[place], vocabulary)
        }
        self._headed = {place for place in flow.headed if self._is_headed_line(place)}
        self._spread = Counter(flow.texts)
        prose = [place for place in range(len(flow.texts)) if self._is_essay(place)]
        self._first, self._last = (prose[0], prose[-1]) if prose else (-1, -1)
        led = sum(place in flow.leads for place in prose)
        self._is_log = led > _MAX_LED * len(prose)

    def find(self) -> list[Span]:
        """The likeliest span of each mark, those that share a place parted."""
        marks = sorted({*self._times, *self._leads, *self._credits, *self._kickers, *self._headed})
        if not marks:
            return []
        readings = [list(self._readings(mark)) for mark in self._reader.deadline.watch(marks, every=20)]
        best = [max(found, key=_score) for found in readings if found]
        orders = Counter(_order(span) for span in best if span.score > _NEAR)
        chosen = [max(found, key=lambda span: span.score + _usual(orders, span)) for found in readings if found]
        return weigh.apart(span for span in chosen if span.score > _NEAR)

    def _is_essay(self, place: int) -> bool:
        return self._flow.labels[place] is Label.BODY and self._flow.is_prose(place)

    # -- parts ---------------------------------------------------------------------------------------------------------

    def _is_credit(self, place: int) -> bool:
        """A line that names its source: `来源：新华社`, `(Source: Reuters)`, `— Reuters`."""
        text = self._flow.texts[place]
        if len(text) > _MAX_CREDIT or place in self._flow.stamps:
            return False
        if any(cue.section in _SECTIONS and cue.position == "lead" for cue in self._vocabulary.find(text)):
            return True
        return text[0] in "—–-" and name_source(text, self._vocabulary) is not None

    def _is_headed_line(self, place: int) -> bool:
        """A line that is a kicker and its headline, whose text follows: `BRIEF | Headline`."""
        text = self._flow.texts[place]
        possible = len(text) <= _MAX_LINE and place not in self._times and place not in self._taken
        headline = self._reader.headline(place) if possible else None
        return (
            headline is not None
            and headline.form == "kicker"
            and headline.end == len(text)
            and not _BARS.search(text, headline.start)
        )

    def _line(self, place: int) -> bool:
        """Whether a headline may stand there, on a line of its own."""
        return (
            0 <= place < len(self._flow.texts)
            and place not in self._taken
            and place not in self._leads
            and place not in self._credits
            and place not in self._kickers
            and self._reader.line(place) is not None
            and self._flow.texts[place][-1] not in _DASHES
            and not self._says_what_it_is(place)
        )

    def _says_what_it_is(self, place: int) -> bool:
        """A byline, a teaser, a notice: what words of its own tell from a headline and from a text."""
        text = self._flow.texts[place]
        return len(text) <= MAX_CUE_LENGTH and any(cue.position != "holds" for cue in self._vocabulary.find(text))

    def _prose(self, place: int) -> bool:
        flow = self._flow
        return (
            0 <= place < len(flow.texts)
            and flow.is_prose(place)
            and place not in self._taken
            and place not in self._times
            and place not in self._credits
            and len(flow.texts[place]) <= _MAX_PARAGRAPH
            and not self._says_what_it_is(place)
        )

    # -- orders --------------------------------------------------------------------------------------------------------

    def _readings(self, mark: int) -> Iterator[Span]:
        """What the mark may be part of."""
        if mark in self._leads:
            yield from self._led(mark)
        elif mark in self._headed:
            yield from self._forward("kicker", mark, mark, mark + 1, {})
        elif mark in self._kickers:
            if self._line(mark + 1):
                text = mark + 2 + (mark + 2 in self._times)
                yield from self._forward("kicker over headline", mark, mark + 1, text, {mark: (0, 0)})
        elif mark in self._times:
            begin = mark - (mark - 1 in self._kickers)
            if self._line(mark - 1):
                first = mark - 1 - (mark - 2 in self._kickers)
                yield from self._forward("time under headline", first, mark - 1, mark + 1, {mark: (0, 0)})
            if self._line(mark + 1):
                yield from self._forward("time over headline", begin, mark + 1, mark + 2, {mark: (0, 0)})
            elif self._prose(mark + 1) and not self._headed_text(mark - 1):
                yield from self._forward("time over text", begin, None, mark + 1, {mark: (0, 0)})
        if mark in self._times or mark in self._credits:
            yield from self._backward(mark)

    def _headed_text(self, place: int) -> bool:
        """A paragraph that begins with its headline: a time below closes it."""
        headline = self._reader.headline(place)
        return headline is not None and headline.strength > MIN_STRENGTH

    def _led(self, mark: int) -> Iterator[Span]:
        flow, lead = self._flow, self._leads[mark]
        text = flow.texts[mark]
        rest = text[lead.end :]
        if (
            len(rest) <= _MAX_LINE
            and text[-1] not in weigh.ENDS
            and self._prose(mark + 1)
            and mark + 1 not in self._leads
        ):
            yield from self._forward("headline behind time", mark, mark, mark + 1, {})
        if self._line(mark - 1) and flow.is_prose(mark):
            yield from self._forward("time under headline", mark - 1, mark - 1, mark, {})
        yield from self._forward("time before text", mark, None, mark, {})

    def _forward(
        self, order: str, first: int, head: int | None, text: int, pieces: dict[int, tuple[int, int]]
    ) -> Iterator[Span]:
        """The span from `first`, its text from `text` as far as it goes or to the line that closes it."""
        flow = self._flow
        opens = text if text in self._leads and text <= first + 1 else None
        if not (self._prose(text) or (opens is not None and flow.is_running(text))):
            return
        last = self._closed(text + 1)
        if last is None and text not in flow.stamps:
            ceiling = next((p for p in range(text + 1, text + 6) if self._begins_other(p)), len(flow.texts))
            last = weigh.reach(self._reader, first, text, ceiling)
            if last > text:  # whichever the words of all of it speak for
                yield self._weigh(order, first, head, text, pieces)
        yield self._weigh(order, first, head, text if last is None else last, pieces)

    def _closed(self, place: int) -> int | None:
        """Where a line of source or time closes the text that goes on at `place`."""
        for last in range(place, place + _MAX_BACK):
            if last in self._credits or (last in self._times and not self._line(last + 1)):
                return last
            if not self._goes_on(last) or last in self._leads or self._reader.headline(last) is not None:
                return None
        return None

    def _goes_on(self, place: int) -> bool:
        """A paragraph, short as it may be."""
        flow = self._flow
        return self._prose(place) or (
            place < len(flow.texts)
            and flow.is_running(place)
            and place not in self._taken
            and flow.texts[place][-1] in weigh.ENDS
            and not self._says_what_it_is(place)
        )

    def _begins_other(self, place: int) -> bool:
        if place in self._leads or place in self._times or place in self._kickers or place in self._headed:
            return True
        return self._line(place) and (place + 1 in self._times or place + 1 in self._leads)

    def _backward(self, mark: int) -> Iterator[Span]:
        """The span that the mark closes, from the line above its text."""
        last = mark
        while last - 1 in self._credits:
            mark = last = last - 1
        for place in range(mark - 1, mark - 2 - _MAX_BACK, -1):
            if self._line(place):
                if place < mark - 1:
                    first = place - (place - 1 in self._kickers)
                    yield self._weigh("closing line", first, place, self._end(mark), {})
                return
            if not self._prose(place) or place in self._leads:
                return

    def _end(self, mark: int) -> int:
        while mark + 1 in self._credits or (mark + 1 in self._times and mark in self._credits):
            mark += 1
        return mark

    # -- evidence ------------------------------------------------------------------------------------------------------

    def _weigh(self, order: str, first: int, head: int | None, last: int, pieces: dict[int, tuple[int, int]]) -> Span:
        reader, flow = self._reader, self._flow
        places = range(first, last + 1)
        headline, headline_at = self._headline(first, head, places)
        reasons: list[Reason] = [("few blocks are flashes", _RARE), *self._marks(places)]
        if headline is None:
            reasons.append(("no headline", _NO_HEADLINE))
        elif head is not None:
            reasons.append(("headline by line", 0.8 + by_words(flow.texts[headline_at][headline.start : headline.end])))
            if flow.kinds[headline_at] is Kind.HEADING:
                reasons.append(("headed section", -3.0))
        else:
            reasons.append((f"headline by {headline.form}", max(0.0, min(2.2, 0.8 + 0.9 * headline.strength))))
        text = next((p for p in places if p not in pieces and p != head), first)
        opening = reader.opening(text) if text not in self._leads else NOTHING
        reasons.append((opening.name, 0.6 * opening.weight))
        if text in self._leads and head is None and headline is None:
            reasons.append(("headline taken up again", reader.first_sentence(text)))
        reasons += weigh.word_reasons(reader, places, 0.7, _MOST_WORDS)
        reasons += self._place(places)
        own = [p for p in places if not (p in self._leads or p in self._times or p in self._credits)]
        if any(is_listed(flow.texts[p]) for p in own):
            reasons.append(("item of a list", -1.0))
        if any(self._spread[flow.texts[p]] > 1 for p in own if flow.is_prose(p)):
            reasons.append(("said twice", -4.0))
        layout = Layout(order, headline_at, self._pieces(places, headline, headline_at), *self._told(places))
        return Span(first, last, headline, None, opening, evidence(reasons), layout)

    def _headline(self, first: int, head: int | None, places: range) -> tuple[Headline | None, int]:
        flow = self._flow
        if head is not None:
            text = flow.texts[head]
            kicked = self._reader.headline(head) if head in self._headed else None
            start = self._leads[head].end if head in self._leads else kicked.start if kicked else 0
            return Headline(start, len(text), len(text), "line", "", 0.0), head
        led = next((place for place in places if place in self._leads), None)
        if led is None:
            return None, first
        behind = self._leads[led].end
        found = find_headline(flow.texts[led][behind:], self._vocabulary)
        if found is None or found.strength <= MIN_STRENGTH:
            return None, first
        found = found._replace(start=found.start + behind, end=found.end + behind, body=found.body + behind)
        return found, led

    def _marks(self, places: range) -> Iterator[Reason]:
        """What times, sources and kickers weigh."""
        stamps = self._flow.stamps
        times = [place for place in places if place in self._times]
        leads = [place for place in places if place in self._leads]
        closing = stamps.get(places[-1])
        if closing is not None and not closing.alone:
            yield from weigh.stamp_reasons(closing, self._flow.texts[places[-1]])
        if times:
            stamp = stamps[times[0]]
            weight = (2.8 if stamp.timed else 1.2) if stamp.published else 1.9
            yield "stamp on its own line", weight
        elif leads:
            lead = self._leads[leads[0]]
            yield "time before the text", 3.0 if lead.published else 2.4 if lead.dated else 1.6
        if any(place in self._credits for place in places):
            yield "source on its own line", 1.8 if not times else 1.0
        if any(place in self._kickers or place in self._headed for place in places):
            yield "headline by kicker", 2.0

    def _place(self, places: range) -> Iterator[Reason]:
        """What speaks against a flash where the span stands."""
        reader, flow = self._reader, self._flow
        yield from weigh.place_reasons(reader, places, stamped=True)
        if places[0] <= self._first:
            yield "begins the essay", -4.0 if places[0] else -2.0
        if places[-1] >= self._last:
            yield "ends the essay", -2.0
        led = next((place for place in places if place in self._leads), None)
        if led is not None:
            if self._is_log:
                yield "page of times", -4.0
            if flow.texts[led][self._leads[led].end].islower():
                yield "sentence goes on", -1.8

    def _pieces(self, places: range, headline: Headline | None, headline_at: int) -> tuple[tuple[int, int], ...]:
        """By place, where the brief's own text begins and ends."""
        pieces = []
        for place in places:
            text = self._flow.texts[place]
            start, end = 0, len(text)
            if place in self._times or place in self._credits or place in self._kickers:
                end = 0
            elif headline is not None and place == headline_at:
                start = headline.body
            elif place in self._leads:
                start = self._leads[place].end
            stamp = self._flow.stamps.get(place)
            if stamp is not None and not stamp.alone:
                end = max(start, stamp.start)
            pieces.append((start, end))
        return tuple(pieces)

    def _told(self, places: range) -> tuple[str | None, str | None]:
        """When and from whom."""
        stamps, leads = self._flow.stamps, self._leads
        times = [stamps[place].published for place in places if place in stamps]
        times += [leads[place].published for place in places if place in leads]
        published = next((time for time in times if time), None)
        named = [
            name_source(self._flow.texts[place], self._vocabulary)
            for place in places
            if place in self._credits or place in self._times
        ]
        return published, next((name for name in named if name), None)


def find_framed(reader: Reader, vocabulary: Vocabulary, taken: Collection[int]) -> list[Span]:
    """The briefs in parts, none of which holds a place of `taken`."""
    return Frames(reader, vocabulary, taken).find()


def may_be_framed(flow: Flow) -> bool:
    """Whether any mark can stand there: a glance."""
    return bool(flow.leads or flow.short or flow.headed or any(stamp.alone for stamp in flow.stamps.values()))


def _score(span: Span) -> float:
    return span.score


def _order(span: Span) -> str:
    return span.layout.order if span.layout else ""


def _usual(orders: Counter[str], span: Span) -> float:
    others = orders[_order(span)] - 1
    return _SAME_ORDER[max(0, min(others, len(_SAME_ORDER) - 1))]
