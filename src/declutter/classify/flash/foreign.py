"""How foreign spans are to the essay by their words alone: what shows it, each with a weight of its own.

Additive, by bins: foreign.json, made by bench/fit_words.py, which says on what and what that is worth.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib import resources
from itertools import accumulate, chain, islice
from math import sqrt
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.classify.rarity import RAREST, rarities, rarity_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.reader import Reader
    from declutter.classify.flash.reasons import Reason

_MAIN_TERMS: Final = 12
_MAX_MAIN: Final = 5
_MAX_LINKED: Final = 0.3
_WINDOW: Final = 32  # blocks on either side among which those are counted that share a rare term with a span
_LITTLE: Final = -1.0
"""Log-odds of the fewest words where a form speaks for a brief: of few little can be said, either way."""
_MAX_ASKED: Final = 24  # blocks that the usual one is found among
_NAME: Final = re.compile(r"(?<=[^\W\d_,;)»”\"] )[^\W\d_]{3,}")
_NAME_STEM: Final = 6
_REACH: Final = 20_000
"""Characters of the flow on either side of a span in which its names are looked up letter by letter: of a
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
    "known": "foreign_words",
    "inner": "words_that_tie_its_blocks",
    "main": "words_that_most_blocks_have",
    "linked": "rare_words_of_other_blocks",
    "beside": "words_of_the_blocks_beside_it",
    "closed": "words_that_its_neighbours_share",
    "names": "names_of_its_own",
    "style": "style_of_its_own",
}
"""By clue, what `explain` calls it, the cheaper first.

words: the rarity of its terms, summed. known: how much more of its terms, by rarity, stands in other blocks than of the
usual block's. inner: terms that its blocks share with each other alone, -1 for a single block. main: how many of its
terms are of the essay's commonest. linked: share of the blocks around it that hold one of its rarest terms. beside:
what it shares with the two blocks before it and the two behind it. closed: what the block before it shares with the one
behind it. names: -1 without any, else how many the essay around it holds. style: log-odds, see `style.style_break`.
What two texts share is the rarity of the terms, summed, over the root of the number of terms that each has.
"""

_WEIGHTS: Final = msgspec.json.decode(
    resources.files("declutter.classify.flash").joinpath("foreign.json").read_bytes(), type=Weights
)
NEAR: Final = _WEIGHTS.near
OTHERS: Final = _WEIGHTS.others
_BINS: Final = [(_WEIGHTS.clues[clue].edges, _WEIGHTS.clues[clue].weights) for clue in CLUES]
_TO_COME: Final = [*accumulate((max(weights) for _, weights in reversed(_BINS[1:])), initial=0.0)][::-1]
"""By clue, what all behind it can add at most."""
_MOST: Final = {clue: max(bins.weights) for clue, bins in _WEIGHTS.clues.items()}


Clues: TypeAlias = tuple[float, ...]
"""The first of the clues, in their order."""


def _weight(clue: str, value: float) -> float:
    bins = _WEIGHTS.clues[clue]
    return bins.weights[bisect(bins.edges, value)]


def _commonest(spread: Mapping[str, int], common: Iterable[str]) -> set[str]:
    """The terms that most blocks hold; of equals the first by the alphabet, or sets would draw lots."""
    counts = sorted(map(spread.__getitem__, common), reverse=True)[:_MAIN_TERMS]
    among = [term for term in common if spread[term] >= counts[-1]]
    return set(sorted(among, key=lambda term: (-spread[term], term))[:_MAIN_TERMS])


