"""Files that grow during a crawl, by complete pieces only."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Self


class GrowingFile:
    """A file to which pieces are appended completely or not at all; a context manager.

    end: its length in bytes. A piece is with the operating system when `append` returns, so killing the process
    does not lose it.
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
        """Whether the file has been deleted, so that what is written to it is lost."""
        return os.fstat(self._file.fileno()).st_nlink == 0

    def append(self, piece: bytes) -> None:
        """Append a piece. Raises OSError, which names the file, if that fails."""
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
        """Truncate the file to `end`."""
        self._file.truncate(end)
        self.end = end
