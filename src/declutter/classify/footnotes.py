"""Footnotes belong to the essay that refers to them, wherever they are on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.notes import Note
    from declutter.outline import Outline

_TAKEN: Final = frozenset({Label.CHROME, Label.META, Label.RELATED})
"""Labels of blocks outside the essay that say the least."""


def take_footnotes(outline: Outline, labels: list[Label], notes: Iterable[Note]) -> None:
    """Label the text of footnotes as body, but not links back in blocks of their own.

    notes: those that the essay refers to.
    """
    inside = {element for note in notes for element in range(note.element, note.past)}
    for block, owner in enumerate(outline.owners) if inside else ():
        if owner in inside and labels[block] in _TAKEN and outline.linked[block] < len(outline.texts[block]):
            labels[block] = Label.BODY
