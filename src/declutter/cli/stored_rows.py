"""The documents in what `extract` and `batch` have written."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import msgspec

from declutter.batch.rows import Doubt, RowError
from declutter.cli.inputs import Failure, shown
from declutter.compressed import beginning, unpacked
from declutter.errors import DeclutterError, FieldError
from declutter.extras import extra
from declutter.model import Document
from declutter.reading import STDIN
from declutter.write import json

_PARQUET: Final = b"PAR1"  # as long as what tells compressions


class _Row(msgspec.Struct, frozen=True):
    """What tells rows apart; the document is decoded only where there is one."""

    input: str | None = None
    error: RowError | None = None
    doubtful: Doubt | None = None


_ROWS: Final = msgspec.json.Decoder(_Row)


class StoredRows:
    """Reads the documents of a file.

    passed: rows of pages without a document. failures: lines that are no row, and 1 for a file that cannot be read.
    """

    def __init__(self, file: str) -> None:
        self.passed = self.failures = 0
        self._file = file
        self._first: Failure | None = None

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Each document with the name of its page."""
        try:
            with _opened(self._file) as stream:
                first = beginning(stream, len(_PARQUET))
                if first == _PARQUET:
                    yield from self._in_parquet(stream if stream.seekable() else unpacked(stream, first=first))
                    return
                for number, line in enumerate(unpacked(stream, first=first), 1):
                    if line.strip():
                        yield from self._document(line, f"{self._file}#{number}")
        except (OSError, DeclutterError) as error:
            self._fail(self._file, error)

    def notes(self) -> Iterator[str]:
        """What there is to say about the file: only the first failure is described, because many are alike."""
        if self._first is not None:
            more = f"; failures in this file: {self.failures:,}" if self.failures > 1 else ""
            yield self._first.message + more
        if self.passed:
            yield f"{shown(self._file)}: rows without a document: {self.passed:,}"

    def _in_parquet(self, stream: IO[bytes]) -> Iterator[tuple[str, Document]]:
        with extra("batch", "Parquet"):
            from declutter.batch.arrow import from_parquet

        for number, row in enumerate(from_parquet(stream), 1):
            if row.json is None:
                self.passed += 1
                continue
            try:
                yield row.input, json.load(row.json)
            except DeclutterError as error:
                self._fail(f"{self._file}#{number}", error)

    def _document(self, line: bytes, place: str) -> Iterator[tuple[str, Document]]:
        try:
            row = _ROWS.decode(line)
            if row.error is None and row.doubtful is None:
                yield row.input or self._file, json.load(line)
            else:
                self.passed += 1
        except msgspec.MsgspecError as error:
            self._fail(place, FieldError(f"the line is not the JSON of a document: {error}"))
        except DeclutterError as error:
            self._fail(place, error)

    def _fail(self, place: str, error: DeclutterError | OSError) -> None:
        self.failures += 1
        self._first = self._first or Failure(place, error)


@contextmanager
def _opened(file: str) -> Iterator[IO[bytes]]:
    if file == STDIN:
        yield sys.stdin.buffer
        return
    with Path(file).open("rb") as stream:
        yield stream
