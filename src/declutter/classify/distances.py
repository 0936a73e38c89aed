"""How far along the page a block stands from what tells where the essay is: its title, good texts, dates."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Final

from declutter.classify.bins import LAST, SIZE, up_to

DATE_FAR: Final = 11
"""Blocks behind a date from which it says no more."""

_GAP_BINS: Final = up_to(12)
_BEHIND_BINS: Final = bytes([1 + size for size in up_to(12)])
_BEFORE_BINS: Final = bytes([14 + size for size in up_to(8)])
_BEFORE_TITLE: Final = bytes([8 - min(7, size // 2) for size in SIZE])
_BEHIND_TITLE: Final = bytes([9 + min(10, size // 2) for size in SIZE])
_UNTIL_BINS: Final = up_to(14)[::-1]  # nearest last
_SINCE_DATE: Final = bytes([min(DATE_FAR, blocks) for blocks in range(DATE_FAR + 1)])


def title_distances(count: int, title: int | None) -> bytes:
    """0 without a title; 1 to 8 before it, nearest last; 9 to 19 behind it, nearest first; in octaves of blocks."""
    if title is None:
        return bytes(count)
    below = count - title
    before = _BEFORE_TITLE[title:0:-1].rjust(title, _BEFORE_TITLE[-1:])
    return before + _BEHIND_TITLE[:below].ljust(below, _BEHIND_TITLE[-1:])


def links_since_title(links: list[int], title: int | None) -> bytes:
    """0 without a title and at it; 1 to 13 behind it, 14 to 22 before it, both in half octaves of linked blocks.

    links: by block and past the last, how many linked blocks stand before it.
    """
    if title is None:
        return bytes(len(links) - 1)
    here, past = links[title], links[title + 1]
    before = bytes([_BEFORE_BINS[n] if (n := here - passed) < LAST else 22 for passed in links[1 : title + 1]])
    behind = bytes([_BEHIND_BINS[n] if (n := passed - past) < LAST else 13 for passed in links[title + 1 : -1]])
    return before + b"\0" + behind


def links_since_good(links: list[int], good: list[int]) -> bytes:
    """0 to 12, in half octaves of linked blocks; 12 before any good text. links: see `links_since_title`.

    good: the numbers of the blocks of good text, which are none of the linked ones.
    """
    parts = [_GAP_BINS[-1:] * (good[0] + 1 if good else len(links) - 1)]
    for block, following in pairwise([*good, len(links) - 2]):
        past, between = links[block], links[block + 1 : following + 1]
        parts.append(bytes([_GAP_BINS[n] if (n := passed - past) < LAST else 12 for passed in between]))
    return b"".join(parts)


def blocks_until_good(count: int, good: list[int]) -> bytes:
    """0 to 14, in half octaves of blocks; 14 behind the last good text. good: see `links_since_good`."""
    parts = []
    for block, following in pairwise([0, *good]):
        size = following - block
        parts.append(_UNTIL_BINS[max(0, len(_UNTIL_BINS) - size) :].rjust(size, _UNTIL_BINS[:1]))
    return b"".join(parts).ljust(count, _UNTIL_BINS[:1])


def good_before(sizes: list[int], good: list[int], whole: int) -> bytes:
    """0 before any good text, 1 to 10 amid it, 11 behind all of it.

    sizes: by block, its letters of good text, of which there are `whole`. good: see `links_since_good`.
    """
    parts = [bytes(good[0] + 1 if good else len(sizes))]
    before = accumulate([sizes[block] for block in good])
    for (block, following), passed in zip(pairwise([*good, len(sizes) - 1]), before, strict=True):
        parts.append(bytes([11 if passed >= whole else 1 + passed * 10 // whole]) * (following - block))
    return b"".join(parts)


def blocks_since(value: int, column: bytes) -> bytes:
    """0 right behind a block with the value in a column, to 10; 11 further on and where none stands above."""
    since = bytearray([DATE_FAR]) * len(column)
    at = column.find(value)
    while at >= 0:
        near = min(DATE_FAR, len(column) - at - 1)
        since[at + 1 : at + 1 + near] = _SINCE_DATE[:near]
        at = column.find(value, at + 1)
    return bytes(since)


def places_on_page(count: int) -> bytes:
    """0 to 19, how far down the page."""
    edges = [-(-count * part // 20) for part in range(21)]
    return b"".join([bytes([part]) * (past - first) for part, (first, past) in enumerate(pairwise(edges))])
