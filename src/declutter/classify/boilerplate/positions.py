"""The evidence of positions above the headline, and between it and the essay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import CHROME, META, Vote
from declutter.classify.boilerplate.forms import ends_sentence, is_crumb
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.classify.boilerplate.links import HEADLINE, LONG
from declutter.classify.boilerplate.tagrows import MAX_TAG, OF_MENUS
from declutter.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.evidence import Votes
    from declutter.classify.boilerplate.page import Page
    from declutter.classify.boilerplate.regions import Regions

_LINK: Final = SpanKind.LINK  # see Label

_MAX_CATEGORY: Final = 40
_MAX_BYLINE: Final = 64
"""Characters of a category, and of a line with an address or a date with a time: the site's own gives the day only."""
_CLOCK: Final = re.compile(r"\d[:.h]\d\d(?!\d|[./])")
_MAX_PATH: Final = 4
_MAX_SECTIONS: Final = 2
"""Links of a breadcrumb, and of one that does not begin with the home page."""
_MAX_ABOVE: Final = 40
_MIN_MENU: Final = 3
"""Links of the site's menu, among so many blocks above a breadcrumb."""
_MAX_KICKER: Final = 2
"""Blocks above the headline, in a shared element, that can be its category; the site's own lines are further up."""
_MAX_OTHERS: Final = 0.4
"""Share of other words, such as an unknown network's name, in a row of services of the article's header."""

_SERVICE: Final[Vote] = ("service_in_article_header", CHROME, 1.5)
_ITEM_IN_HEADER: Final[Vote] = ("item_in_article_header", META, 0.5)
_IN_HEADER: Final[Vote] = ("in_article_header", META, 1.5)
_ABOVE_TITLE: Final[Vote] = ("directly_above_the_title", META, 1.3)
_BEFORE_TITLE: Final[Vote] = ("before_title", CHROME, 0.5)


class PositionEvidence:
    """Collects the evidence of positions on one page."""

    def __init__(self, page: Page, regions: Regions) -> None:
        self._regions = regions
        self._outline = page.outline
        self._cues = page.cues
        self._shapes = page.shapes
        self._places = page.places

    def read(self, numbers: Sequence[int], votes: Votes) -> None:
        """Add evidence for positions above the headline, and between it and the essay."""
        title, header = self._places.title, self._places.header
        if title is None:
            return
        outline, places_first = self._outline, self._places.first
        path = self._path(title)
        for number in numbers:
            if number >= max(header, title - _MAX_KICKER):
                is_item = outline.tags[outline.owners[number]] == "li"
                if self._serves(number) if is_item else self._is_of_site(number):
                    votes[number].append(_SERVICE)
                elif number < places_first or self._regions.anchors[number] < (HEADLINE if is_item else LONG):
                    votes[number].append(_ITEM_IN_HEADER if is_item else _IN_HEADER)
            elif number < title:
                leads = number in path or self._heads_title(number, title)
                votes[number].append(_ABOVE_TITLE if leads else _BEFORE_TITLE)

    def _path(self, title: int) -> range:
        """The links directly above the headline that are a breadcrumb without separators: `Home` `Rivers` `Wells`.

        They are the home page with up to three sections, or two sections, in one line or list, below the site's menu.
        Between them and the headline may be a line with the time.
        """
        outline, anchors = self._outline, self._regions.anchors
        last = title - 1
        if last > 0 and not anchors[last] and last in self._shapes.dated:
            last -= 1
        if last < 1 or not anchors[last] or self._regions.scores[outline.owners[last]][CHROME] >= OF_MENUS:
            return range(0)
        listed, home = outline.tags[outline.owners[last]] == "li", outline.parents[outline.owners[last]]
        first, links = last, self._links(last)
        while listed and first > 0 and anchors[first - 1] and links <= _MAX_PATH:
            if outline.parents[outline.owners[first - 1]] != home:
                break
            first -= 1
            links += self._links(first)
        if first == 0 or max(anchors[first : last + 1]) > MAX_TAG or not 1 < links <= _MAX_PATH:
            return range(0)
        begins = next(mark for mark in outline.marks[first] if mark.kind is _LINK)
        opening = outline.texts[first][begins.start : begins.end]
        if links > _MAX_SECTIONS and not self._cues.vocabulary.says(opening, "chrome"):
            return range(0)
        above = sum(self._links(number) for number in range(max(0, first - _MAX_ABOVE), first))
        return range(first, last + 1) if above >= _MIN_MENU else range(0)

    def _links(self, number: int) -> int:
        return sum(mark.kind is _LINK for mark in self._outline.marks[number])

    def _is_of_site(self, number: int) -> bool:
        """Whether a line is a menu or a row of services."""
        if self._cues.is_menu(number):
            return True
        is_text = number in self._shapes.dated or ends_sentence(self._outline.texts[number])
        return not is_text and self._cues.is_services(number, others=_MAX_OTHERS)

    def _serves(self, number: int) -> bool:
        """Whether a linked item is a service, such as a share button; the cues of linked items are not read."""
        text = self._outline.texts[number]
        return self._regions.anchors[number] > 0 and self._cues.vocabulary.says(text, "chrome")

    def _heads_title(self, number: int, title: int) -> bool:
        """Whether it is the article's category: a short line directly above the headline, beside it, and no menu.

        The page's first lines name the site.
        """
        outline, owners = self._outline, self._outline.owners
        text = outline.texts[number]
        if not _MAX_KICKER <= number == title - 1 or self._cues[number]:
            return False
        is_byline = "@" in text or (number in self._shapes.dated and _CLOCK.search(text) is not None)
        if len(text) > (_MAX_BYLINE if is_byline else _MAX_CATEGORY):
            return False
        owner, home = owners[number], outline.parents[owners[title]]
        if outline.tags[owner] == "li" or outline.tags[owner] in HEADING_TAGS:
            return False
        if self._regions.scores[owner][CHROME] >= OF_MENUS:
            return False
        if self._links(number) > 1 and not (
            is_byline or is_crumb(text, min_pieces=2) or self._regions.scores[owner][META]
        ):
            return False
        return home in {owner, outline.parents[owner], outline.parents[outline.parents[owner]]}
