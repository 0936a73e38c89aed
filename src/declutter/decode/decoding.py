"""Finds the encoding of a page among those declared, or by its bytes, and decodes."""

from __future__ import annotations

import codecs
import difflib
import re
from typing import Final, NamedTuple

from declutter.decode.charsets import NAMES, codec_of, name_of
from declutter.decode.guess import fitness, guess
from declutter.decode.resync import PAIRED, read
from declutter.errors import DecodeError


class Decoded(NamedTuple):
    """A page's text and how it was decoded.

    text: without byte order mark, NUL and lone surrogates. encoding: WHATWG name, in lower case. source: what
    determined the encoding: given | bom | header | meta | utf-8 | guess. is_exact: the bytes are the text in UTF-8,
    unchanged.
    """

    text: str
    encoding: str
    source: str
    is_exact: bool = False


_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16le"),
    (codecs.BOM_UTF16_BE, "utf-16be"),
)

_PRESCAN: Final = 4096
"""The standard looks at 1,024 bytes, but real pages put styles and scripts before the declaration."""

_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META: Final = re.compile(rb"""<meta[\s/][^>]*?charset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_XML: Final = re.compile(rb"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']\s*([^\s"'>]+)""")
_HEADER: Final = re.compile(r"""charset\s*=\s*["']?\s*([^\s"';,]+)""", re.IGNORECASE)


def decode(
    data: bytes,
    *,
    given: str | None = None,
    header: str | None = None,
    subject: str | None = None,
) -> Decoded:
    """Decode the bytes of a page.

    given: an encoding label that overrides everything else; DecodeError if it is unknown.
    header: the value of the HTTP header `Content-Type`. subject: names the page in errors.
    """
    utf8 = _as_utf8(data)
    encoding, source = (
        _given(given, subject)
        or bom(data)
        or wide(data)
        or _believed(data, _header(header), _meta(data), is_utf8=utf8 is not None)
        or (("utf-8", "utf-8") if utf8 is not None else (guess(data)[0], "guess"))
    )
    text = utf8 if utf8 is not None and encoding == "utf-8" else _read(data, encoding)
    # Python's decoders return no lone surrogates, but they return NUL, which browsers drop. It is searched in the
    # bytes, because a search in text beyond Latin-1 costs twice the decoding.
    text = text.removeprefix("\ufeff")
    if b"\0" in data:
        text = text.replace("\0", "")
    return Decoded(text, encoding, source, is_exact=text is utf8)


_LONE: Final = re.compile("[\ud800-\udfff]")


def sound(text: str) -> str:
    """Text decoded by the caller, without what `decode` never returns: byte order mark, NUL, lone surrogates."""
    text = text.removeprefix("\ufeff")
    if "\0" in text:
        text = text.replace("\0", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        text = _LONE.sub("\ufffd", text)
    return text


def _as_utf8(data: bytes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _read(data: bytes, encoding: str) -> str:
    try:
        return data.decode(codec_of(encoding))
    except UnicodeDecodeError:
        return read(data, encoding) if encoding in PAIRED else data.decode(codec_of(encoding), "replace")


def _believed(data: bytes, *declared: tuple[str, str] | None, is_utf8: bool) -> tuple[str, str] | None:
    """The first declaration that the bytes do not contradict, or the first of all if no encoding fits better.

    - Valid UTF-8 beyond ASCII is UTF-8: other encodings rarely contain such sequences by chance.
    - A declaration that fails for more than 2 % of the non-ASCII bytes is skipped in favour of another one that does
      not, or else of a guess that fits well. So a page with a few bad bytes keeps its declaration.
    - UTF-8 is kept until nearly half cannot be decoded: the valid part is not chance, and only the part that was pasted
      from another encoding, such as comments, is lost.
    - windows-1252 accepts any bytes, and servers declare it by default. If it fits badly, it is skipped in favour of
      another declaration that fits better, or of a guess (East Asian or other non-Latin) that fits well.
    """
    named = [one for one in declared if one]
    if not named or data.isascii():
        return named[0] if named else None
    utf8 = next((one for one in named if one[0] == "utf-8"), None)
    if is_utf8:
        return utf8 or (None if _is_beyond_two_bytes(data) or named[0][0] not in _EAST_ASIAN else named[0])
    doubtful = named[0][0] == "windows-1252" and fitness(data, "windows-1252") < _MIN_FITNESS
    if not doubtful and _damage(data, named[0][0]) <= (_MAX_MIXED if named[0] is utf8 else _MAX_DAMAGE):
        return named[0]
    for name, source in named[1:]:
        if name != named[0][0] and _damage(data, name) <= _MAX_DAMAGE:
            return name, source
    name, fits = guess(data)
    return (name, "guess") if fits >= _MIN_FITNESS else named[0]


_MAX_DAMAGE: Final = 0.02
_MAX_MIXED: Final = 0.45
"""Of 278 texts in other encodings, none is valid UTF-8 to more than .47 (Greek in Shift JIS), and few to .1."""
_MIN_FITNESS: Final = 0.7
"""Pages in four languages and eight encodings, decoded correctly, have at least .72 (Traditional Han in GBK, the
hardest case), and mostly .85 or more (306 readings).
"""

_EAST_ASIAN: Final = frozenset({"gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr", "iso-2022-jp"})
_THREE_BYTES: Final = re.compile(rb"[\xe0-\xf4]")


def _damage(data: bytes, name: str) -> float:
    """The share of non-ASCII bytes that cannot be decoded."""
    text = data.decode(codec_of(name), "replace")
    beyond = len(text) - len(_BEYOND_ASCII.sub("", text))  # finding them one by one would take forty times as long
    return text.count("\ufffd") / beyond if beyond else 0.0


_BEYOND_ASCII: Final = re.compile("[^\0-\x7f]+")


def _is_beyond_two_bytes(data: bytes) -> bool:
    # In an East Asian encoding, two-byte characters alone may be valid UTF-8 by chance; three-byte ones are not.
    return _THREE_BYTES.search(data) is not None


def wide(data: bytes) -> tuple[str, str] | None:
    """Detect UTF-16 without a byte order mark: every other byte of ASCII text is NUL, as in no other encoding."""
    head = data[:_WIDE_HEAD]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not head or max(even, odd) * 8 < len(head) or min(even, odd) * 8 > max(even, odd):
        return None
    return ("utf-16le" if odd > even else "utf-16be"), "guess"


_WIDE_HEAD: Final = 512


def _given(label: str | None, subject: str | None) -> tuple[str, str] | None:
    if label is None:
        return None
    name = name_of(label)
    if name is None:
        near = difflib.get_close_matches(label.lower(), NAMES, n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise DecodeError(f"unknown encoding {label!r}{hint}", subject=subject)
    return name, "given"


def bom(data: bytes) -> tuple[str, str] | None:
    """The encoding by a byte order mark, and what says so; None without one."""
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
    # A declaration that is readable as ASCII is not in UTF-16 (last steps of the HTML5 prescan).
    return "utf-8" if name.startswith("utf-16") else name, "meta"
