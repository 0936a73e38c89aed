"""Features for a block's neighbours, and for the items that it is part of.

A list of teasers alternates links and text, whatever its classes are; in an essay, text follows text.
"""

from __future__ import annotations

from collections import Counter
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

# Both features of a block are looked up at once, as SHARE_BINS * inside + alike.
_INSIDE: Final = bytes([value // SHARE_BINS for value in range(256)])
_ALIKE: Final = bytes([value % SHARE_BINS for value in range(256)])


def around_it(flags: Iterable[int]) -> bytes:
    """By block: the number of flags that are 1 among the four blocks before and the four after it."""
    own = bytes(flags)
    padding = bytes(REACH)
    sums = [0, *accumulate(padding + own + padding)]
    return bytes([past - before - flag for before, past, flag in zip(sums, sums[2 * REACH + 1 :], own, strict=False)])


def of_items(outline: Outline, sums: Sums) -> dict[str, bytes]:
    """Features of the content of a block's item, and of similar items beside it, from 0 to 6."""
    parents, owners, blocks, links = outline.parents, outline.owners, sums.blocks, sums.links
    shares = _mixed(outline, sums)
    past = _LEVELS if shares else 0

    def value_of(item: int, levels: int) -> int:
        """The value for owners that are in an item, or this many levels below it."""
        while blocks[item] < _SEVERAL and item > 0:
            item = parents[item]
            levels += 1
        inside, alike = (SHARE_BINS - 1) * links[item] // blocks[item], 0
        while item > 0 and levels < past:
            alike = max(alike, shares.get(item, 0))
            item = parents[item]
            levels += 1
        return SHARE_BINS * inside + alike

    values: dict[int, int] = {}
    below: dict[int, int] = {}  # by parent, the value of all its children with one block
    for owner in set(owners):
        if blocks[owner] >= _SEVERAL or owner == 0:
            values[owner] = value_of(owner, 0)
            continue
        parent = parents[owner]
        value = below.get(parent)
        if value is None:
            value = below[parent] = value_of(parent, 1)
        values[owner] = value
    column = bytes(map(values.__getitem__, owners))
    return {"links_in_its_item": column.translate(_INSIDE), "items_of_links_and_text": column.translate(_ALIKE)}


def _mixed(outline: Outline, sums: Sums) -> dict[int, int]:
    """By element with several blocks: the share of similar siblings with both links and text, binned; 0 is left out."""
    blocks, links = sums.blocks, sums.links
    parents, tags, names = outline.parents, outline.tags, outline.names
    mixed = {at for at, linked in enumerate(links) if linked and linked < blocks[at]}
    held = Counter([parents[at] for at in mixed])
    lists = {parent for parent, count in held.items() if count >= _SEVERAL}
    if not lists:
        return {}
    groups: dict[tuple[int, str, str], list[int]] = {}
    for at in [at for at, parent in enumerate(parents) if parent in lists and blocks[at] >= _SEVERAL]:
        name = names[at]
        key = parents[at], tags[at], name.rstrip("0123456789") if name.isascii() else name
        groups.setdefault(key, []).append(at)
    shares = {}
    for group in groups.values():
        if len(group) >= _SEVERAL:
            count = len(mixed.intersection(group))
            if count >= _SEVERAL:
                shares.update(dict.fromkeys(group, 1 + (SHARE_BINS - 2) * count // len(group)))
    return shares
