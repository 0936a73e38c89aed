"""What the texts of a page are and hold, asked of all of them at once and before all else.

Most blocks are short, and hold neither a year nor a price. One search over all of them, joined, passes them by at C
speed, where a search in each costs more to call than to do.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.boilerplate.forms import (
    BAR,
    BARS,
    CRUMB_MARK,
    CURRENCIES,
    MIN_PROSE_SIZE,
    PRICE,
    YEAR,
    is_prose,
)

if TYPE_CHECKING:
    from declutter.outline import Outline

_MAX_TEXT: Final = 120
"""Characters of a text that any of the forms is looked for in."""
_MIN_PROSE: Final = MIN_PROSE_SIZE // 2
"""Characters of running text: those of scripts without spaces count double."""
_APART: Final = "\0"
"""Between texts: no expression takes it for a letter, a figure or white space."""
_BATCH: Final = 1000
"""Blocks that are joined at once, so that of a large page no second copy is made."""


class Shapes(NamedTuple):
    """Which blocks are running text (see `is_prose`), and which of up to 120 characters hold what.

    dated: a year. priced: an amount of money. crumbs: what parts a breadcrumb. barred: a bar or dot, that parts a
    menu. No other short block is or holds a date, an offer, a breadcrumb or a line of a menu.
    """

    prose: set[int]
    dated: set[int]
    priced: set[int]
    crumbs: set[int]
    barred: set[int]


def find_shapes(outline: Outline) -> Shapes:
    """What the texts of a page are and hold."""
    shapes, texts = Shapes(set(), set(), set(), set(), set()), outline.texts
    for start in range(0, len(texts), _BATCH):
        outline.deadline.check()
        batch = range(start, min(start + _BATCH, len(texts)))
        shapes.prose.update([n for n in batch if len(texts[n]) >= _MIN_PROSE and is_prose(texts[n])])
        numbers = [n for n in batch if len(texts[n]) <= _MAX_TEXT]
        short = [texts[number] for number in numbers]
        joined = _APART.join(short)
        ends = list(accumulate([len(text) + len(_APART) for text in short]))
        for pattern, signs, found in (
            (YEAR, (), shapes.dated),
            (PRICE, CURRENCIES, shapes.priced),
            (CRUMB_MARK, (), shapes.crumbs),
            (BAR, BARS, shapes.barred),
        ):
            if not signs or any(sign in joined for sign in signs):
                places = {bisect_right(ends, match.start()) for match in pattern.finditer(joined)}
                found.update([numbers[place] for place in places])
    return shapes
