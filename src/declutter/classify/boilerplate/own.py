"""Each outside block's own evidence: its words, links, form and position.

Evidence is gathered kind by kind, not block by block, because most kinds concern a few blocks that are known in
advance.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import (
    CHROME,
    COMMENT,
    CRUMB,
    META,
    PLACE,
    PROMO,
    RELATED,
    TAGS,
    Vote,
    Votes,
    name_of,
)
from declutter.classify.boilerplate.forms import holds_price, is_crumb, is_quotation, is_stamp, opens_with_price
from declutter.classify.boilerplate.header import FAR
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.classify.boilerplate.lines_by_form import links_after_label
from declutter.classify.boilerplate.links import LONG, LinkEvidence
from declutter.classify.boilerplate.positions import PositionEvidence
from declutter.classify.boilerplate.tagrows import tag_row
from declutter.classify.cues import LABEL_OF
from declutter.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from declutter.classify.boilerplate.page import Page
    from declutter.classify.boilerplate.regions import Regions
    from declutter.vocabulary import Cue

_LINK: Final = SpanKind.LINK  # see Label

_CUE_WEIGHT: Final = {"label": 2.0, "lead": 1.8, "holds": 1.7}
_WEAK_CUE_WEIGHT: Final = 0.6

_CRUMB_FORM: Final[Vote] = ("breadcrumb", CRUMB, 3.0)
_STAMP_FORM: Final[Vote] = ("stamp_alone", META, 1.5)
_STAMP_IN_LIST: Final[Vote] = ("stamp_in_list", RELATED, 0.3)
_PRICE_FORM: Final[Vote] = ("price", PROMO, 1.5)
_PRICE_LINK: Final[Vote] = ("link_names_a_price", PROMO, 2.0)
_QUOTATION: Final[Vote] = ("market_quotation", CHROME, 2.5)
_TAG_ROW: Final[Vote] = ("short_links_after_the_essay", TAGS, 2.4)
_MIN_MENU: Final = 3
"""Links in a block from which on it is a menu, of which one entry, such as "Follow us", says little."""
_CLOSING: Final = frozenset({"source", "editor", "tags"})
_CLOSING_LINES: Final = 4
_CLOSING_WEIGHT: Final = 3.0
"""Log-odds for lines with source, editor or tags directly after the essay: they belong to the article, whatever the
class of their box, which is often that of what follows. As much as two class words."""


class OwnEvidence:
    """Collects the own evidence of one page's blocks. outside: the numbers of those outside the essay."""

    def __init__(self, page: Page, regions: Regions, outside: Sequence[int]) -> None:
        self._regions = regions
        self._outline = page.outline
        self._cues = page.cues
        self._shapes = page.shapes
        self._places = page.places
        self._past_paragraphs = self._end_of_paragraphs(outside)
        self._links = LinkEvidence(page, regions, outside)
        self._positions = PositionEvidence(page, regions)

    def of(self, numbers: Sequence[int], scoped: Mapping[int, Sequence[Vote]]) -> Votes:
        """The evidence of these blocks, whose numbers are in page order.

        scoped: votes of headings and boxes, which come first.
        """
        wanted = set(numbers)
        votes: Votes = defaultdict(list)
        for number, said in scoped.items():
            if number in wanted:
                votes[number] += said
        linked = [number for number in numbers if self._regions.anchors[number]]
        self._read_words([number for number in self._cues.spoken if number in wanted], votes)
        self._links.read(linked, votes)
        texts, links, first = self._outline.texts, self._outline.linked, self._places.first
        for number in [n for n in numbers if 0 < links[n] < len(texts[n]) <= 3 * links[n]]:
            if number >= first:
                votes[number] += links_after_label(self._outline, self._cues, number)
        self._read_forms((self._shapes.dated | self._shapes.priced) & wanted, votes)
        for number in wanted.intersection(tag_row(self._regions, self._cues, past=self._past_paragraphs)):
            votes[number].append(_TAG_ROW)
        self._links.read_snippets(wanted, votes)
        self._read_crumbs(self._shapes.crumbs & wanted, votes)
        self._positions.read(numbers[: bisect_left(numbers, self._places.header_past)], votes)
        return votes

    def _end_of_paragraphs(self, outside: Sequence[int]) -> int:
        """The block after the essay's last paragraph; lines that were wrongly taken for the essay may follow it."""
        others, past = set(outside), self._places.past
        return max(
            [number + 1 for number in self._shapes.prose if number < past and number not in others], default=past
        )

    def _read_words(self, numbers: Sequence[int], votes: Votes) -> None:
        for number in numbers:
            votes[number] += self._of_cues(number, self._cues[number])

    def _of_cues(self, number: int, cues: tuple[Cue, ...]) -> Iterator[Vote]:
        places, anchor = self._places, self._regions.anchors[number]
        early = number < places.first
        in_menu = anchor > 0 and sum(mark.kind is _LINK for mark in self._outline.marks[number]) >= _MIN_MENU
        closes = not anchor and places.past <= number < places.past + _CLOSING_LINES
        for cue in cues[:2]:
            place = PLACE[LABEL_OF[cue.section]]
            weight = _CUE_WEIGHT[cue.position]
            if place == META:
                weight *= places.nearness(number)
            if cue.section in _CLOSING and cue.position == "lead" and closes:
                yield "right_after_the_essay", place, _CLOSING_WEIGHT
            elif place in {COMMENT, TAGS} and early:
                weight *= 0.3
            elif place == PROMO and in_menu and cue.position != "label":
                weight = _WEAK_CUE_WEIGHT
            elif place == PROMO and (early and anchor):
                weight *= 0.4
            elif place == PROMO and cue.position == "holds":
                weight += 0.2
            elif place == RELATED and cue.position == "label" and places.header <= number < (places.title or 0):
                weight = _WEAK_CUE_WEIGHT  # `Featured` directly above the headline
            elif place == RELATED and cue.position == "label" and anchor:
                if self._outline.tags[self._outline.owners[number]] not in HEADING_TAGS:
                    weight = _WEAK_CUE_WEIGHT
            elif place == RELATED and cue.position == "lead" and anchor >= LONG:
                weight += 1.2
            yield name_of(cue), place, weight

    def _read_forms(self, numbers: set[int], votes: Votes) -> None:
        """Add evidence for times and prices; a headline may hold them, too, but not begin with a price."""
        for number in numbers:
            text = self._outline.texts[number]
            if self._regions.anchors[number]:
                if opens_with_price(text):
                    votes[number].append(_PRICE_LINK)
                continue
            if is_stamp(text):
                votes[number].append(_STAMP_FORM if self._places.nearness(number) > FAR else _STAMP_IN_LIST)
            elif holds_price(text):
                votes[number].append(_PRICE_FORM)
            elif is_quotation(text):
                votes[number].append(_QUOTATION)

    def _read_crumbs(self, numbers: set[int], votes: Votes) -> None:
        texts, title = self._outline.texts, self._places.title
        headline = "" if title is None else texts[title]
        for number in numbers:
            text = texts[number]
            if is_crumb(text) or (number != title and headline and self._leads_to(text, headline)):
                votes[number].append(_CRUMB_FORM)

    def _leads_to(self, text: str, headline: str) -> bool:
        """Whether it is a breadcrumb with the headline as its last piece, of any length."""
        path = text.removesuffix(headline)
        return 0 < len(path) < len(text) and is_crumb(path, min_pieces=1)
