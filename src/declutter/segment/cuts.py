"""What the walk gathers between two cuts becomes a block: its text, folded, and the positions of its inline markup."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.model import Kind, SpanKind
from declutter.outline import LonePicture, Mark, Outline, Picture
from declutter.segment.formulas import Formula
from declutter.segment.verse import verse_lines

if TYPE_CHECKING:
    from collections.abc import Callable

# With names instead of enum members, the gathered tuples hold nothing for the garbage collector to follow, even when
# one text has a million siblings.
LINK, CODE, FORMULA, PICTURE = (kind.value for kind in (SpanKind.LINK, SpanKind.CODE, SpanKind.FORMULA, SpanKind.IMAGE))
"""Kinds of inline markup that the walk asks about, by name."""
_SPAN_KINDS: Final = {kind.value: kind for kind in SpanKind}
_PICTURES: Final = frozenset({PICTURE, FORMULA})

_CODE_KIND: Final = Kind.CODE
_LINK_SPAN: Final = SpanKind.LINK  # see Label


class Link(msgspec.Struct, frozen=True, gc=False):
    """A link that is more than its target; see Mark."""

    target: str | None
    is_tag: bool
    name: str | None


Data: TypeAlias = str | Link | Picture | Formula | None
"""The data of a piece of inline markup: the target of most links; None for emphasis, code, and pictures with nothing to
show."""
Gathered: TypeAlias = tuple[str, int, int, Data]
"""Inline markup: name of its kind, first part, one past its last part, data."""
Open: TypeAlias = tuple[str, int, Data]
"""Inline markup that is still open: name of its kind, first part, data."""


def flusher(outline: Outline, parts: list[str], marks: list[Gathered], opened: list[Open]) -> Callable[[int, int], int]:
    """Make the function that closes the block collected in parts and marks, if it has any text.

    Its arguments are the block's element and the number of <br> before it; it returns the number of <br> still to be
    recorded. Open inline markup continues in the next block. It is a closure per walk, because local look-ups are
    faster at every block.
    """
    kinds, texts, owners = outline.kinds, outline.texts, outline.owners
    add_text, add_owner, add_marks = texts.append, owners.append, outline.marks.append
    add_linked, add_soft = outline.linked.append, outline.softs.append
    lined = outline.lined

    def flush(owner: int, breaks: int) -> int:
        count = len(parts)
        if opened:
            _go_on(opened, marks, count)
        if lined and owner in lined:
            breaks = _add_lines(outline, owner, breaks, verse_lines(parts, marks))
            parts.clear()
            marks.clear()
            return breaks
        spans: tuple[Mark, ...] = ()
        linked = 0
        if not count:
            text = ""
        elif kinds[owner] is _CODE_KIND:
            text, spans, linked = _verbatim(parts, marks)
        elif not marks:
            text = folded(parts[0] if count == 1 else "".join(parts))
        elif count == 1 and len(marks) == 1 and marks[0][1] == 0 and marks[0][2] == 1:
            text = folded(parts[0])
            kind, _, _, data = marks[0]
            if text:
                spans = (_mark(text, 0, len(text), kind, data),)
                linked = len(text) if kind == LINK else 0
        else:
            text, spans, linked = _fold(parts, marks)
        if text:
            add_soft(breaks == 1 and bool(owners) and owners[-1] == owner)
            add_text(text)
            add_owner(owner)
            add_marks(spans)
            add_linked(linked)
            breaks = 0
        elif marks:
            outline.images += _lone_pictures(marks, len(texts), owner)
        parts.clear()
        marks.clear()
        return breaks

    return flush


def _go_on(opened: list[Open], marks: list[Gathered], count: int) -> None:
    """Add the open inline markup to that of a block of `count` parts; it continues in the next block."""
    for position, (kind, start, data) in enumerate(opened):
        if count > start:
            marks.append((kind, start, count, data))
        opened[position] = (kind, 0, data)


def _add_lines(outline: Outline, owner: int, breaks: int, lines: list[tuple[list[str], list[Gathered]]]) -> int:
    """Add a block for each line of an element whose line breaks show. An empty line stands for a second <br>."""
    for line, marks in lines:
        text, spans, linked = _fold(line, marks)
        if text:
            outline.softs.append(breaks == 1 and bool(outline.owners) and outline.owners[-1] == owner)
            outline.texts.append(text)
            outline.owners.append(owner)
            outline.marks.append(spans)
            outline.linked.append(linked)
            breaks = 0
        elif marks:
            outline.images += _lone_pictures(marks, len(outline.texts), owner)
        breaks += 1
    return breaks - 1


def _lone_pictures(marks: list[Gathered], before: int, owner: int) -> list[LonePicture]:
    return [LonePicture(before, owner, _mark("", 0, 0, kind, data)) for kind, _, _, data in marks if kind in _PICTURES]


def _mark(text: str, start: int, end: int, kind: str, data: Data) -> Mark:
    """A mark at a position of the text."""
    if isinstance(data, str):
        return Mark(start, end, _LINK_SPAN, data)
    if data is None:
        return Mark(start, end, _SPAN_KINDS[kind])
    if isinstance(data, Link):
        return Mark(start, end, _LINK_SPAN, data.target, data.is_tag, data.name)
    if isinstance(data, Formula):
        return data.mark(text, start, end)
    return Mark(start, end, SpanKind.IMAGE, picture=data)


def _verbatim(parts: list[str], marks: list[Gathered]) -> tuple[str, tuple[Mark, ...], int]:
    """The text of code, with its white space kept except blank lines around it; no-break spaces are indentation."""
    whole = "".join(parts).replace("\xa0", " ")
    text = whole.strip("\r\n").rstrip()
    if not text.strip():
        return "", (), 0
    lead = len(whole) - len(whole.lstrip("\r\n"))
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    size = len(text)
    spans = []
    linked = 0
    for kind, first, past, data in marks:
        start, end = max(0, min(size, offsets[first] - lead)), max(0, min(size, offsets[past] - lead))
        if end > start:
            spans.append(_mark(text, start, end, kind, data))
            linked += end - start if kind == LINK else 0
    return text, _in_order(spans), linked


def folded(text: str) -> str:
    """The text with each run of white space as one space, and none around it."""
    text = text.strip()
    # Of all white space, only the space is printable. Nearly every text is folded already, and splitting takes longer.
    return text if text.isprintable() and "  " not in text else " ".join(text.split())


def _fold(parts: list[str], marks: list[Gathered]) -> tuple[str, tuple[Mark, ...], int]:
    """Fold white space, and map the positions of the markup to the folded text."""
    pieces: list[str] = []
    starts = []
    size = 0
    gap = False
    for part in parts:
        starts.append(size)
        piece = folded(part)
        if not piece:
            gap = gap or bool(part)
            continue
        if size and (gap or part[0].isspace()):
            pieces.append(" ")
            size += 1
        pieces.append(piece)
        size += len(piece)
        gap = part[-1].isspace()
    starts.append(size)
    if not size:
        return "", (), 0
    text = "".join(pieces)
    spans = []
    linked = 0
    for kind, first, past, data in marks:
        start, end = starts[first], starts[past]
        if kind == PICTURE or (kind == FORMULA and first == past):
            if data is not None:
                spans.append(_mark(text, start, start, kind, data))
            continue
        if start < size and text[start] == " ":
            start += 1
        if end > start:
            spans.append(_mark(text, start, end, kind, data))
            if kind == LINK:
                linked += end - start
    return text, _in_order(spans), linked


def _in_order(marks: list[Mark]) -> tuple[Mark, ...]:
    """The marks by start, the longest first among those with the same start.

    They close in this order unless they are nested, so the common case of a million marks needs no sort keys.
    """
    begun, ended = -1, 0
    for mark in marks:
        start, end = mark.start, mark.end
        if start < begun or (start == begun and end > ended):
            return tuple(sorted(marks, key=_by_place))
        begun, ended = start, end
    return tuple(marks)


def _by_place(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end
