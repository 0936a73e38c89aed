"""The labels of the blocks outside the essay: the sum of what their regions, headings, words and places say."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeAlias

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.boxes import SHORT, close_cards, join_headings, spread_boxes, spread_forms
from declutter.classify.boilerplate.evidence import (
    CHROME,
    COMMENT,
    CRUMB,
    META,
    ORDER,
    PLACE,
    PROMO,
    RELATED,
    TAGS,
    Scores,
    Vote,
    as_evidence,
)
from declutter.classify.boilerplate.forms import (
    CRUMB_MARK,
    MAX_CRUMB_LENGTH,
    holds_date,
    holds_price,
    is_crumb,
    is_cut,
    is_menu,
    is_prose,
    is_quotation,
    is_stamp,
    size,
)
from declutter.classify.boilerplate.header import FAR
from declutter.classify.boilerplate.headings import HEADING_TAGS, find_scopes
from declutter.classify.cues import LABEL_OF
from declutter.classify.margins import DECIDED
from declutter.model import Evidence, Kind, Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.cues import CueReader
    from declutter.vocabulary import Cue

_LINK: Final = SpanKind.LINK  # see Label

_CUE_WEIGHT: Final = {"label": 2.0, "lead": 1.8, "holds": 1.7}
_WEAK_CUE_WEIGHT: Final = 0.6
_SCOPE_WEIGHT: Final = {RELATED: 2.5, COMMENT: 2.5, TAGS: 2.5, PROMO: 1.5, META: 2.5}
_MAX_TAG: Final = 24
_LONG_FOR_TAGS: Final = 0.4
_TAG_PATH: Final = re.compile(
    r"[/?&](?:tags?|topics?|keywords?|labels?|hashtags?|etiquetas?|etiquettes?|schlagw(?:oe|ö)rter|mots?-cles?|temas?"
    r"|tagi?|etiket)[/=]",
    re.IGNORECASE,
)
_WITHIN: Final = re.compile(r"#\w")
"""An address within the page; a bare "#" is a link that a script makes."""
_HEADLINE: Final = 16
"""From this size an anchor can be a headline, from the next it is one."""
_LONG: Final = 30
_NEAR: Final = 12
"""Blocks after the essay among which author, source and tags still stand."""
_FAR_BEHIND: Final = 40
"""Blocks behind the essay from which on "Advertising" and "Subscriptions" head addresses and the site's services."""
_MAX_REPEATS: Final = 2
_MIN_STANDFIRST: Final = 50
"""Letters. Below it a line in the article's header is a kicker, a name, a count."""
_MAX_BELOW: Final = 7  # blocks from the headline to its lead: kicker, byline and time stand between them
_TEASER: Final = 2.0  # evidence for teasers that a lead may have too: its class is often called so
_MIN_SNIPPET_LENGTH: Final = 14

_CHROME_PRIOR: Final = 0.2
_RANGE: Final = range(len(ORDER))
_CRUMB_FORM: Final[Vote] = ("breadcrumb", CRUMB, 3.0)
_STAMP_FORM: Final[Vote] = ("stamp_alone", META, 1.5)
_STAMP_IN_LIST: Final[Vote] = ("stamp_in_list", RELATED, 0.3)
_PRICE_FORM: Final[Vote] = ("price", PROMO, 1.5)
_QUOTATION: Final[Vote] = ("market_quotation", CHROME, 2.5)
_SNIPPET: Final[Vote] = ("headline_with_snippet", RELATED, 1.5)
_ITEM_IN_HEADER: Final[Vote] = ("item_in_article_header", META, 0.5)
_TAG_LINK: Final[Vote] = ("link_to_tag_page", TAGS, 2.5)
_LONG_LINK: Final[Vote] = ("long_link", RELATED, 0.8)
_WITHIN_PAGE: Final[Vote] = ("link_within_page", CHROME, 3.0)
_SHORT_LINK: Final[Vote] = ("short_link", CHROME, 0.4)
_MANY_LINKS: Final[Vote] = ("line_of_links", CHROME, 0.8)
_MENU_LINE: Final[Vote] = ("menu_line", CHROME, 1.5)
_IN_HEADER: Final[Vote] = ("in_article_header", META, 1.5)
_CALL_TO_ACTION: Final[Vote] = ("repeated_call_to_action", PROMO, 2.0)
_BEFORE_TITLE: Final[Vote] = ("before_title", CHROME, 0.5)
_MAX_KICKER: Final = 2
"""Blocks above the headline, in one element with it, that can be its category; the site's lines stand further up."""
_CLOSING: Final = frozenset({"source", "editor", "tags"})
_CLOSING_LINES: Final = 4
_CLOSING_WEIGHT: Final = 3.0
"""A line that names source, editor or tags right behind the essay is the article's, whatever its box is called: the
box of what follows often begins with it. As much as two class words."""

