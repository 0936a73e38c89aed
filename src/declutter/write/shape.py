"""The essay's structure, rebuilt from its blocks: the tree that Markdown and HTML are written from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.model import Block, Frame, Kind, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# Deeper frames are left out: nobody reads them, and each costs every line inside a prefix.
_MAX_DEPTH: Final = 24
# Tables with more blank than filled cells by this factor are no tables (a table with colspan 1000 in every row).
_MAX_CELLS_PER_FILLED_CELL: Final = 20
# Data tables of the WCXB development pages hold at most some hundred characters a cell; layout tables whole articles.
_MAX_CHARACTERS_PER_CELL: Final = 1500
# What a block is in when its kind says more than its frames do (hand-made blocks, sources without structure).
_IMPLIED: Final = {Kind.ITEM: "item", Kind.QUOTE: "quote"}


class Leaf(msgspec.Struct):
    """A paragraph, heading, caption or code block: blocks that a single line break parts."""

    kind: Kind
    level: int
    blocks: list[Block]
    frame: Frame | None = None


class Cell(msgspec.Struct):
    """A cell of a data table: its place in the table, its frame, and what it holds."""

    row: int
    column: int
    frame: Frame
    content: Element


class Element(msgspec.Struct):
    """A structural element and what it holds; the essay itself has no frame."""

    frame: Frame | None
    children: list[Node]

    def leaves(self) -> Iterable[Leaf]:
        """All leaves below, in page order."""
        for child in self.children:
            if isinstance(child, Leaf):
                yield child
            else:
                yield from child.leaves()


Node: TypeAlias = Element | Leaf


def build(blocks: Sequence[Block]) -> Element:
    """The tree of the body blocks; what is not the essay is left out and parts nothing but soft lines."""
    essay = Element(None, [])
    path: list[Element] = []
    for block in blocks:
        if block.label is not Label.BODY or not (block.text or block.spans):
            continue
        frames = _frames(block)
        common = 0
        while common < min(len(path), len(frames)) and _same(path[common].frame, frames[common]):
            common += 1
        del path[common:]
        for frame in frames[common:]:
            element = Element(frame, [])
            (path[-1] if path else essay).children.append(element)
            path.append(element)
        _append(path[-1] if path else essay, block)
    return essay


def cells(table: Element) -> list[Cell] | None:
    """The cells of a data table, rows and columns numbered without gaps; None for a table that only lays out text."""
    found = []
    for child in table.children:
        if isinstance(child, Leaf):
            if child.kind is not Kind.CAPTION:
                return None
            continue
        first = next(iter(child.leaves())).blocks[0]
        if child.frame is None or child.frame.kind != "cell" or first.row is None or first.column is None:
            return None
        if _is_layout(child):
            return None
        found.append(Cell(first.row, first.column, child.frame, child))
    rows = {row: place for place, row in enumerate(sorted({cell.row for cell in found}))}
    columns = {column: place for place, column in enumerate(sorted({cell.column for cell in found}))}
    if len(rows) < 2 or len(columns) < 2 or len(rows) * len(columns) > _MAX_CELLS_PER_FILLED_CELL * len(found):
        return None
    for cell in found:
        cell.row, cell.column = rows[cell.row], columns[cell.column]
    return found


def _is_layout(cell: Element) -> bool:
    """Whether a cell holds what no cell of a data table holds."""
    if any(isinstance(child, Element) and child.frame and child.frame.kind == "table" for child in cell.children):
        return True
    size = 0
    for leaf in cell.leaves():
        size += sum(len(block.text) for block in leaf.blocks)
        if leaf.kind is Kind.HEADING or size > _MAX_CHARACTERS_PER_CELL:
            return True
    return False


def _frames(block: Block) -> list[Frame]:
    """The frames around a block that give shape; code is a leaf's own."""
    frames = [frame for frame in block.within if frame.kind != "code"][:_MAX_DEPTH]
    implied = _IMPLIED.get(block.kind)
    if implied is None or any(frame.kind == implied for frame in frames):
        return frames
    # Keys of the page count from 0, so these meet none of them: neighbours share the list or quote, not the item.
    if implied == "item":
        return [*frames, Frame("list", -1), Frame("item", -2 - block.index)]
    return [*frames, Frame("quote", -1)]


def _same(frame: Frame | None, other: Frame) -> bool:
    return frame is not None and frame.key == other.key and frame.kind == other.kind


def _append(parent: Element, block: Block) -> None:
    """Add a block to its element, as a line of the leaf before it where the page parts them by a line break only."""
    code = next((frame for frame in block.within if frame.kind == "code"), None)
    before = parent.children[-1] if parent.children else None
    if isinstance(before, Leaf) and before.kind is block.kind and before.level == block.level:
        goes_on = (
            code is not None and before.frame is not None and before.frame.key == code.key
            if block.kind is Kind.CODE
            else block.soft and before.blocks[-1].index == block.index - 1
        )
        if goes_on:
            before.blocks.append(block)
            return
    parent.children.append(Leaf(block.kind, block.level, [block], code))
