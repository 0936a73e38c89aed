"""Where the article begins: its headline, and the zones before, around and after the essay."""

from __future__ import annotations

import re
from typing import NamedTuple

from declutter.classify.boilerplate.cues import LABEL_OF, CueReader
from declutter.classify.boilerplate.forms import is_prose, is_stamp
from declutter.classify.boilerplate.regions import Regions
from declutter.model import Label
from declutter.outline import Outline

_SIGNS = re.compile(r"[\W_]+")
_MIN_KEY = 4
_MAX_LONGER = 1.6


_MAX_HEADER = 25
_MAX_LEVELS = 4
_MAX_BELOW = 6
_MIN_SHARE = 0.6
_ROOTS = frozenset({"body", "html"})


class Places(NamedTuple):
    """Block numbers: the headlines, the first and the past-the-last block of the essay (both 0 without one).

    header: where the article's header begins, with what stands in one small element with the headline.
    """

    titles: tuple[int, ...]
    first: int
    past: int
    header: int = 0

    @property
    def title(self) -> int | None:
        """The headline nearest above the essay."""
        above = [title for title in self.titles if title <= self.first]
        return above[-1] if above else next(iter(self.titles), None)

    def within(self, labels: list[Label]) -> Places:
        """The same with the essay's span as labelled now."""
        essay = [number for number, label in enumerate(labels) if label is Label.BODY]
        return self._replace(first=essay[0], past=essay[-1] + 1) if essay else self

    def in_header(self, number: int) -> bool:
        """The block stands in the article's header: beside the headline, or between it and the essay."""
        title = self.title
        if title is None or number < self.header:
            return False
        return number <= title + (_MAX_HEADER if number < self.first else _MAX_BELOW)


def find_places(outline: Outline, body: list[bool], title: str | None) -> Places:
    """The headline's blocks and the essay's span."""
    first = next((number for number, is_body in enumerate(body) if is_body), 0)
    past = next((number + 1 for number in range(len(body) - 1, -1, -1) if body[number]), 0)
    return Places(_titles(outline, title, first, past), first, past)


def claim_header(outline: Outline, cues: CueReader, places: Places, labels: list[Label]) -> None:
    """Take short lines above the headline, and byline and time below it, out of the essay."""
    title = places.title
    if title is None or outline.tags[outline.owners[title]] not in {"h1", "h2"}:
        return
    texts = outline.texts
    for number in range(places.first, title):
        if labels[number] is Label.BODY and not is_prose(texts[number]):
            labels[number] = Label.CHROME
    for number in range(title + 1, len(texts)):
        text = texts[number]
        if labels[number] is Label.BODY:
            if is_prose(text) or not (
                is_stamp(text) or any(LABEL_OF[cue.section] is Label.META for cue in cues[number])
            ):
                break
            labels[number] = Label.META


def header_start(regions: Regions, places: Places) -> int:
    """The first block of the article's header: what stands in one small element with the headline."""
    title = places.title
    if title is None:
        return 0
    start, parents = title, regions.outline.parents
    element = regions.outline.owners[title]
    for _ in range(_MAX_LEVELS):
        element = parents[element]
        if element <= 0 or regions.outline.tags[element] in _ROOTS or title - regions.first[element] > _MAX_HEADER // 2:
            break
        if regions.past[element] - regions.first[element] > _MAX_HEADER and regions.past[element] <= places.first:
            break
        start = regions.first[element]
    return start


def _titles(outline: Outline, title: str | None, first: int, past: int) -> tuple[int, ...]:
    """Blocks that say the page's title; without any, the heading nearest above the essay."""
    key = _key(title or "")
    tags = outline.tags
    limit = (past or len(outline.texts)) if title else 0
    exact: list[int] = []
    near: list[int] = []
    ones: list[int] = []
    longest = 2 * len(title or "") + 20
    for number, (text, owner) in enumerate(zip(outline.texts, outline.owners, strict=True)):
        tag = tags[owner]
        if tag == "h1" or (tag == "h2" and number <= first):
            ones.append(number)
        if number >= limit or len(text) > longest or len(key) < _MIN_KEY:
            continue
        mine = _key(text)
        if mine == key:
            exact.append(number)
        elif len(mine) < _MIN_KEY:
            continue
        elif tag in {"h1", "h2"} and (mine in key or (key in mine and len(mine) < _MAX_LONGER * len(key))):
            near.append(number)
        elif key.startswith(mine) and len(mine) > max(2 * _MIN_KEY, _MIN_SHARE * len(key)):
            near.append(number)
    if exact or near:
        heads = _above([number for number in exact if tags[outline.owners[number]] in {"h1", "h2", "h3"}], first)
        found = {*(heads or _above(exact, first)), *(number for number in near if tags[outline.owners[number]] == "h1")}
        return tuple(sorted(found)) if exact else tuple(_above(near, first))
    h1 = [number for number in ones if tags[outline.owners[number]] == "h1"]
    above = [number for number in h1 if number <= first] or h1 or ones
    return (above[-1],) if above else ()


def _above(numbers: list[int], first: int) -> list[int]:
    """Those above the essay; without any, the first."""
    return [number for number in numbers if number <= first] or numbers[:1]


def _key(text: str) -> str:
    return _SIGNS.sub("", text.casefold())
