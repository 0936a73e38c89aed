"""Pages as browsers save them in one file: MHTML and Safari's web archives, and what a saved page says of its origin.

Recognised by the first bytes. What reads a format is loaded only for a file in it.
"""

from __future__ import annotations

import re
from typing import Final

from declutter.saved.marks import Mark, mark_in
from declutter.saved.resource import Resource

__all__ = ["Mark", "Resource", "is_mhtml", "mark_in", "resource_in"]

_HEAD: Final = 16_384
"""Bytes, or characters, in which the headers of a file must say what it is."""
_REST: Final = rb"[^\n]*+\n(?:[ \t][^\n]*+\n)*+"
_HEADER: Final = rb"(?:[a-z][a-z\d-]*+:%b)" % _REST
_MHTML: Final = re.compile(
    rb"%b{0,32}?(?:(?P<parts>snapshot-content-location:|content-type:\s*+multipart/related\b)"
    rb"|content-type:\s*+text/html\b%b%b*+(?:\r?\n|\Z))" % (_HEADER, _REST, _HEADER),
    re.IGNORECASE,
)
"""The headers of a mail whose parts make a page, or of one that is a page: Internet Explorer's, without pictures."""
_VERSION: Final = re.compile(rb"^mime-version:", re.IGNORECASE | re.MULTILINE)
"""What the headers of such a mail have, and those of an HTTP response, for example, have not."""
_PROPERTY_LIST: Final = b"bplist00"


def is_mhtml(page: bytes | str) -> bool:
    """Whether a file is MHTML, by its first bytes, or characters."""
    head = page[:_HEAD]
    match = _MHTML.match(head if isinstance(head, bytes) else head.encode(errors="replace"))
    return match is not None and (match["parts"] is not None or _VERSION.search(match[0]) is not None)


def resource_in(data: bytes, *, subject: str | None = None) -> Resource | None:
    """The page in a file that a browser saved; None if the file is neither MHTML nor a property list.

    subject: names the file in errors. Raises InputError if it is damaged, NotAPageError if there is no page in it.
    """
    if is_mhtml(data):
        from declutter.saved.mhtml import read

        return read(data, subject=subject)
    if data.startswith(_PROPERTY_LIST):
        from declutter.saved.webarchive import read as read_archive

        return read_archive(data, subject=subject)
    return None
