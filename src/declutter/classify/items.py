"""Features for a block's neighbours, and for the items that it is part of.

A list of teasers alternates links and text, whatever its classes are; in an essay, text follows text.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.classify.containers import Sums
    from declutter.outline import Outline

REACH: Final = 4
"""Blocks on each side."""
SHARE_BINS: Final = 7
_SEVERAL: Final = 2
_LEVELS: Final = 5
"""Levels above a block within which its item is searched: `ul > li > div > p > span`."""


def around_it(flags: Iterable[int]) -> bytes:
    """By block: the number of flags that are 1 among the four blocks before and the four after it."""
    own = bytes(flags)
    padding = bytes(REACH)
    sums = [0, *accumulate(padding + own + padding)]
    return bytes([past - before - flag for before, past, flag in zip(sums, sums[2 * REACH + 1 :], own, strict=False)])


def of_items(outline: Outline, sums: Sums) -> dict[str, bytes]:
    """Features of the content of a block's item, and of similar items beside it, from 0 to 6."""
    parents, blocks, links = outline.parents, sums.blocks, sums.links
    shares = _mixed(outline, sums)
    inside, alike = {}, {}
    for owner in set(outline.owners):
        item = owner
        while item > 0 and blocks[item] < _SEVERAL:
            item = parents[item]
        inside[owner] = (SHARE_BINS - 1) * links[item] // blocks[item]
        share, at = 0, owner
        for _ in range(_LEVELS if shares else 0):
            if at <= 0:
                break
            share = max(share, shares.get(at, 0))
            at = parents[at]
        alike[owner] = share
    return {
        "links_in_its_item": bytes(map(inside.__getitem__, outline.owners)),
        "items_of_links_and_text": bytes(map(alike.__getitem__, outline.owners)),
    }


def _mixed(outline: Outline, sums: Sums) -> dict[int, int]:
    """By element with several blocks: the share of similar siblings with both links and text, binned; 0 is left out."""
    blocks, links = sums.blocks, sums.links
    parents, tags, names = outline.parents, outline.tags, outline.names
    groups: dict[tuple[int, str, str], list[int]] = {}
    for at in [at for at, count in enumerate(blocks) if count >= _SEVERAL and at]:
        name = names[at]
        key = parents[at], tags[at], name.rstrip("0123456789") if name.isascii() else name
        groups.setdefault(key, []).append(at)
    shares = {}
    for group in groups.values():
        if len(group) >= _SEVERAL:
            mixed = sum([0 < links[at] < blocks[at] for at in group])
            if mixed >= _SEVERAL:
                shares.update(dict.fromkeys(group, 1 + (SHARE_BINS - 2) * mixed // len(group)))
    return shares
