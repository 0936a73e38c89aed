"""What is assembled from blocks: flashes, teasers, entries of live blogs, images; and repairs of the text."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec


class Flash(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A news brief found in the flow of the essay.

    headline: without kicker; None if the brief has none.
    text: without headline and time stamp, paragraphs separated by line feeds.
    published: ISO 8601 at the precision of the page (`2023-05-28T09:47:25`, `2018-06-07`); None without a full date.
    source: the agency or outlet it names.
    url: the target of the headline's link, or of the line that leads to the rest of the text.
    blocks: indices of its blocks, which also tell between which body blocks it stood.
    confidence: 0 to 1, that this is a flash and not part of the essay.
    """

    headline: str | None
    text: str
    published: str | None
    source: str | None
    url: str | None
    blocks: tuple[int, ...]
    confidence: float


class Teaser(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """An advertisement of another page.

    title: without the portal's token. snippet: its lead, if shown. url: absolute if the page's URL is known.
    published: ISO 8601 at the precision of the page; None for placeholders. blocks: indices of its blocks.
    """

    title: str
    snippet: str | None
    url: str | None
    published: str | None
    blocks: tuple[int, ...]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An entry of a live blog.

    time: ISO 8601, or only the time of day (`09:47`) if the entry gives no day.
    headline: None if it has none. text: without headline and time stamp, paragraphs separated by line feeds.
    blocks: indices of its blocks, including time stamp and headline; () for an entry that only the page's JSON-LD has.
    """

    time: str | None
    headline: str | None
    text: str
    blocks: tuple[int, ...] = ()


class Image(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A picture of the essay.

    url: absolute if the page's URL is known. block: index of the block that holds it.
    alt: its alternative text. caption: the text below it. width, height: in CSS pixels, if given.
    """

    url: str
    block: int
    alt: str | None = None
    caption: str | None = None
    width: int | None = None
    height: int | None = None


RepairKind: TypeAlias = Literal["encoding", "space", "words"]


class Repair(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A place in the page's text that was repaired, as `ExtractOptions.repair` asks.

    kind: "encoding" (mojibake), "space" (a lost non-breaking space) or "words" (Latin words run together).
    before, after: the place, extended to whole words. block: index of the block; None for a text of the page's head.
    field: which text of the head it is (`title`, `author` …); None for a block.
    """

    kind: RepairKind
    before: str
    after: str
    block: int | None = None
    field: str | None = None
