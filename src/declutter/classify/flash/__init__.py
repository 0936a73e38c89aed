"""News flashes injected into the essay's flow: stamps and headlines raise the question, all evidence together decides."""

from __future__ import annotations

from collections import Counter
from math import exp
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.flow import Flow, read_flow
from declutter.classify.flash.headlines import is_wide
from declutter.classify.flash.openings import name_source
from declutter.classify.flash.spans import Reader, Span
from declutter.classify.verdict import FlashSpan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Label
    from declutter.outline import Outline
    from declutter.vocabulary import Vocabulary

__all__ = ["find_flashes"]

_MIN_TEXT: Final = 32
"""Letters, those of scripts without spaces counted twice: the shortest brief seen has 60."""

_MAX_RUN: Final = 2
"""Flashes in a row that a portal may set into an essay; more are a list."""

_NEAR: Final = -1.5  # log-odds from which a span counts as a sign of what the portal does


def find_flashes(
    outline: Outline,
    labels: Sequence[Label],
    *,
    vocabulary: Vocabulary,
    repeated: Sequence[float] | None = None,
) -> list[FlashSpan]:
    """The flashes among the blocks of the essay's flow, in page order.

    labels: what each block was taken for so far. repeated: by block, on how many other pages of the site it stands.
    """
    del repeated
    flow = read_flow(outline, labels)
    if not flow.stamps and not flow.headed:
        return []
    reader = Reader(flow, vocabulary)
    spans = _stamped(reader)
    spans = sorted(spans + _opened(reader, spans))
    spans = [span for span in _regular(spans) if span.score > 0 and _says_something(flow, span)]
    return [_record(flow, span, vocabulary) for span in _unless_listed(flow, spans)]


def _stamped(reader: Reader) -> list[Span]:
    """A span for every stamp: once to learn how this page's flashes begin, and again knowing it."""
    forms: dict[str, float] = {}
    spans: list[Span] = []
    for _ in range(2):
        floor, spans = 0, []
        for last in sorted(reader.flow.stamps):
            span = reader.stamped(last, floor, forms)
            if span.score > _NEAR:
                spans.append(span)
                floor = last + 1
        begins = Counter(span.headline.form for span in spans if span.headline)
        if len(spans) < 2:  # noqa: PLR2004 - one is no habit
            break
        forms = {form: 2.5 * count / len(spans) for form, count in begins.items() if count > 1}
        if not forms:
            break
    return spans


def _opened(reader: Reader, stamped: Sequence[Span]) -> list[Span]:
    """Spans that a headline opens, where no stamped one stands."""
    taken = {place for span in stamped if span.score > 0 for place in range(span.first, span.last + 1)}
    spans: list[Span] = []
    for first in reader.flow.headed:
        if first in taken or first in reader.flow.stamps:
            continue
        ceiling = next((place for place in range(first + 1, first + 6) if place in taken), len(reader.flow.texts))
        span = reader.opened(first, ceiling)
        if span is not None and span.score > _NEAR:
            spans.append(span)
            taken.update(range(span.first, span.last + 1))
    return spans


def _regular(spans: list[Span]) -> list[Span]:
    """The spans with what they have in common as evidence: a portal writes all its flashes in one way."""
    frames = Counter(_frame(span) for span in spans)
    result = []
    for span in spans:
        alike = frames[_frame(span)] - 1
        result.append(span.but(("others like it", 0.7 if alike == 1 else 1.2)) if alike else span)
    return result


def _frame(span: Span) -> str:
    """What a portal writes the same way in all its flashes: the stamp, or without one the headline's mark and opening."""
    if span.stamp:
        return f"stamp {span.stamp.frame} {span.stamp.alone}"
    return f"{span.headline.form if span.headline else ''} {span.opening.name}"


def _unless_listed(flow: Flow, spans: list[Span]) -> list[Span]:
    """The spans but for those that stand one after the other: a list of briefs is the page's own.

    Where most spans go with such lists, the page is a round-up, a live blog or a log, and the rest is its own too.
    """
    lists: list[list[Span]] = []
    for span in spans:
        if lists and not any(flow.is_prose(place) for place in range(lists[-1][-1].last + 1, span.first)):
            lists[-1].append(span)
        else:
            lists.append([span])
    single = [span for run in lists if len(run) <= _MAX_RUN for span in run]
    return single if len(single) * 2 >= len(spans) else []


def _says_something(flow: Flow, span: Span) -> bool:
    """There is a text beside headline and stamp: a byline or a time by itself is no brief."""
    text = "".join(flow.texts[place][start:end] for place, (start, end) in _pieces(flow, span))
    return len(text) * (2 if is_wide(text) else 1) >= _MIN_TEXT


def _pieces(flow: Flow, span: Span) -> list[tuple[int, tuple[int, int]]]:
    """By place, where the brief's own text begins and ends: without headline, kicker and stamp."""
    pieces = []
    for place in range(span.first, span.last + 1):
        start, end = 0, len(flow.texts[place])
        if place == span.first and span.headline is not None:
            start = span.headline.body
        if place == span.last and span.stamp is not None:
            end = max(start, span.stamp.start)
        pieces.append((place, (start, end)))
    return pieces


def _record(flow: Flow, span: Span, vocabulary: Vocabulary) -> FlashSpan:
    pieces = _pieces(flow, span)
    headline = None
    if span.headline is not None and span.headline.end:
        headline = (span.headline.start, span.headline.end)
    source = span.opening.source
    if source is None:
        source = name_source(" ".join(flow.texts[place] for place, _ in pieces), vocabulary)
    return FlashSpan(
        blocks=tuple(flow.blocks[place] for place, _ in pieces),
        headline=headline,
        text=tuple(piece for _, piece in pieces),
        published=span.stamp.published if span.stamp else None,
        source=source,
        confidence=1 / (1 + exp(-span.score)),
    )
