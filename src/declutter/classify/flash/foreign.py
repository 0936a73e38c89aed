"""How foreign spans are to the essay by their words alone: what shows it, each with a weight of its own.

Additive, by bins: foreign.json, made by bench/fit_words.py, which says on what and what that is worth.
"""

from __future__ import annotations

import re
from bisect import bisect, bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from heapq import nsmallest
from importlib import resources
from itertools import accumulate, chain
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING, Final

import msgspec

from declutter.classify.flash.rarity import RAREST, rarities

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.reader import Reader
    from declutter.classify.flash.reasons import Reason

_MAIN_TERMS: Final = 12
_WINDOW: Final = 32  # blocks on either side among which those are counted that share a rare term with a span
_LITTLE: Final = -1.0
"""Log-odds of the fewest words where a form speaks for a brief: of few little can be said, either way."""
_MAX_ASKED: Final = 24  # blocks that the usual one is found among
_NAME: Final = re.compile(r"(?<=[^\W\d_,;)»”\"] )[^\W\d_]{3,}")
_NAME_STEM: Final = 6
REACH: Final = 20_000
"""Characters of the flow on either side of a span in which its names and words are looked up letter by letter: of a
page with a thousand briefs each would be looked for in all of it."""


class Bins(msgspec.Struct, frozen=True):
    """What one of the clues says, by the bin that it falls into: `weights[0]` below `edges[0]`, and so on."""

    edges: tuple[float, ...]
    weights: tuple[float, ...]


class Weights(msgspec.Struct, frozen=True):
    """An additive model: the log-odds that a span is a brief are the sum of `rare` and of what each clue says.

    provenance: what it was fitted on, how, and what it was found to be worth. rare: log-odds of any span of a page.
    even: the same where as many spans are briefs as are none. near: log-odds from which a span speaks for others of its
    page. others: what it gains by how many do, the last for that many and more. clues: by name, see CLUES.
    """

    provenance: Mapping[str, str]
    rare: float
    even: float
    near: float
    others: tuple[float, ...]
    clues: Mapping[str, Bins]


CLUES: Final = {
    "words": "words_to_judge_by",
    "main": "words_that_most_blocks_have",
    "linked": "rare_words_of_other_blocks",
    "beside": "words_of_the_blocks_beside_it",
    "closed": "words_that_its_neighbours_share",
    "inner": "words_that_tie_its_blocks",
    "known": "foreign_words",
    "names": "names_of_its_own",
    "style": "style_of_its_own",
}
"""By clue, what `explain` calls it, the cheaper first.

words: the rarity of its terms, summed. main: how many of its terms are of the essay's commonest. linked: share of the
blocks around it that hold one of its rarest terms. beside: what it shares with the two blocks before it and the two
behind it. closed: what the block before it shares with the one behind it. inner: terms that its blocks share with each
other alone, -1 for a single block. known: how much more of its terms, by rarity, stands in other blocks than of the
usual block's. names: -1 without any, else how many the essay around it holds. style: log-odds, see
`style.style_break`. What two texts share is the rarity of the terms, summed, over the root of the number of terms that
each has.
"""

_WEIGHTS: Final = msgspec.json.decode(
    resources.files("declutter.classify.flash").joinpath("foreign.json").read_bytes(), type=Weights
)
NEAR: Final = _WEIGHTS.near
OTHERS: Final = _WEIGHTS.others
_BINS: Final = [(_WEIGHTS.clues[clue].edges, _WEIGHTS.clues[clue].weights) for clue in CLUES]
_TO_COME: Final = [*accumulate((max(weights) for _, weights in reversed(_BINS[1:])), initial=0.0)][::-1]
"""What all clues behind one can add at most."""


