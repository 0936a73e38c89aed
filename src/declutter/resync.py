"""Decodes damaged East Asian text so that a bad byte costs only its own character.

In these encodings a character is two bytes, both often beyond ASCII. Where one byte is lost or added, a plain decoder
pairs the wrong bytes up to the next ASCII character, a whole paragraph perhaps, and mostly without an error. Here the
pairing is chosen that yields the most used characters for the fewest bytes left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from declutter.charsets import codec_of
from declutter.guess import common_characters

PAIRED: Final = frozenset({"gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"})
"""The encodings that this can read."""

_STRETCH: Final = re.compile(rb"[^\0-\x2f:-\x3f]+")
"""None of the bytes between stretches is the second byte of a character, so no damage reaches over them."""

_MAX_STRETCH: Final = 16_384
_MAX_MENDED: Final = 1_000_000
"""Bytes: longer stretches, and what follows after so many damaged ones, are read plainly, as 1 µs a byte is slow."""

_USED, _RARE, _ASCII, _LOST = 1.0, 0.2, 0.5, -1.5
# What a character counts for. A shifted reading of Han text finds used characters in about half of its places, so a
# byte left out pays after some three characters.


def read(data: bytes, encoding: str) -> str:
    """Read the bytes as text; what cannot be read becomes U+FFFD."""
    codec = codec_of(encoding)
    pieces: list[str] = []
    done = mended = 0
    for stretch in _STRETCH.finditer(data):
        try:
            stretch[0].decode(codec)
        except UnicodeDecodeError:
            if len(stretch[0]) > _MAX_STRETCH or mended > _MAX_MENDED:
                continue
            mended += len(stretch[0])
            pieces.append(data[done : stretch.start()].decode(codec, "replace"))
            pieces.append(_best_pairing(stretch[0], encoding))
            done = stretch.end()
    pieces.append(data[done:].decode(codec, "replace"))
    return "".join(pieces)


def _best_pairing(stretch: bytes, encoding: str) -> str:
    """The reading of highest worth, found from the end: a character's own worth and the best after it."""
    size = len(stretch)
    worth = [0.0] * (size + 4)
    step: list[tuple[int, str]] = [(1, "")] * size
    for place in range(size - 1, -1, -1):
        best = (_LOST + worth[place + 1], 1, "\ufffd")
        for width in (1, 2, 3, 4):
            if place + width <= size:
                char, value = _character(stretch[place : place + width], encoding)
                best = max(best, (value + worth[place + width], width, char)) if char else best
        worth[place] = best[0]
        step[place] = best[1:]
    out = []
    place = 0
    while place < size:
        width, char = step[place]
        out.append(char)
        place += width
    return "".join(out)


@lru_cache(maxsize=16_384)
def _character(code: bytes, encoding: str) -> tuple[str, float]:
    """The character that the bytes stand for and what it counts for; "" where they are no single character."""
    char = code.decode(codec_of(encoding), "ignore")
    if len(char) != 1 or char.encode(codec_of(encoding), "ignore") != code:
        return "", 0.0
    if char < "\x80":
        return char, _ASCII
    return char, _USED if char in common_characters(encoding) else _RARE
