"""Finds which texts of a page are running text and which contain certain forms, for all texts at once.

Most blocks are short and contain neither a year nor a price. One search over their joined texts skips them at C speed,
while a search in each would cost more for the calls than for the work.
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
    PROSE_ENDS,
    YEAR,
    is_prose,
)

if TYPE_CHECKING:
    from declutter.outline import Outline

_MAX_TEXT: Final = 120
"""Maximum length of a text that is searched for forms, in characters."""
_MIN_PROSE: Final = MIN_PROSE_SIZE // 2
"""Minimum length of running text in characters; those of scripts without spaces count double."""
_APART: Final = "\0"
"""Separates joined texts; no expression matches it as a letter, a digit or white space."""
_BATCH: Final = 1000
"""Number of blocks joined at once, to avoid a second copy of a large page."""


class Shapes(NamedTuple):
    """The blocks that are running text (see `is_prose`), and by form those of up to 120 characters that contain it.

    dated: a year. priced: an amount of money. crumbs: a separator of breadcrumbs. barred: a bar or dot, which separates
    menu entries. No other short block can be or contain a date, an offer, a breadcrumb or a menu line.
    """

    prose: set[int]
    dated: set[int]
    priced: set[int]
    crumbs: set[int]
    barred: set[int]


def find_shapes(outline: Outline) -> Shapes:
    """Find the shapes of all texts of a page."""
    shapes, texts = Shapes(set(), set(), set(), set(), set()), outline.texts
    for start in range(0, len(texts), _BATCH):
        outline.deadline.check()
        batch = list(enumerate(texts[start : start + _BATCH], start))
        shapes.prose.update([n for n, t in batch if len(t) >= _MIN_PROSE and t[-1] in PROSE_ENDS and is_prose(t)])
        numbers = [n for n, t in batch if len(t) <= _MAX_TEXT]
        short = [t for _, t in batch if len(t) <= _MAX_TEXT]
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
