"""A block's text and spans as nested markup, which every writer can walk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.model import Span, SpanKind
from declutter.write.safety import clean, safe_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Block

# Of two spans over the same text the one named first goes outside: `[**x**](u)` parses beside letters, `**[x](u)**`
# does not.
_ORDER: Final = {
    kind: place
    for place, kind in enumerate(
        (
            SpanKind.LINK,
            SpanKind.DELETED,
            SpanKind.STRONG,
            SpanKind.EMPHASIS,
            SpanKind.SUB,
            SpanKind.SUP,
            SpanKind.CODE,
            SpanKind.FORMULA,
        )
    )
}


class Markup(msgspec.Struct):
    """Inline markup around its children; an image has none. `target` is safe to follow, "" where there is none."""

    kind: SpanKind
    span: Span
    target: str
    children: list[Inline]


Inline: TypeAlias = str | Markup


def nest(block: Block) -> list[Inline]:
    """The block's text as a tree: spans that overlap are cut, neighbours of one kind joined, unsafe links left out."""
    text = clean(block.text)
    if not block.spans:
        return [text] if text else []
    size = len(text)
    covering = _covering(block.spans, size)
    images: dict[int, list[Span]] = {}
    for span in block.spans:
        if span.kind is SpanKind.IMAGE and safe_address(span.target):
            images.setdefault(min(max(span.start, 0), size), []).append(span)
    cuts = sorted(
        {
            0,
            size,
            *images,
            *(span.start for span in covering),
            *(span.end for span in covering),
        }
    )
    tree: list[Inline] = []
    path: list[Markup] = []
    active: list[Span] = []
    upcoming = 0
    for place, cut in enumerate(cuts):
        active = [span for span in active if span.end > cut]
        while upcoming < len(covering) and covering[upcoming].start == cut:
            active.append(covering[upcoming])
            upcoming += 1
        here = _follow(tree, path, active)
        for image in images.get(cut, ()):
            here.append(Markup(SpanKind.IMAGE, image, safe_address(image.target) or "", []))
        if place + 1 < len(cuts):
            here.append(text[cut : cuts[place + 1]])
    return tree


def _follow(tree: list[Inline], path: list[Markup], active: list[Span]) -> list[Inline]:
    """Close and open markup until `path` is what covers the text to come; the children to append that text to."""
    common = 0
    while common < min(len(path), len(active)) and path[common].span is active[common]:
        common += 1
    del path[common:]
    for span in active[common:]:
        markup = Markup(span.kind, span, span.target or "", [])
        (path[-1].children if path else tree).append(markup)
        path.append(markup)
    return path[-1].children if path else tree


def _covering(spans: Sequence[Span], size: int) -> list[Span]:
    """The spans that cover text, outermost first; those of one kind made disjoint.

    That bounds the nesting by the number of kinds, however deep a page nests its <b>.
    """
    by_kind: dict[SpanKind, list[Span]] = {}
    for span in sorted(spans, key=_place):
        start, end = max(span.start, 0), min(span.end, size)
        if start >= end or span.kind is SpanKind.IMAGE:
            continue
        earlier = by_kind.setdefault(span.kind, [])
        last = earlier[-1] if earlier else None
        if span.kind in (SpanKind.LINK, SpanKind.FORMULA):
            target = safe_address(span.target) if span.kind is SpanKind.LINK else span.target
            if target and not (last and start < last.end):
                earlier.append(Span(start, end, span.kind, target))
        elif last and start <= last.end:
            earlier[-1] = Span(last.start, max(end, last.end), span.kind)
        else:
            earlier.append(Span(start, end, span.kind))
    return sorted((span for kind in by_kind.values() for span in kind), key=_place)


def _place(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _ORDER.get(span.kind, len(_ORDER))
