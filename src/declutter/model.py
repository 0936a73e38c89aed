"""The values that declutter gives back. All are frozen, small and picklable; none keeps the page's tree."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Literal, TypeAlias

import msgspec
from msgspec.structs import force_setattr

from declutter.frozen import FrozenDict


class Label(StrEnum):
    """What a block is on its page."""

    # Before Python 3.12 it takes 120 ns to ask an enum for a member, for its metaclass has a `__getattr__`. What looks
    # at every block asks a constant of its module instead: `_BODY = Label.BODY`.

    TITLE = "title"
    """The page's own headline, also its repeat in the article header."""
    META = "meta"
    """Breadcrumb, kicker, author and bio, time, source, editor line, reading time."""
    BODY = "body"
    """The essay: standfirst, paragraphs, headings, lists, quotes, tables, code, captions, footnotes."""
    FLASH = "flash"
    """A news brief with a text of its own, unrelated to the essay, standing in the essay's flow."""
    TAGS = "tags"
    """Tag cloud, keyword line."""
    RELATED = "related"
    """Teasers of other pages: lists anywhere, single lines inside the essay."""
    PROMO = "promo"
    """Advertisement, newsletter, app download, sign-up, donation, shop box, "follow us" lines."""
    COMMENT = "comment"
    """Readers' comments, their heading and form."""
    CHROME = "chrome"
    """Navigation, site name, share bars, search, polls, pagination, footer, notices."""


class Kind(StrEnum):
    """How a block is written on its page."""

    PARAGRAPH = "paragraph"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    CODE = "code"
    CELL = "cell"
    CAPTION = "caption"
    LINE = "line"
    """A line of a text dump."""
    IMAGE = "image"
    """An image or formula that stands alone: a block without text. Its last span is the image, one before it the link
    around."""


class SpanKind(StrEnum):
    """What an inline span of a block's text is."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    CODE = "code"
    DELETED = "deleted"
    SUB = "sub"
    SUP = "sup"
    LINK = "link"
    IMAGE = "image"
    FORMULA = "formula"
    NOTE = "note"
    """A reference to a footnote of the page: `1`, `[1]`, `*`."""
    ANCHOR = "anchor"
    """What only leads about the page: a heading's permalink (`#`, `¶`), a footnote's number and its way back (`↩`).
    Markdown and HTML leave it out."""


class Span(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A run of inline markup in a block: `text[start:end]`, offsets in code points.

    kind: see SpanKind.
    target: the address of a link or image as the page writes it made absolute where the page's address is known,
        or the TeX source of a formula, or the key of the footnote's frame as text. None for emphasis and code.
    alt: an image's alternative text (an image covers no text: start == end, and so does a link that holds only one).
    width, height: an image's size in CSS pixels, where the page gives it.
    """

    start: int
    end: int
    kind: SpanKind
    target: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


