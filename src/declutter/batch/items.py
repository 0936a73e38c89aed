"""Items of a batch: each a page, or where to find one."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from declutter.batch.rows import RowError
from declutter.model import Page


class OnDisk(msgspec.Struct, frozen=True, gc=False):
    """A page in a file, possibly compressed, which the worker opens."""

    path: str


class Address(msgspec.Struct, frozen=True, gc=False):
    """A page to fetch."""

    url: str


Place: TypeAlias = OnDisk | Address | Page | bytes | str | RowError
"""The page of an item, its location, or the reason why there is none."""


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One page of a batch.

    name: its name in the output. source: see Place. url: the page's URL, if a record gives it.
    weight: bytes of the input that it represents, for the progress display.
    """

    name: str
    source: Place
    url: str | None = None
    weight: int = 0

    @property
    def size(self) -> int:
        """Bytes or characters that the item holds in memory."""
        match self.source:
            case Page(body=body):
                return len(body)
            case bytes() | str():
                return len(self.source)
        return 0


def readable(name: str) -> str:
    """A path as text that can be encoded: bytes that are not UTF-8 are escaped."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
