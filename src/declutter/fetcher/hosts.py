"""One request at a time and a delay for each host, and many hosts in parallel."""

from __future__ import annotations

import asyncio
import math
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Final

import httpx

from declutter.fetcher.options import FetchOptions

_MAX_IDLE_HOSTS: Final = 10_000
"""About 3 KB each. A crawl over more hosts forgets those it visited longest ago."""


def host_of(url: httpx.URL) -> str:
    """The host's name as it is resolved. httpx's own `host` fails on names that IDNA 2008 does not allow."""
    return url.raw_host.decode("ascii")


class Deadline:
    """The time that one fetch may take; it stops while the fetch waits for its host's turn."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timeout: asyncio.Timeout | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Raise TimeoutError inside the context once time is up."""
        async with asyncio.timeout(self._seconds) as self._timeout:
            yield

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Stop the clock inside the context."""
        assert self._timeout is not None
        if self._timeout.expired():
            yield  # too late to stop the clock: the next await ends the fetch
            return
        left = self.left
        self._timeout.reschedule(None)
        try:
            yield
        finally:
            self._timeout.reschedule(asyncio.get_running_loop().time() + left)

    @property
    def left(self) -> float:
        """Seconds left."""
        assert self._timeout is not None
        when = self._timeout.when()
        assert when is not None
        return when - asyncio.get_running_loop().time()


class Host:
    """The queue and delay of one host."""

    def __init__(self, options: FetchOptions) -> None:
        self._turns = asyncio.Semaphore(options.per_host)
        self._delay = options.delay
        self._max_crawl_delay = options.max_crawl_delay
        self._last_start = -math.inf
        self._resting_until = -math.inf
        self.guests = 0

    @property
    def free_at(self) -> float:
        """When the next page may start, by the loop's clock."""
        return max(self._resting_until, self._last_start + self._delay)

    def slow_down(self, delay: float) -> None:
        """Honour a Crawl-delay, up to the cap."""
        self._delay = max(self._delay, min(delay, self._max_crawl_delay))

    def rest(self, seconds: float) -> None:
        """Send nothing to the host for a while, because it said that it is busy."""
        self._resting_until = max(self._resting_until, asyncio.get_running_loop().time() + seconds)

    async def enter(self, *, spaced: bool) -> None:
        """Wait for the turn. spaced: also for the delay since the last page."""
        self.guests += 1
        try:
            await self._turns.acquire()
            try:
                now = asyncio.get_running_loop().time()
                start = max(now, self.free_at if spaced else self._resting_until)
                if spaced:
                    self._last_start = start
                await asyncio.sleep(start - now)
            except BaseException:
                self._turns.release()
                raise
        except BaseException:
            self.guests -= 1
            raise

    def leave(self) -> None:
        """Pass the turn to the next request."""
        self._turns.release()
        self.guests -= 1


class Hosts:
    """All hosts of a fetcher by name."""

    def __init__(self, options: FetchOptions) -> None:
        self._options = options
        self._hosts: OrderedDict[str, Host] = OrderedDict()

    def __getitem__(self, name: str) -> Host:
        """The host of a name, created if new."""
        host = self._hosts.get(name)
        if host is None:
            self._forget()
            host = self._hosts[name] = Host(self._options)
        self._hosts.move_to_end(name)
        return host

    async def free(self, name: str) -> None:
        """Wait until a page of a host may start. Does not take the turn, so another request may be first."""
        if (host := self._hosts.get(name)) is not None:
            await asyncio.sleep(host.free_at - asyncio.get_running_loop().time())

    def _forget(self) -> None:
        while len(self._hosts) >= _MAX_IDLE_HOSTS:
            name, host = next(iter(self._hosts.items()))
            if host.guests:
                return
            del self._hosts[name]


class Turn:
    """One request's turn at its host, from when it may start to the last byte of the response.

    deadline: stops while waiting. spaced: whether to wait for the delay since the last page.
    """

    def __init__(self, deadline: Deadline, *, spaced: bool) -> None:
        self.deadline = deadline
        self.spaced = spaced
        self._stream: httpx.AsyncByteStream | None = None
        self._leave: Callable[[], None] | None = None

    def begin(self, leave: Callable[[], None]) -> None:
        """Start the request; `leave` passes its place to the next one."""
        self._leave = leave

    def hold(self, stream: httpx.AsyncByteStream) -> httpx.AsyncByteStream:
        """The body of the response, whose end ends the turn."""
        self._stream = stream
        return _Held(stream, self)

    async def end(self) -> None:
        """Close the body and leave, if that has not been done; safe to call again."""
        stream, self._stream = self._stream, None
        leave, self._leave = self._leave, None
        try:
            if stream is not None:
                await stream.aclose()
        finally:
            if leave is not None:
                leave()


class _Held(httpx.AsyncByteStream):
    """A response body whose end ends a turn."""

    def __init__(self, stream: httpx.AsyncByteStream, turn: Turn) -> None:
        self._stream = stream
        self._turn = turn

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            yield chunk

    async def aclose(self) -> None:
        await self._turn.end()


class PoliteTransport(httpx.AsyncBaseTransport):
    """Sends a request when it is its turn.

    It is below the cache, so that responses from the cache do not wait.
    """

    def __init__(self, inner: httpx.AsyncBaseTransport, hosts: Hosts, *, in_flight: int) -> None:
        self._inner = inner
        self._hosts = hosts
        self._in_flight = asyncio.Semaphore(in_flight)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Wait, then send. The request's extensions hold its `turn`."""
        turn: Turn = request.extensions["turn"]
        host = self._hosts[host_of(request.url)]
        with turn.deadline.paused():
            await host.enter(spaced=turn.spaced)
            try:
                await self._in_flight.acquire()
            except BaseException:
                host.leave()
                raise

        def leave() -> None:
            self._in_flight.release()
            host.leave()

        turn.begin(leave)
        try:
            response = await self._inner.handle_async_request(request)
        except BaseException:
            await turn.end()
            raise
        assert isinstance(response.stream, httpx.AsyncByteStream)
        response.stream = turn.hold(response.stream)
        return response

    async def aclose(self) -> None:
        """Close the connections."""
        await self._inner.aclose()
