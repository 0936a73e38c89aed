"""Pictures of the tree: their URLs, including those of lazy loaders, and the links around them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.outline import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

# Attributes with the URL of a lazily loaded picture, while `src` has a placeholder.
_LAZY: Final = (
    "data-src", "data-lazy-src", "data-original", "data-original-src", "data-actualsrc", "data-lazyload", "data-echo",
    "data-hi-res-src", "data-full-src", "data-image", "data-img-src", "data-url", "file",
)  # fmt: skip
_LAZY_NAMES: Final = frozenset(_LAZY)
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_ADDRESSES: Final = ("data:", "about:")
_ONE_PIXEL: Final = re.compile(r"1x1(?<!\w1x1)\b")
_OTHER_SCHEME: Final = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SIZE_IN_SET: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx],?")
_DECORATION: Final = re.compile(
    r"[\s_/-](?:avatars?|gravatars?|emojis?|smil(?:ey|ies)|icons?|sprites?|spacer|pixel|tracking|badges?)(?=$|[\s_/.-])"
)
_SIZE: Final = re.compile(r"(\d{1,5})(?:\.\d*)? ?(?:px)?")
_MAX_DIGITS: Final = 5
# Icons (smileys, share buttons, flags) are up to 48 pixels wide; pictures from about 100.
_MAX_ICON_PIXELS: Final = 48
_MAX_TRACKER_PIXELS: Final = 2
_MAX_SIBLINGS: Final = 2
_MAX_SOURCES: Final = 16
"""Maximum number of sources examined per picture, since hostile pages have a hundred thousand."""
_WRAPPERS: Final = frozenset({"picture", "source", "span", "amp-img"})
_MAX_AROUND: Final = 16
_MAX_INSIDE: Final = 50
"""Maximum number of elements examined for a link around a picture, and for text inside that link."""


def read_picture(node: _Element, given: Mapping[str, str], *, linked: bool) -> Picture | None:
    """The picture of an image element; None for icons, smileys and trackers, and if it has no URL.

    given: the element's attributes. linked: whether it is inside a link.
    """
    width, height = _pixels(given.get("width")), _pixels(given.get("height"))
    if width is not None or height is not None:
        if width is not None and height is not None and width <= _MAX_ICON_PIXELS and height <= _MAX_ICON_PIXELS:
            return None
        if (width or _MAX_ICON_PIXELS) <= _MAX_TRACKER_PIXELS or (height or _MAX_ICON_PIXELS) <= _MAX_TRACKER_PIXELS:
            return None
    address = _address(node, given)
    if not address or (":" in address and _OTHER_SCHEME.match(address)):
        return None
    written = f" {given.get('class', '')} {address.rpartition('?')[0] or address}".lower()
    if _DECORATION.search(written):
        return None
    alt = given.get("alt")
    link = _link_around(node) if linked else None
    return Picture(address, " ".join(alt.split()) if alt else None, width or None, height or None, link)


def _address(node: _Element, given: Mapping[str, str]) -> str | None:
    """The URL at which the image is most likely to be found."""
    if not _LAZY_NAMES.isdisjoint(given):
        for name in _LAZY:
            lazy = given.get(name)
            if lazy and not _is_stand_in(lazy) and ("/" in lazy or "." in lazy):
                return lazy.strip()
    source = given.get("src", "").strip()
    if source and not _is_stand_in(source):
        return source
    return next(_further_addresses(node, given), None)


def _further_addresses(node: _Element, given: Mapping[str, str]) -> Iterator[str]:
    """More URLs, from srcset attributes, <source> elements and <noscript>, the most reliable ones first."""
    yield from _largest(given)
    # libxml2 nests elements in <source>, because it does not know it as a void element.
    above = (up for up in islice(node.iterancestors(), _MAX_SOURCES) if up.tag != "source")
    around = next(above, None)
    if around is not None and around.tag == "picture":
        for source_set in islice(around.iter("source"), _MAX_SOURCES):
            yield from _largest(source_set)
    for sibling, _ in zip(node.itersiblings(), range(_MAX_SIBLINGS), strict=False):
        if sibling.tag == "noscript":
            yield from (shown.get("src") or "" for shown in sibling.iter("img"))


def _largest(given: Mapping[str, str] | _Element) -> Iterator[str]:
    """The largest picture of each srcset (`a.jpg 320w, b.jpg 640w`; URLs may contain commas)."""
    for name in _SETS:
        words = (given.get(name) or "").split()
        sizes = [_SIZE_IN_SET.fullmatch(word) for word in words[1:]] + [None]
        candidates = [
            (float(size[1]) if size else 1.0, word.strip(","))
            for word, size in zip(words, sizes, strict=False)
            if not _SIZE_IN_SET.fullmatch(word) and not _is_stand_in(word)
        ]
        if candidates:
            yield max(candidates, key=lambda candidate: candidate[0])[1]


def _is_stand_in(address: str) -> bool:
    """Whether a URL is missing or that of a placeholder picture."""
    written = address.lower()
    return written.startswith(_NO_ADDRESSES) or (
        "/blank." in written  # several substring tests take a third of the time of one pattern
        or "spacer." in written
        or "placeholder" in written
        or "transparent." in written
        or "pixel.gif" in written
        or "pixel.png" in written
        or "grey.gif" in written
        or "loading." in written
        or ("1x1" in written and _ONE_PIXEL.search(written) is not None)
    )


def _pixels(text: str | None) -> int | None:
    if not text:
        return None
    if len(text) <= _MAX_DIGITS and text.isdecimal():
        return int(text)
    found = _SIZE.fullmatch(text.strip())
    return int(found[1]) if found else None


def _link_around(node: _Element) -> str | None:
    """The target of the link around the image, if that link has no text."""
    around = (up for up in islice(node.iterancestors(), _MAX_AROUND) if up.tag not in _WRAPPERS)
    link = next(around, None)
    return link.get("href") if link is not None and link.tag == "a" and not _holds_text(link) else None


def _holds_text(link: _Element) -> bool:
    for one in islice(link.iter(), _MAX_INSIDE):
        if (text := one.text) and not text.isspace():
            return True
        if one is not link and (tail := one.tail) and not tail.isspace():
            return True
    return False
