"""What SiteMemory tells the classifier about the blocks of a page."""

from __future__ import annotations

from typing import NamedTuple


class Repeats(NamedTuple):
    """Columns by block number.

    essays: the other essays of the site that hold the block, by numbers that name them. Copies of one essay count
    once, copies of this page's own not at all. shares: on how many of the site's pages the block stands, 0 to 1, this
    page counted with them; 0 where fewer than eight pages are known.
    """

    essays: list[frozenset[int]]
    shares: list[float]
