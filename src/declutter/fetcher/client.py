"""The path that every fetch takes, from a URL through all checks to a page."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final, NamedTuple, Self

import httpx

from declutter.fetcher import body
from declutter.fetcher.addresses import Resolver, look_up
from declutter.fetcher.errors import (
    BrokenResponseError,
    BusyError,
    DeadlineError,
    ForbiddenAddressError,
    NotAPageResponseError,
    RedirectError,
    StatusError,
    TooLargeError,
)
from declutter.fetcher.hosts import Deadline, Hosts, Turn, host_of
from declutter.fetcher.journey import Journey
from declutter.fetcher.kinds import Wanted, refused_by_content, refused_by_header
from declutter.fetcher.links import has_nothing_else, read_links, refresh_target
from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions
from declutter.fetcher.retry import BUSY, attempts, http_date, retry_after, translate
from declutter.fetcher.robots import Robots
from declutter.fetcher.transport import ForbiddenError, build
from declutter.model import Page

_MIN_REDIRECT: Final = 300
_MIN_ERROR: Final = 400
_MAX_ROBOTS: Final = 512_000
"""Bytes; RFC 9309 requires at least 500 KiB, and the rest is ignored."""
_ACCEPT: Final = "text/html,application/xhtml+xml,text/plain;q=0.8,*/*;q=0.5"


class _Answer(NamedTuple):
    """A response, read: its body with content codings undone."""

    status: int
    headers: httpx.Headers
    body: bytes
    fetched_at: str
    from_cache: bool


class Fetcher:
    """Fetches pages over kept-alive connections, politely and safely; an asynchronous context manager.

    One Fetcher is one crawl: it keeps the delays of each host and the robots.txt files. Cookies last for one fetch
    only, so that no page depends on another.

    resolver: returns the addresses of a host; None to ask the system.
    """

    def __init__(self, options: FetchOptions = DEFAULT_FETCH, *, resolver: Resolver | None = None) -> None:
        if not isinstance(options, FetchOptions):
            raise TypeError(f"options must be a FetchOptions, not {options!r}")
        self.options = options
        agent = options.user_agent
        self._own = {"user-agent": agent, "accept": _ACCEPT, "accept-encoding": body.ACCEPTED}
        self._headers = httpx.Headers(dict(options.headers))
        self._hosts = Hosts(options)
        self._robots = Robots(self._get_robots, self._hosts, agent=agent)
        self._transport = build(options, resolver or look_up, self._hosts)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._transport.aclose()

    async def fetch(self, url: str, *, wanted: Wanted = "page") -> Page:
        """Fetch a page. Raises a subclass of FetchError, which names the URL.

        wanted: "page" refuses all but HTML and text; "list" also takes feeds and sitemaps, "anything" takes all.
        """
        if not isinstance(url, str):
            raise TypeError(f"url must be a str, not {url!r}")
        deadline = Deadline(self.options.timeout)
        try:
            async with deadline.running():
                return await self._visit(url, wanted, deadline)
        except TimeoutError:
            message = f"not done within {self.options.timeout:g} s; raise the timeout, or try again later"
            raise DeadlineError(message, subject=url) from None

    async def free(self, host: str) -> None:
        """Wait until a host's delay, and any Retry-After, has passed."""
        await self._hosts.free(host)

    async def _visit(self, url: str, wanted: Wanted, deadline: Deadline) -> Page:
        journey = Journey(url, headers=self._headers, max_redirects=self.options.max_redirects)
        while True:
            if self.options.obey_robots:
                await self._robots.check(journey.url, subject=url, deadline=deadline)
            answer = await self._ask(journey, wanted, deadline, max_bytes=self.options.max_bytes)
            target = journey.target(answer.status, answer.headers)
            links = None
            if target is None and wanted == "page":
                links = read_links(answer.body, url=journey.address, header=answer.headers.get("link"))
                target = self._refresh(journey, answer, links.refresh)
            if target is not None:
                journey.go(target)
                continue
            return Page(
                url=url,
                final_url=journey.address,
                status=answer.status,
                headers=dict(answer.headers.items()),
                body=answer.body,
                fetched_at=answer.fetched_at,
                chain=tuple(journey.chain),
                canonical=links.canonical if links else None,
                from_cache=answer.from_cache,
            )

    @staticmethod
    def _refresh(journey: Journey, answer: _Answer, written: str | None) -> str | None:
        """The target of a refresh that has not been followed yet, if the page has no other purpose."""
        written = written or refresh_target(answer.headers.get("refresh", ""))
        if written is None or journey.refreshed:
            return None
        if not has_nothing_else(answer.body, header=answer.headers.get("content-type")):
            return None
        journey.refreshed = True
        return written

    async def _get_robots(self, url: str, deadline: Deadline) -> bytes:
        journey = Journey(url, headers=httpx.Headers(), max_redirects=self.options.max_redirects)
        while True:
            answer = await self._ask(journey, "anything", deadline, max_bytes=_MAX_ROBOTS)
            target = journey.target(answer.status, answer.headers)
            if target is None:
                return answer.body
            journey.go(target)

    async def _ask(self, journey: Journey, wanted: Wanted, deadline: Deadline, *, max_bytes: int) -> _Answer:
        """One request, with retries."""
        options = self.options
        trying = attempts(options.retries, max_retry_after=options.max_retry_after, left=lambda: deadline.left)
        async for attempt in trying:
            with attempt:
                # The delay applies between pages: not between redirects of one page to the same host, nor before
                # retries, nor after its robots.txt.
                again = attempt.retry_state.attempt_number > 1 or host_of(journey.url) in journey.hosts
                turn = Turn(deadline, spaced=not again and wanted != "anything")
                try:
                    return await self._send(journey, turn, wanted, max_bytes=max_bytes)
                except ForbiddenError as error:
                    raise ForbiddenAddressError(str(error), subject=journey.asked) from None
                except httpx.HTTPError as error:
                    raise translate(error, url=journey.address, subject=journey.asked) from error
                finally:
                    await turn.end()
        raise AssertionError("the last attempt returns or raises")

    async def _send(self, journey: Journey, turn: Turn, wanted: Wanted, *, max_bytes: int) -> _Answer:
        options = self.options
        timeouts = {"connect": options.connect_timeout, "read": options.read_timeout, "write": options.read_timeout}
        request = journey.request(own=self._own, extensions={"timeout": timeouts, "turn": turn})
        response = await self._transport.handle_async_request(request)
        response.request = request
        try:
            return await self._read(response, journey, wanted, max_bytes)
        finally:
            await response.aclose()

    async def _read(self, response: httpx.Response, journey: Journey, wanted: Wanted, max_bytes: int) -> _Answer:
        status, headers = response.status_code, response.headers
        journey.keep_cookies(response)
        if journey.target(status, headers) is not None:
            await body.drain(response)
            return _answer(response, b"")
        if _MIN_REDIRECT <= status < _MIN_ERROR:
            message = f"{journey.address} answered {status} without saying where to go; leave it"
            raise RedirectError(message, subject=journey.asked)
        if status >= _MIN_ERROR:
            await body.drain(response)
            raise self._refusal(response, journey)
        content_type = headers.get("content-type", "")
        if kind := refused_by_header(content_type, wanted):
            raise self._not_a_page(kind, journey)

        def look(first: bytes) -> None:
            if kind := refused_by_content(content_type, first, wanted):
                raise self._not_a_page(kind, journey)

        try:
            if wanted != "anything":
                body.check_length(response, max_bytes=max_bytes)
            return _answer(response, await body.read(response, max_bytes=max_bytes, look=look))
        except body.OverflowingError as error:
            if wanted == "anything":  # the beginning of a robots.txt is sufficient
                return _answer(response, error.so_far)
            size = "longer" if error.length is None else f"{error.length:,} bytes, more"
            message = f"the body is {size} than the {max_bytes:,} bytes allowed; raise max_bytes, or skip the page"
            raise TooLargeError(message, subject=journey.asked) from None
        except body.DamagedError as error:
            raise BrokenResponseError(f"the body is damaged: {error}", subject=journey.asked) from error

    def _refusal(self, response: httpx.Response, journey: Journey) -> StatusError:
        status = response.status_code
        where = f" at {journey.address}" if journey.address != journey.asked else ""
        message = f"the server answered {status} {response.reason_phrase}".rstrip() + where
        if status not in BUSY:
            return StatusError(f"{message}; retrying will not help", subject=journey.asked, status=status)
        rest = retry_after(response.headers.get("retry-after"))
        if rest is not None:
            self._hosts[host_of(journey.url)].rest(min(rest, self.options.max_retry_after))
        when = f"retry in {rest:.0f} s" if rest is not None else "retry later"
        return BusyError(f"{message}; {when}", subject=journey.asked, status=status, retry_after=rest)

    @staticmethod
    def _not_a_page(kind: str, journey: Journey) -> NotAPageResponseError:
        where = f" at {journey.address}" if journey.address != journey.asked else ""
        return NotAPageResponseError(f"this is {kind}{where}, not HTML or text", subject=journey.asked)


def _answer(response: httpx.Response, content: bytes) -> _Answer:
    caching = response.extensions.get("caching", {})
    from_cache = caching.get("from_cache", False)
    moment = datetime.now(UTC)
    if from_cache and not caching["revalidated"]:
        moment = http_date(response.headers.get("date", "")) or moment
    return _Answer(
        status=response.status_code,
        headers=response.headers,
        body=content,
        fetched_at=moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
        from_cache=from_cache,
    )
