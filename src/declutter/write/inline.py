"""A block's text and spans as a tree of markup, shared by all writers."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.model import Span, SpanKind
from declutter.write.safety import clean, safe_address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from declutter.model import Block

# Nesting of spans over the same text, outermost first: `[**x**](u)` parses next to letters, `**[x](u)**` does not.
_ORDER: Final = {
    kind: place
    for place, kind in enumerate(
        (
            SpanKind.LINK,
            SpanKind.NOTE,
            SpanKind.DELETED,
            SpanKind.STRONG,
            SpanKind.EMPHASIS,
            SpanKind.SUB,
            SpanKind.SUP,
            SpanKind.CODE,
        )
    )
}
_LEAVES: Final = frozenset({SpanKind.IMAGE, SpanKind.FORMULA})
_ADDRESSED: Final = frozenset({SpanKind.LINK, SpanKind.NOTE})


class Markup(msgspec.Struct, gc=False):
    """Inline markup with its children; an image has none.

    target: the URL of a link or image, safe to follow; a formula's TeX; a reference's footnote number; otherwise "".
    """

    kind: SpanKind
    span: Span
    target: str
    children: list[Inline]


Inline: TypeAlias = str | Markup


def plain(children: Sequence[Inline]) -> str:
    """The text without markup."""
    return "".join(child if isinstance(child, str) else plain(child.children) for child in children)


def nest(block: Block, notes: Mapping[str, int]) -> list[Inline]:
    """The block's text as a tree: overlapping spans are cut, adjacent ones of a kind joined, unsafe links left out.

    Anchors are left out with their text.

    notes: the numbers of the footnotes, by the keys of their frames.
    """
    text = clean(block.text)
    if not block.spans:
        return [text] if text else []
    formulas = _formulas(block.spans, len(text))
    covering = _covering(block.spans, formulas, notes, len(text))
    leaves = _leaves(block.spans, formulas, text)
    cuts = sorted(
        {0, len(text), *leaves, *(edge for span in (*covering, *formulas) for edge in (span.start, span.end))}
    )
    opaque = {formula.start for formula in formulas if formula.start < formula.end}
    tree: list[Inline] = []
    path: list[Markup] = []
    active: list[Span] = []
    upcoming = 0
    for place, cut in enumerate(cuts):
        active = [span for span in active if span.end > cut]
        while upcoming < len(covering) and covering[upcoming].start == cut:
            _activate(active, covering[upcoming])
            upcoming += 1
        if any(span.kind is SpanKind.ANCHOR for span in active):
            continue
        for leaf in leaves.get(cut, ()):
            if cut not in opaque and text[cut : cut + 1] == " ":
                _follow(tree, path, active).append(" ")  # the text has one space for those on both sides
            # Code holds text only, so an image or formula inside splits it.
            around = [span for span in active if span.kind is not SpanKind.CODE]
            is_linked = leaf.kind is SpanKind.LINK and any(span.kind is SpanKind.LINK for span in around)
            _follow(tree, path, around).extend(leaf.children if is_linked else [leaf])
        if place + 1 < len(cuts) and cut not in opaque:
            _follow(tree, path, active).append(text[cut : cuts[place + 1]])
    return tree


def _activate(active: list[Span], span: Span) -> None:
    """Open a span inside the open ones; a link goes outside of code, which cannot contain it."""
    code = next((place for place, other in enumerate(active) if other.kind is SpanKind.CODE), len(active))
    active.insert(code if span.kind is SpanKind.LINK else len(active), span)


def _follow(tree: list[Inline], path: list[Markup], active: list[Span]) -> list[Inline]:
    """Close and open markup until `path` covers the next text. Returns the list to append that text to."""
    common = 0
    while common < min(len(path), len(active)) and path[common].span is active[common]:
        common += 1
    del path[common:]
    for span in active[common:]:
        markup = Markup(span.kind, span, span.target or "", [])
        (path[-1].children if path else tree).append(markup)
        path.append(markup)
    return path[-1].children if path else tree


def _formulas(spans: Sequence[Span], size: int) -> list[Span]:
    """The formulas with TeX source, without overlaps."""
    found: list[Span] = []
    for span in sorted(spans, key=_place):
        start, end = max(span.start, 0), min(span.end, size)
        if span.kind is SpanKind.FORMULA and span.target and start <= end and not (found and start < found[-1].end):
            found.append(Span(start, end, SpanKind.FORMULA, clean(span.target)))
    return found


def _leaves(spans: Sequence[Span], formulas: Sequence[Span], text: str) -> dict[int, list[Markup]]:
    """Images and formulas by position; an image inside a formula comes after it.

    An empty link contains the next image.
    """
    leaves: dict[int, list[Markup]] = {}
    link: Span | None = None
    for span in spans:
        if span.kind is SpanKind.LINK and span.start == span.end:
            link = span
        if span.kind is SpanKind.IMAGE and (target := safe_address(span.target)):
            _, place = _snapped(span, formulas)
            image = Markup(SpanKind.IMAGE, span, target, [])
            around = safe_address(link.target) if link and link.start == span.start else None
            leaf = Markup(SpanKind.LINK, link, around, [image]) if link and around else image
            leaves.setdefault(min(max(place, 0), len(text)), []).append(leaf)
            link = None
    for formula in formulas:
        markup = Markup(SpanKind.FORMULA, formula, formula.target or "", [text[formula.start : formula.end]])
        leaves.setdefault(formula.start, []).append(markup)
    return leaves


def _snapped(span: Span, formulas: Sequence[Span]) -> tuple[int, int]:
    """The span's edges, moved out of formulas, which cannot be split."""
    start, end = span.start, span.end
    if formulas:
        before = formulas[bisect_right(formulas, start, key=_start) - 1]
        start = before.start if before.start < start < before.end else start
        before = formulas[bisect_right(formulas, end, key=_start) - 1]
        end = before.end if before.start < end < before.end else end
    return start, end


def _covering(spans: Sequence[Span], formulas: Sequence[Span], notes: Mapping[str, int], size: int) -> list[Span]:
    """The spans that cover text, outermost first; those of one kind do not overlap.

    This limits the nesting to the number of kinds, however deep a page nests its <b>.
    """
    by_kind: dict[SpanKind, list[Span]] = {}
    for span in sorted(spans, key=_place):
        start, end = _snapped(span, formulas)
        start, end = max(start, 0), min(end, size)
        if start >= end or span.kind in _LEAVES:
            continue
        earlier = by_kind.setdefault(span.kind, [])
        last = earlier[-1] if earlier else None
        if span.kind in _ADDRESSED:
            target = safe_address(span.target) if span.kind is SpanKind.LINK else _number(span, notes)
            if target and not (last and start < last.end):
                earlier.append(Span(start, end, span.kind, target))
        elif last and start <= last.end:
            earlier[-1] = Span(last.start, max(end, last.end), span.kind)
        else:
            earlier.append(Span(start, end, span.kind))
    return sorted((span for kind in by_kind.values() for span in kind), key=_place)


def _number(span: Span, notes: Mapping[str, int]) -> str | None:
    number = notes.get(span.target or "")
    return None if number is None else str(number)


def _start(span: Span) -> int:
    return span.start


def _place(span: Span) -> tuple[int, int, int]:
    return span.start, -span.end, _ORDER.get(span.kind, len(_ORDER))
