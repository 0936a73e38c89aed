"""What a report is made from: extracted pages, and their rows in the index."""

from __future__ import annotations

from typing import Final

import msgspec

from declutter.inspect.sanitised import Original
from declutter.model import Document, Label

MAX_DOUBTFUL: Final = 0.8
"""A block with a lower confidence is called doubtful: at this confidence, one in five is wrong."""


class Inspected(msgspec.Struct, frozen=True, kw_only=True):
    """A page for a report.

    name: its name in the report: a path or URL.
    document: from `explain` (one from `extract` has no evidence to show); None if there is none.
    error: why there is no document, in one line.
    original: the page itself with its blocks outlined, from `outlined`; None to leave it out.
    """

    name: str
    document: Document | None = None
    error: str | None = None
    original: Original | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page in the index of a report.

    name, error: see Inspected. href: the URL of the page's report, relative to the index; None if there is none.
    title, url, published, confidence: see Document. essay: characters of its text. flashes: number of flashes.
    shares: characters by label, in the order of Label. doubtful: number of doubtful blocks.
    truncated: whether a limit cut the page short.
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
    """The page's row; `href` is the URL of its report."""
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
