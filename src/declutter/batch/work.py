"""What a worker does with items: open, extract or learn, encode."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from declutter.batch.encoders import Encoder, Form, Piece, encoder
from declutter.batch.items import Address, Item, OnDisk
from declutter.batch.rows import Row, RowError, failed, take_apart
from declutter.compressed import page_of
from declutter.errors import DeclutterError
from declutter.memory import SiteMemory
from declutter.model import Page
from declutter.options import DEFAULT_OPTIONS, ExtractOptions


class Worker(Protocol):
    """Works on items one by one, and encodes the results."""

    def add(self, item: Item) -> Piece | None:
        """Work on one more item. Raises only MemoryError."""

    def rest(self) -> Piece | None:
        """The results that have not been returned yet."""


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """The work of extracting documents.

    form: how rows are encoded. fields: keys of the document to write; None for all.
    options: see ExtractOptions. memory: see SiteMemory.
    """

    form: Form = "row"
    fields: tuple[str, ...] | None = None
    options: ExtractOptions = DEFAULT_OPTIONS
    memory: SiteMemory | None = None

    def worker(self) -> Worker:
        """A worker for this work."""
        return _Extractor(self)

    def encoder(self) -> Encoder:
        """The encoder for the rows of this work."""
        return encoder(self.form, self.fields)


class Learning(msgspec.Struct, frozen=True, kw_only=True):
    """The work of learning a SiteMemory: the payload of a page is a pickled SiteMemory of that page.

    options: see ExtractOptions.
    """

    options: ExtractOptions = DEFAULT_OPTIONS

    def worker(self) -> Worker:
        """A worker for this work."""
        return _Learner(self.options)

    def encoder(self) -> Encoder:
        """The encoder for the rows of failed items."""
        return encoder("row", None)


Work: TypeAlias = Extraction | Learning


class _Extractor:
    def __init__(self, work: Extraction) -> None:
        self._work = work
        self._encoder = work.encoder()

    def add(self, item: Item) -> Piece | None:
        return self._encoder.add(self._row(item))

    def rest(self) -> Piece | None:
        return self._encoder.rest()

    def _row(self, item: Item) -> Row:
        if isinstance(item.source, RowError):
            return Row(input=item.name, error=item.source)
        work = self._work
        try:
            page = opened(item, work.options)
        except (OSError, DeclutterError) as error:
            return failed(item.name, error)
        return take_apart(item.name, page, url=item.url, memory=work.memory, options=work.options, fields=work.fields)


class _Learner:
    def __init__(self, options: ExtractOptions) -> None:
        self._options = options
        self._encoder = encoder("row", None)

    def add(self, item: Item) -> Piece | None:
        learned = SiteMemory()
        try:
            learned.observe(opened(item, self._options), url=item.url, options=self._options)
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - the pages are met again, and what is wrong with them told then
            return self._encoder.add(failed(item.name, error))
        piece = self._encoder.add(Row(input=item.name, json=b""))
        assert piece is not None
        return piece._replace(payload=pickle.dumps(learned))

    def rest(self) -> Piece | None:
        return self._encoder.rest()


def learned_from(piece: Piece) -> SiteMemory | None:
    """The memory learned from a page; None if the page could not be read."""
    (note,) = piece.notes
    if note.error is not None:
        return None
    memory = pickle.loads(piece.payload)  # noqa: S301 - our own worker made it
    assert isinstance(memory, SiteMemory)
    return memory


def opened(item: Item, options: ExtractOptions) -> Page | bytes | str:
    """An item's page."""
    source = item.source
    if isinstance(source, OnDisk):
        with Path(source.path).open("rb", buffering=0) as file:
            return page_of(file, max_bytes=options.limits.max_bytes)
    assert not isinstance(source, Address | RowError), "fetched or told before"
    return source
