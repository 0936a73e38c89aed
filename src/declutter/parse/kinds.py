"""Decides whether a text is a page, a text dump, or data."""

from __future__ import annotations

import re
from typing import Final

import msgspec

_BLANK: Final = re.compile(r"\s*")
_URL: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_FILE_NAME: Final = re.compile(
    r"[^\s<>]{1,1000}\.(?:x?html?|mht(?:ml)?|webarchive|warc)(?:\.(?:gz|zst))?", re.IGNORECASE
)
_HEAD: Final = 1024
_PAGE_TAG: Final = re.compile(r"<(?:!doctype\b|(?:html|head|body|meta)(?=[\s/>]))", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_MIN_BLOCK_TAGS: Final = 3
_FIRST_TAG: Final = re.compile(r"<(?:script|style|title|link|base|noscript)(?=[\s/>])", re.IGNORECASE)
"""First tags of old pages that omit `<html>` and `<head>`; a text dump does not begin with them."""
_LAST_TAG: Final = re.compile(r"</[a-z][a-z0-9]*>\s*\Z", re.IGNORECASE)
_TAIL: Final = 64
"""Characters at the end that are searched for a fragment's last end tag."""

# The beginning of an XML document, with a root element that shows that it is not a page.
_DATA_ROOT: Final = re.compile(
    r"\ufeff?\s*+(?:<\?[^>]*+>\s*+|<!--[^>]*+>\s*+|<!doctype[^>]*+>\s*+)*+"
    r"<(rss|feed|rdf:RDF|opml|urlset|sitemapindex|svg)[\s>]",
    re.IGNORECASE,
)


def looks_like_html(text: str) -> bool:
    """Whether a text is a page, or a fragment of one.

    A page has page-level tags or three block-level tags in its first kilobyte. A fragment begins with a block-level tag
    and ends with an end tag, such as the HTML of a one-paragraph essay.
    """
    match = _BLANK.match(text)
    begin = match.end() if match else 0
    end = begin + _HEAD
    if _PAGE_TAG.search(text, begin, end) or _FIRST_TAG.match(text, begin):
        return True
    first = _BLOCK_TAG.match(text, begin)
    if first and first[0][1] != "/" and _LAST_TAG.search(text, max(first.end(), len(text) - _TAIL)):
        return True
    tags = _BLOCK_TAG.finditer(text, begin, end)
    return sum(1 for _ in tags) >= _MIN_BLOCK_TAGS


def data_in(text: str) -> str | None:
    """The kind of data that a text is, instead of a page or text dump ("JSON"); None if it is not data."""
    if match := _DATA_ROOT.match(text, 0, _HEAD):
        root = match[1]
        if root.lower() != "svg":
            return f"a feed or sitemap (<{root}>)"
        # A page may begin with an inline SVG.
        return "an SVG image" if text.rstrip().endswith("</svg>") else None
    if urls := _urls_in(text):
        return "a URL" if urls == 1 else "a list of URLs"
    if names := _names_in(text):
        return "a file name" if names == 1 else "a list of file names"
    begin = text.lstrip("\ufeff \t\r\n")[:1]
    if begin and begin in "{[" and (_is_json(text) or _is_json(text.strip().partition("\n")[0])):
        return "JSON"
    return None


def _urls_in(text: str) -> int:
    """How many URLs a text lists, if its lines are nothing else but empty, or comments that begin with #; else 0."""
    if not text.lstrip()[:4].lower().startswith(("http", "#")):
        return 0
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    return len(lines) if all(map(_URL.fullmatch, lines)) else 0


def _names_in(text: str) -> int:
    """How many files of pages a text lists, if its lines are nothing else but empty; else 0."""
    if not _FILE_NAME.fullmatch(text[: 2 * _HEAD].strip().partition("\n")[0].rstrip()):
        return 0
    lines = [line for line in map(str.strip, text.splitlines()) if line]
    return len(lines) if all(map(_FILE_NAME.fullmatch, lines)) else 0


def _is_json(text: str) -> bool:
    """Whether a text is JSON with an object in it; lists of words or numbers may be lines of a text dump."""
    try:
        # Validated, but not built: a list of lists would take thirty times the memory of its text.
        msgspec.json.decode(text.lstrip("\ufeff").encode(errors="replace"), type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return "{" in text
