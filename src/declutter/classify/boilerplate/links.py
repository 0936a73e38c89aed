"""The evidence of links outside the essay: how long they are, where they lead, and what they stand beside."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.boxes import SHORT
from declutter.classify.boilerplate.evidence import CHROME, PROMO, RELATED, TAGS, Vote
from declutter.classify.boilerplate.forms import is_cut, is_menu, is_prose, is_wide
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.classify.boilerplate.tagrows import MAX_TAG, NEAR, OF_MENUS
from declutter.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.evidence import Votes
    from declutter.classify.boilerplate.page import Page
    from declutter.classify.boilerplate.regions import Regions

_LINK: Final = SpanKind.LINK  # see Label

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
_MIN_WORDS: Final = 3
"""Mean number of words in a link from which it may be a headline, after the essay and outside menus and footers."""
_BACK: Final = frozenset("«‹←")
_FORTH: Final = frozenset("»›→")

_WITHIN_PAGE: Final[Vote] = ("link_within_page", CHROME, 3.0)
_LONG_LINK: Final[Vote] = ("long_link", RELATED, 0.8)
_SHORT_LINK: Final[Vote] = ("short_link", CHROME, 0.4)
_MANY_LINKS: Final[Vote] = ("line_of_links", CHROME, 0.8)
_WORDY_LINK: Final[Vote] = ("link_of_several_words", RELATED, 0.7)
_HEADLINE_LINK: Final[Vote] = ("heading_is_a_link", RELATED, 1.5)
_MENU_LINE: Final[Vote] = ("menu_line", CHROME, 1.5)
_NEIGHBOUR: Final[Vote] = ("headline_with_arrow", RELATED, 2.8)
_TAG_LINK: Final[Vote] = ("link_to_tag_page", TAGS, 2.5)
_CALL_TO_ACTION: Final[Vote] = ("repeated_call_to_action", PROMO, 2.0)
_SNIPPET: Final[Vote] = ("headline_with_snippet", RELATED, 1.5)


class LinkEvidence:
    """Collects the evidence of one page's links. outside: the numbers of the blocks outside the essay."""

    def __init__(self, page: Page, regions: Regions, outside: Sequence[int]) -> None:
        self._regions = regions
        self._outline = page.outline
        self._cues = page.cues
        self._places = page.places
        self._outside = outside

    def read(self, linked: Sequence[int], votes: Votes) -> None:
        """Add the evidence of blocks that are mostly links."""
        texts, places, anchors = self._outline.texts, self._places, self._regions.anchors
        tags, owners = self._outline.tags, self._outline.owners
        for number in linked:
            anchor, text = anchors[number], texts[number]
            size = len(text)
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
            if size >= LONG and is_menu(text):
                votes[number].append(_MENU_LINE)
            if anchor >= HEADLINE and (text[0] in _BACK or text[-1] in _FORTH) and self._points_to_neighbour(number):
                votes[number].append(_NEIGHBOUR)
            if anchor <= MAX_TAG and places.past <= number <= places.past + NEAR and self._links_tag(number):
                votes[number].append(_TAG_LINK)
            if places.first < number < places.past and anchor >= HEADLINE and self._within[text] > _MAX_REPEATS:
                votes[number].append(_CALL_TO_ACTION)

    def read_snippets(self, wanted: set[int], votes: Votes) -> None:
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
