"""Decides tables as a whole: judging cells one by one would leave holes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.outline import Outline
    from declutter.tables import Table


# Number of cells beyond half. On the WCXB and DAnIEL development pages this separates tables with linked names from
# small ones that lay out the article's text beside teasers, polls and addresses.
_MIN_CELLS_OVER_HALF: Final = 2
_MAX_LINKED: Final = 0.3
# A column of shop buttons is not data, nor is the page's title.
_KEPT: Final = frozenset({Label.TITLE, Label.PROMO})


def settle_tables(outline: Outline, labels: list[Label], tables: Iterable[Table]) -> None:
    """Label all cells of a data table body, except advertisements, if a clear majority of its filled cells is body.

    tables: the page's, from `find_tables`.
    """
    for table in outline.deadline.watch(tables):
        filled = [cell for cell in table.cells if cell.blocks]
        own = sum(all(labels[block] is Label.BODY for block in cell.blocks) for cell in filled)
        if own <= len(filled) / 2 + _MIN_CELLS_OVER_HALF and not _amid_essay(outline, labels, table):
            continue
        for block in (*_caption(outline, table), *(block for cell in filled for block in cell.blocks)):
            if labels[block] not in _KEPT:
                labels[block] = Label.BODY


def _amid_essay(outline: Outline, labels: list[Label], table: Table) -> bool:
    """Whether the table is between two essay blocks and hardly linked."""
    blocks = sorted(block for cell in table.cells for block in cell.blocks)
    if not blocks or blocks[0] == 0 or blocks[-1] + 1 == len(labels):
        return False
    length = sum(len(outline.texts[block]) for block in blocks)
    linked = sum(outline.linked[block] for block in blocks)
    before = min((blocks[0], *_caption(outline, table))) - 1
    around = labels[before], labels[blocks[-1] + 1]
    return around == (Label.BODY, Label.BODY) and linked <= _MAX_LINKED * length


def _caption(outline: Outline, table: Table) -> list[int]:
    """The blocks of the table's caption, which precedes its first cell."""
    at = min((block for cell in table.cells for block in cell.blocks), default=0)
    caption = []
    while at > 0 and outline.tags[outline.owners[at - 1]] == "caption":
        at -= 1
        caption.append(at)
    return caption
