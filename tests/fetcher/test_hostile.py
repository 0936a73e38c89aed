"""Whatever comes, a fetch gives a page or a kind of FetchError."""

from __future__ import annotations

import asyncio
import random
import socket
import ssl
import threading
from collections.abc import Iterator

import httpx
import msgspec
import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from declutter.errors import FetchError
from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import BadAddressError
from declutter.fetcher.journey import Journey, parse
from declutter.fetcher.links import read_links, refresh_target
from declutter.model import Page

from .servers import LOCAL, Exchange, Site, everyone_is_here, get, redirect, reply

PIECES = st.one_of(
    st.sampled_from(["http://", "https:", "//", "a.test", "127.1", "[::1]", "u:p@", "80", "99999", "xn--", "xn--a"]),
    st.sampled_from(["%00", "a" * 70, "１", "。", "é", "😀", "\ud800", "\u202e", *"[@:%\0\n./?#\\ "]),
)
ADDRESSES = st.lists(PIECES, max_size=8).map("".join)


@given(ADDRESSES)
def test_any_text_is_an_address_or_is_refused_as_one(text: str) -> None:
    try:
        journey = Journey(text, headers=httpx.Headers(), max_redirects=3)
    except BadAddressError:
        return
    request = journey.request(own={}, extensions={})

    assert request.url.scheme in {"http", "https"}


@given(ADDRESSES, st.sampled_from(["canonical", "refresh"]))
def test_any_link_in_a_head_is_read_or_passed_over(text: str, kind: str) -> None:
    href = text.encode("utf-8", "surrogatepass")
    tag = b'<link rel=canonical href="%s">' if kind == "canonical" else b'<meta http-equiv=refresh content="0;url=%s">'

    links = read_links(tag % href, url="http://a.test/")

    assert links.canonical is None or links.canonical.startswith(("http://", "https://"))


@given(st.text(max_size=40))
def test_any_refresh_is_read_or_passed_over(content: str) -> None:
    assert refresh_target(content) != ""


def test_a_name_that_idna_has_no_word_for_is_fetched(site: Site) -> None:
    """Emoji domains exist; IDNA 2008 forbids them, name servers don't."""
    site.routes["/"] = reply("<p>hello")

    assert get(site.url(host="xn--i-7iq.test")).body == b"<p>hello"
    assert parse("http://bücher.test/", subject="").raw_host == b"xn--bcher-kva.test"


ANSWERS = [
    reply("<p>hello " * 50),
    redirect("/next"),
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
    reply(b"x", content_encoding="gzip"),
    reply("x", set_cookie="a=b; Domain=.test; Expires=Foo; Max-Age=x"),
    reply('<meta http-equiv=refresh content="0;url=/x"><link rel=canonical href="//[">', refresh="1; url=http://[/"),
    reply("User-agent: *\nCrawl-delay: x\nDisallow: /*$*\n", kind="text/plain"),
]


def _mutated(random: random.Random) -> bytes:
    answer = bytearray(random.choice(ANSWERS))
    for _ in range(random.choice((1, 1, 2, 3))):
        at = random.randrange(14, len(answer))
        answer[at : at + random.choice((0, 1, 8))] = random.randbytes(random.choice((0, 1, 8)))
    return bytes(answer)


def outcomes(urls: list[str], **changes: object) -> list[object]:
    options = msgspec.structs.replace(LOCAL, max_redirects=3, read_timeout=0.2, max_bytes=100_000, **changes)

    async def work() -> list[object]:
        async with Fetcher(options, resolver=everyone_is_here) as fetcher:
            return await asyncio.gather(*[fetcher.fetch(url) for url in urls], return_exceptions=True)

    return asyncio.run(work())


def test_any_damage_to_an_answer_gives_a_page_or_an_error_of_ours(site: Site) -> None:
    def damaged(exchange: Exchange) -> None:
        seed = int(exchange.headers["host"].partition(".")[0][4:])
        exchange.send(_mutated(random.Random(f"{seed} {exchange.path}")))

    class Everywhere(dict):  # type: ignore[type-arg]
        def get(self, key: object, default: object = None) -> object:
            return damaged

    site.routes = Everywhere()

    found = outcomes([site.url(host=f"host{seed}.test") for seed in range(300)], obey_robots=True)

    assert [] == [outcome for outcome in found if not isinstance(outcome, Page | FetchError)]


@pytest.fixture
def garbage_port(authority: trustme.CA) -> Iterator[int]:
    """A server that agrees on HTTP/2 and then sends frames of chance."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["h2"])
    authority.issue_cert("secure.test").configure_cert(context)
    frames = random.Random(7)

    def work() -> None:
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(connection, server_side=True) as secure:
                    secure.recv(65536)
                    secure.send(b"\0\0\0\x04\0\0\0\0\0" + b"".join(_frame(frames) for _ in range(frames.randrange(8))))
            except OSError:
                pass

    with socket.create_server(("127.0.0.1", 0), backlog=100) as server:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join(5)


def _frame(random: random.Random) -> bytes:
    body = random.randbytes(random.randrange(30))
    stream = random.choice((0, 1, 1, 1, 2, 3))
    return len(body).to_bytes(3, "big") + bytes([random.randrange(11), random.randrange(256), 0, 0, 0, stream]) + body


def test_any_frames_of_http_2_give_an_error_of_ours(garbage_port: int, ca_file: str) -> None:
    found = outcomes([f"https://secure.test:{garbage_port}/{number}" for number in range(60)], ca_file=ca_file)

    assert [] == [outcome for outcome in found if not isinstance(outcome, FetchError)]
