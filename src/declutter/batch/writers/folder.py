"""A folder with one file per item, named like the inputs."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from declutter.batch.writers import Done
from declutter.batch.writers.earlier import Earlier
from declutter.batch.writers.files import BINARY, WAYS_OUT, append, claim
from declutter.batch.writers.names import SUFFIX, file_name
from declutter.errors import OutputError

if TYPE_CHECKING:
    from declutter.batch.encoders import Form, Piece

_LOCK: Final = ".declutter.lock"
_UNFINISHED: Final = ".declutter.part"


class Folder:
    """One file per row, each renamed into place when it is complete."""

    form: Form = "line"

    def __init__(self, path: Path, *, resume: bool, fields: tuple[str, ...] | None) -> None:
        self._path = path
        self._earlier = Earlier(path, fields)
        self._is_new = not path.exists()
        path.mkdir(parents=True, exist_ok=True)
        if not resume and any(path.iterdir()):
            raise OutputError(f"the folder is not empty; {WAYS_OUT}", subject=str(path))
        self._lock = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | BINARY, 0o666)
        try:
            claim(self._lock, path)
        except OutputError:
            os.close(self._lock)
            raise
        self._part = path / _UNFINISHED

    def done(self) -> Iterator[Done]:
        """See Writer."""
        for folder, folders, files in os.walk(self._path):
            folders.sort()
            for file in sorted(files):
                path = Path(folder, file)
                if file.endswith(SUFFIX) and (known := self._known(path)) is not None:
                    yield known

    def forget_failures(self) -> None:
        """See Writer."""
        for known in self.done():
            if known.error is not None:
                (self._path / file_name(known.input)).unlink()

    def write(self, piece: Piece) -> None:
        """See Writer."""
        (note,) = piece.notes
        path = self._path / file_name(note.input)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self._part, os.O_WRONLY | os.O_CREAT | BINARY | os.O_TRUNC, 0o666)
            try:
                append(file, piece.payload, end=0, path=path)
            finally:
                os.close(file)
            self._part.replace(path)
        except OSError:
            self._part.unlink(missing_ok=True)
            raise

    def finish(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """See Writer."""
        for own in (_LOCK, _UNFINISHED):
            with contextlib.suppress(OSError):
                (self._path / own).unlink()
        os.close(self._lock)
        if self._is_new:
            with contextlib.suppress(OSError):  # it has rows
                self._path.rmdir()

    def _known(self, path: Path) -> Done | None:
        """The item of a file; None if the file is not an output of a batch."""
        try:
            row = path.read_bytes()
            done = self._earlier.read(row)
        except (msgspec.DecodeError, RecursionError):
            return None
        if self._path / file_name(done.input) != path:
            return None
        self._earlier.check(row, done)
        return done
