"""The rows that an earlier run has written, as a later one reads them to continue."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Final

import msgspec

from declutter.batch.rows import RowError
from declutter.batch.writers import Done
from declutter.errors import OutputError
from declutter.write.json import FIELDS

_MAX_NAMED: Final = 8
_ABOUT_THE_ROW: Final = frozenset({"input", "error", "schema"})


class _Known(msgspec.Struct, frozen=True):
    """The part of a row that is needed to continue."""

    input: str
    error: RowError | None = None


_KNOWN: Final = msgspec.json.Decoder(_Known)
_KEYS: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


class Earlier:
    """Reads rows of JSON. path: the output. fields: keys of the document in the rows of this run; None for all."""

    def __init__(self, path: Path, fields: tuple[str, ...] | None) -> None:
        self._path = path
        self._fields = fields
        self._is_checked = False

    def read(self, row: bytes) -> Done:
        """The item of a row. Raises DecodeError or RecursionError if it is none."""
        known = _KNOWN.decode(row)
        return Done(known.input, None if known.error is None else known.error.type)

    def check(self, row: bytes, done: Done) -> None:
        """Raise OutputError if the row has other fields than this run's; the rows after the first with a document are
        like it.
        """
        if done.error is None and not self._is_checked:
            check_fields(self._path, _KEYS.decode(row), self._fields)
            self._is_checked = True


def check_fields(path: Path, found: Collection[str], fields: tuple[str, ...] | None) -> None:
    """Raise OutputError if the rows of an output, which have the keys `found`, have other fields than this run's."""
    names = [name for name in found if name not in _ABOUT_THE_ROW]
    if set(names) == set(FIELDS if fields is None else fields):
        return
    if set(names) == set(FIELDS):
        message = "its rows have all fields; continue it without --fields"
    elif set(names) < set(FIELDS):
        message = f"its rows have other fields; continue it with --fields {','.join(names)}"
    else:
        few = ", ".join(names[:_MAX_NAMED]) + (" …" if len(names) > _MAX_NAMED else "")
        message = f"its rows have the keys {few}; --resume can only continue the output of a batch"
    raise OutputError(message, subject=str(path))
