"""The form of a flow's blocks: their headlines, lines, kickers, cue words and news openings, each read once."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.dressing import skip_bullet, skip_signs, undress
from declutter.classify.flash.headlines import (
    MAX_HEADLINE,
    MIN_STRENGTH,
    Headline,
    find_behind,
    find_headline,
    has_kicker,
    is_kicker,
)
from declutter.classify.flash.openings import (
    NOTHING,
    WIRES,
    Opening,
    dateline_names,
    has_dateline,
    is_placed,
    name_source,
    read_dateline,
    read_opening,
)
from declutter.deadline import NEVER, Deadline
from declutter.wide import FIRST_WIDE

if TYPE_CHECKING:
    from declutter.classify.cues import CueReader
    from declutter.classify.flash.flow import Flow
    from declutter.vocabulary import Cue

LEADS_ON: Final = (":", "：")  # a block that announces the next one ends nothing
LINE_ENDS: Final = frozenset(".!?。！？…”’\"'»」』）)】]；;:：,，।۔؟")
"""Characters that end a sentence or a part of one, which a headline on a line of its own does not end with."""

MAX_KICKER: Final = 24
"""Letters of a kicker on a line of its own."""

_MAX_LINE: Final = 110
_MIN_LINE: Final = 8
_MIN_WIDE: Final = 6  # in scripts without spaces
_PARTING: Final = " .:：。．!！|｜–—-"  # between a headline in bold type and its text
_CLOSES: Final = frozenset(")）")
_DATELINES: Final = frozenset({"dash", "bracket", "bar"})
_DATED_LABEL: Final = 0.3  # strength of a label before a dateline: few other than a flash's headline have one
FLASHES_ONLY: Final = frozenset({"kicker", "fence"})
"""Forms of headline that hardly any essay's paragraphs have."""

_UNLISTED: Final = 2.0  # weight of an opening with an outlet that no list knows
_MANY_LABELS: Final = 0.4  # share of the paragraphs
_MOST_LABELS: Final = 0.5  # share of the paragraphs with a label in brackets, which flashes have, too


