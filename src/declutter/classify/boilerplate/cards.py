"""Cards: repeated small elements, each with a linked headline and a text of its own.

Beside an article they are teasers. If they hold most of the page's text they are its content (an archive, the front of
a section, search results, a directory), and their headlines belong to the essay like their texts.
"""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.boilerplate.evidence import RELATED, Vote, scores_of
from declutter.classify.boilerplate.forms import holds_date, link_share, size
from declutter.classify.boilerplate.regions import MAX_NAMED, unnumbered
from declutter.model import Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from declutter.classify.boilerplate.outside import Outside
    from declutter.classify.boilerplate.page import Page
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_MIN_CARDS: Final = 3
_MAX_BLOCKS: Final = 8
_MAX_LEVELS: Final = 4
_MAX_ABOVE: Final = 2
"""Blocks of a card above its headline: kicker, date."""
_MAX_BETWEEN: Final = 3
"""Blocks between a headline and its text: byline, date, address."""
_MIN_LINKED: Final = 0.8
_MIN_HEADLINE: Final = 16
_HIGH: Final = frozenset({"h1", "h2", "h3"})
"""Tags that make a word or two the headline of a text further below. Lower headings may be names of writers."""
_MIN_SHARE: Final = 0.5
_MIN_OWN_SHARE: Final = 0.15
_MIN_PARAGRAPHS: Final = 2
"""Minimum size of an essay beside cards, in paragraphs, with its share of all accepted text: one paragraph may just
introduce a list."""
_MIN_BEFORE: Final = 3
"""Paragraphs of an essay that precedes all cards and is most of the text."""
_ASIDES: Final = frozenset({"aside", "nav", "header", "footer"})
_CERTAIN: Final = 2.0
_UNTOLD: Final = frozenset({Label.BODY, Label.CHROME})


class Card(NamedTuple):
    """The block of a card's headline, the card's element, and its blocks: `[start, end)`."""

    headline: int
    element: int
    start: int
    end: int


class Surroundings(NamedTuple):
    """The page with its cards. scoped: by block, votes of headings above."""

    page: Page
    regions: Regions
    scoped: Mapping[int, Sequence[Vote]]
    cards: Sequence[Card]

    @property
    def outline(self) -> Outline:
        """The page's."""
        return self.page.outline

    def set_aside(self, number: int, element: int) -> bool:
        """Whether a heading above a block announces teasers, or the name of an element from `element` outwards does.

        Elements that contain the page's title are ignored: their names describe the whole page.
        """
        regions, outline, title = self.regions, self.outline, self.page.places.title
        if any(place == RELATED for _, place, _ in self.scoped.get(number, ())):
            return True
        for around in islice(outline.ancestors(outline.parents[element]), MAX_NAMED):
            if title is not None and regions.first[around] <= title < regions.past[around]:
                return False
            scores = scores_of(outline.tags[around], outline.names[around])
            if outline.tags[around] in _ASIDES or scores[RELATED] >= _CERTAIN:
                return True
        return False


def find_cards(page: Page, outside: Outside, labels: list[Label]) -> Surroundings:
    """The cards that occur at least three times and whose texts are taken for the essay."""
    regions, outline = outside.regions, page.outline
    found: dict[int, Card] = {}
    kinds: dict[int, tuple[str, str]] = {}
    calls: frozenset[str] | None = None
    for number in sorted(page.shapes.prose):
        if labels[number] not in _UNTOLD or outline.linked[number]:
            continue
        headline = _headline_above(outline, number)
        if headline is not None and calls is None:
            calls = calls_of(outline)
        element = None if headline is None or calls is None else _element_of(regions, headline, number, calls)
        if headline is not None and element is not None:
            found[headline] = Card(headline, element, regions.first[element], regions.past[element])
            kinds[headline] = outline.tags[element], unnumbered(outline.names[element])
    alike = Counter(kinds.values())
    cards = [
        card
        for headline, card in found.items()
        if alike[kinds[headline]] >= _MIN_CARDS and _BODY in labels[card.start : card.end]
    ]
    return Surroundings(page, regions, outside.scoped, cards)


def claim_cards(about: Surroundings, labels: list[Label]) -> None:
    """Label cards beside an essay as teasers; if cards hold most of the essay, add their headlines to it.

    So is their whole column if it is beside a dated article and announces other pages; without a byline or date above,
    cards below such an announcement are the page's content. A headline without a link to another page belongs to its
    text and thus to the essay, like a question to its answer.
    """
    column = _column(about, labels) if about.cards else None
    for number in column or ():
        if labels[number] in _UNTOLD:
            labels[number] = Label.RELATED
    if about.cards and column is None:
        _claim_singly(about, labels)


