"""Finds where the article begins: its headline, and the zones before, around and after the essay."""

from __future__ import annotations

import re
from itertools import islice
from string import ascii_letters, digits
from typing import TYPE_CHECKING

from declutter.classify.boilerplate.evidence import CRUMB
from declutter.classify.boilerplate.forms import (
    MAX_MENU_PIECE,
    MIN_MENU_PIECES,
    ends_sentence,
    holds_date,
    is_crumb,
    is_prose,
    is_stamp,
    size,
)
from declutter.classify.boilerplate.regions import Regions
from declutter.classify.cues import LABEL_OF, CueReader
from declutter.model import Kind, Label, SpanKind
from declutter.outline import Outline
from declutter.signed import signed_by
from declutter.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from declutter.vocabulary import Cue

_LINK = SpanKind.LINK  # see Label
_TOKEN = re.compile(r"_[^\s_]{1,24}$")
"""What some portals append to their headlines, though not to the title in the page's head."""
_MIN_KEY = 4  # letters of a title that is searched for
_INITIALS = frozenset(ascii_letters + digits)  # first characters that rule most texts out as the title
_MAX_LONGER = 1.6  # maximum length of a heading that contains the title, in lengths of the title
_NAMES = re.compile(r"(?=.{5,48}$)[^\W\d_a-z]\S+(?:\s(?:[^\W\d_a-z]\S*|[a-z]{1,3}|[&,])){1,5}")
"""Some capitalised words, with short words between them: the form of names of people and newsrooms."""


_MAX_HEADER = 25  # blocks in an article's header
_MAX_LEVELS = 4  # levels above the headline within which the header's element is searched
_MAX_BELOW = 6  # blocks after the headline that may belong to the header if the essay begins at once
_MAX_AFTER = 12  # blocks after the essay that may name author and source
_MIN_SHARE = 0.6  # share of the title's letters that a block must have to be the headline
_BANNERS = frozenset({"header", "nav"})
_MAX_BANNER_LEVELS = 6
_MIN_BANNER_LINKS = 3  # fewer may be the article's category and author
_ROOTS = frozenset({"body", "html"})
_HEADLINES = frozenset({"h1", "h2"})
_MIN_HEADLINE = 16  # sizes, see `size`
_MAX_HEADLINE = 200
_MAX_BYLINES = 3  # lines between a headline and the date below it
_MAX_APART = 3  # levels above headline and byline within which they must share an element
_MAX_BYLINE = 64  # characters
_BYLINES = frozenset({"author", "credit", "published", "updated"})


FAR = 0.5
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
            above = min(self.first, self.title + _MAX_HEADER + 1)
            self.header_past = max(above, min(self.title + _MAX_BELOW + 1, self.past))

    def nearness(self, number: int) -> float:
        """The weight, 0 to 1, of words for author, time and source in this block: are they the article's own?"""
        if self.header <= number < self.header_past:
            return 1.0
        if number < self.first:
            return FAR
        return 0.9 if number < self.past + _MAX_AFTER else 0.3


def find_places(outline: Outline, cues: CueReader, labels: list[Label], title: str | None) -> Places:
    """The headlines, and the extent of the essay."""
    first, past = _span(labels)
    titles = _titles(outline, title, first, past)
    if not any(_is_headline(outline, number) for number in titles):
        titles = _announced(outline, cues, first) or titles
    return Places(titles, first, past)


def _is_headline(outline: Outline, number: int) -> bool:
    """Whether it is a heading or longer than a word or two, which name the site, as a page's title may too."""
    return outline.tags[outline.owners[number]] in {"h1", "h2", "h3"} or size(outline.texts[number]) >= _MIN_HEADLINE


def _span(labels: list[Label]) -> tuple[int, int]:
    if Label.BODY not in labels:
        return 0, 0
    return labels.index(Label.BODY), len(labels) - labels[::-1].index(Label.BODY)


def claim_above(outline: Outline, places: Places, labels: list[Label]) -> None:
    """Remove short lines above the headline from the essay; if it is no <h1> or <h2>, only if they are all there is."""
    title = places.title
    if title is None:
        return
    above = range(places.first, title)
    short = [number for number in above if not is_prose(outline.texts[number])]
    if len(short) < len(above) and outline.tags[outline.owners[title]] not in _HEADLINES:
        return
    for number in short:
        if labels[number] is Label.BODY:
            labels[number] = Label.CHROME


def claim_below(outline: Outline, cues: CueReader, places: Places, labels: list[Label]) -> None:
    """Label byline and time below the headline as meta, and a repetition of the headline as title."""
    title = places.title
    if title is None:
        return
    texts = outline.texts
    key = key_of(texts[title])
    _claim_byline(outline, places, labels)
    for number in outline.deadline.watch(range(title + 1, len(texts))):
        if labels[number] is Label.BODY:
            if len(texts[number]) <= _MAX_HEADLINE and key_of(texts[number]) == key:
                labels[number] = Label.TITLE
                continue
            # The author's post may be between name and date: `By Jane Roe`, `Staff reporter`, `May 3, 2024`.
            is_post = (
                any(cue.section == "author" for cue in cues[number - 1])
                and number + 1 < len(texts)
                and is_stamp(texts[number + 1])
            )
            if is_prose(texts[number]) or not (is_post or is_about(texts[number], cues[number])):
                break
            labels[number] = Label.META


def is_about(text: str, cues: Sequence[Cue]) -> bool:
    """Whether a line says when or by whom the article was written."""
    return (
        is_stamp(text)
        or any(LABEL_OF[cue.section] is Label.META for cue in cues)
        or holds_date(text)
        or signed_by(text) is not None
    )


