"""An article's list of contents: links to headings of the same article, above or inside the essay, belong to it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.regions import Regions
    from declutter.outline import Mark

_LINK: Final = SpanKind.LINK  # see Label

_MIN_ENTRIES: Final = 2
_MAX_HEADING: Final = 64  # characters
_LEVELS: Final = 4


def contents_list(regions: Regions, places: Places, outside: Sequence[int]) -> set[int]:
    """The blocks among `outside` that are entries of the article's contents list, or its heading.

    Most entries must lead to an element between the list and the essay's end: a menu leads to the page's other parts.
    """
    outline = regions.outline
    if places.title is None or not outline.idents:
        return set()
    start, end = bisect_right(outside, places.title), bisect_left(outside, places.past)
    near = [number for number in outside[start:end] if regions.anchors[number]]
    targets = {number: target for number in near if (target := _target(outline.marks[number]))}
    if len(targets) < _MIN_ENTRIES:
        return set()
    elements = {ident: element for element, ident in outline.idents.items()}
    found: set[int] = set()
    for row in _rows(targets):
        leading = [elements.get(targets[number], 0) for number in row]
        inside = [row.stop <= regions.first[element] < places.past for element in leading if element]
        if len(row) < _MIN_ENTRIES or 2 * sum(inside) <= len(row):
            continue
        found.update(row)
        if _heads(regions, row):
            found.add(row.start - 1)
    return found.intersection(outside)


def _target(marks: Sequence[Mark]) -> str:
    """The id that a block's only link leads to within the page; "" for other blocks."""
    links = marks if len(marks) == 1 else [mark for mark in marks if mark.kind is _LINK]
    target = (links[0].target or "") if len(links) == 1 else ""
    return target[1:] if target[:1] == "#" else ""


def _rows(targets: dict[int, str]) -> list[range]:
    """Runs of adjacent blocks."""
    rows: list[range] = []
    for number in targets:
        if rows and rows[-1].stop == number:
            rows[-1] = range(rows[-1].start, number + 1)
        else:
            rows.append(range(number, number + 1))
    return rows


def _heads(regions: Regions, row: range) -> bool:
    """Whether the line above a row is its heading: short, without a link, first in an element that holds the row."""
    outline, above = regions.outline, row.start - 1
    if above < 0 or outline.linked[above] or len(outline.texts[above]) > _MAX_HEADING:
        return False
    return any(
        regions.first[element] == above and regions.past[element] == row.stop
        for element in islice(outline.ancestors(outline.owners[row.start]), _LEVELS)
    )
