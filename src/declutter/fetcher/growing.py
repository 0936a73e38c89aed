"""Files that grow while a crawl goes on, and hold whole pieces only."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Self


class GrowingFile:
    """A file that pieces are appended to, each in full or, where that fails, not at all; a context manager.

    end: its length in bytes. A piece is in the hands of the system when `append` returns: killing the process loses
    none of it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab", buffering=0)
        self.end = self._file.tell()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    @property
    def is_deleted(self) -> bool:
        """Whether the file has lost its name, so that nobody will find what is written to it."""
        return os.fstat(self._file.fileno()).st_nlink == 0

    def append(self, piece: bytes) -> None:
        """Write a piece; raise OSError, which names the file, where that cannot be done."""
        if self.is_deleted:
            raise FileNotFoundError(errno.ENOENT, "deleted while it was being written", str(self.path))
        try:
            rest = memoryview(piece)
            while rest:
                rest = rest[self._file.write(rest) :]
        except BaseException as error:
            self.cut(self.end)
            if isinstance(error, OSError):
                raise OSError(error.errno, error.strerror, str(self.path)) from error
            raise
        self.end += len(piece)

    def cut(self, end: int) -> None:
        """Take back what was appended behind `end`."""
        self._file.truncate(end)
        self.end = end
