"""The bytes of a file or pipe, decompressed from gzip and zstd, up to a limit."""

from __future__ import annotations

import gzip
import io
import shutil
import sys
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, Final, Protocol

from declutter.errors import InputError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

if TYPE_CHECKING:
    from typing_extensions import Buffer

__all__ = ["GZIP", "ZSTD", "Readable", "beginning", "page_of", "unpacked", "zstd"]

GZIP: Final = b"\x1f\x8b"
ZSTD: Final = b"\x28\xb5\x2f\xfd"
_DAMAGED: Final = (EOFError, zlib.error, zstd.ZstdError, gzip.BadGzipFile)
_BUFFER: Final = 1 << 16


def page_of(stream: IO[bytes], *, max_bytes: int) -> bytes:
    """The page in a stream, decompressed, but at most one byte more than `max_bytes`.

    That byte lets `extract` see that the page is too large. Raises InputError for damaged compression.
    """
    first = beginning(stream, len(ZSTD))
    return beginning(unpacked(stream, first=first), max_bytes + 1)


def beginning(stream: Readable, most: int) -> bytes:
    """The first bytes of a stream. Reads in small pieces, because a read allocates all that it may return."""
    read = io.BytesIO()
    while (left := most - read.tell()) and (piece := stream.read(min(left, _BUFFER))):
        read.write(piece)
    return read.getvalue()


def unpacked(stream: IO[bytes], *, first: bytes) -> io.BufferedReader:
    """The stream, decompressed if it is compressed. Reading damaged compression raises InputError.

    first: bytes that were already read from the stream, which are returned again.
    """
    plain = _Prefixed(first, stream)
    if first.startswith(GZIP):
        return io.BufferedReader(_Checked(gzip.GzipFile(fileobj=io.BufferedReader(plain, _BUFFER))), _BUFFER)
    if first.startswith(ZSTD):
        return io.BufferedReader(_Checked(zstd.ZstdFile(io.BufferedReader(plain, _BUFFER))), _BUFFER)
    return io.BufferedReader(plain, _BUFFER)


@contextmanager
def seekable(stream: IO[bytes]) -> Iterator[IO[bytes]]:
    """The stream, or a temporary copy on disk if it can only be read forward."""
    if stream.seekable():
        yield stream
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream, copy)
        copy.seek(0)
        yield copy


class Readable(Protocol):
    """Anything with a method to read bytes."""

    def read(self, size: int, /) -> bytes:
        """Read at most `size` bytes; empty at the end."""
        ...


class _Packed(Protocol):
    def read1(self, size: int, /) -> bytes: ...


class _Forward(io.RawIOBase):
    """A forward-only stream with a position."""

    _place = 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: Buffer) -> int:
        view = memoryview(buffer)
        chunk = self._next(len(view))
        view[: len(chunk)] = chunk
        self._place += len(chunk)
        return len(chunk)

    def _next(self, size: int) -> bytes:
        raise NotImplementedError


class _Prefixed(_Forward):
    """A stream, preceded by bytes that were already read from it."""

    def __init__(self, first: bytes, rest: IO[bytes]) -> None:
        self._first = first
        self._rest = rest

    def _next(self, size: int) -> bytes:
        chunk, self._first = self._first[:size], self._first[size:]
        # `read1` returns what a pipe has; waiting for more would delay the start of a slow list.
        return chunk or getattr(self._rest, "read1", self._rest.read)(size)


class _Checked(_Forward):
    """A decompressed stream that raises InputError for damage."""

    def __init__(self, stream: _Packed) -> None:
        self._stream = stream

    def _next(self, size: int) -> bytes:
        try:
            return self._stream.read1(size)
        except _DAMAGED as error:
            raise InputError(f"the compression is damaged: {error}") from error
