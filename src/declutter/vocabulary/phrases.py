"""Finds any of many phrases in a text, at a cost that hardly depends on their number.

Each phrase has an anchor, one of its words (in scripts without spaces, its first two characters). A text without any
anchor contains no phrase, and hardly any text has one; only then are the few phrases of the anchor searched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat
from typing import TYPE_CHECKING, Final, NamedTuple
from unicodedata import category

from declutter.errors import RulesError
from declutter.vocabulary.folding import fold
from declutter.wide import UNSPACED

if TYPE_CHECKING:
    import regex

_GAP: Final = r"[^.!?。！？\n]{1,40}?"
_DATE: Final = r"\S{0,12}\s?\d[\d年月日号號时時分일월시:：./\-\s]{0,24}"
_MAX_SECONDS: Final = 1.0
"""A safeguard: a caller's phrase may have three wildcards, which takes a millisecond in the worst of texts."""
_RESPELT_LETTERS: Final = "ıİёЁ\u064b-\u0652"  # letters that folding changes and that may occur in anchors
_RESPELT: Final = re.compile(f"[{_RESPELT_LETTERS}]")
_PIECES: Final = re.compile(r"[*#]")
_GLUED: Final = "()[]{}\"'«»“”„‘’.,:;!?…"
# A last word may be followed by many marks; a longer word before it works as well, and loads faster.
_MIN_ANCHOR: Final = 5
_BEFORE: Final = ("", "(", "“")
_BEHIND: Final = ("", ".", ",", "!", ":", ")")


class Found(NamedTuple):
    """A phrase and its position in the text: `text[start:end]`."""

    phrase: str
    start: int
    end: int


class Phrases:
    """An immutable set of folded phrases. `*` in a phrase matches up to 40 characters within a sentence, `#` a date.

    Phrases in alphabetic scripts match whole words, those in scripts without spaces match anywhere. Case is ignored.
    """

    __slots__ = ("_by_pair", "_by_word", "_letters", "_pairs", "_words")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, list[str]] = {}
        self._by_pair: dict[str, list[str]] = {}
        inner: set[str] = set()
        first: set[str] = set()
        last: set[str] = set()
        for phrase in phrases:
            piece = phrase if "*" not in phrase and "#" not in phrase else _longest_piece(phrase)
            start = None if piece.isascii() else UNSPACED.search(piece)
            if start:
                self._by_pair.setdefault(piece[start.start() : start.start() + 2], []).append(phrase)
                continue
            words = piece.split()
            anchor = max(words[:-1], key=len, default="")
            if len(anchor) < _MIN_ANCHOR:
                anchor = max(words, key=len)
            (last if anchor is words[-1] else first if anchor is words[0] else inner).add(anchor)
            self._by_word.setdefault(anchor.strip(_GLUED), []).append(phrase)
        self._words = inner.union(_around(first, _BEFORE, ("",)), _around(last, _BEFORE, _BEHIND))
        self._pairs = _pair_pattern(self._by_pair) if self._by_pair else None
        letters = "".join(sorted({re.escape(pair[0]) for pair in self._by_pair}))
        self._letters = re.compile(f"[{_RESPELT_LETTERS}{letters}]")  # a non-ASCII text with none of them cannot match

    def search(self, text: str) -> Found | None:
        """The first phrase in the text, the longest at that position; None if there is none."""
        if self.absent(text):
            return None
        return min(self.sought(text), key=lambda found: (found.start, -found.end), default=None)

    def match(self, text: str) -> Found | None:
        """The longest phrase at the start of the text; None if there is none."""
        if self.absent(text):
            return None
        folded = fold(text)
        held = self._candidates(folded)
        opening = [phrase for phrase in held if folded.startswith(_PIECES.split(phrase)[0].rstrip())]
        longest_first = sorted(_places(opening, text, folded), key=lambda found: -found.end)
        return next((found for found in longest_first if not found.start), None)

    def sought(self, text: str) -> Iterator[Found]:
        """The first occurrence of every phrase in a text for which `absent` is false."""
        folded = fold(text)
        return _places(self._candidates(folded), text, folded)

    def absent(self, text: str) -> bool:
        """Whether the text certainly contains none of the phrases: true of nearly all texts, without folding."""
        if not self._words.isdisjoint(text.lower().split()):
            return False
        if text.isascii() or not self._letters.search(text):
            return True
        if _RESPELT.search(text) and not self._words.isdisjoint(fold(text).split()):
            return False
        return self._pairs is None or not self._pairs.search(text)

    def _candidates(self, folded: str) -> dict[str, None]:
        """The phrases whose anchor is in the text."""
        words = map(str.strip, folded.split(), repeat(_GLUED))
        found: dict[str, None] = {}
        for phrases in filter(None, map(self._by_word.get, words)):
            found.update(dict.fromkeys(phrases))
        if self._pairs is not None and not folded.isascii():
            for hit in self._pairs.finditer(folded):
                for size in (1, 2):
                    pair = folded[hit.start() : hit.start() + size]
                    found.update(dict.fromkeys(self._by_pair.get(pair, ())))
        return found


