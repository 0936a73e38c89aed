"""Classifies the lines of a flow as parts of flashes: times, sources, kickers, headlines, texts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import ENDS
from declutter.classify.flash.credits import find_credits, is_subjects
from declutter.classify.flash.dressing import is_signed
from declutter.classify.flash.headlines import MIN_STRENGTH, find_kickers, is_wide
from declutter.classify.flash.openings import WIRES, name_source
from declutter.classify.flash.stamps import after_headline, find_tail
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.stamps import Stamp
    from declutter.vocabulary import Vocabulary

_BODY: Final = Label.BODY  # see Label
_META: Final = Label.META

_MAX_PARAGRAPH: Final = 900  # characters
_MAX_LINE: Final = 110
_MAX_TAILED: Final = 140  # with a time
_MAX_LED: Final = 0.55  # share of paragraphs that open with a time, above which the page is a log
_MIN_LED: Final = 0.3  # share, above which a page that begins with a time is a log
_MIN_LOG: Final = 2
_MAX_ABOVE_BYLINE: Final = 4  # paragraphs of a wire report
_MAX_AGENCY: Final = 12
_BARS: Final = re.compile(r"[|｜丨]")  # with another one, it is a line of figures
_DASHES: Final = frozenset("-–—")
_MAX_POINTER_WORDS: Final = 4
_MIN_POINTER, _MAX_POINTER = 8, 28  # letters, those of scripts without spaces counted twice
_ARROWS: Final = frozenset("»›→>")
_MAX_POINTED: Final = 0.4  # share of the prose in paragraphs above words for a link to the rest
_CUT: Final = ("…", "...")
_LEAD_ON: Final = _DASHES | frozenset(":：")


class Parts:
    """The parts in a flow; blocks are identified by their place in it.

    taken: places of other flashes. times, credits, kickers: lines with nothing else. own_time: the only time that is
    given as that of publication. bylines: lines below a wire report that name who wrote it. pointers: lines of words
    for a link to the rest, between two paragraphs. subjects: lines of hashtags, if there are several: one alone is the
    page's. closing: lines that end a flash, credits, bylines, pointers and subjects. leads: times that open a block.
    tails: times after a headline on its line. headed: lines with a kicker and its headline. signed: blocks that begin
    with an eye-catching sign. credited: the source or the subjects that end a block behind its text.
    """

    def __init__(self, reader: FlowReader, vocabulary: Vocabulary, taken: Collection[int]) -> None:
        self.reader = reader
        self.flow = flow = reader.flow
        self.vocabulary = vocabulary
        self.taken = taken
        self.times = {place for place, stamp in flow.stamps.items() if stamp.alone} - set(taken)
        said = {place for place in self.times if self._says("published", place)}
        self.own_time = said if len(said) == 1 else set()
        self.leads = {place: lead for place, lead in flow.leads.items() if place not in taken}
        watch = reader.deadline.watch
        short = {place: flow.texts[place] for place in flow.short if place not in taken}
        self.credits = {place for place in watch(short) if self._is_credit(place)}
        self.kickers = find_kickers(short, vocabulary)
        self.pointers = self._pointers(watch(short))
        subjects = {place for place, text in short.items() if text[0] == "#" and is_subjects(text)}
        self.subjects = subjects if len(subjects) > 1 else set()
        self.bylines = self._bylines()
        self.closing = self.credits | self.bylines | self.pointers | self.subjects
        texts = {place: text for place, text in enumerate(watch(flow.texts)) if place not in taken}
        timed = [
            place
            for place, text in texts.items()
            if len(text) <= _MAX_TAILED and (place in flow.stamps or _ends_in_number(text))
        ]
        self.tails = {place: stamp for place in watch(timed) if (stamp := self._tail(place)) is not None}
        self.headed = {place for place in watch(reader.kicked) if self._is_headed_line(place)}
        self.signed = {place for place, text in texts.items() if not text[0].isalnum() and is_signed(text)}
        self.credited = find_credits(texts, flow.sentences, vocabulary, deadline=reader.deadline)

    @cached_property
    def _spread(self) -> Counter[str]:
        return Counter(self.flow.texts)

    @cached_property
    def _essays(self) -> list[int]:
        """The places of the essay's paragraphs."""
        places = self.reader.deadline.watch(range(self.flow.last_prose + 1))
        return [place for place in places if self.flow.labels[place] is _BODY and self.flow.is_prose(place)]

    @cached_property
    def first(self) -> int:
        """The first of the essay's paragraphs that is not a standfirst without a full stop; -1 if there is none."""
        return next(filter(self._is_closed, self._essays), self._essays[0] if self._essays else -1)

    def is_second(self, place: int) -> bool:
        """Whether at most one of the essay's paragraphs precedes the place."""
        return bisect_left(self._essays, place) <= 1

    @property
    def last(self) -> int:
        """The last of the essay's paragraphs."""
        return self.flow.last_prose

    @cached_property
    def is_log(self) -> bool:
        """Whether most of the essay's paragraphs open with a time, or the page begins with the first of many."""
        leads, essays = self.flow.leads, self._essays
        if sum(place in leads for place in essays) > _MAX_LED * len(essays):
            return True
        own = sum(self.flow.labels[place] is _BODY for place in leads)
        return own > max(_MIN_LOG, _MIN_LED * len(essays)) and min(leads) <= self.first

    def is_mark(self, place: int) -> bool:
        """Whether it is a line with only a time, a source, a kicker, a link to the rest or hashtags."""
        return place in self.times or place in self.closing or place in self.kickers

    def is_line(self, place: int) -> bool:
        """Whether it may be a headline on a line of its own."""
        return (
            0 <= place < len(self.flow.texts)
            and place not in self.taken
            and place not in self.leads
            and place not in self.closing
            and place not in self.kickers
            and self.reader.line(place) is not None
            and self.flow.texts[place][-1] not in _LEAD_ON
            and not self.reader.says_what_it_is(place)
        )

    def is_text(self, place: int) -> bool:
        """Whether it may be a paragraph of a flash."""
        flow = self.flow
        return (
            0 <= place < len(flow.texts)
            and flow.is_prose(place)
            and place not in self.taken
            and place not in self.times
            and place not in self.closing
            and len(flow.texts[place]) <= _MAX_PARAGRAPH
            and not self.reader.says_what_it_is(place)
        )

    def goes_on(self, place: int) -> bool:
        """Whether it may be a paragraph of a flash that may be short."""
        flow = self.flow
        return self.is_text(place) or (
            place < len(flow.texts)
            and flow.is_running(place)
            and place not in self.taken
            and flow.texts[place][-1] in ENDS
            and not self.reader.says_what_it_is(place)
        )

    def begins_other(self, place: int) -> bool:
        """Whether another flash begins there, or cue words show that it is not a flash's text."""
        if place in self.leads or place in self.times or place in self.kickers or place in self.headed:
            return True
        if self.reader.says_what_it_is(place):
            return True
        return self.is_line(place) and (place + 1 in self.times or place + 1 in self.leads)

    def has_headline(self, place: int) -> bool:
        """Whether it is a paragraph that begins with its headline, so that a time below ends it."""
        headline = self.reader.headline(place)
        return place in self.flow.strong or (headline is not None and headline.strength > MIN_STRENGTH)

    def opens_wire(self, place: int) -> bool:
        """Whether the text begins with place and agency."""
        return place in self.flow.wired and self.reader.opening(place).name in WIRES

    def is_repeated(self, place: int) -> bool:
        """Whether the flow contains the same text more than once."""
        return self._spread[self.flow.texts[place]] > 1

    def _is_closed(self, place: int) -> bool:
        """Whether it is a paragraph, not a standfirst without a full stop; Thai has no full stops."""
        last = self.flow.texts[place][-1]
        return last in ENDS or "\u0e00" < last < "\u0f00"

    def _says(self, section: str, place: int) -> bool:
        cues = self.reader.cues(place)
        return bool(cues) and any(cue.section == section and cue.position != "holds" for cue in cues)

    def _is_credit(self, place: int) -> bool:
        """Whether it is a line that names its source: `来源：新华社`, `(Source: Reuters)`, `— Reuters`."""
        text = self.flow.texts[place]
        if place in self.flow.stamps:
            return False
        if self._says("source", place):
            return True
        if text[0] in _DASHES:
            return name_source(text, self.vocabulary) is not None
        alone = len(text) <= _MAX_AGENCY and place > 1 and self.flow.is_prose(place - 1) and " " not in text
        return alone and name_source(text, self.vocabulary) == text  # `MTI`

    def _bylines(self) -> set[int]:
        """The lines that name reporters and editors below a text with place and agency: `(Reporting by …)`."""
        found = set()
        for wired in self.reader.deadline.watch(self.flow.wired):
            for place in range(wired + 1, min(wired + 1 + _MAX_ABOVE_BYLINE, len(self.flow.texts))):
                if self.reader.cues(place):
                    names = place not in self.credits and (self._says("author", place) or self._says("editor", place))
                    if names and wired not in self.taken and self.opens_wire(wired):
                        found.add(place)
                    break
                if not self.flow.is_prose(place):
                    break
        return found

    def _pointers(self, short: Iterable[int]) -> set[int]:
        """The lines of words for a link to the rest that head no list; none in a listing, where much is above them."""
        flow = self.flow
        places = {place for place in short if self._is_pointer(place)} - self.kickers
        if sum([len(flow.texts[place - 1]) for place in places]) > _MAX_POINTED * flow.prose:
            return set()
        return {place for place in places if place + 1 == len(flow.texts) or flow.is_prose(place + 1)}

    def _is_pointer(self, place: int) -> bool:
        """Whether it is `Read on` below a paragraph that is not cut off."""
        cues, text = self.reader.cues(place), self.flow.texts[place]
        if not place or not cues or any(cue.section != "related" for cue in cues):
            return False
        letters = len(text) * (1 + is_wide(text))
        if ":" in text or "：" in text or text.count(" ") >= _MAX_POINTER_WORDS or letters > _MAX_POINTER:
            return False  # it names what can be read
        if letters < _MIN_POINTER and text[-1] not in _ARROWS:
            return False  # `Tip`
        above = self.flow.texts[place - 1]
        return above[-1] in ENDS and not above.endswith(_CUT)

    def _tail(self, place: int) -> Stamp | None:
        """The time after a headline on its line, above its text."""
        flow, text = self.flow, self.flow.texts[place]
        possible = flow.is_running(place) and flow.labels[place] is not _META and self.is_text(place + 1)
        if not possible:
            return None
        stamp = flow.stamps.get(place)
        stamp = find_tail(text) if stamp is None else after_headline(text, stamp)
        # `Headline: published on 12 January 2012 12:27` has its own text.
        if stamp is None or self.reader.says_what_it_is(place) or self.has_headline(place):
            return None
        return stamp

    def _is_headed_line(self, place: int) -> bool:
        """Whether it is a line of a kicker and its headline, whose text follows: `BRIEF | Headline`."""
        text = self.flow.texts[place]
        if len(text) > _MAX_LINE or text[-1] in ENDS:
            return False
        possible = place not in self.times and place not in self.taken
        headline = self.reader.headline(place) if possible else None
        return (
            headline is not None
            and headline.form == "kicker"
            and headline.end == len(text)
            and not _BARS.search(text, headline.start)
        )


def _ends_in_number(text: str) -> bool:
    """Whether one of the last two characters is a digit."""
    return text[-1].isdigit() or text[-2:-1].isdigit()
