"""The folder of `declutter fetch --save`: web archives, and a journal with one record per URL.

The record of a page gives its archive and position, so that the two can be checked against each other: however a run
ended, the next one first truncates both to what is complete in both. No page is then duplicated, missing or half
written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, Self

import msgspec

from declutter.cli.output import json_line
from declutter.errors import DeclutterError
from declutter.fetcher.archive import Archive, left_open
from declutter.fetcher.growing import GrowingFile
from declutter.model import Page

_JOURNAL: Final = "records.jsonl"


class Folder:
    """What a run saves, and what earlier runs have done; a context manager, one at a time per folder.

    settled: the URLs that were fetched, or failed permanently.
    """

    def __init__(self, path: Path) -> None:
        self.settled: set[str] = set()
        self._failed: set[str] = set()
        self._path = path
        self._is_outdated = False
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self._path.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            stack.enter_context(_locked(self._path))
            for record in _recover(self._path).values():
                if not record.is_passing:
                    self.settled.add(record.url)
                if record.error is not None:
                    self._failed.add(record.url)
            stack.callback(self._bring_up_to_date)
            self._archive = stack.enter_context(Archive(self._path))
            self._journal = stack.enter_context(GrowingFile(self._path / _JOURNAL))
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def keep(self, record: dict[str, Any], page: Page | None) -> bytes:
        """Save a page, if there is one, and its record, both or neither; return the line of the journal."""
        place = None if page is None else self._archive.save(page)
        line = json_line(record if place is None else record | place._asdict())
        try:
            self._journal.append(line)
        except BaseException:
            if place is not None:
                self._archive.take_back(place)
            raise
        self._is_outdated = self._is_outdated or record["url"] in self._failed
        return line

    def _bring_up_to_date(self) -> None:
        if self._is_outdated:
            _recover(self._path)


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    if sys.platform == "win32":  # folders cannot be locked there
        yield
        return
    import fcntl

    folder = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        message = "another run is saving to this folder; wait for it, or choose another folder"
        raise DeclutterError(message, subject=str(path)) from error
    finally:
        os.close(folder)


class _Error(msgspec.Struct, frozen=True):
    passing: bool = False


class _Record(msgspec.Struct, frozen=True):
    """The part of a record that matters to the next run."""

    url: str
    error: _Error | None = None
    file: str = ""
    offset: int = 0
    length: int = 0

    @property
    def is_passing(self) -> bool:
        """Whether the URL is worth retrying."""
        return self.error is not None and self.error.passing

    @property
    def end(self) -> int:
        """The end of the page in its archive."""
        return self.offset + self.length


_RECORDS: Final = msgspec.json.Decoder(_Record)


def _recover(folder: Path) -> dict[str, _Record]:
    """Repair a folder, and return the current record by URL: its page, or its last failure.

    Removed from the journal are a torn line, records of pages that their archives do not hold completely, and failures
    of URLs with a later record. Removed from an archive is everything after the last recorded page.
    """
    left = left_open(folder)
    sizes = {path.name: opened.stat().st_size for path, opened in left.items()}
    ends: dict[str, int] = {}
    journal = folder / _JOURNAL
    latest: dict[str, tuple[int, _Record]] = {}
    outdated: set[int] = set()
    for number, line in enumerate(_lines(journal)):
        record = _read(line)
        if record is None or record.end > sizes.get(record.file, record.end):
            outdated.add(number)
            continue
        known = latest.get(record.url)
        if known is None:
            latest[record.url] = number, record
        elif known[1].error is not None:
            outdated.add(known[0])
            latest[record.url] = number, record
        ends[record.file] = max(record.end, ends.get(record.file, 0))
    if outdated:
        _drop(journal, outdated)
    for path, opened in left.items():
        if end := ends.get(path.name, 0):
            os.truncate(opened, end)
            opened.rename(path)
        else:
            opened.unlink()
    return {url: record for url, (_, record) in latest.items()}


def _lines(journal: Path) -> Iterator[bytes]:
    if journal.exists():
        with journal.open("rb") as lines:
            yield from lines


def _read(line: bytes) -> _Record | None:
    try:
        return _RECORDS.decode(line) if line.endswith(b"\n") else None
    except msgspec.DecodeError:
        return None


def _drop(journal: Path, numbers: set[int]) -> None:
    """Remove lines from a journal, atomically."""
    beside = journal.with_name(f"{journal.name}.part")
    beside.unlink(missing_ok=True)
    with GrowingFile(beside) as file:
        for number, line in enumerate(_lines(journal)):
            if number not in numbers:
                file.append(line)
    beside.replace(journal)
