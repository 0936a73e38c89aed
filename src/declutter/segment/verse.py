"""Text whose line breaks a browser shows: verse, and paragraphs styled so."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from declutter.outline import Outline

_Of = TypeVar("_Of")

_STYLE: Final = b"style"  # see walk.py
_VERSE: Final = re.compile(r"(?:^|[\s_-])(?:verse|poem|poetry|stanza|lyrics)(?=[\s_-]|$)", re.IGNORECASE)
_SHOWN: Final = re.compile(r"white-space(?:-collapse)?\s?:\s?(?:pre\b|preserve|break-spaces)", re.IGNORECASE)


def is_verse(number: int, outline: Outline) -> bool:
    """Whether the class of a preformatted element, or of the element around it, names verse."""
    return any(_VERSE.search(outline.names[at]) for at in (number, outline.parents[number]))


def shows_lines(node: _Element, names: str) -> bool:
    """Whether the element's own style, or the class by which Tailwind sets it, makes a browser show its line breaks."""
    if "whitespace-pre" in names:
        return True
    style = node.get(_STYLE)
    return style is not None and _SHOWN.search(style) is not None


def verse_lines(
    parts: Sequence[str], marks: Sequence[tuple[str, int, int, _Of]]
) -> list[tuple[list[str], list[tuple[str, int, int, _Of]]]]:
    """The parts of each line with its inline markup, whose positions count from the line's first part.

    Markup that goes on over several lines is in each of them.
    """
    pieces: list[str] = []
    moved: list[int] = []  # by part: its first piece
    bounds = [0]
    for part in parts:
        moved.append(len(pieces))
        head, *others = part.split("\n")
        pieces.append(head)
        for other in others:
            bounds.append(len(pieces))
            pieces.append(other)
    moved.append(len(pieces))
    bounds.append(len(pieces))
    held: list[list[tuple[str, int, int, _Of]]] = [[] for _ in bounds[1:]]
    for kind, first, past, of in marks:
        start, end = moved[first], moved[past]
        line = min(bisect_right(bounds, start) - 1, len(held) - 1)
        while line < len(held) and (bounds[line] < end or start == end):
            at = bounds[line]
            held[line].append((kind, max(start, at) - at, min(end, bounds[line + 1]) - at, of))
            if start == end:
                break
            line += 1
    return [(pieces[bounds[line] : bounds[line + 1]], held[line]) for line in range(len(held))]
