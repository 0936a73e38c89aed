"""By how much labels win: what confidence is read from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Label

DECIDED: Final = 2.0
"""Log-odds by which a label wins that one thing decides for many blocks: a table, a card, a run of teasers."""


def overrule(before: Sequence[Label], labels: Sequence[Label], margins: list[float]) -> None:
    """Where a step changed a label as a whole, by how much the old one had won says nothing of the new."""
    if before == labels:
        return
    for number, (old, new) in enumerate(zip(before, labels, strict=True)):
        if new is not old:
            margins[number] = DECIDED
