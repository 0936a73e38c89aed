"""The blocks inside each element, and the evidence that elements give to them.

Regions decide, not lines: an element's evidence counts for all blocks inside, that of the nearest element most.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from itertools import accumulate, islice
from operator import mul
from typing import Final

from declutter.classify.boilerplate.evidence import (
    CHROME,
    CRUMB,
    DECAY,
    NONE,
    RELATED,
    TAGS,
    Scores,
    Vote,
    combine,
    scores_of,
    votes_of,
)
from declutter.classify.boilerplate.forms import is_wide, link_share, size
from declutter.model import SpanKind
from declutter.outline import Mark, Outline

_LINK: Final = SpanKind.LINK  # see Label

_MIN_LINKED: Final = 0.6
_MIN_LINKS: Final = 3
_MAX_LIST_LEVELS: Final = 4
_FEW_LINKS: Final = 0.6
_LONG_ANCHOR: Final = 30
_LONGER_ANCHOR: Final = 44
_SHORT_ANCHOR: Final = 17
MAX_NAMED: Final = 48
"""Levels above a block whose evidence is named. Further away it hardly counts; most pages nest some twenty levels,
hostile ones two thousand."""
_FIGURES: Final = re.compile(r"\d+")


class Regions:
    """The elements of a page that contain blocks.

    first, past: by element, the range of blocks inside; empty for elements without blocks.
    essay: the elements around essay blocks. anchors: by block, the mean size of its links; 0 if it is mostly text.
    scores: by element, the combined evidence of the element and its ancestors.
    """

    def __init__(self, outline: Outline, body: list[bool]) -> None:
        self.outline = outline
        self.first, self.past, self.essay = _ranges(outline, body)
        self.anchors = [
            0
            if not linked
            # Most are a single link from end to end and not wide, which needs no closer look.
            else linked
            if linked == len(text) and len(marks) == 1 and (text.isascii() or not is_wide(text))
            else _anchor(text, linked, marks)
            for text, linked, marks in zip(outline.texts, outline.linked, outline.marks, strict=True)
        ]
        self._links, self._sums, self._squares = self._running()
        self._lists: dict[int, int | None] = {}
        self.scores = self._handed_down()

    def _handed_down(self) -> list[Scores]:
        """By element, the combined evidence of it and its ancestors up to the essay's elements; NONE for empty ones.

        Elements follow their ancestors, so one pass is enough.
        """
        first, past, essay = self.first, self.past, self.essay
        tags, names, parents = self.outline.tags, self.outline.names, self.outline.parents
        scores = [NONE] * len(past)
        outside = [element for element in range(1, len(past)) if past[element] and element not in essay]
        homes = {at for owner in self.outline.owners if owner in essay for at in (owner, parents[owner])}
        own_names = {(tags[at], names[at]) for at in homes if at in essay and names[at]}
        for element in self.outline.deadline.watch(outside):
            own = NONE if (tags[element], names[element]) in own_names else scores_of(tags[element], names[element])
            if past[element] - first[element] >= _MIN_LINKS:
                own = self._listed(element, own)
            around = scores[parents[element]]
            scores[element] = around if own is NONE else own if around is NONE else combine(around, own)
        return scores

    def _listed(self, element: int, named: Scores) -> Scores:
        """The scores for an element's name, plus, if it is a list of links, the evidence of its links."""
        first, past = self.first[element], self.past[element]
        parent = self.outline.parents[element]
        if self.first[parent] == first and self.past[parent] == past and parent not in self.essay:
            return named
        links = self._links[past] - self._links[first]
        if links < _MIN_LINKS or links * 3 < past - first:
            return named
        _, place, weight = _anchor_vote(named, self.mean_anchor(first, past))
        scores = list(named)
        scores[place] += weight if links * 2 >= past - first else weight * _FEW_LINKS
        return tuple(scores)  # type: ignore[return-value]

    def votes(self, element: int) -> list[Vote]:
        """The named evidence of an element and its ancestors, weaker with each level; for explaining."""
        outline = self.outline
        votes: list[Vote] = []
        fade = 1.0
        for at in islice(outline.ancestors(element), MAX_NAMED):
            if at in self.essay:
                break
            named = list(votes_of(outline.tags[at], outline.names[at]))
            said = scores_of(outline.tags[at], outline.names[at])
            own = self._listed(at, said) if self.past[at] - self.first[at] >= _MIN_LINKS else said
            if own != said:
                named.append(_anchor_vote(own, self.mean_anchor(self.first[at], self.past[at])))
            votes += [(name, place, weight * fade) for name, place, weight in named]
            fade *= DECAY if named else 1.0
        return votes

    def list_anchor(self, block: int) -> int:
        """The mean anchor size of the list around a linked block; its own if there is no list."""
        parents = self.outline.parents
        at = self.outline.owners[block]
        for _ in range(_MAX_LIST_LEVELS):
            if at <= 0 or at in self.essay:
                break
            if self.past[at] - self.first[at] >= _MIN_LINKS and (mean := self._mean_of_list(at)) is not None:
                return mean
            at = parents[at]
        return self.anchors[block]

    def _mean_of_list(self, element: int) -> int | None:
        """The mean anchor size of an element with links; None if it has only one or two."""
        if element not in self._lists:
            first, past = self.first[element], self.past[element]
            is_list = self._links[past] - self._links[first] >= _MIN_LINKS
            self._lists[element] = int(self.mean_anchor(first, past)) if is_list else None
        return self._lists[element]

    def mean_anchor(self, first: int, past: int) -> float:
        """The length-weighted mean of the anchor sizes in a range of blocks; 0 without links."""
        total = self._sums[past] - self._sums[first]
        return (self._squares[past] - self._squares[first]) / total if total else 0.0

    def _running(self) -> tuple[array[int], array[int], array[int]]:
        """Prefix sums over blocks: number of linked blocks, anchor sizes, squared anchor sizes."""
        anchors = self.anchors
        return (
            # From lists, which takes half the time of reading the iterators one by one.
            array("q", list(accumulate(map(bool, anchors), initial=0))),
            array("q", list(accumulate(anchors, initial=0))),
            array("q", list(accumulate(map(mul, anchors, anchors), initial=0))),
        )


