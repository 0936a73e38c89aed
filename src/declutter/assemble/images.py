"""The pictures that belong to the essay, and their captions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Image, Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Block
    from declutter.outline import LonePicture, Outline

_BODY: Final = Label.BODY
_IMAGE: Final = SpanKind.IMAGE  # see Label
_CAPTION: Final = Kind.CAPTION

_ASIDE: Final = frozenset({Label.CHROME, Label.META})
"""Labels of captions that say nothing of the essay's, such as credits."""

_MAX_CAPTIONS: Final = 4  # blocks of a caption

# Maximum steps to the common ancestor of a picture and a text. Pages nest about twenty levels, hostile ones 100,000.
_MAX_STEPS: Final = 256


def own_images(outline: Outline, labels: Sequence[Label]) -> list[LonePicture]:
    """The standalone pictures that belong to the essay, in page order.

    A picture belongs with the text next to it, not counting a credit in its figure. If the texts before and after it
    differ, the one with the deeper common ancestor decides; a tie goes to the essay.
    """
    return [image for image in outline.images if _is_own(image, outline, labels)]


def is_caption(kind: Kind, label: Label) -> bool:
    """Whether a block may caption a picture of the essay; one that does need not be of the essay itself."""
    return kind is _CAPTION and (label is _BODY or label in _ASIDE)


def make_images(blocks: Sequence[Block]) -> tuple[Image, ...]:
    """The essay's pictures, in page order, with the captions of their figures."""
    captions: dict[int, str] = {}
    found = []
    for block in blocks:
        if block.label is not _BODY and not is_caption(block.kind, block.label):
            continue
        if block.kind is _CAPTION and (figure := _figure(block)) is not None:
            captions[figure] = f"{captions[figure]}\n{block.text}" if figure in captions else block.text
        if block.label is _BODY:
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
    before = _past_captions(image, outline, labels, image.before - 1, -1)
    behind = _past_captions(image, outline, labels, image.before, 1)
    is_before = before >= 0 and labels[before] is _BODY
    is_behind = behind < len(labels) and labels[behind] is _BODY
    if is_before == is_behind:
        return is_before
    own, other = (before, behind) if is_before else (behind, before)
    if not 0 <= other < len(labels):
        return True
    return _shared(outline, image.owner, own) >= _shared(outline, image.owner, other)


def _past_captions(image: LonePicture, outline: Outline, labels: Sequence[Label], block: int, step: int) -> int:
    """The first block from `block` on that is not a credit in the picture's figure."""
    for number in range(block, block + step * _MAX_CAPTIONS, step):
        if not 0 <= number < len(labels) or labels[number] not in _ASIDE:
            return number
        if outline.kinds[outline.owners[number]] is not _CAPTION:
            return number
        if outline.tags[_shared(outline, image.owner, number)] != "figure":
            return number
    return block


def _shared(outline: Outline, element: int, block: int) -> int:
    """The innermost common ancestor, or the document if it is too many steps away.

    Of two ancestors of an element, the inner one has the higher number.
    """
    parents, other = outline.parents, outline.owners[block]
    for _ in range(_MAX_STEPS):
        if element == other:
            return element
        element, other = (parents[element], other) if element > other else (element, parents[other])
    return 0
