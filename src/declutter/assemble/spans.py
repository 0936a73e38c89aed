"""A block's inline markup: links and pictures with their addresses, formulas as TeX, references to footnotes."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from declutter.assemble.formulas import before_preview, past_repeat, pictured_formula, read_formula
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
# What stays as it is behind the host: no dot segments, no empty query or fragment.
_PLAIN_PATH: Final = re.compile(r"(?:/(?!\.)[\w%~!$&'()*+,=:@.-]*)+(?:\?[\w%/&=+.,:-]+)?(?:#[\w-]+)?", re.ASCII)
_MAX_NUMBER_OF_NOTE: Final = 6
_MAX_PERMALINK: Final = 10
# Texts and gaps looked through in a link around a picture.
_MAX_TEXTS: Final = 50


def make_spans(
    text: str, kind: Kind, marks: Sequence[Mark], base: str | None, notes: Mapping[str, Note] | None = None
) -> tuple[Span, ...]:
    """The spans of a block's markup; `base` makes addresses absolute.

    notes: the page's footnotes by their ids; given for the essay's blocks, where links to notes and links that only
    lead about the page are told from others.
    """
    spans: list[Span] = []
    for start, end, mark, element in marks:
        if mark is SpanKind.LINK:
            href = element.get("href")
            if not href:
                continue
            if notes is not None and end - start <= _MAX_PERMALINK and "#" in href:
                spans.append(
                    _in_page(text, kind, (start, end), notes.get(href[1:]))
                    or Span(start, end, mark, absolute(href, base))
                )
            else:
                spans.append(Span(start, end, mark, absolute(href, base)))
        elif mark is SpanKind.IMAGE:
            tex = pictured_formula(element)
            formula = (Span(start, start, SpanKind.FORMULA, tex),) if tex else ()
            spans += formula or picture_spans(element, base, place=start)
        elif mark is SpanKind.FORMULA:
            if element.tag == "script":
                spans.append(Span(before_preview(element, text, start), end, mark, read_formula(element)))
            else:
                spans.append(Span(start, past_repeat(element, text, end), mark, read_formula(element)))
        else:
            spans.append(Span(start, end, mark))
    return tuple(spans)


def picture_spans(element: _Element, base: str | None, *, place: int = 0) -> tuple[Span, ...]:
    """The spans of a picture at a place of the text; () for those that show nothing of their own (icons, trackers).

    So are a formula's that stands alone in MathJax's script or in MathML without text.
    """
    if element.tag in ("script", "math"):
        tex = read_formula(element)
        return (Span(place, place, SpanKind.FORMULA, tex),) if tex else ()
    picture = read_picture(element)
    target = absolute(picture.address, base) if picture else None
    if picture is None or target is None:
        return ()
    image = Span(place, place, SpanKind.IMAGE, target, picture.alt, picture.width, picture.height)
    link = absolute(_link_around(element), base)
    return (Span(place, place, SpanKind.LINK, link), image) if link else (image,)


def anchor_of_note(text: str, note: Note) -> Span | None:
    """The number or sign that a footnote begins with, where the page writes one into its text."""
    found = re.match(rf"[\[(]?{re.escape(note.sign)}[\])]?[.:]?(?:\s+|$)", text)
    return Span(0, found.end(), SpanKind.ANCHOR) if found else None


def absolute(address: str | None, base: str | None) -> str | None:
    """The address, made absolute where it is relative and the page's own is known."""
    if not address or not base or address.startswith(("http://", "https://")):
        return address
    try:
        if address[0] == "/" and address[1:2] != "/" and _PLAIN_PATH.fullmatch(address) and (root := _root(base)):
            return root + address  # as below, at a twentieth of the cost; most links of a page are such
        return urljoin(base, address)
    except ValueError:  # "http://[" and the like
        return address


@lru_cache(maxsize=16)
def _root(base: str) -> str | None:
    """Scheme and host of the page's address."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None


def _in_page(text: str, kind: Kind, place: tuple[int, int], note: Note | None) -> Span | None:
    """The span of a short link within the page, where it is a footnote's reference or only leads about; else None."""
    start, end = place
    written = text[start:end].strip()
    if note and end - start <= _MAX_NUMBER_OF_NOTE:
        return Span(start, end, SpanKind.NOTE, str(note.element))
    is_permalink = (kind is Kind.HEADING and written.lower() in _PERMALINKS) or (written in _SIGNS and written == text)
    if not is_permalink and written not in _WAYS_BACK:
        return None
    if end == len(text):  # with the white space that parts it from the text
        start = len(text[:start].rstrip())
    return Span(start, end, SpanKind.ANCHOR)


def _link_around(element: _Element) -> str | None:
    """Where the link leads that holds the image and no text."""
    parent = element.getparent()
    while parent is not None and parent.tag in ("picture", "source", "span", "amp-img"):
        parent = parent.getparent()
    if parent is None or parent.tag != "a" or any(str(text).strip() for text in islice(parent.itertext(), _MAX_TEXTS)):
        return None
    return parent.get("href")
