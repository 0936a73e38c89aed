"""What robots.txt allows, fetched once per host."""

from __future__ import annotations

import asyncio
import copy
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final

import httpx
from protego import Protego

from declutter.errors import FetchError
from declutter.fetcher.errors import (
    ConnectionFailedError,
    DeadlineError,
    ForbiddenAddressError,
    RedirectError,
    RobotsError,
    StatusError,
)
from declutter.fetcher.hosts import Deadline, Hosts, host_of
from declutter.fetcher.journey import origin

_LIFETIME: Final = 86_400.0
_FAILURE_LIFETIME: Final = 60.0
"""Seconds. RFC 9309 allows rules to be cached for a day; a failed host is not asked again for each of its pages."""
_MAX_KEPT: Final = 10_000
_MIN_SERVER_ERROR: Final = 500
_BUSY: Final = 429


class _Known:
    """What is known about one origin: its rules, the error of fetching them, or neither yet."""

    def __init__(self) -> None:
        self.lock = asyncio.Lock()
        self.until = 0.0
        self.rules: Protego | None = None
        self.failure: FetchError | None = None


class Robots:
    """Rules by origin. get: fetches the bytes of a URL within a deadline, raising FetchError."""

    def __init__(self, get: Callable[[str, Deadline], Awaitable[bytes]], hosts: Hosts, *, agent: str) -> None:
        self._get = get
        self._hosts = hosts
        # The product's name is matched, not its version (RFC 9309, 2.2.1).
        self._agent = agent.partition("/")[0].split(" ")[0] or "*"
        self._known: OrderedDict[tuple[str, str, int], _Known] = OrderedDict()

    async def check(self, url: httpx.URL, *, subject: str, deadline: Deadline) -> None:
        """Raise RobotsError if robots.txt disallows the page, and honour its Crawl-delay.

        A host without robots.txt (4xx) allows everything; one that fails to answer allows nothing (RFC 9309, 2.3.1).
        """
        known = await self._ask(url, deadline)
        if known.failure is not None:
            failure = copy.copy(known.failure)
            failure.subject = subject
            if not isinstance(failure, ConnectionFailedError | ForbiddenAddressError):
                failure.args = (
                    f"robots.txt could not be read, so nothing is fetched from its host: {failure.args[0]}",
                )
            raise failure
        if known.rules is None:
            return
        if not known.rules.can_fetch(str(url), self._agent):
            where = f" at {url}" if str(url) != subject else ""
            message = (
                f"robots.txt disallows this page for {self._agent}{where}; skip it, or decide to ignore robots.txt"
            )
            raise RobotsError(message, subject=subject)
        if delay := known.rules.crawl_delay(self._agent):
            self._hosts[host_of(url)].slow_down(delay)

    async def _ask(self, url: httpx.URL, deadline: Deadline) -> _Known:
        known = self._known.setdefault(origin(url), _Known())
        self._known.move_to_end(origin(url))
        if len(self._known) > _MAX_KEPT:
            self._known.popitem(last=False)
        now = asyncio.get_running_loop().time
        async with known.lock:
            if now() < known.until:
                return known
            known.rules = known.failure = None
            try:
                text = await self._get(str(url.copy_with(raw_path=b"/robots.txt")), deadline)
                known.rules = Protego.parse(text.decode("utf-8-sig", "replace"))
            except FetchError as error:
                if not _means_none(error):
                    known.failure = error
            except asyncio.CancelledError:
                # Probably out of time: the next page of the host should not wait in vain as long.
                known.failure = DeadlineError("no answer in time; retry later", subject=str(url))
                known.until = now() + _FAILURE_LIFETIME
                raise
            known.until = now() + (_FAILURE_LIFETIME if known.failure else _LIFETIME)
        return known


def _means_none(error: FetchError) -> bool:
    if isinstance(error, StatusError):
        return error.status < _MIN_SERVER_ERROR and error.status != _BUSY
    return isinstance(error, RedirectError)
