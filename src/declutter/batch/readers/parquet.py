"""Pages in Parquet: one record per row."""

from __future__ import annotations

import importlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from types import ModuleType
from typing import IO, Any, Final

from declutter.batch.columns import Columns
from declutter.batch.readers.records import Record, record_of, unreadable
from declutter.errors import InputError
from declutter.extras import extra

_ROWS: Final = 16  # read at once: pages may be large


def records(stream: IO[bytes], file: str, *, columns: Columns) -> Iterator[Record]:
    """The rows of a file. Raises InputError if it is damaged, or lacks a requested column."""
    parquet = _library("pyarrow.parquet")
    damage = _library("pyarrow").ArrowException
    number = 0
    with ExitStack() as stack:
        if not stream.seekable():  # it is read from its end
            spool = stack.enter_context(tempfile.TemporaryFile())
            shutil.copyfileobj(stream, spool)
            stream = spool
        size = stream.seek(0, 2)
        try:
            table = parquet.ParquetFile(stream)
            names = table.schema_arrow.names
            wanted = columns.among(names, columns.of_source(names))
            weight = size // max(1, table.metadata.num_rows)
            for batch in table.iter_batches(batch_size=_ROWS, columns=wanted):
                for row in batch.to_pylist():
                    number += 1
                    yield _record(row, file, number, columns)._replace(weight=weight)
        except (damage, OSError) as error:
            after = f" after row {number}" if number else ""
            raise InputError(f"this Parquet file is damaged{after}: {error}") from error


def _record(row: dict[str, Any], file: str, number: int, columns: Columns) -> Record:
    try:
        return record_of(row, number, columns)
    except InputError as error:
        return unreadable(file, number, error)


def _library(name: str) -> ModuleType:
    with extra("batch", "Parquet"):
        return importlib.import_module(name)
