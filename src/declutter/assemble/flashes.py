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
        links = first.links
        flashes.append(
            Flash(
                headline=headline,
                text="\n".join(piece for piece in pieces if piece),
                published=span.published,
                source=span.source,
                url=links[0].target if links and links[0].start <= (span.headline or (0, 0))[0] + 2 else None,
                blocks=tuple(blocks[number].index for number in span.blocks),
                confidence=round(span.confidence, 4),
            )
        )
    return tuple(flashes)
