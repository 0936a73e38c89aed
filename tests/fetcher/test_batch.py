"""Many pages at once."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing

import msgspec
import pytest

import declutter
from declutter import Fetcher, FetchOptions, fetch_many
from declutter.fetcher.errors import BadAddressError, StatusError
from declutter.model import Page

from .servers import LOCAL, Exchange, Site, everyone_is_here, reply


def crawl(urls: Iterable[str], options: FetchOptions = LOCAL) -> dict[str, object]:
    async def work() -> dict[str, object]:
        async with Fetcher(options, resolver=everyone_is_here) as fetcher:
            return {url: outcome async for url, outcome in fetch_many(urls, fetcher=fetcher)}

    return asyncio.run(work())


def test_every_address_has_one_outcome_a_page_or_its_error(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    outcomes = crawl([site.url(), site.url("/gone"), "no address"])

    assert [Page, StatusError, BadAddressError] == [
        type(outcomes[url]) for url in (site.url(), site.url("/gone"), "no address")
    ]


def test_a_list_needs_no_more_than_its_addresses_and_a_page_no_more_than_its_own(site: Site) -> None:
    """The public functions open and close a fetcher by themselves."""
    site.routes["/"] = reply("<p>hello")

    async def work() -> tuple[Page, dict[str, object]]:
        page = await declutter.fetch_async(site.url(), options=LOCAL)
        return page, {url: outcome async for url, outcome in fetch_many([site.url()], options=LOCAL)}

    page, outcomes = asyncio.run(work())

    assert [b"<p>hello", b"<p>hello"] == [page.body, outcomes[site.url()].body]  # type: ignore[attr-defined]


def test_a_single_address_is_refused_instead_of_being_fetched_letter_by_letter() -> None:
    with pytest.raises(TypeError, match=r"several URLs; for one write \['https://a.example/'\]"):
        crawl("https://a.example/")


def test_an_empty_list_ends_at_once() -> None:
    assert {} == crawl([])


def test_two_hundred_hosts_are_fetched_at_once_by_name(site: Site) -> None:
    everyone = threading.Barrier(200)

    def named(exchange: Exchange) -> bytes:
        everyone.wait(60)
        return reply(f"<p>{exchange.headers['host']}")

    site.routes["/"] = named
    urls = [site.url(host=f"host{number}.test") for number in range(200)]

    outcomes = crawl(urls, msgspec.structs.replace(LOCAL, in_flight=200, connect_timeout=60.0))

    bodies = {url: outcome.body.decode() for url, outcome in outcomes.items() if isinstance(outcome, Page)}
    assert {url: f"<p>host{number}.test:{site.port}" for number, url in enumerate(urls)} == bodies


def test_a_slow_host_does_not_hold_up_the_others(site: Site) -> None:
    """The list is sorted by host, and the first host's second page is an hour away."""
    slow = [site.url(f"/{number}", "slow.test") for number in range(4)]
    quick = site.url("/0", "quick.test")
    site.routes |= {f"/{number}": reply("<p>hello") for number in range(4)}

    assert {slow[0], quick} == set(first_of([*slow, quick], 2, msgspec.structs.replace(LOCAL, delay=3600.0)))


def first_of(urls: list[str], count: int, options: FetchOptions) -> list[str]:
    """The addresses whose outcomes come first."""

    async def work() -> list[str]:
        async with (
            Fetcher(options, resolver=everyone_is_here) as fetcher,
            aclosing(fetch_many(urls, fetcher=fetcher)) as outcomes,
        ):
            return [(await anext(outcomes))[0] for _ in range(count)]

    return asyncio.run(asyncio.wait_for(work(), 60))


def test_addresses_may_come_one_by_one(site: Site) -> None:
    site.routes |= {f"/{number}": reply("<p>hello") for number in range(5)}

    async def trickle() -> AsyncIterator[str]:
        for number in range(5):
            await asyncio.sleep(0.01)
            yield site.url(f"/{number}")

    async def work() -> int:
        return len([outcome async for outcome in fetch_many(trickle(), options=LOCAL)])

    assert 5 == asyncio.run(work())


def test_a_source_that_fails_fails_the_run() -> None:
    async def broken() -> AsyncIterator[str]:
        yield "no address"
        raise OSError("the disk is gone")

    async def work() -> None:
        async for _ in fetch_many(broken(), options=LOCAL):
            pass

    with pytest.raises(OSError, match="the disk is gone"):
        asyncio.run(work())


def test_leaving_early_stops_the_rest(site: Site) -> None:
    site.routes |= {f"/{number}": reply("<p>hello") for number in range(100)}

    async def work() -> None:
        async with aclosing(fetch_many([site.url(f"/{number}") for number in range(100)], options=LOCAL)) as outcomes:
            async for _ in outcomes:
                break

    asyncio.run(work())

    assert len(site.requests) < 50


def test_a_slow_consumer_slows_the_fetching_down(site: Site) -> None:
    """Three pages a request in flight are begun, and none beyond them while nobody takes the first."""
    site.routes["/"] = reply("<p>hello")
    urls = [site.url(host=f"host{number}.test") for number in range(60)]

    async def work() -> int:
        async with Fetcher(msgspec.structs.replace(LOCAL, in_flight=1), resolver=everyone_is_here) as fetcher:
            async for _ in fetch_many(urls, fetcher=fetcher):
                await asyncio.sleep(0.5)
                return len(site.requests)
        return 0

    assert 1 <= asyncio.run(work()) <= 4


def test_hosts_that_wait_for_their_delay_keep_no_other_host_from_being_asked(site: Site) -> None:
    """There are more hosts than pages that may be begun, and each has a second page, an hour later."""
    site.routes |= {"/1": reply("<p>1"), "/2": reply("<p>2")}
    first, second = ([site.url(path, f"host{number}.test") for number in range(40)] for path in ("/1", "/2"))
    options = msgspec.structs.replace(LOCAL, in_flight=1, delay=3600.0)

    assert sorted(first) == sorted(first_of([*first, *second], 40, options))


def test_a_consumer_may_fetch_with_the_same_fetcher(site: Site) -> None:
    """The second half of an article, say, while finished pages wait for the consumer and their hosts for it as well."""
    site.routes |= {f"/{number}": reply("<p>hello") for number in range(60)}

    async def work() -> int:
        async with Fetcher(msgspec.structs.replace(LOCAL, in_flight=1), resolver=everyone_is_here) as fetcher:
            count = 0
            async for url, _ in fetch_many([site.url(f"/{number}") for number in range(60)], fetcher=fetcher):
                await fetcher.fetch(url)
                count += 1
            return count

    assert 60 == asyncio.run(asyncio.wait_for(work(), 120))
