"""The entries of a tag cloud or keyword line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from declutter.model import Block, Label
from declutter.vocabulary import Vocabulary, vocabulary

_TAGS: Final = Label.TAGS  # see Label

_SEPARATORS: Final = re.compile(r"\s*[,;，、；|｜/•·]\s*|\s+#|\s{2,}")
_LEAD_END: Final = re.compile(r"[:：]\s*")
_MARKS: Final = "#＃ ,;:，、：|•·"
_MAX_TAG: Final = 80
_MAX_LEAD: Final = 40


def make_tags(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The tags in page order, without duplicates.

    Each link is a tag. A line without links is split at its separators, and is one tag if it has none.
    """
    words = vocabulary()
    found: dict[str, None] = {}
    for block in blocks:
        if block.label is not _TAGS:
            continue
        links = [block.text[link.start : link.end] for link in block.links]
        for entry in links or _SEPARATORS.split(_without_lead(block.text, words)):
            tag = entry.strip(_MARKS)
            if tag and len(tag) <= _MAX_TAG:
                found.setdefault(tag)
    return tuple(found)


def _without_lead(text: str, words: Vocabulary) -> str:
    """The line without its "Tags:"; "" if nothing else is left."""
    cues = [cue for cue in words.find(text) if cue.section == "tags"]
    if any(cue.position == "label" for cue in cues):
        return ""
    colon = _LEAD_END.search(text[:_MAX_LEAD])
    if cues and colon:
        return text[colon.end() :]
    return cues[0].behind(text) if cues and cues[0].position == "lead" else text
