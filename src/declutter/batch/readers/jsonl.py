"""Pages in JSON Lines: one record per line."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator
from typing import IO, Any, Final

import msgspec

from declutter.batch.columns import Columns
from declutter.batch.readers.records import Record, record_of, unreadable
from declutter.batch.rows import RowError
from declutter.errors import InputError
from declutter.model import Page

_ROOM: Final = 1_000_000
_FETCHED: Final = frozenset({"final_url", "status", "fetched_at", "headers"})
_DESCRIBED: Final = msgspec.json.Decoder(Page)  # for `convert`: at first use, threads would race to describe it


def records(stream: IO[bytes], file: str, *, columns: Columns, max_bytes: int) -> Iterator[Record]:
    """The records of a stream. One that cannot be read is included with the error."""
    limit = 2 * max_bytes + _ROOM  # escapes may double a page
    number = 0
    while line := stream.readline(limit):
        number += 1
        if len(line) == limit and not line.endswith(b"\n"):
            _skip_line(stream, limit)
            yield unreadable(file, number, InputError(f"the line is longer than {limit:,} bytes"))
        elif line.strip():
            try:
                yield _record(line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line, number, columns)
            except InputError as error:
                yield unreadable(file, number, error)


def _record(line: bytes, number: int, columns: Columns) -> Record:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"the line is not JSON: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"the line is a JSON {type(record).__name__}, not an object")
    if record.keys() >= _FETCHED:
        page = _fetched(record)
        return Record(number, page.url, page)
    if isinstance(failure := record.get("error"), dict) and (name := record.get("url") or record.get("input")):
        return Record(number, str(name), _failure(failure))
    return record_of(record, number, columns)


def _fetched(record: dict[str, Any]) -> Page:
    """A page as `declutter fetch` writes it."""
    try:
        body = base64.b64decode(record.get("body", ""), validate=True)
        return msgspec.convert({**record, "body": body}, Page)
    except (msgspec.ValidationError, binascii.Error, TypeError) as error:
        raise InputError(f"the record of a fetched page is damaged: {error}") from error


def _failure(error: dict[str, Any]) -> RowError:
    """The error that an earlier step recorded instead of a page."""
    return RowError(str(error.get("type")), str(error.get("message")))


def _skip_line(stream: IO[bytes], limit: int) -> None:
    while (rest := stream.readline(limit)) and not rest.endswith(b"\n"):
        pass
