"""Finds the headline on the page: the title that the head gives, or the line that looks like one."""

from __future__ import annotations

import re
from itertools import islice
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.bylines import HEADLINES, MAX_HEADLINE, is_dated
from declutter.classify.boilerplate.forms import ends_sentence, is_prose, is_stamp, size
from declutter.model import Label
from declutter.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from declutter.classify.boilerplate.page import Page
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

MAX_HEADER: Final = 25  # blocks in an article's header
_TOKEN: Final = re.compile(r"_[^\s_]{1,24}$")
"""What some portals append to their headlines, though not to the title in the page's head."""
_MIN_KEY: Final = 4  # letters of a title that is searched for
_INITIALS: Final = frozenset(ascii_letters + digits)  # first characters that rule most texts out as the title
_MAX_LONGER: Final = 1.6  # maximum length of a heading that contains the title, in lengths of the title
_MIN_SHARE: Final = 0.6  # share of the title's letters that a block must have to be the headline
_MIN_HEADLINE: Final = 16  # sizes, see `size`
_MAX_BYLINES: Final = 3  # lines between a headline and the date below it
_MAX_APART: Final = 3  # levels above headline and byline within which they must share an element
_BYLINES: Final = ("author", "credit", "published", "updated")


def find_titles(page: Page, first: int, past: int) -> tuple[int, ...]:
    """The blocks that show the headline, in page order. first, past: the extent of the essay."""
    titles = _titles(page.outline, page.title, first, past)
    if any(_is_headline(page.outline, number) for number in titles):
        return titles
    return _announced(page.outline, page.cues, first) or titles


def claim_titles(page: Page, labels: list[Label]) -> None:
    """Label the blocks that show the headline as title."""
    for number in page.places.titles:
        labels[number] = Label.TITLE


def _is_headline(outline: Outline, number: int) -> bool:
    """Whether it is a heading or longer than a word or two, which name the site, as a page's title may too."""
    return outline.tags[outline.owners[number]] in {"h1", "h2", "h3"} or size(outline.texts[number]) >= _MIN_HEADLINE


def _titles(outline: Outline, title: str | None, first: int, past: int) -> tuple[int, ...]:
    """The blocks that show the page's title; if there are none, the heading nearest above the essay."""
    tags = outline.tags
    headings = {number: tags[owner] for number, owner in enumerate(outline.owners) if tags[owner] in HEADLINES}
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
    past = min(first + MAX_HEADER, len(texts))
    below = next((number for number in range(first, past) if is_prose(texts[number])), past)
    for number in range(below - 1, max(first - MAX_HEADER, 0) - 1, -1):
        dated = is_dated(outline, number)
        if not dated and not cues.says(number, *_BYLINES):
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
    return size(text) >= _MIN_HEADLINE and len(text) <= MAX_HEADLINE and not ends_sentence(text)


def _above(numbers: list[int], first: int) -> list[int]:
    """The numbers up to the essay's first block; if there are none, the first number."""
    return [number for number in numbers if number <= first] or numbers[:1]
