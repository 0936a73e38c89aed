"""What a worker process does with items: open, take apart, encode."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Protocol, TypeAlias

import msgspec

from declutter.batch.encoders import Encoder, Form, Piece, encoder
from declutter.batch.items import Address, Item, OnDisk
from declutter.batch.rows import Row, RowError, failed, take_apart
from declutter.contents import page_of
from declutter.errors import DeclutterError
from declutter.memory import SiteMemory
from declutter.model import Page
from declutter.options import DEFAULT_OPTIONS, ExtractOptions


class Worker(Protocol):
    """What is done with items, one after the other. An encoder of what it gives is in it."""

    def add(self, item: Item) -> Piece | None:
        """Work on one item more. Raises MemoryError, and nothing else."""

    def rest(self) -> Piece | None:
        """What was worked on and not given back yet."""


class Extraction(msgspec.Struct, frozen=True, kw_only=True):
    """Documents are wanted.

    form: what the rows are encoded in. fields: keys of the document to write; all where None.
    options: see ExtractOptions. memory: what the sites' pages have in common.
    """

    form: Form = "row"
    fields: tuple[str, ...] | None = None
    options: ExtractOptions = DEFAULT_OPTIONS
    memory: SiteMemory | None = None

    def worker(self) -> Worker:
        """Begin to work."""
        return _Extractor(self)

    def encoder(self) -> Encoder:
        """What encodes rows as the work does."""
        return encoder(self.form, self.fields)


class Learning(msgspec.Struct, frozen=True, kw_only=True):
    """What the sites' pages have in common is wanted: a page's payload is a pickled SiteMemory of it alone.

    options: see ExtractOptions.
    """

    options: ExtractOptions = DEFAULT_OPTIONS

    def worker(self) -> Worker:
        """Begin to work."""
        return _Learner(self.options)

    def encoder(self) -> Encoder:
        """Rows of items that failed hold no memory."""
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
    """What a page of Learning's taught; None where it could not be read."""
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
