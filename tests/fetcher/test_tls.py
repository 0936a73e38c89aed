"""TLS with an authority of our own, and HTTP/2."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import trustme
from hypercorn.asyncio import serve
from hypercorn.config import Config

from declutter.errors import DeclutterError
from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import CertificateError, ConnectionFailedError

from .servers import LOCAL, Site, everyone_is_here, get, redirect, reply


def test_a_certificate_of_a_trusted_authority_holds(tls_site: Site, ca_file: str) -> None:
    tls_site.routes["/"] = reply("<p>hello")

    page = get(tls_site.url(host="secure.test"), options=msgspec.structs.replace(LOCAL, ca_file=ca_file))

    assert page.body == b"<p>hello"


@pytest.mark.parametrize("host", ["secure.test", "other.test"], ids=["unknown authority", "another name"])
def test_a_certificate_that_does_not_hold_is_named_and_not_tried_again(tls_site: Site, ca_file: str, host: str) -> None:
    trusting = msgspec.structs.replace(LOCAL, retries=3, ca_file=None if host == "secure.test" else ca_file)

    with pytest.raises(CertificateError, match="certificate is not valid") as caught:
        get(tls_site.url(host=host), options=trusting)

    assert (False, []) == (caught.value.passing, tls_site.requests)


def test_a_file_of_authorities_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("no certificate")

    for name in ("ca.pem", "none.pem"):
        with pytest.raises(DeclutterError, match=name):
            get("https://secure.test/", options=msgspec.structs.replace(LOCAL, ca_file=str(tmp_path / name)))


def test_plain_http_on_a_tls_port_and_the_reverse_are_failures_of_the_connection(
    tls_site: Site, site: Site, ca_file: str
) -> None:
    trusting = msgspec.structs.replace(LOCAL, ca_file=ca_file, connect_timeout=2.0)

    with pytest.raises(ConnectionFailedError):
        get(f"https://secure.test:{site.port}/", options=trusting)
    with pytest.raises(ConnectionFailedError):
        get(f"http://secure.test:{tls_site.port}/", options=trusting)


def test_redirects_lead_from_http_to_https(tls_site: Site, site: Site, ca_file: str) -> None:
    site.routes["/"] = redirect(tls_site.url("/", "secure.test"))
    tls_site.routes["/"] = reply("<p>safe")

    page = get(site.url(), options=msgspec.structs.replace(LOCAL, ca_file=ca_file))

    assert b"<p>safe" == page.body


@pytest.fixture
def http2_port(authority: trustme.CA, tmp_path: Path) -> Iterator[int]:
    """A server that speaks HTTP/2 over TLS as secure.test, and says with which version it was asked."""
    certificate = authority.issue_cert("secure.test")
    certificate.private_key_pem.write_to_path(str(tmp_path / "key.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(tmp_path / "cert.pem"))
    config = Config()
    config.bind = ["127.0.0.1:0"]
    config.keyfile, config.certfile = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    config.errorlog = None
    sockets = config.create_sockets()
    sockets.secure_sockets[0].listen()  # before the server gets to it, so that no test comes too early
    port: int = sockets.secure_sockets[0].getsockname()[1]
    config.create_sockets = lambda: sockets  # type: ignore[method-assign]
    loop = asyncio.new_event_loop()
    stop = asyncio.Event()

    async def answer(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        body = f"<p>HTTP/{scope['http_version']} {scope['path']}".encode()
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": body})

    def work() -> None:
        loop.run_until_complete(serve(answer, config, shutdown_trigger=stop.wait))  # type: ignore[arg-type]
        loop.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield port
    loop.call_soon_threadsafe(stop.set)
    thread.join()


def test_http_2_is_spoken_where_the_server_speaks_it(http2_port: int, ca_file: str) -> None:
    options = msgspec.structs.replace(LOCAL, ca_file=ca_file, per_host=20)
    urls = [f"https://secure.test:{http2_port}/{number}" for number in range(20)]

    async def work() -> list[bytes]:
        async with Fetcher(options, resolver=everyone_is_here) as fetcher:
            pages = await asyncio.gather(*[fetcher.fetch(url) for url in urls])
        return [page.body for page in pages]

    assert [f"<p>HTTP/2 /{number}".encode() for number in range(20)] == asyncio.run(work())
