"""robots.txt, one request at a time, and a delay between pages."""

from __future__ import annotations

import asyncio
import threading
import time

import msgspec
import pytest

from declutter.errors import FetchError
from declutter.fetcher import hosts
from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import BusyError, ConnectionFailedError, DeadlineError, RobotsError
from declutter.model import Page

from .servers import LOCAL, Exchange, Site, everyone_is_here, get, get_all, redirect, reply

POLITE = msgspec.structs.replace(LOCAL, obey_robots=True)


def robots(text: str) -> bytes:
    return reply(text, kind="text/plain")


def timed(moments: list[float]) -> object:
    def respond(exchange: Exchange) -> bytes:
        moments.append(time.monotonic())
        return reply("<p>hello")

    return respond


def test_what_robots_txt_forbids_is_not_asked_for(site: Site) -> None:
    site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /secret")
    site.routes["/secret/a"] = reply("<p>hello")

    with pytest.raises(RobotsError, match="robots.txt disallows this page for declutter") as caught:
        get(site.url("/secret/a"), options=POLITE)

    assert (["/robots.txt"], False) == ([exchange.path for exchange in site.requests], caught.value.passing)


def test_robots_txt_may_speak_to_us_by_name(site: Site) -> None:
    site.routes["/robots.txt"] = robots("User-agent: *\nDisallow:\n\nUser-agent: Crawler\nDisallow: /")
    site.routes["/"] = reply("<p>hello")

    get(site.url(), options=POLITE)
    with pytest.raises(RobotsError):
        get(site.url(), options=msgspec.structs.replace(POLITE, user_agent="crawler/2.0 (+https://example.org)"))


def test_robots_txt_can_be_ignored(site: Site) -> None:
    site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /")
    site.routes["/"] = reply("<p>hello")

    get(site.url(), options=LOCAL)

    assert ["/"] == [exchange.path for exchange in site.requests]


def test_robots_txt_holds_for_the_targets_of_redirects(site: Site, other: Site) -> None:
    site.routes["/"] = redirect(other.url("/secret"))
    other.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /secret")

    with pytest.raises(RobotsError, match="/secret"):
        get(site.url(), options=POLITE)

    assert not other.asked("/secret")


def test_robots_txt_is_asked_for_once_a_host(site: Site) -> None:
    site.routes["/robots.txt"] = redirect("/moved")
    site.routes["/moved"] = robots("User-agent: *\nAllow: /")
    site.routes |= {f"/{number}": reply("<p>hello") for number in range(5)}

    get_all([site.url(f"/{number}") for number in range(5)], options=POLITE)

    assert len(site.asked("/robots.txt")) == 1


@pytest.mark.parametrize("answer", [reply(status=404), reply(status=403), robots(""), reply("<html>Not found</html>")])
def test_a_host_without_robots_txt_allows_everything(site: Site, answer: bytes) -> None:
    site.routes["/robots.txt"] = answer
    site.routes["/"] = reply("<p>hello")

    assert get(site.url(), options=POLITE).body == b"<p>hello"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_host_that_cannot_give_its_robots_txt_is_left_alone_for_now(site: Site, status: int) -> None:
    site.routes["/robots.txt"] = reply(status=status)

    with pytest.raises(BusyError, match="robots.txt") as caught:
        get(site.url("/a"), options=POLITE)

    assert (site.url("/a"), True, []) == (caught.value.subject, caught.value.passing, site.asked("/a"))


