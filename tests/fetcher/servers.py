"""Servers on 127.0.0.1 that do what they are told, byte for byte."""

from __future__ import annotations

import asyncio
import socketserver
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from declutter.fetcher import FetchOptions
from declutter.fetcher.client import Fetcher
from declutter.model import Page

LOCAL = FetchOptions(allow_private=True, obey_robots=False, delay=0.0, retries=0, timeout=60.0, read_timeout=60.0)
"""Options for a server that belongs to the test: no robots.txt, no waiting, no second attempt; and time enough for the
busiest machine."""


@dataclass
class Exchange:
    """One request as it came, and a way to answer piece by piece."""

    path: str
    headers: dict[str, str]
    connection: int
    send: Callable[[bytes], None]
    closed: threading.Event


Responder = Callable[[Exchange], bytes | None]
"""Returns the bytes to send (the connection is kept), or None once it has sent what it wants (it is closed)."""


def reply(
    body: bytes | str = b"", *, status: int = 200, kind: str | None = "text/html", **headers: str | Sequence[str]
) -> bytes:
    """A correct response. A header's name is written with _ for -; a sequence gives several of the name."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} {'OK' if status == 200 else 'Other'}", f"content-length: {len(content)}"]
    if kind is not None:
        lines.append(f"content-type: {kind}")
    for name, value in headers.items():
        values = (value,) if isinstance(value, str) else value
        lines.extend(f"{name.replace('_', '-')}: {one}" for one in values)
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + content


def redirect(location: str, status: int = 302, **headers: str) -> bytes:
    return reply(status=status, location=location, **headers)


@dataclass
class Site:
    """A server whose answers are set by path; it remembers what it was asked for."""

    port: int
    scheme: str = "http"
    routes: dict[str, Responder | bytes] = field(default_factory=dict)
    requests: list[Exchange] = field(default_factory=list)
    busiest: int = 0

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.port}{path}"

    def asked(self, path: str | None = None) -> list[Exchange]:
        return [exchange for exchange in self.requests if path in (None, exchange.path)]


class _Handler(socketserver.BaseRequestHandler):
    server: _Server

    def handle(self) -> None:
        site = self.server.site
        stream = self.request.makefile("rb")
        closed = threading.Event()
        with self.server.lock:  # an id would be another connection's again
            number = len(self.server.open)
            self.server.open.append(closed)
        try:
            while (line := stream.readline()).strip():
                headers = {}
                while (header := stream.readline()).strip():
                    name, _, value = header.decode("latin-1").partition(":")
                    headers[name.strip().lower()] = value.strip()
                exchange = Exchange(line.split()[1].decode(), headers, number, self.request.sendall, closed)
                with self.server.lock:
                    site.requests.append(exchange)
                    self.server.active += 1
                    site.busiest = max(site.busiest, self.server.active)
                responder = site.routes.get(exchange.path, reply(b"nothing here", status=404))
                answer = responder if isinstance(responder, bytes) else responder(exchange)
                with self.server.lock:
                    self.server.active -= 1
                if answer is None:
                    return
                self.request.sendall(answer)
        except (ConnectionError, ssl.SSLError, TimeoutError, OSError):
            pass  # the client has had enough
        finally:
            closed.set()


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True
    request_queue_size = 512

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = Site(self.server_address[1], "https" if tls else "http")
        self.tls = tls
        self.lock = threading.Lock()
        self.active = 0
        self.open: list[threading.Event] = []

    def finish_request(self, request: Any, client_address: Any) -> None:
        if self.tls is not None:
            try:
                secure = self.tls.wrap_socket(request, server_side=True, do_handshake_on_connect=False)
                with secure:
                    secure.do_handshake()
                    super().finish_request(secure, client_address)
            except (ssl.SSLError, OSError):
                pass  # a client that does not trust us
            return
        super().finish_request(request, client_address)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are part of the test."""


@contextmanager
def serving(tls: ssl.SSLContext | None = None) -> Iterator[Site]:
    with _Server(tls) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server.site
        server.shutdown()
        for event in server.open:
            event.set()


async def everyone_is_here(host: str, port: int) -> list[str]:
    """A resolver for which every name is this machine."""
    return ["127.0.0.1"]


def get(url: str, *, resolver: Any = everyone_is_here, options: FetchOptions = LOCAL) -> Page:
    """Fetch one page, every name being this machine."""

    async def work() -> Page:
        async with Fetcher(options, resolver=resolver) as fetcher:
            return await fetcher.fetch(url)

    return asyncio.run(work())


def get_all(urls: Sequence[str], *, options: FetchOptions = LOCAL, resolver: Any = everyone_is_here) -> list[Page]:
    """Fetch pages one after the other with one fetcher."""

    async def work() -> list[Page]:
        async with Fetcher(options, resolver=resolver) as fetcher:
            return [await fetcher.fetch(url) for url in urls]

    return asyncio.run(work())