class FormReader:
    """Reads the form of a flow's blocks, when asked. Places are those of the flow; log-odds are for a flash."""

    def __init__(self, flow: Flow, cues: CueReader, *, deadline: Deadline = NEVER) -> None:
        self.flow = flow
        self.deadline = deadline
        self._cues = cues
        self._vocabulary = cues.vocabulary
        self._headlines: dict[int, Headline | None] = {}
        self._openings: dict[int, Opening] = {}
        self._headed = set(flow.headed)

    def headline(self, place: int) -> Headline | None:
        """The headline that the block begins with."""
        if place not in self._headed:
            return None
        if place not in self._headlines:
            text = self.flow.texts[place]
            if place in self._kicked:
                found = find_headline(text, self._vocabulary)
            else:
                found = find_behind("", text, skip_signs(text), self._vocabulary)
            if found is not None and place in self.flow.wired and self._is_dateline(place, found):
                found = None  # place, day and agency before a dash or in brackets are not a headline
            if found is not None and found.body == len(text) and self._is_closed(place):
                found = found._replace(start=0, end=0, body=found.start)  # the stamp is not all that follows the kicker
            weak = found is not None and found.form == "colon" and found.strength <= 0
            if found is not None and weak and has_dateline(text, found.body, self._vocabulary):
                found = found._replace(strength=_DATED_LABEL)
            self._headlines[place] = found
        return self._headlines[place]

    def _is_closed(self, place: int) -> bool:
        """Whether a stamp follows the end of a sentence in the block."""
        stamp = self.flow.stamps.get(place)
        return stamp is not None and self.flow.texts[place][: stamp.start].rstrip()[-1:] in LINE_ENDS

    def _is_dateline(self, place: int, headline: Headline) -> bool:
        text = self.flow.texts[place]
        if headline.form == "dash" and text[headline.end - 1] in _CLOSES:
            return True
        of_form = headline.form in _DATELINES or (headline.form == "colon" and is_placed(text))
        if of_form and read_dateline(text, self._vocabulary) is not NOTHING:
            return True
        return headline.form == "dash" and self._unlisted(place) is not None

    @cached_property
    def kicked(self) -> list[int]:
        """The places whose headline may follow a kicker, in order."""
        places = self.deadline.watch(self.flow.headed)
        return [place for place in places if has_kicker(self.flow.texts[place], self._vocabulary)]

    @cached_property
    def _kicked(self) -> frozenset[int]:
        return frozenset(self.kicked)

    def bold_headline(self, place: int) -> Headline | None:
        """The bold type that the block begins with, as a headline; None if there is none, or place and agency."""
        bold, text = self.flow.strong.get(place, 0), self.flow.texts[place]
        if not bold or bold > MAX_HEADLINE or (place in self.flow.wired and self.opening(place).name in WIRES):
            return None
        start = skip_bullet(text) or skip_signs(text)
        stop = len(text[:bold].rstrip(_PARTING))
        body = bold + len(text[bold:]) - len(text[bold:].lstrip(_PARTING))
        return Headline(start, stop, body, "line", "", 0.0) if stop - start >= _MIN_LINE else None

    def line(self, place: int) -> Headline | None:
        """The block as a headline on a line of its own: short, and without closing punctuation; None for any other."""
        text = self.flow.texts[place]
        least = _MIN_WIDE if text[0] > FIRST_WIDE else _MIN_LINE
        if not least <= len(text) <= _MAX_LINE or place in self.flow.stamps:
            return None
        start, end, _, _ = undress(text)
        if text[end - 1] in LINE_ENDS or end - start < least:
            return None
        return Headline(start, end, len(text), "line", "", 0.0)

    def kicker(self, place: int) -> str | None:
        """The block as a kicker on a line of its own: `BREAKING`, `In brief`; None for any other."""
        text = self.flow.texts[place]
        return text if len(text) <= MAX_KICKER and is_kicker(text, self._vocabulary) else None

    def cues(self, place: int) -> tuple[Cue, ...]:
        """The block's cues; () for a long block."""
        return self._cues[self.flow.blocks[place]]

    def is_labelled(self, place: int) -> bool:
        """Whether the block has cue words: `Read also: …`, `Our newsletter`."""
        return bool(self.cues(place))

    def says_what_it_is(self, place: int) -> bool:
        """Whether its cue words make it a byline, a teaser or a notice, and neither headline nor text."""
        return any(cue.position != "holds" for cue in self.cues(place))

    def opening(self, place: int) -> Opening:
        """The news opening of the block, after its headline."""
        if place not in self._openings:
            headline = self.headline(place)
            start = headline.body if headline is not None and headline.strength > MIN_STRENGTH else 0
            stamp = self.flow.stamps.get(place)
            text = self.flow.texts[place] if stamp is None or stamp.alone else self.flow.texts[place][: stamp.start]
            opening = read_opening(text, start, self._vocabulary)
            unlisted = None if start or opening.name in WIRES else self._unlisted(place)
            self._openings[place] = opening if unlisted is None else unlisted
        return self._openings[place]

    @cached_property
    def _names(self) -> Counter[str]:
        """How many blocks begin like a dateline with each name."""
        return Counter(chain.from_iterable(dateline_names(self.flow.texts[place]) for place in self.flow.wired))

    def _unlisted(self, place: int) -> Opening | None:
        """The opening with a place and an outlet that no list knows, if the outlet opens other blocks, too."""
        if place not in self.flow.wired:
            return None
        town, outlet = dateline_names(self.flow.texts[place])
        if not outlet:
            return None
        if self._names[town] > self._names[outlet]:
            town, outlet = outlet, town
        if self._names[outlet] > 1:
            return Opening(_UNLISTED, "wire", outlet)
        return Opening(_UNLISTED, "wire", None) if town.isupper() else None

    def names_agency(self, text: str) -> bool:
        """Whether the text names a known news agency."""
        return name_source(text, self._vocabulary) is not None

    def is_run_in(self, place: int, headline: Headline) -> bool:
        """Whether the block's headline is bold and the text is not, like a heading of a paragraph."""
        return 0 < headline.end <= self.flow.bold.get(place, 0) <= headline.body

    def labels_about(self, first: int, last: int) -> float:
        """Log-odds against a headline if neighbouring paragraphs begin in the same way: a list of labelled items."""
        total = 0.0
        for place in (first - 2, first - 1, last + 1, last + 2):
            headline = self.headline(place) if 0 <= place < len(self.flow.texts) else None
            if headline is not None and headline.form in FLASHES_ONLY:
                continue  # another flash
            if headline is not None and headline.strength > -1.6:  # noqa: PLR2004 - anything but an attribution
                total -= 0.8 if place in (first - 1, last + 1) else 0.5
        return max(-2.0, total)

    @cached_property
    def page_of_labels(self) -> float:
        """Log-odds against headlines if most paragraphs begin with a label: minutes, logs, interviews."""
        running = [place for place in range(len(self.flow.texts)) if self.flow.is_running(place)]
        if len(self._headed) <= _MANY_LABELS * len(running):
            return 0.0
        forms = Counter(self._label_form(place) for place in self.deadline.watch(running) if place in self._headed)
        prose = sum(map(self.flow.is_prose, running))
        many = forms["colon"] > _MANY_LABELS * len(running) or forms["bracket"] > _MOST_LABELS * prose
        return -3.0 if many else 0.0

    def _label_form(self, place: int) -> str:
        headline = self.headline(place)
        return headline.form if headline is not None and place not in self.flow.stamps else ""
