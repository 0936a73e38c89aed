"""A block's inline markup: links and pictures with their addresses, formulas as TeX, references to footnotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin

from declutter.assemble.formulas import past_repeat, pictured_formula, read_formula
from declutter.assemble.images import read_picture
from declutter.model import Kind, Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml.etree import _Element

    from declutter.outline import Mark
    from declutter.structure import Note

_WAYS_BACK: Final = frozenset({"↩", "↩︎", "↩️", "↑", "⇑", "^", "⤴", "⤴︎", "↵", "⏎", "⬆", "▲"})
_PERMALINKS: Final = frozenset({"#", "##", "¶", "§", "🔗", "⚓", "∞", "link", "anchor", "permalink"})
_SIGNS: Final = frozenset({"#", "¶", "§", "🔗"})
_MAX_NUMBER_OF_NOTE: Final = 6
_MAX_PERMALINK: Final = 10


def make_spans(text: str, marks: Sequence[Mark], base: str | None) -> list[Span]:
    """The spans of a block's markup; `base` makes addresses absolute."""
    spans: list[Span] = []
    for start, end, kind, element in marks:
        if kind is SpanKind.LINK:
            if target := absolute(element.get("href"), base):
                spans.append(Span(start, end, kind, target))
        elif kind is SpanKind.IMAGE:
            tex = pictured_formula(element)
            formula = (Span(start, start, SpanKind.FORMULA, tex),) if tex else ()
            spans += formula or picture_spans(element, base, place=start)
        elif kind is SpanKind.FORMULA:
            spans.append(Span(start, past_repeat(element, text, end), kind, read_formula(element)))
        else:
            spans.append(Span(start, end, kind))
    return spans


def picture_spans(element: _Element, base: str | None, *, place: int = 0) -> tuple[Span, ...]:
    """The spans of a picture at a place of the text; () for those that show nothing of their own (icons, trackers)."""
    picture = read_picture(element)
    target = absolute(picture.address, base) if picture else None
    if picture is None or target is None:
        return ()
    image = Span(place, place, SpanKind.IMAGE, target, picture.alt, picture.width, picture.height)
    link = absolute(_link_around(element), base)
    return (Span(place, place, SpanKind.LINK, link), image) if link else (image,)


def mark_notes(
    text: str, kind: Kind, marks: Sequence[Mark], spans: list[Span], notes: Mapping[str, Note]
) -> list[Span]:
    """The spans with the links to footnotes and those that only lead about the page told from others."""
    own = {(mark.start, mark.end): mark.element.get("href") or "" for mark in marks if mark.kind is SpanKind.LINK}
    told = []
    for span in spans:
        href = own.get((span.start, span.end), "") if span.kind is SpanKind.LINK else ""
        written = text[span.start : span.end] if span.end - span.start <= _MAX_PERMALINK else ""
        if not written or "#" not in href:
            told.append(span)
        elif (note := notes.get(href[1:])) and len(written) <= _MAX_NUMBER_OF_NOTE:
            told.append(Span(span.start, span.end, SpanKind.NOTE, str(note.element)))
        elif _leads_about(written.strip(), kind, is_alone=len(text) == len(written)):
            told.append(_anchor(text, span.start, span.end))
        else:
            told.append(span)
    return told


def anchor_of_note(text: str, note: Note) -> Span | None:
    """The number or sign that a footnote begins with, where the page writes one into its text."""
    found = re.match(rf"[\[(]?{re.escape(note.sign)}[\])]?[.:]?(?:\s+|$)", text)
    return Span(0, found.end(), SpanKind.ANCHOR) if found else None


def absolute(address: str | None, base: str | None) -> str | None:
    """The address, made absolute where it is relative and the page's own is known."""
    if not address or not base or address.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" and the like
        return address


def _leads_about(written: str, kind: Kind, *, is_alone: bool) -> bool:
    """A way back from a footnote, or the permalink of a heading: in it, or alone beside it."""
    return (
        written in _WAYS_BACK
        or (kind is Kind.HEADING and written.lower() in _PERMALINKS)
        or (is_alone and written in _SIGNS)
    )


def _link_around(element: _Element) -> str | None:
    """Where the link leads that holds the image and no text."""
    parent = element.getparent()
    while parent is not None and parent.tag in ("picture", "span", "amp-img"):
        parent = parent.getparent()
    if parent is None or parent.tag != "a" or any(str(text).strip() for text in parent.itertext()):
        return None
    return parent.get("href")


def _anchor(text: str, start: int, end: int) -> Span:
    """An anchor with the white space that parts it from the text."""
    if text[end:].isspace() or end == len(text):
        start -= len(text[:start]) - len(text[:start].rstrip())
    return Span(start, end, SpanKind.ANCHOR)
