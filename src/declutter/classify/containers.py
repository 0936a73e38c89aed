"""Features of the elements around a block (their content and position), computed once per element."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.bins import LAST, SIZE, capped, up_to
from declutter.classify.wording import STAMP

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from declutter.outline import Outline

ONLY_LINKS: Final = 10
"""The bin of link density from which a block counts as nothing but links: nine tenths."""

OUTSIDE: Final = 6
_FAR: Final = 12
PLACES: Final = _FAR + 1
_FURTHER_IN: Final = (*range(1, OUTSIDE), OUTSIDE - 1, *range(OUTSIDE, _FAR + 1))
"""The place (see `places`) of an element's children, by the element's own place."""

_HELD_BINS: Final = up_to(16)

_AROUND: Final = (
    "link_density_of_its_container",
    "link_density_far_around_it",
    "good_text_around_its_container",
    "blocks_in_its_container",
    "dates_around_it",
)
_OF_SIGNATURE: Final = (
    "blocks_of_its_signature",
    "size_of_its_signature",
    "link_density_of_its_signature",
    "good_text_of_its_signature",
)


class Forms(NamedTuple):
    """By block: length in letters, wide ones counted double; bin of link density; letters of good text."""

    lengths: list[int]
    density: bytes
    good: list[int]


class Sums:
    """By element, over its descendants: good text, text, text weighted by link density, blocks, fully linked blocks."""

    def __init__(self, outline: Outline, forms: Forms) -> None:
        parents, owners = outline.parents, outline.owners
        self.good, self.size, self.linked, self.blocks, self.links = ([0] * len(parents) for _ in range(5))
        held, size, linked, blocks, links = self.good, self.size, self.linked, self.blocks, self.links
        for o, n, d, g in zip(owners, forms.lengths, forms.density, forms.good, strict=True):
            size[o] += n
            blocks[o] += 1
            if d:
                linked[o] += n * d
                if d >= ONLY_LINKS:
                    links[o] += 1
            if g:
                held[o] += g
        for element in range(len(parents) - 1, 0, -1):
            n = size[element]
            if n:
                parent = parents[element]
                size[parent] += n
                blocks[parent] += blocks[element]
                if linked[element]:
                    linked[parent] += linked[element]
                    links[parent] += links[element]
                if held[element]:
                    held[parent] += held[element]

    def deepest(self, parents: list[int], *needed: float) -> list[int]:
        """For each amount of good text, from the least, the deepest element that holds at least this much."""
        found = []
        holding = [element for element, held in enumerate(self.good) if held >= needed[0]]
        for least in needed:
            best = 0
            for element in holding:
                if parents[element] == best and self.good[element] >= least:
                    best = element
            found.append(best)
        return found


def around(outline: Outline, sums: Sums, whole: int, dates: bytes) -> dict[str, bytes]:
    """The features of the elements around each block, which are the same for all blocks with the same parent.

    whole: letters of good text on the page. dates: by block, STAMP for a short line with a date or time.
    """
    good, size, linked, blocks = sums.good, sums.size, sums.linked, sums.blocks
    upward = [0, *outline.parents[1:]]  # the parent of the document is the document
    inner = [upward[owner] for owner in outline.owners]
    dated = _dated(outline, dates)
    rows = {}
    for near in set(inner):
        outer = upward[near]
        far = upward[outer]
        rows[near] = bytes(
            (
                linked[near] // (size[near] or 1),
                linked[far] // (size[far] or 1),
                good[outer] * 10 // whole,
                _HELD_BINS[count] if (count := blocks[near]) < LAST else 16,
                min(10, 20 * dated[far] // (blocks[far] or 1)) if dated else 0,
            )
        )
    return _columns(_AROUND, rows, inner)


def _dated(outline: Outline, dates: bytes) -> list[int] | None:
    """By element: the number of short lines with a date or time in it; None if the page has none."""
    if STAMP not in dates:
        return None
    parents = outline.parents
    dated = [0] * len(parents)
    for owner, date in zip(outline.owners, dates, strict=True):
        if date == STAMP:
            dated[owner] += 1
    for element in range(len(parents) - 1, 0, -1):
        if dated[element]:
            dated[parents[element]] += dated[element]
    return dated


def places(parents: list[int], main: int) -> list[int]:
    """By element: 0 to 5 levels below `main`; outside, 6 to 12, by levels from `main` to their common ancestor."""
    place = [_FAR] * len(parents)
    chain = [len(parents)]
    element, hop = main, OUTSIDE
    while element >= 0:
        place[element] = min(_FAR, hop)
        chain.append(element)
        hop += 1
        element = parents[element]
    place[main] = 0
    chain.reverse()
    for on, following in pairwise(chain):
        for element in range(on + 1, following):
            place[element] = _FURTHER_IN[place[parents[element]]]
    return place


def of_signatures(signature: list[int], forms: Forms, whole: int) -> dict[str, bytes]:
    """The features that all blocks of a signature share. whole: letters of good text on the page."""
    counted = Counter(signature)
    count = [counted[number] for number in range(1 + max(signature))]
    size, linked, held = ([0] * len(count) for _ in range(3))
    for s, n, d, g in zip(signature, forms.lengths, forms.density, forms.good, strict=True):
        size[s] += n
        if d:
            linked[s] += n * d
        if g:
            held[s] += g
    means = [n // (blocks or 1) for n, blocks in zip(size, count, strict=True)]
    rows = zip(
        [SIZE[n] for n in capped(count)],
        [SIZE[n] for n in capped(means)],
        [weighted // (n or 1) for weighted, n in zip(linked, size, strict=True)],
        [g * 10 // whole for g in held],
        strict=True,
    )
    return _columns(_OF_SIGNATURE, dict(enumerate(map(bytes, rows))), signature)


def _columns(names: Sequence[str], rows: Mapping[int, bytes], keys: Sequence[int]) -> dict[str, bytes]:
    """The columns of features that all blocks with the same key share. rows: by key, a value per feature."""
    table = b"".join(map(rows.__getitem__, keys))
    return {name: table[column :: len(names)] for column, name in enumerate(names)}


def signatures(outline: Outline) -> list[int]:
    """By block: the number of its signature, which blocks with the same markup share.

    A signature is the tag and class of the block's element and of its parent. Trailing digits of a class are ignored
    (`post-123`).
    """
    tags, parents = outline.tags, outline.parents
    plain = {name: name.rstrip("0123456789") if name.isascii() else name for name in set(outline.names)}
    names = list(map(plain.__getitem__, outline.names))
    numbers: dict[tuple[str, str, str, str], int] = {}
    column = []
    for o in outline.owners:
        p = parents[o]
        column.append(numbers.setdefault((tags[o], names[o], tags[p], names[p]), len(numbers)))
    return column
