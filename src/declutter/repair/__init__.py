"""Repairs damage that a portal did to a page's text, where it is unambiguous, and lists each repair.

Used only with `options.repair`. Blocks are repaired before they are classified, so that their cue words are found.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import structs

from declutter.model import Kind, Repair, RepairKind, SpanKind
from declutter.repair.encoding import find_mojibake
from declutter.repair.spaces import find_loose_spaces, find_lost_spaces
from declutter.repair.text import Edit, apply, moved
from declutter.repair.words import Words

if TYPE_CHECKING:
    from declutter.outline import Mark, Outline

__all__ = ["repair_field", "repair_outline"]


def repair_outline(outline: Outline, *, spoken: Iterable[str] = ()) -> list[Repair]:
    """Repair the outline's texts in place. Returns the repairs, whose `block` is the block's index in the outline.

    spoken: other texts of the page (its title, its keywords), whose spacing shows how glued words are separated.
    """
    repairs: list[Repair] = []
    for number, text in enumerate(outline.deadline.watch(outline.texts)):
        if not text.isascii():
            edges = [edge for mark in outline.marks[number] for edge in (mark.start, mark.end)]
            _mend(outline, number, "encoding", find_mojibake(text, edges), repairs)
        if "?" in text or "&" in text or not text.isascii():
            _mend(outline, number, "space", find_lost_spaces(outline.texts[number]), repairs)
        if outline.kinds[outline.owners[number]] is not Kind.CODE:
            _edit(outline, number, find_loose_spaces(outline.texts[number]))  # folding is not a reported repair
    words = Words([*outline.texts, *spoken])
    for number, text in enumerate(outline.deadline.watch(outline.texts)):
        _mend(outline, number, "words", words.find_glued(text), repairs)
    return sorted(repairs, key=lambda repair: repair.block or 0)


def repair_field(field: str, text: str, repairs: list[Repair]) -> str:
    """Repair a text of the page's head, and append the repairs to `repairs`."""
    edits = find_mojibake(text, ())
    repairs += [Repair("encoding", *edit.shown(text), field=field) for edit in edits]
    return apply(text, edits)


def _mend(outline: Outline, number: int, kind: RepairKind, edits: list[Edit], repairs: list[Repair]) -> None:
    """Apply edits to a block, and record them as repairs."""
    repairs += [Repair(kind, *edit.shown(outline.texts[number]), block=number) for edit in edits]
    _edit(outline, number, edits)


def _edit(outline: Outline, number: int, edits: list[Edit]) -> None:
    """Apply edits to a block, and shift its markup accordingly."""
    if not edits:
        return
    outline.texts[number] = apply(outline.texts[number], edits)
    marks = tuple(_moved(mark, edits) for mark in outline.marks[number])
    outline.marks[number] = marks
    outline.linked[number] = sum(mark.end - mark.start for mark in marks if mark.kind is SpanKind.LINK)


def _moved(mark: Mark, edits: list[Edit]) -> Mark:
    return structs.replace(mark, start=moved(mark.start, edits), end=moved(mark.end, edits))
