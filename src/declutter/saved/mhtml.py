"""MHTML: a page and what it shows as parts of one mail (RFC 2557). "Webpage, Single File" of Chrome and Edge, and the
"Web archive" of Internet Explorer and Opera.

The standard library reads the headers. The parts are cut out here, because its parser takes every line of every picture
through a loop, with as many tests as there are parts around it, which a hostile file makes thousands.
"""

from __future__ import annotations

import binascii
import re
import string
from collections.abc import Iterator
from datetime import UTC
from email.message import Message
from email.parser import HeaderParser
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Final, NamedTuple

from declutter.errors import InputError, NotAPageError
from declutter.saved.resource import Resource, address_of

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_MAX_HEADERS: Final = 16_384
"""Bytes of the headers of a part. Browsers write less than one kilobyte, and the page's title and URL."""
_MAX_TYPE: Final = 2000
"""Characters of a content type: the library splits it in quadratic time."""
_MAX_PARTS: Final = 10_000
"""Parts that are looked at for the page, which is the first of them in what browsers write."""
_MAX_DEPTH: Final = 4
_FIRST_YEAR: Final = 1997
"""Of the format. A clock that was not set must not make placeholders of all dates of a page."""

_BLANK: Final = re.compile(rb"\n\r?\n")
_DIGITS: Final = (string.ascii_letters + string.digits + "+/").encode()
_NOT_DIGITS: Final = bytes(set(range(256)) - set(_DIGITS))


class _Part(NamedTuple):
    """A part of the file: its headers, and where in the file its body is. is_whole: whether its end was found."""

    headers: Message
    begin: int
    end: int
    is_whole: bool

    @property
    def place(self) -> str:
        """Where it was on the web, or its name."""
        return str(self.headers.get("content-location", "")).strip()


def read(data: bytes, *, subject: str | None = None) -> Resource:
    """The page in MHTML. Of several, as frames are, the one that the file names as its root, or else the first.

    subject: names the file in errors. Raises InputError if its parts cannot be told apart, NotAPageError if none is a
    page.
    """
    file = _part(data, 0, len(data), is_whole=False)
    if file is None:
        raise InputError("this is MHTML whose headers do not end: it is cut off or damaged", subject=subject)
    headers = file.headers
    is_single = headers.get_content_type() in _PAGES
    if not is_single and not headers.get_boundary():
        raise InputError("this is MHTML that does not say what separates its parts (boundary=)", subject=subject)
    shown = str(headers.get("snapshot-content-location", "")).strip()
    parts = iter([file]) if is_single else islice(_parts(data, file), _MAX_PARTS)
    root = _root(parts, start=_start(headers), place=shown, subject=subject)
    return Resource(
        _decoded(data[root.begin : root.end], str(root.headers.get("content-transfer-encoding", ""))),
        str(root.headers.get("content-type", "")) or None,
        address_of(shown, root.place, headers.get("content-location")),
        _moment(headers.get("date")),
        root.is_whole or is_single,
    )


def _part(data: bytes, begin: int, end: int, *, is_whole: bool) -> _Part | None:
    """The part that begins at a place; None if its headers do not end."""
    blank = _BLANK.search(data, begin, min(end, begin + _MAX_HEADERS))
    if blank is None:
        return None
    headers = HeaderParser().parsestr(data[begin : blank.end()].decode(errors="replace").lstrip())
    if len(headers.get("content-type", "")) > _MAX_TYPE:
        del headers["content-type"]
    return _Part(headers, min(blank.end(), end), end, is_whole)


def _parts(data: bytes, outer: _Part, depth: int = 1) -> Iterator[_Part]:
    """The parts of a part, each before those in it."""
    boundary = outer.headers.get_boundary()
    if not boundary:
        return
    line = re.compile(rb"\n--%b(--)?[ \t]*+(?=\r?(?:\n|\Z))" % re.escape(boundary.encode(errors="replace")))
    begin: int | None = None
    # A `\r` before the line stays with the part, as white space: an expression that begins with `\n` is found quickly.
    # From the end of the headers, because a part may be empty.
    for found in line.finditer(data, outer.begin - 1, outer.end):
        if begin is not None:
            yield from _with_inner(data, _part(data, begin, found.start(), is_whole=True), depth)
        begin = found.end()
        if found[1]:
            return
    if begin is not None:
        yield from _with_inner(data, _part(data, begin, outer.end, is_whole=outer.is_whole), depth)


def _with_inner(data: bytes, part: _Part | None, depth: int) -> Iterator[_Part]:
    if part is None:
        return
    yield part
    if depth < _MAX_DEPTH and part.headers.get_content_maintype() == "multipart":
        yield from _parts(data, part, depth + 1)


def _root(parts: Iterator[_Part], *, start: str, place: str, subject: str | None) -> _Part:
    """The page among the parts: the one named `start`, or else the one that was at a place, or else the first."""
    first = shown = None
    count = 0
    for part in parts:
        count += 1
        if part.headers.get_content_type() not in _PAGES:
            continue
        first = first or part
        if place and part.place == place:
            shown = shown or part
        if start and _identity(part.headers.get("content-id", "")) == start:
            return part
        if not start and (shown or not place):
            break
    root = shown or first
    if root is not None:
        return root
    if not count:
        raise InputError("this is MHTML without any of its parts: it is cut off or damaged", subject=subject)
    raise NotAPageError(f"this is MHTML without a page: none of its parts ({count:,}) is HTML", subject=subject)


def _start(headers: Message) -> str:
    start = headers.get_param("start", "")
    return _identity(start) if isinstance(start, str) else ""


def _identity(written: str) -> str:
    """A part's name, as `<frame-1@mhtml.blink>` or `cid:frame-1@mhtml.blink`, without its marks."""
    return written.strip().removeprefix("cid:").strip("<>")


def _decoded(body: bytes, coding: str) -> bytes:
    """The bytes of a part, as far as they are not damaged."""
    coding = coding.strip().lower()
    if coding == "quoted-printable":
        return binascii.a2b_qp(body)
    if coding == "base64":
        digits = body.translate(None, _NOT_DIGITS)
        if len(digits) % 4 == 1:  # no byte, but a part of one
            digits = digits[:-1]
        return binascii.a2b_base64(digits + b"=" * (-len(digits) % 4))
    return body


def _moment(written: str | None) -> str | None:
    """The time of a header `Date` as ISO 8601; None if there is none, or none that can be."""
    try:
        moment = parsedate_to_datetime(written or "")
        moment = moment.astimezone(UTC) if moment.tzinfo else moment
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}" if moment.year >= _FIRST_YEAR else None
