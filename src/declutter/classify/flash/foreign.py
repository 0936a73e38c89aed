"""How foreign a span's words are to the essay: several clues, each with a weight of its own.

An additive model over bins. bench/fit_words.py makes foreign.json, whose provenance gives the data and the accuracy.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import accumulate
from math import sqrt
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final

import msgspec

from declutter.classify.rarity import rarity_of, unlisted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.style import Style
    from declutter.classify.flash.topic import Topics

_MAIN_TERMS: Final = 12
_MAX_MAIN: Final = 5
_MAX_TIED: Final = 0.2  # number of shared terms by the root of the block's own
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
    "beside": "words_of_the_blocks_beside_it",
    "main": "words_that_most_blocks_have",
    "linked": "rare_words_of_other_blocks",
    "closed": "words_that_its_neighbours_share",
    "inner": "words_that_tie_its_blocks",
    "style": "style_of_its_own",
    "names": "names_of_its_own",
    "known": "foreign_words",
}
"""The clues and their names as evidence, in the order in which they are computed: first what costs little for what it
tells.

words: sum of the rarity of its terms. beside: what it shares with the two blocks before it and the two after it. main:
number of its terms among the essay's commonest. linked: share of the surrounding blocks with one of its rarest terms.
closed: what the block before it shares with the one after it. inner: terms that only its own blocks share, -1 for a
single block. style: log-odds, see `style.style_break`. names: number of its names that the surrounding essay has, -1 if
it has no names. known: share of its terms, by rarity, that other blocks have, minus the median block's share.
What two texts share is the summed rarity of common terms, divided by the root of the product of their numbers of terms.
"""

_WEIGHTS: Final = msgspec.json.decode(Path(__file__).with_name("foreign.json").read_bytes(), type=Weights)
NEAR: Final = _WEIGHTS.near
OTHERS: Final = _WEIGHTS.others
_BINS: Final = [(_WEIGHTS.clues[clue].edges, _WEIGHTS.clues[clue].weights) for clue in CLUES]
_COHESION: Final = [_BINS[[*CLUES].index(clue)] for clue in ("inner", "beside", "linked", "closed")]
"""Those clues that tell where one text ends and another begins."""


def _to_come(known: Mapping[str, float]) -> list[float]:
    """By clue, the maximum that all later clues can add. known: the maximum of some, by name."""
    most = [known.get(clue, max(weights)) for clue, (_, weights) in zip(CLUES, _BINS, strict=True)]
    return [*accumulate(reversed(most[1:]), initial=0.0)][::-1]


_ALONE: Final = {"inner": _WEIGHTS.clues["inner"].weights[0]}
_UNBROKEN: Final = {"style": 0.0}
_TO_COME: Final = {
    (alone, broken): _to_come((_ALONE if alone else {}) | ({} if broken else _UNBROKEN))
    for alone in (False, True)
    for broken in (False, True)
}
"""The same by whether the span is a single block, and whether any part of the page breaks with its style."""


def _commonest(spread: Mapping[str, int], common: Iterable[str]) -> set[str]:
    """The terms in most blocks; ties are broken alphabetically, since the order of sets varies."""
    counts = sorted(map(spread.__getitem__, common), reverse=True)[:_MAIN_TERMS]
    among = [term for term in common if spread[term] >= counts[-1]]
    return set(sorted(among, key=lambda term: (-spread[term], term))[:_MAIN_TERMS])


class Foreign:
    """Measures how foreign spans of a flow are by their words."""

    def __init__(self, flow: Flow, topics: Topics, style: Style) -> None:
        self._flow, self._style = flow, style
        self._terms, self._spread, self._common = topics.terms, topics.spread, topics.common
        self._rare = unlisted(self._common)
        self._main = _commonest(self._spread, self._common)
        self._names_at: dict[int, set[str]] = {}
        self._cohesion_of: dict[range, float] = {}  # both ends of a flash are found by comparing spans with one

    def has_the_essays(self, place: int) -> bool:
        """Whether a block has so many of the essay's commonest words that no flash contains it."""
        return len(self._terms[place] & self._main) > _MAX_MAIN

    def is_tied(self, place: int, neighbours: range) -> bool:
        """Whether a block shares so many rare words with these neighbours that no flash begins or ends between them.

        In 831 spliced pages, none of the 106 unmarked flashes found is tied to the essay before or after it; of the
        paragraphs of their essays, more than half are tied to those before.
        """
        own = self._rarest[place]
        if not own:
            return False
        rarest = self._rarest[max(0, neighbours.start) : neighbours.stop]
        return len(own.intersection(set().union(*rarest))) > _MAX_TIED * sqrt(len(self._terms[place]))

    def reasons(self, span: range, least: float) -> list[Reason]:
        """The evidence that the span is a flash, by words and style alone; empty if it sums up to `least` or less."""
        total = _WEIGHTS.rare
        found = [("few_blocks_are_flashes", total)]
        bounds = _TO_COME[len(span) == 1, self._style.has_breaks]
        for name, (edges, weights), to_come, value in zip(CLUES.values(), _BINS, bounds, self.clues(span), strict=True):
            weight = weights[bisect(edges, value)]
            found.append((name, weight))
            total += weight
            if total + to_come <= least:
                return []
        return found

    def log_odds(self, span: range, least: float) -> float:
        """Log-odds of a flash by the span's words alone, regardless of form and style and of how rare flashes are.

        `least` if they are `least` or less, which the first clues often tell.
        """
        total = _WEIGHTS.even
        bounds = _TO_COME[len(span) == 1, False]
        for clue, (edges, weights), to_come, value in zip(CLUES, _BINS, bounds, self.clues(span), strict=True):
            weight = 0.0 if clue == "style" else weights[bisect(edges, value)]
            total += max(_LITTLE, weight) if clue == "words" else weight
            if total + to_come <= least:
                return least
        return total

    def cohesion(self, span: range) -> float:
        """Log-odds by the span's words that it is one text and not the essay's, to compare overlapping spans by.

        Only by clues that do not grow with the number of its words.
        """
        found = self._cohesion_of.get(span)
        if found is None:
            inside = set().union(*self._terms[span.start : span.stop])
            tied = rarity_of(self._only_in(span, inside & self._common))
            linked = self._linked(span.start, span.stop)
            values = _per_root(tied, span, inside), self._beside(span, inside), linked, self._closed(span)
            binned = zip(_COHESION, values, strict=True)
            found = self._cohesion_of[span] = sum([weights[bisect(edges, value)] for (edges, weights), value in binned])
        return found

    def clues(self, span: range) -> Iterator[float]:
        """The span's clues in the order of CLUES, computed lazily."""
        inside = set().union(*self._terms[span.start : span.stop])
        words = rarity_of(inside)
        yield words
        yield self._beside(span, inside)
        common = inside & self._common
        own = self._only_in(span, common)
        yield len(common & self._main) - len(own & self._main)
        yield self._linked(span.start, span.stop)
        yield self._closed(span)
        tied = rarity_of(own)
        yield _per_root(tied, span, inside)
        yield self._style.breaks(span)
        yield self._names(span)
        yield (rarity_of(common) - tied) / max(1, words) - self._usual

    def _beside(self, span: range, inside: AbstractSet[str]) -> float:
        """What the span shares with the two blocks before it and the two after it."""
        terms, first, end = self._terms, span.start, span.stop
        return _shared(inside, set().union(*terms[max(0, first - 2) : first], *terms[end : end + 2]))

    def _closed(self, span: range) -> float:
        """What the block before the span shares with the one after it."""
        terms, first, end = self._terms, span.start, span.stop
        return _shared(terms[first - 1], terms[end]) if first and end < len(terms) else 0.0

    def _only_in(self, span: range, common: AbstractSet[str]) -> set[str]:
        """Those of the terms that only blocks of the span have."""
        if len(span) == 1:
            return set()
        spread, within = self._spread, self._terms[span.start : span.stop]
        seldom = [term for term in common if spread[term] <= len(within)]
        return {term for term in seldom if spread[term] == sum([term in found for found in within])}

    def _linked(self, first: int, end: int) -> float:
        """The share of the blocks within _WINDOW of the span that have one of its rarest terms."""
        rarest = self._rarest
        around = rarest[max(0, first - _WINDOW) : first] + rarest[end : end + _WINDOW]
        inside = rarest[first].union(*rarest[first + 1 : end])
        if not inside or not around:
            return 0.0
        return (len(around) - sum(map(inside.isdisjoint, around))) / len(around)

    @cached_property
    def _rarest(self) -> list[set[str]]:
        """By block, its rarest terms that other blocks have."""
        return list(map(self._rare.intersection, self._terms))

    @cached_property
    def _usual(self) -> float:
        """The median share of a prose block's terms, by rarity, that other blocks have."""
        flow = self._flow
        prose = [place for place in range(len(flow.texts)) if flow.is_prose(place)]
        sample = [self._terms[place] for place in prose[:: 1 + len(prose) // _MAX_ASKED]]
        shares = [rarity_of(found & self._common) / max(1, rarity_of(found)) for found in sample]
        return median(shares) if shares else 0.0

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


def _per_root(tied: int, span: range, inside: AbstractSet[str]) -> float:
    """The rarity of the terms that only the span's blocks share, by the root of the number of its terms."""
    return tied / sqrt(1 + len(inside)) if len(span) > 1 else -1.0


def _shared(some: AbstractSet[str], others: AbstractSet[str]) -> float:
    return rarity_of(some & others) / sqrt((1 + len(some)) * (1 + len(others)))
