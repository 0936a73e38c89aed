"""Decodes damaged East Asian text so that a bad byte costs only its own character.

In these encodings a character has two bytes, often both beyond ASCII. If a byte is lost or added, a plain decoder pairs
the wrong bytes up to the next ASCII character, perhaps for a whole paragraph, and usually without an error. This
decoder chooses the pairing with the most common characters and the fewest bytes left out.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from declutter.decode.charsets import codec_of
from declutter.decode.guess import common_characters

PAIRED: Final = frozenset({"gbk", "gb18030", "big5", "shift_jis", "euc-jp", "euc-kr"})
"""The encodings that `read` supports."""

_STRETCH: Final = re.compile(rb"[^\0-\x2f:-\x3f]+")
"""The bytes between stretches are never the second byte of a character, so damage does not spread across them."""

_MAX_STRETCH: Final = 16_384
_MAX_MENDED: Final = 1_000_000
"""Bytes. Longer stretches, and everything after this many damaged bytes, are decoded plainly, because repairing costs 1
µs per byte.
"""

_USED, _RARE, _ASCII, _LOST = 1.0, 0.2, 0.5, -1.5
# The worth of a character. About half of the characters in a shifted reading of Han text are common, so leaving out a
# byte pays off after about three characters.


def read(data: bytes, encoding: str) -> str:
    """Decode the bytes; what cannot be decoded becomes U+FFFD."""
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
    """The reading with the highest worth, found from the end by dynamic programming."""
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
    """The character for the bytes and its worth; "" if they are not exactly one character."""
    char = code.decode(codec_of(encoding), "ignore")
    if len(char) != 1 or char.encode(codec_of(encoding), "ignore") != code:
        return "", 0.0
    if char < "\x80":
        return char, _ASCII
    return char, _USED if char in common_characters(encoding) else _RARE
