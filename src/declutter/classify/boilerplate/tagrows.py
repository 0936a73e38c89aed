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
_DIRECTLY: Final = 6
"""Blocks after the essay within which a row of tags begins."""
_MIN_TAGS: Final = 2
_MAX_WORDS: Final = 2
"""Mean number of words in the links of a row of tags; short headlines have more."""
_ARROWS: Final = frozenset("«‹←»›→<>")
_HASHTAGS: Final = re.compile(r"(?:#[^\s#]{1,40}[\s,，、]*)+")


def tag_row(regions: Regions, cues: CueReader, *, past: int) -> set[int]:
    """The linked blocks that are tags by their form. past: the first block after the essay's last paragraph.

    A row whose links have cue words is of services, `Share` and `Print`, or a menu.
    """
    outline, anchors = regions.outline, regions.anchors
    texts = outline.texts
    hashed = [number for number, anchor in enumerate(anchors) if anchor and texts[number][0] == "#"]
    tags = {number for number in hashed if _HASHTAGS.fullmatch(texts[number])}
    number = past
    while past <= number < min(past + _DIRECTLY, len(anchors)):
        row = _row_from(regions, number) if anchors[number] else []
        if row and _holds_tags(regions, cues, row):
            return tags.union(row)
        number += len(row) or 1
    return tags


def _row_from(regions: Regions, start: int) -> list[int]:
    """The short links from a block on that are in elements of one kind."""
    row: list[int] = []
    for number in range(start, min(start + NEAR, len(regions.anchors))):
        if not 0 < regions.anchors[number] <= MAX_TAG or (row and not _alike(regions.outline, row[-1], number)):
            break
        row.append(number)
    return row


def _holds_tags(regions: Regions, cues: CueReader, row: list[int]) -> bool:
    """Whether a row has no heading, cue words or long links, and is in no menu."""
    outline = regions.outline
    if outline.tags[outline.owners[row[0] - 1]] in HEADING_TAGS:
        return False
    if any(regions.scores[outline.owners[number]][CHROME] >= OF_MENUS for number in row):
        return False
    links = [text for number in row for text in _linked(outline, number)]
    if any(text[0] in _ARROWS for text in links):
        return False  # ways back into the site
    words = sum([1 + text.count(" ") for text in links])
    return len(links) >= _MIN_TAGS and words <= _MAX_WORDS * len(links) and not any(map(cues.vocabulary.find, links))


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
