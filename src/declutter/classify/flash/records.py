"""Turns a span into a flash record: positions of headline and text, time and source."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.dressing import skip_bullet, skip_signs
from declutter.classify.flash.headlines import is_wide
from declutter.classify.flash.openings import name_source
from declutter.classify.flash.reader import sentence_as_headline
from declutter.classify.verdict import FlashSpan

if TYPE_CHECKING:
    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.spans import Span
    from declutter.vocabulary import Vocabulary

_MIN_TEXT: Final = 24
"""Letters, those of scripts without spaces counted twice."""


def says_something(flow: Flow, span: Span) -> bool:
    """Whether there is a text besides headline and stamp: a byline or time alone is not a flash."""
    text = "".join(flow.texts[place][start:end] for place, (start, end) in _pieces(flow, span))
    return len(text) * (2 if is_wide(text) else 1) >= _MIN_TEXT


def to_record(flow: Flow, span: Span, vocabulary: Vocabulary) -> FlashSpan:
    """The flash in the form that later stages use."""
    pieces = _pieces(flow, span)
    headline = None
    if span.headline is not None and span.headline.end:
        headline = (span.headline.start, span.headline.end)
    layout = span.layout
    if headline is None and (layout is None or layout.head == span.first) and (span.stamp or layout or span.headline):
        start, end = pieces[0][1]
        text = flow.texts[span.first]
        if told := sentence_as_headline(text[start:end]):
            pieces[0] = (span.first, (start + told, end))
            begin = start + (skip_bullet(text[start:]) or skip_signs(text[start:]))
            headline = (begin, start + len(text[start : start + told].rstrip(" .。!！?？…؟।۔")))
    source = span.opening.source or (layout.source if layout else None)
    if source is None:
        source = name_source(" ".join(flow.texts[place] for place, _ in pieces), vocabulary)
    return FlashSpan(
        blocks=tuple(flow.blocks[place] for place, _ in pieces),
        head=layout.head - span.first if layout else 0,
        headline=headline,
        text=tuple(piece for _, piece in pieces),
        published=layout.published if layout else span.stamp.published if span.stamp else None,
        source=source,
        confidence=1 / (1 + exp(-span.score)),
        evidence=span.evidence,
    )


def _pieces(flow: Flow, span: Span) -> list[tuple[int, tuple[int, int]]]:
    """By place, the start and end of the flash's own text, without headline, kicker and stamp."""
    if span.layout is not None:
        return list(zip(span.places, span.layout.pieces, strict=True))
    pieces = []
    for place in range(span.first, span.last + 1):
        start, end = 0, len(flow.texts[place])
        if place == span.first and span.headline is not None:
            start = span.headline.body
        if place == span.last and span.stamp is not None:
            end = max(start, span.stamp.start)
        pieces.append((place, (start, end)))
    return pieces
