"""What a batch works on: items, each a page or the place where one is."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from declutter.batch.rows import RowError
from declutter.model import Page


class OnDisk(msgspec.Struct, frozen=True, gc=False):
    """A page in a file, as it is or compressed; whoever works on it opens it."""

    path: str


class Address(msgspec.Struct, frozen=True, gc=False):
    """A page that has to be fetched."""

    url: str


Place: TypeAlias = OnDisk | Address | Page | bytes | str | RowError
"""Where an item's page is, the page itself, or why there is none."""


class Item(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One page of a batch.

    name: what names it in its row. source: see Place. url: the page's address, for records that say it.
    weight: bytes of the input that it stands for; progress is measured by them.
    """

    name: str
    source: Place
    url: str | None = None
    weight: int = 0

    @property
    def size(self) -> int:
        """Bytes or characters that the item itself holds."""
        match self.source:
            case Page(body=body):
                return len(body)
            case bytes() | str():
                return len(self.source)
        return 0


def readable(name: str) -> str:
    """A path's name as text that always encodes: bytes that are no UTF-8 are written as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
