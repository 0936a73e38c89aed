"""Links to author pages. The text of such a link is a name, so a name ends where its link ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from declutter.metadata.people import goes_on
from declutter.model import Block

_AUTHOR_PATH: Final = re.compile(
    r"/(?:author|authors|autor|auteur|people|team|staff|contributors?|profile|users?|by|writers?|member|editors?"
    r"|redakteur|experts?)[/-]|/@|[?&]author=",
    re.IGNORECASE,
)


def linked_names(block: Block) -> list[str]:
    """The texts of a block's links to author pages."""
    return [
        name
        for span in block.links
        if _AUTHOR_PATH.search(span.target or "") and (name := block.text[span.start : span.end].strip(" ,.|·•"))
    ]


def parted(block: Block) -> str:
    """The block's text, with a space inserted at link edges where the markup leaves none between two words."""
    text = block.text
    edges = sorted({edge for span in block.links for edge in (span.start, span.end) if 0 < edge < len(text)})
    for edge in reversed(edges):
        if text[edge - 1].isalnum() and text[edge].isalnum():
            text = f"{text[:edge]} {text[edge:]}"
    return text


def to_link(text: str, linked: Sequence[str]) -> str:
    """The text up to the end of the last linked name, if it begins with one and no other name follows."""
    end = 0
    for name in linked:
        at = text.find(name, end)
        if at == 0 or (end and goes_on(text[end:at])):
            end = at + len(name)
    return text[:end] if end and not goes_on(text[end:]) else text
