"""Decode bytes: find the encoding of a page, and read it so that one bad byte costs one character.

Order of precedence: the caller's encoding, a byte order mark, the HTTP header, the page's own declaration, valid UTF-8,
a guess. A declaration that the bytes clearly contradict is skipped.
"""

from __future__ import annotations

from declutter.decode.binary import is_binary, not_a_page
from declutter.decode.decoding import Decoded, decode, sound

__all__ = ["Decoded", "decode", "is_binary", "not_a_page", "sound"]
