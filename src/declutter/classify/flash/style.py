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

    @cached_property
    def is_mixed(self) -> bool:
        """Whether the flow is inconsistent in any of the habits; if not, no part can break with them."""
        return is_mixed(self._text)

    def breaks(self, span: range) -> float:
        """Log-odds that the span was written elsewhere, by punctuation and spacing."""
        own = habits("\n".join(self._texts[place] for place in span))
        return style_break(self._habits, own) if any(map(any, own)) else 0.0

    @cached_property
    def _text(self) -> str:
        return "\n".join(self._texts)

    @cached_property
    def _habits(self) -> tuple[Habit, ...]:
        return habits(self._text)


def is_mixed(text: str) -> bool:
    """Whether the text uses both variants of any habit; finds only the first occurrence of each."""
    if text.isascii():
        return False
    if ('"' in text or "'" in text) and any(mark in text for mark in _CURLY):
        return True
    if '"' in text and any(mark in text for mark in _LOW):
        return True
    return any(map(all, _of_han(text)))


def habits(text: str) -> tuple[Habit, ...]:
    """Counts for habits in which writers and their tools differ, none of which changes the meaning."""
    straight = _count(text, "\"'")
    if text.isascii():
        return (Habit(0, 0), Habit(0, 0), Habit(0, straight), Habit(0, 0))
    return (*_of_han(text), Habit(_count(text, _CURLY), straight), Habit(_count(text, _LOW), text.count('"')))


def _of_han(text: str) -> tuple[Habit, Habit]:
    """The variants of commas and colons, and of the space between Chinese and Latin letters."""
    wide = _count(text, "，：")
    if _HAN.search(text) is None:
        return Habit(wide, 0), Habit(0, 0)
    return Habit(wide, _count(text, ",:")), Habit(len(_GLUED.findall(text)), len(_SPACED.findall(text)))


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