def _claim_singly(about: Surroundings, labels: list[Label]) -> None:
    outline, cards = about.outline, about.cards
    for card in cards:
        if _leads_nowhere(outline, card.headline):
            labels[card.headline] = _BODY
    texts = outline.texts
    body = [number for number, label in enumerate(labels) if label is _BODY]
    whole = sum([len(texts[number]) for number in body])
    within = {number for card in cards for number in range(card.start, card.end)}
    paragraphs = _paragraphs(about.page.shapes, labels, within)
    own = sum([len(texts[number]) for number in paragraphs])
    beside = [card for card in cards if about.set_aside(card.headline, card.element)]
    if len(paragraphs) >= _MIN_BEFORE and paragraphs[-1] < cards[0].start and own >= _MIN_SHARE * whole:
        beside = [card for card in cards if not _leads_nowhere(outline, card.headline)]
    if beside and len(paragraphs) >= _MIN_PARAGRAPHS and own >= _MIN_OWN_SHARE * whole:
        for card in beside:
            for number in range(card.start, card.end):
                if labels[number] is _BODY or number == card.headline:
                    labels[number] = Label.RELATED
    elif sum([len(texts[number]) for number in body if number in within]) >= _MIN_SHARE * whole:
        for card in cards:
            labels[card.headline] = _BODY


def _column(about: Surroundings, labels: Sequence[Label]) -> range | None:
    """The blocks of the element that contains all cards, announces other pages, and holds nothing of the article."""
    page, regions, cards = about.page, about.regions, about.cards
    outline, title = page.outline, page.places.title
    within = {number for card in cards for number in range(card.start, card.end)}
    paragraphs = _paragraphs(page.shapes, labels, within)
    if title is None or not paragraphs or title > paragraphs[0]:
        return None
    held = set(outline.ancestors(cards[0].element))
    for card in cards[1:]:
        held.intersection_update(outline.ancestors(card.element))
    home = max(held, default=0)  # the innermost, since inner elements have higher numbers
    column = range(regions.first[home], regions.past[home])
    if not home or any(number in column for number in (title, *paragraphs)):
        return None
    announced = any(page.cues.is_label(number, "related") for number in range(column.start, cards[0].start))
    dated = announced and any(
        labels[number] is Label.META and holds_date(outline.texts[number]) for number in range(title + 1, column.start)
    )
    return column if dated else None


def _paragraphs(shapes: Shapes, labels: Sequence[Label], within: set[int]) -> list[int]:
    """The essay's paragraphs outside cards."""
    return [number for number in sorted(shapes.prose - within) if labels[number] is _BODY]


def _leads_nowhere(outline: Outline, number: int) -> bool:
    links = [mark.target for mark in outline.marks[number] if mark.kind is SpanKind.LINK]
    return all(not target or target.startswith("#") for target in links)


def is_headline(outline: Outline, number: int) -> bool:
    """Whether nearly all of the block is a link, and it is a heading or as long as a headline."""
    text, linked = outline.texts[number], outline.linked[number]
    if not linked or link_share(text, linked) < _MIN_LINKED:
        return False
    return size(text) >= _MIN_HEADLINE or outline.kinds[outline.owners[number]] is Kind.HEADING


def _headline_above(outline: Outline, number: int) -> int | None:
    linked = outline.linked
    for above in range(number - 1, max(-1, number - 2 - _MAX_BETWEEN), -1):
        if linked[above] and is_headline(outline, above):
            near = above == number - 1 or outline.tags[outline.owners[above]] in _HIGH
            return above if near or size(outline.texts[above]) >= _MIN_HEADLINE else None
    return None


def calls_of(outline: Outline) -> frozenset[str]:
    """Linked texts that cards repeat: "Read on", "Add to the list"."""
    counts = Counter([text for text, linked in zip(outline.texts, outline.linked, strict=True) if linked])
    return frozenset([text for text, count in counts.items() if count >= _MIN_CARDS])


def _element_of(regions: Regions, headline: int, number: int, calls: frozenset[str]) -> int | None:
    """The widest element with the text, its headline, and no other headline, not counting calls to read on."""
    outline = regions.outline
    found = None
    for element in islice(outline.ancestors(outline.owners[headline]), _MAX_LEVELS):
        first, past = regions.first[element], regions.past[element]
        if past - first > _MAX_BLOCKS or headline - first > _MAX_ABOVE:
            break
        others = [other for other in range(first, past) if other != headline and outline.texts[other] not in calls]
        if any(is_headline(outline, other) for other in others):
            break
        if number < past:
            found = element
    return found
