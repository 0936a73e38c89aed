"""Pages in web archives: HTTP responses in WARC files, and texts in WET files."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Iterator
from types import ModuleType
from typing import IO, TYPE_CHECKING, Any, Final

from declutter.batch.readers.records import Record, unreadable
from declutter.compressed import GZIP, beginning
from declutter.errors import InputError
from declutter.extras import extra
from declutter.fetcher.archive import page_of, skip_rest
from declutter.fetcher.kinds import refused_by_header
from declutter.model import Page

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

_MEMBER: Final = GZIP + b"\x08"
_PLAIN: Final = b"WARC/1."
_BLOCK: Final = 1 << 20
_MAX_HEADERS: Final = 1_000_000
_MIN_REDIRECT: Final = 300


def records(stream: IO[bytes], file: str, *, max_bytes: int) -> Iterator[Record]:
    """The pages of an archive. A damaged record is included with the error, and reading continues after it.

    Skips what is not a page: requests, redirects, server errors, images and so on.
    stream: of gzip members or uncompressed. If it is not seekable, damage costs the rest of the archive.
    max_bytes: limit of a page; a larger one is cut one byte above that, whatever its record decompresses to.
    """
    number = begin = 0
    while True:
        last = after = None
        try:
            for record in _iterator(stream):
                number += 1
                last = begin + record.stream_pos
                if (one := _record(record, file, number, max_bytes)) is not None:
                    yield one
                    if isinstance(one.page, Page) and len(one.page.body) > max_bytes:
                        after = _past(record, stream, last)
                        if after is not None:
                            break
        except OSError as error:
            if last is not None or not begin:
                number += 1
                yield unreadable(file, number, InputError(f"the record is damaged: {error}"))
            after = _next_record(stream, (begin if last is None else last) + 1)
        if after is None:
            return
        stream.seek(after)
        begin = after


def _past(record: WarcRecord, stream: IO[bytes], place: int) -> int | None:
    """Where to restart after a page that was not read to its end; None if the iterator can simply go on.

    A compressed body may unpack to a thousand times its size, so the next record is searched for instead, where the
    stream is seekable and there is one. place: offset of the record.
    """
    if record.is_http and record.http_headers.get("Content-Encoding") and stream.seekable():
        at = stream.tell()
        after = _next_record(stream, place + 1)
        if after is not None:
            return after
        stream.seek(at)
    skip_rest(record)
    return None


def _iterator(stream: IO[bytes]) -> Iterator[WarcRecord]:
    warc = _library()
    kinds = warc.WarcRecordType
    records: Iterator[WarcRecord] = warc.ArchiveIterator(
        stream,
        record_types=kinds.response | kinds.conversion | kinds.resource,
        auto_decode="all",
        max_header_len=_MAX_HEADERS,
    )
    return records


def _record(record: WarcRecord, file: str, number: int, max_bytes: int) -> Record | None:
    address = record.headers.get("WARC-Target-URI") or None
    if record.headers.get("Content-Length") is None:  # every record has it: this one ends within its head
        return unreadable(file, number, InputError("the record is cut off"))
    if record.is_http:
        return _response(record, file, number, address, max_bytes)
    content_type = record.headers.get("Content-Type") or ""
    if refused_by_header(content_type, "page"):
        return None
    body = beginning(record.reader, max_bytes + 1)
    if len(body) < min(record.content_length, max_bytes + 1):
        return unreadable(file, number, InputError("the record is cut off"))
    page = Page(
        url=address or "",
        final_url=address or "",
        status=200,
        headers={"content-type": content_type},
        body=body,
        fetched_at=record.headers.get("WARC-Date") or "",
    )
    return Record(number, address, page)


def _response(record: WarcRecord, file: str, number: int, address: str | None, max_bytes: int) -> Record | None:
    headers: Any = record.http_headers
    if headers.status_code is not None and headers.status_code >= _MIN_REDIRECT:
        return None
    if refused_by_header(headers.get("Content-Type") or "", "page"):
        return None
    length, packed = headers.get("Content-Length") or "", headers.get("Content-Encoding")
    page = page_of(record, max_bytes=max_bytes)
    due = min(int(length), max_bytes + 1) if length.isdigit() else 0
    if page is None or (len(page.body) < due and (not packed or not page.body)):
        return unreadable(file, number, InputError("the record is cut off"))
    return Record(number, address, page)


def _next_record(stream: IO[bytes], begin: int) -> int | None:
    """Where the next record may begin; None if there is none, or the stream is not seekable."""
    if not stream.seekable():
        return None
    stream.seek(0)
    sign = _MEMBER if stream.read(len(GZIP)) == GZIP else _PLAIN
    place = begin
    while True:
        stream.seek(place)
        block = stream.read(_BLOCK)
        at = block.find(sign)
        if at < 0:
            if len(block) < _BLOCK:
                return None
            place += len(block) - len(sign) + 1
            continue
        place += at
        if sign == _PLAIN or _begins_record(block[at:]):
            stream.seek(place)
            return place
        place += 1


def _begins_record(member: bytes) -> bool:
    try:
        return zlib.decompressobj(wbits=31).decompress(member, len(_PLAIN)) == _PLAIN
    except zlib.error:
        return False


def _library() -> ModuleType:
    with extra("batch", "WARC"):
        return importlib.import_module("fastwarc.warc")
