"""Rows of tags: hashtags anywhere, and short links directly after the essay without a heading to name them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import CHROME
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.model import SpanKind

if TYPE_CHECKING:
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_LINK: Final = SpanKind.LINK  # see Label

MAX_TAG: Final = 24
NEAR: Final = 12
"""Blocks after the essay that may name author, source and tags."""
OF_MENUS: Final = 1.0
"""Log-odds for chrome from which an element is a menu or a footer."""
_DIRECTLY: Final = 4
"""Blocks after the essay within which a row of tags begins."""
_MIN_TAGS: Final = 2
_MAX_WORDS: Final = 2
"""Mean number of words in the links of a row of tags; short headlines have more."""
_HASHTAGS: Final = re.compile(r"(?:#[^\s#]{1,40}[\s,，、]*)+")


def tag_row(regions: Regions, cues: CueReader, *, past: int) -> set[int]:
    """The linked blocks that are tags by their form. past: the first block after the essay.

    A row whose links have cue words is of services, `Share` and `Print`, or a menu.
    """
    outline, anchors = regions.outline, regions.anchors
    texts = outline.texts
    hashed = [number for number, anchor in enumerate(anchors) if anchor and texts[number][0] == "#"]
    tags = {number for number in hashed if _HASHTAGS.fullmatch(texts[number])}
    start = next((number for number in range(past, min(past + _DIRECTLY, len(anchors))) if anchors[number]), 0)
    row: list[int] = []
    for number in range(start, min(start + NEAR, len(anchors)) if start else 0):
        if not 0 < anchors[number] <= MAX_TAG or (row and not _alike(outline, row[-1], number)):
            break
        row.append(number)
    if not row or outline.tags[outline.owners[row[0] - 1]] in HEADING_TAGS:
        return tags
    links = [text for number in row for text in _linked(outline, number)]
    words = sum([1 + text.count(" ") for text in links])
    if len(links) < _MIN_TAGS or words > _MAX_WORDS * len(links) or any(map(cues.of, links)):
        return tags
    return tags.union(number for number in row if regions.scores[outline.owners[number]][CHROME] < OF_MENUS)


def _alike(outline: Outline, one: int, other: int) -> bool:
    """Whether two blocks are in elements of one kind below one parent."""
    tags, parents = outline.tags, outline.parents
    first, second = outline.owners[one], outline.owners[other]
    for _ in range(2):
        if parents[first] == parents[second] and tags[first] == tags[second]:
            return first != second
        first, second = parents[first], parents[second]
    return False


def _linked(outline: Outline, number: int) -> list[str]:
    """The texts of a block's links."""
    text = outline.texts[number]
    return [text[mark.start : mark.end] for mark in outline.marks[number] if mark.kind is _LINK]
