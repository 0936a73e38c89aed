"""What `declutter batch` prints to stderr: progress, and a summary."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, NamedTuple

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn

from declutter.cli.output import say
from declutter.cli.ways_out import way_out

if TYPE_CHECKING:
    from declutter.batch.pool import Settled
    from declutter.batch.readers import Reader
    from declutter.batch.writers import Done

_MINUTE: Final = 60.0


class Pace(NamedTuple):
    """Progress of a stage. pages: done. seconds: elapsed. done, skipped, total: bytes of the inputs."""

    pages: int
    seconds: float
    done: int
    skipped: int
    total: int

    @property
    def share(self) -> float | None:
        """The share that is done; None if unknown."""
        return min(1.0, (self.done + self.skipped) / self.total) if self.total else None

    def __str__(self) -> str:
        text = f"{counted(self.pages, 'page')}, {rate(self.pages, self.seconds)}"
        left = self.total - self.done - self.skipped
        if self.total and self.done and left > 0:
            text += f", {duration(left * self.seconds / self.done)} left"
        return text


class Report:
    """Counts results and shows progress: a bar if stderr is a terminal, otherwise one line per minute.

    documents: rows with a document, including those of earlier runs. errors: the other rows, by type of error.
    reader: what read the inputs. has_earlier: whether an earlier run has left rows.
    """

    def __init__(self, *, quiet: bool, interval: float = _MINUTE) -> None:
        self.documents = 0
        self.errors: Counter[str] = Counter()
        self.reader: Reader | None = None
        self.has_earlier = False
        self._quiet = quiet
        self._interval = interval
        self._examples: dict[str, str] = {}
        self._flashes = 0
        self._pages = self._done = self._total = 0
        self._begin = time.monotonic()

    def earlier(self, done: Iterable[Done]) -> Iterator[str]:
        """Count the existing rows, and yield the names of their items."""
        for one in done:
            self.has_earlier = True
            if one.error is None:
                self.documents += 1
            else:
                self.errors[one.error] += 1
            yield one.input

    def add(self, settled: Settled) -> None:
        """Count rows that were written."""
        for note in settled.piece.notes:
            self._flashes += note.flash_count
            if note.error is None:
                self.documents += 1
            else:
                self.errors[note.error.type] += 1
                self._examples.setdefault(note.error.type, note.error.message)
        self.advance(settled)

    def advance(self, settled: Settled) -> None:
        """Count pages that were worked on."""
        self._pages += len(settled.tickets)
        self._done += sum(ticket.item.weight for ticket in settled.tickets)

    @contextmanager
    def stage(self, name: str, total: Callable[[], int]) -> Iterator[None]:
        """Show progress meanwhile. total: computes the size of all inputs, which may take a while."""
        self._pages = self._done = self._total = 0
        self._begin = time.monotonic()
        if self._quiet:
            yield
            return
        over = threading.Event()

        def weigh() -> None:
            self._total = total()

        console = Console(stderr=True)
        show = self._show_bar if console.is_terminal else self._show_lines
        threads = [threading.Thread(target=show, args=(name, over, console)), threading.Thread(target=weigh)]
        for thread in threads:
            thread.daemon = True
            thread.start()
        try:
            yield
        finally:
            over.set()
            threads[0].join()

    def summary(self, headline: str | None = None) -> None:
        """Print the summary."""
        if headline is not None:
            say(headline)
        if self._quiet:
            return
        pace = self._pace()
        text = f"{counted(pace.pages, 'page')} in {duration(pace.seconds)} ({rate(pace.pages, pace.seconds)})"
        say(f"{text}, {counted(self._flashes, 'flash', 'flashes')}, {counted(self.errors.total(), 'error')}")
        for kind, count in self.errors.most_common():
            example = self._examples.get(kind)
            where = ", from earlier runs" if example is None else f", e.g. {example}{way_out(kind, example)}"
            say(f"  {count:,} {kind}{where}")
        reader = self.reader
        if reader is None:
            return
        for number, what in (
            (reader.skipped, "already done by earlier runs"),
            (reader.repeated, "skipped as duplicates"),
            (reader.passed_over, "skipped in folders, because their names are not those of pages"),
        ):
            if number:
                say(f"  {number:,} {what}")
        if headline is None and not (self.documents or self.errors):
            say("nothing to do: the inputs hold no pages")

    def _pace(self) -> Pace:
        skipped = 0 if self.reader is None else self.reader.skipped_weight
        return Pace(self._pages, time.monotonic() - self._begin, self._done, skipped, self._total)

    def _show_bar(self, name: str, over: threading.Event, console: Console) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[note]}"))
        with Progress(*columns, console=console, transient=True) as progress:
            bar = progress.add_task(name, total=None, note="")
            while not over.wait(0.2):
                pace = self._pace()
                total = None if pace.share is None else 1.0
                progress.update(bar, total=total, completed=pace.share or 0.0, note=self._note(pace))

    def _show_lines(self, name: str, over: threading.Event, _: Console) -> None:
        while not over.wait(self._interval):
            pace = self._pace()
            share = "" if pace.share is None else f" {pace.share:.0%}"
            say(f"{name}{share}: {self._note(pace)}")

    def _note(self, pace: Pace) -> str:
        errors = self.errors.total()
        return f"{pace}, {counted(errors, 'error')}" if errors else str(pace)


def counted(number: int, one: str, more: str | None = None) -> str:
    """A number with its noun. more: the plural; None to append an s."""
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def rate(pages: int, seconds: float) -> str:
    """Pages a second, for a reader."""
    return f"{pages / seconds:.1f} pages/s" if seconds > 0 else "- pages/s"


def duration(seconds: float) -> str:
    """Hours, minutes and seconds, for a reader."""
    whole = round(seconds)
    return f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"
