"""Where a flash begins and ends: evidence for each span that a stamp closes or a headline opens."""

from __future__ import annotations

import re
from functools import cached_property
from math import log
from statistics import median
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash import style
from declutter.classify.flash.headlines import Headline, find_headline
from declutter.classify.flash.openings import NOTHING, Opening, read_opening
from declutter.classify.flash.topic import Topics, terms
from declutter.model import Evidence, Kind, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.stamps import Stamp
    from declutter.vocabulary import Vocabulary

MAX_BACK: Final = 4
"""Paragraphs before the stamped one that may belong to its flash; the portals' longest flash seen has three in all."""

MAX_FORWARD: Final = 4
_MIN_SPREAD: Final = 0.06
_MIN_FORM: Final = 0.8  # log-odds of headline and opening, below which nothing else is looked at
_MAX_HELP: Final = 1.5  # log-odds that style and other flashes like it may add
_MIN_SURE: Final = 5
_MAX_SURE: Final = 40
_MAX_TOPIC: Final = 3.0
_MAX_FOREIGN: Final = 3.5
_CONTINUES: Final = -0.4  # log-odds that one paragraph more belongs to the flash, before its words are looked at
_ROUND: Final = ("(", "（")  # noqa: RUF001 - full-width form
_QUOTED: Final = tuple("”\"»」』")
_ENDS: Final = frozenset(".!?。！？…”’\"'»」』）)】]；;।۔؟")  # noqa: RUF001 - as pages write them


_SENTENCE: Final = re.compile(r"(.{8,110}?)(?:[.!?…](?=\s)|[。！？])\s*(?=.{30})")  # noqa: RUF001 - full-width marks


class Span(NamedTuple):
    """A flash in question: places `first` to `last` of the flow, and the evidence for it."""

    first: int
    last: int
    headline: Headline | None
    stamp: Stamp | None
    opening: Opening
    evidence: tuple[Evidence, ...]

    @property
    def score(self) -> float:
        """Log-odds that this is a flash."""
        return sum(reason.weight for reason in self.evidence)

    def but(self, *reasons: tuple[str, float]) -> Span:
        """The same span with more evidence."""
        return self._replace(evidence=self.evidence + _evidence(reasons))