class Foreign:
    """Reads off a flow's words what does not belong to it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        topics = reader.topics
        self._terms, self._spread = topics.terms, topics.spread
        self._rarity = rarities(self._spread)
        often = ((-count, term) for term, count in self._spread.items() if count > 1)
        main = {term for _, term in nsmallest(_MAIN_TERMS, often)}
        self._main: dict[str, tuple[int, int]] = {}
        self._homes: dict[str, list[int]] = {}
        rarity, spread = self._rarity, self._spread
        for place, found in enumerate(self._terms):
            for term in found:
                if spread[term] > 1 and rarity[term] == RAREST:
                    self._homes.setdefault(term, []).append(place)
            for term in found & main:
                self._main[term] = (self._main.get(term, (place, 0))[0], place)
        self._names_at: dict[int, set[str]] = {}

    def reasons(self, span: range, least: float) -> list[Reason]:
        """The evidence that the span is a brief, by words and style alone; none where it sums up to `least` or less."""
        total = _WEIGHTS.rare
        found = [("few_blocks_are_flashes", total)]
        clues = zip(CLUES.values(), _BINS, _TO_COME, self.clues(span), strict=True)
        for name, (edges, weights), to_come, value in clues:
            weight = weights[bisect(edges, value)]
            found.append((name, weight))
            total += weight
            if total + to_come <= least:
                return []
        return found

    def log_odds(self, span: range) -> float:
        """How much the span's words speak for a brief, whatever its form and style and however rare briefs are."""
        total = _WEIGHTS.even
        for clue, (edges, weights), value in zip(CLUES, _BINS, self.clues(span), strict=True):
            weight = 0.0 if clue == "style" else weights[bisect(edges, value)]
            total += max(_LITTLE, weight) if clue == "words" else weight
        return total

    def clues(self, span: range) -> Iterator[float]:
        """What the span's words show, in the order of CLUES; each is looked at when it is asked for."""
        inside = Counter(chain.from_iterable([self._terms[place] for place in span]))
        rarity, spread = self._rarity, self._spread
        yield sum([rarity[term] for term in inside])
        yield self._main_terms(inside.keys(), span.start, span.stop - 1)
        yield self._linked(inside, span)
        before, behind = self._terms[max(0, span.start - 2) : span.start], self._terms[span.stop : span.stop + 2]
        yield self._shared(inside.keys(), set().union(*before, *behind))
        yield self._shared(before[-1], behind[0]) if before and behind else 0.0
        tied = sum([rarity[term] for term, count in inside.items() if 1 < count == spread[term]])
        yield tied / sqrt(1 + len(inside)) if len(span) > 1 else -1.0
        yield self._known(inside) - self._usual
        yield self._names(span)
        yield self._reader.breaks_style(span)

    def _main_terms(self, words: AbstractSet[str], first: int, last: int) -> int:
        """How many of the essay's commonest terms are among the words; what stands there alone is not common."""
        homes = (self._main[term] for term in words & self._main.keys())
        return sum(home[0] < first or last < home[1] for home in homes)

    def _linked(self, words: Iterable[str], span: range) -> float:
        """The share of the blocks around the span that hold one of its rarest terms."""
        around = self._around(span)
        if not around:
            return 0.0
        found: set[int] = set()
        for term in words:
            homes = self._homes.get(term)
            if homes is not None:
                found.update(homes[bisect_left(homes, around[0]) : bisect(homes, around[-1])])
        return len(found.difference(span)) / len(around)

    def _known(self, inside: Mapping[str, int]) -> float:
        """The share of a span's terms that other blocks hold, by rarity. inside: in how many of its own each stands."""
        rarity, spread = self._rarity, self._spread
        known = sum([rarity[term] for term, count in inside.items() if count < spread[term]])
        return known / max(1, sum([rarity[term] for term in inside]))

    @cached_property
    def _usual(self) -> float:
        """What other blocks hold of the terms of the usual block of prose."""
        flow = self._reader.flow
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place)]
        prose = prose[:: 1 + len(prose) // _MAX_ASKED]
        return median(self._known(dict.fromkeys(self._terms[place], 1)) for place in prose) if prose else 0.0

    def _around(self, span: range) -> list[int]:
        """The places around the span, near enough to be asked."""
        before = range(max(0, span.start - _WINDOW), span.start)
        return [*before, *range(span.stop, min(len(self._terms), span.stop + _WINDOW))]

    def _shared(self, some: AbstractSet[str], others: AbstractSet[str]) -> float:
        shared = sum([self._rarity[term] for term in some & others])
        return shared / sqrt((1 + len(some)) * (1 + len(others)))

    def _names(self, span: range) -> int:
        """How many of the names inside the span's sentences stand around it too, -1 where it has none."""
        found = set().union(*map(self._names_of, span))
        if not found:
            return -1
        whole, starts = self._whole
        start, end = starts[span.start], starts[span.stop]
        first, last = max(0, start - REACH), end + REACH
        return sum([whole.find(name, first, start) >= 0 or whole.find(name, end, last) >= 0 for name in found])

    def _names_of(self, place: int) -> set[str]:
        found = self._names_at.get(place)
        if found is None:
            names = _NAME.findall(self._reader.flow.texts[place])
            found = self._names_at[place] = {name[:_NAME_STEM] for name in names if name[0].isupper()}
        return found

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The flow's text, and where in it each block begins."""
        texts = self._reader.flow.texts
        return "\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts)]
