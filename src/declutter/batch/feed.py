"""Reads and fetches ahead of the workers, within bounds."""

from __future__ import annotations

import asyncio
import contextlib
import queue
import threading
from collections import deque
from collections.abc import AsyncIterator, Callable, Iterator
from multiprocessing import Pipe
from typing import TYPE_CHECKING, Final, Self

from declutter.batch.items import Address, Item
from declutter.batch.pool import Ticket
from declutter.batch.rows import RowError
from declutter.model import Page

if TYPE_CHECKING:
    from declutter.fetcher.options import FetchOptions

_MAX_ITEMS: Final = 256
_MAX_BYTES: Final = 32_000_000
_WINDOW: Final = 512
"""Maximum items in progress if rows are wanted in order, because the first one may take long while the others wait."""
_NAP: Final = 0.02
_LOOK: Final = 0.2
_PATIENCE: Final = 1.0
"""Seconds."""


class Feed:
    """Numbers items and hands them out; a context manager.

    Reading runs in one thread, fetching in another, as one crawl that is polite over all URLs of the run. A page that
    cannot be fetched becomes an item with the error.
    """

    def __init__(self, items: Iterator[Item], *, fetching: FetchOptions, ordered: bool) -> None:
        self._items = items
        self._fetching = fetching
        self._ordered = ordered
        self._ready: deque[Ticket] = deque()
        self._size = 0
        self._numbered = self._settled = 0
        self._working = 1
        self._stopped = False
        self._failure: BaseException | None = None
        self._change = threading.Condition()
        self.waker, self._bell = Pipe(duplex=False)
        self._rung = False
        self._addresses: queue.Queue[Ticket | None] = queue.Queue(_MAX_ITEMS)
        self._reader = threading.Thread(target=self._guarded, args=(self._read,), name="declutter reader", daemon=True)
        self._crawler: threading.Thread | None = None

    def __enter__(self) -> Self:
        self._reader.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._change:
            self._stopped = True
            self._change.notify_all()
        if self._crawler is not None:
            self._crawler.join()
        self._reader.join(_PATIENCE)  # left alone if it waits for a silent pipe

    @property
    def has_ended(self) -> bool:
        """Whether all items have been handed out. Raises what reading raised."""
        with self._change:
            if self._failure is not None:
                raise self._failure
            return not self._working and not self._ready

    def take(self, most: int) -> list[Ticket]:
        """Up to `most` of the items that are ready. `waker` is readable when there are any, or at the end."""
        with self._change:
            taken = [self._ready.popleft() for _ in range(min(most, len(self._ready)))]
            self._size -= sum(ticket.item.size for ticket in taken)
            if self._rung and not self._ready:
                self.waker.recv_bytes()
                self._rung = False
            if taken:
                self._change.notify_all()
            return taken

    def settle(self, count: int) -> None:
        """Note that `count` more items have been passed on."""
        with self._change:
            self._settled += count
            if self._ordered:
                self._change.notify_all()

    def _guarded(self, work: Callable[[], None]) -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            self._failure = self._failure or error
        with self._change:
            self._working -= 1
            self._ring()

    def _ring(self) -> None:
        if not self._rung:
            self._rung = True
            self._bell.send_bytes(b"!")

    def _read(self) -> None:
        try:
            for item in self._items:
                with self._change:
                    while self._ordered and self._numbered - self._settled >= _WINDOW and not self._stopped:
                        self._change.wait()
                    ticket = Ticket(self._numbered, item)
                    self._numbered += 1
                if isinstance(item.source, Address):
                    self._fetch(ticket)
                else:
                    self._put(ticket)
                if self._stopped:
                    break
        finally:
            self._fetch(None)

    def _put(self, ticket: Ticket) -> None:
        with self._change:
            while not (self._has_room(ticket) or self._stopped):
                self._change.wait()
            self._add(ticket)

    def _has_room(self, ticket: Ticket) -> bool:
        if not self._ready:
            return True
        return len(self._ready) < _MAX_ITEMS and self._size + ticket.item.size <= _MAX_BYTES

    def _add(self, ticket: Ticket) -> None:
        self._ready.append(ticket)
        self._size += ticket.item.size
        self._ring()

    def _fetch(self, ticket: Ticket | None) -> None:
        """Pass a URL to the crawl, which starts with the first one; None for the end."""
        if self._crawler is None:
            if ticket is None:
                return
            self._working += 1
            self._crawler = threading.Thread(
                target=self._guarded, args=(self._crawl,), name="declutter crawl", daemon=True
            )
            self._crawler.start()
        while not self._stopped:
            with contextlib.suppress(queue.Full):
                self._addresses.put(ticket, timeout=_LOOK)
                return

    def _crawl(self) -> None:
        asyncio.run(self._fetch_all())

    async def _fetch_all(self) -> None:
        from declutter.fetcher.batch import fetch_many

        asked: dict[str, Ticket] = {}
        fetching = asyncio.ensure_future(
            self._fetch_each(fetch_many(self._asked(asked), options=self._fetching), asked)
        )
        while not fetching.done() and not self._stopped:
            await asyncio.wait([fetching], timeout=_LOOK)
        if self._stopped:
            fetching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await fetching
        else:
            await fetching

    async def _fetch_each(
        self, outcomes: AsyncIterator[tuple[str, Page | Exception]], asked: dict[str, Ticket]
    ) -> None:
        async for url, outcome in outcomes:
            ticket = asked.pop(url)
            source = outcome if isinstance(outcome, Page) else RowError.of(outcome, url)
            ticket = ticket._replace(item=Item(name=ticket.item.name, source=source, weight=ticket.item.weight))
            while not self._try_put(ticket):  # noqa: ASYNC110 - the other side is a thread; waiting here slows the crawl down, as it should
                await asyncio.sleep(_NAP)

    def _try_put(self, ticket: Ticket) -> bool:
        with self._change:
            if not self._has_room(ticket):
                return False
            self._add(ticket)
            return True

    async def _asked(self, asked: dict[str, Ticket]) -> AsyncIterator[str]:
        while not self._stopped:
            try:
                ticket = self._addresses.get_nowait()
            except queue.Empty:
                await asyncio.sleep(_NAP)
                continue
            if ticket is None:
                return
            address = ticket.item.source
            assert isinstance(address, Address)
            asked[address.url] = ticket
            yield address.url
