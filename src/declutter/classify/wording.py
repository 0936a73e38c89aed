"""Features for main content from the words of short texts, in any language: cue words, labels above, dates."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from declutter.classify.cues import LABEL_OF
from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_PLACES: Final = (Label.RELATED, Label.TAGS, Label.PROMO, Label.COMMENT, Label.CHROME, Label.META)
_POSITIONS: Final = ("holds", "lead", "label")
_HEADS: Final = {"related": 1, "tags": 2, "promo": 3, "comment": 4}
"""Sections whose labels can head a part of the page."""
TEASERS: Final = _HEADS["related"]
ASIDE: Final = frozenset((_HEADS["related"], _HEADS["tags"], _HEADS["promo"]))
"""Sections that are never the content of a page, as comments may be."""
_MAX_HEAD_LENGTH: Final = 64
SAYS_BINS: Final = 1 + len(_PLACES) * len(_POSITIONS)
LABELLED: Final = SAYS_BINS - len(_PLACES)
"""From this value on, a text is a label and nothing more."""
ASIDE_LABELS: Final = range(LABELLED, LABELLED + len(ASIDE))
"""The values of labels of such sections."""
HEAD_BINS: Final = 1 + len(_HEADS)
FAR: Final = 12
"""Half octaves of blocks from which the distance to the label above is capped."""

_DATE: Final = re.compile(r"\d(?:\d?:\d\d|\d{0,3}[./-]\d\d?[./-]\d|\s?[年月日]|\d{3}(?!\d))")
"""A time, a numeric date or a year. Starts with one character class, which the search skips to at C speed."""
_MAX_DATED: Final = 120
_MAX_STAMP: Final = 40
"""Length in letters up to which a text is searched for a date, and up to which it is little more than the date."""
STAMP: Final = 1
HOLDS_DATE: Final = 2


def _ranks() -> dict[tuple[str, str], int]:
    """Rank of a cue by section and position: higher the more of the text it accounts for; 0 is a text without cues."""
    return {
        (section, position): 1 + len(_PLACES) * level + _PLACES.index(label)
        for section, label in LABEL_OF.items()
        for level, position in enumerate(_POSITIONS)
    }


_RANKS: Final = _ranks()


def read_cues(outline: Outline, cues: CueReader, bins: bytes) -> tuple[bytes, bytes, bytes]:
    """By block: the rank of its cues, the section of the last label above it, and the distance to that label.

    bins: by number of blocks since a label, the value of the distance; FAR beyond its end.
    """
    texts, linked = outline.texts, outline.linked
    count = len(texts)
    cues.read_all()
    says = bytearray(count)
    labels = []
    for number in cues.spoken:
        text, found = texts[number], cues[number]
        says[number] = max([_RANKS[cue.section, cue.position] for cue in found])
        if len(text) <= _MAX_HEAD_LENGTH and 2 * linked[number] <= len(text):
            named = [cue.section for cue in found if cue.position == "label" and cue.section in _HEADS]
            if named:
                labels.append((number, _HEADS[named[0]]))
    heads, above = bytearray(count), bytearray(count)
    for (number, head), (end, _) in pairwise([*labels, (count, 0)]):
        below = end - number
        heads[number:end] = bytes([head]) * below
        above[number:end] = bins[:below].ljust(below, bytes([FAR]))
    return bytes(says), bytes(heads), bytes(above)


def read_dates(texts: list[str], lengths: list[int]) -> bytes:
    """By block: STAMP for a short line with a date or time, HOLDS_DATE for a longer one, 0 for none.

    lengths: of the texts, in letters.
    """
    return bytes(
        [
            (STAMP if length <= _MAX_STAMP else HOLDS_DATE) if length <= _MAX_DATED and _DATE.search(text) else 0
            for text, length in zip(texts, lengths, strict=True)
        ]
    )
