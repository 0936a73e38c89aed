"""One run over many pages, from inputs through the workers to ordered results."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterable, Iterator
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Final

from declutter.batch.columns import Columns
from declutter.batch.feed import Feed
from declutter.batch.options import BatchOptions
from declutter.batch.pool import Pool, Settled
from declutter.batch.readers import Input, Reader
from declutter.batch.readers.paths import Identity
from declutter.batch.serving import Bounds

if TYPE_CHECKING:
    from declutter.batch.seen import Seen
    from declutter.batch.work import Work
    from declutter.fetcher.options import FetchOptions

_TICK: Final = 1.0  # seconds after which a run without new results lets its caller act


class Run:
    """A run; iterating over it yields results as they are ready, and None from time to time.

    leave_out: files and folders that are not read even if the inputs include them. reader: reads the items, and counts
    what was skipped.
    """

    def __init__(
        self,
        inputs: Iterable[Input],
        *,
        work: Work,
        seen: Seen,
        fetching: FetchOptions,
        options: BatchOptions,
        leave_out: frozenset[Identity] = frozenset(),
    ) -> None:
        columns = Columns(page=options.column, id=options.id_column)
        self.reader = Reader(seen=seen, columns=columns, max_bytes=work.options.limits.max_bytes, leave_out=leave_out)
        self._inputs = inputs
        self._work = work
        self._fetching = fetching
        self._options = options
        self._stopped = False
        self._waker, self._bell = Pipe(duplex=False)

    def stop(self) -> None:
        """End the iteration soon. Safe in signal handlers; unfinished items are left to a resumed run."""
        if not self._stopped:
            self._stopped = True
            self._bell.send_bytes(b"!")

    def __iter__(self) -> Generator[Settled | None, None, None]:
        options = self._options
        bounds = Bounds(page_timeout=options.page_timeout, page_memory=options.page_memory)
        arrange = _InOrder().arrange if options.ordered else _as_they_come
        items = self.reader.read(self._inputs)
        with (
            Pool(options.jobs or processors(), work=self._work, bounds=bounds) as pool,
            Feed(items, fetching=self._fetching, ordered=options.ordered) as feed,
        ):
            while not self._stopped:
                settled = [one for ticket in feed.take(max(0, pool.room)) if (one := pool.put(ticket)) is not None]
                if not settled and feed.has_ended and not pool.busy:
                    return
                wakers = [self._waker, feed.waker] if pool.room > 0 and not feed.has_ended else [self._waker]
                settled += pool.wait(wakers, 0 if settled else _TICK)
                for one in arrange(settled):
                    feed.settle(len(one.tickets))
                    yield one
                if not settled:
                    yield None


class _InOrder:
    """Holds back results until it is their turn."""

    def __init__(self) -> None:
        self._next = 0
        self._early: dict[int, Settled] = {}

    def arrange(self, settled: Iterable[Settled]) -> Iterator[Settled]:
        """The results whose turn it is."""
        self._early |= {one.tickets[0].number: one for one in settled}
        while (one := self._early.pop(self._next, None)) is not None:
            self._next += len(one.tickets)
            yield one


def _as_they_come(settled: Iterable[Settled]) -> Iterable[Settled]:
    return settled


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
