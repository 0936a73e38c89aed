"""What is not a page is refused, by its header or by its first bytes."""

from __future__ import annotations

import re

import pytest

from declutter.errors import FetchError, NotAPageError
from declutter.fetcher.errors import NotAPageResponseError

from .servers import Exchange, Site, get, reply

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + b"x" * 1000


@pytest.mark.parametrize(
    "kind",
    ["application/pdf", "image/png", "video/mp4", "application/json", "application/rss+xml", "text/css", "font/woff2"],
)
def test_another_type_is_refused_by_its_header_without_reading_on(site: Site, kind: str) -> None:
    def large(exchange: Exchange) -> None:
        exchange.send(f"HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\ncontent-length: 9000000\r\n\r\n".encode())
        exchange.closed.wait(30)

    site.routes["/"] = large  # type: ignore[assignment]

    with pytest.raises(NotAPageResponseError, match=re.escape(f"this is {kind},")) as caught:
        get(site.url())

    assert isinstance(caught.value, FetchError)
    assert isinstance(caught.value, NotAPageError)


@pytest.mark.parametrize(
    ("kind", "body", "name"),
    [
        ("text/html", PDF, "PDF"),
        (None, PDF, "PDF"),
        ("text/html", b"\x89PNG\r\n\x1a\n" + b"x" * 1000, "PNG"),
        ("text/plain", b"PK\x03\x04" + b"x" * 1000, "ZIP"),
        ("application/octet-stream", b"\x7f\x45\x00\x00" * 300, "binary data"),
        ("text/xml", b'<?xml version="1.0"?><rss version="2.0"></rss>', "feed"),
        ("application/xml", b'<?xml version="1.0"?>\n<urlset xmlns="x"></urlset>', "sitemap"),
    ],
)
def test_another_type_is_refused_by_its_first_bytes(site: Site, kind: str | None, body: bytes, name: str) -> None:
    site.routes["/"] = reply(body, kind=kind)

    with pytest.raises(NotAPageResponseError, match=name):
        get(site.url())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html; charset=utf-8", b"<p>hello"),
        ("TEXT/HTML", b"<p>hello"),
        ("text/plain", b"hello"),
        ("application/xhtml+xml", b"<html xmlns='http://www.w3.org/1999/xhtml'><p>hello</p></html>"),
        ("application/octet-stream", b"<!doctype html><p>hello"),
        ("nonsense", b"<p>hello"),
        (None, b"<p>hello"),
        (None, "\ufeff<p>hello".encode("utf-16")),
        ("text/html", b""),
    ],
)
def test_a_page_is_a_page_even_under_a_vague_name(site: Site, kind: str | None, body: bytes) -> None:
    site.routes["/"] = reply(body, kind=kind)

    assert get(site.url()).body == body
