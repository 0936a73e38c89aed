"""Finds any of many phrases in a text, at a cost that hardly depends on how many there are.

Each phrase has an anchor, one word of it (its first two characters where words are not parted by spaces). A text
that holds no anchor holds no phrase, and nearly no text does; only then are the anchor's few phrases looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from declutter.vocabulary.folding import UNSPACED, fold, spellings

_GAP = r"[^.!?。！？\n]{1,40}?"  # noqa: RUF001 - full-width marks close a sentence too
_DATE = r"\S{0,12}\s?\d[\d年月日号號时時分일월시:：./\-\s]{0,24}"  # noqa: RUF001 - as above
_PIECES = re.compile(r"[*#]")
# What is glued to a word in running text.
_GLUED = ("{}.", "{},", "{}:", "{}!", "{})", "{}]", "({}", "({})", "({}),", "[{}]", '"{}', '{}"', "«{}»")


class Found(NamedTuple):
    """A phrase and where it stands in the text: `text[start:end]`."""

    phrase: str
    start: int
    end: int


class Phrases:
    """An immutable set of phrases; `*` in one stands for up to 40 characters of a sentence, `#` for a date.

    Alphabetic phrases are found as whole words, those of unspaced scripts anywhere; case and accents of capitals do
    not matter.
    """

    __slots__ = ("_by_pair", "_by_word", "_pairs")

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_word: dict[str, tuple[str, ...]] = {}
        self._by_pair: dict[str, tuple[str, ...]] = {}
        for phrase in phrases:
            for form in spellings(phrase):
                self._add(form)
        self._pairs = _first_letters(self._by_pair) if self._by_pair else None

    def search(self, text: str) -> Found | None:
        """The phrase that begins first in the text, the longest of those; None for none."""
        folded = fold(text)
        found = min(self.within(folded), key=lambda found: (found.start, -found.end), default=None)
        return found if found is None or len(folded) == len(text) else _unfolded(found, text)

    def match(self, text: str) -> Found | None:
        """As `search`, of phrases that begin where the text begins."""
        found = self.search(text)
        return found if found is not None and found.start == 0 else None

    def within(self, folded: str) -> Iterator[Found]:
        """Every phrase that a folded text holds, at its first place in the text."""
        for form in self.candidates(folded):
            place = _place(form, folded)
            if place is not None:
                yield Found(form, *place)

    def candidates(self, folded: str) -> Iterable[str]:
        """Phrases whose anchor a folded text holds: () for nearly all texts."""
        words = folded.split()
        spaced = () if self._by_word.keys().isdisjoint(words) else words
        if folded.isascii() or self._pairs is None or not self._pairs.search(folded):
            return {form: None for word in spaced for form in self._by_word.get(word, ())} if spaced else ()
        starts = [hit.start() for hit in self._pairs.finditer(folded)]
        pairs = [folded[start : start + size] for start in starts for size in (1, 2)]
        return {form: None for word in spaced for form in self._by_word.get(word, ())} | {
            form: None for pair in pairs for form in self._by_pair.get(pair, ())
        }

    def _add(self, form: str) -> None:
        piece = max(_PIECES.split(form), key=len).strip()
        if UNSPACED.search(piece):
            start = UNSPACED.search(piece).start()  # type: ignore[union-attr] - searched a line above
            pair = piece[start : start + 2]
            self._by_pair[pair] = (*self._by_pair.get(pair, ()), form)
            return
        words = piece.split()
        anchor = max(words, key=len)
        spelled = [anchor] if anchor in words[1:-1] else [anchor, *(frame.format(anchor) for frame in _GLUED)]
        for word in spelled:
            self._by_word[word] = (*self._by_word.get(word, ()), form)


def _first_letters(pairs: Iterable[str]) -> re.Pattern[str]:
    """What finds the first letter of a pair whose second follows: a character class costs C speed, no alternation."""
    first, second, single = ("".join(sorted({re.escape(letter) for letter in letters})) for letters in (
        [pair[0] for pair in pairs if pair[1:]], [pair[1] for pair in pairs if pair[1:]],
        [pair for pair in pairs if not pair[1:]],
    ))
    return re.compile("|".join([f"[{first}](?=[{second}])"] * bool(first) + [f"[{single}]"] * bool(single)))


def _place(form: str, folded: str) -> tuple[int, int] | None:
    """Where the phrase first stands in the folded text as whole words; None where it does not."""
    if "*" in form or "#" in form:
        hit = _compiled(form).search(folded)
        return hit.span() if hit else None
    start = folded.find(form)
    while start >= 0:
        end = start + len(form)
        if _bounded(form[0], folded[start - 1 : start]) and _bounded(form[-1], folded[end : end + 1]):
            return start, end
        start = folded.find(form, start + 1)
    return None


def _bounded(letter: str, neighbour: str) -> bool:
    """Whether a phrase may end in this letter beside this neighbour."""
    return not (neighbour.isalnum() and letter.isalnum()) or UNSPACED.match(letter) is not None


@lru_cache(maxsize=1024)
def _compiled(form: str) -> re.Pattern[str]:
    pattern = re.escape(form).replace(r"\*", _GAP).replace(r"\#", _DATE)
    before = r"(?<!\w)" if form[0].isalnum() and not UNSPACED.match(form[0]) else ""
    after = r"(?!\w)" if form[-1].isalnum() and not UNSPACED.match(form[-1]) else ""
    return re.compile(before + pattern + after)


def _unfolded(found: Found, text: str) -> Found:
    """The place in the text as it was: folding drops invisible marks and widens a few letters."""
    ends = [0]
    for letter in text:
        ends.append(ends[-1] + len(fold(letter)))
    start = next(place for place, end in enumerate(ends[1:]) if end > found.start)
    return Found(found.phrase, start, next(place for place, end in enumerate(ends) if end >= found.end))
