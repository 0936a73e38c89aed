"""Options of the fetcher. Does not import httpx, so that the command line can show its help quickly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

import msgspec

from declutter.frozen import FrozenDict, freeze
from declutter.options import check_numbers

USER_AGENT: Final = "declutter/0.1"
"""The product and its version; it does not pose as a browser."""

_LEAST: Final = {
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


class FetchOptions(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """Limits, permissions and politeness of a fetch.

    timeout: seconds for one page from its first request to its last byte, including redirects and retries. Waiting for
        the host's turn does not count, or long lists would time out.
    connect_timeout, read_timeout: seconds to connect, and to wait for the next bytes of a response.
    max_bytes: size of the body, with content codings undone.
    max_redirects: redirects to follow, including meta refreshes.
    retries: further attempts after a failed connection or status 429, 500, 502, 503, 504.
    max_retry_after: longest Retry-After, in seconds, to wait for; beyond it the page fails at once.
    user_agent: the User-Agent header. Its first word, without the version, is the name looked up in robots.txt.
    headers: sent with every request to the first origin; other origins get only those named `Accept…`.
    obey_robots: whether to obey robots.txt.
    delay: minimum seconds between the starts of two requests to a host; a longer Crawl-delay is honoured up to
        max_crawl_delay seconds.
    per_host: concurrent requests to one host. in_flight: concurrent requests to all hosts, each of which may hold up to
        max_bytes.
    allow_private: allow private and loopback addresses. Link-local and cloud-metadata ones stay refused.
    proxy: URL (http, https, socks5, socks5h) of a proxy for all requests; None to read `HTTP_PROXY`, `HTTPS_PROXY`,
        `ALL_PROXY` and `NO_PROXY` from the environment. A proxy resolves names itself, so addresses are checked only as
        far as they resolve locally.
    cache: directory of an HTTP cache (RFC 9111) of at most 1 GB; None for none. While it cannot be written, for example
        because another process is writing, pages are fetched without it.
    ca_file: PEM file of certificate authorities to trust instead of the default ones.
    """

    timeout: float = 30.0
    connect_timeout: float = 10.0
    read_timeout: float = 15.0
    max_bytes: int = 20_000_000
    max_redirects: int = 10
    retries: int = 2
    max_retry_after: float = 60.0
    user_agent: str = USER_AGENT
    headers: Mapping[str, str] = FrozenDict()
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
        check_numbers(self, _LEAST)
        if not self.user_agent.strip() or not _is_plain(self.user_agent):
            example = "'name/1.0 (+https://example.org/bot)'"
            raise ValueError(f"user_agent must be printable ASCII, such as {example}, not {self.user_agent!r}")
        for name, value in self.headers.items():
            if not isinstance(name, str) or not isinstance(value, str):
                raise TypeError(f"headers: {name!r}: {value!r} is not a pair of str")
            if not _NAME.fullmatch(name) or not _is_plain(value):
                raise ValueError(f"headers: {name!r}: {value!r} is not a name and a value in printable ASCII")
        if self.proxy is not None and (problem := proxy_problem(self.proxy)):
            raise ValueError(f"proxy: {problem}")
        freeze(self, "headers")


_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2
_PROXIES: Final = ("http", "https", "socks5", "socks5h")


def _is_plain(value: str) -> bool:
    return value.isascii() and value.isprintable()


def proxy_problem(url: str) -> str | None:
    """Why the URL of a proxy is unusable; None if it is usable."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _PROXIES and parts.hostname and parts.port != 0
    except ValueError:  # invalid port or IPv6 address
        usable = False
    return (
        None if usable else f"{url!r} is not the URL of a proxy; it begins with {', '.join(_PROXIES)} and names a host"
    )


DEFAULT_FETCH: Final = FetchOptions()
