"""What a page's head says about its address: the canonical link and a refresh."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from urllib.parse import urljoin

from lxml import etree, html


class Links(NamedTuple):
    """canonical: absolute. refresh: the target of `<meta http-equiv=refresh>` as it is written."""

    canonical: str | None
    refresh: str | None


_HEAD: Final = 262_144
# Bytes in which to look. Of the heads we know the longest (inlined styles and scripts) take about 200 KB.

_AWAY: Final = re.compile(rb"<!--.*?-->|<(script|style|template)\b.*?</\1\s*>", re.DOTALL | re.IGNORECASE)
_TAGS: Final = re.compile(rb"""<(?:link|meta|base)\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_BODY: Final = re.compile(rb"<body\b", re.IGNORECASE)
_REFRESH: Final = re.compile(r"""\s*(\d+)(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"'\s][^"']*)""", re.IGNORECASE)
_LINK: Final = re.compile(r"""<([^>]*)>[^,]*?;\s*rel\s*=\s*"?canonical\b""", re.IGNORECASE)
_MAX_DELAY: Final = 10
# Seconds. Longer refreshes reload a page that is meant to be read first.
_MAX_TEXT: Final = 200
# Characters. "You are being redirected, click here if nothing happens" in any language, but no news brief.


def read_links(body: bytes, *, url: str, header: str | None = None) -> Links:
    """Find the canonical link and a refresh. header: the value of the HTTP header `Link`."""
    tags = _head_tags(body[:_HEAD])
    base = next((tag.get("href") for tag in tags if tag.tag == "base" and tag.get("href")), None)
    here = _join(url, base) or url
    canonical = next(
        (tag.get("href") for tag in tags if tag.tag == "link" and "canonical" in tag.get("rel", "").lower().split()),
        None,
    )
    if canonical is None and header and (match := _LINK.search(header)):
        canonical, here = match[1], url
    return Links(_join(here, canonical), _refresh(tags))


def _head_tags(head: bytes) -> list[html.HtmlElement]:
    lower = head.lower()
    if b"canonical" not in lower and b"refresh" not in lower:
        return []
    head = _AWAY.sub(b"", head)
    if body := _BODY.search(head):
        head = head[: body.start()]
    found = b"".join(_TAGS.findall(head))
    if not found:
        return []
    parser = html.HTMLParser(encoding="utf-8" if _is_utf8(found) else "iso-8859-1")
    return list(html.document_fromstring(b"<html><head>" + found, parser=parser).iter("link", "meta", "base"))


def _is_utf8(text: bytes) -> bool:
    try:
        text.decode()
    except UnicodeDecodeError:
        return False
    return True


def _refresh(tags: list[html.HtmlElement]) -> str | None:
    for tag in tags:
        if tag.tag == "meta" and tag.get("http-equiv", "").strip().lower() == "refresh":
            return refresh_target(tag.get("content", ""))
    return None


def refresh_target(content: str) -> str | None:
    """The target of a refresh that is soon enough to be a redirect (`0; url=/there`)."""
    match = _REFRESH.match(content)
    return match[2].strip() if match and int(match[1][:9]) <= _MAX_DELAY else None


def _join(base: str, href: str | None) -> str | None:
    if not href or not href.strip():
        return None
    try:
        joined = urljoin(base, href.strip())
    except ValueError:
        return None
    return joined if joined.lower().startswith(("http://", "https://")) else None


def has_nothing_else(body: bytes) -> bool:
    """Whether a page shows so little text that its refresh must be what it is for."""
    try:
        tree = html.document_fromstring(body)
    except (etree.ParserError, ValueError):
        return True
    etree.strip_elements(tree, "script", "style", "template", "title", etree.Comment, with_tail=False)
    return len(" ".join(str(text).strip() for text in tree.itertext() if str(text).strip())) <= _MAX_TEXT
