"""Each outside block's own evidence: its words, links, form and position.

Evidence is gathered kind by kind, not block by block, because most kinds concern a few blocks that are known in
advance.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from declutter.classify.boilerplate.boxes import SHORT
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
    name_of,
)
from declutter.classify.boilerplate.forms import (
    ends_sentence,
    holds_price,
    is_crumb,
    is_cut,
    is_menu,
    is_prose,
    is_quotation,
    is_stamp,
    is_wide,
    opens_with_price,
)
from declutter.classify.boilerplate.header import FAR
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.classify.boilerplate.lines_by_form import links_after_label
from declutter.classify.boilerplate.tagrows import MAX_TAG, NEAR, OF_MENUS, tag_row
from declutter.classify.cues import LABEL_OF
from declutter.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.classify.cues import CueReader
    from declutter.vocabulary import Cue

_LINK: Final = SpanKind.LINK  # see Label

Votes: TypeAlias = "defaultdict[int, list[Vote]]"
"""The evidence of blocks, by their numbers."""

_CUE_WEIGHT: Final = {"label": 2.0, "lead": 1.8, "holds": 1.7}
_WEAK_CUE_WEIGHT: Final = 0.6
_TAG_PATH: Final = re.compile(
    r"[/?&](?:tags?|topics?|keywords?|labels?|hashtags?|etiquetas?|etiquettes?|schlagw(?:oe|ö)rter|mots?-cles?|temas?"
    r"|tagi?|etiket)[/=]",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(r"#\w")
"""A link within the page. A bare "#" is a link for a script."""
HEADLINE: Final = 16
"""Anchor size from which a link can be a headline; from LONG on it is one."""
LONG: Final = 30
_MAX_REPEATS: Final = 2
_MIN_SNIPPET_LENGTH: Final = 14

_CRUMB_FORM: Final[Vote] = ("breadcrumb", CRUMB, 3.0)
_STAMP_FORM: Final[Vote] = ("stamp_alone", META, 1.5)
_STAMP_IN_LIST: Final[Vote] = ("stamp_in_list", RELATED, 0.3)
_PRICE_FORM: Final[Vote] = ("price", PROMO, 1.5)
_PRICE_LINK: Final[Vote] = ("link_names_a_price", PROMO, 2.0)
_QUOTATION: Final[Vote] = ("market_quotation", CHROME, 2.5)
_SNIPPET: Final[Vote] = ("headline_with_snippet", RELATED, 1.5)
_ITEM_IN_HEADER: Final[Vote] = ("item_in_article_header", META, 0.5)
_TAG_LINK: Final[Vote] = ("link_to_tag_page", TAGS, 2.5)
_TAG_ROW: Final[Vote] = ("short_links_after_the_essay", TAGS, 2.4)
_WORDY_LINK: Final[Vote] = ("link_of_several_words", RELATED, 0.7)
_MIN_MENU: Final = 3
"""Links in a block from which on it is a menu, of which one entry, such as "Follow us", says little."""
_MIN_WORDS: Final = 3
"""Mean number of words in a link from which it may be a headline, after the essay and outside menus and footers."""
_LONG_LINK: Final[Vote] = ("long_link", RELATED, 0.8)
_HEADLINE_LINK: Final[Vote] = ("heading_is_a_link", RELATED, 1.5)
_WITHIN_PAGE: Final[Vote] = ("link_within_page", CHROME, 3.0)
_SHORT_LINK: Final[Vote] = ("short_link", CHROME, 0.4)
_MANY_LINKS: Final[Vote] = ("line_of_links", CHROME, 0.8)
_MENU_LINE: Final[Vote] = ("menu_line", CHROME, 1.5)
_SERVICE: Final[Vote] = ("service_in_article_header", CHROME, 1.5)
_IN_HEADER: Final[Vote] = ("in_article_header", META, 1.5)
_NEIGHBOUR: Final[Vote] = ("headline_with_arrow", RELATED, 2.8)
_BACK: Final = frozenset("«‹←")
_FORTH: Final = frozenset("»›→")
_CALL_TO_ACTION: Final[Vote] = ("repeated_call_to_action", PROMO, 2.0)
_BEFORE_TITLE: Final[Vote] = ("before_title", CHROME, 0.5)
_ABOVE_TITLE: Final[Vote] = ("directly_above_the_title", META, 1.3)
_MAX_CATEGORY: Final = 40
_MAX_PATH: Final = 3
_MAX_KICKER: Final = 2
"""Blocks above the headline, in a shared element, that can be its category; the site's own lines are further up."""
_CLOSING: Final = frozenset({"source", "editor", "tags"})
_CLOSING_LINES: Final = 4
_CLOSING_WEIGHT: Final = 3.0
"""Log-odds for lines with source, editor or tags directly after the essay: they belong to the article, whatever the
class of their box, which is often that of what follows. As much as two class words."""


