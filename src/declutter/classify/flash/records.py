"""Turns a candidate into a found flash: positions of headline and text, time and source."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.dressing import read_point, skip_bullet, skip_signs
from declutter.classify.flash.echoes import sentence_as_headline
from declutter.classify.flash.headlines import is_wide
from declutter.classify.flash.leads import find_lead
from declutter.classify.flash.openings import name_source
from declutter.classify.verdict import FoundFlash

if TYPE_CHECKING:
    from declutter.classify.flash.candidates import Candidate
    from declutter.classify.flash.flow import Flow
    from declutter.vocabulary import Vocabulary

_MIN_TEXT: Final = 24
"""Letters, those of scripts without spaces counted twice."""


def says_something(flow: Flow, candidate: Candidate) -> bool:
    """Whether there is a text besides headline and stamp: a byline or time alone is not a flash."""
    text = "".join(flow.texts[place][start:end] for place, (start, end) in _pieces(flow, candidate))
    return len(text) * (2 if is_wide(text) else 1) >= _MIN_TEXT


def to_record(flow: Flow, candidate: Candidate, vocabulary: Vocabulary) -> FoundFlash:
    """The flash in the form that later stages use."""
    pieces = _pieces(flow, candidate)
    headline = None
    if candidate.headline is not None and candidate.headline.end:
        headline = (candidate.headline.start, candidate.headline.end)
    layout = candidate.layout
    if (
        headline is None
        and (layout is None or layout.head == candidate.first)
        and (candidate.stamp or layout or candidate.headline)
    ):
        start, end = pieces[0][1]
        text = flow.texts[candidate.first]
        if told := sentence_as_headline(text[start:end]):
            pieces[0] = (candidate.first, (start + told, end))
            begin = start + (skip_bullet(text[start:]) or skip_signs(text[start:]))
            headline = (begin, start + len(text[start : start + told].rstrip(" .。!！?？…؟।۔")))
    head = layout.head - candidate.first if layout else 0
    published = layout.published if layout else candidate.stamp.published if candidate.stamp else None
    lead = find_lead(flow.texts[candidate.first + head][slice(*headline)]) if headline is not None else None
    if headline is not None and lead is not None:  # `+++ 14:32 Uhr: Headline +++`
        headline = (headline[0] + lead.end, headline[1])
        published = published or lead.published
    if headline is not None:
        headline = _unnumbered(flow.texts[candidate.first + head], headline)
    source = candidate.opening.source or (layout.source if layout else None)
    if source is None:
        source = name_source(" ".join(flow.texts[place] for place, _ in pieces), vocabulary)
    stamp = flow.stamps.get(candidate.last)
    if source is None and stamp is not None and stamp.frame:
        source = name_source(flow.texts[candidate.last][stamp.start + 1 :], vocabulary)
    return FoundFlash(
        blocks=tuple(flow.blocks[place] for place, _ in pieces),
        head=head,
        headline=headline,
        text=tuple(piece for _, piece in pieces),
        published=published,
        source=source,
        confidence=1 / (1 + exp(-candidate.score)),
        evidence=candidate.evidence,
    )


def _unnumbered(text: str, headline: tuple[int, int]) -> tuple[int, int]:
    """The headline without its number in a list: `2. Ferry orders two boats`."""
    start, end = headline
    point = read_point(text[start:end]) if start < end else None
    return (start + point.end, end) if point is not None and point.number else headline


def _pieces(flow: Flow, candidate: Candidate) -> list[tuple[int, tuple[int, int]]]:
    """By place, the start and end of the flash's own text, without headline, kicker and stamp."""
    if candidate.layout is not None:
        return list(zip(candidate.places, candidate.layout.pieces, strict=True))
    pieces = []
    for place in candidate.places:
        start, end = 0, len(flow.texts[place])
        if place == candidate.first and candidate.headline is not None:
            start = candidate.headline.body
        if place == candidate.last and candidate.stamp is not None:
            end = max(start, candidate.stamp.start)
        pieces.append((place, (start, end)))
    return pieces
