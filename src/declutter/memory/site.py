"""What the pages of one host have in common, looked up by block."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from math import log
from typing import TYPE_CHECKING, Final

from declutter.memory.prints import is_prose, unpack
from declutter.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_HOLDERS: Final = 32
"""Maximum pages listed per block: those with the smallest fingerprints, so that all blocks of a flash list the same
ones.
"""

_MIN_COPY: Final = 0.35
"""Minimum share of a page's prose, with rare blocks weighted higher, that a copy of its essay contains. All of 276
pairs of copies with different flashes have at least .41. Of 44,800 pairs of different essays that share flashes,
notices and footers, 1 in 470 has more than .35, mostly on sites whose notices are longer than their essays, where
nothing is learned.
"""

_MIN_PAGES: Final = 8  # with fewer, the share of pages with a block says little: a flash may be on all of five


class Site:
    """An index of the pages of one host, which are identified by their fingerprints."""

    def __init__(self, pages: Mapping[int, bytes]) -> None:
        self._pages = pages
        rows = sorted((number, page) for page, packed in pages.items() for number in unpack(packed))
        self._numbers = array("Q", [number for number, _ in rows])
        self._holders = array("Q", [page for _, page in rows])
        self._essays: dict[int, int] = {}  # by page, once it is asked for, see `_essay`

    def repeats(self, prints: list[int], page: int) -> Repeats:
        """What the host's other pages say about a page with these blocks; `page` is its own fingerprint."""
        unseen = page not in self._pages
        known = len(self._pages) + unseen
        rows = {number: self._rows(number) for number in prints}
        own = self._copies(rows, page)
        found: dict[int, tuple[frozenset[int], float]] = {}
        named, essay = self._essays, self._essay
        for number, (first, end) in rows.items():
            holders = self._holders[first : min(end, first + MAX_HOLDERS)]
            others = [holder for holder in holders if holder not in own]
            essays = frozenset([named[other] if other in named else essay(other) for other in others])
            share = (end - first + unseen) / known if number and known >= _MIN_PAGES else 0.0
            found[number] = essays, share
        return Repeats([found[number][0] for number in prints], [found[number][1] for number in prints])

    def _essay(self, page: int) -> int:
        """The name of a page's essay: the lowest fingerprint among the pages with the same essay."""
        rows = {number: self._rows(number) for number in unpack(self._pages[page])}
        name = self._essays[page] = min(self._copies(rows, page))
        return name

    def _copies(self, rows: Mapping[int, tuple[int, int]], page: int) -> set[int]:
        """The pages that contain a given share of this page's prose: other URLs of the same essay, and the page itself.

        rows: ranges of the page's blocks in the index. Blocks on many pages have low weights, so that shared footers
        and flashes do not make two pages copies.
        """
        total, common = 0.0, log(len(self._pages) + 2)
        held: dict[int, float] = {}
        for number, (first, end) in rows.items():
            if not is_prose(number):
                continue
            weight = 1 - log(max(1, end - first)) / common
            total += weight
            for holder in self._holders[first : min(end, first + MAX_HOLDERS)]:
                held[holder] = held.get(holder, 0.0) + weight
        return {page, *(other for other, weight in held.items() if weight >= _MIN_COPY * total)}

    def _rows(self, number: int) -> tuple[int, int]:
        """The range of the block's holders in the index."""
        numbers = self._numbers
        first = bisect_left(numbers, number)
        if first == len(numbers) or numbers[first] != number:
            return first, first
        if first + 1 == len(numbers) or numbers[first + 1] != number:
            return first, first + 1
        return first, bisect_left(numbers, number + 1, first)
