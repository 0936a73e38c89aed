"""What a file holds, detected from its beginning."""

from __future__ import annotations

import re
from typing import IO, Final, Literal, TypeAlias

import msgspec

Kind: TypeAlias = Literal["page", "addresses", "jsonl", "parquet", "warc"]

_FIRST: Final = 4096
_MAX_FIRST: Final = 1 << 20
"""A line of JSON with a page is long; for even longer ones the beginning decides."""
_JSON: Final = re.compile(rb'\s*\{\s*("|\}|$)')
_ADDRESS: Final = re.compile(rb"https?://[^\s<>\"]+", re.IGNORECASE)
_MIN_ADDRESSES: Final = 2 / 3
_BOM: Final = b"\xef\xbb\xbf"


def first_of(stream: IO[bytes]) -> bytes:
    """Enough of a stream to detect what it is: a line or 4 KB, up to 1 MB if it may be JSON."""
    first = bytearray()
    read = getattr(stream, "read1", stream.read)
    while chunk := read(_FIRST if len(first) < _FIRST else 1 << 16):
        first += chunk
        enough = _MAX_FIRST if _JSON.match(first) else _FIRST
        if len(first) >= enough or b"\n" in first.lstrip():
            break
    return bytes(first)


def kind_of(first: bytes) -> Kind:
    """What a file holds, from its first bytes, decompressed."""
    if first.startswith(b"PAR1"):
        return "parquet"
    if first.startswith(b"WARC/"):
        return "warc"
    text = first.removeprefix(_BOM)
    if _JSON.match(text):
        return "jsonl" if _holds_objects(text) else "page"
    return "addresses" if _holds_addresses(text) else "page"


def _holds_objects(text: bytes) -> bool:
    """Whether one of the lines is a JSON object, or the first is longer than what was read."""
    *lines, last = text.split(b"\n")
    if not any(line.strip() for line in lines):
        return len(text) >= _MAX_FIRST or _is_object(last)
    return any(_is_object(line) for line in (*lines, last))


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, RecursionError):
        return False


def _holds_addresses(text: bytes) -> bool:
    """Whether the first line and most others are URLs, except for empty ones and those that begin with #.

    The others are mistakes in a list, which become errors, and not a reason to take the list for an article.
    """
    lines = text.split(b"\n")
    if len(text) >= _FIRST and len(lines) > 1:
        del lines[-1]  # it may be incomplete
    named = [line.strip() for line in lines if line.strip() and not line.lstrip().startswith(b"#")]
    are_addresses = [_ADDRESS.fullmatch(line) is not None for line in named]
    return bool(named) and are_addresses[0] and sum(are_addresses) >= _MIN_ADDRESSES * len(named)
