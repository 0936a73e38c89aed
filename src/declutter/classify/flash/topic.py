"""What blocks speak of: how foreign one is to the page, and which of two neighbours it belongs with.

A block's terms are its longer words, cut to their first letters (inflection changes the last ones), and the pairs of
neighbouring characters where words are not parted by spaces, or of syllables where each is written apart. Rare terms
count more than those half the page holds.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise
from math import fsum, log, sqrt
from typing import Final, NamedTuple

_STEM: Final = 7
"""Letters of a word that count. From 4 to 20 tried on paragraphs of one article against those of two: 7 was best in
Russian, Polish and Greek and lost little in English."""

_MARKS: Final = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0dff"
_WORD: Final = re.compile(
    rf"(?![\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffef])[^\W\d_](?:[^\W\d_]|[{_MARKS}]){{3,40}}"
)
_PLAIN_WORD: Final = re.compile(rf"([^\W\d_]{{4,{_STEM}}})[^\W\d_]{{0,{40 - _STEM}}}")
_ASCII_WORD: Final = re.compile(rf"([a-z]{{4,{_STEM}}})[a-z]{{0,{40 - _STEM}}}")
_WESTERN: Final = "[a-z\xaa\xb2\xb3\xb9\xba\xbc-\xbe\xdf-\xf6\xf8-\xff]"
_WESTERN_WORD: Final = re.compile(rf"({_WESTERN}{{4,{_STEM}}}){_WESTERN}{{0,{40 - _STEM}}}")
"""The same letters of Latin-1 by their codes: asked for their kind, as above, they take three times as long."""
_OTHERWISE: Final = rf"{_MARKS}\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffef"
_SPECIAL: Final = re.compile(f"[{_OTHERWISE}]")
# Without hiragana, which writes endings and particles: what they share says nothing.
_PAIRED: Final = re.compile(r"[\u2e80-\u3004\u3006-\u3007\u30a0-\ua4cf\uf900-\ufaff]+")
_SYLLABLES: Final = re.compile(r"[\uac00-\ud7af]{2,}")
# Vietnamese writes each syllable as a word: what two neighbours say is what one longer word says elsewhere.
_VIETNAMESE: Final = "ơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_UNUSUAL: Final = re.compile(f"[{_OTHERWISE}{_VIETNAMESE}]")
_SYLLABLE: Final = re.compile(r"[^\W\d_]{2,}")
_TRIPLED: Final = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]+")
_PUNCTUATION: Final = "’‘“”–—…\u00a0"
_MAX_TEXT: Final = 4000  # characters of a block that are read: flashes are shorter


class Ties(NamedTuple):
    """Terms that a block shares, weighted by rarity, on a scale that hardly depends on its length and the page's.

    exclusive: with the anchor alone. common: with the anchor and the rest of the page. beside: with the blocks just
    outside the span, and not with the anchor.
    """

    exclusive: float
    common: float
    beside: float


def terms(text: str) -> set[str]:
    """The terms of a text."""
    text = text[:_MAX_TEXT]
    if not text.isascii():  # what only its punctuation keeps from the quick way
        for mark in _PUNCTUATION:
            text = text.replace(mark, " ")
    if text.isascii():
        return set(_ASCII_WORD.findall(text.lower()))
    text = text.casefold()
    if _is_western(text):
        return set(_WESTERN_WORD.findall(text))
    if _UNUSUAL.search(text) is None:
        return set(_PLAIN_WORD.findall(text))
    if _SPECIAL.search(text) is None:
        words = _SYLLABLE.findall(text)
        return set(map(" ".join, pairwise(words)))
    found = {word[:_STEM] for word in _WORD.findall(text)}
    for run in _PAIRED.findall(text):
        found.update(map("".join, pairwise(run)))
    found.update(run[:2] for run in _SYLLABLES.findall(text))
    for run in _TRIPLED.findall(text):
        found.update(map("".join, zip(run, run[1:], run[2:], strict=False)))
    return found


def _is_western(text: str) -> bool:
    """Whether all of a text is of Latin-1: told by how it is stored, without a look at its letters."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return False
    return True


class Topics:
    """The terms of a run of blocks, and in how many of the blocks each stands.

    The blocks are named by their place in the run, not by their number on the page.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.terms: Sequence[set[str]] = [terms(text) for text in texts]
        self.spread = Counter(chain.from_iterable(self.terms))

    @cached_property
    def _weights(self) -> list[float]:
        """By in how many blocks a term stands, what it counts."""
        count = len(self.terms)
        return [log(1 + count / (1 + number)) for number in range(count + 1)]

    def familiarity(self, place: int, inside: range) -> float:
        """How much of the block's vocabulary stands elsewhere, 0 to 1; `inside` is the span that it belongs to."""
        spread, weights = self.spread, self._weights
        if len(inside) > 1:
            own = [self.terms[other] for other in inside if other != place]
            outside = [spread[term] - 1 - sum(term in found for found in own) for term in self.terms[place]]
        else:
            outside = [spread[term] - 1 for term in self.terms[place]]
        every = fsum(map(weights.__getitem__, outside))
        return 1.0 - outside.count(0) * weights[0] / every if every else 1.0

    def ties(self, words: set[str], anchor: set[str], inside: range) -> Ties:
        """What a text's terms share with an anchor, and with the blocks beside a span that the text may belong to.

        anchor: the terms of the span's other blocks. inside: the span, whose blocks count as neither.
        """
        exclusive: list[float] = []
        common: list[float] = []
        beside: list[float] = []
        count, weights = len(self.terms), self._weights
        within = [self.terms[other] for other in inside]
        near = self._near(inside)
        for term in words:
            outside = self.spread[term] - sum(term in found for found in within)
            weight = weights[max(0, outside)]
            if term in anchor:
                (common if outside > 0 else exclusive).append(weight)
            elif term in near:
                beside.append(weight)
        scale = sqrt(1 + len(words)) * log(1 + count)
        # fsum: sets have no order, and the same page must give the same figures in every process.
        return Ties(fsum(exclusive) / scale, fsum(common) / scale, fsum(beside) / scale)

    def _near(self, span: range) -> set[str]:
        """The terms of the two blocks before a span and the two behind it."""
        places = (span.start - 2, span.start - 1, span.stop, span.stop + 1)
        return set().union(*(self.terms[place] for place in places if 0 <= place < len(self.terms)))
