"""Sources of URLs: lists, feeds, sitemaps."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Final
from urllib.parse import urljoin

import feedparser
from lxml import etree

from declutter.compressed import GZIP
from declutter.errors import FetchError
from declutter.fetcher.body import DamagedError, OverflowingError, gunzip
from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import NotASourceError

_MAX_DEPTH: Final = 3
"""Levels of sitemap indexes. Nested ones are not allowed (sitemaps.org), but occur, one level deep."""


def urls_in(lines: Iterable[str]) -> Iterator[str]:
    """The URLs of a list with one per line, without duplicates, blank lines and lines that begin with #."""
    seen: set[str] = set()
    for line in lines:
        url = line.strip().lstrip("\ufeff")
        if url and not url.startswith("#") and url not in seen:
            seen.add(url)
            yield url


async def from_feed(fetcher: Fetcher, url: str) -> list[str]:
    """The pages that an RSS or Atom feed names, in its order."""
    page = await fetcher.fetch(url, wanted="list")
    kind = page.headers.get("content-type", "")
    # In a thread, because a feed of a megabyte takes seconds, and other pages being fetched have deadlines.
    entries = await asyncio.to_thread(feed_links, page.body, url=page.final_url, content_type=kind)
    if entries is None:
        raise NotASourceError("not an RSS or Atom feed", subject=url)
    return entries


def feed_links(body: bytes, *, url: str, content_type: str = "") -> list[str] | None:
    """The links of a feed's entries, absolute; None if it is not a feed."""
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    # From memory, because feedparser would fetch a URL itself, bypassing all of our checks.
    feed = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    if not feed.version and not feed.entries:
        return None
    links = (entry.get("feedburner_origlink") or entry.get("link") for entry in feed.entries)
    return list(dict.fromkeys(urljoin(url, link) for link in links if link))


async def from_sitemap(fetcher: Fetcher, url: str) -> AsyncIterator[str | FetchError]:
    """The pages of a sitemap and of the sitemaps that it lists, or the errors of those that cannot be fetched."""
    waiting = [(url, 0)]
    seen = {url}
    while waiting:
        address, depth = waiting.pop(0)
        try:
            page = await fetcher.fetch(address, wanted="list")
            body = _plain(page.body, fetcher.options.max_bytes, address)
            pages, sitemaps = await asyncio.to_thread(sitemap_links, body, url=address)
        except FetchError as error:
            yield error
            continue
        for link in pages:
            yield link
        nested = [sitemap for sitemap in sitemaps if sitemap not in seen] if depth < _MAX_DEPTH else []
        seen.update(nested)
        waiting.extend((sitemap, depth + 1) for sitemap in nested)


def sitemap_links(body: bytes, *, url: str) -> tuple[list[str], list[str]]:
    """The pages and the further sitemaps in a sitemap (XML, or text with one URL per line)."""
    text = body.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not text.startswith(b"<"):
        lines = list(urls_in(text.decode("utf-8", "replace").splitlines()))
        if all(line.lower().startswith(("http://", "https://")) for line in lines):
            return lines, []
        raise NotASourceError("not a sitemap", subject=url)
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    root = etree.fromstring(text, parser)
    if root is None or _local(root) not in {"urlset", "sitemapindex"}:
        raise NotASourceError("not a sitemap", subject=url)
    found = [urljoin(url, (element.text or "").strip()) for element in root.iter("{*}loc") if _is_own(element)]
    found = list(dict.fromkeys(found))
    return (found, []) if _local(root) == "urlset" else ([], found)


def _is_own(loc: etree._Element) -> bool:
    """Whether a URL is that of a page, and not of one of its pictures (`<image:loc>`)."""
    parent = loc.getparent()
    return parent is not None and _local(parent) in {"url", "sitemap"} and bool((loc.text or "").strip())


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _plain(body: bytes, max_bytes: int, url: str) -> bytes:
    if not body.startswith(GZIP):
        return body
    try:
        return gunzip(body, max_bytes=max_bytes)
    except (DamagedError, OverflowingError) as error:
        raise NotASourceError("this sitemap is damaged or too large once it is decompressed", subject=url) from error
