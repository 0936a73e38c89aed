"""The margins by which labels win, which confidence is derived from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Label

DECIDED: Final = 2.0
"""Log-odds by which a label wins if one decision sets it for many blocks: a table, a card, a run of teasers."""


def overrule(before: Sequence[Label], labels: Sequence[Label], margins: list[float]) -> None:
    """Set the margins of blocks whose label a step changed: the old label's margin says nothing about the new one."""
    if before == labels:
        return
    for number, (old, new) in enumerate(zip(before, labels, strict=True)):
        if new is not old:
            margins[number] = DECIDED
