"""How a page is written: a brief that was written elsewhere breaks with the marks and spaces of the text around it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_GLUED: Final = re.compile(r"[\u3400-\u9fff][A-Za-z]|[A-Za-z][\u3400-\u9fff]")
_SPACED: Final = re.compile(r"[\u3400-\u9fff] [A-Za-z]|[A-Za-z] [\u3400-\u9fff]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_MIN_USES: Final = 6
_MIN_SHARE: Final = 0.9


class Habit(NamedTuple):
    """How often a text does a thing in the one way and in the other."""

    one: int
    other: int


def habits(text: str) -> tuple[Habit, ...]:
    """Counts of what writers and their tools do in one way or another, each without meaning for the sense."""
    if text.isascii():
        return (Habit(0, 0), Habit(0, 0), Habit(0, text.count('"') + text.count("'")), Habit(0, 0))
    wide = Habit(text.count("，") + text.count("："), 0)
    spaces = Habit(0, 0)
    if _HAN.search(text):
        wide = Habit(wide.one, text.count(",") + text.count(":"))
        spaces = Habit(len(_GLUED.findall(text)), len(_SPACED.findall(text)))
    curly = text.count("“") + text.count("”") + text.count("’") + text.count("‘")
    low = text.count("«") + text.count("„")
    return (wide, spaces, Habit(curly, text.count('"') + text.count("'")), Habit(low, text.count('"')))


def style_break(page: tuple[Habit, ...], block: tuple[Habit, ...]) -> float:
    """Log-odds that a text was not written with the page: 0 where the page has no habit or the text shows none.

    The page's counts hold the text's own; they are taken out first.
    """
    score = 0.0
    for whole, own in zip(page, block, strict=True):
        one, other = whole.one - own.one, whole.other - own.other
        uses = one + other
        shown = own.one + own.other
        if uses < _MIN_USES or not shown:
            continue
        if one >= _MIN_SHARE * uses:
            strange, kept = own.other, own.one
        elif other >= _MIN_SHARE * uses:
            strange, kept = own.one, own.other
        else:
            continue
        if strange > kept:
            score += 0.8 if strange == 1 else 1.3
        elif not strange:
            score -= 0.2
    return max(-0.4, min(2.0, score))
