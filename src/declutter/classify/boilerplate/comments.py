"""Readers' comments that the main content stage took for the essay: long, well-formed texts in a region of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import COMMENT, scores_of
from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.header import Places
    from declutter.outline import Outline

_MIN_SCORE: Final = 2.5
"""A class word that stands for comments and nothing else."""
_MAX_SHARE: Final = 0.7
"""Of the essay's text. A page whose text nearly all stands in comments is a forum's or has a telling class name."""


def claim_comments(outline: Outline, places: Places, labels: list[Label]) -> None:
    """Take essay blocks below the headline out of regions whose class says comments."""
    known: dict[int, int] = {}
    claimed: dict[int, list[int]] = {}
    total = 0
    title = places.title
    for number, label in enumerate(labels):
        if label is not Label.BODY:
            continue
        total += len(outline.texts[number])
        region = _region(outline, outline.owners[number], known)
        if region and (title is None or number > title):
            claimed.setdefault(region, []).append(number)
    numbers = [number for found in claimed.values() for number in found]
    if numbers and sum(len(outline.texts[number]) for number in numbers) <= _MAX_SHARE * total:
        for number in numbers:
            labels[number] = Label.CHROME


def in_comments(outline: Outline, element: int) -> bool:
    """The element stands in a region whose class says comments."""
    return _region(outline, element, {}) > 0


def _region(outline: Outline, element: int, known: dict[int, int]) -> int:
    """The outermost element around that is a comment region, 0 for none."""
    path = []
    at = element
    while at > 0 and at not in known:
        path.append(at)
        at = outline.parents[at]
    region = known.get(at, 0)
    for at in reversed(path):
        if not region and scores_of(outline.tags[at], outline.name(at))[COMMENT] >= _MIN_SCORE:
            region = at if outline.tags[at] not in {"html", "body"} else 0
        known[at] = region
    return region
