"""What is tried again, when, and what is not."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import msgspec
import pytest

from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import BusyError, ConnectionFailedError
from declutter.fetcher.retry import retry_after

from .servers import LOCAL, Exchange, Responder, Site, get, reply

THREE = msgspec.structs.replace(LOCAL, retries=2)


def failing(times: int, answer: bytes | None) -> Responder:
    """Answers with a failure some times (None: hangs up), then with a page."""
    left = [times]

    def respond(exchange: Exchange) -> bytes | None:
        left[0] -= 1
        return answer if left[0] >= 0 else reply("<p>at last")

    return respond


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504])
def test_a_server_that_is_busy_is_asked_again(site: Site, status: int) -> None:
    site.routes["/"] = failing(1, reply(status=status))

    assert get(site.url(), options=THREE).body == b"<p>at last"


def test_a_connection_that_failed_is_tried_again(site: Site) -> None:
    site.routes["/"] = failing(1, None)

    assert get(site.url(), options=THREE).body == b"<p>at last"


def test_the_last_attempt_tells_why(site: Site) -> None:
    site.routes["/busy"] = failing(3, reply(status=503))
    site.routes["/gone"] = failing(3, None)

    with pytest.raises(BusyError, match="answered 503") as caught:
        get(site.url("/busy"), options=THREE)
    with pytest.raises(ConnectionFailedError, match="retry later"):
        get(site.url("/gone"), options=THREE)

    assert (True, None, 3) == (caught.value.passing, caught.value.retry_after, len(site.asked("/busy")))


def test_retry_after_in_seconds_is_waited_for(site: Site) -> None:
    site.routes["/"] = failing(1, reply(status=429, retry_after="1"))
    start = time.monotonic()

    assert get(site.url(), options=THREE).body == b"<p>at last"

    assert time.monotonic() - start >= 1


def test_retry_after_as_a_date_is_waited_for(site: Site) -> None:
    moment = datetime.now(UTC) + timedelta(seconds=2)
    site.routes["/"] = failing(1, reply(status=503, retry_after=format_datetime(moment, usegmt=True)))

    assert get(site.url(), options=THREE).body == b"<p>at last"

    assert datetime.now(UTC) >= moment.replace(microsecond=0)


@pytest.mark.parametrize(
    ("changes", "asked"), [({"max_retry_after": 50.0}, "51"), ({"timeout": 30.0}, "31")], ids=["cap", "deadline"]
)
def test_a_rest_that_is_too_long_is_not_begun(site: Site, changes: dict[str, float], asked: str) -> None:
    site.routes["/"] = reply(status=429, retry_after=asked)

    with pytest.raises(BusyError, match=f"retry in {asked} s") as caught:
        get(site.url(), options=msgspec.structs.replace(THREE, **changes))

    assert (float(asked), 1) == (caught.value.retry_after, len(site.requests))


def test_the_whole_host_rests_when_one_page_is_told_to(site: Site) -> None:
    """The second page, asked for after the first has failed, waits as long as the host said."""
    site.routes["/a"] = reply(status=429, retry_after="1")
    site.routes["/b"] = reply("<p>b")

    async def work() -> None:
        async with Fetcher(LOCAL) as fetcher:
            with pytest.raises(BusyError):
                await fetcher.fetch(site.url("/a"))
            await fetcher.fetch(site.url("/b"))

    start = time.monotonic()
    asyncio.run(work())

    assert time.monotonic() - start >= 1


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        ("0", 0, 0),
        (" 120 ", 120, 120),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 1e9, 1e12),
        ("9" * 400, 1e9, 1e12),
    ],
)
def test_retry_after_is_read_in_seconds(value: str, low: float, high: float) -> None:
    seconds = retry_after(value)

    assert seconds is not None
    assert low <= seconds <= high


@pytest.mark.parametrize("value", [None, "", "soon", "-5", "1.5", "١٢", "Fri, 99 Foo 2026 00:00:00 GMT"])
def test_what_is_no_retry_after_says_nothing(value: str | None) -> None:
    assert retry_after(value) is None
