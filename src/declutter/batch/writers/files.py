"""Locking and atomic appending, for all outputs."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from typing import TYPE_CHECKING, Final

from declutter.errors import OutputError

if TYPE_CHECKING:
    from pathlib import Path

WAYS_OUT: Final = "continue it with --resume, or choose another output"

BINARY: Final = getattr(os, "O_BINARY", 0)  # otherwise Windows would write line feeds as two characters

_BUSY: Final = frozenset({errno.EACCES, errno.EAGAIN})


def claim(descriptor: int, path: Path) -> None:
    """Lock the file. Raises OutputError if another run is writing to it."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            raise OutputError("another run is writing to this output", subject=str(path)) from error
        # A file system without locks: continuing without one is better than failing.


def append(descriptor: int, content: bytes, *, end: int, path: Path) -> int:
    """Write the content at `end`, and return the new end; if that fails, truncate the file to `end`."""
    try:
        written = 0
        while written < len(content):  # a disk that is almost full accepts only a part
            written += os.write(descriptor, memoryview(content)[written:])
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, end)
            os.lseek(descriptor, end, os.SEEK_SET)
        if isinstance(error, OSError):
            error.filename = str(path)
        raise
    return end + len(content)
