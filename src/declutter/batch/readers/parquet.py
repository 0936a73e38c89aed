"""Pages in Parquet: one record per row."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import IO, Any, Final

from declutter.batch.columns import Columns
from declutter.batch.readers.records import KIND, Record, record_of, unreadable
from declutter.compressed import seekable
from declutter.errors import InputError
from declutter.extras import extra

_ROWS: Final = 16  # rows read at once: pages may be large
_ROOM: Final = 1_000_000  # bytes of a row in addition to its page


def records(stream: IO[bytes], file: str, *, columns: Columns, max_bytes: int) -> Iterator[Record]:
    """The rows of a file. Raises InputError if it is damaged, or lacks a requested column.

    Of a page larger than `max_bytes`, one byte more than that is read. A text shared by many rows is held once, because
    a file of a few kilobytes may give a million rows a page of 100 MB. If the rows of a group are too long on average,
    they become errors without being read.
    """
    parquet = _library("pyarrow.parquet")
    damage = _library("pyarrow").ArrowException
    number = 0
    with seekable(stream) as source:  # Parquet is read from its end
        size = source.seek(0, 2)
        try:
            names = parquet.ParquetFile(source).schema_arrow.names
            wanted = columns.among(names, columns.of_source(names))
            if KIND in names and columns.finds_page(names) is None:
                wanted.append(KIND)
            table = parquet.ParquetFile(source, read_dictionary=wanted)
            weight = size // max(1, table.metadata.num_rows)
            for group in range(table.num_row_groups):
                for row in _rows(table, group, wanted, max_bytes):
                    number += 1
                    yield _record(row, file, number, columns)._replace(weight=weight)
        except (damage, OSError) as error:
            after = f" after row {number}" if number else ""
            raise InputError(f"this Parquet file is damaged{after}: {error}") from error


def _rows(table: Any, group: int, wanted: list[str], max_bytes: int) -> Iterator[dict[str, Any] | InputError]:  # noqa: ANN401 - a library without types
    """The rows of a group, one by one; for rows that are not read, the reason."""
    about = table.metadata.row_group(group)
    columns = [about.column(place) for place in range(about.num_columns)]
    whole = sum(column.total_uncompressed_size for column in columns if column.path_in_schema in wanted)
    if whole > (max_bytes + _ROOM) * about.num_rows:
        for _ in range(about.num_rows):
            yield InputError(f"the row is longer than {max_bytes:,} bytes")
        return
    for batch in table.iter_batches(batch_size=_ROWS, row_groups=[group], columns=wanted):
        for place in range(batch.num_rows):
            values = (column[place] for column in batch.columns)
            yield dict(zip(batch.schema.names, (_value(value, max_bytes) for value in values), strict=True))


def _value(scalar: Any, max_bytes: int) -> Any:  # noqa: ANN401 - of any type
    """The value of a cell; a longer text is cut one byte above `max_bytes`."""
    held = getattr(scalar, "value", scalar) if hasattr(scalar, "dictionary") else scalar
    buffer = held.as_buffer() if hasattr(held, "as_buffer") else None
    if buffer is None or buffer.size <= max_bytes:
        return scalar.as_py()
    beginning = buffer[: max_bytes + 1].to_pybytes()
    return beginning.decode("utf-8", "replace") if "string" in str(held.type) else beginning


def _record(row: dict[str, Any] | InputError, file: str, number: int, columns: Columns) -> Record:
    if isinstance(row, InputError):
        return unreadable(file, number, row)
    try:
        return record_of(row, number, columns)
    except InputError as error:
        return unreadable(file, number, error)


def _library(name: str) -> ModuleType:
    with extra("batch", "Parquet"):
        return importlib.import_module(name)
