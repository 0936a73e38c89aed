"""Assemble a Document from labelled blocks: blocks with their markup, flash records, teasers, tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from declutter.assemble.blocks import make_blocks
from declutter.assemble.entries import make_entries
from declutter.assemble.explained import explain_blocks
from declutter.assemble.flashes import make_flashes
from declutter.assemble.images import make_images
from declutter.assemble.tags import make_tags
from declutter.assemble.teasers import make_teasers
from declutter.model import Document, Kind, Origin

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify import Verdicts
    from declutter.model import Block, Entry, Image, Metadata
    from declutter.outline import Outline

_IMAGE: Final = Kind.IMAGE  # see Label

__all__ = ["assemble", "explain_blocks", "make_blocks"]


def assemble(
    outline: Outline,
    verdicts: Verdicts,
    blocks: tuple[Block, ...],
    metadata: Metadata,
    *,
    url: str | None,
    updates: Sequence[Entry] = (),
    as_of: str | None = None,
) -> Document:
    """The Document of one page. Times later than `as_of`, when it was fetched, are placeholders.

    updates: live blog entries that the page describes but does not show.
    """
    # Classification ignores pictures: its indices count only blocks with a text.
    deadline = outline.deadline
    texts = [block for block in blocks if block.kind is not _IMAGE]
    tags, images = make_tags(blocks), make_images(blocks)
    deadline.check()
    return Document(
        url=url,
        metadata=_completed(metadata, tags, images),
        tags=tags,
        flashes=make_flashes(texts, verdicts.flashes),
        related=make_teasers(blocks, as_of=as_of, deadline=deadline),
        blocks=blocks,
        images=images,
        entries=make_entries(texts, outline, updates, title=metadata.title, url=url or metadata.canonical),
        confidence=verdicts.essay,
    )


def _completed(metadata: Metadata, tags: tuple[str, ...], images: tuple[Image, ...]) -> Metadata:
    """The metadata with tag cloud entries added to the keywords, and the essay's first picture if it has none."""
    changes: dict[str, object] = {}
    sources = dict(metadata.sources)
    if tags:
        merged: dict[str, str] = {}
        for word in (*metadata.keywords, *tags):
            merged.setdefault(word.casefold(), word)
        changes["keywords"] = tuple(merged.values())
        sources.setdefault("keywords", Origin("tag cloud", 0.8))
    if metadata.image is None and images:
        changes["image"] = images[0].url
        sources["image"] = Origin("essay", 0.6)
    return structs.replace(metadata, sources=sources, **changes) if changes else metadata
