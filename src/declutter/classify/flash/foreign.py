"""How foreign a span's words are to the essay: several clues, each with a weight of its own.

An additive model over bins. bench/fit_words.py makes foreign.json, whose provenance gives the data and the accuracy.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate, chain, islice
from math import sqrt
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.classify.rarity import RAREST, rarities, rarity_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.style import Style
    from declutter.classify.flash.topic import Topics

_MAIN_TERMS: Final = 12
_MAX_MAIN: Final = 5
_MAX_LINKED: Final = 0.3
_WINDOW: Final = 32  # blocks on either side in which blocks with a rare term of the span are counted
_LITTLE: Final = -1.0
"""Minimum log-odds of the clue `words` for a span in the form of a flash: few words say little either way."""
_MAX_ASKED: Final = 24  # blocks sampled for the median
_NAME: Final = re.compile(r"(?<=[^\W\d_,;)»”\"] )[^\W\d_]{3,}")
_NAME_STEM: Final = 6
_REACH: Final = 20_000
"""Characters of the flow on either side of a span in which its names are searched; without a limit, a page with a
thousand flashes would take quadratic time."""


class Bins(msgspec.Struct, frozen=True):
    """The weights of one clue by bin: `weights[0]` below `edges[0]`, and so on."""

    edges: tuple[float, ...]
    weights: tuple[float, ...]


class Weights(msgspec.Struct, frozen=True):
    """An additive model: the log-odds that a span is a flash are the sum of `rare` and the weights of the clues.

    provenance: the data it was fitted on, how, and its accuracy. rare: log-odds of any span of a page.
    even: the same if half of the spans were flashes. near: log-odds from which a span supports others of its page.
    others: gain by number of such others, the last for that many or more. clues: by name, see CLUES.
    """

    provenance: Mapping[str, str]
    rare: float
    even: float
    near: float
    others: tuple[float, ...]
    clues: Mapping[str, Bins]


CLUES: Final = {
    "words": "words_to_judge_by",
    "known": "foreign_words",
    "inner": "words_that_tie_its_blocks",
    "main": "words_that_most_blocks_have",
    "linked": "rare_words_of_other_blocks",
    "beside": "words_of_the_blocks_beside_it",
    "closed": "words_that_its_neighbours_share",
    "names": "names_of_its_own",
    "style": "style_of_its_own",
}
"""The clues and their names as evidence, cheapest first.

