"""What a report is made from: extracted pages, and their rows in the index."""

from __future__ import annotations

from typing import Final

import msgspec

from declutter.inspect.original import Original
from declutter.model import Document, Label

MAX_DOUBTFUL: Final = 0.8
"""A block less sure than this is called doubtful: one in five of those, or more, is wrong by its own account."""


class Inspected(msgspec.Struct, frozen=True, kw_only=True):
    """A page for a report.

    name: what the report calls it: a path, an address.
    document: as `explain` gave it (one that `extract` gave has no evidence to show); None if there is none,
    error: which says why, in one line.
    original: the page itself, its blocks outlined, as `outlined` gives it; None to leave it out.
    """

    name: str
    document: Document | None = None
    error: str | None = None
    original: Original | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page in the index of a report.

    name, error: see Inspected. href: where the page is shown, relative to the index; None if it is not.
    title, url, published, confidence: see Document. essay: characters of its text. flashes: how many.
    shares: by label, in the order of Label: how many characters. doubtful: how many blocks are.
    truncated: a limit cut the page short.
    """

    name: str
    href: str | None = None
    error: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    confidence: float | None = None
    essay: int = 0
    flashes: int = 0
    shares: tuple[int, ...] = ()
    doubtful: int = 0
    truncated: bool = False


def row_of(page: Inspected, href: str) -> Row:
    """The page's row; `href` is where the report shows it."""
    document = page.document
    if document is None:
        return Row(name=page.name, error=page.error or "no document")
    return Row(
        name=page.name,
        href=href,
        title=document.title,
        url=document.url,
        published=document.published,
        confidence=document.confidence,
        essay=len(document.text),
        flashes=len(document.flashes),
        shares=tuple(sum(len(block.text) for block in document.blocks if block.label is label) for label in Label),
        doubtful=sum(1 for block in document.blocks if block.confidence < MAX_DOUBTFUL),
        truncated=document.truncated,
    )
