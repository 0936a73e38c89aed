"""The data of a page for the report's script: plain values, with all URLs made harmless."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

import msgspec

from declutter.classify.meanings import meaning
from declutter.model import Block, Document, Flash, Kind, Label, SpanKind
from declutter.write import flashes as flash_rows
from declutter.write.safety import clean, in_strings, safe_address

if TYPE_CHECKING:
    from declutter.inspect.entries import Inspected

LABELS: Final = {
    Label.TITLE: "the page's own headline",
    Label.META: "breadcrumb, author, time, source",
    Label.BODY: "the essay",
    Label.FLASH: "a news brief injected into the essay",
    Label.TAGS: "tag cloud, keyword line",
    Label.RELATED: "teasers of other pages",
    Label.PROMO: "advertisement, newsletter, sign-up",
    Label.COMMENT: "readers' comments",
    Label.CHROME: "navigation, share bars, footer",
}
"""The meanings of the labels, in the order of the legend."""

_NUMBERS: Final = {label: number for number, label in enumerate(Label)}
_FIELDS: Final = (
    "authors", "published", "first_published", "modified", "site", "section", "language", "origin", "licence",
    "description",
)  # fmt: skip
# Characters that are invisible or change the text direction, so that a URL could look like another one.
_DECEPTIVE: Final = re.compile("[\x80-\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff9-\ufffb]")
_ASTRAL: Final = re.compile("[\U00010000-\U0010ffff]")


class LinkView(msgspec.Struct, frozen=True, array_like=True):
    """A link in a block's text. Offsets are in UTF-16 units, as in JavaScript. target: None if unsafe."""

    start: int
    end: int
    target: str | None


class ReasonView(msgspec.Struct, frozen=True, array_like=True):
    """Evidence: index in the page's list of names, weight in log-odds, and the number of its label."""

    name: int
    weight: float
    label: int


class BlockView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A block. label: its number. place: XPath, or line of a text dump. flash: number of its flash.

    runner_up: number of the runner-up label, and the margin it lost by, in log-odds.
    """

    text: str
    label: int
    kind: str
    confidence: float
    level: int = 0
    place: str = ""
    links: tuple[LinkView, ...] = ()
    evidence: tuple[ReasonView, ...] = ()
    runner_up: tuple[int, float] | None = None
    flash: int | None = None


class PageView(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page. fields: its metadata, by name. names: of its evidence, each with its meaning.

    essay, flash_rows: the output, by format.
    """

    name: str
    title: str | None
    confidence: float
    truncated: bool
    fields: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str], ...]
    blocks: tuple[BlockView, ...]
    essay: dict[str, str]
    flashes: tuple[Flash, ...]
    flash_rows: dict[str, str]
    original: str | None = None


def page_view(page: Inspected, document: Document) -> PageView:
    """The data of a page for the report."""
    names = {name: number for number, name in enumerate(sorted(_names(document)))}
    flash_of = {block: number for number, flash in enumerate(document.flashes) for block in flash.blocks}
    return PageView(
        name=page.name,
        title=document.title,
        confidence=document.confidence,
        truncated=document.truncated,
        fields=tuple(_fields(document)),
        names=tuple((name, _meaning(name)) for name in names),
        blocks=tuple(_block_view(block, names, flash_of.get(block.index)) for block in document.blocks),
        essay={"Text": document.text, "Markdown": document.markdown, "HTML": document.html},
        flashes=tuple(msgspec.structs.replace(flash, url=_address(flash.url)) for flash in document.flashes),
        flash_rows={
            "JSON Lines": "\n".join(flash_rows.to_jsonl([(page.name, document)])),
            "CSV": "\n".join(flash_rows.to_csv([(page.name, document)])) if document.flashes else "",
        },
        original=page.original.html if page.original else None,
    )


def embedded(value: object) -> str:
    """The value as JSON that is safe inside <script>: without `<`, control characters and lone surrogates."""
    try:
        written = msgspec.json.encode(value)
    except UnicodeEncodeError:  # lone surrogates
        written = msgspec.json.encode(in_strings(msgspec.to_builtins(value), clean))
    return written.decode().replace("<", "\\u003c")


def _names(document: Document) -> set[str]:
    return {reason.name for block in document.blocks for reason in block.evidence}


def _meaning(name: str) -> str:
    """The meaning of evidence, without a label at its beginning, because the report shows that next to the weight."""
    text = meaning(name) or ""
    label, _, rest = text.partition(": ")
    return rest if label in LABELS else text


def _fields(document: Document) -> list[tuple[str, str]]:
    address = _address(document.url)
    found = [("url", address)] if address else []
    found += [
        (name, ", ".join(value) if isinstance(value, tuple) else value)
        for name in _FIELDS
        if (value := getattr(document.metadata, name))
    ]
    if document.essay_source != "page":
        found.append(("essay", f"not shown by the page; read from {document.essay_source}"))
    if document.encoding:
        found.append(("encoding", document.encoding))
    return found


def _block_view(block: Block, names: dict[str, int], flash: int | None) -> BlockView:
    reasons = sorted(block.evidence, key=lambda reason: -abs(reason.weight))
    text = block.text
    if block.kind is Kind.IMAGE:
        text = block.spans[-1].alt or ""
    runner_up = block.runner_up
    return BlockView(
        text=clean(text),
        label=_NUMBERS[block.label],
        kind=block.kind,
        level=block.level,
        confidence=block.confidence,
        place=block.xpath or (f"line {block.line}" if block.line else ""),
        links=_links(block),
        evidence=tuple(ReasonView(names[reason.name], reason.weight, _NUMBERS[reason.label]) for reason in reasons),
        runner_up=(_NUMBERS[runner_up.label], runner_up.margin) if runner_up else None,
        flash=flash,
    )


def _links(block: Block) -> tuple[LinkView, ...]:
    spans = [span for span in block.spans if span.kind in (SpanKind.LINK, SpanKind.IMAGE)]
    # Positions of characters with two UTF-16 units, searched once, because a text may have a hundred thousand links.
    twice = [found.start() for found in _ASTRAL.finditer(block.text)] if spans else []
    return tuple(
        LinkView(
            span.start + bisect_left(twice, span.start),
            span.end + bisect_left(twice, span.end),
            _address(span.target),
        )
        for span in spans
    )


def _address(address: str | None) -> str | None:
    safe = safe_address(address)
    return safe and _DECEPTIVE.sub(lambda found: quote(found[0]), safe)
