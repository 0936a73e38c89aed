"""Features for the distance of a block from signs of the essay: the title, good texts, dates."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Final

from declutter.classify.bins import LAST, SIZE, up_to

DATE_FAR: Final = 11
"""Number of blocks after a date from which the distance is capped."""

_GAP_BINS: Final = up_to(12)
_BEHIND_BINS: Final = bytes([1 + size for size in up_to(12)])
_BEFORE_BINS: Final = bytes([14 + size for size in up_to(8)])
_BEFORE_TITLE: Final = bytes([8 - min(7, size // 2) for size in SIZE])
_BEHIND_TITLE: Final = bytes([9 + min(10, size // 2) for size in SIZE])
_UNTIL_BINS: Final = up_to(14)[::-1]  # nearest last
_SINCE_DATE: Final = bytes([min(DATE_FAR, blocks) for blocks in range(DATE_FAR + 1)])


def title_distances(count: int, title: int | None) -> bytes:
    """0 without a title; 1 to 8 before it, nearest last; 9 to 19 after it, nearest first; in octaves of blocks."""
    if title is None:
        return bytes(count)
    below = count - title
    before = _BEFORE_TITLE[title:0:-1].rjust(title, _BEFORE_TITLE[-1:])
    return before + _BEHIND_TITLE[:below].ljust(below, _BEHIND_TITLE[-1:])


def links_since_title(links: list[int], title: int | None) -> bytes:
    """0 without a title and at it; 1 to 13 after it, 14 to 22 before it, both in half octaves of linked blocks.

    links: for each block, and for the end of the page, the number of linked blocks before it.
    """
    if title is None:
        return bytes(len(links) - 1)
    here, past = links[title], links[title + 1]
    before = bytes([_BEFORE_BINS[n] if (n := here - passed) < LAST else 22 for passed in links[1 : title + 1]])
    behind = bytes([_BEHIND_BINS[n] if (n := passed - past) < LAST else 13 for passed in links[title + 1 : -1]])
    return before + b"\0" + behind


def links_since_good(links: list[int], good: list[int]) -> bytes:
    """0 to 12, in half octaves of linked blocks; 12 before the first good text. links: see `links_since_title`.

    good: the numbers of the blocks of good text, none of which is a linked block.
    """
    parts = [_GAP_BINS[-1:] * (good[0] + 1 if good else len(links) - 1)]
    for block, following in pairwise([*good, len(links) - 2]):
        past, between = links[block], links[block + 1 : following + 1]
        parts.append(bytes([_GAP_BINS[n] if (n := passed - past) < LAST else 12 for passed in between]))
    return b"".join(parts)


def blocks_until_good(count: int, good: list[int]) -> bytes:
    """0 to 14, in half octaves of blocks; 14 after the last good text. good: see `links_since_good`."""
    parts = []
    for block, following in pairwise([0, *good]):
        size = following - block
        parts.append(_UNTIL_BINS[max(0, len(_UNTIL_BINS) - size) :].rjust(size, _UNTIL_BINS[:1]))
    return b"".join(parts).ljust(count, _UNTIL_BINS[:1])


def good_before(sizes: list[int], good: list[int], whole: int) -> bytes:
    """0 before the first good text, 1 to 10 between good texts, 11 after the last.

    sizes: by block, its letters of good text, `whole` in total. good: see `links_since_good`.
    """
    parts = [bytes(good[0] + 1 if good else len(sizes))]
    before = accumulate([sizes[block] for block in good])
    for (block, following), passed in zip(pairwise([*good, len(sizes) - 1]), before, strict=True):
        parts.append(bytes([11 if passed >= whole else 1 + passed * 10 // whole]) * (following - block))
    return b"".join(parts)


def blocks_since(value: int, column: bytes) -> bytes:
    """0 directly after a block with the value in the column, up to 10; 11 beyond that and if there is none above."""
    since = bytearray([DATE_FAR]) * len(column)
    at = column.find(value)
    while at >= 0:
        near = min(DATE_FAR, len(column) - at - 1)
        since[at + 1 : at + 1 + near] = _SINCE_DATE[:near]
        at = column.find(value, at + 1)
    return bytes(since)


def places_on_page(count: int) -> bytes:
    """0 to 19, by the position on the page."""
    edges = [-(-count * part // 20) for part in range(21)]
    return b"".join([bytes([part]) * (past - first) for part, (first, past) in enumerate(pairwise(edges))])
