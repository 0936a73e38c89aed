"""Evidence about a flow's blocks, computed lazily and cached: most pages need none of what is expensive."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from copy import copy
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.dressing import skip_bullet
from declutter.classify.flash.foreign import Foreign
from declutter.classify.flash.form import LEADS_ON, LINE_ENDS, FormReader
from declutter.classify.flash.openings import WIRES
from declutter.classify.flash.style import Style
from declutter.classify.flash.topic import Topics
from declutter.deadline import NEVER, Deadline

if TYPE_CHECKING:
    from declutter.classify.cues import CueReader
    from declutter.classify.flash.elsewhere import Elsewhere
    from declutter.classify.flash.flow import Flow

MAX_FOREIGN: Final = 3.5
"""Maximum log-odds of words alone, for or against a flash."""

_MAX_TOPIC: Final = 3.0
_BELONGS: Final = 0.45
"""Factor for what a paragraph's own words say, beside those of the whole span. Fitted on 4,000 spans that were moved
from one plain article into another: by both, the unknown end of 92 in 100 is found, by the former alone of 79."""
LEAST_BELONGING: Final = -_BELONGS * _MAX_TOPIC
"""Minimum log-odds that a block belongs to a span."""
APART: Final = -4.0
"""Log-odds that a span holds together, up to which the added block is the essay's, whatever its own words say."""
_MIN_SPREAD: Final = 0.06
_MIN_SURE: Final = 5
_MAX_SURE: Final = 40
_MAX_PROBED: Final = 16
_MAX_KNOWN: Final = 0.7
_BREVITY: Final = ((0.25, 2.8), (0.5, 1.6))
"""Log-odds by the maximum share of the usual length. On pages with briefs of own words that no rule was tuned on, the
steeper first step finds 1.8 % more of them whole, and no more of the essay."""
_FEW_SHORTER: Final = 0.05
MAX_RUN_IN: Final = 5
"""Paragraphs that begin in bold type or with a bullet; more are the essay's own."""

_MOST_MARKED: Final = 0.5  # share of the prose blocks with a mark, above which the page consists of such blocks
_MAX_MARKED: Final = 5  # blocks from the first mark of a flash to its stamp
_DIGIT: Final = re.compile(r"\d")
_FIGURE: Final = re.compile(r"\d[\d.,:/]*")
_MIN_FIGURES: Final = 2
_MIN_OTHERS: Final = 3
_FIGURES: Final = ((0.15, 1.6), (0.3, 1.0))
"""Log-odds by the maximum share of the other paragraphs that have a figure."""


