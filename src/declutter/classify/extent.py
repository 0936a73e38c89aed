"""Corrections by where the essay begins and ends: what stands within it, and what stands far beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.beginning import NO_WORDS
from declutter.classify.containers import OUTSIDE
from declutter.classify.features import is_good_text
from declutter.classify.wording import ASIDE
from declutter.wide import FIRST_WIDE

if TYPE_CHECKING:
    from declutter.classify.corrections import Context
    from declutter.outline import Outline

_MAX_DOUBT: Final = 3.0
_MIN_LONG: Final = 80
"""Log-odds, and letters. A good text with a score above minus this joins the essay between two of its long texts, in
the container of four fifths of the good text. On pages of kinds that the weights do not know, whole sections fail by so
much."""

_MAX_CHANCE: Final = 2.0
_FAR: Final = OUTSIDE + 2
"""Log-odds, and the place at least two levels outside the container of half of the good text. A block with a score up
to this is dropped there, if it comes after all of the essay that shares words with its beginning."""

_JOINED: Final = 0.1
"""Log-odds that such blocks get, or minus this."""


def keep_within(outline: Outline, scores: list[float], context: Context) -> None:
    """Accept doubtful good texts between two long texts of the essay.

    Not those that hold cue words, occur elsewhere on the page or stand below a label of teasers, tags or promotion.
    """
    texts, linked = outline.texts, outline.linked
    place, says, above, repeated = context.place, context.says, context.above, context.repeated
    doubtful = [number for number, score in enumerate(scores) if -_MAX_DOUBT < score <= 0]
    doubtful = [
        number
        for number in doubtful
        if place[number] < OUTSIDE
        and not says[number]
        and not repeated[number]
        and above[number] not in ASIDE
        and is_good_text(texts[number], linked[number])
    ]
    if not doubtful:
        return
    first = next((number for number in range(len(scores)) if scores[number] > 0 and _is_long(texts[number])), None)
    if first is None:
        return
    last = next(number for number in reversed(range(len(scores))) if scores[number] > 0 and _is_long(texts[number]))
    for number in doubtful:
        if first < number < last:
            scores[number] = _JOINED


def drop_beyond(_outline: Outline, scores: list[float], context: Context) -> None:
    """Drop blocks that barely passed, far from the good text and after everything on the essay's topic.

    Not those in the markup of a text on the topic.
    """
    place, words, signature = context.main, context.words, context.signatures
    far = [number for number, score in enumerate(scores) if 0 < score < _MAX_CHANCE and place[number] >= _FAR]
    if not far:
        return
    topical = [number for number, score in enumerate(scores) if score > 0 and words[number] > NO_WORDS]
    if not topical:
        return
    last, alike = topical[-1], {signature[number] for number in topical}
    for number in far:
        if number > last and signature[number] not in alike:
            scores[number] = -_JOINED


def _is_long(text: str) -> bool:
    return len(text) * (2 if text[0] > FIRST_WIDE else 1) >= _MIN_LONG
