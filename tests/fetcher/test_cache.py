"""A second run asks only for what changed."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime, formatdate
from pathlib import Path

import msgspec
import pytest

from declutter.errors import DeclutterError
from declutter.fetcher import FetchOptions, cache
from declutter.fetcher.errors import ForbiddenAddressError, TooLargeError

from .servers import LOCAL, Exchange, Site, get, get_all, redirect, reply


@pytest.fixture
def caching(tmp_path: Path) -> FetchOptions:
    return msgspec.structs.replace(LOCAL, cache=str(tmp_path / "cache"))


def fresh(body: str | bytes, **headers: str) -> bytes:
    return reply(body, cache_control="max-age=600", date=formatdate(usegmt=True), **headers)


def tagged(exchange: Exchange) -> bytes:
    if exchange.headers.get("if-none-match") == '"v1"':
        return reply(status=304, etag='"v1"', date=formatdate(usegmt=True))
    return reply("<p>first", etag='"v1"', cache_control="no-cache", date=formatdate(usegmt=True))


def test_what_is_fresh_is_not_asked_for_again(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = fresh("<p>hello")

    first, second = get(site.url(), options=caching), get(site.url(), options=caching)

    assert [(b"<p>hello", False), (b"<p>hello", True)] == [(page.body, page.from_cache) for page in (first, second)]
    assert len(site.requests) == 1
    assert first.headers == {name: value for name, value in second.headers.items() if name != "age"}


def test_what_is_stale_is_asked_for_by_its_tag(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = tagged

    pages = [get(site.url(), options=caching) for _ in range(2)]

    assert [b"<p>first", b"<p>first"] == [page.body for page in pages]
    assert [None, '"v1"'] == [exchange.headers.get("if-none-match") for exchange in site.requests]
    assert [False, True] == [page.from_cache for page in pages]


def test_what_changed_is_fetched_anew(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = tagged
    get(site.url(), options=caching)
    site.routes["/"] = reply("<p>second", etag='"v2"', cache_control="no-cache", date=formatdate(usegmt=True))

    page = get(site.url(), options=caching)

    assert (b"<p>second", False) == (page.body, page.from_cache)


def test_what_must_not_be_stored_is_not(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = reply("<p>hello", cache_control="no-store", date=formatdate(usegmt=True))

    get(site.url(), options=caching)
    get(site.url(), options=caching)

    assert len(site.requests) == 2


def test_redirects_and_compression_are_the_same_from_the_cache(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = redirect("/b", 301, cache_control="max-age=600", date=formatdate(usegmt=True))
    site.routes["/b"] = fresh(gzip.compress(b"<p>hello"), content_encoding="gzip")

    pages = [get(site.url(), options=caching) for _ in range(2)]

    assert [(b"<p>hello", (site.url(),))] * 2 == [(page.body, page.chain) for page in pages]
    assert len(site.requests) == 2


def test_what_was_cut_off_is_not_kept(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = fresh(b"x" * 200_000)

    for _ in range(2):
        with pytest.raises(TooLargeError):
            get(site.url(), options=msgspec.structs.replace(caching, max_bytes=100_000))
    page = get(site.url(), options=caching)

    assert (200_000, False) == (len(page.body), page.from_cache)


def test_the_cache_waits_for_nobodys_turn(site: Site, caching: FetchOptions) -> None:
    """With an hour between pages of a host a second run over the cache is done at once."""
    site.routes |= {f"/{number}": fresh("<p>hello") for number in range(3)}
    urls = [site.url(f"/{number}") for number in range(3)]
    get_all(urls, options=caching)

    pages = get_all(urls, options=msgspec.structs.replace(caching, delay=3600.0))

    assert [True, True, True] == [page.from_cache for page in pages]


def test_robots_txt_is_cached_as_well(site: Site, caching: FetchOptions) -> None:
    site.routes["/robots.txt"] = fresh("User-agent: *\nAllow: /")
    site.routes["/"] = fresh("<p>hello")
    obeying = msgspec.structs.replace(caching, obey_robots=True)

    get(site.url(), options=obeying)
    get(site.url(), options=obeying)

    assert ["/robots.txt", "/"] == [exchange.path for exchange in site.requests]


@pytest.mark.parametrize("date", ["yesterday", "Wed, 99 Nov 2026 99:00:00 GMT", "Wed, 25 Nov 99999999 19:00:00 GMT"])
def test_a_page_whose_server_has_no_clock_comes_from_the_cache_as_well(
    site: Site, caching: FetchOptions, date: str
) -> None:
    site.routes["/"] = reply("<p>hello", cache_control="max-age=600", date=date)

    first, second = get(site.url(), options=caching), get(site.url(), options=caching)

    assert [b"<p>hello", b"<p>hello"] == [first.body, second.body]
    assert first.fetched_at <= second.fetched_at < "3000"


def test_the_time_of_a_page_from_the_cache_is_that_of_its_fetch_in_utc(site: Site, caching: FetchOptions) -> None:
    now = datetime.now(timezone(timedelta(hours=5)))
    site.routes["/"] = reply("<p>hello", cache_control="max-age=600", date=format_datetime(now))

    get(site.url(), options=caching)

    assert now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") == get(site.url(), options=caching).fetched_at


def test_a_private_page_in_the_cache_is_no_answer_where_private_addresses_are_refused(
    site: Site, caching: FetchOptions
) -> None:
    site.routes["/"] = fresh("<p>hello")
    get(site.url(), options=caching)

    with pytest.raises(ForbiddenAddressError):
        get(site.url(), options=msgspec.structs.replace(caching, allow_private=False))


def test_a_cache_that_fails_on_the_way_is_complained_of_once_and_gone_without(
    site: Site, caching: FetchOptions, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache._ONCE, "_logged", set())
    site.routes |= {f"/{number}": fresh(f"<p>{number}") for number in range(5)}
    urls = [site.url(f"/{number}") for number in range(5)]
    get(urls[0], options=caching)
    database = Path(str(caching.cache)) / "http-cache-private.sqlite"
    content = database.read_bytes()
    database.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))

    pages = get_all(urls, options=caching)

    assert [f"<p>{number}".encode() for number in range(5)] == [page.body for page in pages]
    messages = [record.getMessage() for record in caplog.records if record.name.startswith("hishel")]
    assert 0 < len(messages) == len(set(messages))
    assert "malformed" in messages[0]
    assert not any(record.exc_info for record in caplog.records)


def test_a_cache_that_is_no_cache_is_named(site: Site, caching: FetchOptions) -> None:
    site.routes["/"] = fresh("<p>hello")
    folder = Path(str(caching.cache))
    folder.mkdir()
    (folder / "http-cache-private.sqlite").write_bytes(b"this is no database " * 100)

    with pytest.raises(DeclutterError, match="cache cannot be used") as caught:
        get(site.url(), options=caching)

    assert caching.cache == caught.value.subject
