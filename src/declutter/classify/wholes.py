"""What main content decides as a whole: lists, tables and code, whose single items say little."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from declutter.outline import Outline
    from declutter.tables import Table

_CODE: Final = Kind.CODE
_HEADING: Final = Kind.HEADING  # see Label
_MAX_DOUBT: Final = {"ul": 2.0, "ol": 2.0, "details": 2.0, "dl": 4.0}
_MAX_TABLE_DOUBT: Final = 2.0
_MAX_HEADED_DOUBT: Final = 6.0
_MAX_CODE_DOUBT: Final = 4.0
_MAX_HEADING_DOUBT: Final = 2.0
"""Log-odds: how far below 0 the mean score of a list or table, or the score of code or a heading, may be to join the
essay. Lists give .0004 on WCXB, tables .0002 and code .0005; on DAnIEL none gives anything. Both sets have hardly any
header cells or definition lists; documentation, product and place pages have many definition lists, menus none."""
_MAX_LINKED: Final = 1 / 3
_MAX_LINKED_CELLS: Final = 0.1
_MAX_LINKED_BELOW_HEADERS: Final = 0.5
"""Higher for tables with header cells: teasers laid out in tables have none."""
_MAX_BLOCKS_PER_CELL: Final = 1.5
"""A table with more blocks per cell is a layout: a post beside details of its author."""
_CELLS: Final = frozenset({"td", "th"})
_MAX_LEVELS: Final = 5
"""Levels above an item within which its list is searched: `ul > li > div > p`."""
_MAX_GAP: Final = 3
"""Blocks between the essay and a table with header cells: a button, a line of fine print."""
_MOST: Final = 0.9


class _Whole(NamedTuple):
    """The blocks of a list or table, the number of its element, and how far below 0 their mean score may be.

    is_headed: a table with header cells, which mark it as data.
    """

    element: int
    blocks: list[int]
    max_doubt: float
    is_headed: bool = False


def doubtful_items(
    outline: Outline, scores: list[float], headline: int | None, tables: Sequence[Table]
) -> Iterator[int]:
    """The doubtful items of lists and cells of data tables that the essay runs into, except in forms.

    Each must be accepted before the next is requested, so that the next list is seen to follow the essay.
    tables: the page's, from `find_tables`.
    """
    wholes = _tables(outline, scores, tables)
    if wholes or _runs_into_a_list(outline, scores):
        wholes = [*_lists(outline, scores), *wholes]
    if not wholes:
        return
    asking: set[int] = set()
    for field in outline.fields:
        asking.update(takewhile(lambda around: around not in asking, outline.ancestors(field.owner)))
    wholes = [whole for whole in wholes if whole.element not in asking]
    for _, items, max_doubt, is_headed in sorted(wholes, key=lambda whole: whole.blocks[0]):
        before = items[0] - 1
        heading = before if _is_doubtful_heading(outline, scores, before) else None
        if heading is not None:
            before -= 1
        if is_headed:
            before = next((at for at in range(before, max(-1, before - _MAX_GAP), -1) if scores[at] > 0), before)
        if before < 0 or scores[before] <= 0 or before == headline:
            continue
        size = sum([len(outline.texts[item]) for item in items])
        if sum([scores[item] * len(outline.texts[item]) for item in items]) > -max_doubt * size:
            if heading is not None:
                yield heading
            yield from (item for item in items if scores[item] <= 0)


def doubtful_code(outline: Outline, scores: list[float]) -> Iterator[int]:
    """The doubtful code in the element that holds nearly all of the essay, from the essay's first block on."""
    kinds, owners, parents = outline.kinds, outline.owners, outline.parents
    if _CODE not in kinds:
        return
    doubtful = [
        block
        for block, score in enumerate(scores)
        if -_MAX_CODE_DOUBT < score <= 0
        and kinds[owners[block]] is _CODE
        and outline.linked[block] <= _MAX_LINKED * len(outline.texts[block])
    ]
    if not doubtful:
        return
    first = next((block for block, score in enumerate(scores) if score > 0), len(scores))
    around = _element_of_most(outline, scores)
    past = next((at for at in range(around + 1, len(parents)) if parents[at] < around), len(parents))
    for block in doubtful:
        if block > first and around <= owners[block] < past:
            yield block


