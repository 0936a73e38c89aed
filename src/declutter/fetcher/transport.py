"""Connections: httpx's transport over a backend that connects only to checked addresses."""

from __future__ import annotations

import asyncio
import os
import ssl
import urllib.request
from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

import httpcore
import httpx

from declutter.errors import DeclutterError
from declutter.fetcher.addresses import Address, Resolver, literal, refusal
from declutter.fetcher.hosts import Hosts, PoliteTransport, host_of
from declutter.fetcher.options import FetchOptions, proxy_problem
from declutter.fetcher.retry import breaks_off, causes_of

_MAX_LOOK_UP: Final = 2.0
"""Seconds for a local look-up if a proxy resolves the name anyway: behind some proxies, no name server responds."""


class ForbiddenError(Exception):
    """A host resolves to an address that must not be connected to."""


@lru_cache(maxsize=8)
def trust(ca_file: str | None) -> ssl.SSLContext:
    """The certificate authorities to trust. Cached, because reading them takes some 20 ms."""
    try:
        return ssl.create_default_context(cafile=ca_file) if ca_file else httpx.create_ssl_context()
    except OSError as error:  # ssl.SSLError is one
        where = ca_file or os.environ.get("SSL_CERT_FILE") or os.environ.get("SSL_CERT_DIR")
        raise DeclutterError(f"cannot read certificate authorities: {error}", subject=where) from error


class Gate:
    """Resolves hosts to the addresses that may be connected to."""

    def __init__(self, resolver: Resolver, *, allow_private: bool) -> None:
        self._resolver = resolver
        self._allow_private = allow_private

    async def addresses(self, host: str, port: int) -> list[str]:
        """The allowed addresses of a host. Raises ForbiddenError if it has only others, OSError if it has none."""
        known = literal(host)
        found = [known] if known else [_parse(answer) for answer in await self._resolver(host, port)]
        if not found:
            raise OSError(f"{host} has no address")
        reasons = [refusal(address, allow_private=self._allow_private) for address in found]
        allowed = [str(address) for address, reason in zip(found, reasons, strict=True) if reason is None]
        if not allowed:
            where = f"{host} is" if known else f"{host} resolves to {found[0]},"
            way_out = "; allow it with allow_private" if self._could_be_allowed(found) else ""
            raise ForbiddenError(f"refused, {where} {reasons[0]}{way_out}")
        return allowed

    @staticmethod
    def _could_be_allowed(addresses: list[Address]) -> bool:
        return any(refusal(address, allow_private=True) is None for address in addresses)


def _parse(answer: str) -> Address:
    address = literal(answer)
    if address is None:
        raise OSError(f"the resolver answered {answer!r}, which is no address")
    return address


class CheckedBackend(httpcore.AsyncNetworkBackend):
    """Connects to addresses that have passed the gate, by number, so that no second look-up can differ."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._backend = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's signature
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first address that responds; each gets a share of the time."""
        try:
            addresses = await self._gate.addresses(host, port)
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error
        share = timeout / len(addresses) if timeout else None
        failure: Exception | None = None
        for address in addresses:
            try:
                return await self._backend.connect_tcp(
                    address, port, timeout=share, local_address=local_address, socket_options=socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        assert failure is not None
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)


def direct(gate: Gate, *, verify: ssl.SSLContext, limits: httpx.Limits) -> httpx.AsyncBaseTransport:
    """A transport that connects directly, through the gate."""
    transport = httpx.AsyncHTTPTransport(verify=verify, http2=True, limits=limits, trust_env=False)
    # httpx does not expose httpcore's backend, which resolves names.
    transport._pool._network_backend = CheckedBackend(gate)  # noqa: SLF001
    return transport