Verdict: TypeAlias = tuple[Label, float]
"""A label, and by how much it won against the next, in log-odds."""

_OF_THE_ESSAY: Final[Verdict] = (Label.BODY, DECIDED)


class Outside:
    """Scores the blocks outside the essay of one page."""

    def __init__(self, regions: Regions, cues: CueReader, places: Places, outside: list[int]) -> None:
        self.regions = regions
        self.outline = regions.outline
        self.cues = cues
        self.places = places
        self.outside = outside
        self.scoped: dict[int, list[Vote]] = {}
        self._free = free = [number for number in outside if not places.in_header(number)]
        for scope in find_scopes(regions, cues, free, first=places.first):
            if scope.place == PROMO and scope.start >= places.past + _FAR_BEHIND:
                continue
            for number in range(scope.start, scope.end):
                self.scoped.setdefault(number, []).append((scope.name, scope.place, _SCOPE_WEIGHT[scope.place]))
        spread_boxes(regions, cues, free, self.scoped)
        spread_forms(regions, self.scoped)
        self._header_past = places.header_past
        self._grouped: dict[tuple[int, str, int, int, int], Verdict] = {}
        self._known: dict[tuple[Scores, tuple[Vote, ...]], Verdict] = {}

    def label(self, labels: list[Label], margins: list[float], account: Account = SILENT) -> None:
        """Set the labels of the blocks outside, and by how much they won where that is less than what was known."""
        for number in self.outline.deadline.watch(self.outside):
            labels[number], margin = self.best(number)
            margins[number] = min(margins[number], margin)
        if account.asked:
            self._explain(labels, account)

    def join(self, labels: list[Label], account: Account = SILENT) -> None:
        """Give cards and headings outside the label of what they belong to."""
        close_cards(self.regions, self._free, labels)
        account.follow("part_of_a_teaser", labels)
        join_headings(self.regions, self.cues, self.outside, labels)
        account.follow("heads_what_follows", labels)

    def best(self, number: int) -> Verdict:
        """The label with the highest sum, and by how much it is the highest.

        Blocks of one region and form share it, so it is found once for them.
        """
        places = self.places
        if places.header <= number < places.first and (self._is_standfirst(number) or self._is_caption(number)):
            return _OF_THE_ESSAY
        group = self._group(number)
        if group is not None and (verdict := self._grouped.get(group)) is not None:
            return verdict
        verdict = self._judge(number)
        if group is not None:
            self._grouped[group] = verdict
        return verdict

    def _group(self, number: int) -> tuple[int, str, int, int, int] | None:
        """What makes linked items of one list alike, so that one stands for all; None for what stands by itself."""
        outline, places = self.outline, self.places
        owner = outline.owners[number]
        if outline.tags[owner] != "li" or not (anchor := self.regions.anchors[number]):
            return None
        below = number + 1
        if below < len(outline.linked) and not outline.linked[below] and anchor >= _HEADLINE:
            return None  # a snippet may stand below
        if places.past <= number <= places.past + _NEAR or places.header <= number < places.header_past:
            return None  # tags and the article's own lines are told one by one
        size = (anchor >= _HEADLINE) + (anchor > _MAX_TAG) + 3 * (len(outline.texts[number]) >= _LONG)
        zone = (number >= places.first) + (places.title is not None and number < places.title)
        return outline.parents[owner], outline.names[owner], size, zone, len(self.scoped.get(number, ()))

    def _judge(self, number: int) -> Verdict:
        region, votes = key = (self.region(number), tuple(self.votes(number)))
        verdict = self._known.get(key)
        if verdict is None:
            scores = _add_up(region, votes)[: len(ORDER)]
            best = max(_RANGE, key=scores.__getitem__)
            top = scores[best]
            scores[best] = -math.inf
            verdict = self._known[key] = ORDER[best], top - max(scores)
        return verdict

    def _explain(self, labels: list[Label], account: Account) -> None:
        """Note the named evidence of the blocks outside, their own and their region's, and how all labels stand.

        Blocks of the essay have a standing outside too: what they would be if they were none.
        """
        outside = set(self.outside)
        for number, label in enumerate(self.outline.deadline.watch(labels)):
            if number not in outside and label is not Label.BODY:
                continue
            votes = self.votes(number)
            scores = _add_up(self.region(number), votes)
            best = max(scores[: len(ORDER)])
            account.stand(number, {other: scores[place] - best for place, other in enumerate(ORDER)})
            if number in outside:
                said = [*votes, *self.regions.votes(self.outline.owners[number])]
                account.add(number, as_evidence([*said, ("nothing_else_is_known", CHROME, _CHROME_PRIOR)]))
                if label is Label.BODY:
                    name = "caption_in_article" if self._is_caption(number) else "sentence_below_title"
                    account.add(number, (Evidence(name, DECIDED, label),))
                    account.rise(number, label, DECIDED)
        account.follow("like_its_list", labels)

    def region(self, number: int) -> Scores:
        """What the elements around a block say; what speaks for the article's meta counts near the article only."""
        owner = self.outline.owners[number]
        scores = self.regions.scores(owner)
        if not scores[META] and not scores[COMMENT] and not scores[TAGS]:
            return scores
        factor = self.places.nearness(number)
        if self._repeats.get((self.outline.tags[owner], self.outline.names[owner]), 0) > _MAX_REPEATS:
            factor *= 0.4
        joined = list(scores)
        joined[META] *= factor
        if joined[TAGS] and self.regions.list_anchor(number) > _MAX_TAG:
            joined[TAGS] *= _LONG_FOR_TAGS
        if number < self.places.first:
            joined[COMMENT] *= 0.4  # a count of comments in the article's header
        return tuple(joined)  # type: ignore[return-value]

    def votes(self, number: int) -> list[Vote]:
        """The evidence of the block itself."""
        outline, places = self.outline, self.places
        text, linked = outline.texts[number], outline.linked[number]
        votes = self.scoped[number][:] if number in self.scoped else []
        anchor = self.regions.anchors[number]
        if cues := self.cues[number]:
            votes += self._cue_votes(number, cues, anchor)
        if anchor:
            votes += self._link_votes(number, text, anchor)
            if anchor >= _HEADLINE and self._is_headline(number):
                votes.append(_SNIPPET)
        else:
            if is_stamp(text):
                votes.append(_STAMP_FORM if places.nearness(number) > FAR else _STAMP_IN_LIST)
            elif holds_price(text):
                votes.append(_PRICE_FORM)
            elif is_quotation(text):
                votes.append(_QUOTATION)
            if not linked and _is_snippet(text) and self._is_below_headline(number):
                votes.append(_SNIPPET)
        if len(text) <= MAX_CRUMB_LENGTH and CRUMB_MARK.search(text) and is_crumb(text):
            votes.append(_CRUMB_FORM)
        if number < self._header_past and places.title is not None:
            if number >= max(places.header, places.title - _MAX_KICKER):
                votes.append(_ITEM_IN_HEADER if outline.tags[outline.owners[number]] == "li" else _IN_HEADER)
            elif number < places.title:
                votes.append(_BEFORE_TITLE)
        return votes

    def _link_votes(self, number: int, text: str, anchor: int) -> list[Vote]:
        places = self.places
        votes = []
        among = self.regions.list_anchor(number)
        if anchor >= _HEADLINE and _WITHIN.match(self._address(number)):
            votes.append(_WITHIN_PAGE)
        elif among >= _LONG:
            votes.append(_LONG_LINK)
        elif among <= SHORT:
            votes.append(_SHORT_LINK if len(text) < _LONG else _MANY_LINKS)
        if len(text) >= _LONG and is_menu(text):
            votes.append(_MENU_LINE)
        if anchor <= _MAX_TAG and places.past <= number <= places.past + _NEAR and self._links_tag(number):
            votes.append(_TAG_LINK)
        if anchor >= _HEADLINE and places.first < number < places.past and self._within[text] > _MAX_REPEATS:
            votes.append(_CALL_TO_ACTION)
        return votes

    def _cue_votes(self, number: int, cues: tuple[Cue, ...], anchor: int) -> list[Vote]:
        votes = []
        early = number < self.places.first
        for cue in cues[:2]:
            place = PLACE[LABEL_OF[cue.section]]
            weight = _CUE_WEIGHT[cue.position]
            if place == META:
                weight *= self.places.nearness(number)
            if cue.section in _CLOSING and cue.position == "lead" and not anchor and self._closes(number):
                votes.append(("right_behind_the_essay", place, _CLOSING_WEIGHT))
            elif place in {COMMENT, TAGS} and early:
                weight *= 0.3
            elif place == PROMO and (early and anchor):
                weight *= 0.4
            elif place == PROMO and cue.position == "holds":
                weight += 0.2
            elif place == RELATED and cue.position == "label" and anchor:
                if self.outline.tags[self.outline.owners[number]] not in HEADING_TAGS:
                    weight = _WEAK_CUE_WEIGHT
            elif place == RELATED and cue.position == "lead" and anchor >= _LONG:
                weight += 1.2
            votes.append((f"cue_{cue.section}_{cue.position}", place, weight))
        return votes

    def _closes(self, number: int) -> bool:
        return self.places.past <= number < self.places.past + _CLOSING_LINES

    def _address(self, number: int) -> str:
        """Where the block's first link leads, as written."""
        for mark in self.outline.marks[number]:
            if mark.kind is _LINK:
                return mark.target or ""
        return ""

    def _links_tag(self, number: int) -> bool:
        """The block's link is said to be a tag, or its address to be a tag's page."""
        for mark in self.outline.marks[number]:
            if mark.kind is _LINK:
                return mark.is_tag or bool(mark.target and _TAG_PATH.search(mark.target))
        return False

    def _is_standfirst(self, number: int) -> bool:
        """A sentence between headline and essay that nothing claims: the essay's lead."""
        places, texts = self.places, self.outline.texts
        if places.title is None or not places.title < number < min(places.first, places.title + _MAX_BELOW):
            return False
        if self.outline.linked[number] or any(
            size(text) >= _MIN_STANDFIRST for text in texts[places.title + 1 : number]
        ):
            return False
        text = texts[number]
        if size(text) < _MIN_STANDFIRST or holds_date(text) or is_menu(text) or self.cues[number]:
            return False
        region = self.region(number)
        return region[RELATED] < _TEASER and max(*region[:RELATED], *region[PROMO:]) < 1.0

    def _is_caption(self, number: int) -> bool:
        """The caption of a picture in the article's header; of those amid its paragraphs main content decides."""
        places, owner = self.places, self.outline.owners[number]
        if self.outline.kinds[owner] is not Kind.CAPTION or not places.header <= number < places.first:
            return False
        return max(self.region(number)[RELATED:CHROME]) < 1.0

    def _is_headline(self, number: int) -> bool:
        """A linked headline with an unlinked snippet below, a time between them at most."""
        linked, texts = self.outline.linked, self.outline.texts
        for below in range(number + 1, min(number + 3, len(linked))):
            if not linked[below] and _is_snippet(texts[below]) and self._beside(number, below):
                return True
        return False

    def _is_below_headline(self, number: int) -> bool:
        """The snippet below a linked headline."""
        anchors = self.regions.anchors
        for above in range(number - 1, max(number - 3, -1), -1):
            if anchors[above] >= _HEADLINE and self._beside(above, number):
                return True
        return False

    def _beside(self, one: int, other: int) -> bool:
        """The two stand in one small element."""
        parents, owners = self.outline.parents, self.outline.owners
        around = {owners[one], parents[owners[one]], parents[parents[owners[one]]] if owners[one] > 0 else 0}
        at = owners[other]
        for _ in range(len(around)):
            if at in around:
                return at > 0 and at not in self.regions.essay
            at = parents[at] if at > 0 else 0
        return False

    @cached_property
    def _within(self) -> Counter[str]:
        """How often each text stands within the essay's span."""
        places = self.places
        return Counter(self.outline.texts[number] for number in self.outside if places.first < number < places.past)

    @cached_property
    def _repeats(self) -> Counter[tuple[str, str]]:
        """How often the same element stands outside the header: a card's date is repeated, the article's is not."""
        outline = self.outline
        owners = [outline.owners[number] for number in self._free]
        return Counter((outline.tags[owner], outline.names[owner]) for owner in owners)


def _add_up(region: Scores, votes: Iterable[Vote]) -> list[float]:
    """Log-odds of the labels in ORDER, from what the elements around a block say and its own evidence."""
    scores = list(region)
    scores[CHROME] += _CHROME_PRIOR
    for _, place, weight in votes:
        scores[place] += weight
    scores[META] = max(scores[META], scores[META] * 0.2 + scores[CRUMB])
    return scores


def _is_snippet(text: str) -> bool:
    return len(text) >= _MIN_SNIPPET_LENGTH and (is_prose(text) or is_cut(text))
