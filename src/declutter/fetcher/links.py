"""What a page's head says about its URL: the canonical link and a refresh.

A crawl reads every page's head in its event loop, so this must take time linear in its length, whatever it holds. It
therefore scans for the few tags that matter, once, instead of using a parser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Final, NamedTuple
from urllib.parse import urljoin

from declutter.decode import decode
from declutter.parse import parse


class Links(NamedTuple):
    """canonical: absolute. refresh: the target of `<meta http-equiv=refresh>` as it is written."""

    canonical: str | None
    refresh: str | None


class _Tag(NamedTuple):
    """A tag of the head: its name and attributes, in lower case."""

    name: str
    attributes: dict[str, str]


_HEAD: Final = 262_144
"""Bytes to search. The longest known heads, with inlined styles and scripts, have about 200 KB."""

_START: Final = re.compile(rb"<(!--|(?:script|style|template|title|body|link|meta|base)(?=[\s/>]))", re.IGNORECASE)
_SKIPPED: Final = {
    b"!--": re.compile(rb"-->"),
    b"script": re.compile(rb"</script(?=[\s/>])", re.IGNORECASE),
    b"title": re.compile(rb"</title(?=[\s/>])", re.IGNORECASE),
    b"style": re.compile(rb"</style(?=[\s/>])", re.IGNORECASE),
    b"template": re.compile(rb"</template(?=[\s/>])", re.IGNORECASE),
}
# What holds no tags of the page's own, by the way it begins, and how it ends.
_TAG: Final = re.compile(rb"""((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!["'])))*+)>""")
_ATTRIBUTE: Final = re.compile(r"""([^\s/>=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>][^\s>]*+)))?""")
_REFRESH: Final = re.compile(r"""\s*(\d+)(?:\.\d*)?\s*[;,]?\s*(?:url\s*=\s*)?["']?([^"'\s][^"']*)""", re.IGNORECASE)
_NEXT_LINK: Final = re.compile(r",\s*(?=<)")
_MAX_DELAY: Final = 10
"""Seconds. Longer refreshes reload a page that is meant to be read first."""
_MAX_TEXT: Final = 200
"""Characters: "You are being redirected, click here if nothing happens" in any language, but not a news flash."""
_UNSEEN: Final = frozenset({"script", "style", "template", "title"})


def read_links(body: bytes, *, url: str, header: str | None = None) -> Links:
    """Find the canonical link and a refresh. header: the value of the HTTP header `Link`."""
    tags = list(_head_tags(body[:_HEAD]))
    base = next((tag.attributes["href"] for tag in tags if tag.name == "base" and tag.attributes.get("href")), None)
    here = _join(url, base) or url
    canonical = next((tag.attributes.get("href") for tag in tags if tag.name == "link" and _is_canonical(tag)), None)
    if canonical is None and header:
        canonical, here = _canonical_in(header), url
    return Links(_join(here, canonical), _refresh(tags))


def _head_tags(head: bytes) -> Iterator[_Tag]:
    lower = head.lower()
    if b"canonical" not in lower and b"refresh" not in lower:
        return
    place = 0
    while start := _START.search(head, place):
        name = start[1].lower()
        place = start.end()
        if name == b"body":
            return
        found = _SKIPPED[name].search(head, place) if name in _SKIPPED else _TAG.match(head, place)
        if found is None:  # without an end, it covers all the rest
            return
        if name not in _SKIPPED:
            yield _Tag(name.decode(), _attributes(found[1]))
        place = found.end()


def _attributes(written: bytes) -> dict[str, str]:
    try:
        text = written.decode()
    except UnicodeDecodeError:
        text = written.decode("iso-8859-1")
    found: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def _is_canonical(tag: _Tag) -> bool:
    return "canonical" in tag.attributes.get("rel", "").lower().split()


def _canonical_in(header: str) -> str | None:
    """The canonical link of a header `Link` (RFC 8288): `<https://…>; rel="canonical", <…>; …`."""
    for link in _NEXT_LINK.split(header.strip()):
        target, _, parameters = link.removeprefix("<").partition(">")
        for parameter in parameters.split(";"):
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "rel" and "canonical" in value.strip(' "').lower().split():
                return target
    return None


def _refresh(tags: list[_Tag]) -> str | None:
    for tag in tags:
        if tag.name == "meta" and tag.attributes.get("http-equiv", "").strip().lower() == "refresh":
            return refresh_target(tag.attributes.get("content", ""))
    return None


def refresh_target(content: str) -> str | None:
    """The target of a refresh that is quick enough to be a redirect (`0; url=/there`)."""
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


def has_nothing_else(body: bytes, *, header: str | None = None) -> bool:
    """Whether a page shows so little text that the refresh must be its purpose. header: its `Content-Type`."""
    tree = parse(decode(body, header=header).text)
    shown = 0
    for root in (tree, *tree.itersiblings()):  # text after </html> is in siblings
        for element in root.iter():
            if element.tag not in _UNSEEN:
                shown += len((element.text or "").strip())
            shown += len((element.tail or "").strip())
            if shown > _MAX_TEXT:
                return False
    return True