def test_a_host_that_is_down_is_not_knocked_at_for_each_of_its_pages() -> None:
    calls = []

    async def counting(host: str, port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"]

    async def work() -> list[type]:
        async with Fetcher(POLITE, resolver=counting) as fetcher:
            outcomes = [fetcher.fetch(f"http://down.test:1/{number}") for number in range(5)]
            return [type(outcome) for outcome in await asyncio.gather(*outcomes, return_exceptions=True)]

    assert [ConnectionFailedError] * 5 == asyncio.run(work())
    assert calls == ["down.test"]


def test_a_huge_robots_txt_is_read_to_its_bound(site: Site) -> None:
    site.routes["/robots.txt"] = robots("User-agent: *\nDisallow: /secret\n" + "# and more\n" * 200_000)
    site.routes["/"] = reply("<p>hello")

    get(site.url(), options=POLITE)
    with pytest.raises(RobotsError):
        get(site.url("/secret"), options=POLITE)


def gather(
    urls: list[str], options: object, *, by: object = everyone_is_here
) -> list[Page | FetchError | BaseException]:
    async def work() -> list[Page | FetchError | BaseException]:
        async with Fetcher(options, resolver=by) as fetcher:  # type: ignore[arg-type]
            return await asyncio.gather(*[fetcher.fetch(url) for url in urls], return_exceptions=True)

    return asyncio.run(work())


def never_early(start: float, moments: list[float], delay: float) -> bool:
    """Whether each page came so many delays after the start of all as there were pages before it.

    How far apart they come is no measure: a busy machine lets one be late, and the next the less.
    """
    return all(moment - start > number * delay - 0.01 for number, moment in enumerate(moments))


def test_pages_of_a_host_are_a_delay_apart(site: Site) -> None:
    moments: list[float] = []
    site.routes["/"] = timed(moments)  # type: ignore[assignment]
    start = time.monotonic()

    gather([site.url()] * 4, msgspec.structs.replace(LOCAL, delay=0.2))

    assert never_early(start, moments, 0.2)


def test_a_longer_crawl_delay_is_honoured_up_to_its_cap(site: Site) -> None:
    moments: list[float] = []
    site.routes["/robots.txt"] = robots("User-agent: *\nCrawl-delay: 100")
    site.routes["/"] = timed(moments)  # type: ignore[assignment]
    start = time.monotonic()

    gather([site.url()] * 3, msgspec.structs.replace(POLITE, delay=0.01, max_crawl_delay=0.3))

    assert never_early(start, moments, 0.3)
    assert moments[-1] - start < 100


def test_waiting_for_ones_turn_does_not_count_against_the_deadline(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    outcomes = gather([site.url()] * 8, msgspec.structs.replace(LOCAL, delay=1.0, timeout=6.0))

    assert [True] * 8 == [isinstance(outcome, Page) for outcome in outcomes]


def test_a_host_gets_one_request_at_a_time(site: Site) -> None:
    def slow(exchange: Exchange) -> bytes:
        time.sleep(0.02)
        return reply("<p>hello")

    site.routes["/"] = slow

    gather([site.url()] * 8, LOCAL)

    assert site.busiest == 1


def test_many_hosts_are_asked_at_once(site: Site) -> None:
    everyone = threading.Barrier(8)

    def together(exchange: Exchange) -> bytes:
        everyone.wait(60)
        return reply("<p>hello")

    site.routes["/"] = together

    outcomes = gather([site.url(host=f"host{number}.test") for number in range(8)], LOCAL)

    assert [True] * 8 == [isinstance(outcome, Page) for outcome in outcomes]


def test_no_more_requests_are_in_flight_than_allowed(site: Site) -> None:
    def slow(exchange: Exchange) -> bytes:
        time.sleep(0.02)
        return reply("<p>hello")

    site.routes["/"] = slow
    urls = [site.url(host=f"host{number}.test") for number in range(12)]

    gather(urls, msgspec.structs.replace(LOCAL, in_flight=3))

    assert site.busiest <= 3


def test_hosts_that_redirect_to_each_other_do_not_wait_for_each_other_for_ever(site: Site) -> None:
    site.routes["/a"] = redirect(site.url("/end", "two.test"))
    site.routes["/b"] = redirect(site.url("/end", "one.test"))
    site.routes["/end"] = reply("<p>there")
    urls = [site.url("/a", "one.test"), site.url("/b", "two.test")] * 10

    outcomes = gather(urls, LOCAL)

    assert [b"<p>there"] * 20 == [outcome.body for outcome in outcomes if isinstance(outcome, Page)]


def test_the_delay_holds_for_a_host_that_other_hosts_redirect_to(site: Site) -> None:
    moments: list[float] = []
    site.routes["/short"] = redirect(site.url("/", "target.test"))
    site.routes["/"] = timed(moments)  # type: ignore[assignment]
    urls = [site.url("/short", f"short{number}.test") for number in range(3)]
    start = time.monotonic()

    gather(urls, msgspec.structs.replace(LOCAL, delay=0.2))

    assert never_early(start, moments, 0.2)


def test_a_turn_ends_with_its_fetch_whatever_became_of_it(site: Site) -> None:
    """Were a turn kept by a fetch that failed or ran out of time, the last page would never have its own."""

    def slow(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 100\r\n\r\nhalf")
        exchange.closed.wait(30)

    site.routes |= {"/slow": slow, "/pdf": reply(kind="application/pdf"), "/busy": reply(status=503)}  # type: ignore[dict-item]
    site.routes |= {"/large": reply(b"x" * 2000), "/": reply("<p>hello")}
    urls = [site.url(path) for path in ("/slow", "/pdf", "/busy", "/large", "/gone", "/")]

    *failed, last = gather(urls, msgspec.structs.replace(LOCAL, timeout=5.0, max_bytes=1000))

    assert [True] * 5 == [isinstance(outcome, FetchError) for outcome in failed]
    assert isinstance(last, Page)


def test_a_robots_txt_that_drips_takes_the_time_of_one_page_only(site: Site) -> None:
    def drip(exchange: Exchange) -> None:
        exchange.send(b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 100000\r\n\r\n")
        while not exchange.closed.wait(0.02):
            exchange.send(b"#")

    site.routes["/robots.txt"] = drip  # type: ignore[assignment]

    outcomes = gather([site.url(f"/{number}") for number in range(20)], msgspec.structs.replace(POLITE, timeout=2.0))

    assert [DeadlineError] * 20 == [type(outcome) for outcome in outcomes]
    assert (1, []) == (len(site.asked("/robots.txt")), site.asked("/0"))


def test_a_crawl_over_many_hosts_forgets_those_it_left_longest_ago(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hosts, "_MAX_IDLE_HOSTS", 3)
    site.routes["/"] = reply("<p>hello")

    async def work() -> list[str]:
        async with Fetcher(LOCAL, resolver=everyone_is_here) as fetcher:
            for number in (1, 2, 3, 1, 4):
                await fetcher.fetch(site.url(host=f"host{number}.test"))
            return list(fetcher._hosts._hosts)

    assert ["host3.test", "host1.test", "host4.test"] == asyncio.run(work())
