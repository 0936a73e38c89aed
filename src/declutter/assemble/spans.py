"""A block's inline markup: links and pictures with their URLs, formulas as TeX, footnote references."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from declutter.model import Kind, Span, SpanKind
from declutter.notes import fragment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from declutter.notes import Note
    from declutter.outline import Mark

_LINK: Final = SpanKind.LINK
_IMAGE: Final = SpanKind.IMAGE  # see Label

_WAYS_BACK: Final = frozenset({"↩", "↩︎", "↩️", "↑", "⇑", "^", "⤴", "⤴︎", "↵", "⏎", "⬆", "▲"})
_PERMALINKS: Final = frozenset({"#", "##", "¶", "§", "🔗", "⚓", "∞", "link", "anchor", "permalink"})
_UNSEEN: Final = "\u200b\u200c\u200d\u2060\ufeff"
"""Zero-width text of a permalink whose symbol is drawn by CSS."""
_SIGNS: Final = frozenset({"#", "¶", "§", "🔗"})
_MAX_NUMBER_OF_NOTE: Final = 6
_MAX_PERMALINK: Final = 10
_MAX_WAY_BACK: Final = 2


def make_spans(
    text: str, kind: Kind, marks: Sequence[Mark], base: str | None, notes: Mapping[str, Note] | None = None
) -> tuple[Span, ...]:
    """The spans of a block's markup; `base` makes URLs absolute.

    notes: the page's footnotes by id. Given for the essay's blocks, to recognise footnote references and in-page
    navigation.
    """
    spans: list[Span] = []
    for mark in marks:
        start, end, kind_of_mark, target = mark.start, mark.end, mark.kind, mark.target
        if kind_of_mark is _LINK:
            if not target:
                continue
            if notes is not None and end - start <= _MAX_PERMALINK and "#" in target:
                spans.append(
                    _in_page(text, kind, (start, end), notes.get(fragment(target)))
                    or Span(start, end, kind_of_mark, absolute(target, base))
                )
            else:
                spans.append(Span(start, end, kind_of_mark, absolute(target, base)))
        elif kind_of_mark is _IMAGE:
            spans += picture_spans(mark, base)
        else:
            spans.append(Span(start, end, kind_of_mark, target))
    return tuple(spans)


def picture_spans(mark: Mark, base: str | None) -> tuple[Span, ...]:
    """The spans of a picture, with the link around it, or of a standalone formula; () for an empty one."""
    place, picture = mark.start, mark.picture
    if picture is None:
        return (Span(place, place, SpanKind.FORMULA, mark.target),) if mark.target else ()
    target = absolute(picture.address, base)
    image = Span(place, place, _IMAGE, target, picture.alt, picture.width, picture.height)
    link = absolute(picture.link, base)
    return (Span(place, place, _LINK, link), image) if link else (image,)


def anchor_of_note(text: str, note: Note) -> Span | None:
    """The number or symbol that a footnote begins with, if the page writes it into the text."""
    found = re.match(rf"[\[(]?{re.escape(note.sign)}[\])]?[.:]?(?:\s+|$)", text)
    return Span(0, found.end(), SpanKind.ANCHOR) if found else None


def anchor_of_ways_back(text: str, spans: Sequence[Span]) -> Span | None:
    """The links with which a wiki's footnote leads back to each of its references: `^ a b The note`, as one span."""
    start = end = _skipped(text, 0)
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > end:
            break
        if span.kind is _LINK and span.start == end and span.end - end <= _MAX_WAY_BACK and "#" in (span.target or ""):
            end = _skipped(text, span.end)
    return Span(0, end, SpanKind.ANCHOR) if start < end < len(text) else None


def _skipped(text: str, at: int) -> int:
    """The position behind arrows and white space."""
    while at < len(text) and (text[at] in "^↑" or text[at].isspace()):
        at += 1
    return at


def absolute(address: str | None, base: str | None) -> str | None:
    """The URL, made absolute if it is relative and the base is known."""
    if not address or not base or address.startswith(("http://", "https://")):
        return address
    try:
        # Without white space or an empty query or fragment at its end, which `urljoin` drops, most links of a page need
        # no parsing: the same results at a twentieth of the cost.
        if address.isprintable() and address[-1] not in "?# ":
            if address[0] == "#":
                return _page(base) + address
            if address[0] == "/" and _is_plain(address) and (root := _root(base)):
                return root + address
        return urljoin(base, address)
    except ValueError:  # malformed, such as "http://["
        return address


def _is_plain(path: str) -> bool:
    """Whether `urljoin` leaves a path unchanged: no host, no dot segments, no empty parameters, query or fragment."""
    return path[1:2] != "/" and "/." not in path and ";" not in path and "?#" not in path


@lru_cache(maxsize=16)
def _page(base: str) -> str:
    """The page's URL without its fragment."""
    return urljoin(base, "#f").removesuffix("#f")


@lru_cache(maxsize=16)
def _root(base: str) -> str | None:
    """Scheme and host of the page's URL."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else None


def _in_page(text: str, kind: Kind, place: tuple[int, int], note: Note | None) -> Span | None:
    """The span of a short in-page link, if it is a footnote reference, a permalink or a back link; otherwise None."""
    start, end = place
    written = text[start:end].strip().strip(_UNSEEN)
    if note and end - start <= _MAX_NUMBER_OF_NOTE:
        return Span(start, end, SpanKind.NOTE, str(note.element))
    is_permalink = (
        written.lower() in _PERMALINKS or not written if kind is Kind.HEADING else written in _SIGNS and written == text
    )
    if not is_permalink and written not in _WAYS_BACK:
        return None
    if end == len(text):  # includes the white space before it
        start = len(text[:start].rstrip())
    return Span(start, end, SpanKind.ANCHOR)
