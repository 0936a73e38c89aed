"""Lists, feeds and sitemaps as sources of addresses."""

from __future__ import annotations

import asyncio
import gzip

import pytest

from declutter.errors import FetchError
from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import NotASourceError, StatusError
from declutter.fetcher.sources import from_feed, from_sitemap, sitemap_links, urls_in

from .servers import LOCAL, Site, reply

RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>x</title><link>/home</link>
<item><title>a</title><link>https://a.test/1?x=1&amp;y=2</link></item>
<item><title>b</title><link>/2</link></item><item><title>again</title><link>/2</link></item>
<item><title>none</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><link rel="self" href="/feed"/>
<entry><title>a</title><link rel="alternate" href="https://a.test/1"/><link rel="enclosure" href="/a.mp3"/></entry>
<entry><title>b</title><link href="2"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<item rdf:about="x"><title>a</title><link>https://a.test/1</link></item></rdf:RDF>"""
NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def feed(site: Site) -> list[str]:
    async def work() -> list[str]:
        async with Fetcher(LOCAL) as fetcher:
            return await from_feed(fetcher, site.url("/deep/feed"))

    return asyncio.run(work())


def sitemap(site: Site) -> list[str | FetchError]:
    async def work() -> list[str | FetchError]:
        async with Fetcher(LOCAL) as fetcher:
            return [found async for found in from_sitemap(fetcher, site.url("/sitemap.xml"))]

    return asyncio.run(work())


def test_a_list_has_an_address_a_line_each_once() -> None:
    lines = ["\ufeffhttps://a.test/\n", "\n", "# note\n", "  https://b.test/  \r\n", "https://a.test/"]

    assert ["https://a.test/", "https://b.test/"] == list(urls_in(lines))


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        (RSS, "application/rss+xml", ["https://a.test/1?x=1&y=2", "/2"]),
        (RSS, "text/html", ["https://a.test/1?x=1&y=2", "/2"]),
        (ATOM, "application/atom+xml; charset=utf-8", ["https://a.test/1", "/deep/2"]),
        (RDF, "application/xml", ["https://a.test/1"]),
        (RSS.replace("<title>b", "<title>b & c &nbsp;"), "text/xml", ["https://a.test/1?x=1&y=2", "/2"]),
    ],
    ids=["RSS", "RSS sent as a page", "Atom", "RDF", "not well-formed"],
)
def test_the_pages_of_a_feed_come_in_its_order(site: Site, text: str, kind: str, expected: list[str]) -> None:
    site.routes["/deep/feed"] = reply(text, kind=kind)

    assert [link if "://" in link else site.url(link) for link in expected] == feed(site)


def test_a_page_is_no_feed(site: Site) -> None:
    site.routes["/deep/feed"] = reply("<!doctype html><p>hello")

    with pytest.raises(NotASourceError, match="not an RSS or Atom feed"):
        feed(site)


def test_a_sitemap_names_pages_but_not_their_pictures(site: Site) -> None:
    site.routes["/sitemap.xml"] = reply(
        f"""<?xml version="1.0"?><urlset {NAMESPACE} xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
        <url><loc> https://a.test/1?x=1&amp;y=2 </loc><image:image><image:loc>https://a.test/1.jpg</image:loc>
        </image:image></url><url><loc><![CDATA[https://a.test/2]]></loc></url><url><loc/></url></urlset>""",
        kind="text/xml",
    )

    assert ["https://a.test/1?x=1&y=2", "https://a.test/2"] == sitemap(site)


def test_an_index_leads_to_its_sitemaps_packed_or_in_text_and_names_those_that_fail(site: Site) -> None:
    index = [
        f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/a.xml.gz", "/b.txt", "/gone.xml", "/page")
    ]
    site.routes["/sitemap.xml"] = reply(f"<sitemapindex {NAMESPACE}>{''.join(index)}</sitemapindex>", kind="text/xml")
    packed = gzip.compress(f"<urlset {NAMESPACE}><url><loc>https://a.test/1</loc></url></urlset>".encode())
    site.routes["/a.xml.gz"] = reply(packed, kind="application/x-gzip")
    site.routes["/b.txt"] = reply("https://a.test/2\nhttps://a.test/3\n", kind="text/plain")
    site.routes["/page"] = reply("<!doctype html><p>hello")

    found = sitemap(site)

    assert ["https://a.test/1", "https://a.test/2", "https://a.test/3"] == [
        one for one in found if isinstance(one, str)
    ]
    assert [StatusError, NotASourceError] == [type(one) for one in found if not isinstance(one, str)]


def test_an_index_of_itself_ends(site: Site) -> None:
    loop = f"<sitemapindex {NAMESPACE}><sitemap><loc>{site.url('/sitemap.xml')}</loc></sitemap></sitemapindex>"
    site.routes["/sitemap.xml"] = reply(loop, kind="text/xml")

    assert ([], 1) == (sitemap(site), len(site.requests))


def test_a_packed_bomb_is_no_sitemap(site: Site) -> None:
    site.routes["/sitemap.xml"] = reply(gzip.compress(b"<" * 100_000_000), kind="application/gzip")

    (found,) = sitemap(site)

    assert isinstance(found, NotASourceError)


def test_entities_of_a_sitemap_are_not_expanded() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    secret = '<!ENTITY s SYSTEM "file:///etc/passwd">'
    text = f'<!DOCTYPE x [<!ENTITY l0 "lol">{lol}{secret}]><urlset {NAMESPACE}><url><loc>https://a.test/&l11;&s;</loc></url></urlset>'

    pages, _ = sitemap_links(text.encode(), url="https://a.test/")

    assert all(len(page) < 100 and "root:" not in page for page in pages)
