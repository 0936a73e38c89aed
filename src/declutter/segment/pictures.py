"""Pictures as the tree shows them: their addresses, hidden by lazy loaders or not, and the links around them."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.outline import Picture

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

# Where scripts keep the address until the picture is scrolled to; `src` holds a stand-in then.
_LAZY: Final = (
    "data-src", "data-lazy-src", "data-original", "data-original-src", "data-actualsrc", "data-lazyload", "data-echo",
    "data-hi-res-src", "data-full-src", "data-image", "data-img-src", "data-url", "file",
)  # fmt: skip
_LAZY_NAMES: Final = frozenset(_LAZY)
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_NO_ADDRESSES: Final = ("data:", "about:")
# Of small letters, each alternative begun by one: the search then skips at C speed to where one of these stands.
_STAND_IN: Final = re.compile(
    r"1x1(?<!\w1x1)\b|/blank\.|spacer\.|placeholder|transparent\.|pixel\.(?:gif|png)|grey\.gif|loading\."
)
_OTHER_SCHEME: Final = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SIZE_IN_SET: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx],?")
_DECORATION: Final = re.compile(
    r"[\s_/-](?:avatars?|gravatars?|emojis?|smil(?:ey|ies)|icons?|sprites?|spacer|pixel|tracking|badges?)(?=$|[\s_/.-])"
)
_SIZE: Final = re.compile(r"(\d{1,5})(?:\.\d*)? ?(?:px)?")
# Icons are drawn at up to 48 pixels (smileys, share buttons, flags), pictures from about 100.
_MAX_ICON_PIXELS: Final = 48
_MAX_TRACKER_PIXELS: Final = 2
_MAX_SIBLINGS: Final = 2
_MAX_SOURCES: Final = 16
"""Forms of one picture that are looked at: those of a hundred thousand would be, for each of them."""
_WRAPPERS: Final = frozenset({"picture", "source", "span", "amp-img"})
_MAX_AROUND: Final = 16
_MAX_INSIDE: Final = 50
"""Elements looked through for a link around a picture, and for a text in it."""


def read_picture(node: _Element, *, linked: bool) -> Picture | None:
    """The picture that an image element shows; None for icons, smileys, trackers, and where no address is given.

    linked: whether it stands in a link.
    """
    given: dict[str, str] = dict(node.items())  # type: ignore[arg-type] # asked some twenty times: one call for all
    width, height = _pixels(given.get("width")), _pixels(given.get("height"))
    if width is not None and height is not None and max(width, height) <= _MAX_ICON_PIXELS:
        return None
    if min(width or _MAX_ICON_PIXELS, height or _MAX_ICON_PIXELS) <= _MAX_TRACKER_PIXELS:
        return None
    address = next(_addresses(node, given), None)
    if not address or _OTHER_SCHEME.match(address):
        return None
    if _DECORATION.search(f" {given.get('class', '')} {address.rpartition('?')[0] or address}".lower()):
        return None
    alt = given.get("alt")
    link = _link_around(node) if linked else None
    return Picture(address, " ".join(alt.split()) if alt else None, width or None, height or None, link)


def _addresses(node: _Element, given: Mapping[str, str]) -> Iterator[str]:
    """The addresses an image may be found at, the surest first."""
    if not _LAZY_NAMES.isdisjoint(given):
        for name in _LAZY:
            address = given.get(name)
            if address and not _is_stand_in(address) and ("/" in address or "." in address):
                yield address.strip()
    source = given.get("src")
    if source and source.strip() and not _is_stand_in(source):
        yield source.strip()
    yield from _largest(given)
    # libxml2 takes <source> for an element that others stand in.
    above = (up for up in islice(node.iterancestors(), _MAX_SOURCES) if up.tag != "source")
    around = next(above, None)
    if around is not None and around.tag == "picture":
        for source_set in islice(around.iter("source"), _MAX_SOURCES):
            yield from _largest(source_set)
    for sibling, _ in zip(node.itersiblings(), range(_MAX_SIBLINGS), strict=False):
        if sibling.tag == "noscript":
            yield from (shown.get("src") or "" for shown in sibling.iter("img"))


def _largest(given: Mapping[str, str] | _Element) -> Iterator[str]:
    """The largest picture of each set of sizes (`a.jpg 320w, b.jpg 640w`; addresses may hold commas)."""
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
    """Whether an address is none, or that of a picture that only keeps another's place."""
    lowered = address.lower()
    return lowered.startswith(_NO_ADDRESSES) or _STAND_IN.search(lowered) is not None


def _pixels(text: str | None) -> int | None:
    found = _SIZE.fullmatch(text.strip()) if text else None
    return int(found[1]) if found else None


def _link_around(node: _Element) -> str | None:
    """Where the link leads that holds the image and no text."""
    around = (up for up in islice(node.iterancestors(), _MAX_AROUND) if up.tag not in _WRAPPERS)
    link = next(around, None)
    return link.get("href") if link is not None and link.tag == "a" and not _holds_text(link) else None


def _holds_text(link: _Element) -> bool:
    inside = islice(link.iter(), _MAX_INSIDE)
    return any((one.text or "").strip() or (one is not link and (one.tail or "").strip()) for one in inside)