words: sum of the rarity of its terms. known: share of its terms, by rarity, that other blocks have, minus the median
block's share. inner: terms that only its own blocks share, -1 for a single block. main: number of its terms among the
essay's commonest. linked: share of the surrounding blocks with one of its rarest terms. beside: what it shares with the
two blocks before it and the two after it. closed: what the block before it shares with the one after it.
names: number of its names that the surrounding essay has, -1 if it has no names. style: log-odds, see
`style.style_break`.
What two texts share is the summed rarity of common terms, divided by the root of the product of their numbers of terms.
"""

_WEIGHTS: Final = msgspec.json.decode(Path(__file__).with_name("foreign.json").read_bytes(), type=Weights)
NEAR: Final = _WEIGHTS.near
OTHERS: Final = _WEIGHTS.others
_BINS: Final = [(_WEIGHTS.clues[clue].edges, _WEIGHTS.clues[clue].weights) for clue in CLUES]
_TO_COME: Final = [*accumulate((max(weights) for _, weights in reversed(_BINS[1:])), initial=0.0)][::-1]
"""By clue, the maximum that all later clues can add."""
_MOST: Final = {clue: max(bins.weights) for clue, bins in _WEIGHTS.clues.items()}


Clues: TypeAlias = tuple[float, ...]
"""The values of the first clues, in their order."""


def _weight(clue: str, value: float) -> float:
    bins = _WEIGHTS.clues[clue]
    return bins.weights[bisect(bins.edges, value)]


def _commonest(spread: Mapping[str, int], common: Iterable[str]) -> set[str]:
    """The terms in most blocks; ties are broken alphabetically, since the order of sets varies."""
    counts = sorted(map(spread.__getitem__, common), reverse=True)[:_MAIN_TERMS]
    among = [term for term in common if spread[term] >= counts[-1]]
    return set(sorted(among, key=lambda term: (-spread[term], term))[:_MAIN_TERMS])


class Foreign:
    """Measures how foreign spans of a flow are by their words."""

    def __init__(self, flow: Flow, topics: Topics, style: Style) -> None:
        self._flow, self._style = flow, style
        self._terms, self._spread = topics.terms, topics.spread
        common = {term for term, count in self._spread.items() if count > 1}
        self._rarity = rarities(common)
        rarest = {term for term, rarity in self._rarity.items() if rarity == RAREST}
        self._common = [found & common for found in self._terms]
        self._rarest = [found & rarest for found in self._common]
        self._main = _commonest(self._spread, common)
        self._sums_at: dict[int, tuple[int, int]] = {}
        self._names_at: dict[int, set[str]] = {}

    def is_essays(self, place: int) -> bool:
        """Whether a block is so typical of the essay that no flash contains it, by one cheap clue.

        In 964 spliced pages, one of the unmarked flashes found has such a block; nearly half of the paragraphs of
        articles are such blocks.
        """
        return len(self._common[place] & self._main) > _MAX_MAIN or self._linked(place, place + 1) >= _MAX_LINKED

    def near(self, first: int, least: float) -> Iterator[Clues | None]:
        """The cheap clues for the span of one block from `first` on, of two blocks, and so on.

        None if, given them, `reasons` cannot exceed `least`.
        """
        for end, glance in enumerate(self._glances(first), start=first + 1):
            total = _WEIGHTS.rare + _TO_COME[len(glance) - 1]
            for (edges, weights), value in zip(_BINS, glance, strict=False):
                total += weights[bisect(edges, value)]
            if total > least:  # a flow in one style has no style breaks
                style = self._style.breaks(range(first, end)) if self._style.is_mixed else 0.0
                total += _weight("style", style) - _MOST["style"]
            if total > least:
                linked = self._linked(first, end)
                total += _weight("linked", linked) - _MOST["linked"]
            yield (*glance, linked) if total > least else None

    def reasons(self, span: range, least: float, near: Clues = ()) -> list[Reason]:
        """The evidence that the span is a flash, by words and style alone; empty if it sums up to `least` or less.

        near: clues of it that are already known.
        """
        total = _WEIGHTS.rare
        found = [("few_blocks_are_flashes", total)]
        values = chain(near, self._dear(span)) if near else self.clues(span)
        for name, (edges, weights), to_come, value in zip(CLUES.values(), _BINS, _TO_COME, values, strict=True):
            weight = weights[bisect(edges, value)]
            found.append((name, weight))
            total += weight
            if total + to_come <= least:
                return []
        return found

    def log_odds(self, span: range) -> float:
        """Log-odds of a flash by the span's words alone, regardless of form and style and of how rare flashes are."""
        total = _WEIGHTS.even
        for clue, (edges, weights), value in zip(CLUES, _BINS, self.clues(span), strict=True):
            weight = 0.0 if clue == "style" else weights[bisect(edges, value)]
            total += max(_LITTLE, weight) if clue == "words" else weight
        return total

    def clues(self, span: range) -> Iterator[float]:
        """The span's clues in the order of CLUES, computed lazily."""
        yield from next(islice(self._glances(span.start), len(span) - 1, None))
        yield self._linked(span.start, span.stop)
        yield from self._dear(span)

    def _dear(self, span: range) -> Iterator[float]:
        """The expensive clues: beside, closed, names and style."""
        terms, first, end = self._terms, span.start, span.stop
        before, behind = terms[max(0, first - 2) : first], terms[end : end + 2]
        inside = terms[first].union(*terms[first + 1 : end])
        yield self._shared(inside, set().union(*before, *behind))
        yield self._shared(before[-1], behind[0]) if before and behind else 0.0
        yield self._names(span)
        yield self._style.breaks(span)

    def _glances(self, first: int) -> Iterator[tuple[float, float, float, int]]:
        """The cheap clues words, known, inner and main, from running sums: for one block from `first` on, two, …."""
        words, known = self._sums(first)
        seen, main, size = self._common[first], self._common[first] & self._main, len(self._terms[first])
        yield words, known / max(1, words) - self._usual, -1.0, len(main)
        rarity, spread = self._rarity, self._spread
        inside: dict[str, int] = {}  # for terms in more than one of the blocks, the number of blocks
        tied = 0
        for place in range(first + 1, len(self._terms)):
            common = self._common[place]
            for term in seen & common:
                words, known, size = words - rarity[term], known - rarity[term], size - 1
                count = inside[term] = inside.get(term, 1) + 1
                if count == spread[term]:
                    tied += rarity[term]
            sums = self._sums(place)
            words, known, size = words + sums[0], known + sums[1], size + len(self._terms[place])
            seen, main = seen | common, main | common & self._main
            own = sum([inside.get(term) == spread[term] for term in main])
            yield words, (known - tied) / max(1, words) - self._usual, tied / sqrt(1 + size), len(main) - own

    def _sums(self, place: int) -> tuple[int, int]:
        """The summed rarity of a block's terms, and of those that other blocks share."""
        sums = self._sums_at.get(place)
        if sums is None:
            found, common = self._terms[place], self._common[place]
            known = self._rarities(common)
            sums = self._sums_at[place] = known + rarity_of(found - common), known
        return sums

    def _linked(self, first: int, end: int) -> float:
        """The share of the blocks within _WINDOW of the span that have one of its rarest terms."""
        rarest = self._rarest
        around = rarest[max(0, first - _WINDOW) : first] + rarest[end : end + _WINDOW]
        inside = rarest[first].union(*rarest[first + 1 : end])
        if not inside or not around:
            return 0.0
        return (len(around) - sum(map(inside.isdisjoint, around))) / len(around)

    @cached_property
    def _usual(self) -> float:
        """The median share of a prose block's terms, by rarity, that other blocks have."""
        flow = self._flow
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place)]
        sums = map(self._sums, prose[:: 1 + len(prose) // _MAX_ASKED])
        return median(known / max(1, words) for words, known in sums) if prose else 0.0

    def _shared(self, some: AbstractSet[str], others: AbstractSet[str]) -> float:
        return self._rarities(some & others) / sqrt((1 + len(some)) * (1 + len(others)))

    def _rarities(self, common: AbstractSet[str]) -> int:
        return sum([self._rarity[term] for term in common])

    def _names(self, span: range) -> int:
        """The number of names inside the span's sentences that also occur around it; -1 if it has none."""
        found = set().union(*map(self._names_of, span))
        if not found:
            return -1
        whole, starts = self._whole
        start, end = starts[span.start], starts[span.stop]
        first, last = max(0, start - _REACH), end + _REACH
        return sum([whole.find(name, first, start) >= 0 or whole.find(name, end, last) >= 0 for name in found])

    def _names_of(self, place: int) -> set[str]:
        found = self._names_at.get(place)
        if found is None:
            names = _NAME.findall(self._flow.texts[place])
            found = self._names_at[place] = {name[:_NAME_STEM] for name in names if name[0].isupper()}
        return found

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The flow's text, and the position in it at which each block begins."""
        texts = self._flow.texts
        return "\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts)]
