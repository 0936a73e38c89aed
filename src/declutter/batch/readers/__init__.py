"""From inputs to items: files, folders, globs, lists of URLs and records, distinguished by content."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import IO, TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.batch.columns import Columns
from declutter.batch.items import Address, Item, OnDisk, readable
from declutter.batch.readers import jsonl, parquet, warc
from declutter.batch.readers.kinds import Kind, first_of, kind_of
from declutter.batch.readers.paths import Identity, files_of, size_of
from declutter.batch.readers.records import Record
from declutter.batch.rows import RowError
from declutter.compressed import GZIP, ZSTD, page_of, unpacked
from declutter.errors import DeclutterError, MissingExtraError
from declutter.model import Page
from declutter.reading import STDIN, is_address

if TYPE_CHECKING:
    from declutter.batch.seen import Seen, State

Input: TypeAlias = "str | os.PathLike[str] | Page | tuple[str, bytes | str | Page]"
"""A path, a glob, a URL or "-"; or a page, alone or with its name."""

DEFAULT_COLUMNS: Final = Columns()

_MAX_ADDRESS: Final = 1 << 16  # bytes


class Reader:
    """Reads inputs into items, paths and URLs once each, without those that an earlier run has done.

    seen: the items done or met. columns: where records hold their pages. max_bytes: limit of a page.
    leave_out: see files_of.

    Counts: skipped, the items that an earlier run has done, and skipped_weight, the bytes they represent; repeated, the
    duplicates; passed_over, the files in folders whose names are not those of pages.
    has_records: whether an input held records with columns.
    """

    def __init__(
        self,
        *,
        seen: Seen,
        columns: Columns = DEFAULT_COLUMNS,
        max_bytes: int,
        leave_out: frozenset[Identity] = frozenset(),
    ) -> None:
        self.skipped = self.skipped_weight = self.repeated = self.passed_over = 0
        self.has_records = False
        self._seen = seen
        self._columns = columns
        self._max_bytes = max_bytes
        self._leave_out = leave_out

    def read(self, inputs: Iterable[Input]) -> Iterator[Item]:
        """The items of all inputs, in order. An input that cannot be read is an item with the error.

        Raises MissingExtraError for a file that needs an extra.
        """
        for one in inputs:
            if isinstance(one, Page):
                yield Item(name=one.url, source=one)  # not compared by name: another page would be lost
            elif isinstance(one, tuple):
                yield Item(name=one[0], source=one[1])
            elif is_address(one):
                yield from self._new(Item(name=one, source=Address(one), weight=len(one)))
            elif one == STDIN:
                yield from self._stream(STDIN, sys.stdin.buffer)
            elif isinstance(one, str | os.PathLike):
                yield from self._named(os.fspath(one))
            else:
                raise TypeError(f"a source is a path, a URL, a Page or a pair (name, page), not {type(one).__name__}")

    def _named(self, name: str) -> Iterator[Item]:
        for found in files_of(name, self._leave_out):
            if not found.is_page:
                self.passed_over += 1
            elif found.error is not None:
                yield from self._failed(found.path, found.error)
            else:
                yield from self._file(found.path)

    def _file(self, path: str) -> Iterator[Item]:
        name = readable(path)
        try:
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - quick: there may be millions
                status = os.fstat(file.fileno())
                if not stat.S_ISREG(status.st_mode):
                    yield from self._stream(name, file)
                    return
                first = first_of(file)
                packed = first.startswith((GZIP, ZSTD))
                kind = kind_of(first_of(unpacked(file, first=first)) if packed else first)
                if kind == "page":
                    yield from self._new(Item(name=name, source=OnDisk(path), weight=status.st_size))
                    return
                # WARC and Parquet files need seeking, and the WARC reader decompresses gzip itself, record by record.
                sought = (kind == "warc" and not first.startswith(ZSTD)) or (kind == "parquet" and not packed)
                file.seek(0 if sought else len(first))
                stream = file if sought else unpacked(file, first=first)
                yield from self._many(kind, name, stream, lambda: file.tell())  # noqa: PLW0108 - None while it is closed
        except MissingExtraError as error:
            error.subject = name
            raise
        except (OSError, DeclutterError) as error:
            yield from self._failed(name, error)

    def _stream(self, name: str, stream: IO[bytes]) -> Iterator[Item]:
        """The items of a pipe: standard input, or a process substitution of the shell."""
        try:
            plain = unpacked(stream, first=first_of(stream))
            first = first_of(plain)
            plain = unpacked(plain, first=first)
            kind = kind_of(first)
            if kind == "page":
                yield from self._new(Item(name=name, source=page_of(plain, max_bytes=self._max_bytes)))
            else:
                yield from self._many(kind, name, plain, lambda: 0)
        except MissingExtraError as error:
            error.subject = name
            raise
        except (OSError, DeclutterError) as error:
            yield from self._failed(name, error)

    def _many(self, kind: Kind, name: str, stream: IO[bytes], tell: Callable[[], int]) -> Iterator[Item]:
        """The pages of a file that holds many. tell: the position in the (compressed) file on disk."""
        if self._seen.meet(f"{name}\0") == "again":
            self.repeated += 1
            return
        place = 0
        if kind == "addresses":
            for line in iter(lambda: stream.readline(_MAX_ADDRESS), b""):
                url = line.decode("utf-8", "replace").strip().lstrip("\ufeff")
                if url and not url.startswith("#"):
                    yield from self._new(Item(name=url, source=Address(url), weight=len(line)))
            return
        for record in self._records(kind, name, stream):
            before, place = place, max(place, tell())
            weight = place - before if record.weight is None else record.weight
            yield from self._recorded(record, name, weight)

    def _records(self, kind: Kind, name: str, stream: IO[bytes]) -> Iterator[Record]:
        self.has_records |= kind in ("jsonl", "parquet")
        if kind == "jsonl":
            return jsonl.records(stream, name, columns=self._columns, max_bytes=self._max_bytes)
        if kind == "warc":
            return warc.records(stream, name, max_bytes=self._max_bytes)
        return parquet.records(stream, name, columns=self._columns, max_bytes=self._max_bytes)

    def _recorded(self, record: Record, file: str, weight: int) -> Iterator[Item]:
        if isinstance(record.page, Address):  # fetched once, however many records name it
            yield from self._new(Item(name=record.page.url, source=record.page, weight=weight))
            return
        place = f"{file}#{record.number}"
        name = record.name or place
        item = Item(name=name, source=record.page, url=record.url, weight=weight)
        state = self._seen.meet(name)
        if state == "again":  # another page with the same name: its position distinguishes them
            item = msgspec.structs.replace(item, name=f"{name} ({place})")
            state = self._seen.meet(item.name)
        yield from self._one(item, state)

    def _new(self, item: Item) -> Iterator[Item]:
        yield from self._one(item, self._seen.meet(item.name))

    def _one(self, item: Item, state: State) -> Iterator[Item]:
        if state == "new":
            yield item
        elif state == "done":
            self.skipped += 1
            self.skipped_weight += item.weight
        else:
            self.repeated += 1

    def _failed(self, path: str, error: Exception) -> Iterator[Item]:
        name = readable(path)
        yield from self._new(Item(name=name, source=RowError.of(error, name)))


def weight_of(inputs: Iterable[Input], leave_out: frozenset[Identity] = frozenset()) -> int:
    """The size of all inputs in bytes, as far as it is known before they are read. Walks folders."""
    total = 0
    for one in inputs:
        if isinstance(one, Page | tuple) or one == STDIN:
            continue
        total += len(one) if is_address(one) else size_of(os.fspath(one), leave_out)
    return total
