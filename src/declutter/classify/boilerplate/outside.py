"""Labels the blocks outside the essay by the sum of the evidence from their regions, headings, words and positions."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.boxes import spread_boxes, spread_forms
from declutter.classify.boilerplate.contents import contents_list
from declutter.classify.boilerplate.evidence import (
    CHROME,
    COMMENT,
    CRUMB,
    META,
    ORDER,
    PROMO,
    RELATED,
    TAGS,
    Scores,
    Vote,
    as_evidence,
)
from declutter.classify.boilerplate.forms import ends_sentence, holds_date, is_menu, size
from declutter.classify.boilerplate.header import place_header
from declutter.classify.boilerplate.headings import HEADING_TAGS, find_scopes
from declutter.classify.boilerplate.own import OwnEvidence
from declutter.classify.boilerplate.regions import Regions
from declutter.classify.boilerplate.tagrows import MAX_TAG
from declutter.classify.margins import DECIDED
from declutter.model import Evidence, Kind, Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.classify.boilerplate.page import Page


_BODY: Final = Label.BODY
_CHROME: Final = Label.CHROME
_TITLE: Final = Label.TITLE  # see Label

_SCOPE_WEIGHT: Final = {RELATED: 2.5, COMMENT: 2.5, TAGS: 2.5, PROMO: 2.5, META: 2.5}
_LINE_WEIGHT: Final = 1.5
"""The same for a line that heads a promotion but is no heading: the label of one advertisement."""
_LONG_FOR_TAGS: Final = 0.4
_FAR_BEHIND: Final = 40
"""Blocks after the essay, from which on "Advertising" and "Subscriptions" head addresses and the site's services."""
_MAX_REPEATS: Final = 2
_MIN_STANDFIRST: Final = 50
"""Letters. A shorter line in the article's header is a kicker, a name or a count."""
_MIN_NAMED: Final = 16
"""The same for a line whose class calls it the article's subtitle or lead."""
_STANDFIRST: Final = re.compile(
    r"(?:^|[-_\s])(?:sub[-_]?(?:hed|head|heading|headline|title|titulo|titre)|dek|deck|standfirst|lead|lede|intro"
    r"|preamble|ingress|chapo|perex|vorspann|entradilla|bajada|sottotitolo|summary|excerpt|descr|sapou|spot)(?![a-z])",
    re.IGNORECASE,
)
_MAX_BELOW: Final = 7  # blocks from the headline to its lead, including kicker, byline and time between them
_TEASER: Final = 2.0  # log-odds for related up to which a line may be the lead: its class often suggests a teaser

_CHROME_PRIOR: Final = 0.2

Verdict: TypeAlias = tuple[Label, float]
"""A label and its margin over the runner-up, in log-odds."""