def _longest_piece(phrase: str) -> str:
    return max(_PIECES.split(phrase), key=len).strip()


def _around(words: set[str], before: Iterable[str], behind: Iterable[str]) -> set[str]:
    return {f"{opening}{word}{closing}" for opening in before for closing in behind for word in words}


def _pair_pattern(pairs: Iterable[str]) -> re.Pattern[str]:
    """A pattern for the places where a pair may begin. Character classes run at C speed; an alternation would not."""
    first, second, alone = (
        "".join(sorted(map(re.escape, letters)))
        for letters in (
            {pair[0] for pair in pairs if pair[1:]},
            {pair[1] for pair in pairs if pair[1:]},
            {pair for pair in pairs if not pair[1:]},
        )
    )
    if not first:
        return re.compile(f"[{alone}]")
    if not alone:
        return re.compile(f"[{first}](?=[{second}])")
    # One character class at the front: the regular expression engine skips to its letters at C speed.
    return re.compile(f"[{first}{alone}](?:(?<=[{alone}])|(?=[{second}]))")


def _places(phrases: Iterable[str], text: str, folded: str) -> Iterator[Found]:
    """The first occurrence of each phrase that the text contains."""
    for phrase in phrases:
        if phrase not in folded and "*" not in phrase and "#" not in phrase:  # true of nearly all
            continue
        place = _place(phrase, folded)
        if place is not None:
            found = Found(phrase, *place)
            yield found if len(folded) == len(text) else _unfolded(found, text)


def _place(phrase: str, folded: str) -> tuple[int, int] | None:
    """The first position of the phrase in the folded text, as whole words; None if there is none."""
    if "*" in phrase or "#" in phrase:
        return _wildly(phrase, folded)
    start = folded.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not glued(phrase[0], folded[start - 1 : start] if start else "") and not glued(
            phrase[-1], folded[end : end + 1]
        ):
            return start, end
        start = folded.find(phrase, start + 1)
    return None


def glued(letter: str, neighbour: str) -> bool:
    """Whether a phrase that ends in this letter, next to this neighbour, is part of a longer word.

    In scripts without spaces there are no such words, nor is a Latin word between their characters part of one.
    """
    return (
        _of_word(neighbour)
        and _of_word(letter)
        and UNSPACED.match(letter) is None
        and UNSPACED.match(neighbour) is None
    )


def _of_word(letter: str) -> bool:
    """Whether it is a letter, a digit, or a combining mark on a letter, such as Hindi vowels."""
    return letter.isalnum() or (not letter.isascii() and category(letter)[0] == "M")


def _wildly(phrase: str, folded: str) -> tuple[int, int] | None:
    """The first position of a phrase with wildcards in the folded text; None if there is none."""
    try:
        hit = _compiled(phrase).search(folded, timeout=_MAX_SECONDS)
    except TimeoutError:
        raise RulesError(f"the cue {phrase!r} takes too long to match") from None
    return hit.span() if hit else None


@lru_cache(maxsize=1024)
def _compiled(phrase: str) -> regex.Pattern[str]:
    import regex  # has a timeout; imported only if a phrase has wildcards

    pattern = re.escape(phrase).replace(r"\*", _GAP).replace(r"\#", _DATE)
    spaced = f"(?!{UNSPACED.pattern})"
    before = rf"(?<!{spaced}\w)" if _of_word(phrase[0]) and not UNSPACED.match(phrase[0]) else ""
    behind = rf"(?!{spaced}[\w\u0900-\u0963])" if _of_word(phrase[-1]) and not UNSPACED.match(phrase[-1]) else ""
    return regex.compile(before + pattern + behind)


def _unfolded(found: Found, text: str) -> Found:
    """The position in the original text: folding drops invisible marks and expands a few letters."""
    ends = [0]
    for letter in text:
        ends.append(ends[-1] + len(fold(letter)))
    start = next(place for place, end in enumerate(ends[1:]) if end > found.start)
    return Found(found.phrase, start, next(place for place, end in enumerate(ends) if end >= found.end))
