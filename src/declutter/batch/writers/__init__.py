"""Outputs of a batch, chosen by name, that a later run can continue."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from declutter.errors import OutputError
from declutter.extras import extra

if TYPE_CHECKING:
    from declutter.batch.encoders import Form, Piece

_LINES: Final[dict[str, Form]] = {".jsonl": "line", ".ndjson": "line"}
_PACKED: Final[dict[str, Form]] = {".gz": "gzip", ".zst": "zstd"}


class Done(NamedTuple):
    """An item that an earlier run has done: its name, and the type of its error; None for a document."""

    input: str
    error: str | None


class Writer(Protocol):
    """Writes pieces, which are with the operating system when `write` returns.

    form: how the pieces must be encoded.
    """

    form: Form

    def done(self) -> Iterator[Done]:
        """The items in the existing output; must be exhausted before the first `write`.

        Reading to the end removes an incomplete last row. Raises OutputError if the output is not from a batch.
        """

    def forget_failures(self) -> None:
        """Remove the rows of items that failed, so that their items are new. Precedes `done`.

        The output is replaced as a whole, or in each of its parts. Raises what `done` raises, and OSError.
        """

    def write(self, piece: Piece) -> None:
        """Append rows. If it raises OSError, none of them has been written."""

    def finish(self) -> None:
        """Complete the output."""

    def close(self) -> None:
        """Release the output, complete or to be resumed. A new one without rows is removed."""


def opened(path: str | Path, *, resume: bool, fields: tuple[str, ...] | None) -> Writer:
    """The writer for a path: `.jsonl` (or with `.gz`, `.zst`), `.parquet`, or a folder.

    resume: continue the output if it exists. fields: keys of the document in the rows.

    Raises OutputError if the output exists and `resume` is False, if another run is writing to it, or if its name does
    not tell the format; MissingExtraError for Parquet without the extra; OSError.
    """
    path = Path(path)
    if _is_device(path):
        from declutter.batch.writers.stream import Stream

        return Stream(_into(path))
    suffixes = [suffix.lower() for suffix in path.suffixes]
    if path.is_dir() or not suffixes or str(path).endswith(os.sep):
        from declutter.batch.writers.folder import Folder

        return Folder(path, resume=resume, fields=fields)
    last = suffixes[-1]
    if last == ".parquet":
        with extra("batch", "Parquet"):
            from declutter.batch.writers.parquet import Parquet
        return Parquet(path, resume=resume, fields=fields)
    packed = _PACKED.get(last)
    form = _LINES.get(last if packed is None else "".join(suffixes[-2:-1]))
    if form is None:
        known = (
            "NAME.jsonl, .jsonl.gz, .jsonl.zst, .parquet, or a folder's name without a suffix; "
            "`declutter convert` makes other formats of JSON Lines"
        )
        raise OutputError(f"the name does not tell the format; use {known}", subject=str(path))
    from declutter.batch.writers.lines import Lines

    return Lines(path, form=packed or form, resume=resume, fields=fields)


def _into(path: Path) -> Callable[[bytes], object]:
    file = path.open("wb")

    def put(content: bytes) -> None:
        file.write(content)
        file.flush()

    return put


def _is_device(path: Path) -> bool:
    """Whether a path exists and is not a file or folder: a pipe, /dev/null."""
    try:
        mode = path.stat().st_mode
    except OSError:
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))
