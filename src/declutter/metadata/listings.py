"""Listing pages, such as archives and section fronts. Author and date of their entries are not those of the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from declutter.model import Block, Kind, Label

_BODY: Final = Label.BODY
_HEADING: Final = Kind.HEADING  # see Label

_OF_PAGE: Final = frozenset({Label.BODY, Label.META})
"""Labels of entry headings. The first one may be labelled meta, because it precedes the essay's first text."""
_MIN_ENTRIES: Final = 3
_MIN_LINKED: Final = 0.8
_MIN_PROSE: Final = 120
_MAX_INTRODUCTIONS: Final = 1
_MAX_PROSE: Final = 1.5
"""Maximum number of long paragraphs per entry. A list of recommendations has linked headings too, but longer texts, and
an introduction above the first heading.
"""


def first_entry(blocks: Sequence[Block]) -> int | None:
    """The index of the first linked heading in the essay of a listing page; None on other pages."""
    entries = [
        block.index for block in blocks if block.kind is _HEADING and block.label in _OF_PAGE and _is_link(block)
    ]
    if len(entries) < _MIN_ENTRIES:
        return None
    prose = [
        block.index
        for block in blocks
        if block.label is _BODY and block.kind is not _HEADING and len(block.text) >= _MIN_PROSE
    ]
    introductions = sum(index < entries[0] for index in prose)
    is_list = introductions <= _MAX_INTRODUCTIONS and len(prose) - introductions <= _MAX_PROSE * len(entries)
    return entries[0] if is_list else None


def _is_link(block: Block) -> bool:
    return sum(span.end - span.start for span in block.links) >= _MIN_LINKED * len(block.text) > 0
