"""Pages per second and memory of the fetcher against plain httpx, from a server on this machine.

    python bench/fetch.py [--pages N] [--size BYTES]

Both fetch the same pages in the same run, in turns; trust the ratio, not the numbers. The fetcher does more per page:
it checks the address, detects the type from header and first bytes, bounds length and time, and looks for the
canonical link and a refresh. Memory is the peak of the process while it fetches 1,000 addresses of 200 hosts and
drops each page, minus that of the imports.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import resource
import statistics
import time
from collections.abc import Awaitable, Callable
from multiprocessing.queues import Queue
from pathlib import Path
from typing import Any, NamedTuple

import httpx

from declutter.fetcher import FetchOptions
from declutter.fetcher.batch import fetch_many
from declutter.fetcher.client import Fetcher

ROUNDS = 5
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: %d\r\n\r\n"


def page(size: int) -> bytes:
    """A page with an ordinary head."""
    head = b'<!doctype html><html><head><title>x</title><link rel=canonical href="/story"></head><body>'
    body = head + b"<p>" + b"some text of a page, " * (size // 21)
    return HEAD % len(body) + body


class _Server(asyncio.Protocol):
    answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        for _ in range(data.count(b"\r\n\r\n")):
            self._transport.write(self.answer)


def serve(size: int, port: Queue[int]) -> None:
    """Answer every request with the same page."""
    _Server.answer = page(size)

    async def work() -> None:
        server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0, backlog=1024)
        port.put(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(work())


def options(in_flight: int) -> FetchOptions:
    """As impolite as plain httpx, so that both do the same work."""
    return FetchOptions(
        allow_private=True, obey_robots=False, delay=0.0, per_host=in_flight, in_flight=in_flight, timeout=120.0
    )


async def here(_host: str, _port: int) -> list[str]:
    """Resolve every name to this machine."""
    return ["127.0.0.1"]


class Rate(NamedTuple):
    """Pages per second, and process time per page in milliseconds, which varies less on a busy machine."""

    pages: float
    cpu: float


async def ours(url: str, pages: int, in_flight: int) -> Rate:
    """Fetch by a Fetcher."""
    async with Fetcher(options(in_flight)) as fetcher:
        return await _rate(fetcher.fetch, url, pages, in_flight)


async def plain(url: str, pages: int, in_flight: int) -> Rate:
    """Fetch by an httpx client."""
    async with httpx.AsyncClient(limits=httpx.Limits(max_connections=in_flight), timeout=120.0) as client:
        return await _rate(client.get, url, pages, in_flight)


async def _rate(get: Callable[[str], Awaitable[Any]], url: str, pages: int, in_flight: int) -> Rate:
    left = iter(range(pages))

    async def worker() -> None:
        for _ in left:
            await get(url)

    await get(url)
    start, busy = time.perf_counter(), time.process_time()
    await asyncio.gather(*[worker() for _ in range(in_flight)])
    return Rate(pages / (time.perf_counter() - start), 1000 * (time.process_time() - busy) / pages)


def _peak(side: str, port: int, results: Queue[float]) -> None:
    before = _resident()
    urls = [f"http://host{number % 200}.test:{port}/{number}" for number in range(1000)]

    async def with_ours() -> None:
        async with Fetcher(options(100), resolver=here) as fetcher:
            async for _, outcome in fetch_many(urls, fetcher=fetcher):
                assert not isinstance(outcome, Exception), outcome

    async def with_httpx() -> None:
        waiting = iter(urls)
        async with httpx.AsyncClient(limits=httpx.Limits(max_connections=100), timeout=120.0) as client:

            async def worker() -> None:
                for url in waiting:
                    await client.get(url.replace(httpx.URL(url).host, "127.0.0.1"))

            await asyncio.gather(*[worker() for _ in range(100)])

    asyncio.run(with_ours() if side == "ours" else with_httpx())
    results.put(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024 - before)


def _resident() -> float:
    """Resident memory of this process in megabytes (Linux)."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 2**20


def _compared(pairs: list[tuple[float, float]], form: str) -> str:
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(one / two for one, two in pairs)
    return f"{mine:{form}} {theirs:8.{form[-2:]}} {ratio:6.2f}"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=400)
    parser.add_argument("--size", type=int, default=60_000)
    arguments = parser.parse_args()
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    server = context.Process(target=serve, args=(arguments.size, answers), daemon=True)
    server.start()
    port = answers.get()
    url = f"http://127.0.0.1:{port}/"
    print(f"medians of {ROUNDS} rounds   pages/s                     CPU ms a page")
    print(f"{'in flight':>10} {'declutter':>10} {'httpx':>8} {'ratio':>6} {'declutter':>12} {'httpx':>8} {'ratio':>6}")
    for in_flight in (1, 10, 100):
        pairs = []
        for _ in range(ROUNDS):
            mine = asyncio.run(ours(url, arguments.pages, in_flight))
            pairs.append((mine, asyncio.run(plain(url, arguments.pages, in_flight))))
        pages = _compared([(mine.pages, theirs.pages) for mine, theirs in pairs], "10.0f")
        cpu = _compared([(mine.cpu, theirs.cpu) for mine, theirs in pairs], "12.2f")
        print(f"{in_flight:>10} {pages} {cpu}")
    for side in ("ours", "httpx"):
        process = context.Process(target=_peak, args=(side, port, answers))
        process.start()
        print(f"memory for 1,000 addresses, {side}: {answers.get():.0f} MB above the imports")
        process.join()
    server.terminate()


if __name__ == "__main__":
    main()
