"""A record of a file that holds many pages."""

from __future__ import annotations

from typing import NamedTuple

from declutter.batch.items import Place
from declutter.batch.rows import RowError
from declutter.errors import InputError


class Record(NamedTuple):
    """One record.

    number: its line, row or place among the records, from 1. name: what names it; None for its number.
    page: see Place. url: the page's address. weight: bytes of the file that it takes; None where reading tells.
    """

    number: int
    name: str | None
    page: Place
    url: str | None = None
    weight: int | None = None


def unreadable(file: str, number: int, error: InputError) -> Record:
    """What stands for a record that cannot be read: it is named by its number."""
    return Record(number, None, RowError.of(error, f"{file}#{number}"))
