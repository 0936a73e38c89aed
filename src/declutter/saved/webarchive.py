"""Safari's web archive (.webarchive): a property list in binary form with the page as it was sent.

`WebMainResource` holds `WebResourceData`, `WebResourceMIMEType`, `WebResourceTextEncodingName` and `WebResourceURL`.
Only these are read, each once. The standard library's `plistlib` would read all pictures and frames, and what a hostile
list names a thousand times a thousand times: a megabyte then takes gigabytes. The format: CFBinaryPList.c of Apple's
CoreFoundation.
"""

from __future__ import annotations

from typing import Final

from declutter.errors import InputError, NotAPageError
from declutter.saved.resource import Resource, address_of

_TRAILER: Final = 32
_MAX_KEYS: Final = 1000
_MAX_TEXT: Final = 10_000  # bytes of a URL or a name of an encoding
_MAX_INT: Final = 8

# The kinds of objects, in the upper half of their first byte.
_INT: Final = 0x1
_DATA: Final = 0x4
_ASCII: Final = 0x5
_UTF_16: Final = 0x6
_DICT: Final = 0xD
_COUNTED: Final = 0xF  # in the lower half: the count follows as an integer


def read(data: bytes, *, subject: str | None = None) -> Resource:
    """The page in a web archive.

    subject: names the file in errors. Raises InputError if the file is damaged, NotAPageError if it is another property
    list.
    """
    try:
        archive = _PropertyList(data)
        main = archive.member(archive.top, "WebMainResource")
        body = None if main is None else archive.member(main, "WebResourceData")
        if main is None or body is None:
            raise NotAPageError("this is a property list without a page, not a Safari web archive", subject=subject)
        kind, encoding, url = (
            archive.text(archive.member(main, f"WebResource{name}")) for name in ("MIMEType", "TextEncodingName", "URL")
        )
        content_type = f"{kind or 'text/html'}; charset={encoding}" if encoding else kind
        return Resource(archive.content(body), content_type, address_of(url))
    except (IndexError, ValueError) as error:
        message = f"this is a Safari web archive or another property list that is cut off or damaged: {error}"
        raise InputError(message, subject=subject) from error


class _PropertyList:
    """A property list, of which objects are read when they are asked for. Objects are places in the file.

    Methods raise IndexError or ValueError for what cannot be.
    """

    def __init__(self, data: bytes) -> None:
        trailer = data[-_TRAILER:]
        self._data = data
        self._place_size, self._number_size = trailer[6], trailer[7]
        self._count, top, self._table = (int.from_bytes(trailer[at : at + 8]) for at in (8, 16, 24))
        sizes = (self._place_size, self._number_size)
        if min(sizes) < 1 or max(sizes) > _MAX_INT:
            raise ValueError("its end is not that of a property list")
        if self._table + self._count * self._place_size > len(data) - _TRAILER:
            raise ValueError("its table of objects is not within the file")
        self.top = self._object(top)

    def member(self, place: int, name: str) -> int | None:
        """The value of a key in a dictionary; None if it has no such key."""
        kind, count, begin = self._head(place)
        if kind != _DICT:
            raise ValueError(f"what should hold {name} is not a dictionary")
        for index in range(min(count, _MAX_KEYS)):
            if self._is(self._number(begin, index), name):
                return self._number(begin, count + index)
        return None

    def content(self, place: int) -> bytes:
        """The bytes of an object of data."""
        kind, count, begin = self._head(place)
        if kind != _DATA:
            raise ValueError("the page is not an object of bytes")
        return self._piece(begin, count)

    def text(self, place: int | None) -> str | None:
        """The text of a string; None without one, or for one longer than any URL."""
        if place is None:
            return None
        kind, count, begin = self._head(place)
        if kind not in (_ASCII, _UTF_16) or count > _MAX_TEXT:
            return None
        if kind == _ASCII:
            return self._piece(begin, count).decode("latin-1")
        return self._piece(begin, 2 * count).decode("utf-16-be", "replace")

    def _is(self, place: int, name: str) -> bool:
        """Whether an object is a string. One of another length is not read: many keys may name the same long one."""
        kind, count, begin = self._head(place)
        return kind == _ASCII and count == len(name) and self._piece(begin, count) == name.encode()

    def _head(self, place: int) -> tuple[int, int, int]:
        """The kind of an object, its count, and where its content begins."""
        kind, count = divmod(self._data[place], 16)
        begin = place + 1
        if count == _COUNTED and kind != _INT:
            is_int, power = divmod(self._data[begin], 16)
            if is_int != _INT or 1 << power > _MAX_INT:
                raise ValueError("an object has no length")
            size = 1 << power
            count, begin = int.from_bytes(self._piece(begin + 1, size)), begin + 1 + size
        return kind, count, begin

    def _number(self, begin: int, index: int) -> int:
        """The object that a dictionary names at an index."""
        size = self._number_size
        return self._object(int.from_bytes(self._piece(begin + index * size, size)))

    def _object(self, number: int) -> int:
        if number >= self._count:
            raise ValueError("it names an object that does not exist")
        return int.from_bytes(self._piece(self._table + number * self._place_size, self._place_size))

    def _piece(self, begin: int, size: int) -> bytes:
        if begin + size > len(self._data) - _TRAILER:
            raise ValueError("an object is not within the file")
        return self._data[begin : begin + size]
