"""Whether a page shows an essay, or only a notice or teasers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from declutter.model import Document

_BODY: Final = Label.BODY  # see Label

_MIN_ESSAY: Final = 280
_MIN_PARAGRAPH: Final = 60
"""Minimum characters of an essay and of its longest paragraph. Of 1,487 development pages, 31 show less."""
_MAX_LINKED: Final = 0.8


def is_essay(document: Document) -> bool:
    """Whether the page shows more than a notice or teaser."""
    texts = own_texts(document)
    size = sum(map(len, texts)) + len(texts) - 1  # the length when joined by line feeds, without joining
    return size >= _MIN_ESSAY and any(len(line) >= _MIN_PARAGRAPH for text in texts for line in text.split("\n"))


def own_texts(document: Document) -> list[str]:
    """The essay's texts, except those that are links as a whole, because a page of links only is a listing."""
    return [
        block.text
        for block in document.blocks
        if block.label is _BODY
        and block.text
        and (not block.spans or sum(span.end - span.start for span in block.links) < _MAX_LINKED * len(block.text))
    ]
