"""The columns of records in JSON Lines, Parquet and Arrow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

import msgspec

from declutter.errors import InputError

PAGES: Final = ("html", "raw_html", "body", "content", "raw_content", "text")
"""Usual names of the column with the page, the most likely first."""

ID: Final = "id"
URL: Final = "url"


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """Which columns of records are read.

    page: the column with HTML (bytes or text) or text dumps; None for the first of `html`, `raw_html`, `body`,
        `content`, `raw_content`, `text` that exists.
    id: the column with the name of a record; None for `id`, then the column of the URL.
    url: the column with the page's URL; None for `url`, if it exists.
    """

    page: str | None = None
    id: str | None = None
    url: str | None = None

    def of_page(self, names: Collection[str]) -> str:
        """The column with the page. Raises InputError if it does not exist."""
        if (found := self.finds_page(names)) is not None:
            return found
        there = ", ".join(sorted(names)) or "none at all"
        if self.page is not None:
            raise InputError(f"no column {self.page!r}; there are {there}")
        raise InputError(f"no column has a known name; choose one of {there} with --column or Columns(page=…)")

    def finds_page(self, names: Collection[str]) -> str | None:
        """The column with the page; None if it does not exist."""
        wanted = PAGES if self.page is None else (self.page,)
        return next((name for name in wanted if name in names), None)

    def of_source(self, names: Collection[str]) -> str:
        """The column with the page or, failing that, the URL to fetch it from. Raises InputError as `of_page` does."""
        url = self.url or URL
        if self.page is None and url in names and self.finds_page(names) is None:
            return url
        return self.of_page(names)

    def name_of(self, record: Mapping[str, Any]) -> str | None:
        """The name of the record; None if it has none. Raises InputError for a column that it lacks."""
        if self.id is not None and self.id not in record:
            raise InputError(f"no column {self.id!r} to name the record by")
        for column in (ID, self.url or URL) if self.id is None else (self.id,):
            value = record.get(column)
            if (isinstance(value, str) and value) or (isinstance(value, int) and not isinstance(value, bool)):
                return str(value)
        return None

    def address_in(self, record: Mapping[str, Any]) -> str | None:
        """The page's URL, if the record has one."""
        value = record.get(self.url or URL)
        return value if isinstance(value, str) and value else None

    def among(self, names: Collection[str], source: str) -> list[str]:
        """The columns to read; source: that of the page. Raises InputError if a requested one is missing."""
        for what, column in (("name the records by", self.id), ("hold addresses", self.url)):
            if column is not None and column not in names:
                raise InputError(f"no column {column!r} to {what}")
        wanted = (source, *((ID,) if self.id is None else (self.id,)), self.url or URL)
        return [name for name in dict.fromkeys(wanted) if name in names]


def page_in(value: object) -> bytes | str:
    """The page in a column. Raises InputError for any other value."""
    if isinstance(value, bytes | str):
        return value
    what = "nothing" if value is None else f"a value of type {type(value).__name__}"
    raise InputError(f"the column holds {what}, not a page")
