"""Normalises text (case, width, quotes and accents), so that each phrase is listed only once."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from unicodedata import normalize

_FULL_WIDTH: Final = {code: chr(code - 0xFEE0).casefold() for code in range(0xFF01, 0xFF5F)}
# All quotes become the apostrophe, because folded JSON must remain valid JSON.
_QUOTES: Final = dict.fromkeys(map(ord, "‘’ʼ＇`´“”„‟＂"), "'")
# Marks that readers do not see or do not need: joiners, direction marks, soft hyphen, variation selectors, tatweel,
# Arabic vowel signs, and the dot that case folding leaves of the Turkish capital İ.
_VOWEL_SIGNS: Final = range(0x64B, 0x653)
_INVISIBLE: Final = dict.fromkeys(
    [*range(0x200B, 0x2010), 0xAD, 0xFE0E, 0xFE0F, 0xFEFF, 0x2060, 0x640, 0x307, *_VOWEL_SIGNS]
)
_LETTERS: Final = {ord("ı"): "i", ord("ё"): "е"}
_SPACES: Final = dict.fromkeys([0xA0, 0x3000, 0x2009, 0x202F], " ")
_TABLE: dict[int, str | None] = {**_FULL_WIDTH, **_QUOTES, **_INVISIBLE, **_LETTERS, **_SPACES}
# Full-width comma and full stop are in every Chinese paragraph but in no phrase: replacing them is not worth a pass.
_ODD: Final = re.compile("[" + "".join(re.escape(chr(code)) for code in _TABLE if chr(code) not in "，。") + "]")
_SPELT: Final = {chr(code): letter or "" for code, letter in _TABLE.items()}
_ANY_ODD: Final = re.compile("[" + "".join(map(re.escape, _SPELT)) + "]")
_ACCENTS: Final = re.compile("[\u0300-\u036f]+")
_SIGNS: Final = re.compile(r"[\W_]+")
_ASCII_SIGNS: Final = bytes([sign for sign in range(128) if not chr(sign).isalnum()])
_MAX_CACHED: Final = 240  # characters of a text whose key is kept: titles, headings and lines near them
_HAS_ACCENTS: Final = re.compile("[\u00c0-\u024f\u0370-\u03ff\u1e00-\u1fff]")


def fold(text: str) -> str:
    """The normalised text. White space must already be collapsed to single spaces."""
    folded = text.casefold()
    if folded.isascii() or not _ODD.search(folded):
        return folded
    return _ANY_ODD.sub(_respell, folded)  # few letters are affected; str.translate would look up every one


def key_of(text: str) -> str:
    """The text's folded letters and digits: equal for texts that differ only in punctuation, marks and case."""
    return _cached_key(text) if len(text) <= _MAX_CACHED else _key_of(text)


def _key_of(text: str) -> str:
    if text.isascii():  # same result at a fifth of the cost
        return text.lower().encode().translate(None, _ASCII_SIGNS).decode()
    return _SIGNS.sub("", text.casefold())


_cached_key = lru_cache(maxsize=1024)(_key_of)  # of the keys of a page, two in three are of a text asked for before


def _respell(letter: re.Match[str]) -> str:
    return _SPELT[letter[0]]


def without_accents(folded: str) -> str:
    """Folded text without the accents that capitals are often written without."""
    return _ACCENTS.sub("", normalize("NFD", folded)) if _HAS_ACCENTS.search(folded) else folded
