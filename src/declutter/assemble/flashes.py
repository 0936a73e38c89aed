"""Flash records from the spans that classification found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.model import Flash

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify import FoundFlash
    from declutter.model import Block


def make_flashes(blocks: Sequence[Block], spans: Sequence[FoundFlash]) -> tuple[Flash, ...]:
    """The flash records, in page order; `spans` index `blocks`."""
    flashes = []
    for span in spans:
        first = blocks[span.blocks[span.head]]
        headline = first.text[slice(*span.headline)] if span.headline else None
        pieces = [blocks[i].text[start:end].strip() for i, (start, end) in zip(span.blocks, span.text, strict=True)]
        flashes.append(
            Flash(
                headline=headline,
                text="\n".join(piece for piece in pieces if piece),
                published=span.published,
                source=span.source,
                url=_url(blocks, span, pieces),
                blocks=tuple(blocks[number].index for number in span.blocks),
                confidence=round(span.confidence, 4),
            )
        )
    return tuple(flashes)


def _url(blocks: Sequence[Block], span: FoundFlash, pieces: Sequence[str]) -> str | None:
    """The target of the headline's link, or else of a line that is only a link to the rest, `Read more`."""
    links = blocks[span.blocks[span.head]].links
    if links and links[0].start <= (span.headline or (0, 0))[0] + 2:
        return links[0].target
    for place, piece in zip(span.blocks, pieces, strict=True):
        block = blocks[place]
        if piece or not block.links or (span.source and span.source in block.text):
            continue
        if block.links[0].end - block.links[0].start == len(block.text):
            return block.links[0].target
    return None
