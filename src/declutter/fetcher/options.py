"""How pages are fetched, as a value. Free of httpx, so that the command line can show its help at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

USER_AGENT = "declutter/0.1"
"""Who we say we are: the product and its version, and no browser."""

_LEAST = {
    "timeout": 0.001,
    "connect_timeout": 0.001,
    "read_timeout": 0.001,
    "max_bytes": 1,
    "max_redirects": 0,
    "retries": 0,
    "max_retry_after": 0,
    "delay": 0,
    "max_crawl_delay": 0,
    "per_host": 1,
    "in_flight": 1,
}


class FetchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a fetch may take, where it may go, and how politely.

    timeout: seconds for one page from its first request to its last byte, redirects and retries included.
        Waiting for one's turn at a host does not count: a long list would otherwise time out by its length.
    connect_timeout, read_timeout: seconds for a connection, and for the next bytes of an answer.
    max_bytes: of the body, with content codings undone.
    max_redirects: hops before giving up; a meta refresh counts as one.
    retries: further attempts after a failed connection or status 429, 500, 502, 503, 504.
    max_retry_after: seconds; where a server asks for a longer rest, its page fails at once and says so.
    user_agent: what to send. Its first word, without a version, is the name looked up in robots.txt.
    headers: sent with every request to the origin first asked for. Of these only `Accept…` go to other origins.
    obey_robots: ask robots.txt first.
    delay: least seconds between the starts of two pages of one host; a longer Crawl-delay is honoured up to
        max_crawl_delay seconds.
    per_host: requests at once to one host. in_flight: requests at once to all hosts;
        each may hold up to max_bytes.
    allow_private: also go to private and loopback addresses. Link-local and cloud-metadata ones stay refused.
    proxy: URL (http, https, socks5, socks5h) that all requests go through; None to read `HTTP_PROXY`,
        `HTTPS_PROXY`, `ALL_PROXY` and `NO_PROXY` from the environment. A proxy looks names up by itself: what a
        name means to it is its own affair, addresses are only checked as far as they are seen from here.
    cache: directory of an HTTP cache (RFC 9111), of 1 GB at most; None for none. Where it cannot be written, as for a
        while beside another process that does, pages are fetched without it.
    ca_file: PEM file of certificate authorities to trust instead of the usual ones.
    """

    timeout: float = 30.0
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    max_bytes: int = 20_000_000
    max_redirects: int = 10
    retries: int = 2
    max_retry_after: float = 60.0
    user_agent: str = USER_AGENT
    headers: Mapping[str, str] = msgspec.field(default_factory=dict)
    obey_robots: bool = True
    delay: float = 1.0
    max_crawl_delay: float = 30.0
    per_host: int = 1
    in_flight: int = 100
    allow_private: bool = False
    proxy: str | None = None
    cache: str | None = None
    ca_file: str | None = None

    def __post_init__(self) -> None:
        for name, low in _LEAST.items():
            if not getattr(self, name) >= low:  # NaN is no number of seconds either
                raise ValueError(f"{name} must be at least {low:g}, not {getattr(self, name)!r}")
        if not self.user_agent.strip() or not _is_plain(self.user_agent):
            example = "'name/1.0 (+https://example.org/bot)'"
            raise ValueError(f"user_agent must be printable ASCII, such as {example}, not {self.user_agent!r}")
        for name, value in self.headers.items():
            if not _NAME.fullmatch(name) or not _is_plain(value):
                raise ValueError(f"headers: {name!r}: {value!r} is not a name and a value in printable ASCII")
        if self.proxy is not None and (problem := proxy_problem(self.proxy)):
            raise ValueError(f"proxy: {problem}")


_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_PROXIES: Final = ("http", "https", "socks5", "socks5h")


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable()


def proxy_problem(url: str) -> str | None:
    """Say why a proxy cannot be used by its URL; None where it can."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _PROXIES and parts.hostname and parts.port != 0
    except ValueError:  # no port, or no address, of IPv6
        usable = False
    return (
        None if usable else f"{url!r} is not the URL of a proxy; it begins with {', '.join(_PROXIES)} and names a host"
    )


DEFAULT_FETCH = FetchOptions()