class Foreign:
    """Reads off a flow's words what does not belong to it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._terms, self._spread = reader.topics.terms, reader.topics.spread
        common = {term for term, count in self._spread.items() if count > 1}
        self._rarity = rarities(common)
        rarest = {term for term, rarity in self._rarity.items() if rarity == RAREST}
        self._common = [found & common for found in self._terms]
        self._rarest = [found & rarest for found in self._common]
        self._main = _commonest(self._spread, common)
        self._sums_at: dict[int, tuple[int, int]] = {}
        self._names_at: dict[int, set[str]] = {}

    def is_essays(self, place: int) -> bool:
        """Whether a block is so much of the essay that no brief holds it: for the price of one clue.

        Of the briefs without a mark that are found in 964 spliced pages one holds such a block; of the paragraphs of
        articles nearly half are.
        """
        return len(self._common[place] & self._main) > _MAX_MAIN or self._linked(place, place + 1) >= _MAX_LINKED

    def near(self, first: int, least: float) -> Iterator[Clues | None]:
        """The clues that cost little, of one block from `first` on, of two, and so on.

        None where `reasons` cannot sum up to more than `least` by them.
        """
        reader = self._reader
        for end, glance in enumerate(self._glances(first), start=first + 1):
            total = _WEIGHTS.rare + _TO_COME[len(glance) - 1]
            for (edges, weights), value in zip(_BINS, glance, strict=False):
                total += weights[bisect(edges, value)]
            if total > least:  # where all is written in one way, none breaks with it
                style = reader.breaks_style(range(first, end)) if reader.is_mixed_in_style else 0.0
                total += _weight("style", style) - _MOST["style"]
            if total > least:
                linked = self._linked(first, end)
                total += _weight("linked", linked) - _MOST["linked"]
            yield (*glance, linked) if total > least else None

    def reasons(self, span: range, least: float, near: Clues = ()) -> list[Reason]:
        """The evidence that the span is a brief, by words and style alone; none where it sums up to `least` or less.

        near: the clues of it that are known.
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
        """How much the span's words speak for a brief, whatever its form and style and however rare briefs are."""
        total = _WEIGHTS.even
        for clue, (edges, weights), value in zip(CLUES, _BINS, self.clues(span), strict=True):
            weight = 0.0 if clue == "style" else weights[bisect(edges, value)]
            total += max(_LITTLE, weight) if clue == "words" else weight
        return total

    def clues(self, span: range) -> Iterator[float]:
        """What the span's words show, in the order of CLUES; each is looked at when it is asked for."""
        yield from next(islice(self._glances(span.start), len(span) - 1, None))
        yield self._linked(span.start, span.stop)
        yield from self._dear(span)

    def _dear(self, span: range) -> Iterator[float]:
        """The clues beside, closed, names and style."""
        terms, first, end = self._terms, span.start, span.stop
        before, behind = terms[max(0, first - 2) : first], terms[end : end + 2]
        inside = terms[first].union(*terms[first + 1 : end])
        yield self._shared(inside, set().union(*before, *behind))
        yield self._shared(before[-1], behind[0]) if before and behind else 0.0
        yield self._names(span)
        yield self._reader.breaks_style(span)

    def _glances(self, first: int) -> Iterator[tuple[float, float, float, int]]:
        """The clues words, known, inner and main, which sums by block tell: of one block from `first` on, of two …."""
        words, known = self._sums(first)
        seen, main, size = self._common[first], self._common[first] & self._main, len(self._terms[first])
        yield words, known / max(1, words) - self._usual, -1.0, len(main)
        rarity, spread = self._rarity, self._spread
        inside: dict[str, int] = {}  # in how many of the blocks a term stands, of terms in more than one
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
        """The rarity of a block's terms, and of those that other blocks hold, summed."""
        sums = self._sums_at.get(place)
        if sums is None:
            found, common = self._terms[place], self._common[place]
            known = self._rarities(common)
            sums = self._sums_at[place] = known + rarity_of(found - common), known
        return sums

    def _linked(self, first: int, end: int) -> float:
        """The share of the blocks around the span, near enough to be asked, that hold one of its rarest terms."""
        rarest = self._rarest
        around = rarest[max(0, first - _WINDOW) : first] + rarest[end : end + _WINDOW]
        inside = rarest[first].union(*rarest[first + 1 : end])
        if not inside or not around:
            return 0.0
        return (len(around) - sum(map(inside.isdisjoint, around))) / len(around)

    @cached_property
    def _usual(self) -> float:
        """What other blocks hold of the terms of the usual block of prose, by rarity."""
        flow = self._reader.flow
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place)]
        sums = map(self._sums, prose[:: 1 + len(prose) // _MAX_ASKED])
        return median(known / max(1, words) for words, known in sums) if prose else 0.0

    def _shared(self, some: AbstractSet[str], others: AbstractSet[str]) -> float:
        return self._rarities(some & others) / sqrt((1 + len(some)) * (1 + len(others)))

    def _rarities(self, common: AbstractSet[str]) -> int:
        return sum([self._rarity[term] for term in common])

    def _names(self, span: range) -> int:
        """How many of the names inside the span's sentences stand around it too, -1 where it has none."""
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
            names = _NAME.findall(self._reader.flow.texts[place])
            found = self._names_at[place] = {name[:_NAME_STEM] for name in names if name[0].isupper()}
        return found

    @cached_property
    def _whole(self) -> tuple[str, list[int]]:
        """The flow's text, and where in it each block begins."""
        texts = self._reader.flow.texts
        return "\n".join(texts), [0, *accumulate(len(text) + 1 for text in texts)]
