"""Reads a body within limits: nothing is decompressed beyond the bytes that are still allowed."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Final, Protocol

import brotli  # type: ignore[import-untyped]  # it ships no types
import httpx

from declutter.compressed import GZIP, zstd
from declutter.fetcher.kinds import FIRST


class DamagedError(Exception):
    """The bytes do not match their content coding."""


class OverflowingError(Exception):
    """The body exceeds the limit. `length`: as declared; None if the bytes were counted, up to `so_far`."""

    def __init__(self, *, length: int | None = None, so_far: bytes = b"") -> None:
        super().__init__(length)
        self.length = length
        self.so_far = so_far


class Decoder(Protocol):
    """Undoes one content coding, piece by piece, each of bounded size."""

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Decode what has arrived, in pieces of at most about _PIECE bytes."""

    @property
    def done(self) -> bool:
        """Whether the coded stream has come to its end."""


_PIECE: Final = 262_144
_MAX_CODINGS: Final = 3
"""Maximum content codings on one body. Legitimate pages have one; decompression bombs nest them."""
_ZSTD_WINDOW_LOG: Final = 23
"""8 MB, the most that RFC 9659 lets a server ask a client to hold."""


class _Zlib:
    """gzip, including several members, and deflate, with or without its header."""

    def __init__(self, coding: str) -> None:
        self._gzip = coding == "gzip"
        self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 16 if self._gzip else zlib.MAX_WBITS)
        self._started = False
        self.done = False

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if not self._started and chunk:
            self._started = True
            if not self._gzip and not _has_zlib_header(chunk):
                self._decoder = zlib.decompressobj(-zlib.MAX_WBITS)
        while chunk:
            if self._decoder.eof:
                if not (self._gzip and chunk.startswith(GZIP)):
                    return  # bytes after the end are padding, which browsers ignore too
                self._decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            try:
                yield self._decoder.decompress(chunk, _PIECE)
            except zlib.error as error:
                raise DamagedError(str(error)) from error
            self.done = self._decoder.eof
            chunk = self._decoder.unused_data if self.done else self._decoder.unconsumed_tail


def _has_zlib_header(chunk: bytes) -> bool:
    # RFC 1950: method 8 in the first byte, and a check over both.
    return chunk[0] & 0x0F == zlib.DEFLATED and (len(chunk) == 1 or int.from_bytes(chunk[:2], "big") % 31 == 0)


class _Brotli:
    def __init__(self) -> None:
        self._decoder = brotli.Decompressor()

    @property
    def done(self) -> bool:
        return bool(self._decoder.is_finished())

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        if self.done:
            return
        try:
            yield self._decoder.process(chunk, output_buffer_limit=_PIECE)
            while not self._decoder.can_accept_more_data():
                yield self._decoder.process(b"", output_buffer_limit=_PIECE)
        except brotli.error as error:
            raise DamagedError(str(error)) from error


class _Zstd:
    def __init__(self) -> None:
        self._decoder = self._fresh()
        self.done = False

    @staticmethod
    def _fresh() -> zstd.ZstdDecompressor:
        return zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: _ZSTD_WINDOW_LOG})

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        while chunk or not (self._decoder.needs_input or self._decoder.eof):
            if self._decoder.eof:
                self._decoder = self._fresh()  # frames may follow one another
            try:
                yield self._decoder.decompress(chunk, _PIECE)
            except zstd.ZstdError as error:
                raise DamagedError(str(error)) from error
            self.done = self._decoder.eof
            chunk = self._decoder.unused_data if self.done else b""


_MAX_DRAIN: Final = 65_536
_MAX_DRAIN_TIME: Final = 1.0
"""Limits, in bytes and seconds, on reading the rest of a body; beyond them a new connection is cheaper."""


def _decoder(coding: str) -> Decoder:
    if coding in {"gzip", "x-gzip"}:
        return _Zlib("gzip")
    if coding == "deflate":
        return _Zlib("deflate")
    if coding == "br":
        return _Brotli()
    if coding == "zstd":
        return _Zstd()
    raise DamagedError(f"unknown content coding {coding!r}")


ACCEPTED: Final = "gzip, deflate, br, zstd"


def decoders(content_encoding: str) -> list[Decoder]:
    """The decoders to undo a Content-Encoding, in the order to use them."""
    codings = [coding.strip().lower() for coding in content_encoding.split(",")]
    codings = [coding for coding in codings if coding not in {"", "identity"}]
    if len(codings) > _MAX_CODINGS:
        raise DamagedError(f"{len(codings)} nested content codings")
    return [_decoder(coding) for coding in reversed(codings)]


def check_length(response: httpx.Response, *, max_bytes: int) -> None:
    """Raise OverflowingError for a body whose declared length exceeds the limit, before reading it."""
    length = response.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length) > max_bytes:
        raise OverflowingError(length=int(length))


async def read(response: httpx.Response, *, max_bytes: int, look: Callable[[bytes], None]) -> bytes:
    """Read and decode a body; raise OverflowingError as soon as it exceeds the limit.

    The limit applies to the bytes sent and to the decoded bytes. look: gets the first bytes, and may raise.
    """
    stack = decoders(response.headers.get("content-encoding", ""))
    sent, seen, content = 0, False, bytearray()
    async for chunk in response.aiter_raw():
        sent += len(chunk)
        for piece in _undo(chunk, stack):
            content += piece
            if not seen and len(content) >= FIRST:
                seen = True
                look(bytes(content[:FIRST]))
            if len(content) > max_bytes:
                raise OverflowingError(so_far=bytes(content[:max_bytes]))
        if sent > max_bytes:
            raise OverflowingError(so_far=bytes(content))
    if sent and not all(decoder.done for decoder in stack):
        raise DamagedError("the compressed body is truncated")
    if not seen:
        look(bytes(content))
    return bytes(content)


def gunzip(data: bytes, *, max_bytes: int) -> bytes:
    """Decompress a file that was sent compressed (a sitemap.xml.gz), within a limit."""
    decoder = _Zlib("gzip")
    content = bytearray()
    for piece in decoder.feed(data):
        content += piece
        if len(content) > max_bytes:
            raise OverflowingError(so_far=bytes(content[:max_bytes]))
    if not decoder.done:
        raise DamagedError("the compressed file is truncated")
    return bytes(content)


async def drain(response: httpx.Response) -> None:
    """Read a short body that is not needed, so that the connection can be reused."""
    with suppress(httpx.HTTPError, TimeoutError):
        async with asyncio.timeout(_MAX_DRAIN_TIME):
            size = 0
            async for chunk in response.aiter_raw():
                size += len(chunk)
                if size > _MAX_DRAIN:
                    return


def _undo(chunk: bytes, stack: list[Decoder]) -> Iterator[bytes]:
    if not stack:
        yield chunk
        return
    for piece in stack[0].feed(chunk):
        if piece:
            yield from _undo(piece, stack[1:])