def _is_doubtful_heading(outline: Outline, scores: list[float], block: int) -> bool:
    return (
        block >= 0
        and -_MAX_HEADING_DOUBT < scores[block] <= 0
        and outline.kinds[outline.owners[block]] is _HEADING
        and outline.linked[block] <= _MAX_LINKED * len(outline.texts[block])
    )


def _runs_into_a_list(outline: Outline, scores: list[float]) -> bool:
    """Whether a block of any list follows the essay, perhaps with a heading between: false of most pages."""
    tags, parents, kinds, owners = outline.tags, outline.parents, outline.kinds, outline.owners
    if _MAX_DOUBT.keys().isdisjoint(tags):
        return False
    outside: set[int] = set()
    for before, (owner, score) in enumerate(zip(islice(owners, 1, None), scores, strict=False)):
        if score > 0 or (kinds[owners[before]] is _HEADING and before and scores[before - 1] > 0):
            parent = parents[owner]
            if tags[owner] in _MAX_DOUBT:
                return True
            if parent not in outside:
                if _list_around(tags, parents, parent):
                    return True
                outside.add(parent)
    return False


def _lists(outline: Outline, scores: list[float]) -> list[_Whole]:
    """Each list with doubtful items and hardly any links.

    A nested list is a list of its own, except in definition lists, which contain lists, as menus and layouts do not.
    """
    tags, parents, owners = outline.tags, outline.parents, outline.owners
    above: dict[int, int] = {}
    held: dict[int, list[int]] = defaultdict(list)
    for block, owner in enumerate(owners):
        parent = parents[owner]
        around = above.get(parent)
        if around is None:
            around = above[parent] = _list_around(tags, parents, parent)
        if tags[owner] in _MAX_DOUBT and (not around or tags[around] != "dl"):
            around = owner
        if around:
            held[around].append(block)
    return [
        _Whole(at, blocks, _MAX_DOUBT[tags[at]])
        for at, blocks in held.items()
        if any(scores[block] <= 0 for block in blocks) and _linked(outline, blocks) <= _MAX_LINKED
    ]


def _list_around(tags: Sequence[str], parents: Sequence[int], parent: int) -> int:
    """The list around an item with this parent, for definition lists the outermost; 0 for none."""
    around, at = 0, parent
    for _ in range(_MAX_LEVELS - 1):
        if at <= 0:
            break
        if tags[at] in _MAX_DOUBT and (not around or tags[at] == "dl"):
            around = at
        at = parents[at]
    return around


def _tables(outline: Outline, scores: list[float], tables: Sequence[Table]) -> list[_Whole]:
    """Each data table with doubtful cells and hardly any links."""
    tags, owners = outline.tags, outline.owners
    wholes: list[_Whole] = []
    if not tables or not any(score <= 0 and tags[owner] in _CELLS for score, owner in zip(scores, owners, strict=True)):
        return wholes
    for table in tables:
        blocks = sorted([block for cell in table.cells for block in cell.blocks])
        if not any(scores[block] <= 0 for block in blocks):
            continue
        if len(blocks) > _MAX_BLOCKS_PER_CELL * sum(bool(cell.blocks) for cell in table.cells):
            continue
        has_headers = any(tags[cell.element] == "th" for cell in table.cells)
        if _linked(outline, blocks) <= (_MAX_LINKED_BELOW_HEADERS if has_headers else _MAX_LINKED_CELLS):
            max_doubt = _MAX_HEADED_DOUBT if has_headers else _MAX_TABLE_DOUBT
            wholes.append(_Whole(table.element, blocks, max_doubt, has_headers))
    return wholes


def _linked(outline: Outline, blocks: Sequence[int]) -> float:
    """The link density of the blocks' text."""
    return sum([outline.linked[block] for block in blocks]) / sum([len(outline.texts[block]) for block in blocks])


def _element_of_most(outline: Outline, scores: list[float]) -> int:
    """The deepest element that holds nearly all of the text that passed."""
    parents = outline.parents
    held = [0] * len(parents)
    for owner, text, score in zip(outline.owners, outline.texts, scores, strict=True):
        if score > 0:
            held[owner] += len(text)
    for element in range(len(parents) - 1, 0, -1):
        held[parents[element]] += held[element]
    needed, deepest = _MOST * held[0], 0
    for element in range(1, len(held)):
        if held[element] >= needed and parents[element] == deepest:
            deepest = element
    return deepest
