"""Removes from the essay regions whose class names say that they are something else.

Readers' comments are long, well-formed texts; sign-up boxes and lists of pointers may stand between paragraphs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import CHROME, COMMENT, NONE, PROMO, RELATED, TAGS, scores_of
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Callable

    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.page import Page
    from declutter.outline import Outline

_BODY: Final = Label.BODY
_CAPTION: Final = Kind.CAPTION  # see Label

_MIN_SCORE: Final = 2.5
"""Log-odds of a class word with a single meaning."""
_SHARES: Final = re.compile(
    r"(?<![a-z])(?:shar(?:e|ing)(?![a-z])|sharedaddy|share(?:bar|box|tools|buttons)|addtoany|addthis)", re.IGNORECASE
)
"""Other words for services are also words of reviews (`rating`, `report`) and of headings made into an id."""
_MAX_BOX_SHARE: Final = 0.1
_MAX_BOX: Final = 8
"""Blocks of a box inside the essay; a bigger one is more likely the essay under an odd name."""
_ROOTS: Final = frozenset({"html", "body"})


def claim_regions(page: Page, labels: list[Label]) -> None:
    """Remove from the essay blocks below the headline in regions whose class says comments, and in small named boxes.

    Comments stay in the essay if no paragraph is outside them: the page is a forum, or the class name is misleading.
    Elements that contain the headline are left alone, too: an article's element may be named after the comments it
    includes.
    """
    outline, places, prose = page.outline, page.places, page.shapes.prose
    known = _around_title(outline, places)
    claimed: dict[tuple[int, int], list[int]] = {}
    total = 0
    has_own = False
    title = places.title
    for number, label in enumerate(outline.deadline.watch(labels)):
        if label is not _BODY:
            continue
        total += len(outline.texts[number])
        if outline.kinds[outline.owners[number]] is _CAPTION:
            continue
        if title is not None and number <= title:
            continue
        region = _region(outline, outline.owners[number], known)
        has_own = has_own or (region[1] != COMMENT and number in prose)
        if region[0]:
            claimed.setdefault(region, []).append(number)
    for (_, place), numbers in claimed.items():
        if place == COMMENT:
            claims = has_own
        elif place == CHROME and not prose.isdisjoint(numbers):
            claims = False
        else:
            claims = (
                len(numbers) <= _MAX_BOX
                and sum([len(outline.texts[number]) for number in numbers]) <= _MAX_BOX_SHARE * total
            )
        if claims:
            for number in numbers:
                labels[number] = Label.CHROME


def _around_title(outline: Outline, places: Places) -> dict[int, tuple[int, int]]:
    if places.title is None or places.title > places.first:
        return {}
    return dict.fromkeys(outline.ancestors(outline.owners[places.title]), (0, -1))


def comment_test(outline: Outline) -> Callable[[int], bool]:
    """A function that tells whether a block is in a region whose class says comments."""
    known: dict[int, tuple[int, int]] = {}
    return lambda number: _region(outline, outline.owners[number], known)[1] == COMMENT


def _region(outline: Outline, element: int, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """The outermost comment region around an element, or the innermost named box, with its label; (0, -1) for none."""
    if not outline.names[element]:
        element = outline.parents[element]  # shared by the paragraphs of an essay
    path = []
    at = element
    while at > 0 and at not in known:
        path.append(at)
        at = outline.parents[at]
    region = known.get(at, (0, -1))
    for at in reversed(path):
        if region[1] != COMMENT and outline.names[at] and outline.tags[at] not in _ROOTS:
            place = _place_of(outline.tags[at], outline.names[at])
            if place >= 0:
                region = at, place
        known[at] = region
    return region


@lru_cache(maxsize=8192)
def _place_of(tag: str, name: str) -> int:
    """The label that an element's class unambiguously stands for, as a place in ORDER; -1 for none."""
    scores = scores_of(tag, name)
    if scores is NONE:
        return -1
    place = max((COMMENT, PROMO, RELATED, TAGS), key=scores.__getitem__)
    if scores[place] >= _MIN_SCORE:
        return place
    if scores[CHROME] > scores[place] and tag not in HEADING_TAGS and _SHARES.search(name):
        return CHROME
    return -1
