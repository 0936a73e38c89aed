"""Blocks: the units of a page's text, with their labels, inline markup and evidence."""

from __future__ import annotations

from enum import StrEnum
from typing import Final, Literal

import msgspec


class Label(StrEnum):
    """What a block is on its page."""

    # Before Python 3.12, looking up a member of an enum takes 120 ns, because its metaclass has a `__getattr__`. Code
    # that runs for every block uses a constant of its module instead: `_BODY = Label.BODY`.

    TITLE = "title"
    """The page's own headline, including its repeat in the article header."""
    META = "meta"
    """Breadcrumb, kicker, author and bio, time, source, editor's line, reading time."""
    BODY = "body"
    """The essay: standfirst, paragraphs, headings, lists, quotes, tables, code, captions, footnotes."""
    FLASH = "flash"
    """A news brief with a text of its own, unrelated to the essay, in the flow of the essay."""
    TAGS = "tags"
    """Tag cloud, keyword line."""
    RELATED = "related"
    """Teasers of other pages: lists anywhere, single lines inside the essay."""
    PROMO = "promo"
    """Advertisement, newsletter, app download, sign-up, donation, shop box, "follow us" lines."""
    COMMENT = "comment"
    """Readers' comments, with their heading and form."""
    CHROME = "chrome"
    """Navigation, site name, share bars, search, polls, pagination, footer, notices."""


class Kind(StrEnum):
    """The form of a block."""

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
    """An image or formula that stands alone: a block without text. Its last span is the image; the span before it, if
    any, the link around the image."""


class SpanKind(StrEnum):
    """The kind of an inline span in a block's text."""

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
    """Navigation within the page: a heading's permalink (`#`, `¶`), a footnote's number and its back link (`↩`).
    Markdown and HTML leave it out."""


_LINK: Final = SpanKind.LINK  # see Label


class Span(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A run of inline markup in a block: `text[start:end]`, offsets in code points.

    kind: see SpanKind.
    target: the URL of a link or image, absolute if the page's URL is known; the TeX source of a formula; the key of the
        footnote's frame, as text. None for emphasis and code.
    alt: an image's alternative text. An image covers no text (start == end), nor does a link that holds only an image.
    width, height: an image's size in CSS pixels, if the page gives it.
    """

    start: int
    end: int
    kind: SpanKind
    target: str | None = None
    alt: str | None = None
    width: int | None = None
    height: int | None = None


class Frame(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """A structural element around a block: what Markdown and HTML need to restore the structure of the essay.

    kind: list (bulleted) | ordered | item | quote | table | cell | figure | code | note (a footnote) |
        terms, term, definition (a definition list: dl, dt, dd).
    key: number of the element in page order; blocks with the same key are in the same element.
    number: ordered, item: the ordinal of the item, or the start of the list; None otherwise.
    language: code: the programming language, if the page names it.
    header: cell: whether it is a header cell (`<th>`).
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
    """One named reason for or against a label of a block.

    name: what was found; `declutter explain --list` explains every name.
    weight: in log-odds for `label`; negative speaks against it.
    label: the label it speaks for or against.
    """

    name: str
    weight: float
    label: Label


class RunnerUp(msgspec.Struct, frozen=True, gc=False):
    """The label that came second.

    label: never the block's own. margin: how much it lost by, in log-odds, 0 or more.
    """

    label: Label
    margin: float


class Block(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """A maximal run of text between block-level boundaries: the unit that gets a label.

    index: its number in page order, from 0.
    text: the visible text, including generated quotation marks, ruby brackets and checkboxes, white space collapsed
        except in code. "" only for kind image.
    label, kind: see Label and Kind.
    level: 1 to 6 for a heading, the nesting depth (from 1) for a list item, otherwise 0.
    confidence: the calibrated probability that the label is right: nine in ten blocks with 0.9 are.
    spans: inline markup, ordered by start.
    within: the structural elements around the block, outermost first.
    row, column: the position of a cell in its table, from 0.
    soft: whether a single <br> separates it from the block before.
    ruled: whether a horizontal rule (<hr>) separates it from the block before, both being body.
    xpath: the block-level element that holds the text (HTML); several blocks may share one.
    line: the line number, from 1 (text dumps).
    evidence: the reasons for the label, at least one; filled by `explain` only.
    runner_up: the label that came second; filled by `explain` only.
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
    ruled: bool = False
    xpath: str | None = None
    line: int | None = None
    evidence: tuple[Evidence, ...] = ()
    runner_up: RunnerUp | None = None

    @property
    def links(self) -> tuple[Span, ...]:
        """The spans that are links."""
        return tuple([span for span in self.spans if span.kind is _LINK]) if self.spans else ()
