"""Guesses an encoding from bytes alone, by the share of common characters in the decoded text.

Common characters are those in the code areas that an encoding reserves for them: the first level of Han characters
(ordered by frequency in GB 2312 and Big5), kana, Hangul, lower-case letters. Text decoded wrongly falls outside of
these areas.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import Final

from declutter.decode.charsets import codec_of

_COMMON_BYTES: Final = {
    "gbk": ("b0a1-d7f9", "a1a2-a1bf", "a3a1-a3fe"),
    "big5": ("a440-c67e", "a141-a1bf"),
    "euc-jp": ("a4a1-a4f3", "a5a1-a5f6", "b0a1-cffe", "a1a2-a1dd"),
    "shift_jis": ("829f-82f1", "8340-8396", "889f-97fc", "8141-817c"),
    "euc-kr": ("b0a1-c8fe", "a1a2-a1bf"),
    "windows-1251": ("e0-ff", "b8", "ab", "bb", "97"),
    "koi8-r": ("c0-df", "a3"),
    "ibm866": ("a0-af", "e0-ef"),
    "iso-8859-5": ("d0-ef", "f1"),
    "windows-1253": ("dc-fe", "a2", "ab", "bb"),
    "windows-1255": ("e0-fa",),
    "windows-1256": ("c7-df", "e1", "e3-e6", "ec-ed"),
    "windows-874": ("a1-da", "e0-ee"),
}
"""Encoding → ranges of byte sequences, in hexadecimal, that hold its most used characters."""

_COMMON_LETTERS: Final = {
    "windows-1252": "àâäåæçèéêëíîïñòóôöøùúûüßãõáÀÉÄÖÜÅØ«»‘’“”–—…·©®°¿¡€£§·×½²•™\xa0",
    "windows-1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČŘŠŽőűöüäÖÜăâîşţ„”–—…«»\xa0",
    "iso-8859-2": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČŘŠŽőűöüäÖÜăâîşţ\xa0",
    "windows-1254": "çğıöşüÇĞİÖŞÜâî’“”–…\xa0",
    "windows-1257": "āčēģīķļņšūžąęėįųõäöüŠŽ„“”–\xa0",
}
"""Encoding of a Latin script → the letters and marks beyond ASCII that its languages use."""

ENCODINGS: Final = (
    "windows-1252",
    *_COMMON_BYTES,
    *(name for name in _COMMON_LETTERS if name != "windows-1252"),
)
"""The encodings to guess from; the first one wins a tie."""

_HANDICAPS: Final = {
    "windows-874": 0.8,
    "windows-1253": 0.97,
    "iso-8859-2": 0.99,
    "gbk": 0.97,
    "big5": 0.97,
    "euc-jp": 0.98,
}
"""Factors of the share, because some encodings fit too many texts: Thai fills nearly all codes, Greek includes those of
Cyrillic, and Han those of Hangul.
"""

_MIN_LETTERS: Final = 20
"""With fewer characters beyond ASCII, such as a quote or a copyright sign, the page is taken for a Latin one."""

_MAX_RUNS: Final = 1000
_MAX_SAMPLE: Final = 4000
_RUN: Final = re.compile(rb"(?:[\x80-\xff]++[@-~]?)++")
# In East Asian encodings the second byte of a character may be ASCII.
_UNREAD: Final = "\ufffd"


def guess(data: bytes) -> tuple[str, float]:
    """The best-fitting encoding, and its fitness: the share of common characters in the non-ASCII text."""
    sample = _sample(data)
    known = _COMMON_LETTERS if len(sample) < 2 * _MIN_LETTERS else ENCODINGS
    scores = {name: _fitness(sample, name) * _HANDICAPS.get(name, 1.0) for name in known}
    best = max(scores, key=lambda name: scores[name])
    return best, scores[best]


def fitness(data: bytes, encoding: str) -> float:
    """The share of common characters in the non-ASCII text of an encoding; 1.0 for encodings that are not guessed."""
    return _fitness(_sample(data), encoding) if encoding in ENCODINGS else 1.0


def _sample(data: bytes) -> bytes:
    return b" ".join([run[0] for run in islice(_RUN.finditer(data), _MAX_RUNS)])[:_MAX_SAMPLE]


def _fitness(sample: bytes, encoding: str) -> float:
    beyond = [char for char in sample.decode(codec_of(encoding), "replace") if char > "\x7f"]
    common = common_characters(encoding)
    return sum(char in common for char in beyond) / len(beyond) if beyond else 0.0


@cache
def common_characters(encoding: str) -> frozenset[str]:
    """The common characters of an encoding."""
    encoding = "gbk" if encoding == "gb18030" else encoding
    letters = set(_COMMON_LETTERS.get(encoding, ""))
    for span in _COMMON_BYTES.get(encoding, ()):
        first, _, last = span.partition("-")
        for code in range(int(first, 16), int(last or first, 16) + 1):
            char = code.to_bytes(len(first) // 2, "big").decode(codec_of(encoding), "replace")
            letters.update(char if len(char) == 1 and char != _UNREAD else "")
    return frozenset(letters)