class ProxiedTransport(httpx.AsyncBaseTransport):
    """Connects through a proxy. Hosts are checked as far as they resolve locally."""

    def __init__(self, proxy: str, gate: Gate, *, verify: ssl.SSLContext, limits: httpx.Limits) -> None:
        self._gate = gate
        self._place = urlsplit(proxy).netloc.rpartition("@")[2]
        self._inner = httpx.AsyncHTTPTransport(verify=verify, http2=True, limits=limits, proxy=proxy, trust_env=False)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Check, then send."""
        try:
            async with asyncio.timeout(_MAX_LOOK_UP):
                await self._gate.addresses(host_of(request.url), request.url.port or 80)
        except (OSError, TimeoutError):
            pass  # a name that only the proxy knows
        try:
            return await self._inner.handle_async_request(request)
        except httpx.ConnectError as error:
            if any(isinstance(cause, ssl.SSLError) for cause in causes_of(error)):  # of the host behind the proxy
                raise
            raise httpx.ProxyError(f"the proxy {self._place} cannot be reached: {error}") from error

    async def aclose(self) -> None:
        """Close the connections to the proxy."""
        await self._inner.aclose()


class KeptTransport(httpx.AsyncBaseTransport):
    """Sends a request again, on a new connection, if a kept-alive connection breaks before the response.

    A server may close an idle connection at any moment, including that of the request (RFC 9112, 9.3.1). This does not
    count as a failed attempt.

    kept: a transport that keeps connections. fresh: one that keeps none.
    """

    def __init__(self, kept: httpx.AsyncBaseTransport, fresh: httpx.AsyncBaseTransport) -> None:
        self._kept = kept
        self._fresh = fresh

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send, at most twice."""
        is_new = False

        async def trace(event: str, _info: object) -> None:
            nonlocal is_new
            is_new = is_new or event.endswith(".connect_tcp.started")

        request.extensions["trace"] = trace
        try:
            return await self._kept.handle_async_request(request)
        except httpx.TransportError as error:
            if is_new or not breaks_off(error):
                raise
        return await self._fresh.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._kept.aclose()
        await self._fresh.aclose()


class RoutedTransport(httpx.AsyncBaseTransport):
    """Sends each request directly, or through the proxy that the environment names for it."""

    def __init__(self, direct: httpx.AsyncBaseTransport, proxies: dict[str, httpx.AsyncBaseTransport]) -> None:
        self._direct = direct
        self._proxies = proxies

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send directly or through the proxy."""
        proxy = self._proxies.get(request.url.scheme) or self._proxies.get("all")
        if proxy is not None and not urllib.request.proxy_bypass(request.url.netloc.decode("ascii")):
            return await proxy.handle_async_request(request)
        return await self._direct.handle_async_request(request)

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in {self._direct, *self._proxies.values()}:
            await transport.aclose()


def build(options: FetchOptions, resolver: Resolver, hosts: Hosts) -> httpx.AsyncBaseTransport:
    """The transport for these options: cache, then politeness, then a proxy or direct connections."""
    gate = Gate(resolver, allow_private=options.allow_private)
    verify = trust(options.ca_file)
    # Idle connections are worth their memory only for hosts that are being visited.
    keeping = httpx.Limits(max_connections=None, max_keepalive_connections=options.in_flight, keepalive_expiry=15.0)
    once = httpx.Limits(max_connections=None, max_keepalive_connections=0)

    def proxied(proxy: str) -> KeptTransport:
        kept, fresh = (ProxiedTransport(proxy, gate, verify=verify, limits=limits) for limits in (keeping, once))
        return KeptTransport(kept, fresh)

    transport: httpx.AsyncBaseTransport
    if options.proxy is not None:
        transport = proxied(options.proxy)
    else:
        transport = KeptTransport(*(direct(gate, verify=verify, limits=limits) for limits in (keeping, once)))
        if named := _environment():
            made = {url: proxied(url) for url in set(named.values())}
            transport = RoutedTransport(transport, {scheme: made[url] for scheme, url in named.items()})
    transport = PoliteTransport(transport, hosts, in_flight=options.in_flight)
    if options.cache is None:
        return transport
    from declutter.fetcher.cache import cached  # slow to import

    return cached(transport, options.cache, allow_private=options.allow_private)


def _environment() -> dict[str, str]:
    """The proxies of the environment, by scheme; `localhost:3128` means http."""
    found = {}
    named = urllib.request.getproxies()
    for scheme in ("http", "https", "all"):
        if url := named.get(scheme):
            found[scheme] = url if "://" in url else f"http://{url}"
            if problem := proxy_problem(found[scheme]):
                raise DeclutterError(f"{scheme.upper()}_PROXY: {problem}")
    return found
