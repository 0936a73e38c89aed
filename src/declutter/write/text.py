"""The essay as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.model import Kind, Label
from declutter.write.safety import clean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Block


def render(blocks: Sequence[Block]) -> str:
    """The body blocks in order, one line each, without the title. Cells of a row share a line, separated by tabs."""
    lines: list[str] = []
    before: Block | None = None
    for block in blocks:
        if block.label is not Label.BODY or not block.text:
            continue
        if before is not None and _share_row(before, block):
            lines[-1] += "\t" + clean(block.text)
        else:
            lines.append(clean(block.text))
        before = block
    return "\n".join(lines)


def _share_row(block: Block, other: Block) -> bool:
    return (
        block.kind is Kind.CELL
        and other.kind is Kind.CELL
        and block.row is not None
        and block.row == other.row
        and block.column != other.column
        and block.within[:-1] == other.within[:-1]
    )
