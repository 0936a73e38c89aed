"""Finds where the article begins: its headline, and the zones before, around and after the essay."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.bylines import MAX_BELOW
from declutter.classify.boilerplate.evidence import CRUMB
from declutter.classify.boilerplate.forms import MAX_MENU_PIECE, MIN_MENU_PIECES, is_crumb
from declutter.classify.boilerplate.titles import MAX_HEADER, find_titles
from declutter.model import Label, SpanKind

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page
    from declutter.classify.boilerplate.regions import Regions

_LINK: Final = SpanKind.LINK  # see Label

_MAX_LEVELS: Final = 4  # levels above the headline within which the header's element is searched
_MAX_AFTER: Final = 12  # blocks after the essay that may name author and source
_BANNERS: Final = frozenset({"header", "nav"})
_MAX_BANNER_LEVELS: Final = 6
_MIN_BANNER_LINKS: Final = 3  # fewer may be the article's category and author
_ROOTS: Final = frozenset({"body", "html"})

FAR: Final = 0.5
"""Nearness up to which words for author, time and source are probably not the article's own."""


class Places:
    """The position of the article, in block numbers.

    titles: the headlines. title: the one nearest above the essay; None without one. first, past: the essay's first
    and past-the-last block (both 0 without one). header, header_past: the article's header, beside the headline or
    between it and the essay.
    """

    __slots__ = ("first", "header", "header_past", "past", "title", "titles")

    def __init__(self, titles: tuple[int, ...], first: int, past: int) -> None:
        self.titles = titles
        self.title = next((title for title in reversed(titles) if title <= first), titles[0] if titles else None)
        self.first, self.past = first, past
        self.set_header(self.title or 0)

    def set_header(self, header: int) -> None:
        """Set the beginning of the article's header."""
        self.header = header
        self.header_past = 0
        if self.title is not None:
            above = min(self.first, self.title + MAX_HEADER + 1)
            self.header_past = max(above, min(self.title + MAX_BELOW + 1, self.past))

    def nearness(self, number: int) -> float:
        """The weight, 0 to 1, of words for author, time and source in this block: are they the article's own?"""
        if self.header <= number < self.header_past:
            return 1.0
        if number < self.first:
            return FAR
        return 0.9 if number < self.past + _MAX_AFTER else 0.3


NOWHERE: Final = Places((), 0, 0)
"""Before they are found."""


def find_places(page: Page, labels: list[Label]) -> Places:
    """The headlines, and the extent of the essay."""
    first, past = _span(labels)
    return Places(find_titles(page, first, past), first, past)


def _span(labels: list[Label]) -> tuple[int, int]:
    if Label.BODY not in labels:
        return 0, 0
    return labels.index(Label.BODY), len(labels) - labels[::-1].index(Label.BODY)


def place_header(regions: Regions, places: Places, labels: list[Label]) -> Places:
    """The places for the current labels; the header is the small element around the headline."""
    first, past = _span(labels)
    placed = Places(places.titles, first, past) if past else places
    title = placed.title
    if title is None:
        return placed
    start, outline = title, regions.outline
    for element in islice(outline.ancestors(outline.parents[outline.owners[title]]), _MAX_LEVELS):
        if outline.tags[element] in _ROOTS or title - regions.first[element] > MAX_HEADER // 2:
            break
        if regions.past[element] - regions.first[element] > MAX_HEADER and regions.past[element] <= placed.first:
            break
        start = regions.first[element]
    menus = [
        number for number in range(start, title) if _is_menu(regions, number) or _is_banner(regions, number, title)
    ]
    placed.set_header(menus[-1] + 1 if menus else start)
    return placed


def _is_menu(regions: Regions, number: int) -> bool:
    """Whether it is a menu in one line: consecutive links to sections, but not a breadcrumb."""
    outline = regions.outline
    if not 0 < regions.anchors[number] <= MAX_MENU_PIECE or is_crumb(outline.texts[number], min_pieces=2):
        return False
    return sum([mark.kind is _LINK for mark in outline.marks[number]]) >= MIN_MENU_PIECES


def _is_banner(regions: Regions, number: int, title: int) -> bool:
    """Whether a block is in a <header> or <nav> of several links that ends above the headline: the site's own."""
    outline = regions.outline
    for element in islice(outline.ancestors(outline.owners[number]), _MAX_BANNER_LEVELS):
        if regions.past[element] > title:
            return False
        if outline.tags[element] in _BANNERS and not regions.scores[element][CRUMB]:
            held = range(regions.first[element], regions.past[element])
            links = sum(mark.kind is _LINK for other in held for mark in outline.marks[other])
            return links >= _MIN_BANNER_LINKS
    return False