def unnumbered(name: str) -> str:
    """A class name without digits, which makes similar elements equal: `post-123`, `post-124`."""
    return _FIGURES.sub("", name)


def _anchor(text: str, linked: int, marks: Sequence[Mark]) -> int:
    """The mean size of a block's links if it is mostly links, else 0."""
    if link_share(text, linked) < _MIN_LINKED:
        return 0
    count = len(marks)
    if count > 1:
        count = sum(mark.kind is _LINK for mark in marks)
    letters = size(text)
    if letters > len(text):
        letters += letters // 4  # headlines in scripts without spaces have 10 to 20 characters, menu entries up to 4
    return letters * linked // (len(text) * (count or 1)) or 1


def _anchor_vote(named: Scores, anchor: float) -> Vote:
    """The vote of a list's anchor sizes: headlines are long, menu entries short."""
    if anchor >= _LONGER_ANCHOR:
        return "list_of_headlines", RELATED, 1.8
    if anchor >= _LONG_ANCHOR:
        return "list_of_headlines", RELATED, 1.2
    if anchor > _SHORT_ANCHOR:
        return "list_of_links", CHROME, 0.3
    for place in (TAGS, CRUMB):
        if named[place] > 0:
            return "list_of_short_links", place, 0.8
    return "list_of_short_links", CHROME, 1.2


def _ranges(outline: Outline, body: list[bool]) -> tuple[list[int], list[int], set[int]]:
    """By element, its first and past-the-last block; and the elements around the essay."""
    parents, owners = outline.parents, outline.owners
    first, past = [len(owners)] * len(parents), [0] * len(parents)
    essay: set[int] = set()
    for block, owner in enumerate(owners):
        if not past[owner]:
            first[owner] = block
        past[owner] = block + 1
        if body[block]:
            at = owner
            while at >= 0 and at not in essay:
                essay.add(at)
                at = parents[at]
    for element in range(len(parents) - 1, 0, -1):
        if past[element]:
            parent = parents[element]
            # Comparisons, because two calls per element would cost more than the rest of the loop.
            if first[element] < first[parent]:  # noqa: PLR1730
                first[parent] = first[element]
            if past[element] > past[parent]:  # noqa: PLR1730
                past[parent] = past[element]
    return first, past, essay
