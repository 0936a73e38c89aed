"""Flashes only, one row each, with their page: input for news pipelines."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

import msgspec

from declutter.write.safety import clean, encodable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from declutter.model import Document

# What spreadsheets take for a formula at the start of a cell, also after invisible characters; in East Asian locales
# also the full-width forms.
_FORMULA: Final = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20]|[\t\n]")


class FlashRow(msgspec.Struct, frozen=True, kw_only=True):
    """A flash and its page.

    page_url, page_title: of the page. headline, text, published, source, url, confidence: see Flash. input: the name of
    the page: a path or URL.
    """

    page_url: str | None
    page_title: str | None
    headline: str | None
    text: str
    published: str | None
    source: str | None
    url: str | None
    confidence: float
    input: str


def rows(pages: Iterable[tuple[str, Document]]) -> Iterator[FlashRow]:
    """One row per flash, in the order of the pages (pairs of name and document), then of the flashes on each."""
    for name, document in pages:
        for flash in document.flashes:
            yield FlashRow(
                page_url=_encodable(document.url),
                page_title=_encodable(document.title),
                headline=_encodable(flash.headline),
                text=encodable(flash.text),
                published=flash.published,
                source=_encodable(flash.source),
                url=_encodable(flash.url),
                confidence=flash.confidence,
                input=encodable(name),
            )


def to_jsonl(pages: Iterable[tuple[str, Document]]) -> Iterator[str]:
    """JSON Lines, without line ends."""
    for row in rows(pages):
        yield msgspec.json.encode(row).decode()


def to_csv(pages: Iterable[tuple[str, Document]], *, header: bool = True) -> Iterator[str]:
    """CSV records, without line ends. The first one has the column names, unless `header` is False.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it; JSON Lines keep the text as it is.
    """
    if header:
        yield ",".join(FlashRow.__struct_fields__)
    for row in rows(pages):
        line = io.StringIO()
        # The writer quotes only cells with characters of its line end, so that must be "\r\n".
        csv.writer(line, lineterminator="\r\n").writerow(_cell(value) for value in msgspec.structs.astuple(row))
        yield line.getvalue().removesuffix("\r\n")


def _cell(value: str | float | None) -> str:
    if value is None or isinstance(value, float):
        return "" if value is None else str(value)
    text = clean(value)
    return f"'{text}" if _FORMULA.match(text) else text


def _encodable(text: str | None) -> str | None:
    return None if text is None else encodable(text)
