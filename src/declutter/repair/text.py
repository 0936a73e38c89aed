"""Edits of a text: applying them, showing them with context, and moving offsets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

_MAX_AROUND: Final = 12
"""Maximum characters of context in a word; Chinese has no spaces to stop at."""


class Edit(NamedTuple):
    """Replaces `text[start:end]` with `new`."""

    start: int
    end: int
    new: str

    def shown(self, text: str) -> tuple[str, str]:
        """The text before and after an edit, extended to whole words."""
        start, end = self.start, self.end
        while start and not text[start - 1].isspace() and self.start - start < _MAX_AROUND:
            start -= 1
        while end < len(text) and not text[end].isspace() and end - self.end < _MAX_AROUND:
            end += 1
        return text[start:end], text[start : self.start] + self.new + text[self.end : end]


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits, which are in order and do not overlap."""
    pieces = []
    at = 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.new]
        at = edit.end
    return "".join([*pieces, text[at:]])


def moved(place: int, edits: Sequence[Edit]) -> int:
    """The offset after the edits; for one inside an edit, the edit's end."""
    shift = 0
    for edit in edits:
        if place <= edit.start:
            break
        if place < edit.end:
            return edit.start + shift + len(edit.new)
        shift += len(edit.new) - (edit.end - edit.start)
    return place + shift
