"""Fingerprints: a page is kept only as eight bytes per block and eight for its URL."""

from __future__ import annotations

import sys
from array import array
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from declutter.hosts import host_of
from declutter.wide import FIRST_WIDE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from declutter.outline import Outline

MAX_PRINTS: Final = 256
"""Maximum blocks kept per page: prose first, then those with the smallest fingerprints, so that all pages keep the same
ones of the blocks they share. Of 1,485 pages, 57 have more, and one has more prose.
"""

PRINT_BYTES: Final = 8

_MAX_LINKED: Final = 0.8  # menus and teasers are mostly links, and their repetition is recognised without a memory
_MIN_PROSE: Final = 60  # letters, those of scripts without spaces counted twice


def block_prints(outline: Outline) -> list[int]:
    """One fingerprint per block, 0 for short ones that are mostly links. Those of prose are odd, others even."""
    blocks = zip(outline.texts, outline.linked, strict=True)
    return [_block_print(text, linked) for text, linked in outline.deadline.watch(blocks)]


def page_print(url: str | None, prints: Iterable[int]) -> int:
    """The fingerprint of a page: of its URL without scheme and fragment, or of its blocks if it has no URL."""
    if url is None:
        return _digest(pack(prints))
    address, _, _ = url.partition("#")
    _, _, path = address.partition("://")[2].partition("/")
    return _digest(f"{site_of(url)}/{path}".encode(errors="surrogatepass"))


def site_of(url: str | None) -> str:
    """The site of a page, as a memory's file can hold it; "" for pages without a URL."""
    return host_of(url).encode(errors="replace").decode()[:253]  # the maximum length of a host name


def is_prose(number: int) -> bool:
    """Whether the fingerprint belongs to at least a sentence of prose."""
    return bool(number & 1)


def pack(prints: Iterable[int]) -> bytes:
    """The fingerprints to keep of a page, eight bytes each, in ascending order."""
    kept: Sequence[int] = sorted(set(prints) - {0})
    if len(kept) > MAX_PRINTS:
        kept = sorted(sorted(kept, key=lambda number: not is_prose(number))[:MAX_PRINTS])
    return _little(array("Q", kept)).tobytes()


def unpack(packed: bytes) -> array[int]:
    """The fingerprints as numbers."""
    numbers = array("Q")
    numbers.frombytes(packed)
    return _little(numbers)


def _little(numbers: array[int]) -> array[int]:
    """Convert between native and little-endian order, so that files are portable."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def _block_print(text: str, linked: int) -> int:
    # Ignore spaces and case, which portals lose when they copy text.
    bare = "".join(text.split()).casefold()
    prose = len(bare) * (2 if bare[len(bare) // 2 : len(bare) // 2 + 1] >= FIRST_WIDE else 1) >= _MIN_PROSE
    if linked >= _MAX_LINKED * len(text) and not prose:
        return 0
    return (_digest(bare.encode(errors="surrogatepass")) | 1) ^ (not prose)


def _digest(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=PRINT_BYTES).digest())
