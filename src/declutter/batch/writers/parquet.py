"""One Parquet file, written as parts first, because an unfinished Parquet file cannot be read."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyarrow as pa
import pyarrow.parquet as pq

from declutter.batch.arrow import schema
from declutter.batch.writers import Done
from declutter.batch.writers.earlier import check_fields
from declutter.batch.writers.files import BINARY, WAYS_OUT, claim
from declutter.errors import OutputError

if TYPE_CHECKING:
    from declutter.batch.encoders import Form, Piece

_MAX_BYTES: Final = 32_000_000
_MAX_ROWS: Final = 2_000
"""Size of a row group, which is held in memory as Arrow; a kill loses this much work."""
_COMPRESSION: Final = "zstd"
_MERGED: Final = b"declutter.parts"
"""Metadata key of the merged file, for the number of the last part in it."""


class Parquet:
    """Row groups, each in a file of its own in a hidden folder beside the output until all are complete."""

    form: Form = "arrow"

    def __init__(self, path: Path, *, resume: bool, fields: tuple[str, ...] | None) -> None:
        self._path = path
        self._parts = path.with_name(f".{path.name}.parts")
        self._fields = fields
        self._schema = schema(fields)
        self._batches: list[pa.RecordBatch] = []
        self._bytes = self._rows = 0
        if not resume and (path.exists() or self._parts.exists()):
            raise OutputError(f"already exists, or is half written; {WAYS_OUT}", subject=str(path))
        self._parts.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._parts / "lock", os.O_RDWR | os.O_CREAT | BINARY, 0o666)
        try:
            claim(self._lock, path)
            self._next = 1 + self._tidied()
        except OutputError:
            os.close(self._lock)
            raise

    def _tidied(self) -> int:
        """Remove what a killed run has left, and return the number of the last part."""
        for unfinished in self._parts.glob("*.part"):
            unfinished.unlink()
        merged = self._merged()
        for part in self._written():
            if int(part.stem) <= merged:  # an earlier run was killed before its clean-up
                part.unlink()
        return max((int(part.stem) for part in self._written()), default=merged)

    def done(self) -> Iterator[Done]:
        """See Writer."""
        for path in self._all():
            with self._readable(path) as file:
                for batch in file.iter_batches(columns=["input", "error"]):
                    for name, error in zip(batch["input"].to_pylist(), batch["error"].to_pylist(), strict=True):
                        yield Done(name, None if error is None else error["type"])

    def forget_failures(self) -> None:
        """See Writer."""
        for path in self._all():
            with self._readable(path) as file:
                if file.read(["error"])["error"].null_count == file.metadata.num_rows:
                    continue
                form, unfinished = file.schema_arrow, self._parts / f"{path.stem}.part"
                with _named(self._path), pq.ParquetWriter(unfinished, form, compression=_COMPRESSION) as kept:
                    for number in range(file.num_row_groups):
                        group = file.read_row_group(number)
                        kept.write_table(group.filter(group["error"].is_null()))
            unfinished.replace(path)

    def write(self, piece: Piece) -> None:
        """See Writer."""
        with pa.ipc.open_stream(piece.payload) as stream:
            for batch in stream:
                self._batches.append(batch)
                self._rows += batch.num_rows
        self._bytes += len(piece.payload)
        if self._bytes >= _MAX_BYTES or self._rows >= _MAX_ROWS:
            self._flush()

    def finish(self) -> None:
        """See Writer."""
        self._flush()
        if not self._written():
            return
        whole = self._parts / "whole.part"
        noted = self._schema.with_metadata({**self._schema.metadata, _MERGED: str(self._next - 1)})
        with _named(self._path), pq.ParquetWriter(whole, noted, compression=_COMPRESSION) as writer:
            for path in self._all():
                with self._readable(path) as file:
                    for number in range(file.num_row_groups):
                        writer.write_table(file.read_row_group(number).cast(noted))
        whole.replace(self._path)
        for part in self._written():
            part.unlink()

    def close(self) -> None:
        """Keep the parts for a resumed run, if there are any."""
        try:
            self._flush()
        finally:
            os.close(self._lock)
            if not self._written():
                shutil.rmtree(self._parts, ignore_errors=True)

    def _flush(self) -> None:
        if not self._batches:
            return
        part = self._parts / f"{self._next:08}.parquet"
        unfinished = part.with_suffix(".part")
        with _named(self._path):
            try:
                table = pa.Table.from_batches(self._batches, self._schema)
                pq.write_table(table, unfinished, compression=_COMPRESSION, row_group_size=self._rows)
            except OSError:
                unfinished.unlink(missing_ok=True)
                raise
        unfinished.replace(part)
        self._next += 1
        self._batches, self._bytes, self._rows = [], 0, 0

    def _merged(self) -> int:
        """The number of the last part that is already in the merged file."""
        if not self._path.exists():
            return 0
        with self._readable(self._path) as file:
            return int((file.schema_arrow.metadata or {}).get(_MERGED, 0))

    def _written(self) -> list[Path]:
        return sorted(self._parts.glob("[0-9]*.parquet"))

    def _all(self) -> list[Path]:
        """The merged file of an earlier run, and the parts since."""
        return [*([self._path] if self._path.exists() else []), *self._written()]

    def _readable(self, path: Path) -> pq.ParquetFile:
        try:
            file = pq.ParquetFile(path)
            names = file.schema_arrow.names
        except pa.ArrowException as error:
            message = f"{path.name} is not a Parquet file ({error}); --resume can only continue the output of a batch"
            raise OutputError(message, subject=str(self._path)) from error
        check_fields(self._path, names, self._fields)
        return file


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    """Name the output in system errors; pyarrow's messages are long, and name a part."""
    try:
        yield
    except OSError as error:
        if error.errno is None:
            raise
        raise OSError(error.errno, os.strerror(error.errno), str(path)) from error
