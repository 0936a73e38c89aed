"""The topics of blocks, by their terms: how foreign a block is to the page, and which neighbour it belongs with.

Rare terms count more than those that half the page has.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain
from math import fsum, log, sqrt
from types import MappingProxyType
from typing import Final, NamedTuple

from declutter.classify.terms import terms
from declutter.deadline import NEVER, Deadline


class Ties(NamedTuple):
    """Shared terms of a block, weighted by rarity, on a scale that hardly depends on its length and the page's.

    exclusive: shared with the anchor only. common: with the anchor and the rest of the page. beside: with the blocks
    directly outside the span, but not with the anchor.
    """

    exclusive: float
    common: float
    beside: float


_MIN_PULLED: Final = 30
_MAX_PULLED: Final = 300
_NEAR_PULLED: Final = 4
"""Maximum distance, in blocks, of a pull quote from the paragraph that it repeats."""
_QUOTING: Final = "\"'“”„«»‹›‘’「」…. "


class Topics:
    """The terms of a run of blocks, and the number of blocks with each.

    Blocks are identified by their place in the run, not by their number on the page. A pull quote has no terms.
    terms: of each block. spread: for each term, the number of blocks with it. common: the terms of two blocks or more.
    marked: by place of a likely flash's block, its flash. A portal's flashes are on the same few subjects, so a term
    that only they share ties none of them to the essay: each has its own copy.
    """

    def __init__(
        self, texts: Sequence[str], marked: Mapping[int, int] = MappingProxyType({}), *, deadline: Deadline = NEVER
    ) -> None:
        self.terms = [terms(text) for text in deadline.watch(texts)]
        self.spread = Counter(chain.from_iterable(self.terms))
        self.common = self._common()
        sized = [place for place, text in enumerate(texts) if _MIN_PULLED <= len(text) <= _MAX_PULLED]
        known = [place for place in sized if self.terms[place] <= self.common]
        if pulled := [place for place in known if _is_pulled(texts, place)]:
            for place in pulled:
                self.spread.subtract(self.terms[place])
                self.terms[place] = set()
            self.common = self._common()
        if len(marked) > 1:
            self._tell_apart(marked)

    def _common(self) -> set[str]:
        return {term for term, count in self.spread.items() if count > 1}

    def _tell_apart(self, marked: Mapping[int, int]) -> None:
        """Replace each term that several flashes, and nothing else, share with one of its own in each of them."""
        among = Counter(chain.from_iterable(self.terms[place] for place in marked))
        shared = {term for term, count in among.items() if 1 < count == self.spread[term]}
        if not shared:
            return
        for place, flash in marked.items():
            own = self.terms[place]
            copies = {f"{term} {flash}" for term in own & shared}
            self.terms[place] = own - shared | copies
            self.spread.update(copies)
        for term in shared:
            del self.spread[term]
        self.common = self._common()

    @cached_property
    def _weights(self) -> list[float]:
        """The weight of a term, by the number of blocks with it."""
        count = len(self.terms)
        return [log(1 + count / (1 + number)) for number in range(count + 1)]

    def familiarity(self, place: int, inside: range) -> float:
        """The share of the block's terms that occur outside `inside`, the span it belongs to, weighted, 0 to 1."""
        spread, weights = self.spread, self._weights
        if len(inside) > 1:
            own = [self.terms[other] for other in inside if other != place]
            outside = [spread[term] - 1 - sum(term in found for found in own) for term in self.terms[place]]
        else:
            outside = [spread[term] - 1 for term in self.terms[place]]
        every = fsum(map(weights.__getitem__, outside))
        return 1.0 - outside.count(0) * weights[0] / every if every else 1.0

    def ties(self, words: set[str], anchor: set[str], inside: range) -> Ties:
        """Terms that a text shares with an anchor, and with the blocks beside the span that it may belong to.

        anchor: the terms of the span's other blocks. inside: the span, whose blocks do not count for the page.
        """
        exclusive: list[float] = []
        common: list[float] = []
        beside: list[float] = []
        count, weights = len(self.terms), self._weights
        within = [self.terms[other] for other in inside]
        near = self._near(inside)
        for term in words:
            outside = self.spread[term] - sum(term in found for found in within)
            weight = weights[max(0, outside)]
            if term in anchor:
                (common if outside > 0 else exclusive).append(weight)
            elif term in near:
                beside.append(weight)
        scale = sqrt(1 + len(words)) * log(1 + count)
        # fsum: sets have no fixed order, and the same page must give the same numbers in every process.
        return Ties(fsum(exclusive) / scale, fsum(common) / scale, fsum(beside) / scale)

    def _near(self, span: range) -> set[str]:
        """The terms of the two blocks before a span and the two after it."""
        places = (span.start - 2, span.start - 1, span.stop, span.stop + 1)
        return set().union(*(self.terms[place] for place in places if 0 <= place < len(self.terms)))


def _is_pulled(texts: Sequence[str], place: int) -> bool:
    """Whether the block is a pull quote: a nearby paragraph contains it word for word.

    The paragraph directly below is not considered, since it may begin with the words of its headline.
    """
    text = texts[place]
    said = text.strip(_QUOTING)
    near = *texts[max(0, place - _NEAR_PULLED) : place], *texts[place + 2 : place + 1 + _NEAR_PULLED]
    return any(said in other for other in near if len(other) > len(text))
