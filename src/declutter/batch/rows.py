"""The rows for many pages: one per item, with its document or the reason why there is none.

As a line of JSON, a row is one object. Its first key is `input`, the name of the item; the rest are either the keys of
the document with schema `declutter/1`, or `error`:

    {"input": "pages/a.html", "schema": "declutter/1", "url": null, "title": "…", …}
    {"input": "pages/b.html", "error": {"type": "NotAPageError", "message": "pages/b.html: this is a PDF, …"}}

`declutter extract` writes the same rows for several inputs, and a third kind for pages that it leaves out as doubtful:

    {"input": "pages/c.html", "doubtful": {"confidence": 0.31, "reason": "doubtful: its confidence is 0.31, below 0.8"}}

In Arrow and Parquet the same keys are columns, see `declutter.batch.arrow`. Runs on one machine and on an engine give
the same rows, with the same JSON byte for byte.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import msgspec

from declutter.errors import DeclutterError
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.pipeline import extract
from declutter.write import json
from declutter.write.safety import encodable

if TYPE_CHECKING:
    from declutter.memory import SiteMemory
    from declutter.model import Document
    from declutter.source import Source


class RowError(msgspec.Struct, frozen=True, gc=False):
    """Why an item has no document. type: name of the error class. message: one line that names the item."""

    type: str
    message: str

    @classmethod
    def of(cls, error: Exception, name: str) -> Self:
        """The error of an item for which an exception was raised."""
        message = (error.strerror if isinstance(error, OSError) else None) or str(error) or "no more is known"
        return cls(type(error).__name__, encodable(message if message.startswith(name) else f"{name}: {message}"))


class DocumentRow(json.Record, frozen=True, kw_only=True):
    """The row of a document: `input`, and the keys of the document."""

    input: str


class FailedRow(msgspec.Struct, frozen=True):
    """The row of an item without a document. input: the name of the item. error: the reason."""

    input: str
    error: RowError


class Doubt(msgspec.Struct, frozen=True):
    """Why a page is left out. confidence: probability that its essay is right. reason: for readers."""

    confidence: float
    reason: str


class DoubtfulRow(msgspec.Struct, frozen=True):
    """The row of a page that is left out. input: the name of the page."""

    input: str
    doubtful: Doubt


class Row(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """The result of one item: its document, or the error.

    input: the name of the item: a path, a URL, a record's id.
    json: the document with schema `declutter/1`, from `Document.to_json`, in UTF-8; None if it failed.
    error: why it failed; None if there is a document.
    flash_count: number of flashes in the document.
    """

    input: str
    json: bytes | None = None
    error: RowError | None = None
    flash_count: int = 0

    def __repr__(self) -> str:
        """A line, without the document."""
        outcome = f"{len(self.json):,} bytes of JSON" if self.json is not None else str(self.error)
        return f"<Row {self.input!r}: {outcome}>"

    @property
    def document(self) -> Document | None:
        """The document, decoded from its JSON at each access; None if the item failed.

        Raises FieldError if the row was made with some fields only.
        """
        return None if self.json is None else json.load(self.json)

    def to_json(self) -> bytes:
        """The row as one line of JSON, without line end."""
        if self.json is not None:  # as a DocumentRow, without decoding the document
            return b'{"input":%b,%b' % (msgspec.json.encode(self.input), self.json[1:])
        assert self.error is not None
        return msgspec.json.encode(FailedRow(self.input, self.error))


def failed(name: str, error: Exception) -> Row:
    """The row of an item that failed."""
    return Row(input=encodable(name), error=RowError.of(error, name))


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a row as a line of JSON: of a document, a failure or a doubt."""
    return json.schema_of(DocumentRow, FailedRow, DoubtfulRow, title="declutter/1, rows")


def take_apart(
    name: str,
    source: Source,
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
    fields: tuple[str, ...] | None = None,
) -> Row:
    """The row of one page, in any form that `extract` takes. Whatever is wrong with the page becomes its error.

    name: the name of the item. fields: keys of the document to write in addition to `schema`; None for all.
    Raises only MemoryError, after which the process should be restarted.
    """
    try:
        document = extract(source, url=url, memory=memory, options=options)
        written = json.dump(document, fields=fields).encode()
    except MemoryError:
        raise
    except DeclutterError as error:
        error.subject = error.subject or name
        return failed(name, error)
    except Exception as error:  # noqa: BLE001 - a fault of ours on one page must not cost the others
        return failed(name, error)
    return Row(input=encodable(name), json=written, flash_count=len(document.flashes))
