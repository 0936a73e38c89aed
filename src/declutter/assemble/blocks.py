"""The outline's blocks as values, with their inline markup and what stands around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.assemble.images import own_images
from declutter.assemble.spans import anchor_of_note, make_spans, mark_notes, picture_spans
from declutter.model import Block, Kind, Label, Span
from declutter.structure import Structure

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from declutter.classify import Verdicts
    from declutter.model import Frame
    from declutter.outline import LoneImage, Outline


def make_blocks(outline: Outline, verdicts: Verdicts, *, base: str | None) -> tuple[Block, ...]:
    """The outline's blocks as values, the essay's lone pictures between them; `base` makes addresses absolute.

    A picture's block moves those behind it: blocks are numbered anew, and keep the outline's order.
    """
    return tuple(_Blocks(outline, verdicts, base).make())


class _Blocks:
    """The blocks of one page as they are made."""

    def __init__(self, outline: Outline, verdicts: Verdicts, base: str | None) -> None:
        self.outline = outline
        self.verdicts = verdicts
        self.base = base
        self.structure = Structure(outline, verdicts.labels)
        self.notes = {note.element: note for note in self.structure.notes.values()}

    def make(self) -> Iterator[Block]:
        outline, labels = self.outline, self.verdicts.labels
        images = own_images(outline, labels) if outline.images else []
        images.reverse()  # the next one is taken from the end
        index = 0
        for number in range(len(outline.texts)):
            while images and images[-1].before <= number:
                if picture := self._picture(images.pop(), index):
                    yield picture
                    index += 1
            yield self._block(number, index)
            index += 1
        for image in reversed(images):
            if picture := self._picture(image, index):
                yield picture
                index += 1

    def _block(self, number: int, index: int) -> Block:
        outline, verdicts = self.outline, self.verdicts
        text, owner, marks, label = (
            outline.texts[number], outline.owners[number], outline.marks[number], verdicts.labels[number],
        )  # fmt: skip
        spans: Sequence[Span] = make_spans(text, marks, self.base) if marks else ()
        within: tuple[Frame, ...] = ()
        level, row, column = 0, None, None
        if label is Label.BODY:
            within, level = self.structure.within(owner), self.structure.level(owner)
            if within:
                row, column = self.structure.place(within)
            if spans:
                spans = mark_notes(text, outline.kinds[owner], marks, list(spans), self.structure.notes)
            if self.notes and within:
                spans = self._numbered(text, within, spans)
        return Block(
            index=index,
            text=text,
            label=label,
            kind=outline.kinds[owner],
            level=level,
            confidence=verdicts.confidences[number],
            spans=tuple(spans),
            within=within,
            row=row,
            column=column,
            soft=outline.softs[number],
            xpath=None if outline.is_text else outline.address(owner),
            line=outline.lines[number] if outline.lines else None,
            evidence=tuple(verdicts.evidence[number]) if verdicts.evidence else (),
        )

    def _numbered(self, text: str, within: tuple[Frame, ...], spans: Sequence[Span]) -> Sequence[Span]:
        """The spans of a footnote's first block with the number it begins with."""
        note = self.notes.pop(within[-1].key, None) if within[-1].kind == "note" else None
        anchor = anchor_of_note(text, note) if note else None
        if anchor is None:
            return spans
        return (anchor, *(span for span in spans if span.end > anchor.end))

    def _picture(self, image: LoneImage, index: int) -> Block | None:
        """The block of a picture that stands alone; None for icons and trackers."""
        spans = picture_spans(image.element, self.base)
        if not spans:
            return None
        confidences = self.verdicts.confidences
        within = self.structure.within(image.owner)
        row, column = self.structure.place(within)
        return Block(
            index=index,
            text="",
            label=Label.BODY,
            kind=Kind.IMAGE,
            confidence=confidences[min(image.before, len(confidences) - 1)],
            spans=spans,
            within=within,
            row=row,
            column=column,
            xpath=self.outline.address(image.owner),
        )
