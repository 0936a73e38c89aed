"""What a block's words say it is, by the cue words of its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.model import Label

if TYPE_CHECKING:
    from declutter.vocabulary import Cue, Vocabulary

MAX_CUE_LENGTH = 240
"""Characters. Longer blocks are text; sign-up and rights paragraphs above it are told by where they stand."""

LABEL_OF = {
    "related": Label.RELATED,
    "tags": Label.TAGS,
    "promo": Label.PROMO,
    "comment": Label.COMMENT,
    "chrome": Label.CHROME,
    "meta": Label.META,
    "author": Label.META,
    "source": Label.META,
    "editor": Label.META,
    "published": Label.META,
    "updated": Label.META,
}
"""The label that each section of the vocabulary speaks for."""


class CueReader:
    """The cues of a page's blocks, each block read once and only when asked for."""

    def __init__(self, texts: list[str], vocabulary: Vocabulary) -> None:
        self._texts = texts
        self._find = vocabulary.find
        self._known: dict[int, tuple[Cue, ...]] = {}

    def __getitem__(self, block: int) -> tuple[Cue, ...]:
        """The cues of a block, () for a long one."""
        known = self._known.get(block)
        if known is None:
            text = self._texts[block]
            found = self._find(text) if len(text) <= MAX_CUE_LENGTH else ()
            known = self._known[block] = found and tuple(cue for cue in found if cue.phrase)
        return known

    def label(self, block: int) -> Label | None:
        """The label its first cue speaks for."""
        cues = self[block]
        return LABEL_OF[cues[0].section] if cues else None
