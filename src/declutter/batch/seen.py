"""Which items are done and which have occurred, without holding their names in memory."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from hashlib import blake2b
from typing import Final, Literal, Self, TypeAlias

State: TypeAlias = Literal["new", "done", "again"]

_CACHE: Final = 4000  # kilobytes
_DIGEST: Final = 16  # bytes; among a million million names, two share one with a probability of 1 in 10^14


class Seen:
    """Names of items in a temporary SQLite file; a context manager, for one thread at a time."""

    def __init__(self, done: Iterable[str] = ()) -> None:
        # An empty name means a private temporary file, deleted when it is closed.
        self._names = sqlite3.connect("", check_same_thread=False, isolation_level=None)
        for setting in ("journal_mode = OFF", "synchronous = OFF", f"cache_size = -{_CACHE}"):
            self._names.execute(f"PRAGMA {setting}")
        self._names.execute("CREATE TABLE names (key BLOB PRIMARY KEY, done INTEGER) WITHOUT ROWID")
        self._names.execute("BEGIN")
        rows = ((_key(name),) for name in done)
        self._names.executemany("INSERT OR IGNORE INTO names VALUES (?, 1)", rows)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Delete all names."""
        with closing(self._names):
            pass

    def meet(self, name: str) -> State:
        """Record a name. Returns "new", "done" if an earlier run has done it, or "again" if this run has met it."""
        key = _key(name)
        if self._names.execute("INSERT OR IGNORE INTO names VALUES (?, 0)", (key,)).rowcount:
            return "new"
        if self._names.execute("UPDATE names SET done = 0 WHERE key = ? AND done = 1", (key,)).rowcount:
            return "done"
        return "again"


def _key(name: str) -> bytes:
    return blake2b(name.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()