class OwnEvidence:
    """Collects the own evidence of one page's blocks. outside: the numbers of those outside the essay."""

    def __init__(
        self, regions: Regions, cues: CueReader, shapes: Shapes, places: Places, outside: Sequence[int]
    ) -> None:
        self._regions = regions
        self._outline = regions.outline
        self._cues = cues
        self._shapes = shapes
        self._places = places
        self._outside = outside

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
        self._read_links(linked, votes)
        texts, links, first = self._outline.texts, self._outline.linked, self._places.first
        for number in [n for n in numbers if 0 < links[n] < len(texts[n]) <= 3 * links[n]]:
            if number >= first:
                votes[number] += links_after_label(self._outline, self._cues, number)
        self._read_forms((self._shapes.dated | self._shapes.priced) & wanted, votes)
        for number in wanted.intersection(tag_row(self._regions, self._cues, past=self._places.past)):
            votes[number].append(_TAG_ROW)
        self._read_snippets(wanted, votes)
        self._read_crumbs(self._shapes.crumbs & wanted, votes)
        self._read_places(numbers[: bisect_left(numbers, self._places.header_past)], votes)
        return votes

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
            elif place == RELATED and cue.position == "label" and anchor:
                if self._outline.tags[self._outline.owners[number]] not in HEADING_TAGS:
                    weight = _WEAK_CUE_WEIGHT
            elif place == RELATED and cue.position == "lead" and anchor >= LONG:
                weight += 1.2
            yield name_of(cue), place, weight

    def _read_links(self, linked: Sequence[int], votes: Votes) -> None:
        texts, places, anchors = self._outline.texts, self._places, self._regions.anchors
        tags, owners = self._outline.tags, self._outline.owners
        for number in linked:
            anchor, size = anchors[number], len(texts[number])
            if anchor >= HEADLINE and _WITHIN.match(self._address(number)):
                votes[number].append(_WITHIN_PAGE)
            elif (among := self._regions.list_anchor(number)) >= LONG:
                votes[number].append(_LONG_LINK)
            elif among <= SHORT:
                votes[number].append(_SHORT_LINK if size < LONG else _MANY_LINKS)
            elif number >= places.past and self._is_wordy(number):
                votes[number].append(_WORDY_LINK)
            if number >= places.first and tags[owners[number]] in HEADING_TAGS and self._is_linked_heading(number):
                votes[number].append(_HEADLINE_LINK)
            if size >= LONG and is_menu(texts[number]):
                votes[number].append(_MENU_LINE)
            if anchor >= HEADLINE and self._points_to_neighbour(number):
                votes[number].append(_NEIGHBOUR)
            if anchor <= MAX_TAG and places.past <= number <= places.past + NEAR and self._links_tag(number):
                votes[number].append(_TAG_LINK)
            if (
                places.first < number < places.past
                and anchor >= HEADLINE
                and self._within[texts[number]] > _MAX_REPEATS
            ):
                votes[number].append(_CALL_TO_ACTION)

    def _is_linked_heading(self, number: int) -> bool:
        """Whether a heading that is a link has several words, and is in no menu: the headline of another page."""
        outline = self._outline
        owner = outline.owners[number]
        return (
            self._regions.scores[owner][CHROME] < OF_MENUS
            and (self._regions.anchors[number] >= HEADLINE or " " in outline.texts[number])
            and all(cue.section == "related" for cue in self._cues[number])
        )

    def _is_wordy(self, number: int) -> bool:
        """Whether a link's length or words are those of a short headline, and it is in no menu."""
        outline = self._outline
        if self._regions.scores[outline.owners[number]][CHROME] >= OF_MENUS:
            return False
        text = outline.texts[number]
        links = sum(mark.kind is _LINK for mark in outline.marks[number]) or 1
        return is_wide(text) or 1 + text.count(" ") >= _MIN_WORDS * links

    def _points_to_neighbour(self, number: int) -> bool:
        """Whether it is one of two adjacent headlines of the previous and the next post, or both: `« This` `That »`."""
        texts = self._outline.texts
        text = texts[number]
        if text[0] in _BACK and text[-1] in _FORTH:
            return True
        if text[0] in _BACK:
            return number + 1 < len(texts) and texts[number + 1][-1] in _FORTH
        return text[-1] in _FORTH and number > 0 and texts[number - 1][0] in _BACK

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

    def _read_snippets(self, wanted: set[int], votes: Votes) -> None:
        """Add evidence for linked headlines with an unlinked snippet below, with at most a time between them."""
        texts, linked, anchors = self._outline.texts, self._outline.linked, self._regions.anchors
        told: set[int] = set()
        scores, owners = self._regions.scores, self._outline.owners
        for above in [number for number, anchor in enumerate(anchors) if anchor >= HEADLINE]:
            if scores[owners[above]][CHROME] >= OF_MENUS:
                continue
            for below in range(above + 1, min(above + 3, len(texts))):
                if not linked[below] and _is_snippet(texts[below]) and self._beside(above, below):
                    told |= {above, below}
        for number in told & wanted:
            votes[number].append(_SNIPPET)

    def _read_crumbs(self, numbers: set[int], votes: Votes) -> None:
        for number in numbers:
            if is_crumb(self._outline.texts[number]):
                votes[number].append(_CRUMB_FORM)

    def _read_places(self, numbers: Sequence[int], votes: Votes) -> None:
        """Add evidence for positions above the headline, and between it and the essay."""
        title, header = self._places.title, self._places.header
        if title is None:
            return
        outline, places_first = self._outline, self._places.first
        for number in numbers:
            if number >= max(header, title - _MAX_KICKER):
                is_item = outline.tags[outline.owners[number]] == "li"
                if self._serves(number) if is_item else self._is_of_site(number):
                    votes[number].append(_SERVICE)
                elif number < places_first or self._regions.anchors[number] < LONG:
                    votes[number].append(_ITEM_IN_HEADER if is_item else _IN_HEADER)
            elif number < title:
                votes[number].append(_ABOVE_TITLE if self._heads_title(number, title) else _BEFORE_TITLE)

    def _is_of_site(self, number: int) -> bool:
        """Whether a line is a menu or a row of services."""
        if self._cues.is_menu(number):
            return True
        is_text = number in self._shapes.dated or ends_sentence(self._outline.texts[number])
        return not is_text and self._cues.is_services(number)

    def _serves(self, number: int) -> bool:
        """Whether a linked item is a service, such as a share button; the cues of linked items are not read."""
        if not self._regions.anchors[number]:
            return False
        return any(cue.section == "chrome" for cue in self._cues.of(self._outline.texts[number]))

    def _heads_title(self, number: int, title: int) -> bool:
        """Whether it is the article's category: a short line directly above the headline, beside it, and no menu.

        The page's first lines name the site.
        """
        outline, owners = self._outline, self._outline.owners
        if outline.tags[owners[number]] == "li":
            return self._is_path(number, title)
        text = outline.texts[number]
        if not _MAX_KICKER <= number == title - 1 or len(text) > _MAX_CATEGORY or self._cues[number]:
            return False
        owner, home = owners[number], outline.parents[owners[title]]
        if self._regions.scores[owner][CHROME] >= OF_MENUS or outline.tags[owner] in HEADING_TAGS:
            return False
        links = sum(mark.kind is _LINK for mark in outline.marks[number])
        if links > 1 and not is_crumb(text, min_pieces=2):
            return False
        return home in {outline.parents[owner], outline.parents[outline.parents[owner]]}

    def _is_path(self, number: int, title: int) -> bool:
        """Whether a list item belongs to a short list of links directly above the headline: `Home`, `News`, `Town`."""
        outline, regions = self._outline, self._regions
        listing = outline.parents[outline.owners[number]]
        first = regions.first[listing]
        if regions.past[listing] != title or title - first > _MAX_PATH or not regions.anchors[number]:
            return False
        if outline.parents[listing] != outline.parents[outline.owners[title]]:
            return False
        return not any(self._serves(other) for other in range(first + 1, title))

    def _address(self, number: int) -> str:
        """The address of the block's first link, as written."""
        for mark in self._outline.marks[number]:
            if mark.kind is _LINK:
                return mark.target or ""
        return ""

    def _links_tag(self, number: int) -> bool:
        """Whether the block's first link is marked as a tag or leads to a tag page."""
        for mark in self._outline.marks[number]:
            if mark.kind is _LINK:
                return mark.is_tag or bool(mark.target and _TAG_PATH.search(mark.target))
        return False

    def _beside(self, one: int, other: int) -> bool:
        """Whether both blocks are in one small element."""
        parents, owners = self._outline.parents, self._outline.owners
        around = {owners[one], parents[owners[one]], parents[parents[owners[one]]] if owners[one] > 0 else 0}
        at = owners[other]
        for _ in range(len(around)):
            if at in around:
                return at > 0 and at not in self._regions.essay
            at = parents[at] if at > 0 else 0
        return False

    @cached_property
    def _within(self) -> Counter[str]:
        """How often each text occurs between the first and last block of the essay."""
        places = self._places
        return Counter(self._outline.texts[number] for number in self._outside if places.first < number < places.past)


def _is_snippet(text: str) -> bool:
    return len(text) >= _MIN_SNIPPET_LENGTH and (is_prose(text) or is_cut(text))
