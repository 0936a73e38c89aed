"""Small pages and blocks for the tests of metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from declutter.metadata import EMPTY_HEAD, Head, complete, read_head
from declutter.model import Block, Kind, Label, Metadata, Span, SpanKind
from declutter.outline import Outline

if TYPE_CHECKING:
    from lxml.etree import _Element

URL = "https://www.herald.example/2024/03/05/story"


def tree(head: str = "", body: str = "", language: str = "") -> _Element:
    lang = f' lang="{language}"' if language else ""
    markup = f"<!doctype html><html{lang}><head>{head}</head><body>{body}</body></html>"
    return etree.fromstring(markup.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))


def head_of(head: str = "", body: str = "", *, language: str = "", url: str | None = URL) -> Head:
    return read_head(tree(head, body, language), url=url)


def metadata_of(
    head: str = "", body: str = "", *blocks: Block, language: str = "", url: str | None = URL, as_of: str | None = None
) -> Metadata:
    return complete(head_of(head, body, language=language, url=url), blocks, Outline(), url=url, as_of=as_of)


def of_lines(*lines: str, as_of: str | None = None) -> Metadata:
    """Metadata of a text dump whose lines are written `label: text`."""
    return complete(EMPTY_HEAD, page(*lines), Outline(), as_of=as_of)


def page(*lines: str) -> tuple[Block, ...]:
    blocks = []
    for index, line in enumerate(lines):
        label, _, text = line.partition(": ")
        blocks.append(Block(index=index, text=text, label=Label(label), kind=Kind.LINE, line=index + 1))
    return tuple(blocks)


def linked(index: int, text: str, target: str, label: Label = Label.META) -> Block:
    span = Span(start=0, end=len(text), kind=SpanKind.LINK, target=target)
    return Block(index=index, text=text, label=label, kind=Kind.PARAGRAPH, spans=(span,))


def json_ld(text: str) -> str:
    return f'<script type="application/ld+json">{text}</script>'
