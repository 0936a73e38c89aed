"""What one host's pages have in common, looked up by block."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Final

from declutter.memory.prints import is_prose, unpack
from declutter.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MAX_HOLDERS: Final = 32
"""Pages named a block, those with the smallest fingerprints, so that all blocks of one brief name the same ones."""

_MIN_COPY: Final = 0.35
"""Share of a page's prose, rare blocks weighing more, that a copy of its essay holds. Of 142 pairs of copies with
other briefs in them the lowest have .42 and .54, the rest .66 and more; of 38,700 pairs of different essays that share
briefs, notices and footers 1 in 500 have more than .4, all on sites whose notices are longer than their essays."""

_MIN_PAGES: Final = 8  # below it a share of the pages says nothing: one brief may stand on all of five


class Site:
    """An index over the pages of one host, which are named by their fingerprints."""

    def __init__(self, pages: Mapping[int, bytes]) -> None:
        self._pages = pages
        rows = sorted((number, page) for page, packed in pages.items() for number in unpack(packed))
        self._numbers = array("Q", [number for number, _ in rows])
        self._holders = array("Q", [page for _, page in rows])
        self._essay = lru_cache(maxsize=None)(self._name_essay)  # of what it names there are no more than pages

    def repeats(self, prints: list[int], page: int) -> Repeats:
        """What the host's other pages say of a page with these blocks; `page` is its own fingerprint."""
        own = self._copies(prints, page)
        known = len(self._pages) + (page not in self._pages)
        essays: list[frozenset[int]] = []
        shares: list[float] = []
        for number in prints:
            first, end = self._rows(number)
            holders = self._holders[first : min(end, first + MAX_HOLDERS)]
            essays.append(frozenset([self._essay(holder) for holder in holders if holder not in own]))
            count = end - first + (page not in self._pages)
            shares.append(count / known if number and known >= _MIN_PAGES else 0.0)
        return Repeats(essays, shares)

    def _name_essay(self, page: int) -> int:
        """The first of the pages that hold the same essay, by fingerprint."""
        return min(self._copies(unpack(self._pages[page]), page))

    def _copies(self, prints: Iterable[int], page: int) -> set[int]:
        """The pages that hold most of a page's own prose: other addresses of the same essay, and itself.

        What many pages hold weighs little, so that neither footers nor briefs make two pages copies.
        """
        total, common = 0.0, log(len(self._pages) + 2)
        held: dict[int, float] = {}
        for number in set(prints):
            if not is_prose(number):
                continue
            first, end = self._rows(number)
            weight = 1 - log(max(1, end - first)) / common
            total += weight
            for holder in self._holders[first : min(end, first + MAX_HOLDERS)]:
                held[holder] = held.get(holder, 0.0) + weight
        return {page, *(other for other, weight in held.items() if weight >= _MIN_COPY * total)}

    def _rows(self, number: int) -> tuple[int, int]:
        first = bisect_left(self._numbers, number)
        return first, bisect_left(self._numbers, number + 1, first)
