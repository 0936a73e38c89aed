"""Tables are decided as a whole: cells judged one by one leave holes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.model import Label
from declutter.tables import find_tables

if TYPE_CHECKING:
    from declutter.outline import Outline


def settle_tables(outline: Outline, labels: list[Label]) -> None:
    """Label all cells of a data table body where most of its filled cells are."""
    for table in find_tables(outline):
        filled = [cell for cell in table.cells if cell.blocks]
        own = sum(any(labels[block] is Label.BODY for block in cell.blocks) for cell in filled)
        if own * 2 <= len(filled):
            continue
        for cell in filled:
            for block in cell.blocks:
                if labels[block] is not Label.TITLE:
                    labels[block] = Label.BODY
