"""The essay's pictures: their addresses, hidden by lazy loaders or not, which are the essay's, and their captions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.model import Image, Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from declutter.model import Block
    from declutter.outline import LoneImage, Outline

# Where scripts keep the address until the picture is scrolled to; `src` holds a stand-in then.
_LAZY: Final = (
    "data-src", "data-lazy-src", "data-original", "data-original-src", "data-actualsrc", "data-lazyload", "data-echo",
    "data-hi-res-src", "data-full-src", "data-image", "data-img-src", "data-url", "file",
)  # fmt: skip
_SETS: Final = ("srcset", "data-srcset", "data-lazy-srcset")
_STAND_IN: Final = re.compile(
    r"data:|about:|.*(?:\b1x1\b|/blank\.|spacer\.|placeholder|transparent\.|pixel\.(?:gif|png)|grey\.gif|loading\.)",
    re.IGNORECASE,
)
_OTHER_SCHEME: Final = re.compile(r"(?!https?:)[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_SIZE_IN_SET: Final = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)[wx],?")
_DECORATION: Final = re.compile(
    r"(?:^|[\s_/-])(?:avatars?|gravatars?|emojis?|smil(?:ey|ies)|icons?|sprites?|spacer|pixel|tracking|badges?)(?=$|[\s_/.-])",
    re.IGNORECASE,
)
_SIZE: Final = re.compile(r"(\d{1,5})(?:\.\d*)? ?(?:px)?")
# Icons are drawn at up to 48 pixels (smileys, share buttons, flags), pictures from about 100.
_MAX_ICON_PIXELS: Final = 48
_MAX_TRACKER_PIXELS: Final = 2
_MAX_SIBLINGS: Final = 2
# Steps between a picture and the text beside it; pages nest some twenty levels, hostile ones a hundred thousand.
_MAX_STEPS: Final = 256


class Picture(NamedTuple):
    """An image's address as the page writes it, its alternative text, and its size in CSS pixels."""

    address: str
    alt: str | None
    width: int | None
    height: int | None


def read_picture(node: _Element) -> Picture | None:
    """The picture that an image element shows; None for icons, smileys, trackers, and where no address is given."""
    width, height = _pixels(node.get("width")), _pixels(node.get("height"))
    if width is not None and height is not None and max(width, height) <= _MAX_ICON_PIXELS:
        return None
    if min(width or _MAX_ICON_PIXELS, height or _MAX_ICON_PIXELS) <= _MAX_TRACKER_PIXELS:
        return None
    address = next(_addresses(node), None)
    if (
        not address
        or _OTHER_SCHEME.match(address)
        or _DECORATION.search(node.get("class") or "")
        or _DECORATION.search(address.rpartition("?")[0] or address)
    ):
        return None
    alt = node.get("alt")
    return Picture(address, " ".join(alt.split()) if alt else None, width or None, height or None)


def own_images(outline: Outline, labels: Sequence[Label]) -> list[LoneImage]:
    """The pictures outside any text that belong to the essay, in page order.

    A picture goes with the text beside it; where the texts before and behind it differ, with the one that shares more
    elements with it, and with the essay's where both share as many.
    """
    return [image for image in outline.images if _is_own(image, outline, labels)]


def make_images(blocks: Sequence[Block]) -> tuple[Image, ...]:
    """The essay's pictures, in page order, with the captions of their figures."""
    captions: dict[int, str] = {}
    found = []
    for block in blocks:
        if block.label is not Label.BODY:
            continue
        if block.kind is Kind.CAPTION and (figure := _figure(block)) is not None:
            captions[figure] = f"{captions[figure]}\n{block.text}" if figure in captions else block.text
        found += [(block, span) for span in block.spans if span.kind is SpanKind.IMAGE]
    return tuple(
        Image(
            url=span.target or "",
            block=block.index,
            alt=span.alt,
            caption=captions.get(figure) if (figure := _figure(block)) is not None else None,
            width=span.width,
            height=span.height,
        )
        for block, span in found
    )


def _figure(block: Block) -> int | None:
    """The key of the innermost figure around a block."""
    return next((frame.key for frame in reversed(block.within) if frame.kind == "figure"), None)


def _is_own(image: LoneImage, outline: Outline, labels: Sequence[Label]) -> bool:
    before = image.before - 1
    behind = image.before
    is_before = before >= 0 and labels[before] is Label.BODY
    is_behind = behind < len(labels) and labels[behind] is Label.BODY
    if is_before == is_behind:
        return is_before
    own, other = (before, behind) if is_before else (behind, before)
    if not 0 <= other < len(labels):
        return True
    return _shared(outline, image.owner, own) >= _shared(outline, image.owner, other)


def _shared(outline: Outline, element: int, block: int) -> int:
    """The innermost element around both, or the document where it is too far.

    Of two elements around a third the inner one has the higher number.
    """
    parents, other = outline.parents, outline.owners[block]
    for _ in range(_MAX_STEPS):
        if element == other:
            return element
        element, other = (parents[element], other) if element > other else (element, parents[other])
    return 0


def _addresses(node: _Element) -> Iterator[str]:
    """The addresses an image may be found at, the surest first."""
    source = node.get("src")
    for name in _LAZY:
        address = node.get(name)
        if address and not _STAND_IN.match(address) and ("/" in address or "." in address):
            yield address.strip()
    if source and source.strip() and not _STAND_IN.match(source):
        yield source.strip()
    yield from _largest(node)
    around = node.getparent()
    while around is not None and around.tag == "source":  # libxml2 takes <source> for an element that others stand in
        around = around.getparent()
    if around is not None and around.tag == "picture":
        for source_set in around.iter("source"):
            yield from _largest(source_set)
    for sibling, _ in zip(node.itersiblings(), range(_MAX_SIBLINGS), strict=False):
        if sibling.tag == "noscript":
            yield from (shown.get("src") or "" for shown in sibling.iter("img"))


def _largest(node: _Element) -> Iterator[str]:
    """The largest picture of each set of sizes (`a.jpg 320w, b.jpg 640w`; addresses may hold commas)."""
    for name in _SETS:
        words = (node.get(name) or "").split()
        sizes = [_SIZE_IN_SET.fullmatch(word) for word in words[1:]] + [None]
        candidates = [
            (float(size[1]) if size else 1.0, word.strip(","))
            for word, size in zip(words, sizes, strict=False)
            if not _SIZE_IN_SET.fullmatch(word) and not _STAND_IN.match(word)
        ]
        if candidates:
            yield max(candidates, key=lambda candidate: candidate[0])[1]


def _pixels(text: str | None) -> int | None:
    found = _SIZE.fullmatch(text.strip()) if text else None
    return int(found[1]) if found else None
