"""The files that a name stands for: the file itself, the files in a folder, the matches of a glob."""

from __future__ import annotations

import errno
import glob
import os
import stat
from collections.abc import Iterator
from typing import Final, NamedTuple, TypeAlias

_NOT_PAGES: Final = frozenset(
    "avi bmp css eot gif ico jpeg jpg js map mjs mov mp3 mp4 mpeg ogg otf png svg tif tiff ttf wav webm webp woff "
    "woff2".split()
)
"""Suffixes of files in a folder that are not pages: what browsers save along with a page."""


Identity: TypeAlias = tuple[int, int]
"""Device and inode of a file, which are the same under every name."""


class Found(NamedTuple):
    """A path, and why it cannot be read; None if no reason is known.

    is_page: False for files to be left out and, in folders, for names that are not those of pages and for anything but
    regular files, since reading a pipe would never end.
    """

    path: str
    error: OSError | None = None
    is_page: bool = True


def files_of(name: str, leave_out: frozenset[Identity] = frozenset()) -> Iterator[Found]:
    """The files by their names as written, in a stable order. Hidden files are not pages.

    leave_out: files and folders to leave out: a batch's own output, which would be endless.
    """
    if os.path.isdir(name):  # noqa: PTH112 - a Path would not keep the name as it is written
        yield from _in_folder(name, leave_out)
    elif os.path.lexists(name) or not glob.has_magic(name):
        yield Found(name, is_page=identity_of(name) not in leave_out)
    else:
        matches = sorted(glob.iglob(name, recursive=True))  # noqa: PTH207 - as above
        if not matches:
            yield Found(name, FileNotFoundError(errno.ENOENT, "nothing has such a name", name))
        for match in matches:
            if not ("**" in name and os.path.isdir(match)):  # noqa: PTH112 - what is in it is matched too
                yield from files_of(match, leave_out)


def is_there(name: str) -> bool:
    """Whether a name stands for anything; for a glob, at least one file."""
    if os.path.lexists(name):
        return True
    return glob.has_magic(name) and next(glob.iglob(name, recursive=True), None) is not None  # noqa: PTH207 - as above


def _in_folder(name: str, leave_out: frozenset[Identity]) -> Iterator[Found]:
    errors: list[OSError] = []
    for folder, folders, files in os.walk(name, onerror=errors.append):
        if leave_out and identity_of(folder) in leave_out:
            folders.clear()
            continue
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            path = os.path.join(folder, file)  # noqa: PTH118 - quick, and the name stays as it is written
            named = not file.startswith(".") and file.rpartition(".")[2].lower() not in _NOT_PAGES
            yield Found(path, is_page=named and not _is_special(path) and identity_of(path) not in leave_out)
    for error in errors:
        yield Found(error.filename or name, error)


def identity_of(path: str | os.PathLike[str]) -> Identity | None:
    """What distinguishes a file from all others; None if it does not exist."""
    try:
        status = os.stat(path)  # noqa: PTH116 - quick
    except OSError:
        return None
    return status.st_dev, status.st_ino


def size_of(name: str, leave_out: frozenset[Identity] = frozenset()) -> int:
    """Bytes of all the files that can be read."""
    total = 0
    for found in files_of(name, leave_out):
        if found.is_page and found.error is None:
            try:
                total += os.stat(found.path).st_size  # noqa: PTH116 - quick
            except OSError:
                continue
    return total


def _is_special(path: str) -> bool:
    try:
        return not stat.S_ISREG(os.stat(path).st_mode)  # noqa: PTH116 - quick
    except OSError:  # a broken link, which is reported when it is opened
        return False
