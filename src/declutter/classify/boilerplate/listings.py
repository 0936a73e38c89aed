"""Lists as the content of a page: headlines if it has no text of its own, and goods with prices."""

from __future__ import annotations

from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from declutter.classify.boilerplate.cards import calls_of, is_headline
from declutter.classify.boilerplate.evidence import CHROME
from declutter.classify.boilerplate.forms import MIN_PROSE_SIZE, holds_price, size
from declutter.classify.boilerplate.regions import unnumbered
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.cards import Card, Surroundings
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.outline import Outline

    _Way: TypeAlias = tuple[tuple[str, str], tuple[str, str]]

_BODY: Final = Label.BODY  # see Label

_MIN_HEADLINES: Final = 4
_MIN_GOODS: Final = 6
"""Minimum number of goods. A page for a single product recommends up to five others in a row."""
_MAX_TEXT: Final = 600
"""Letters of text outside cards, up to which a page may be a list of goods: a paragraph or two of introduction."""
_MIN_VERSE: Final = 100
"""Letters of short lines in one element that make them a text, such as a poem."""
_MAX_BLOCKS: Final = 6
_MAX_LEVELS: Final = 4
_MENU: Final = 2.0
"""Log-odds for menus and footers: at least one class name that says so."""
_LISTED: Final = frozenset({Label.RELATED, Label.CHROME, Label.META, Label.PROMO})


def claim_listing(about: Surroundings, labels: list[Label]) -> None:
    """Add headlines to the essay if there is no other text, and names and prices of goods if there is little."""
    regions, outline = about.regions, about.outline
    text = _text_outside(outline, about.cards, labels)
    if text > _MAX_TEXT:
        return
    lists = _goods(regions, about.page.shapes)
    if not text:
        lists += _headlines(outline, labels)
    for number in (number for listed in lists for number in listed):
        owner = outline.owners[number]
        if labels[number] not in _LISTED or regions.scores[owner][CHROME] >= _MENU:
            continue
        if not about.set_aside(number, owner):
            labels[number] = _BODY


def _text_outside(outline: Outline, cards: Sequence[Card], labels: list[Label]) -> int:
    """Letters of running text and verse in the essay outside cards, counted up to just over _MAX_TEXT."""
    within = {number for card in cards for number in range(card.start, card.end)}
    total, verse, verses_in = 0, 0, -1
    for number, label in enumerate(labels):
        if label is not _BODY or number in within or 2 * outline.linked[number] >= len(outline.texts[number]):
            continue
        letters = size(outline.texts[number])
        if letters < MIN_PROSE_SIZE:  # the lines of a poem share an element
            verse = letters + (verse if verses_in == outline.owners[number] else 0)
            verses_in = outline.owners[number]
            letters = verse if verse >= _MIN_VERSE else 0
        total += letters
        if total > _MAX_TEXT:
            break
    return total


def _headlines(outline: Outline, labels: list[Label]) -> list[list[int]]:
    """Lists of headlines, grouped by the tags and names of their elements."""
    calls = calls_of(outline)
    alike: dict[_Way, list[int]] = defaultdict(list)
    for number, label in enumerate(labels):
        if label in _LISTED and is_headline(outline, number) and outline.texts[number] not in calls:
            alike[_way(outline, outline.owners[number])].append(number)
    return [listed for listed in alike.values() if len(listed) >= _MIN_HEADLINES]


def _goods(regions: Regions, shapes: Shapes) -> list[list[int]]:
    """Lists of goods (names and prices), grouped by tags and names of elements, without prices in purchase links."""
    outline = regions.outline
    alike: dict[_Way, dict[int, list[int]]] = defaultdict(dict)
    for number in sorted(shapes.priced):
        if not holds_price(outline.texts[number]):
            continue
        for element in islice(outline.ancestors(outline.owners[number]), _MAX_LEVELS):
            first, past = regions.first[element], regions.past[element]
            if past - first > _MAX_BLOCKS:
                break
            name = next((other for other in range(first, number) if outline.linked[other]), None)
            if name is not None:
                found = [name] if outline.linked[number] else [name, number]
                alike[_way(outline, element)].setdefault(element, found)
                break
    return [
        [number for found in goods.values() for number in found] for goods in alike.values() if len(goods) >= _MIN_GOODS
    ]


def _way(outline: Outline, element: int) -> _Way:
    """Tag and name of an element and of its parent, without digits in the names."""
    parent = outline.parents[element]
    return (
        (outline.tags[element], unnumbered(outline.names[element])),
        (outline.tags[parent], unnumbered(outline.names[parent])),
    )
