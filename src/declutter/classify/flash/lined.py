"""Briefs whose headline is a heading or a bold line of its own, in an essay that has hardly any of these itself."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.bare import MAX_ESSAY
from declutter.classify.flash.headlines import by_words, is_listed, is_wide
from declutter.classify.flash.reader import MAX_FOREIGN
from declutter.classify.flash.reasons import evidence
from declutter.classify.flash.spans import LEADS_ON, Span, reach
from declutter.model import Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.reader import Reader
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label
_HEADING: Final = Kind.HEADING
_STRONG: Final = SpanKind.STRONG
_MAX_LINES: Final = 3
"""More such lines are the headings of the essay's own parts."""
_MAX_PART: Final = 3  # blocks, the line among them
_MIN_HEADLINE: Final = 24  # letters; a brief's headline is a sentence, an essay's headings are a word or two
_MAX_TEXT: Final = 700  # characters of the text right below
_RARE: Final = -3.05
_LINE: Final = 0.65
"""Log-odds of a headline so set apart, beside what the number of its words says, before words are looked at: these
decide. In 743 plain articles 9 paragraphs below such a line are not plainly the essay's by their words; one passes."""


def find_lines(flow: Flow, outline: Outline) -> list[int]:
    """The places of headings and bold lines that may head a brief, () where they are many: a glance at the page."""
    if sum(map(len, flow.texts)) > MAX_ESSAY:
        return []
    lines = [place for place in range(1, flow.last_prose - 1) if _is_apart(flow, outline, place)]
    if len(lines) > _MAX_LINES or _is_chain(lines):
        return []
    return [place for place in lines if _goes_on(flow, outline, place)]


def find_lined(reader: Reader, lines: Collection[int], taken: Collection[int]) -> list[Span]:
    """The spans that such a line opens, none that holds a place of `taken`."""
    flow = reader.flow
    spans = []
    for place in lines:
        headline, first = reader.line(place), place + 1
        if headline is None or reader.is_labelled(place) or place in taken or first in taken:
            continue
        if len(flow.texts[place]) * (1 + is_wide(flow.texts[place])) < _MIN_HEADLINE or is_listed(flow.texts[place]):
            continue
        if flow.is_odd(first) or len(flow.texts[first]) > _MAX_TEXT or flow.texts[place - 1].endswith(LEADS_ON):
            continue
        ceiling = min((at for at in [*taken, *lines, flow.last_prose] if at > first), default=flow.last_prose)
        span = range(place, reach(reader, place, first, ceiling) + 1)
        opening = reader.opening(first)
        reasons = [
            ("few_blocks_are_flashes", _RARE),
            ("headline_by_line", _LINE + by_words(flow.texts[place])),
            (opening.name, opening.weight),
            ("foreign_words", max(-MAX_FOREIGN, min(MAX_FOREIGN, reader.foreign(span)))),
            ("style_of_its_own", reader.breaks_style(span)),
            ("on_other_pages", reader.elsewhere.weight(span)),
        ]
        spans.append(Span(place, span[-1], headline, None, opening, evidence(reasons)))
    return spans


def _is_chain(lines: list[int]) -> bool:
    """Whether three lines and more head one short part after the other, as in a round-up: those are the essay's."""
    return len(lines) >= _MAX_LINES and all(below - above <= _MAX_PART for above, below in pairwise(lines))


def _goes_on(flow: Flow, outline: Outline, place: int) -> bool:
    """Whether one of the essay's paragraphs stands right below the line, in the same element."""
    above, below = (outline.owners[flow.blocks[at]] for at in (place, place + 1))
    same = above == below or outline.parents[above] == outline.parents[below]
    return same and flow.labels[place + 1] is _BODY and flow.is_prose(place + 1)


def _is_apart(flow: Flow, outline: Outline, place: int) -> bool:
    """Whether the block is a heading, or all of it is bold."""
    if flow.kinds[place] is _HEADING:
        return True
    marks = outline.marks[flow.blocks[place]]
    return sum(mark.end - mark.start for mark in marks if mark.kind is _STRONG) >= len(flow.texts[place]) - 2
