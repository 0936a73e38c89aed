"""How foreign spans are to the essay by their words alone: what shows it, each with a weight of its own.

Additive, by bins: foreign.json, made by bench/fit_words.py, which says on what and what that is worth.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Mapping
from functools import cached_property
from heapq import nsmallest
from importlib import resources
from itertools import accumulate, chain
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from declutter.classify.flash.topic import terms

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.reader import Reader
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.topic import Shared

_MAIN_TERMS: Final = 12
_FEW: Final = 3  # blocks
_MAX_TITLE: Final = 1  # terms of the title: 1 in 60 of the moved spans has more
_MAX_MAIN: Final = 3
_MAX_REACH: Final = 2  # blocks on either side that a foreign span may hold
_MIN_TERMS: Final = 6
_NAME: Final = re.compile(r"(?<=[^\W\d_,;)»”\"] )[^\W\d_]{3,}")
_NAME_STEM: Final = 6


class Clues(NamedTuple):
    """What a span's words show.

    words: how many terms it has. strange: how much less familiar than the essay's usual block, in usual deviations.
    few: share of its terms that one to three other blocks hold. title, main: how many are of the page's title (2 where
    it is not known), of the essay's commonest. beside: ties with the blocks next to it. inner: ties of its own blocks
    with each other alone, -1 for a single block. names: -1 without any, else how many the rest of the essay holds.
    style: log-odds, see `style.style_break`.
    """

    words: int
    strange: float
    few: float
    title: int
    main: int
    beside: float
    inner: float
    names: int
    style: float


class Bins(msgspec.Struct, frozen=True):
    """What one of the clues says, by the bin that it falls into: `weights[0]` below `edges[0]`, and so on."""

    edges: tuple[float, ...]
    weights: tuple[float, ...]


class Weights(msgspec.Struct, frozen=True):
    """An additive model: the log-odds that a span is a brief are the sum of `rare` and of what each clue says.

    provenance: what it was fitted on, how, and what it was found to be worth. rare: log-odds of any span. clues: by
    field of `Clues`.
    """

    provenance: Mapping[str, str]
    rare: float
    clues: Mapping[str, Bins]


_NAMES: Final = {
    "style": "style of its own",
    "words": "words to judge by",
    "strange": "foreign words",
    "few": "words that few blocks have",
    "title": "words of the title",
    "main": "words that most blocks have",
    "beside": "words of the blocks beside it",
    "inner": "words that tie its blocks",
    "names": "names of its own",
}
"""By clue, what `explain` calls it."""

_WEIGHTS: Final = msgspec.json.decode(
    resources.files("declutter.classify.flash").joinpath("foreign.json").read_bytes(), type=Weights
)
_RARE: Final = _WEIGHTS.rare
_BINS: Final = _WEIGHTS.clues
_ROUNDING: Final = 1e-6  # by which sums of the same weights may differ
_AT_A_GLANCE: Final = tuple(_BINS[clue] for clue in ("style", "words", "title", "main"))
_DEAR: Final = ("strange", "few", "beside", "inner", "names")
_MOST_PAIRED: Final = sum(max(_BINS[clue].weights) for clue in _DEAR)
"""What the other clues can add for several blocks; one block has nothing that it could be tied to."""
_MOST_SINGLE: Final = sum(_BINS[clue].weights[0] if clue == "inner" else max(_BINS[clue].weights) for clue in _DEAR)
_APART: Final = 1.75
_AT_HOME: Final = -0.55
"""Log-odds of a span whose blocks may all be foreign, and of one where some may not, beside weights whose mean over a
clue's bins is 0."""