class Frame(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A structural element around a block: what Markdown and HTML need to give the essay its shape back.

    kind: list (bulleted) | ordered | item | quote | table | cell | figure | code | note (a footnote) |
        terms, term, definition (a list of definitions: dl, dt, dd).
    key: number of the element in page order; two blocks share an element when the keys are equal.
    number: ordered, item: the list item's ordinal or the list's start; None elsewhere.
    language: code: the programming language, where the page names it.
    header: cell: a header cell (`<th>`).
    colspan, rowspan: cell: how many columns and rows it covers, 1 to 1000.
    """

    kind: Literal[
        "list", "ordered", "item", "quote", "table", "cell", "figure", "code", "note", "terms", "term", "definition"
    ]
    key: int
    number: int | None = None
    language: str | None = None
    header: bool = False
    colspan: int = 1
    rowspan: int = 1


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """One named reason that counted for or against a block's label.

    name: what was seen; `declutter explain --list` documents every name.
    weight: in log-odds for `label`; negative speaks against it.
    label: the label it argues about.
    """

    name: str
    weight: float
    label: Label


class RunnerUp(msgspec.Struct, frozen=True, gc=False):
    """The label that a block would have had with a little other evidence.

    label: never the block's own. margin: by how much it lost, in log-odds, 0 or more.
    """

    label: Label
    margin: float


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A maximal run of text between block-level boundaries: the unit that gets a label.

    index: its number in page order, from 0.
    text: the visible text, white space folded (kept as it is in code), with the quotation marks, brackets of readings
        and boxes of tasks that a browser shows; "" only for kind image.
    label, kind: see Label and Kind.
    level: 1 to 6 for a heading, the nesting depth (from 1) for a list item, else 0.
    confidence: the probability that the label is right: of blocks with 0.9, nine in ten are, on pages held out.
    spans: inline markup, in order of start.
    within: the structural elements around the block, outermost first.
    row, column: of a cell in its table, from 0.
    soft: parted from the block before by a single <br>.
    xpath: the block-level element that holds the text (HTML); several blocks may share one.
    line: the line number, from 1 (text dumps).
    evidence: why it got its label; filled by `explain` only. At least one reason speaks for the label.
    runner_up: the label that came next, and by how much it lost; filled by `explain` only.
    """

    index: int
    text: str
    label: Label
    kind: Kind
    level: int = 0
    confidence: float = 1.0
    spans: tuple[Span, ...] = ()
    within: tuple[Frame, ...] = ()
    row: int | None = None
    column: int | None = None
    soft: bool = False
    xpath: str | None = None
    line: int | None = None
    evidence: tuple[Evidence, ...] = ()
    runner_up: RunnerUp | None = None

    @property
    def links(self) -> tuple[Span, ...]:
        """The spans that are links."""
        return tuple(span for span in self.spans if span.kind is SpanKind.LINK)


class Flash(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A news brief found in the essay's flow.

    headline: without kicker; None where the brief has none.
    text: without headline and stamp, paragraphs parted by line feeds.
    published: ISO 8601 at the precision the page gives (`2023-05-28T09:47:25`, `2018-06-07`); None without a full date.
    source: the agency or outlet it names.
    url: where the headline links to.
    blocks: indices of its blocks; between which body blocks it stood is read from them.
    confidence: 0 to 1, that this is a flash and not the essay.
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

    title: without the portal's token. snippet: its lead, where shown. url: absolute where the page's address is known.
    published: ISO 8601 at the precision given; None for placeholders. blocks: indices of its blocks.
    """

    title: str
    snippet: str | None
    url: str | None
    published: str | None
    blocks: tuple[int, ...]


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An entry of a live blog.

    time: ISO 8601: the moment, or the time of day (`09:47`) where the entry gives no day. headline: None without one.
    text: without headline and stamp, paragraphs parted by line feeds. blocks: indices of its blocks, stamp and headline
    included; () for one that the page's JSON-LD describes and the page does not show.
    """

    time: str | None
    headline: str | None
    text: str
    blocks: tuple[int, ...] = ()


class Image(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A picture of the essay.

    url: absolute where the page's address is known. block: index of the block that holds it.
    alt: its alternative text. caption: what stands below it. width, height: in CSS pixels, where given.
    """

    url: str
    block: int
    alt: str | None = None
    caption: str | None = None
    width: int | None = None
    height: int | None = None


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a metadata field was found (`source`), and how sure it is (`confidence`, 0 to 1)."""

    source: str
    confidence: float


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says about its article. Dates are ISO 8601 text at the precision given, with zone where known.

    title: without site name and portal token. authors: names without roles. origin: the source the page names.
    published, modified: of the article. site: the site's name. section: the category the page stands in.
    language: BCP 47, with script for Chinese (`zh-Hant`). canonical: the address the page calls its own.
    image: the lead image, the essay's first where none is declared. amp, printable: the same article for phones and
    for paper. licence: address or name of the licence the page names. description: the page's own summary.
    next_page, previous_page: the neighbours of an article in several pages. keywords: the page's tags: those of its
    head, then those of the tag cloud that the head lacks. Addresses are absolute where the page's own is
    known. sources: field name to where it was found.
    """

    title: str | None = None
    authors: tuple[str, ...] = ()
    published: str | None = None
    modified: str | None = None
    site: str | None = None
    section: str | None = None
    language: str | None = None
    origin: str | None = None
    canonical: str | None = None
    image: str | None = None
    licence: str | None = None
    amp: str | None = None
    printable: str | None = None
    next_page: str | None = None
    previous_page: str | None = None
    keywords: tuple[str, ...] = ()
    description: str | None = None
    sources: Mapping[str, Origin] = msgspec.field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        if not isinstance(self.sources, FrozenDict):
            force_setattr(self, "sources", FrozenDict(self.sources))


RepairKind: TypeAlias = Literal["encoding", "space", "words"]


class Repair(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A place of the page's text that was mended, on the caller's wish.

    kind: "encoding" (mojibake), "space" (a lost non-breaking space) or "words" (Latin words run together).
    before, after: the place, with the rest of its words. block: index of the block, None for a text of the page's head.
    field: what that text says (`title`, `author` …), None for a block.
    """

    kind: RepairKind
    before: str
    after: str
    block: int | None = None
    field: str | None = None


EssaySource: TypeAlias = Literal["page", "noscript", "json-ld", "state", "template"]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A page taken apart: metadata, the essay, what was injected into it, and every block with its label.

    url: the page's address as the caller or the fetcher gave it. See Metadata for the fields of that name.
    tags: the tag cloud's entries. flashes, related: in page order. blocks: every visible text, in page order.
    images: the essay's pictures. encoding: the encoding the bytes were read in, None for text and trees.
    confidence: the probability that the essay is right: that its F1 with what a reader would mark is 0.9 or more (on
    runs of four words). 0.0 without an essay. truncated: a limit cut the page short.
    essay_source: where the essay stands. "page": the page shows it. Where it shows none, the essay is read from what
    its scripts would show: "noscript", "json-ld" (its articleBody), "state" (an app's data), "template". Its blocks
    then stand behind the visible ones, and the xpath of each is that of the element that keeps it.
    repairs: what was mended, where `options.repair` asked for it.
    entries: of a live blog, in page order; they are the essay's, too.
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
        """The article's headline, without site name and portal token."""
        return self.metadata.title

    @property
    def authors(self) -> tuple[str, ...]:
        """Names of the authors, without roles; may be empty."""
        return self.metadata.authors

    @property
    def published(self) -> str | None:
        """When the article was published: ISO 8601 text at the precision given."""
        return self.metadata.published

    @property
    def modified(self) -> str | None:
        """When the article was last changed: ISO 8601 text at the precision given."""
        return self.metadata.modified

    @property
    def site(self) -> str | None:
        """The site's name."""
        return self.metadata.site

    @property
    def section(self) -> str | None:
        """The section or category the page stands in."""
        return self.metadata.section

    @property
    def language(self) -> str | None:
        """BCP 47 tag of the article's language, with script for Chinese."""
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
        """The page's tags: those of its head, then those of the tag cloud that the head lacks."""
        return self.metadata.keywords

    @property
    def canonical(self) -> str | None:
        """The address that the page calls its own."""
        return self.metadata.canonical

    @property
    def image(self) -> str | None:
        """The address of the lead image, the essay's first where none is declared."""
        return self.metadata.image

    @property
    def licence(self) -> str | None:
        """The address or name of the licence that the page names."""
        return self.metadata.licence

    @property
    def amp(self) -> str | None:
        """The address of the same article for phones."""
        return self.metadata.amp

    @property
    def printable(self) -> str | None:
        """The address of the same article for paper."""
        return self.metadata.printable

    @property
    def next_page(self) -> str | None:
        """The address of the next page of an article in several."""
        return self.metadata.next_page

    @property
    def previous_page(self) -> str | None:
        """The address of the page before, of an article in several."""
        return self.metadata.previous_page

    @property
    def sources(self) -> Mapping[str, Origin]:
        """By field of the metadata: where its value was found, and how sure it is."""
        return self.metadata.sources

    @property
    def text(self) -> str:
        """The essay as plain text: body blocks in order, a line each, without the title."""
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

    def to_json(self) -> str:
        """The document as JSON text by schema `declutter/1`, non-ASCII kept as it is."""
        from declutter.write.json import dump

        return dump(self)

    @classmethod
    def from_json(cls, text: str | bytes) -> Document:
        """The document that `to_json` wrote, or that a line of JSON Lines holds; equal to the one that was written.

        Raises FieldError for JSON that was written with some of the fields only, or is no document's.
        """
        from declutter.write.json import load

        return load(text)


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What a fetch brought: the body's bytes as sent (content codings undone) and what is known of them.

    url: as asked for. final_url: after redirects. status: HTTP status. headers: lower-case names.
    fetched_at: ISO 8601 in UTC. chain: the addresses passed on the way, the first asked for first.
    canonical: the address that the page calls its own (`<link rel=canonical>`), absolute.
    from_cache: the cache answered; the server was asked for nothing, or whether anything had changed.
    """

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: str
    chain: tuple[str, ...] = ()
    canonical: str | None = None
    from_cache: bool = False
