"""The essay's pictures: which of the page's are the essay's, and their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Image, Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Block
    from declutter.outline import LonePicture, Outline

_BODY: Final = Label.BODY
_IMAGE: Final = SpanKind.IMAGE  # see Label

# Steps between a picture and the text beside it; pages nest some twenty levels, hostile ones a hundred thousand.
_MAX_STEPS: Final = 256


def own_images(outline: Outline, labels: Sequence[Label]) -> list[LonePicture]:
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
        if block.label is not _BODY:
            continue
        if block.kind is Kind.CAPTION and (figure := _figure(block)) is not None:
            captions[figure] = f"{captions[figure]}\n{block.text}" if figure in captions else block.text
        found += [(block, span) for span in block.spans if span.kind is _IMAGE]
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


def _is_own(image: LonePicture, outline: Outline, labels: Sequence[Label]) -> bool:
    before = image.before - 1
    behind = image.before
    is_before = before >= 0 and labels[before] is _BODY
    is_behind = behind < len(labels) and labels[behind] is _BODY
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