class Foreign:
    """Reads off a flow's words what does not belong to it. title: the page's."""

    def __init__(self, reader: Reader, title: str) -> None:
        self._reader = reader
        self._title = terms(title)
        spread = reader.topics.spread
        often = ((-count, term) for term, count in spread.items() if count > 1)
        main = {term for _, term in nsmallest(_MAIN_TERMS, often)}
        self._main: dict[str, tuple[int, int]] = {}
        for place, found in enumerate(reader.topics.terms):
            for term in found & main:
                self._main[term] = (self._main.get(term, (place, 0))[0], place)
        self._names_at: dict[int, set[str]] = {}

    def may_be(self, place: int) -> bool:
        """Whether the block may be part of a foreign span: sets alone, for every block of the flow."""
        words, spread = self._reader.topics.terms[place], self._reader.topics.spread
        return (
            len(words) >= _MIN_TERMS
            and len(words & self._title) <= _MAX_TITLE
            and self._main_terms(words, place - _MAX_REACH, place + _MAX_REACH) <= _MAX_MAIN
            and 2 * sum([spread[word] <= _FEW for word in words]) >= len(words)
        )

    def most(self, span: range) -> float:
        """What the span's reasons can sum up to at most, by the clues that cost little."""
        words: set[str] = set().union(*(self._reader.topics.terms[place] for place in span))
        total = _RARE + _MOST_PAIRED if len(span) > 1 else _RARE + _MOST_SINGLE
        glance = (self._reader.breaks_style(span), len(words), *self._common(words, span))
        for bins, clue in zip(_AT_A_GLANCE, glance, strict=True):
            total += bins.weights[bisect(bins.edges, clue)]
        return total

    def may_exceed(self, least: float, span: range) -> bool:
        """Whether the span's reasons may sum up to more than `least`: bounds, the cheaper first, and no strangeness."""
        most = self.most(span)
        if most <= least:
            return False
        most += _short_of_most("names", self._names(span)) + _ROUNDING
        if most <= least:
            return False
        shared = self._reader.topics.shared(self._inside(span), span)
        most += _short_of_most("few", _few(shared)) + _short_of_most("beside", shared.beside)
        if len(span) > 1:
            most += _short_of_most("inner", shared.inner)
        return most > least

    def clues(self, span: range) -> Clues:
        """What the span's words show."""
        reader, topics = self._reader, self._reader.topics
        sets = [topics.terms[place] for place in span]
        inside = self._inside(span)
        words = inside.keys()
        strange = sum(len(found) * reader.strangeness(place, span) for found, place in zip(sets, span, strict=True))
        shared = topics.shared(inside, span)
        title, main = self._common(words, span)
        return Clues(
            words=len(words),
            strange=strange / max(1, sum(map(len, sets))),
            few=_few(shared),
            title=title,
            main=main,
            beside=shared.beside,
            inner=shared.inner if len(span) > 1 else -1.0,
            names=self._names(span),
            style=reader.breaks_style(span),
        )

    def _common(self, words: AbstractSet[str], span: range) -> tuple[int, int]:
        """How many words are the title's, and how many the whole essay's."""
        title = len(words & self._title) if self._title else 2
        return title, self._main_terms(words, span.start, span.stop - 1)

    def log_odds(self, span: range) -> float:
        """How much the span's words speak for a brief, whatever its style and however rare briefs are."""
        apart = all(map(self.may_be, span))
        return (_APART if apart else _AT_HOME) + sum(weight for _, weight in self.reasons(span)[2:])

    def reasons(self, span: range) -> list[Reason]:
        """The evidence that the span is a brief, by its words and style alone."""
        clues = self.clues(span)._asdict()
        found = [(name, _BINS[clue].weights[bisect(_BINS[clue].edges, clues[clue])]) for clue, name in _NAMES.items()]
        return [("few blocks are flashes", _RARE), *found]

    def _main_terms(self, words: AbstractSet[str], first: int, last: int) -> int:
        """How many of the essay's commonest terms are among the words; what stands there alone is not common."""
        homes = (self._main[term] for term in words & self._main.keys())
        return sum(home[0] < first or last < home[1] for home in homes)

    def _names(self, span: range) -> int:
        """How many of the names inside the span's sentences stand elsewhere too, -1 where it has none."""
        found = set().union(*map(self._names_of, span))
        if not found:
            return -1
        whole, starts = self._whole
        start, end = starts[span.start], starts[span.stop]
        return sum([whole.find(name, 0, start) >= 0 or whole.find(name, end) >= 0 for name in found])

    def _names_of(self, place: int) -> set[str]:
        found = self._names_at.get(place)
        if found is None:
            names = _NAME.findall(self._reader.flow.texts[place])
            found = self._names_at[place] = {name[:_NAME_STEM] for name in names if name[0].isupper()}
        return found

    def _inside(self, span: range) -> Counter[str]:
        """By term, in how many of the span's blocks it stands."""
        return Counter(chain.from_iterable([self._reader.topics.terms[place] for place in span]))

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The flow's text, and where in it each block begins."""
        texts = self._reader.flow.texts
        return "\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts)]


def _few(shared: Shared) -> float:
    return sum([1 <= count <= _FEW for count in shared.outside]) / max(1, len(shared.outside))


def _short_of_most(clue: str, value: float) -> float:
    """By how much less a clue says than it could at most; 0 or below."""
    weights = _BINS[clue].weights
    return weights[bisect(_BINS[clue].edges, value)] - max(weights)
