"""The data tables of a page, with the positions of their cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, NamedTuple

import msgspec

from declutter.model import Kind

if TYPE_CHECKING:
    from declutter.outline import Outline

_CELLS: Final = frozenset({"td", "th"})
_ONE: Final = 1, 1  # the row and column span of most cells
# Maximum number of cells of earlier rows that extend into a row; only hostile pages have more.
_MAX_REACHING: Final = 64
# Cells of data tables on the WCXB development pages have a few hundred characters at most; those of layout tables hold
# whole articles.
_MAX_CHARACTERS_PER_CELL: Final = 1500
_MAX_CHARACTERS_OF_INNER: Final = 400


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A table cell, with its element number, position and spans.

    row, column: from 0. first, past: its blocks are those from `first` to before `past`; both 0 if it has none.
    """

    element: int
    row: int
    column: int
    rows: int
    columns: int
    first: int = 0
    past: int = 0

    @property
    def blocks(self) -> range:
        """The numbers of its blocks, which are consecutive, because no cell contains a data table of its own."""
        return range(self.first, self.past)


class Table(NamedTuple):
    """A data table: its element number, and its cells in page order, including those without text."""

    element: int
    cells: list[Cell]


def find_tables(outline: Outline) -> list[Table]:
    """The data tables, in page order, without layout tables.

    A layout table contains another table, a heading, a listing or a long text, or has a single row or column. But a
    table with header cells may contain small ones, which are part of its cells.
    """
    if "table" not in outline.tags:
        return []
    drafts: dict[int, _Draft] = {}
    tables, cells = _place_cells(outline, drafts)
    for block, owner in enumerate(outline.deadline.watch(outline.owners)):
        if (draft := tables[owner]) and (cell := cells[owner]) >= 0:
            draft.add(cell, block, outline.kinds[owner], len(outline.texts[block]))
            if draft.outer is not None:
                draft.outer.add(draft.outer_cell, block, outline.kinds[owner], len(outline.texts[block]))
    for draft in drafts.values():
        if draft.outer is not None and not draft.is_small():
            draft.outer.is_layout = True
    data = {id(draft): (element, draft) for element, draft in drafts.items() if draft.holds_data()}
    return [Table(element, draft.cells()) for element, draft in data.values() if id(draft.outer) not in data]


class _Draft:
    """A table under construction: the position of the next cell by HTML's rules, and evidence for a layout table.

    places: by cell, its element, row, column, row span and column span. first, past: its blocks. sizes: its characters.
    outer, outer_cell: the table around it, and its cell there. inner: the number of tables in its cells; to hold them
    would make cycles, which only the garbage collector frees.
    """

    def __init__(self, outer: _Draft | None = None, outer_cell: int = -1) -> None:
        self.outer, self.outer_cell = outer, outer_cell
        self.inner = 0
        self.has_header = False
        self.places: list[tuple[int, int, int, int, int]] = []
        self.first: list[int] = []
        self.past: list[int] = []
        self.sizes: list[int] = []
        self.is_layout = False
        self.row = -1
        self.column = 0
        self.reaching: list[tuple[int, int, int]] = []  # first column, one past the last column, one past the last row

    def open_row(self) -> None:
        self.row += 1
        self.column = 0
        self.reaching = [cell for cell in self.reaching if cell[2] > self.row]

    def place(self, element: int, rows: int, columns: int) -> int:
        """Add a cell after the cells that extend down from earlier rows. Returns its number in the table."""
        self.row = max(self.row, 0)
        for first, past, _ in sorted(self.reaching):
            if first <= self.column < past:
                self.column = past
        self.places.append((element, self.row, self.column, rows, columns))
        for column in (self.first, self.past, self.sizes):
            column.append(0)
        if rows > 1 and len(self.reaching) < _MAX_REACHING:
            self.reaching.append((self.column, self.column + columns, self.row + rows))
        self.column += columns
        return len(self.places) - 1

    def add(self, cell: int, block: int, kind: Kind, size: int) -> None:
        if not self.past[cell]:
            self.first[cell] = block
        self.past[cell] = block + 1
        self.sizes[cell] += size
        if kind is Kind.HEADING or self.sizes[cell] > _MAX_CHARACTERS_PER_CELL:
            self.is_layout = True

    def holds_data(self) -> bool:
        if self.is_layout or (self.inner and not self.has_header):
            return False
        filled = [place for place, past in zip(self.places, self.past, strict=True) if past]
        return _differ(row for _, row, *_ in filled) and _differ(column for _, _, column, *_ in filled)

    def is_small(self) -> bool:
        return not self.is_layout and not self.inner and sum(self.sizes) <= _MAX_CHARACTERS_OF_INNER

    def cells(self) -> list[Cell]:
        return [
            Cell(*place, first, past) for place, first, past in zip(self.places, self.first, self.past, strict=True)
        ]


def _place_cells(outline: Outline, drafts: dict[int, _Draft]) -> tuple[list[_Draft | None], list[int]]:
    """Fill `drafts` with the tables by element. Returns, by element, its table, and its cell's number there or -1."""
    tags, parents, covers = outline.tags, outline.parents, outline.cells
    first = tags.index("table")
    cells = [-1] * len(tags)
    tables: list[_Draft | None] = [None] * len(tags)
    for element in outline.deadline.watch(range(first, len(tags))):
        tag, parent = tags[element], parents[element]
        table, cell = tables[parent], cells[parent]
        if tag == "table":
            around = table if cell >= 0 else None
            if table and not around:
                table.is_layout = True  # between its rows
            table = drafts[element] = _Draft(around, cell)
            if around:
                around.inner += 1
            cell = -1
        elif table is None:
            continue
        elif tag == "tr":
            table.open_row()
        elif tag in _CELLS and outline.kinds[element] is not Kind.CODE:
            cell = table.place(element, *covers.get(element, _ONE))
            table.has_header = table.has_header or tag == "th"
        tables[element], cells[element] = table, cell
    return tables, cells


def _differ(numbers: Iterable[int]) -> bool:
    return len(set(numbers)) > 1
