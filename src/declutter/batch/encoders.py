"""Rows encoded for an output, inside the workers, so that writing is only appending."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import Final, Literal, NamedTuple, Protocol, TypeAlias

from declutter.batch.rows import Row, RowError
from declutter.compressed import zstd

Form: TypeAlias = Literal["row", "line", "gzip", "zstd", "arrow"]
"""row: only the document's JSON. line: the row's JSON with a line feed. gzip, zstd: such a line, compressed separately
like the records of web archives, so that any tool can read them in sequence, and a torn one damages only itself. arrow:
a stream of one record batch.
"""

_GZIP_LEVEL: Final = 6
_ZSTD_LEVEL: Final = 3


class Note(NamedTuple):
    """What must be known about a row without decoding it. See Row."""

    input: str
    error: RowError | None
    flash_count: int


class Piece(NamedTuple):
    """Rows of consecutive items, encoded together."""

    notes: tuple[Note, ...]
    payload: bytes


class Encoder(Protocol):
    """Takes rows in order, and returns them in pieces, in the same order."""

    def add(self, row: Row) -> Piece | None:
        """Add a row."""

    def rest(self) -> Piece | None:
        """The rows that have not been returned yet."""


def encoder(form: Form, fields: tuple[str, ...] | None) -> Encoder:
    """The encoder for a form. fields: the `fields` that the rows were made with."""
    if form == "arrow":
        return _Batches(fields)
    return _Single(_BYTES[form])


def _note(row: Row) -> Note:
    return Note(row.input, row.error, row.flash_count)


def _line(row: Row) -> bytes:
    return row.to_json() + b"\n"


_BYTES: Final[dict[Form, Callable[[Row], bytes]]] = {
    "row": lambda row: row.json or b"",
    "line": _line,
    "gzip": lambda row: gzip.compress(_line(row), _GZIP_LEVEL, mtime=0),
    "zstd": lambda row: zstd.compress(_line(row), _ZSTD_LEVEL),
}


class _Single:
    """One piece per row."""

    def __init__(self, encode: Callable[[Row], bytes]) -> None:
        self._encode = encode

    def add(self, row: Row) -> Piece | None:
        return Piece((_note(row),), self._encode(row))

    def rest(self) -> Piece | None:
        return None


class _Batches:
    """Collects rows into one record batch, because in a batch per row the metadata would outweigh the data."""

    def __init__(self, fields: tuple[str, ...] | None) -> None:
        from declutter.batch.arrow import schema

        schema(fields)  # slow the first time, so done before any page waits
        self._fields = fields
        self._rows: list[Row] = []

    def add(self, row: Row) -> Piece | None:
        self._rows.append(row)
        return None

    def rest(self) -> Piece | None:
        import pyarrow as pa

        from declutter.batch.arrow import to_batch

        rows, self._rows = self._rows, []
        if not rows:
            return None
        batch = to_batch(rows, fields=self._fields)
        sink = pa.BufferOutputStream()
        with pa.ipc.new_stream(sink, batch.schema) as stream:
            stream.write_batch(batch)
        return Piece(tuple(map(_note, rows)), sink.getvalue().to_pybytes())
