"""The evidence of positions above the headline, and between it and the essay."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import CHROME, META, Vote
from declutter.classify.boilerplate.forms import ends_sentence, is_crumb
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.classify.boilerplate.links import HEADLINE, LONG
from declutter.classify.boilerplate.tagrows import OF_MENUS
from declutter.model import SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.evidence import Votes
    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.classify.cues import CueReader

_LINK: Final = SpanKind.LINK  # see Label

_MAX_CATEGORY: Final = 40
_MAX_TIMED: Final = 64
"""Characters of a category, and of a date with a time: the site's own line, further up, gives the day only."""
_CLOCK: Final = re.compile(r"\d[:.h]\d\d(?!\d|[./])")
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

    def __init__(self, regions: Regions, cues: CueReader, shapes: Shapes, places: Places) -> None:
        self._regions = regions
        self._outline = regions.outline
        self._cues = cues
        self._shapes = shapes
        self._places = places

    def read(self, numbers: Sequence[int], votes: Votes) -> None:
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
                elif number < places_first or self._regions.anchors[number] < (HEADLINE if is_item else LONG):
                    votes[number].append(_ITEM_IN_HEADER if is_item else _IN_HEADER)
            elif number < title:
                votes[number].append(_ABOVE_TITLE if self._heads_title(number, title) else _BEFORE_TITLE)

    def _is_of_site(self, number: int) -> bool:
        """Whether a line is a menu or a row of services."""
        if self._cues.is_menu(number):
            return True
        is_text = number in self._shapes.dated or ends_sentence(self._outline.texts[number])
        return not is_text and self._cues.is_services(number, others=_MAX_OTHERS)

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
        text = outline.texts[number]
        if not _MAX_KICKER <= number == title - 1 or self._cues[number]:
            return False
        if len(text) > (_MAX_TIMED if number in self._shapes.dated and _CLOCK.search(text) else _MAX_CATEGORY):
            return False
        owner, home = owners[number], outline.parents[owners[title]]
        if outline.tags[owner] == "li" or outline.tags[owner] in HEADING_TAGS:
            return False
        if self._regions.scores[owner][CHROME] >= OF_MENUS:
            return False
        links = sum(mark.kind is _LINK for mark in outline.marks[number])
        if links > 1 and not is_crumb(text, min_pieces=2) and not self._regions.scores[owner][META]:
            return False
        return home in {owner, outline.parents[owner], outline.parents[outline.parents[owner]]}
