"""Whether a response is a page, by its header and its first bytes."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from declutter.decode import not_a_page

Wanted: TypeAlias = Literal["page", "list", "anything"]
"""page: HTML or text. list: a feed or sitemap, compressed perhaps. anything: robots.txt, whatever it is sent as."""

FIRST: Final = 512
"""Bytes to examine; all relevant signatures are within them."""

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", "text/plain", "text/markdown"})
_XML: Final = frozenset({"application/xml", "text/xml"})
_UNSAID: Final = frozenset({"", "application/octet-stream", "binary/octet-stream", "unknown/unknown", "*/*"})
_LISTS: Final = frozenset(
    {"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/gzip", "application/x-gzip"}
)
_FEED: Final = re.compile(rb"<(rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]", re.IGNORECASE)
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def refused_by_header(content_type: str, wanted: Wanted) -> str | None:
    """The type of an unwanted response, if the header tells."""
    kind = media_type(content_type)
    if wanted == "anything" or kind in _PAGES | _XML | _UNSAID or "/" not in kind:
        return None
    return None if wanted == "list" and kind in _LISTS else kind


def refused_by_content(content_type: str, first: bytes, wanted: Wanted) -> str | None:
    """The type of an unwanted response, if its first bytes tell."""
    if wanted != "page":
        return None
    if kind := not_a_page(first):
        return kind
    kind = media_type(content_type)
    if kind in _UNSAID and b"\0" in first and not first.startswith(_UTF16):
        return "binary data"
    if kind in _XML | _UNSAID and (match := _FEED.search(first)):
        return f"a feed or sitemap (<{match[1].decode()}>)"
    return None


def media_type(content_type: str) -> str:
    """The type without its parameters."""
    return content_type.partition(";")[0].strip().lower()
