"""Servers that break HTTP, or the connection."""

from __future__ import annotations

import asyncio
import socket

import msgspec
import pytest

from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import BrokenResponseError, ConnectionFailedError, UnknownHostError

from .servers import LOCAL, Exchange, Site, everyone_is_here, get, get_all, redirect, reply

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\n"


def sending(data: bytes) -> object:
    def answer(exchange: Exchange) -> None:
        exchange.send(data)

    return answer


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"content-length: 5000\r\n\r\n<p>half a page",
        HEAD + b"transfer-encoding: chunked\r\n\r\n10\r\nhalf",
        b"",
        b"HTTP/1.1 200 O",
    ],
    ids=["short of its length", "within a chunk", "nothing", "within the head"],
)
def test_a_connection_that_breaks_off_gives_no_half_page_and_may_pass(site: Site, data: bytes) -> None:
    site.routes["/"] = sending(data)  # type: ignore[assignment]

    with pytest.raises(ConnectionFailedError) as caught:
        get(site.url())

    assert caught.value.passing


@pytest.mark.parametrize(
    "data",
    [
        HEAD + b"transfer-encoding: chunked\r\n\r\nthis is no chunk\r\n",
        HEAD + b"transfer-encoding: chunked\r\n\r\n-5\r\nhello\r\n0\r\n\r\n",
        HEAD + b"content-length: five\r\n\r\nhello",
        HEAD + b"content-length: 5\r\ncontent-length: 6\r\n\r\nhello!",
        b"\x16\x03\x01 this is not HTTP\r\n\r\n",
        b"HTTP/1.1 2000 OK\r\n\r\n",
    ],
    ids=["no chunk size", "negative chunk size", "length in words", "two lengths", "no HTTP", "no status"],
)
def test_what_is_not_http_is_named_and_not_tried_again(site: Site, data: bytes) -> None:
    site.routes["/"] = sending(data)  # type: ignore[assignment]

    with pytest.raises(BrokenResponseError, match="not valid HTTP"):
        get(site.url(), options=msgspec.structs.replace(LOCAL, retries=2))

    assert len(site.requests) == 1


def test_a_body_longer_than_its_length_ends_where_it_said(site: Site) -> None:
    site.routes["/"] = sending(HEAD + b"content-length: 5\r\n\r\nhello and more")  # type: ignore[assignment]

    assert get(site.url()).body == b"hello"


def test_a_body_without_length_ends_with_the_connection(site: Site) -> None:
    site.routes["/"] = sending(HEAD + b"\r\n<p>hello")  # type: ignore[assignment]

    assert get(site.url()).body == b"<p>hello"


def test_a_redirect_with_a_broken_body_is_followed(site: Site) -> None:
    site.routes["/"] = sending(  # type: ignore[assignment]
        b"HTTP/1.1 302 Found\r\nlocation: /b\r\ntransfer-encoding: chunked\r\n\r\nno chunk\r\n"
    )
    site.routes["/b"] = reply("<p>there")

    assert get(site.url()).body == b"<p>there"


def test_the_next_page_is_whole_after_a_redirect_whose_body_was_not_read(site: Site) -> None:
    site.routes["/"] = redirect("/b").replace(b"content-length: 0", b"content-length: 200000") + b"x" * 200_000
    site.routes["/b"] = reply("<p>there")

    assert get(site.url()).body == b"<p>there"


def test_a_refused_connection_may_pass() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]

        with pytest.raises(ConnectionFailedError, match="connection failed") as caught:
            get(f"http://127.0.0.1:{port}/")

    assert caught.value.passing


def test_an_unknown_name_will_not_pass() -> None:
    async def nobody(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(UnknownHostError) as caught:
        get("http://no.such.host.test/", resolver=nobody, options=msgspec.structs.replace(LOCAL, retries=3))

    assert not caught.value.passing


def test_the_next_address_is_tried_when_the_first_does_not_answer(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    async def two(host: str, port: int) -> list[str]:
        return ["127.255.255.254", "127.0.0.1"]

    assert get(site.url(host="two.test"), resolver=two).body == b"<p>hello"


def test_a_kept_connection_is_used_again(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    get_all([site.url()] * 5)

    assert len({exchange.connection for exchange in site.requests}) == 1


def test_a_server_that_closes_the_connection_it_kept_as_it_is_asked_again_fails_no_attempt(site: Site) -> None:
    """As a server does that gives a kept connection up at that moment: it has heard the request, and says nothing."""
    known: set[int] = set()

    def once(exchange: Exchange) -> bytes | None:
        if exchange.connection in known:
            return None
        known.add(exchange.connection)
        return reply("<p>hello")

    site.routes["/"] = once

    pages = get_all([site.url()] * 5, options=msgspec.structs.replace(LOCAL, retries=0))

    assert [b"<p>hello"] * 5 == [page.body for page in pages]
    assert 7 == len(site.requests)


def test_a_page_that_breaks_its_own_connection_is_asked_for_once_an_attempt(site: Site) -> None:
    site.routes["/"] = sending(b"")  # type: ignore[assignment]

    with pytest.raises(ConnectionFailedError):
        get(site.url(), options=msgspec.structs.replace(LOCAL, retries=0))

    assert 1 == len(site.requests)


def test_no_page_is_lost_when_kept_connections_are_closed_under_load(site: Site) -> None:
    """The server announces keep-alive and hangs up after each second answer, with forty requests under way.

    None is tried again as one that failed is: that the server hangs up is not the page's failure.
    """
    answered: dict[int, int] = {}

    def fickle(exchange: Exchange) -> bytes | None:
        answered[exchange.connection] = answered.get(exchange.connection, 0) + 1
        if answered[exchange.connection] < 2:
            return reply(f"<p>{exchange.path}")
        exchange.send(reply(f"<p>{exchange.path}"))
        return None

    paths = [f"/{number}" for number in range(400)]
    site.routes |= dict.fromkeys(paths, fickle)
    options = msgspec.structs.replace(LOCAL, per_host=40)

    async def work() -> list[bytes]:
        async with Fetcher(options, resolver=everyone_is_here) as fetcher:
            pages = await asyncio.gather(*[fetcher.fetch(site.url(path)) for path in paths])
        return [page.body for page in pages]

    assert [f"<p>{path}".encode() for path in paths] == asyncio.run(work())
