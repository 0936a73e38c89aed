"""What SiteMemory tells the classifier about the blocks of a page."""

from __future__ import annotations

from typing import NamedTuple


class Repeats(NamedTuple):
    """Columns by block number.

    essays: the other essays of the site with this block, as numbers that identify them. Copies of one essay count once,
    and copies of this page's essay do not count. shares: share of the site's pages with this block, from 0 to 1,
    including this page; 0 if fewer than eight pages are known.
    """

    essays: list[frozenset[int]]
    shares: list[float]
