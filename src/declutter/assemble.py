"""Labelled blocks to a Document: blocks with their markup, flash records, teasers, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from declutter.model import Block, Document, Flash, Label, Metadata, Span, SpanKind, Teaser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify import FlashSpan, Verdicts
    from declutter.outline import Mark, Outline


def make_blocks(outline: Outline, verdicts: Verdicts, *, base: str | None) -> tuple[Block, ...]:
    """The outline's blocks as values; `base` makes the addresses of links absolute."""
    lines = outline.lines or [None] * len(outline.texts)
    return tuple(
        Block(
            index=index,
            text=text,
            label=verdicts.labels[index],
            kind=outline.kinds[owner],
            confidence=verdicts.confidences[index],
            spans=_spans(outline.marks[index], base) if outline.marks[index] else (),
            soft=outline.softs[index],
            xpath=None if outline.is_text else outline.address(owner),
            line=lines[index],
        )
        for index, (text, owner) in enumerate(zip(outline.texts, outline.owners, strict=True))
    )


def _spans(marks: Sequence[Mark], base: str | None) -> tuple[Span, ...]:
    spans = []
    for start, end, kind, element in marks:
        target = alt = None
        if kind is SpanKind.LINK:
            target = _absolute(element.get("href"), base)
            if target is None:
                continue
        elif kind is SpanKind.IMAGE:
            target, alt = _absolute(element.get("src"), base), element.get("alt")
        spans.append(Span(start, end, kind, target, alt))
    return tuple(spans)


def _absolute(address: str | None, base: str | None) -> str | None:
    if not address or not base or address.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" and the like
        return address


def make_flashes(blocks: Sequence[Block], spans: Sequence[FlashSpan]) -> tuple[Flash, ...]:
    """The flash records, in page order."""
    flashes = []
    for span in spans:
        first = blocks[span.blocks[0]]
        headline = first.text[slice(*span.headline)] if span.headline else None
        pieces = [blocks[i].text[start:end].strip() for i, (start, end) in zip(span.blocks, span.text, strict=True)]
        links = first.links
        flashes.append(
            Flash(
                headline=headline,
                text="\n".join(piece for piece in pieces if piece),
                published=span.published,
                source=span.source,
                url=links[0].target if links and links[0].start <= (span.headline or (0, 0))[0] + 2 else None,
                blocks=span.blocks,
                confidence=span.confidence,
            )
        )
    return tuple(flashes)


def assemble(
    outline: Outline,
    verdicts: Verdicts,
    blocks: tuple[Block, ...],
    metadata: Metadata,
    *,
    url: str | None,
    encoding: str | None,
) -> Document:
    """The Document of one page."""
    del outline
    related = [block for block in blocks if block.label is Label.RELATED]
    return Document(
        url=url,
        metadata=metadata,
        tags=(),
        flashes=make_flashes(blocks, verdicts.flashes),
        related=tuple(
            Teaser(title=b.text, snippet=None, url=b.links[0].target if b.links else None, published=None, blocks=(b.index,))
            for b in related
        ),
        blocks=blocks,
        encoding=encoding,
    )
