"""Tables are decided as a whole: cells judged one by one leave holes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Label
from declutter.tables import find_tables

if TYPE_CHECKING:
    from declutter.outline import Outline


# So many cells more than half. On the WCXB and DAnIEL development pages that tells tables with linked names in them
# from small ones that lay out the article's text beside teasers, polls and addresses.
_MIN_CELLS_OVER_HALF: Final = 2
# A column of shop buttons is no data, nor is the page's title in whatever it stands.
_KEPT: Final = frozenset({Label.TITLE, Label.PROMO})


def settle_tables(outline: Outline, labels: list[Label]) -> None:
    """Label all cells of a data table body, but for its advertisements, where clearly most of its filled cells are."""
    for table in find_tables(outline):
        filled = [cell for cell in table.cells if cell.blocks]
        own = sum(all(labels[block] is Label.BODY for block in cell.blocks) for cell in filled)
        if own <= len(filled) / 2 + _MIN_CELLS_OVER_HALF:
            continue
        for cell in filled:
            for block in cell.blocks:
                if labels[block] not in _KEPT:
                    labels[block] = Label.BODY
