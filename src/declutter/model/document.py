"""The result of extraction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, TypeAlias

import msgspec

from declutter.model.blocks import Block, Label
from declutter.model.metadata import Metadata, Origin
from declutter.model.records import Entry, Flash, Image, Repair, Teaser

EssaySource: TypeAlias = Literal["page", "noscript", "json-ld", "state", "template"]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """An extracted page: metadata, the essay, what was injected into it, and every block with its label.

    url: the page's URL as the caller or the fetcher gave it, or else as the browser wrote it that saved the page.
    metadata: see Metadata; its fields are properties of the document, too.
    tags: the entries of the tag cloud.
    flashes, related: in page order.
    blocks: all visible text, in page order.
    images: the pictures of the essay.
    encoding: the encoding the bytes were decoded with; None for text and trees.
    confidence: the calibrated probability that the essay is right, which means an F1 of at least 0.9 (on runs of four
        words) with what a reader would mark. 0.0 without an essay.
    truncated: whether a limit cut the page off, or the file in which a browser saved it ends within it.
    essay_source: "page" if the page shows the essay. Otherwise where it was found among what scripts would show:
        "noscript", "json-ld" (articleBody), "state" (application state) or "template". Its blocks then follow the
        visible ones, and their xpath is that of the element that keeps it.
    repairs: what was repaired, if `options.repair` asked for it.
    entries: those of a live blog, in page order; they are part of the essay.
    """

    url: str | None
    metadata: Metadata
    tags: tuple[str, ...]
    flashes: tuple[Flash, ...]
    related: tuple[Teaser, ...]
    blocks: tuple[Block, ...]
    images: tuple[Image, ...] = ()
    encoding: str | None = None
    confidence: float = 1.0
    truncated: bool = False
    essay_source: EssaySource = "page"
    repairs: tuple[Repair, ...] = ()
    entries: tuple[Entry, ...] = ()

    @property
    def title(self) -> str | None:
        """The headline, without site name and portal token."""
        return self.metadata.title

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the authors, without roles; may be empty."""
        return self.metadata.authors

    @property
    def published(self) -> str | None:
        """When the article was published, as the page tells its readers: ISO 8601 at the precision of the page."""
        return self.metadata.published

    @property
    def first_published(self) -> str | None:
        """An earlier date of publishing that the page declares for machines only, while it shows a later one."""
        return self.metadata.first_published

    @property
    def modified(self) -> str | None:
        """When the article was last changed: ISO 8601 at the precision of the page."""
        return self.metadata.modified

    @property
    def site(self) -> str | None:
        """The name of the site."""
        return self.metadata.site

    @property
    def section(self) -> str | None:
        """The category of the page."""
        return self.metadata.section

    @property
    def language(self) -> str | None:
        """The language as a BCP 47 tag, with script for Chinese."""
        return self.metadata.language

    @property
    def origin(self) -> str | None:
        """The source that the page names for its text."""
        return self.metadata.origin

    @property
    def description(self) -> str | None:
        """The page's own summary."""
        return self.metadata.description

    @property
    def keywords(self) -> tuple[str, ...]:
        """The page's tags: those of its head, then those that only the tag cloud has."""
        return self.metadata.keywords

    @property
    def canonical(self) -> str | None:
        """The URL that the page declares as its own."""
        return self.metadata.canonical

    @property
    def image(self) -> str | None:
        """The URL of the lead image, or the first of the essay if none is declared."""
        return self.metadata.image

    @property
    def licence(self) -> str | None:
        """URL or name of the licence that the page names."""
        return self.metadata.licence

    @property
    def amp(self) -> str | None:
        """The URL of the same article for phones."""
        return self.metadata.amp

    @property
    def printable(self) -> str | None:
        """The URL of the same article for printing."""
        return self.metadata.printable

    @property
    def next_page(self) -> str | None:
        """The URL of the next page of an article in several."""
        return self.metadata.next_page

    @property
    def previous_page(self) -> str | None:
        """The URL of the previous page of an article in several."""
        return self.metadata.previous_page

    @property
    def sources(self) -> Mapping[str, Origin]:
        """By field name, where its value was found and how reliable that is."""
        return self.metadata.sources

    @property
    def text(self) -> str:
        """The essay as plain text: one line per body block, in order, without the title."""
        body = Label.BODY
        return "\n".join([block.text for block in self.blocks if block.label is body and block.text])

    @property
    def markdown(self) -> str:
        """The essay as CommonMark with GFM tables."""
        from declutter.write.markdown import render

        return render(self.blocks)

    @property
    def html(self) -> str:
        """The essay as sanitised HTML."""
        from declutter.write.html import render

        return render(self.blocks)

    def __repr__(self) -> str:
        """A line; all fields would fill screens."""
        about = f"{len(self.text):,} characters, {len(self.flashes)} flashes, {len(self.blocks):,} blocks"
        return f"<Document {self.title!r}: {about}>"

    def to_json(self, *, fields: Collection[str] | None = None) -> str:
        """The document as JSON, schema `declutter/1`; non-ASCII characters are not escaped.

        fields: the top-level keys to write, such as ("title", "essay"); None for all, which `from_json` needs.
        Raises FieldError for a name that is no key.
        """
        from declutter.write.json import dump

        return dump(self, fields=fields)

    @classmethod
    def from_json(cls, text: str | bytes) -> Document:
        """The document in JSON from `to_json` or a line of JSON Lines; equal to the one that was written.

        Raises FieldError for JSON that lacks fields or is not a document.
        """
        from declutter.write.json import load

        return load(text)
