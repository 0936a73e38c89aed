"""The labels of the blocks outside the essay: the sum of what their regions, headings, words and places say."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.cues import LABEL_OF
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
)
from declutter.classify.boilerplate.forms import is_crumb, is_cut, is_prose, is_stamp
from declutter.classify.boilerplate.headings import HEADING_TAGS, find_scopes
from declutter.model import Label, SpanKind

if TYPE_CHECKING:
    from declutter.classify.boilerplate.cues import CueReader
    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.regions import Regions

_CUE_WEIGHT: Final = {"label": 2.0, "lead": 1.8, "holds": 1.7}
_WEAK_CUE_WEIGHT: Final = 0.6
_SCOPE_WEIGHT: Final = {RELATED: 2.5, COMMENT: 2.5, TAGS: 2.5, PROMO: 1.5}
_PRICE: Final = re.compile(r"[$€£¥₽₹]\s?\d|\d\s?(?:[$€£₽₹]|zł|руб|грн|Kč|元)(?!\w)")
_MAX_PRICE: Final = 48
_MAX_TAG: Final = 24
_TAG_PATH: Final = re.compile(
    r"[/?&](?:tags?|topics?|keywords?|labels?|hashtags?|etiquetas?|etiquettes?|schlagw[oö]rter|mots?-cles?|temas?|tagi?|etiket)[/=]",
    re.IGNORECASE,
)
_SPREADING: Final = frozenset({("promo", "holds"), ("promo", "lead"), ("comment", "holds"), ("comment", "lead")})
_MAX_BOX: Final = 12
_BOX_WEIGHT: Final = 1.6
_FAR: Final = 0.5
_HEADLINE: Final = 16
_LONG: Final = 30
_SHORT: Final = 14
_NEAR: Final = 12
_MAX_CARD: Final = 6
_MAX_CARD_LEVELS: Final = 3
_MAX_REPEATS: Final = 2
_MAX_HEADING: Final = 64
_HEADED: Final = frozenset({Label.RELATED, Label.COMMENT, Label.PROMO})

_CHROME_PRIOR: Final[Vote] = ("unclaimed", CHROME, 0.2)
_CRUMB_FORM: Final[Vote] = ("breadcrumb", CRUMB, 3.0)
_STAMP_FORM: Final[Vote] = ("stamp_alone", META, 1.5)
_STAMP_IN_LIST: Final[Vote] = ("stamp_in_list", RELATED, 0.3)
_PRICE_FORM: Final[Vote] = ("price", PROMO, 1.5)
_SNIPPET: Final[Vote] = ("headline_with_snippet", RELATED, 1.5)
_ITEM_IN_HEADER: Final[Vote] = ("item_in_article_header", META, 0.5)
_TAG_LINK: Final[Vote] = ("link_to_tag_page", TAGS, 2.5)
_LONG_LINK: Final[Vote] = ("long_link", RELATED, 0.8)
_SHORT_LINK: Final[Vote] = ("short_link", CHROME, 0.4)
_MANY_LINKS: Final[Vote] = ("line_of_links", CHROME, 0.8)
_IN_HEADER: Final[Vote] = ("in_article_header", META, 1.5)
_CALL_TO_ACTION: Final[Vote] = ("repeated_call_to_action", PROMO, 2.0)
_BEFORE_TITLE: Final[Vote] = ("before_title", CHROME, 0.5)


class Outside:
    """Scores the blocks outside the essay of one page."""

    def __init__(self, regions: Regions, cues: CueReader, places: Places, outside: list[int]) -> None:
        self.regions = regions
        self.outline = regions.outline
        self.cues = cues
        self.places = places
        self.outside = outside
        self.scoped: dict[int, list[Vote]] = {}
        for scope in find_scopes(regions, cues, [n for n in outside if not places.in_header(n)], first=places.first):
            for number in range(scope.start, scope.end):
                self.scoped.setdefault(number, []).append((scope.name, scope.place, _SCOPE_WEIGHT[scope.place]))
        self._spread()
        self.texts = Counter(self.outline.texts[number] for number in outside)
        self.repeats = self._repeats()

    def label(self, labels: list[Label]) -> None:
        """Set the labels of the blocks outside."""
        for number in self.outside:
            labels[number] = Label.BODY if self._is_standfirst(number) else self.best(number)
        self._close_cards(labels)
        self._join_headings(labels)

    def best(self, number: int) -> Label:
        """The label with the highest sum."""
        scores = self.sums(number)
        scores[META] = max(scores[META], scores[META] * 0.2 + scores[CRUMB])
        best = max(range(len(ORDER)), key=scores.__getitem__)
        return ORDER[best]

    def _is_standfirst(self, number: int) -> bool:
        """A sentence between headline and essay that nothing claims: the essay's lead."""
        title = self.places.title
        if (
            title is None
            or number != title + 1
            or number > self.places.first
            or not is_prose(self.outline.texts[number])
        ):
            return False
        return not self.outline.linked[number] and not self.cues[number] and max(self.region(number)) < 1.0

    def sums(self, number: int) -> list[float]:
        """All evidence of a block added up, by place in ORDER."""
        scores = list(self.region(number))
        for _, place, weight in self.votes(number):
            scores[place] += weight
        return scores

    def region(self, number: int) -> Scores:
        """What the elements around a block say; what speaks for the article's meta counts near the article only."""
        owner = self.outline.owners[number]
        scores = self.regions.scores(owner)
        if not scores[META] and not scores[COMMENT]:
            return scores
        factor = self._nearness(number)
        if self.repeats.get((self.outline.tags[owner], self.outline.name(owner)), 0) > _MAX_REPEATS:
            factor *= 0.4
        joined = list(scores)
        joined[META] *= factor
        if number < self.places.first:
            joined[COMMENT] *= 0.4
        return tuple(joined)  # type: ignore[return-value]

    def votes(self, number: int) -> list[Vote]:
        """The evidence of the block itself."""
        outline, places = self.outline, self.places
        text = outline.texts[number]
        votes = list(self.scoped.get(number, ()))
        anchor = self.regions.anchors[number]
        near = self._nearness(number)
        votes += self._cue_votes(number, anchor, near)
        if is_crumb(text):
            votes.append(_CRUMB_FORM)
        elif is_stamp(text):
            votes.append(_STAMP_FORM if near > _FAR else _STAMP_IN_LIST)
        elif len(text) <= _MAX_PRICE and _PRICE.search(text):
            votes.append(_PRICE_FORM)
        if anchor >= _LONG:
            votes.append(_LONG_LINK)
        elif anchor and anchor <= _SHORT:
            votes.append(_SHORT_LINK if len(text) < _LONG else _MANY_LINKS)
        if anchor and anchor <= _MAX_TAG and places.past <= number <= places.past + _NEAR and self._links_tag(number):
            votes.append(_TAG_LINK)
        if self._is_teaser(number):
            votes.append(_SNIPPET)
        if anchor >= _HEADLINE and places.first < number < places.past and self.texts[text] > _MAX_REPEATS:
            votes.append(_CALL_TO_ACTION)
        if places.in_header(number):
            votes.append(_ITEM_IN_HEADER if outline.tags[outline.owners[number]] == "li" else _IN_HEADER)
        elif places.title is not None and number < places.title:
            votes.append(_BEFORE_TITLE)
        votes.append(_CHROME_PRIOR)
        return votes

    def _cue_votes(self, number: int, anchor: int, near: float) -> list[Vote]:
        votes = []
        tag = self.outline.tags[self.outline.owners[number]]
        for cue in self.cues[number][:2]:
            place = PLACE[LABEL_OF[cue.section]]
            weight = _CUE_WEIGHT[cue.position]
            if place == META:
                weight *= near
            elif place == COMMENT and number < self.places.first:
                weight *= 0.3
            elif place == PROMO:
                if number < self.places.first and anchor:
                    weight *= 0.4
                elif cue.position == "holds":
                    weight += 0.2
            elif place == TAGS and number < self.places.first:
                weight *= 0.3
            elif place == RELATED and cue.position == "label" and anchor and tag not in HEADING_TAGS:
                weight = _WEAK_CUE_WEIGHT
            elif place == RELATED and cue.position == "lead" and anchor >= _LONG:
                weight += 1.2
            votes.append((f"cue_{cue.section}_{cue.position}", place, weight))
        return votes

    def _links_tag(self, number: int) -> bool:
        """The block's link is said to be a tag, or its address to be a tag's page."""
        for mark in self.outline.marks[number]:
            if mark.kind is SpanKind.LINK:
                rel, href = mark.element.get("rel"), mark.element.get("href")
                return (rel is not None and "tag" in rel.split()) or (
                    href is not None and _TAG_PATH.search(href) is not None
                )
        return False

    def _is_teaser(self, number: int) -> bool:
        """A linked headline with an unlinked snippet below (a time between them at most), or that snippet."""
        anchors, linked = self.regions.anchors, self.outline.linked
        if anchors[number] >= _HEADLINE:
            return any(
                below < len(linked) and not linked[below] and self._is_snippet(below) and self._beside(number, below)
                for below in (number + 1, number + 2)
            )
        if linked[number] or not self._is_snippet(number):
            return False
        return any(
            above >= 0 and anchors[above] >= _HEADLINE and self._beside(above, number)
            for above in (number - 1, number - 2)
        )

    def _is_snippet(self, number: int) -> bool:
        text = self.outline.texts[number]
        return is_prose(text) or (is_cut(text) and len(text) >= _SHORT)

    def _beside(self, one: int, other: int) -> bool:
        """The two stand in one small element."""
        parents, owners = self.outline.parents, self.outline.owners
        around = {owners[one], parents[owners[one]], parents[parents[owners[one]]] if owners[one] > 0 else 0}
        at = owners[other]
        for _ in range(3):
            if at in around:
                return at > 0 and at not in self.regions.essay
            at = parents[at] if at > 0 else 0
        return False

    def _nearness(self, number: int) -> float:
        """How far words for author, time and source are the article's own here."""
        places = self.places
        if places.in_header(number):
            return 1.0
        if number < places.first:
            return 0.5
        return 0.9 if number < places.past + _NEAR else 0.3

    def _spread(self) -> None:
        """Let what one line of a small box says hold for the box: a sign-up form, an offer with its price."""
        outline, regions = self.outline, self.regions
        seen: set[tuple[int, int]] = set()
        for number in self.outside:
            text = outline.texts[number]
            if self.places.in_header(number):
                continue
            if len(text) <= _MAX_PRICE and _PRICE.search(text):
                place, name = PROMO, "beside_price"
            else:
                cue = next((cue for cue in self.cues[number] if (cue.section, cue.position) in _SPREADING), None)
                if cue is None:
                    continue
                place, name = PLACE[LABEL_OF[cue.section]], f"beside_{cue.section}_cue"
            box = self._box(number)
            if box is None or (box, place) in seen:
                continue
            seen.add((box, place))
            for other in range(regions.first[box], regions.past[box]):
                self.scoped.setdefault(other, []).append((name, place, _BOX_WEIGHT))

    def _box(self, number: int) -> int | None:
        """The widest element around a block that is small and lists no headlines."""
        outline, regions = self.outline, self.regions
        box = None
        element = outline.owners[number]
        while element > 0 and element not in regions.essay:
            first, past = regions.first[element], regions.past[element]
            if past - first > _MAX_BOX or sum(regions.anchors[n] >= _LONG for n in range(first, past)) > 1:
                break
            if past - first > 1:
                box = element
            element = outline.parents[element]
        return box

    def _repeats(self) -> dict[tuple[str, str], int]:
        """How often the same element stands outside the article's header: a card's date is repeated, the article's not."""
        outline = self.outline
        counts: dict[tuple[str, str], int] = {}
        for number in self.outside:
            if not self.places.in_header(number):
                owner = outline.owners[number]
                key = (outline.tags[owner], outline.name(owner))
                counts[key] = counts.get(key, 0) + 1
        return counts

    def _close_cards(self, labels: list[Label]) -> None:
        """What stands in one small element with a headline belongs to its teaser: kicker, date, count of comments."""
        outline, regions = self.outline, self.regions
        for number in self.outside:
            if labels[number] not in {
                Label.CHROME,
                Label.META,
                Label.COMMENT,
            } or self.places.in_header(number):
                continue
            element = outline.owners[number]
            for _ in range(_MAX_CARD_LEVELS):
                if (
                    element <= 0
                    or element in regions.essay
                    or regions.past[element] - regions.first[element] > _MAX_CARD
                ):
                    break
                card = range(regions.first[element], regions.past[element])
                if any(labels[other] is Label.RELATED and regions.anchors[other] >= _SHORT for other in card):
                    labels[number] = Label.RELATED
                    break
                element = outline.parents[element]

    def _join_headings(self, labels: list[Label]) -> None:
        """A heading without words of its own is what it stands above."""
        outline, regions = self.outline, self.regions
        for number in self.outside:
            if labels[number] is not Label.CHROME or number + 2 >= len(labels):
                continue
            label = labels[number + 1]
            if label not in _HEADED or labels[number + 2] is not label or len(outline.texts[number]) > _MAX_HEADING:
                continue
            if outline.linked[number] and outline.tags[outline.owners[number]] not in HEADING_TAGS:
                continue
            if any(place == CHROME for _, place, _ in self._cue_votes(number, 0, 0.0)):
                continue
            element = outline.owners[number]
            for _ in range(_MAX_CARD_LEVELS + 1):
                if element <= 0 or element in regions.essay or regions.first[element] != number:
                    break
                if regions.past[element] > number + 2:
                    labels[number] = label
                    break
                element = outline.parents[element]
