"""Records of files that hold many pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from declutter.batch.columns import URL, Columns, page_in
from declutter.batch.items import Address, Place
from declutter.batch.rows import RowError
from declutter.errors import InputError

_URL: Final = re.compile(r"\s*(https?://[^\s<>\"]+)\s*", re.IGNORECASE)
KIND: Final = "schema"
"""The column that tells what declutter has written."""
_OUTPUT: Final = "declutter/"


class Record(NamedTuple):
    """One record.

    number: its line, row or position, from 1. name: None to name it by its number.
    page: see Place. url: the page's URL. weight: its bytes in the file; None to use the position in the file.
    """

    number: int
    name: str | None
    page: Place
    url: str | None = None
    weight: int | None = None


def unreadable(file: str, number: int, error: InputError) -> Record:
    """The record for one that cannot be read, named by its number."""
    return Record(number, None, RowError.of(error, f"{file}#{number}"))


def record_of(row: Mapping[str, Any], number: int, columns: Columns) -> Record:
    """The record in a row: its page, or the URL in its place.

    Raises InputError if it has neither, or is an extracted document, whose URL was not given to be fetched again.
    """
    if columns.finds_page(row.keys()) is None and str(row.get(KIND)).startswith(_OUTPUT):
        raise InputError(
            "it is an extracted document, not a page; `declutter convert` writes it in other formats, and "
            f"`--column {columns.url or URL}` fetches it again"
        )
    column = columns.of_source(row.keys())
    value = row[column]
    if isinstance(value, str) and (url := _URL.fullmatch(value)):
        return Record(number, url[1], Address(url[1]))
    if column == (columns.url or URL) and columns.page is None:
        raise InputError(f"the column {column!r} holds {value!r}, not a URL")
    return Record(number, columns.name_of(row), page_in(value), columns.address_in(row))
