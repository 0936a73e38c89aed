"""Corrections by where the essay begins and ends: what stands within it, and what stands beyond it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.beginning import NO_WORDS
from declutter.classify.containers import OUTSIDE
from declutter.classify.features import is_good_text
from declutter.classify.wording import ASIDE, STAMP
from declutter.model import Kind
from declutter.wide import FIRST_WIDE

if TYPE_CHECKING:
    from declutter.classify.corrections import Context
    from declutter.outline import Outline

_MAX_DOUBT: Final = 3.0
_MIN_LONG: Final = 80
"""Log-odds, and letters. A good text with a score above minus this joins the essay between two of its long texts, in
the container of four fifths of the good text. On pages of kinds that the weights do not know, whole sections fail by so
much."""

_MAX_RUN: Final = 12
"""Number of doubtful short blocks in a row that join the essay together."""

_MAX_CHANCE: Final = 1.0
_MAX_CHANCE_FAR: Final = 2.0
_FAR: Final = OUTSIDE + 2
"""Log-odds, and a place: two levels outside the container of half of the good text. A block outside this container with
a score up to the first, or that far outside up to the second, is dropped if it comes after all of the essay that shares
words with its beginning. Both give .002 on DAnIEL with weights fitted on WCXB alone, and cost no set anything."""

_HEADING: Final = Kind.HEADING  # see Label
_SHORT_KINDS: Final = frozenset({Kind.PARAGRAPH, Kind.HEADING, Kind.QUOTE})
_TICKED: Final = frozenset({"checkbox", "radio"})
_JOINED: Final = 0.1
"""Log-odds that such blocks get, or minus this."""


def keep_within(outline: Outline, scores: list[float], context: Context) -> None:
    """Accept doubtful good texts between two long texts of the essay, and few short ones between what is in the essay.

    Not those that hold cue words, occur elsewhere on the page, stand below a label of teasers, tags or promotion, or
    say what a box to tick is for.
    """
    place, says, above, repeated = context.place, context.says, context.above, context.repeated
    doubtful = [number for number, score in enumerate(scores) if -_MAX_DOUBT < score <= 0]
    doubtful = [
        number
        for number in doubtful
        if place[number] < OUTSIDE and not says[number] and not repeated[number] and above[number] not in ASIDE
    ]
    if not doubtful:
        return
    texts, linked, owners = outline.texts, outline.linked, outline.owners
    first = next((number for number in range(len(scores)) if scores[number] > 0 and _is_long(texts[number])), None)
    if first is None:
        return
    last = next(number for number in reversed(range(len(scores))) if scores[number] > 0 and _is_long(texts[number]))
    ticked = {field.owner for field in outline.fields if field.kind in _TICKED}
    doubtful = [number for number in doubtful if first < number < last and owners[number] not in ticked]
    for number in doubtful:
        if is_good_text(texts[number], linked[number]):
            scores[number] = _JOINED
    _keep_short(outline, scores, context, [number for number in doubtful if scores[number] <= 0])


def _keep_short(outline: Outline, scores: list[float], context: Context, doubtful: list[int]) -> None:
    """Accept short runs of doubtful blocks between two blocks of the essay, and a heading above one.

    Not items and cells, which are decided as wholes, nor links, dates and times.
    """
    kinds, owners, linked, dates = outline.kinds, outline.owners, outline.linked, context.dates
    short = [
        number
        for number in doubtful
        if not linked[number] and dates[number] != STAMP and kinds[owners[number]] in _SHORT_KINDS
    ]
    at = 0
    while at < len(short):
        past = at + 1
        while past < len(short) and short[past] == short[past - 1] + 1:
            past += 1
        run = short[at:past]
        if scores[run[-1] + 1] > 0:
            if scores[run[0] - 1] <= 0 or len(run) > _MAX_RUN:
                run = run[-1:] if kinds[owners[run[-1]]] is _HEADING else []
            for number in run:
                scores[number] = _JOINED
        at = past


def drop_beyond(_outline: Outline, scores: list[float], context: Context) -> None:
    """Drop blocks that barely passed, outside the good text and after everything on the essay's topic.

    Not those in the markup of a text on the topic, nor short ones, which hardly share words with anything.
    """
    place, words, signature = context.main, context.words, context.signatures
    outside = [
        number for number, score in enumerate(scores) if 0 < score < _MAX_CHANCE_FAR and place[number] >= OUTSIDE
    ]
    outside = [
        number
        for number in outside
        if 0 < words[number] <= NO_WORDS and (scores[number] < _MAX_CHANCE or place[number] >= _FAR)
    ]
    if not outside:
        return
    topical = [number for number, score in enumerate(scores) if score > 0 and words[number] > NO_WORDS]
    if not topical:
        return
    last, alike = topical[-1], {signature[number] for number in topical}
    for number in outside:
        if number > last and signature[number] not in alike:
            scores[number] = -_JOINED


def _is_long(text: str) -> bool:
    return len(text) * (2 if text[0] > FIRST_WIDE else 1) >= _MIN_LONG
