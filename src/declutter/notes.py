"""The footnotes of a page, found by the essay's short links within the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.model import Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label
_LINK: Final = SpanKind.LINK
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_REFERENCE: Final = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})[\])]?")
_MAX_REFERENCE: Final = 6
_NOTE_TAGS: Final = frozenset({"li", "p", "div", "aside", "dd", "dt", "td"})
# A larger element is a section that a number in a table of contents links to.
_MAX_ELEMENTS_PER_NOTE: Final = 40


class Note(NamedTuple):
    """A footnote: its element's number in the outline, one past the last element in it, and its mark in the text (`1`,
    `*`).
    """

    element: int
    past: int
    sign: str


def find_notes(outline: Outline, labels: Sequence[Label]) -> dict[str, Note]:
    """The footnotes by id: the targets of the essay's short in-page links, further down the page.

    Links are matched by their fragment, because some systems write the page's own URL before it.
    """
    wanted: dict[str, tuple[int, str]] = {}
    inline: dict[str, int] = {}
    for block, marks in enumerate(outline.deadline.watch(outline.marks)):
        text = outline.texts[block] if marks else ""
        # A number in a block of its own may be labelled as anything.
        if not marks or (labels[block] is not _BODY and len(text) > _MAX_REFERENCE):
            continue
        for mark in marks:
            if mark.kind is not _LINK or mark.end - mark.start > _MAX_REFERENCE or "#" not in (mark.target or ""):
                continue
            ident = fragment(mark.target)
            sign = _REFERENCE.fullmatch(text, mark.start, mark.end)
            if sign and ident:
                wanted.setdefault(ident, (outline.owners[block], sign[1]))
                # Word processors put the note's id on its back link.
                if mark.start == 0 and mark.name:
                    inline[mark.name] = outline.owners[block]
    if not wanted:
        return {}
    elements = {ident: element for ident, element in inline.items() if ident in wanted}
    for element, ident in outline.idents.items():
        if ident in wanted and outline.tags[element] in _NOTE_TAGS and wanted[ident][0] < element:
            elements.setdefault(ident, element)
    notes = {}
    owners = set(outline.owners)
    for ident, element in elements.items():
        before, number = wanted[ident]
        if before < element and (past := _end(outline, element)) and not owners.isdisjoint(range(element, past)):
            notes[ident] = Note(element, past, number)
    return notes


def fragment(target: str | None) -> str:
    """What follows the `#` of a URL."""
    return (target or "").partition("#")[2]


def _end(outline: Outline, element: int) -> int | None:
    """One past the last descendant of an element that may be a note; None if it has too many, or a heading."""
    inside = range(element + 1, min(element + 2 + _MAX_ELEMENTS_PER_NOTE, len(outline.tags)))
    end = next((at for at in inside if outline.parents[at] < element), inside.stop)
    is_note = end - element <= _MAX_ELEMENTS_PER_NOTE and _HEADINGS.isdisjoint(outline.tags[element:end])
    return end if is_note else None
