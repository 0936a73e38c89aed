"""Reads the cue words of blocks, in all languages."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from declutter.outline import Outline
    from declutter.vocabulary import Cue, Vocabulary

_MIN_CUE_LENGTH: Final = 2
MAX_CUE_LENGTH: Final = 240
"""Characters. Longer blocks are text; longer sign-up and copyright paragraphs are recognised by their position."""

_WATCHED: Final = 250
_MIN_ENTRIES: Final = 3
_MAX_ENTRIES: Final = 14
_MAX_MENU: Final = 120
_MAX_SERVICE: Final = 3
_MAX_SERVICE_WORDS: Final = 8
_MAX_SERVICES: Final = 60
_ITEMS: Final = frozenset({"li", "dd"})

LABEL_OF: Final = {
    "related": Label.RELATED,
    "tags": Label.TAGS,
    "promo": Label.PROMO,
    "comment": Label.COMMENT,
    "chrome": Label.CHROME,
    "meta": Label.META,
    "author": Label.META,
    "credit": Label.META,
    "source": Label.META,
    "editor": Label.META,
    "published": Label.META,
    "updated": Label.META,
}
"""The label that each section of the vocabulary supports."""


class CueReader(dict[int, tuple["Cue", ...]]):
    """The cues of a page's blocks, each block read once, on first access.

    Linked list items are not read: a list is decided as a whole, by its heading and the length of its links.
    Stages that go through all blocks mostly read their cues, so this is where the deadline is checked.
    """

    def __init__(self, outline: Outline, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._outline = outline
        self.vocabulary = vocabulary
        self.deadline = outline.deadline

    def __missing__(self, block: int) -> tuple[Cue, ...]:
        """The cues of a block; () for a long one."""
        if len(self) % _WATCHED == 0:
            self.deadline.check()
        text = self._outline.texts[block]
        if not _MIN_CUE_LENGTH <= len(text) <= MAX_CUE_LENGTH or self._is_listed(block):
            found: tuple[Cue, ...] = ()
        else:
            found = _with_words(self.vocabulary.find(text))
        self[block] = found
        return found

    @cached_property
    def spoken(self) -> list[int]:
        """The blocks that have cues, in page order: about one in twelve."""
        return [block for block in range(len(self._outline.texts)) if self[block]]

    def says(self, block: int, *sections: str) -> bool:
        """Whether a block has a cue of one of these sections of the vocabulary."""
        return any(cue.section in sections for cue in self[block])

    def opens(self, block: int, *sections: str) -> bool:
        """Whether a block is, or begins with, a cue of one of these sections."""
        return any(cue.position != "holds" and cue.section in sections for cue in self[block])

    def is_label(self, block: int, *sections: str) -> bool:
        """Whether a block is a label of one of these sections: `Related`, `Comments (3)`."""
        return any(cue.position == "label" and cue.section in sections for cue in self[block])

    def read_all(self) -> None:
        """Read every block, for callers that need all of them, without a call per block."""
        outline, find = self._outline, self.vocabulary.find
        tags, parents = outline.tags, outline.parents
        blocks = zip(outline.texts, outline.linked, outline.owners, strict=True)
        for block, (text, linked, owner) in enumerate(self.deadline.watch(blocks, every=_WATCHED)):
            found: tuple[Cue, ...] = ()
            if _MIN_CUE_LENGTH <= len(text) <= MAX_CUE_LENGTH and (
                linked * 2 <= len(text) or (tags[owner] not in _ITEMS and tags[parents[owner]] not in _ITEMS)
            ):
                found = find(text)
                if found:
                    found = _with_words(found)
            self[block] = found

    def is_menu(self, block: int) -> bool:
        """Whether a line is a run of menu entries, `Home News Sport Log in`: it begins and ends with labels."""
        text = self._outline.texts[block]
        words = text.split() if len(text) <= _MAX_MENU else []
        if not _MIN_ENTRIES <= len(words) <= _MAX_ENTRIES:
            return False
        return self.is_entry(words[0], " ".join(words[:2])) and self.is_entry(words[-1], " ".join(words[-2:]))

    def is_services(self, block: int, *, others: float = 0.0) -> bool:
        """Whether a line consists of services of the site: `Share Save for later Print`.

        others: the share of its words that may be something else.
        """
        text = self._outline.texts[block]
        words = text.split() if len(text) <= _MAX_SERVICES else []
        if not 1 < len(words) <= _MAX_SERVICE_WORDS:
            return False
        found, unknown, at = 0, 0, 0
        while at < len(words):
            past = next(
                (
                    past
                    for past in range(min(at + _MAX_SERVICE, len(words)), at, -1)
                    if self.is_entry(" ".join(words[at:past]))
                ),
                at,
            )
            if past > at:
                found, at = found + 1, past
            else:
                unknown, at = unknown + 1, at + 1
                if unknown > others * len(words):
                    return False
        return found > 1

    def is_entry(self, *texts: str) -> bool:
        """Whether one of the texts names a service or part of a site: `Share`, `Home`."""
        find = self.vocabulary.find
        return any(cue.position == "label" and cue.section == "chrome" for text in texts for cue in find(text))

    def _is_listed(self, block: int) -> bool:
        """Whether the block is a linked item of a list."""
        outline = self._outline
        if outline.linked[block] * 2 <= len(outline.texts[block]):
            return False
        owner = outline.owners[block]
        return outline.tags[owner] in _ITEMS or outline.tags[outline.parents[owner]] in _ITEMS


def _with_words(cues: tuple[Cue, ...]) -> tuple[Cue, ...]:
    """The cues whose phrase has letters. Numbers and marks fold to nothing, and are no label here."""
    return tuple([cue for cue in cues if cue.phrase])
