"""Habits of punctuation and spacing: a flash written elsewhere breaks with those of the surrounding text."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_GLUED: Final = re.compile(r"[\u3400-\u9fff][A-Za-z]|[A-Za-z][\u3400-\u9fff]")
_SPACED: Final = re.compile(r"[\u3400-\u9fff] [A-Za-z]|[A-Za-z] [\u3400-\u9fff]")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_CURLY: Final = "“”’‘"
_LOW: Final = "«„"
_MIN_USES: Final = 6
_MIN_SHARE: Final = 0.9


class Habit(NamedTuple):
    """How often a text uses one variant of a habit and the other."""

    one: int
    other: int


class Style:
    """The style of a flow's texts. Spans are ranges of their places."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def breaks(self, span: range) -> float:
        """Log-odds that the span was written elsewhere, by punctuation and spacing."""
        page = self._habits
        if not any(one + other >= _MIN_USES for one, other in page):
            return 0.0
        return style_break(page, habits("\n".join(self._texts[span.start : span.stop])))

    @cached_property
    def has_breaks(self) -> bool:
        """Whether any part of the text may break with the rest: it has both variants of a habit."""
        return any(one and other and one + other >= _MIN_USES for one, other in self._habits)

    @cached_property
    def _habits(self) -> tuple[Habit, ...]:
        return habits("\n".join(self._texts), "".join([text for text in self._texts if not text.isascii()]))


def habits(text: str, letters: str | None = None) -> tuple[Habit, ...]:
    """Counts for habits in which writers and their tools differ, none of which changes the meaning.

    letters: those parts of the text that are not ASCII, if they are known; they take less time to search.
    """
    straight = _count(text, "\"'")
    if text.isascii():
        return (Habit(0, 0), Habit(0, 0), Habit(0, straight), Habit(0, 0))
    letters = text if letters is None else letters
    wide = _count(letters, "，：")
    commas, spaces = Habit(wide, 0), Habit(0, 0)
    if _HAN.search(letters) is not None:
        commas = Habit(wide, _count(text, ",:"))
        spaces = Habit(len(_GLUED.findall(text)), len(_SPACED.findall(text)))
    return (commas, spaces, Habit(_count(letters, _CURLY), straight), Habit(_count(letters, _LOW), text.count('"')))


def _count(text: str, marks: str) -> int:
    """The number of these marks in the text; testing for a mark first is much faster than counting."""
    return sum([text.count(mark) for mark in marks if mark in text])


def style_break(page: tuple[Habit, ...], block: tuple[Habit, ...]) -> float:
    """Log-odds that a text was not written with the page; 0 if the page has no habit or the text shows none.

    The page's counts include the text's own, which are subtracted first.
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
