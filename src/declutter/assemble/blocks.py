"""The outline's blocks as values, with their inline markup and context."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from msgspec import structs

from declutter.assemble.formulas import written_formulas
from declutter.assemble.images import is_caption, own_images
from declutter.assemble.spans import anchor_of_note, anchor_of_ways_back, make_spans, picture_spans
from declutter.assemble.structure import NOTHING_AROUND, Structure
from declutter.model import Block, Kind, Label, SpanKind

if TYPE_CHECKING:
    from declutter.classify import Verdicts
    from declutter.model import Span
    from declutter.outline import LonePicture, Outline

_BODY: Final = Label.BODY
_PARAGRAPH: Final = Kind.PARAGRAPH  # see Label


def make_blocks(outline: Outline, verdicts: Verdicts, *, base: str | None) -> tuple[Block, ...]:
    """The outline's blocks as values, with the essay's standalone pictures between them. `base` makes URLs absolute.

    The blocks are renumbered, because a picture's block shifts those after it; their order stays.
    """
    blocks = _Maker(outline, verdicts, base).make()
    if outline.rules:
        _add_rules(blocks, outline)
    return tuple(blocks)


def _add_rules(blocks: list[Block], outline: Outline) -> None:
    """Mark the blocks of the essay below a horizontal rule. One below a heading is its underline."""
    number = -1
    for at, block in enumerate(blocks):
        if block.kind is Kind.IMAGE:
            continue
        number += 1
        pictures = outline.rules.get(number)
        if pictures is None:
            continue
        is_above_pictures = pictures < len(outline.images) and outline.images[pictures].before == number
        while is_above_pictures and at > 0 and blocks[at - 1].kind is Kind.IMAGE:
            at -= 1  # noqa: PLW2901 - to the first of them
        before = blocks[at - 1] if at else None
        if before and before.label is blocks[at].label is _BODY and before.kind is not Kind.HEADING:
            blocks[at] = structs.replace(blocks[at], ruled=True)


class _Maker:
    """Makes the blocks of one page in order."""

    def __init__(self, outline: Outline, verdicts: Verdicts, base: str | None) -> None:
        self.outline = outline
        self.verdicts = verdicts
        self.base = base
        self.addresses = outline.addresses()
        self.notes = verdicts.notes
        self.structure = Structure(outline, verdicts.tables, self.notes.values())
        self.unnumbered = {note.element: note for note in self.notes.values()}

    def make(self) -> list[Block]:
        outline, verdicts, base = self.outline, self.verdicts, self.base
        is_text, lines = outline.is_text, outline.lines
        kinds, addresses, surroundings = outline.kinds, self.addresses, self.structure.surroundings
        images = own_images(outline, verdicts.labels) if outline.images else []
        images.reverse()  # taken from the end
        blocks: list[Block] = []
        columns = zip(
            outline.texts,
            outline.owners,
            outline.marks,
            outline.softs,
            verdicts.labels,
            verdicts.confidences,
            strict=True,
        )
        for number, (text, owner, marks, soft, label, confidence) in enumerate(outline.deadline.watch(columns)):
            while images and images[-1].before <= number:
                self._add_picture(images.pop(), blocks)
            kind = kinds[owner]
            if label is _BODY:
                within, level, row, column = surroundings(owner)
                if kind is _PARAGRAPH and within and within[-1].kind == "figure":
                    kind = Kind.CAPTION  # text in a figure is its caption, whatever its element
                spans = make_spans(text, kind, marks, base, self.notes) if marks else ()
                if ("\\" in text or "$$" in text) and kind is not Kind.CODE:
                    spans = _with_written_formulas(text, spans)
                if self.unnumbered and within and within[-1].kind == "note":
                    spans = self._numbered(text, within[-1].key, spans)
            else:
                within, level, row, column = surroundings(owner) if is_caption(kind, label) else NOTHING_AROUND
                spans = make_spans(text, kind, marks, base) if marks else ()
            blocks.append(
                Block(
                    index=len(blocks),
                    text=text,
                    label=label,
                    kind=kind,
                    level=level,
                    confidence=confidence,
                    spans=spans,
                    within=within,
                    row=row,
                    column=column,
                    soft=soft,
                    xpath=None if is_text else addresses[owner],
                    line=lines[number] if is_text else None,
                )
            )
        for image in reversed(images):
            self._add_picture(image, blocks)
        return blocks

    def _numbered(self, text: str, key: int, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The spans of a footnote's block, plus the number that its first block begins with."""
        note = self.unnumbered.pop(key, None)
        anchor = (anchor_of_note(text, note) or anchor_of_ways_back(text, spans)) if note else None
        return (anchor, *(span for span in spans if span.end > anchor.end)) if anchor else spans

    def _add_picture(self, image: LonePicture, blocks: list[Block]) -> None:
        """Add the block of a standalone picture, unless it has nothing to show or repeats the previous one."""
        spans = picture_spans(image.mark, self.base)
        if not spans:
            return
        if blocks and blocks[-1].kind is Kind.IMAGE and blocks[-1].spans[-1].target == spans[-1].target:
            return
        within, _, row, column = self.structure.surroundings(image.owner)
        blocks.append(
            Block(
                index=len(blocks),
                text="",
                label=_BODY,
                kind=Kind.IMAGE,
                confidence=self._picture_confidence(image),
                spans=spans,
                within=within,
                row=row,
                column=column,
                xpath=self.addresses[image.owner],
            )
        )

    def _picture_confidence(self, image: LonePicture) -> float:
        """Confidence that a picture belongs to the essay: the higher one of its neighbours in it, 0.5 without any."""
        labels, confidences = self.verdicts.labels, self.verdicts.confidences
        beside = range(max(0, image.before - 1), min(image.before + 1, len(labels)))
        return max((confidences[number] for number in beside if labels[number] is _BODY), default=0.5)


def _with_written_formulas(text: str, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans, plus formulas that the text delimits itself, except in code."""
    code = sorted((span.start, span.end) for span in spans if span.kind is SpanKind.CODE)
    reach = [0, *accumulate((end for _, end in code), max)]  # the furthest end up to each code span
    found = [formula for formula in written_formulas(text) if reach[bisect_left(code, (formula.end,))] <= formula.start]
    return tuple(sorted((*spans, *found), key=lambda span: (span.start, -span.end))) if found else spans
