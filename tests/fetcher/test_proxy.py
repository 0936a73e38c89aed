"""Fetching by a proxy, named by option or by the environment."""

from __future__ import annotations

import re
import socket
import socketserver
import threading
from collections.abc import Iterator

import msgspec
import pytest

from declutter.errors import DeclutterError
from declutter.fetcher.errors import ConnectionFailedError, ForbiddenAddressError, UnknownHostError

from .servers import LOCAL, Site, get, reply


class _Tunnel(socketserver.StreamRequestHandler):
    """CONNECT to whatever host, always to this machine; all else is answered here."""

    server: _Proxy

    def handle(self) -> None:
        line = self.rfile.readline().decode()
        while self.rfile.readline().strip():
            pass
        method, target, _ = line.split()
        self.server.asked.append(f"{method} {target}")
        if method != "CONNECT":
            self.wfile.write(reply("<p>by proxy"))
            return
        with socket.create_connection(("127.0.0.1", int(target.rpartition(":")[2]))) as upstream:
            self.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            back = threading.Thread(target=_pump, args=(upstream, self.connection), daemon=True)
            back.start()
            _pump(self.connection, upstream)
            back.join(5)


def _pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        pass


class _Proxy(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Tunnel)
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@pytest.fixture
def proxy() -> Iterator[_Proxy]:
    with _Proxy() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


async def nobody(host: str, port: int) -> list[str]:
    raise socket.gaierror(socket.EAI_NONAME, "only the proxy knows")


def test_a_proxy_connects_for_us(proxy: _Proxy) -> None:
    page = get("http://far.test/a", resolver=nobody, options=msgspec.structs.replace(LOCAL, proxy=proxy.url))

    assert (b"<p>by proxy", ["GET http://far.test/a"]) == (page.body, proxy.asked)


def test_tls_goes_through_the_proxy_end_to_end(proxy: _Proxy, tls_site: Site, ca_file: str) -> None:
    tls_site.routes["/"] = reply("<p>safe")
    options = msgspec.structs.replace(LOCAL, proxy=proxy.url, ca_file=ca_file)

    page = get(tls_site.url(host="secure.test"), resolver=nobody, options=options)

    assert (b"<p>safe", [f"CONNECT secure.test:{tls_site.port}"]) == (page.body, proxy.asked)


@pytest.mark.parametrize("name", ["http_proxy", "all_proxy", "HTTP_PROXY"])
def test_the_environment_names_a_proxy(proxy: _Proxy, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv(name, proxy.url.removeprefix("http://"))

    assert get("http://far.test/", resolver=nobody).body == b"<p>by proxy"


@pytest.mark.parametrize("exempt", ["near.test", ".test", "*"])
def test_the_environment_exempts_hosts(proxy: _Proxy, site: Site, monkeypatch: pytest.MonkeyPatch, exempt: str) -> None:
    site.routes["/"] = reply("<p>direct")
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", exempt)

    assert (b"<p>direct", []) == (get(site.url(host="near.test")).body, proxy.asked)


@pytest.mark.parametrize("host", ["169.254.169.254", "127.0.0.1", "0x7f.1", "[::1]"])
def test_a_proxy_is_not_asked_for_an_address_that_is_forbidden(proxy: _Proxy, host: str) -> None:
    options = msgspec.structs.replace(LOCAL, proxy=proxy.url, allow_private=False)

    with pytest.raises(ForbiddenAddressError):
        get(f"http://{host}/", options=options)

    assert not proxy.asked


def test_a_proxy_is_not_asked_for_a_name_that_is_seen_to_lead_to_one(proxy: _Proxy) -> None:
    async def inside(host: str, port: int) -> list[str]:
        return ["10.0.0.8"]

    options = msgspec.structs.replace(LOCAL, proxy=proxy.url, allow_private=False)

    with pytest.raises(ForbiddenAddressError, match="intranet.test resolves to"):
        get("http://intranet.test/", resolver=inside, options=options)


@pytest.mark.parametrize("url", ["socks4://a.test:1", "http://[a", "http://a.test:99999"])
def test_a_proxy_of_the_environment_that_cannot_be_used_is_named(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("ALL_PROXY", url)

    with pytest.raises(DeclutterError, match=re.escape(f"ALL_PROXY: {url!r} is not the URL of a proxy")):
        get("http://far.test/")


@pytest.mark.parametrize("place", ["127.0.0.1:1", "no.such.invalid"])
def test_a_proxy_that_cannot_be_reached_is_a_failed_connection_that_names_it(place: str) -> None:
    options = msgspec.structs.replace(LOCAL, proxy=f"http://user:secret@{place}")

    with pytest.raises(ConnectionFailedError, match=f"far.test/: .* the proxy {place} cannot be reached") as caught:
        get("http://far.test/", resolver=nobody, options=options)

    assert not isinstance(caught.value, UnknownHostError)
    assert "secret" not in str(caught.value)


class _Socks(socketserver.StreamRequestHandler):
    """SOCKS5 without authentication: every name is answered here."""

    def handle(self) -> None:
        count = self.rfile.read(2)[1]
        self.rfile.read(count)
        self.wfile.write(b"\x05\x00")
        _, _, _, kind = self.rfile.read(4)
        target = self.rfile.read(self.rfile.read(1)[0] if kind == 3 else 4)
        self.rfile.read(2)
        self.wfile.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        while self.rfile.readline().strip():
            pass
        self.wfile.write(reply(f"<p>by socks to {target.decode()}"))


def test_a_socks_proxy_connects_for_us() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), _Socks) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        options = msgspec.structs.replace(LOCAL, proxy=f"socks5://127.0.0.1:{server.server_address[1]}")

        page = get("http://far.test/", resolver=nobody, options=options)

        thread.join()
    assert page.body == b"<p>by socks to far.test"
