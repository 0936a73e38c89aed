"""Many pages: hosts in parallel, the pages of a host one after the other."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Coroutine, Iterable
from contextlib import AsyncExitStack
from typing import Final, TypeAlias

import httpx

from declutter.errors import FetchError
from declutter.fetcher.client import Fetcher
from declutter.fetcher.hosts import host_of
from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions
from declutter.model import Page

Outcome: TypeAlias = tuple[str, Page | FetchError]

_LOOK_AHEAD: Final = 100_000
"""URLs read ahead of their turn, some 20 MB, so that a list sorted by host still keeps many hosts busy."""
_LINES_AT_A_TIME: Final = 100
"""URLs read before other work gets a turn, so that a long list does not delay the fetches in progress."""
_PAGES_A_REQUEST: Final = 3
"""Pages started but not yet consumed, per request that may be in flight, because some wait for a retry or for another
host after a redirect. Each may have up to `max_bytes`, so no more are started while the consumer is slow.
"""


async def fetch_many(
    urls: Iterable[str] | AsyncIterable[str],
    *,
    options: FetchOptions = DEFAULT_FETCH,
    fetcher: Fetcher | None = None,
) -> AsyncGenerator[Outcome, None]:
    """Fetch pages, and yield each URL with its page or error as they arrive, not in the order of the list.

        async for url, outcome in declutter.fetch_many(urls):
            if isinstance(outcome, declutter.Page): ...

    Every URL has one outcome; a FetchError is yielded, not raised. A URL that is listed twice is fetched twice. A slow
    consumer slows the fetching down, because the number of pages that wait for it is bounded. A consumer that stops
    early should close the generator, best with `contextlib.aclosing`.

    urls: may be endless and, if asynchronous, slow.
    fetcher: one to use, with its own options, and to leave open; None to create one with `options`.

    Raises what `urls` raises.
    """
    if isinstance(urls, str):
        raise TypeError(f"fetch_many() takes several URLs; for one write [{urls!r}]")
    async with AsyncExitStack() as stack:
        if fetcher is None:
            fetcher = await stack.enter_async_context(Fetcher(options))
        crawl = _Crawl(fetcher)
        stack.push_async_callback(crawl.stop)
        reading = crawl.start(crawl.read(urls))
        while not (reading.done() and crawl.pending == 0 and crawl.outcomes.empty()):
            outcome = await crawl.outcomes.get()
            if outcome is None:
                crawl.raise_failure()
            else:
                crawl.taken()
                yield outcome


class _Crawl:
    """The URLs of one run, by host, and the tasks that work on them."""

    def __init__(self, fetcher: Fetcher) -> None:
        self.outcomes: asyncio.Queue[Outcome | None] = asyncio.Queue()
        self.pending = 0
        self._fetcher = fetcher
        self._waiting: dict[str, deque[str]] = {}
        self._workers: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._failure: BaseException | None = None
        self._ahead = asyncio.Semaphore(_LOOK_AHEAD)
        self._room = asyncio.Semaphore(_PAGES_A_REQUEST * fetcher.options.in_flight)

    def start(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        """Start a task that wakes the consumer when it ends."""
        task: asyncio.Task[None] = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            self._failure = self._failure or task.exception()
        self.outcomes.put_nowait(None)

    def raise_failure(self) -> None:
        """Raise what the source of URLs raised, or an unexpected error of a fetch."""
        if self._failure is not None:
            raise self._failure

    async def stop(self) -> None:
        """Cancel unfinished tasks."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def read(self, urls: Iterable[str] | AsyncIterable[str]) -> None:
        """Pass the URLs to workers: as many per host as it may have concurrent requests."""
        async for url in _each(urls):
            if self.pending % _LINES_AT_A_TIME == 0:
                await asyncio.sleep(0)
            await self._ahead.acquire()
            self.pending += 1
            host = _host(url)
            self._waiting.setdefault(host, deque()).append(url)
            if self._workers.get(host, 0) < self._fetcher.options.per_host:
                self._workers[host] = self._workers.get(host, 0) + 1
                self.start(self._work(host))

    async def _work(self, host: str) -> None:
        waiting = self._waiting[host]
        try:
            while waiting:
                url = waiting.popleft()
                self._ahead.release()
                await self._fetcher.free(host)
                await self._room.acquire()
                try:
                    outcome: Outcome = url, await self._fetcher.fetch(url)
                except FetchError as error:
                    outcome = url, error
                self.outcomes.put_nowait(outcome)
        finally:
            self._workers[host] -= 1
            if not self._workers[host]:
                del self._workers[host], self._waiting[host]

    def taken(self) -> None:
        """Note that an outcome has been yielded."""
        self.pending -= 1
        self._room.release()


async def _each(urls: Iterable[str] | AsyncIterable[str]) -> AsyncIterator[str]:
    if isinstance(urls, AsyncIterable):
        async for url in urls:
            yield url
        return
    for url in urls:
        yield url


def _host(url: str) -> str:
    try:
        return host_of(httpx.URL(url.strip()))
    except (httpx.InvalidURL, ValueError):
        return ""
