"""Bytes to text: finds the encoding of a page and reads it so that one bad byte costs one character.

Order of precedence: the caller's word, a byte order mark, the HTTP header, the page's own declaration, valid UTF-8,
a guess. A declaration that the bytes plainly contradict is passed over.
"""

from __future__ import annotations

import codecs
import difflib
import re
from typing import Final, NamedTuple

from declutter.charsets import NAMES, codec_of, name_of
from declutter.errors import DecodeError


class Decoded(NamedTuple):
    """A page's text and how it was read.

    text: without byte order mark, NUL and lone surrogates. encoding: name by the WHATWG standard, in lower case.
    source: what named the encoding: given | bom | header | meta | utf-8 | guess.
    """

    text: str
    encoding: str
    source: str


_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)

_PRESCAN: Final = 4096
# The standard looks at 1,024 bytes; real pages put styles and scripts before the declaration.

_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META: Final = re.compile(
    rb"""<meta[\s/][^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE
)
_XML: Final = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([^\s"'>]+)""")
_HEADER: Final = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)


def decode(
    data: bytes,
    *,
    given: str | None = None,
    header: str | None = None,
    subject: str | None = None,
) -> Decoded:
    """Read a page's bytes as text.

    given: an encoding label that overrules all else (DecodeError where there is no such label).
    header: the value of the HTTP header `Content-Type`. subject: names the page in an error.
    """
    named = _given(given, subject) or _bom(data) or _header(header) or _meta(data)
    if named is None or named[1] not in {"given", "bom"}:
        named = _checked(data, named)
    encoding, source = named
    text = data.decode(codec_of(encoding), "replace").removeprefix("\ufeff")
    return Decoded(text.replace("\0", ""), encoding, source)


def _given(label: str | None, subject: str | None) -> tuple[str, str] | None:
    if label is None:
        return None
    name = name_of(label)
    if name is None:
        near = difflib.get_close_matches(label.lower(), NAMES, n=3)
        hint = f"; near it: {', '.join(near)}" if near else ""
        raise DecodeError(f"no encoding is called {label!r}{hint}", subject=subject)
    return name, "given"


def _bom(data: bytes) -> tuple[str, str] | None:
    return next(((name, "bom") for mark, name in _BOMS if data.startswith(mark)), None)


def _header(value: str | None) -> tuple[str, str] | None:
    match = _HEADER.search(value) if value else None
    name = name_of(match[1]) if match else None
    return (name, "header") if name else None


def _meta(data: bytes) -> tuple[str, str] | None:
    head = data[:_PRESCAN]
    if b"<!--" in head:
        head = _COMMENT.sub(b"", head)
    match = _META.search(head) or _XML.match(head)
    name = name_of(match[1].decode("latin-1")) if match else None
    if name is None:
        return None
    # A declaration that could be read as ASCII is not in UTF-16 (html5 prescan, last steps).
    return "utf-8" if name.startswith("utf-16") else name, "meta"


def _checked(data: bytes, named: tuple[str, str] | None) -> tuple[str, str]:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return named or ("windows-1252", "guess")
    return (
        named
        if named and (named[0] == "utf-8" or data.isascii())
        else ("utf-8", "utf-8")
    )


_SIGNATURES: Final = (
    (b"%PDF-", "PDF"),
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"\x1f\x8b", "gzip archive"),
    (b"\x28\xb5\x2f\xfd", "zstd archive"),
)


def not_a_page(data: bytes) -> str | None:
    """Name the binary type that the first bytes show, None for text."""
    return next((name for mark, name in _SIGNATURES if data.startswith(mark)), None)