class Outside:
    """Scores the blocks outside the essay of one page.

    outside: their numbers. free: those of them outside the article's header. scoped: by block, votes of headings above.
    """

    def __init__(self, page: Page, labels: list[Label]) -> None:
        self.outline, self.cues = page.outline, page.cues
        self.outside = outside = [number for number, label in enumerate(labels) if label is _CHROME]
        self.regions = regions = Regions(self.outline, [label is _BODY or label is _TITLE for label in labels])
        self.places = places = place_header(regions, page.places, labels)
        self.scoped: dict[int, list[Vote]] = {}
        self.free = [number for number in outside if not places.header <= number < places.header_past]
        free, cues = set(self.free), page.cues
        spoken = [number for number in cues.spoken if number in free]
        for scope in find_scopes(regions, cues, spoken, first=places.first):
            if scope.place == PROMO and scope.start >= places.past + _FAR_BEHIND:
                continue
            is_line = scope.place == PROMO and self.outline.tags[self.outline.owners[scope.start]] not in HEADING_TAGS
            vote = scope.name, scope.place, _LINE_WEIGHT if is_line else _SCOPE_WEIGHT[scope.place]
            for number in range(scope.start, scope.end):
                self.scoped.setdefault(number, []).append(vote)
        spread_boxes(regions, cues, sorted(free & page.shapes.priced | set(spoken)), self.scoped)
        spread_forms(regions, self.scoped)
        self._own = OwnEvidence(page._replace(places=places), regions, outside)

    def label(self, labels: list[Label], margins: list[float], account: Account = SILENT) -> None:
        """Set the labels of the blocks outside, and their margins where these are smaller than before."""
        leads = self._leads()
        for number in leads:
            labels[number], margins[number] = Label.BODY, min(margins[number], DECIDED)
        told = [number for number in self.outside if number not in leads]
        votes = self._own.of(told, self.scoped)
        for number in self.outline.deadline.watch(told):
            labels[number], margin = _verdict(self.region(number), tuple(votes.get(number, ())))
            if margin < margins[number]:  # noqa: PLR1730 - a call for each block costs more than the rest
                margins[number] = margin
        if account.asked:
            self._explain(labels, account)

    def _leads(self) -> set[int]:
        """What belongs to the essay: its standfirst, list of contents, and the captions of its pictures."""
        header, first = self.places.header, self.places.first
        kinds, owners = self.outline.kinds, self.outline.owners
        contents = contents_list(self.regions, self.places, self.outside)
        leads = contents | {
            number for number in self.outside if header <= number < first and self._is_standfirst(number)
        }
        captions = [number for number in self.outside if number >= header and kinds[owners[number]] is Kind.CAPTION]
        return leads.union(number for number in captions if self._is_caption(number))

    def _explain(self, labels: list[Label], account: Account) -> None:
        """Record the evidence of the blocks outside and of their regions, and the standings of all labels.

        Blocks of the essay have standings, too: for the labels they would get if they were outside.
        """
        outside = set(self.outside)
        told = [number for number, label in enumerate(labels) if number in outside or label is Label.BODY]
        own = self._own.of(told, self.scoped)
        for number in self.outline.deadline.watch(told):
            label, votes = labels[number], own.get(number, ())
            scores = _add_up(self.region(number), votes)
            best = max(scores[: len(ORDER)])
            account.stand(number, {other: scores[place] - best for place, other in enumerate(ORDER)})
            if number in outside:
                said = [*votes, *self.regions.votes(self.outline.owners[number])]
                account.add(number, as_evidence([*said, ("nothing_else_is_known", CHROME, _CHROME_PRIOR)]))
                if label is Label.BODY:
                    is_caption = self.outline.kinds[self.outline.owners[number]] is Kind.CAPTION
                    name = (
                        "caption_in_article"
                        if is_caption
                        else "contents_of_the_article"
                        if self.outline.linked[number]
                        else "sentence_below_title"
                    )
                    account.add(number, (Evidence(name, DECIDED, label),))
                    account.rise(number, label, DECIDED)

    def region(self, number: int) -> Scores:
        """The scores of the elements around a block. Evidence for the article's meta counts near the article only."""
        owner = self.outline.owners[number]
        scores = self.regions.scores[owner]
        if not scores[META] and not scores[COMMENT] and not scores[TAGS]:
            return scores
        factor = self.places.nearness(number)
        if self._repeats.get((self.outline.tags[owner], self.outline.names[owner]), 0) > _MAX_REPEATS:
            factor *= 0.4
        joined = list(scores)
        joined[META] *= factor
        if joined[TAGS] and self.regions.list_anchor(number) > MAX_TAG:
            joined[TAGS] *= _LONG_FOR_TAGS
        if number < self.places.first:
            joined[COMMENT] *= 0.4  # a comment count in the article's header
        return tuple(joined)  # type: ignore[return-value]

    def _is_standfirst(self, number: int) -> bool:
        """Whether it is the article's lead: a sentence between headline and essay with no other evidence."""
        places, texts = self.places, self.outline.texts
        if places.title is None or not places.title < number < min(places.first, places.title + _MAX_BELOW):
            return False
        if self.outline.linked[number] or any(
            size(text) >= _MIN_STANDFIRST for text in texts[places.title + 1 : number]
        ):
            return False
        text = texts[number]
        is_named = _STANDFIRST.search(self.outline.names[self.outline.owners[number]]) is not None
        if size(text) < (_MIN_NAMED if is_named else _MIN_STANDFIRST) or is_menu(text) or self.cues[number]:
            return False
        if holds_date(text) and not ends_sentence(text):
            return False
        region = self.region(number)
        return region[RELATED] < _TEASER and max(*region[:RELATED], *region[PROMO:]) < 1.0

    def _is_caption(self, number: int) -> bool:
        """Whether it captions a picture in the article's header, or, if a sentence, between the article's paragraphs.

        A caption below the paragraphs counts, too, if it shares an element with them and the headline, as in a gallery.
        """
        places = self.places
        if number >= places.header_past and not ends_sentence(self.outline.texts[number]):
            return False
        if number >= places.past and not self._is_beside_essay(self.outline.owners[number]):
            return False
        return max(self.region(number)[RELATED:CHROME]) < 1.0

    def _is_beside_essay(self, element: int) -> bool:
        """Whether the nearest element with part of the essay also contains the headline and is not the whole page."""
        regions, title = self.regions, self.places.title
        home = next((at for at in self.outline.ancestors(element) if at in regions.essay), 0)
        if title is None or self.outline.tags[home] in {"", "html", "body"}:
            return False
        return regions.first[home] <= title < regions.past[home]

    @cached_property
    def _repeats(self) -> Counter[tuple[str, str]]:
        """How often each tag with its name occurs outside the header: a card's date repeats, the article's does not."""
        outline = self.outline
        owners = [outline.owners[number] for number in self.free]
        return Counter([(outline.tags[owner], outline.names[owner]) for owner in owners])


@lru_cache(maxsize=8192)
def _verdict(region: Scores, votes: tuple[Vote, ...]) -> Verdict:
    """The label with the highest score, and its margin; cached, since blocks of one region and form share it."""
    scores = _add_up(region, votes)[: len(ORDER)]
    top = max(scores)
    best = scores.index(top)
    scores[best] = -math.inf
    return ORDER[best], top - max(scores)


def _add_up(region: Scores, votes: Iterable[Vote]) -> list[float]:
    """Log-odds of the labels in ORDER, from the elements around a block and its own evidence."""
    scores = list(region)
    scores[CHROME] += _CHROME_PRIOR
    for _, place, weight in votes:
        scores[place] += weight
    scores[META] = max(scores[META], scores[META] * 0.2 + scores[CRUMB])
    return scores
