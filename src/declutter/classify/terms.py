"""The terms of a text, which represent its topic.

Terms are longer words, cut to their first letters since inflection changes the last ones; in scripts without spaces,
pairs of neighbouring characters; and where each syllable is written as a word, pairs of syllables.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

_STEM: Final = 7
"""Letters of a word that count. Of 4 to 20, tested on pairs of paragraphs from the same or from different articles, 7
was best in Russian, Polish and Greek, and lost little in English."""

_MARKS: Final = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff"
_UNSPACED: Final = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffef"
_WORD: Final = re.compile(rf"[^\W\d_{_UNSPACED}](?:[^\W\d_]|[{_MARKS}]){{3,40}}")


def _word_of(letters: str) -> re.Pattern[str]:
    """The pattern for a word of these letters, whose group is its term."""
    return re.compile(f"([{letters}]{{4,{_STEM}}})[{letters}]{{0,{40 - _STEM}}}")


_PLAIN_WORD: Final = _word_of(r"^\W\d_")
# The same letters by their codes, which is two to three times as fast as by character class.
_ASCII_WORD: Final = _word_of("a-z")
_WESTERN_WORD: Final = _word_of("a-z\xaa\xb2\xb3\xb9\xba\xbc-\xbe\xdf-\xf6\xf8-\xff")
_EUROPEAN_WORD: Final = _word_of("".join(c for c in map(chr, range(0x590)) if c.isalnum() and not c.isdecimal()))
# Without hiragana, which writes endings and particles, whose overlap says nothing.
_PAIR: Final = re.compile(r"(?=([\u2e80-\u3004\u3006-\u3007\u30a0-\ua4cf\uf900-\ufaff]{2}))")
_SYLLABLES: Final = re.compile(r"([\uac00-\ud7af]{2})[\uac00-\ud7af]*")
_TRIPLE: Final = re.compile(r"(?=([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{3}))")
# Vietnamese writes each syllable as a word: two neighbours correspond to one longer word of other languages.
_VIETNAMESE: Final = "ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_SYLLABLE: Final = re.compile(r"[^\W\d_]{2,}")
_SPECIAL: Final = re.compile(f"[{_MARKS}{_UNSPACED}]")
_UNUSUAL: Final = re.compile(f"[{_MARKS}{_UNSPACED}{_VIETNAMESE}]")
_NOT_EUROPEAN: Final = re.compile(
    rf"[{_MARKS}{_VIETNAMESE}\u0590-\u1fff\u2070-\u209f\u2100-\u218f\u2460-\u24ff\u2776-\u2793\u2c00-\U0010ffff]"
)
_PUNCTUATION: Final = "’‘“”–—…\u00a0"
_MAX_TEXT: Final = 4000  # characters of a block that are read; flashes are shorter


def terms(text: str) -> set[str]:
    """The terms of a text."""
    text = text[:_MAX_TEXT]
    if not text.isascii():  # only its punctuation may keep it from the fast path
        for mark in _PUNCTUATION:
            text = text.replace(mark, " ")
    if text.isascii():
        return set(_ASCII_WORD.findall(text.lower()))
    text = text.casefold()
    if _is_western(text):
        return set(_WESTERN_WORD.findall(text))
    if _NOT_EUROPEAN.search(text) is None:
        return set(_EUROPEAN_WORD.findall(text))
    if _UNUSUAL.search(text) is None:
        return set(_PLAIN_WORD.findall(text))
    if _SPECIAL.search(text) is None:
        words = _SYLLABLE.findall(text)
        return set(map(" ".join, pairwise(words)))
    found = {word[:_STEM] for word in _WORD.findall(text)}
    return found.union(_PAIR.findall(text), _SYLLABLES.findall(text), _TRIPLE.findall(text))


def _is_western(text: str) -> bool:
    """Whether all of a text is Latin-1, which its encoding tells faster than its letters."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True
