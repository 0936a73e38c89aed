"""Every fetch ends: in time, and within its bytes."""

from __future__ import annotations

import asyncio
import gzip
import time
import tracemalloc
import zlib
from collections.abc import Iterator
from functools import partial

import brotli
import msgspec
import pytest
from backports import zstd

from declutter.errors import LimitError
from declutter.fetcher.errors import BrokenResponseError, DeadlineError, FetchError, TooLargeError

from .servers import LOCAL, Exchange, Site, get, redirect, reply

PAGE = b"<!doctype html><title>x</title><p>" + b"hello " * 2000
SHORT = msgspec.structs.replace(LOCAL, timeout=0.4)
SMALL = msgspec.structs.replace(LOCAL, max_bytes=100_000)


def drip(exchange: Exchange, pieces: Iterator[bytes] | None = None) -> None:
    """Send a byte, or the next piece, every few milliseconds, until the client has gone."""
    while not exchange.closed.wait(0.02):
        exchange.send(next(pieces) if pieces else b"x")


def slow_body(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 1000000\r\n\r\n")
    drip(exchange)


def slow_head(exchange: Exchange) -> None:
    exchange.send(b"HTTP/1.1 200 OK\r\nx-slow: ")
    drip(exchange)


def silence(exchange: Exchange) -> None:
    exchange.closed.wait(30)


@pytest.mark.parametrize("answer", [slow_body, slow_head, silence])
def test_the_total_deadline_ends_what_never_pauses_long_enough_for_a_read_timeout(site: Site, answer: object) -> None:
    site.routes["/"] = answer  # type: ignore[assignment]

    with pytest.raises(DeadlineError, match=r"not done within 0\.4 s") as caught:
        get(site.url(), options=SHORT)

    assert (site.url(), True) == (caught.value.subject, caught.value.passing)


def test_redirects_share_one_deadline(site: Site) -> None:
    def late(exchange: Exchange) -> bytes:
        time.sleep(0.15)
        return redirect(f"/{int(exchange.path[1:]) + 1}")

    site.routes |= {f"/{hop}": late for hop in range(11)}

    with pytest.raises(DeadlineError):
        get(site.url("/0"), options=SHORT)


def test_a_server_that_falls_silent_is_given_up_after_the_read_timeout(site: Site) -> None:
    site.routes["/"] = silence  # type: ignore[assignment]

    with pytest.raises(DeadlineError, match="read timeout"):
        get(site.url(), options=msgspec.structs.replace(LOCAL, read_timeout=0.2))


def test_a_name_server_that_never_answers_costs_no_more_than_the_deadline(site: Site) -> None:
    async def nobody(host: str, port: int) -> list[str]:
        await asyncio.sleep(60)
        return []

    with pytest.raises(DeadlineError):
        get(site.url(host="slow.test"), resolver=nobody, options=SHORT)


def test_a_declared_length_over_the_bound_is_refused_before_it_is_read(site: Site) -> None:
    site.routes["/"] = slow_body  # type: ignore[assignment]

    with pytest.raises(TooLargeError, match="is 1,000,000 bytes, more than the 100,000 bytes allowed"):
        get(site.url(), options=SMALL)


def test_an_endless_body_stops_at_the_bound(site: Site) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n")
        while not exchange.closed.is_set():
            exchange.send(b"2000\r\n" + b"x" * 0x2000 + b"\r\n")

    site.routes["/"] = endless  # type: ignore[assignment]

    with pytest.raises(TooLargeError, match="longer than the 100,000 bytes allowed") as caught:
        get(site.url(), options=SMALL)

    assert isinstance(caught.value, LimitError)


def test_a_body_of_exactly_the_bound_is_read(site: Site) -> None:
    site.routes["/"] = reply(b"x" * 100_000)

    assert len(get(site.url(), options=SMALL).body) == 100_000


def deflate(data: bytes) -> bytes:
    return zlib.compress(data)


def raw_deflate(data: bytes) -> bytes:
    compressor = zlib.compressobj(wbits=-15)
    return compressor.compress(data) + compressor.flush()


CODINGS = {"gzip": gzip.compress, "deflate": deflate, "br": brotli.compress, "zstd": zstd.compress}


@pytest.mark.parametrize("coding", CODINGS)
def test_content_codings_are_undone(site: Site, coding: str) -> None:
    site.routes["/"] = reply(CODINGS[coding](PAGE), content_encoding=coding)

    assert get(site.url()).body == PAGE
    assert coding in site.requests[0].headers["accept-encoding"]


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("deflate", raw_deflate(PAGE)),
        ("gzip, br", brotli.compress(gzip.compress(PAGE))),
        ("GZIP", gzip.compress(PAGE)),
        ("identity", PAGE),
        ("gzip", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])),
        ("zstd", zstd.compress(PAGE[:100]) + zstd.compress(PAGE[100:])),
        ("gzip", gzip.compress(PAGE) + b"\0" * 50),
        ("gzip", b""),
    ],
    ids=["raw deflate", "two codings", "in capitals", "identity", "two members", "two frames", "padded", "empty"],
)
def test_unusual_but_honest_codings_are_undone(site: Site, coding: str, body: bytes) -> None:
    site.routes["/"] = reply(body, content_encoding=coding)

    assert get(site.url()).body == (PAGE if body else b"")


@pytest.mark.parametrize("coding", CODINGS)
def test_a_bomb_stops_at_the_bound_without_being_unpacked(site: Site, coding: str) -> None:
    pack = partial(brotli.compress, quality=3) if coding == "br" else CODINGS[coding]
    site.routes["/"] = reply(pack(b"\0" * 100_000_000), content_encoding=coding)
    tracemalloc.start()

    with pytest.raises(TooLargeError):
        get(site.url(), options=msgspec.structs.replace(LOCAL, max_bytes=5_000_000))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 50_000_000


def test_a_bomb_within_a_bomb_stops_too(site: Site) -> None:
    bomb = gzip.compress(gzip.compress(b"\0" * 100_000_000))
    site.routes["/"] = reply(bomb, content_encoding="gzip, gzip")

    with pytest.raises(TooLargeError):
        get(site.url(), options=SMALL)


@pytest.mark.parametrize(
    ("coding", "body", "message"),
    [
        *((coding, pack(PAGE)[:-20], "ends in the middle|damaged") for coding, pack in CODINGS.items()),
        *((coding, b"this is no compressed text at all, is it?", "damaged") for coding in CODINGS),
        ("gzip", gzip.compress(PAGE)[:-4] + b"abcd", "damaged"),
        ("compress", PAGE, "unknown content coding 'compress'"),
        ("gzip, " * 9 + "gzip", PAGE, "10 nested content codings"),
    ],
)
def test_damaged_compression_is_an_error_and_not_half_a_page(
    site: Site, coding: str, body: bytes, message: str
) -> None:
    site.routes["/"] = reply(body, content_encoding=coding)

    with pytest.raises(BrokenResponseError, match=message):
        get(site.url())


def test_headers_without_end_are_cut_off(site: Site) -> None:
    def endless(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\n")
        while not exchange.closed.is_set():
            exchange.send(b"x-more: " + b"y" * 1000 + b"\r\n")

    site.routes["/"] = endless  # type: ignore[assignment]

    with pytest.raises(FetchError):
        get(site.url())
