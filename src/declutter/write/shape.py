"""The structure of the essay as a tree, rebuilt from its blocks, for the Markdown and HTML writers."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.model import Block, Frame, Kind, Label, SpanKind
from declutter.write.inline import Inline, nest
from declutter.write.safety import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

# Deeper frames are left out: they are unreadable, and each adds a prefix to every line inside.
_MAX_DEPTH: Final = 24
# A table with more cells than this per filled cell is not a data table (such as one with colspan 1000 in every row).
_MAX_CELLS_PER_FILLED_CELL: Final = 20
# Cells of data tables on the WCXB development pages have a few hundred characters at most; those of layout tables hold
# whole articles.
_MAX_CHARACTERS_PER_CELL: Final = 1500
# In a Markdown table no rule can be written; between the items of a list it is style.
_RULELESS: Final = frozenset({"table", "list", "ordered", "terms"})
# The frames implied by a block's kind, if it has no frames (hand-made blocks, sources without structure).
_IMPLIED: Final = {
    Kind.ITEM: frozenset({"item", "term", "definition", "note"}),
    Kind.QUOTE: frozenset({"quote"}),
}


class Leaf(msgspec.Struct, gc=False):
    """A paragraph, heading, caption or code block.

    lines: the blocks between single line breaks, as nested markup. frame: for code.
    """

    kind: Kind
    level: int
    blocks: list[Block]
    lines: list[list[Inline]]
    frame: Frame | None


class Rule(msgspec.Struct, frozen=True, gc=False):
    """A horizontal rule between two parts of the essay."""


class Cell(msgspec.Struct, gc=False):
    """A cell of a data table, with its position, row span and column span."""

    row: int
    column: int
    rows: int
    columns: int
    is_header: bool
    content: Element


class Element(msgspec.Struct, gc=False):
    """A structural element and its children."""

    frame: Frame | None
    children: list[Node]

    def leaves(self) -> Iterable[Leaf]:
        """All leaves inside, in page order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            elif isinstance(child, Element):
                yield from child.leaves()


Node: TypeAlias = Element | Leaf | Rule


def build(blocks: Sequence[Block]) -> list[Node]:
    """The tree of the body blocks. Other blocks are left out, but end a run of soft lines.

    Footnotes are at the top level, wherever they were: frames of kind note, whose `number` counts the references.
    """
    body = [block for block in blocks if block.label is Label.BODY and (block.text or block.spans)]
    notes = _notes(body)
    essay = Element(None, [])
    path: list[Element] = []
    for block in body:
        line = _line(block, notes)
        if not line:
            continue
        frames = _frames(block, notes)
        common = 0
        while common < min(len(path), len(frames)) and _same(path[common].frame, frames[common]):
            common += 1
        del path[common:]
        if block.ruled and not (_is_in(path, _RULELESS) or any(frame.kind == "note" for frame in frames)):
            (path[-1] if path else essay).children.append(Rule())
        for frame in frames[common:]:
            element = Element(frame, [])
            (path[-1] if path else essay).children.append(element)
            path.append(element)
        _append(path[-1] if path else essay, block, line)
    return essay.children


def cells(table: Element) -> list[Cell] | None:
    """The cells of a data table, row by row, numbered without gaps; None for a layout table.

    Columns in which no cell starts are dropped, so that spans never exceed the table's width.
    """
    found: list[tuple[int, int, Frame, Element]] = []
    for child in table.children:
        if not isinstance(child, Element):
            if not isinstance(child, Leaf) or child.kind is not Kind.CAPTION:
                return None
            continue
        first = next(iter(child.leaves())).blocks[0]
        if child.frame is None or child.frame.kind != "cell" or first.row is None or first.column is None:
            return None
        if _is_layout(child):
            return None
        found.append((first.row, first.column, child.frame, child))
    found.sort(key=lambda cell: cell[:2])
    rows = sorted({row for row, _, _, _ in found})
    columns = sorted({column for _, column, _, _ in found})
    is_line = len(rows) == 1 or len(columns) == 1
    if not found or is_line or len(rows) * len(columns) > _MAX_CELLS_PER_FILLED_CELL * len(found):
        return None
    placed: list[Cell] = []
    for row, column, frame, content in found:
        top, left = bisect_left(rows, row), bisect_left(columns, column)
        height = bisect_left(rows, row + frame.rowspan) - top
        width = bisect_left(columns, column + frame.colspan) - left
        if placed and placed[-1].row == top:
            # Cells overlap on malformed pages; the later one keeps its position.
            placed[-1].columns = max(min(placed[-1].columns, left - placed[-1].column), 1)
        placed.append(Cell(top, left, max(height, 1), max(width, 1), frame.header, content))
    return placed


def _is_layout(cell: Element) -> bool:
    """Whether a cell has content that no data table has."""
    if any(isinstance(child, Element) and child.frame and child.frame.kind == "table" for child in cell.children):
        return True
    size = 0
    for leaf in cell.leaves():
        size += sum(len(block.text) for block in leaf.blocks)
        if leaf.kind is Kind.HEADING or size > _MAX_CHARACTERS_PER_CELL:
            return True
    return False


def _notes(body: Sequence[Block]) -> dict[str, int]:
    """The numbers of the footnotes that exist and are referred to, by the keys of their frames."""
    references = dict.fromkeys(
        span.target for block in body for span in block.spans if span.kind is SpanKind.NOTE and span.target
    )
    if not references:
        return {}
    there = {str(frame.key) for block in body for frame in block.within if frame.kind == "note"}
    return {key: number for number, key in enumerate((key for key in references if key in there), 1)}


def _frames(block: Block, notes: Mapping[str, int]) -> list[Frame]:
    """The frames around a block that are written; code belongs to the leaf."""
    frames: list[Frame] = []
    for frame in block.within:
        if frame.kind == "note":
            if number := notes.get(str(frame.key)):
                frames = [Frame("note", frame.key, number)]
        elif frame.kind != "code" and len(frames) < _MAX_DEPTH:
            frames.append(frame)
    implied = _IMPLIED.get(block.kind)
    if implied is None or any(frame.kind in implied for frame in frames):
        return frames
    # The page's keys are at least 0, so negative ones are free. Adjacent blocks share the list or quote, not the item.
    if block.kind is Kind.ITEM:
        return [*frames, Frame("list", -1), Frame("item", -2 - block.index)]
    return [*frames, Frame("quote", -1)]


def _is_in(path: Sequence[Element], kinds: frozenset[str]) -> bool:
    return any(element.frame is not None and element.frame.kind in kinds for element in path)


def _same(frame: Frame | None, other: Frame) -> bool:
    return frame is not None and frame.key == other.key and frame.kind == other.kind


def _line(block: Block, notes: Mapping[str, int]) -> list[Inline]:
    """The block's text as nested markup; empty if nothing is to be written (an unsafe image, an anchor)."""
    return [clean(block.text)] if block.kind is Kind.CODE else nest(block, notes)


def _append(parent: Element, block: Block, line: list[Inline]) -> None:
    """Add a block to its element, as a line of the previous leaf if only a line break separates them."""
    is_code = block.kind is Kind.CODE
    code = next((frame for frame in block.within if frame.kind == "code"), None) if is_code else None
    before = parent.children[-1] if parent.children else None
    if isinstance(before, Leaf) and before.kind is block.kind and before.level == block.level:
        goes_on = block.soft and before.blocks[-1].index == block.index - 1
        if goes_on if not is_code else code is not None and before.frame is not None and before.frame.key == code.key:
            before.blocks.append(block)
            before.lines.append(line)
            return
    parent.children.append(Leaf(block.kind, block.level, [block], [line], code))