class Reader:
    """Reads spans off a flow. What costs much is computed when it is first asked for, so that most pages never pay."""

    def __init__(self, flow: Flow, vocabulary: Vocabulary) -> None:
        self.flow = flow
        self._vocabulary = vocabulary
        self._headlines: dict[int, Headline | None] = {}
        self._headed = set(flow.headed)

    @cached_property
    def topics(self) -> Topics:
        """The terms of the flow's blocks."""
        return Topics(self.flow.texts)

    @cached_property
    def _habits(self) -> tuple[style.Habit, ...]:
        return style.total(self.flow.texts)

    @cached_property
    def _familiar(self) -> tuple[float, float]:
        """The usual familiarity of the flow's prose, and how far it spreads."""
        flow = self.flow
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place)]
        doubtful = {place for place in flow.stamps} | self._headed
        sure = [place for place in prose if place not in doubtful]
        if len(sure) >= _MIN_SURE:
            prose = sure
        if not prose:
            return 0.0, 1.0
        prose = prose[:: 1 + len(prose) // _MAX_SURE]
        shares = [self.topics.familiarity(place, range(place, place + 1)) for place in prose]
        middle = median(shares)
        return middle, max(_MIN_SPREAD, 1.5 * median(abs(share - middle) for share in shares))

    def headline(self, place: int) -> Headline | None:
        """The headline that the block begins with."""
        if place not in self._headed:
            return None
        if place not in self._headlines:
            self._headlines[place] = find_headline(self.flow.texts[place], self._vocabulary)
        return self._headlines[place]

    def opening(self, place: int) -> Opening:
        """The news opening of the block, after its headline."""
        headline = self.headline(place)
        return read_opening(self.flow.texts[place], headline.body if headline else 0, self._vocabulary)

    # -- topic ---------------------------------------------------------------------------------------------------------

    def foreign(self, span: range) -> float:
        """Log-odds that the span does not belong where it stands: strange to the page, and untied to its neighbours.

        Weights: a logistic fit, rounded, on paragraphs of plain articles against paragraphs moved into them; where 2 of
        100 of the articles' own are called foreign, 59 of 100 of the others are.
        """
        sets = [self.topics.terms[place] for place in span]
        words: set[str] = set().union(*sets)
        if not words:
            return 0.0
        strange = sum(len(found) * self._strangeness(place, span) for found, place in zip(sets, span, strict=True))
        strange = max(-1.5, min(3.0, strange / sum(map(len, sets))))
        ties = self.topics.ties(words, set(), span)
        total = 1.6 * strange - 5.8 * ties.beside + 0.7 * log(1 + len(words)) - 1.9
        return max(-_MAX_FOREIGN, min(_MAX_FOREIGN, total))

    def belongs(self, place: int, span: range, anchor: Iterable[int]) -> float:
        """Log-odds that a block goes with the span's other blocks rather than with the essay around it.

        Weights: a logistic fit, rounded, on neighbouring paragraphs of plain articles against the second of two that
        were moved into another article: 93 of 100 right on articles it had not seen.
        """
        words: set[str] = set().union(*(self.topics.terms[other] for other in anchor if other != place))
        ties = self.topics.ties(self.topics.terms[place], words, span)
        strange = max(-1.5, min(3.0, self._strangeness(place, span)))
        total = 1.6 * strange + 9.5 * ties.exclusive + 3.0 * ties.common - 4.5 * ties.beside - 1.6
        return max(-_MAX_TOPIC, min(_MAX_TOPIC, total))

    def _strangeness(self, place: int, span: range) -> float:
        """How much less familiar than the page's middle block a block is, in usual deviations."""
        middle, spread = self._familiar
        return (middle - self.topics.familiarity(place, span)) / spread

    def breaks_style(self, span: range) -> float:
        """Log-odds that the span was written elsewhere, by its marks and spaces."""
        return style.style_break(self._habits, style.habits("\n".join(self.flow.texts[place] for place in span)))

    # -- spans ---------------------------------------------------------------------------------------------------------

    def stamped(self, last: int, floor: int, forms: Mapping[str, float]) -> Span:
        """The flash that a stamp closes: from the likeliest beginning at or after `floor`."""
        flow = self.flow
        stamp = flow.stamps[last]
        end = last - stamp.alone  # a stamp on its own line says nothing of its own
        lowest = max(floor, end - MAX_BACK)
        best, first, goes_on, inside = -99.0, last, 0.0, 0.0
        for place in range(end, lowest - 1, -1):
            if place != end and not (flow.is_running(place) or flow.kinds[place] is Kind.HEADING):
                break
            if place != end:
                goes_on += _CONTINUES + self.belongs(place, range(place, last + 1), range(place + 1, last + 1))
            head = self._head_weight(place, forms)
            score = head + goes_on - inside
            if score > best:
                best, first = score, place
            inside += 1.3 * head
            if flow.kinds[place] is Kind.HEADING:
                break
        return self._weigh_stamped(first, last, stamp)

    def _weigh_stamped(self, first: int, last: int, stamp: Stamp) -> Span:
        headline, opening = self.headline(first), self.opening(first)
        span = range(first, last + 1)
        reasons = [("few blocks are flashes", -3.5), *_stamp_reasons(stamp, self.flow.texts[last])]
        if headline is not None and headline.strength > -1:
            reasons.append((f"headline by {headline.form}", max(0.0, min(2.2, 0.8 + 0.9 * headline.strength))))
        elif headline is not None:
            headline = None
        if opening.weight:
            reasons.append((opening.name, 0.6 * opening.weight))
        reasons.append(("foreign words", max(-1.5, min(1.8, 0.6 * self.foreign(span)))))
        reasons.append(("style of its own", self.breaks_style(span)))
        reasons += self._form_reasons(span, stamped=True)
        return Span(first, last, headline, stamp, opening, _evidence(reasons))

    def opened(self, first: int, ceiling: int) -> Span | None:
        """The flash that a headline opens and no stamp closes, before `ceiling`; None where its form says too little."""
        headline, opening = self.headline(first), self.opening(first)
        if headline is None:
            return None
        if opening.name == "dateline":
            opening = opening._replace(weight=4.0)
        form = max(-1.0, min(2.5, 0.5 + 1.1 * headline.strength))
        reasons = [("few blocks are flashes", -4.0), (f"headline by {headline.form}", form)]
        if opening.weight:
            reasons.append((opening.name, opening.weight))
        if form + opening.weight < _MIN_FORM:
            return None
        reasons.append(("headline taken up again", self.echo(headline, first)))
        reasons += self._form_reasons(range(first, first + 1), stamped=False)
        if sum(weight for _, weight in reasons) < -_MAX_FOREIGN - _MAX_HELP:
            return None
        last = self._reach(first, ceiling)
        span = range(first, last + 1)
        reasons.append(("foreign words", self.foreign(span)))
        reasons.append(("style of its own", self.breaks_style(span)))
        reasons.append(("labels like it", -self._labels_about(first, last)))
        if not any(self.flow.is_prose(place) for place in range(last + 1, len(self.flow.texts))):
            reasons.append(("ends the essay", -2.0))
        return Span(first, last, headline, None, opening, _evidence(reasons))

    def _labels_about(self, first: int, last: int) -> float:
        """Log-odds against a headline from paragraphs beside it that begin in the same way: a list of labelled items."""
        total = 0.0
        for place in (first - 2, first - 1, last + 1, last + 2):
            headline = self.headline(place) if 0 <= place < len(self.flow.texts) else None
            if headline is not None and headline.strength > -1.6:  # noqa: PLR2004 - anything but an attribution
                total += 0.8 if place in (first - 1, last + 1) else 0.5
        return min(2.0, total)

    def _reach(self, first: int, ceiling: int) -> int:
        """The last block of an unstamped flash: as far as the words go with its beginning."""
        flow = self.flow
        best, total, last = 0.0, 0.0, first
        for place in range(first + 1, min(ceiling, first + 1 + MAX_FORWARD, len(flow.texts))):
            if not flow.is_running(place) or place in flow.stamps:
                break
            headline = self.headline(place)
            if headline is not None and headline.strength > 1.0:
                break
            span = range(first, place + 1)
            total += _CONTINUES + self.belongs(place, span, range(first, place))
            if total > best:
                best, last = total, place
        return last

    def _head_weight(self, place: int, forms: Mapping[str, float]) -> float:
        """Log-odds that a flash begins here, by its form; `forms` is what the page's other flashes begin with."""
        headline = self.headline(place)
        opening = self.opening(place)
        weight = min(1.5, 0.7 * opening.weight)
        if headline is not None:
            weight += max(0.0, min(4.5, 1.6 + 1.8 * headline.strength)) + 1.5 * bool(headline.kicker) + forms.get(headline.form, 0.0)
        elif self._stands_alone(place):
            weight += 0.3
        else:
            weight += self._lead_echo(place)
        if self.flow.kinds[place] is Kind.HEADING:
            weight -= 1.5
        if place == 0:
            weight -= 2.5
        return weight

    def echo(self, headline: Headline, place: int) -> float:
        """Log-odds from how much of the headline its own text takes up again.

        Half of the headlines of 470 plain articles share 40 % of their terms with the first paragraph; of 1,450
        paragraphs of such articles that begin with words and a colon, a quarter do.
        """
        text = self.flow.texts[place]
        share = _echo(text[headline.start : headline.end], text[headline.body :])
        if share is None:
            return 0.0
        return 1.1 if share >= 0.55 else 0.6 if share >= 0.4 else 0.0 if share >= 0.1 else -0.9  # noqa: PLR2004

    def _lead_echo(self, place: int) -> float:
        """The same for a first sentence that may be a headline; of ordinary first sentences 1 in 30 shares so much."""
        text = self.flow.texts[place]
        sentence = _SENTENCE.match(text)
        if sentence is None:
            return 0.0
        share = _echo(sentence[1], text[sentence.end() :]) or 0.0
        return 2.2 if share >= 0.55 else 1.6 if share >= 0.4 else 0.7 if share >= 0.25 else 0.0  # noqa: PLR2004

    def _stands_alone(self, place: int) -> bool:
        """A line without a closing mark: a headline on a line of its own."""
        text = self.flow.texts[place]
        return 8 <= len(text) <= 110 and text[-1] not in _ENDS and place not in self.flow.stamps  # noqa: PLR2004

    def _form_reasons(self, span: range, *, stamped: bool) -> list[tuple[str, float]]:
        flow = self.flow
        reasons = []
        kinds = {flow.kinds[place] for place in span}
        if Kind.ITEM in kinds or Kind.CELL in kinds:
            reasons.append(("item of a list", -2.0))
        elif Kind.QUOTE in kinds:
            reasons.append(("quotation", -1.0))
        if span[0] == 0:
            reasons.append(("begins the essay", -2.0))
        if any(flow.labels[place] is not Label.BODY for place in span):
            reasons.append(("unlike the essay", 0.5 if stamped else -1.0))
        return reasons


def _echo(headline: str, text: str) -> float | None:
    """The share of a headline's terms that the text holds; None for a headline without any."""
    words = terms(headline)
    return len(words & terms(text)) / len(words) if words else None


def _stamp_reasons(stamp: Stamp, text: str) -> list[tuple[str, float]]:
    """What a stamp is worth. No paragraph of 1,485 plain articles closes with a dated stamp in square brackets."""
    before = text[: stamp.start].rstrip()[-1:]
    if stamp.alone:
        reasons = [("stamp on its own line", 1.4 if stamp.timed else 0.6)]
    elif stamp.frame in _ROUND:
        reasons = [("closing stamp", 4.5 if stamp.timed else 2.3)]
    elif stamp.frame:
        reasons = [("closing stamp", 5.0 if stamp.timed else 3.3)]
    else:
        reasons = [("closing time", 3.2 if stamp.timed else 1.0)]
    if stamp.published is None:
        reasons.append(("stamp without a date", -2.0))
    if not stamp.alone and before not in _ENDS:
        reasons.append(("stamp inside a sentence", -0.8))
    if before in _QUOTED:
        reasons.append(("date of a quotation", -1.0))
    if stamp.worded:
        reasons.append(("date of something named", -1.5))
    if stamp.closed:
        reasons.append(("date closes a sentence", -1.5))
    return reasons


def _evidence(reasons: Iterable[tuple[str, float]]) -> tuple[Evidence, ...]:
    return tuple(Evidence(name, weight, Label.FLASH) for name, weight in reasons if weight)


NO_OPENING: Final = NOTHING