class FlowReader(FormReader):
    """Reads evidence from a flow: the form of its blocks, and what their words say about where they belong."""

    def __init__(self, flow: Flow, cues: CueReader, elsewhere: Elsewhere, *, deadline: Deadline = NEVER) -> None:
        super().__init__(flow, cues, deadline=deadline)
        self.elsewhere = elsewhere
        self.style = Style(flow.texts)
        self._marked: dict[int, int] = {}

    def figures(self, places: range) -> float:
        """Log-odds by figures that hardly any other paragraph has: news gives amounts and dates, many essays none.

        Of 8,000 paragraphs of plain articles, 1 in 100 has two figures or more where at most 3 in 20 others have any;
        1 in 30 where at most 3 in 10 have.
        """
        if sum([len(_FIGURE.findall(self.flow.texts[place])) for place in places]) < _MIN_FIGURES:
            return 0.0
        own = [self._figured[place] for place in places if place in self._figured]
        others = len(self._figured) - len(own)
        if others < _MIN_OTHERS:
            return 0.0
        share = (self._figures_in_all - sum(own)) / others
        return next((weight for most, weight in _FIGURES if share <= most), 0.0)

    @cached_property
    def _figured(self) -> dict[int, bool]:
        """Whether the text has a figure, by place of prose without a flash's marks."""
        flow, marked = self.flow, self._marked or self.marked
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place) and place not in marked]
        return {place: _DIGIT.search(flow.texts[place]) is not None for place in prose}

    @cached_property
    def _figures_in_all(self) -> int:
        return sum(self._figured.values())

    @cached_property
    def topics(self) -> Topics:
        """The terms of the flow's blocks."""
        return Topics(self.flow.texts, self._marked or self.marked, deadline=self.deadline)

    @cached_property
    def marked(self) -> dict[int, int]:
        """By place with a mark that hardly any other text than a flash has, the first place of its likely flash.

        Empty if many blocks have one.
        """
        flow = self.flow
        closed = {place for place, stamp in flow.stamps.items() if stamp.frame and stamp.timed and not stamp.alone}
        begun = set(flow.leads)
        if len(flow.run_in) <= MAX_RUN_IN:
            begun |= {place for place in flow.run_in if skip_bullet(flow.texts[place])}
        begun |= {place for place in flow.wired if self.opening(place).name in WIRES}
        kicked = self.deadline.watch(self.kicked)
        begun |= {place for place in kicked if (found := self.headline(place)) and found.form == "kicker"}
        if len(closed | begun) > _MOST_MARKED * sum(flow.sentences):
            return {}
        marked, first = {}, -_MAX_MARKED
        for place in sorted(closed | begun):
            if place in begun or place - first >= _MAX_MARKED:
                first = place
            marked[place] = first
            if place in closed:
                first = -_MAX_MARKED
        return marked

    def supposing(self, flashes: Mapping[int, int]) -> FlowReader:
        """A reader of the same flow that takes these blocks as flashes, see `set_apart`."""
        other = copy(self)
        other.set_apart(flashes)
        return other

    def set_apart(self, flashes: Mapping[int, int]) -> None:
        """Take these blocks as flashes when reading words: what only flashes share does not tie them to the essay.

        flashes: first place of the flash, by place.
        """
        if flashes:
            self._marked = {**self.marked, **flashes}
            for name in ("topics", "words", "_familiar", "_figured", "_figures_in_all"):
                self.__dict__.pop(name, None)

    @cached_property
    def _familiar(self) -> tuple[float, float]:
        """Median and spread of the familiarity of the flow's prose."""
        flow = self.flow
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place)]
        doubtful = flow.stamps.keys() | self._headed
        sure = [place for place in prose if place not in doubtful]
        if len(sure) >= _MIN_SURE:
            prose = sure
        if not prose:
            return 0.0, 1.0
        prose = prose[:: 1 + len(prose) // _MAX_SURE]
        shares = [self.topics.familiarity(place, range(place, place + 1)) for place in prose]
        middle = median(shares)
        return middle, max(_MIN_SPREAD, 1.5 * median(abs(share - middle) for share in shares))

    @cached_property
    def _lengths(self) -> list[int]:
        """The lengths of the flow's paragraphs that have no form of a flash, sorted."""
        flow = self.flow
        doubtful = flow.stamps.keys() | flow.leads.keys() | self._headed | flow.run_in.keys()
        places = (place for place in range(len(flow.texts)) if flow.is_running(place) and place not in doubtful)
        return sorted(len(flow.texts[place]) for place in places if flow.texts[place][-1] in LINE_ENDS)

    def brevity(self, span: range) -> float:
        """Log-odds that a span's last block belongs to it, if hardly any paragraph of the page is so short.

        0 if the words of the whole are more the essay's than without that block.
        """
        lengths, text = self._lengths, self.flow.texts[span[-1]]
        if len(lengths) < _MIN_SURE or text[-1] not in LINE_ENDS or text.endswith(LEADS_ON):
            return 0.0
        usual = lengths[len(lengths) // 2]
        weight = next((weight for share, weight in _BREVITY if len(text) <= share * usual), 0.0)
        if not weight or bisect_left(lengths, len(text)) > _FEW_SHORTER * len(lengths):
            return 0.0
        return weight if self.foreign(span) >= self.foreign(span[:-1]) else 0.0

    def may_be_foreign(self, place: int) -> bool:
        """Whether few of the block's longest words occur in other blocks; a cheap test before `foreign`."""
        topics = self.topics
        words = sorted(topics.terms[place], key=lambda word: (-len(word), word))[:_MAX_PROBED]
        known = sum([topics.spread[word] > 1 for word in words])
        return known <= _MAX_KNOWN * len(words)

    @cached_property
    def words(self) -> Foreign:
        """The clues from the words of spans."""
        return Foreign(self.flow, self.topics, self.style)

    def foreign(self, span: range, least: float = -MAX_FOREIGN) -> float:
        """Log-odds by words that the span does not belong to the essay; -MAX_FOREIGN if they are `least` or less."""
        total = self.words.log_odds(span, least)
        return min(MAX_FOREIGN, total) if total > least else -MAX_FOREIGN

    def belongs(self, place: int, span: range, anchor: Iterable[int]) -> float:
        """Log-odds that a block belongs to the span's other blocks rather than to the surrounding essay.

        Weights: a rounded logistic fit that separates neighbouring paragraphs of plain articles from second paragraphs
        of pairs that were moved into another article: right for 93 of 100 on unseen articles.
        """
        anchor = list(anchor)
        words: set[str] = set().union(*(self.topics.terms[other] for other in anchor if other != place))
        ties = self.topics.ties(self.topics.terms[place], words, span)
        strange = max(-1.5, min(3.0, self.strangeness(place, span)))
        total = 1.6 * strange + 9.5 * ties.exclusive + 3.0 * ties.common - 4.5 * ties.beside - 1.6
        return _BELONGS * max(-_MAX_TOPIC, min(_MAX_TOPIC, total)) + self.elsewhere.repeats_with(place, anchor)

    @property
    def most_belonging(self) -> float:
        """The maximum of `belongs`."""
        return -LEAST_BELONGING + self.elsewhere.most_together

    def holds_together(self, span: range, core: range) -> float:
        """Log-odds by words that the span, rather than the part of it at one of its ends, is one text."""
        return self.words.cohesion(span) - self.words.cohesion(core)

    def strangeness(self, place: int, span: range) -> float:
        """How much less familiar a block is than the median block of the page, in units of the usual deviation."""
        middle, spread = self._familiar
        return (middle - self.topics.familiarity(place, span)) / spread
