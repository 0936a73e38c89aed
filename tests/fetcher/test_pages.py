"""What a page is made of, and the way to it."""

from __future__ import annotations

import asyncio
import re

import msgspec
import pytest

import declutter
from declutter.fetcher import fetch, fetch_async
from declutter.fetcher.errors import BadAddressError, RedirectError, StatusError

from .servers import LOCAL, Exchange, Site, get, get_all, redirect, reply

TEXT = "<p>" + "A page with a text that is long enough to be read for its own sake. " * 8


def test_a_page_brings_its_bytes_status_headers_and_time(site: Site) -> None:
    site.routes["/"] = reply("<p>Grüße", x_made_by="hand")

    page = get(site.url())

    assert ("<p>Grüße".encode(), 200, "hand") == (page.body, page.status, page.headers["x-made-by"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", page.fetched_at)
    assert (site.url(), site.url(), ()) == (page.url, page.final_url, page.chain)


def test_the_blocking_twin_gives_the_same_page(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    pages = [fetch(site.url(), options=LOCAL), asyncio.run(fetch_async(site.url(), options=LOCAL))]

    assert pages[0].body == pages[1].body == b"<p>hello"


def test_the_blocking_twin_works_where_a_loop_is_running(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    async def notebook() -> bytes:
        return fetch(site.url(), options=LOCAL).body

    assert asyncio.run(notebook()) == b"<p>hello"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_recorded(site: Site, other: Site, status: int) -> None:
    site.routes["/a"] = redirect("/b", status)
    site.routes["/b"] = redirect(other.url("/c"), status)
    other.routes["/c"] = reply("<p>there")

    page = get(site.url("/a"))

    assert (site.url("/a"), site.url("/b")) == page.chain
    assert (site.url("/a"), other.url("/c"), b"<p>there") == (page.url, page.final_url, page.body)


def test_ten_redirects_are_followed_and_eleven_are_not(site: Site) -> None:
    for hop in range(11):
        site.routes[f"/{hop}"] = redirect(f"/{hop + 1}")
    site.routes["/11"] = reply("<p>there")

    assert len(get(site.url("/1")).chain) == 10
    with pytest.raises(RedirectError, match="10 redirects and no end"):
        get(site.url("/0"))


def test_a_loop_of_redirects_is_named_as_one(site: Site) -> None:
    site.routes["/a"] = redirect("/b")
    site.routes["/b"] = redirect("/a")

    with pytest.raises(RedirectError, match="a loop"):
        get(site.url("/a"))


def test_a_redirect_may_lead_to_itself_once_its_cookie_is_there(site: Site) -> None:
    def gate(exchange: Exchange) -> bytes:
        return reply("<p>in") if "seen=1" in exchange.headers.get("cookie", "") else redirect("/", set_cookie="seen=1")

    site.routes["/"] = gate

    assert get(site.url()).body == b"<p>in"


def test_a_redirect_out_of_the_web_is_refused(site: Site) -> None:
    site.routes["/"] = redirect("file:///etc/passwd")

    with pytest.raises(BadAddressError, match="unsupported scheme 'file'; give the path of the file instead"):
        get(site.url())


@pytest.mark.parametrize("location", ["http://[::1", "http://", "http://a:99999/"])
def test_a_redirect_to_nowhere_is_an_error_of_ours(site: Site, location: str) -> None:
    site.routes["/"] = redirect(location)

    with pytest.raises((BadAddressError, RedirectError), match=re.escape(location)):
        get(site.url())


def test_cookies_go_along_the_redirects_of_their_own_host_only(site: Site) -> None:
    site.routes["/a"] = redirect(site.url("/b", "one.test"), set_cookie=["token=secret; Path=/", "b=2"])
    site.routes["/b"] = redirect(site.url("/c", "two.test"))
    site.routes["/c"] = redirect(site.url("/d", "one.test"))
    site.routes["/d"] = reply("<p>there")

    get(site.url("/a", "one.test"))

    cookies = [exchange.headers.get("cookie") for exchange in site.requests]
    assert [None, "token=secret; b=2", None, "token=secret; b=2"] == cookies


def test_no_cookie_outlives_its_fetch(site: Site) -> None:
    site.routes["/"] = reply("<p>hello", set_cookie="id=7")

    get_all([site.url(), site.url()])

    assert [None, None] == [exchange.headers.get("cookie") for exchange in site.requests]


def test_a_meta_refresh_is_followed_when_the_page_has_nothing_else(site: Site) -> None:
    site.routes["/"] = reply("<META content=\"0; URL='/real?a=1&amp;b=2'\" http-equiv=Refresh><p>One moment …")
    site.routes["/real?a=1&b=2"] = reply("<p>there")

    page = get(site.url())

    assert (b"<p>there", (site.url(),)) == (page.body, page.chain)


@pytest.mark.parametrize(
    "page",
    [
        f'<meta http-equiv=refresh content="0; url=/next">{TEXT}',
        '<meta http-equiv=refresh content="300; url=/next"><p>short',
        '<meta http-equiv=refresh content="5"><p>short',
        '<!-- <meta http-equiv=refresh content="0; url=/next"> --><p>short',
    ],
    ids=["beside a text", "after a while", "to itself", "commented out"],
)
def test_a_refresh_that_is_no_redirect_is_left(site: Site, page: str) -> None:
    site.routes["/"] = reply(page)

    assert get(site.url()).chain == ()


def test_a_meta_refresh_is_followed_once(site: Site) -> None:
    site.routes["/a"] = reply('<meta http-equiv=refresh content="0; url=/b">')
    site.routes["/b"] = reply('<meta http-equiv=refresh content="0; url=/a">')

    assert get(site.url("/a")).final_url == site.url("/b")


def test_a_refresh_header_is_followed_too(site: Site) -> None:
    site.routes["/"] = reply("", refresh="0; url=/b")
    site.routes["/b"] = reply("<p>there")

    assert get(site.url()).body == b"<p>there"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link rel="canonical" href="/story">', "/story"),
        ("<LINK HREF='story?a=1&amp;b=2' REL='CANONICAL'>", "/story?a=1&b=2"),
        ('<base href="/deep/"><link rel=canonical href=story>', "/deep/story"),
        ("<script>'<link rel=canonical href=/no>'</script>", None),
        ("<title><link rel=canonical href=/no></title>", None),
        ("<meta content=\"Don't\"><link rel=canonical href=/it's>", "/it's"),
        ("<link rel='x canonical' title='a>b' href = '/story'>", "/story"),
        ("<link rel=canonical href='/story", None),
        ('<link rel=canonical href="javascript:void(0)">', None),
        ('<link rel=canonical href="">', None),
    ],
)
def test_the_canonical_link_is_recorded_absolute(site: Site, head: str, expected: str | None) -> None:
    site.routes["/"] = reply(f"<html><head>{head}</head><body>{TEXT}")

    assert get(site.url()).canonical == (site.url(expected) if expected else None)


@pytest.mark.parametrize("piece", ['<meta "', "<meta a='", "<!--", "<script ", "<link a=", "<title>"])
def test_a_head_full_of_beginnings_without_end_holds_up_nobody(site: Site, piece: str) -> None:
    """Looking for the end of each anew would take minutes, and stop all that the crawl does."""
    site.routes["/"] = reply('<link rel=canonical href="/story">' + piece * (250_000 // len(piece)))

    assert get(site.url()).canonical == site.url("/story")


def test_a_tag_of_very_many_attributes_holds_up_nobody(site: Site) -> None:
    """libxml2 would take minutes for them."""
    attributes = " ".join(f"a{number}" for number in range(300_000))
    site.routes["/"] = reply(
        f'<meta http-equiv=refresh content="0; url=/b" {attributes[:200_000]}><p {attributes}>short'
    )
    site.routes["/b"] = reply("<p>there")

    assert get(site.url()).body == b"<p>there"


def test_a_canonical_link_may_stand_in_the_header(site: Site) -> None:
    site.routes["/"] = reply(TEXT, link='</a>; rel="preload", </story>; rel="canonical"')

    assert get(site.url()).canonical == site.url("/story")


def test_the_charset_of_the_header_beats_that_of_the_page(site: Site) -> None:
    body = f'<meta charset="iso-8859-2"><p>Привет мир. {"Это длинный текст. " * 20}'.encode("koi8-r")
    site.routes["/"] = reply(body, kind="text/html; charset=koi8-r")

    page = get(site.url())

    assert (body, "koi8-r") == (page.body, declutter.extract(page).encoding)


def test_a_fragment_is_not_sent(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    page = get(site.url("/#part"))

    assert ["/"] == [exchange.path for exchange in site.requests]
    assert site.url() == page.final_url


def test_the_user_agent_is_honest_and_can_be_set(site: Site) -> None:
    site.routes["/"] = reply("<p>hello")

    get(site.url())
    get(site.url(), options=msgspec.structs.replace(LOCAL, user_agent="crawler/2 (+https://example.org)"))

    agents = [exchange.headers["user-agent"] for exchange in site.requests]
    assert ["declutter/0.1", "crawler/2 (+https://example.org)"] == agents


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 418, 451, 501, 505])
def test_an_error_status_is_named_and_not_tried_again(site: Site, status: int) -> None:
    site.routes["/"] = reply("<p>sorry", status=status)

    with pytest.raises(StatusError, match=f"answered {status}") as caught:
        get(site.url(), options=msgspec.structs.replace(LOCAL, retries=3))

    assert (status, False, site.url(), 1) == (
        caught.value.status,
        caught.value.passing,
        caught.value.subject,
        len(site.requests),
    )


@pytest.mark.parametrize(
    "url", ["", "example.com/a", "ftp://a/b", "file:///etc/passwd", "http://", "http://a:b/", "//a/b"]
)
def test_what_is_no_address_of_a_page_is_refused_by_name(url: str) -> None:
    with pytest.raises(BadAddressError) as caught:
        get(url)

    assert url == caught.value.subject


@pytest.mark.parametrize("answer", [redirect("").replace(b"location: \r\n", b""), reply(status=304), reply(status=300)])
def test_a_redirect_that_does_not_say_where_to_is_an_error(site: Site, answer: bytes) -> None:
    site.routes["/"] = answer

    with pytest.raises(RedirectError, match="without saying where to go"):
        get(site.url())


@pytest.mark.parametrize("encoding", ["utf-8", "gbk"])
def test_cookies_and_targets_go_back_in_the_bytes_they_came_in(site: Site, encoding: str) -> None:
    word = "中文".encode(encoding)
    site.routes["/"] = (
        b"HTTP/1.1 302 Found\r\ncontent-length: 0\r\nset-cookie: a=" + word + b"\r\nlocation: /" + word + b"\r\n\r\n"
    )
    path = "/" + "".join(f"%{byte:02X}" for byte in word)
    site.routes[path] = reply("<p>there")

    get(site.url())

    assert word.decode("latin-1") == site.asked(path)[0].headers["cookie"].removeprefix("a=")