def _claim_byline(outline: Outline, places: Places, labels: list[Label]) -> None:
    """Label a byline and date below the lead, and a name directly above a date, as meta."""
    texts = outline.texts
    start = (places.title or 0) + 1
    for number in range(start, min(start + _MAX_BELOW, len(texts) - 1)):
        if labels[number] is Label.BODY:
            if number > start and is_prose(texts[number - 1]) and _is_dated(outline, number):
                labels[number] = Label.META
            elif _NAMES.fullmatch(texts[number]) and _opens_with_date(texts[number + 1]):
                labels[number] = Label.META
                if labels[number + 1] is Label.BODY:
                    labels[number + 1] = Label.META
            elif number > start and is_prose(texts[number]):
                break  # the lead is one paragraph


def _opens_with_date(text: str) -> bool:
    """Whether it is a date, possibly followed by counts: `3 May 2024 | 5 min read`."""
    return is_stamp(text) or (text[0].isdigit() and holds_date(text))


def _is_dated(outline: Outline, number: int) -> bool:
    """Whether it is a short line with a date, but neither a sentence nor a heading."""
    text = outline.texts[number]
    if len(text) > _MAX_BYLINE or ends_sentence(text) or outline.kinds[outline.owners[number]] is Kind.HEADING:
        return False
    return holds_date(text)


def place_header(regions: Regions, places: Places, labels: list[Label]) -> Places:
    """The places for the current labels; the header is the small element around the headline."""
    first, past = _span(labels)
    placed = Places(places.titles, first, past) if past else places
    title = placed.title
    if title is None:
        return placed
    start, outline = title, regions.outline
    for element in islice(outline.ancestors(outline.parents[outline.owners[title]]), _MAX_LEVELS):
        if outline.tags[element] in _ROOTS or title - regions.first[element] > _MAX_HEADER // 2:
            break
        if regions.past[element] - regions.first[element] > _MAX_HEADER and regions.past[element] <= placed.first:
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


def _titles(outline: Outline, title: str | None, first: int, past: int) -> tuple[int, ...]:
    """The blocks that show the page's title; if there are none, the heading nearest above the essay."""
    tags = outline.tags
    headings = {number: tags[owner] for number, owner in enumerate(outline.owners) if tags[owner] in _HEADLINES}
    exact, near = _sayings(outline, title, headings, past or len(outline.texts)) if title else ([], [])
    if exact or near:
        high = _above([number for number in exact if tags[outline.owners[number]] in {"h1", "h2", "h3"}], first)
        found = {*(high or _above(exact, first)), *(number for number in near if headings.get(number) == "h1")}
        return tuple(sorted(found)) if exact else tuple(_above(near, first))
    h1 = [number for number, tag in headings.items() if tag == "h1"]
    above = [number for number in h1 if number <= first] or h1 or [number for number in headings if number <= first]
    return (above[-1],) if above else ()


def _sayings(outline: Outline, title: str, headings: Mapping[int, str], past: int) -> tuple[list[int], list[int]]:
    """The blocks before `past` that show the whole title, and those that show a part of it, or more."""
    exact: list[int] = []
    near: list[int] = []
    key = key_of(title)
    if len(key) < _MIN_KEY:
        return exact, near
    longest = 2 * len(title) + 20
    others = _INITIALS - {key[0], key[0].upper()}
    texts = enumerate(outline.deadline.watch(outline.texts[:past]))
    for number, text in [(number, text) for number, text in texts if text[0] not in others or number in headings]:
        is_heading = number in headings
        if len(text) > longest or (text[0].isalnum() and text[0].casefold() != key[0] and not is_heading):
            continue
        mine = key_of(text)
        if mine == key or ("_" in text and key_of(_TOKEN.sub("", text)) == key):
            exact.append(number)
        elif len(mine) < _MIN_KEY:
            continue
        elif (is_heading and (mine in key or (key in mine and len(mine) < _MAX_LONGER * len(key)))) or (
            key.startswith(mine) and len(mine) > max(2 * _MIN_KEY, _MIN_SHARE * len(key))
        ):
            near.append(number)
    return exact, near


def _announced(outline: Outline, cues: CueReader, first: int) -> tuple[int, ...]:
    """The line directly above byline and time, for pages where neither a heading nor the head gives the headline.

    The line below a time, if nothing above the time looks like a headline.
    """
    texts = outline.texts
    # The headline, and lines above it, may have been taken for the first lines of the essay.
    past = min(first + _MAX_HEADER, len(texts))
    below = next((number for number in range(first, past) if is_prose(texts[number])), past)
    for number in range(below - 1, max(first - _MAX_HEADER, 0) - 1, -1):
        dated = _is_dated(outline, number)
        if not dated and not any(cue.section in _BYLINES for cue in cues[number]):
            continue
        around = set(islice(outline.ancestors(outline.owners[number]), _MAX_APART))
        for above in range(number - 1, max(number - _MAX_BYLINES, 0) - 1, -1):
            if outline.linked[above] or cues[above] or is_stamp(texts[above]):
                continue
            if around.isdisjoint(islice(outline.ancestors(outline.owners[above]), _MAX_APART)):
                break
            if _like_headline(texts[above]):
                return (above,)
            break
        if dated and number + 1 < below and not cues[number + 1] and not outline.linked[number + 1]:
            return (number + 1,) if _like_headline(texts[number + 1]) else ()
    return ()


def _like_headline(text: str) -> bool:
    return size(text) >= _MIN_HEADLINE and len(text) <= _MAX_HEADLINE and not ends_sentence(text)


def _above(numbers: list[int], first: int) -> list[int]:
    """The numbers up to the essay's first block; if there are none, the first number."""
    return [number for number in numbers if number <= first] or numbers[:1]
