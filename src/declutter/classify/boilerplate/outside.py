"""The labels of the blocks outside the essay: the sum of what their regions, headings, words and places say."""

from __future__ import annotations

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
from declutter.classify.boilerplate.forms import is_crumb, is_stamp
from declutter.classify.boilerplate.headings import HEADING_TAGS, find_scopes
from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.cues import CueReader
    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.regions import Regions

_CUE_WEIGHT: Final = {"label": 2.0, "lead": 1.8, "holds": 1.5}
_WEAK_CUE_WEIGHT: Final = 0.6
_SCOPE_WEIGHT: Final = {RELATED: 2.5, COMMENT: 2.5, TAGS: 2.5, PROMO: 1.5}
_LINKED: Final = 0.6
_LONG: Final = 30
_SHORT: Final = 14
_NEAR: Final = 12
_MAX_CARD: Final = 6
_MAX_CARD_LEVELS: Final = 3
_MAX_REPEATS: Final = 2

_CHROME_PRIOR: Final[Vote] = ("unclaimed", CHROME, 0.2)
_CRUMB_FORM: Final[Vote] = ("breadcrumb", CRUMB, 3.0)
_STAMP_FORM: Final[Vote] = ("stamp_alone", META, 1.5)
_LONG_LINK: Final[Vote] = ("long_link", RELATED, 0.8)
_SHORT_LINK: Final[Vote] = ("short_link", CHROME, 0.4)
_MANY_LINKS: Final[Vote] = ("line_of_links", CHROME, 0.8)
_IN_HEADER: Final[Vote] = ("in_article_header", META, 1.5)
_CALL_TO_ACTION: Final[Vote] = ("repeated_call_to_action", PROMO, 2.0)
_BEFORE_TITLE: Final[Vote] = ("before_title", CHROME, 0.5)


class Outside:
    """Scores the blocks outside the essay of one page."""

    def __init__(
        self, regions: Regions, cues: CueReader, places: Places, outside: list[int]
    ) -> None:
        self.regions = regions
        self.outline = regions.outline
        self.cues = cues
        self.places = places
        self.outside = outside
        self.scoped: dict[int, list[Vote]] = {}
        for scope in find_scopes(
            regions,
            cues,
            [number for number in outside if not places.in_header(number)],
        ):
            for number in range(scope.start, scope.end):
                self.scoped.setdefault(number, []).append(
                    (scope.name, scope.place, _SCOPE_WEIGHT[scope.place])
                )
        self.texts = Counter(self.outline.texts[number] for number in outside)
        self.repeats = self._repeats()

    def label(self, labels: list[Label]) -> None:
        """Set the labels of the blocks outside."""
        for number in self.outside:
            labels[number] = self.best(number)
        self._close_cards(labels)

    def best(self, number: int) -> Label:
        """The label with the highest sum."""
        scores = self.sums(number)
        scores[META] = max(scores[META], scores[META] * 0.2 + scores[CRUMB])
        best = max(range(len(ORDER)), key=scores.__getitem__)
        return ORDER[best]

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
        if scores[META]:
            factor = self._nearness(number)
            if (
                self.repeats.get(
                    (self.outline.tags[owner], self.outline.name(owner)), 0
                )
                > _MAX_REPEATS
            ):
                factor *= 0.4
            if factor != 1.0:
                return (scores[0] * factor, *scores[1:])  # type: ignore[return-value]
        return scores

    def votes(self, number: int) -> list[Vote]:
        """The evidence of the block itself."""
        outline, places = self.outline, self.places
        text, linked = outline.texts[number], outline.linked[number]
        votes = list(self.scoped.get(number, ()))
        is_linked = linked >= _LINKED * len(text)
        tag = outline.tags[outline.owners[number]]
        for cue in self.cues[number][:2]:
            place = PLACE[LABEL_OF[cue.section]]
            weight = _CUE_WEIGHT[cue.position]
            if (
                is_linked
                and cue.section == "related"
                and cue.position == "label"
                and tag not in HEADING_TAGS
            ):
                weight = _WEAK_CUE_WEIGHT
            if (
                cue.section == "related"
                and cue.position == "lead"
                and is_linked
                and self.regions.anchors[number] >= _LONG
            ):
                weight += 1.2
            if place == META:
                weight *= self._nearness(number)
            votes.append((f"cue_{cue.section}_{cue.position}", place, weight))
        if is_crumb(text):
            votes.append(_CRUMB_FORM)
        elif is_stamp(text):
            votes.append(
                _STAMP_FORM
                if self._nearness(number) > 0.5
                else ("stamp_in_list", RELATED, 0.3)
            )
        if is_linked:
            anchor = self.regions.anchors[number]
            if anchor >= _LONG:
                votes.append(_LONG_LINK)
            elif anchor <= _SHORT:
                votes.append(_SHORT_LINK if len(text) < _LONG else _MANY_LINKS)
        if (
            linked
            and places.first < number < places.past
            and self.texts[text] > _MAX_REPEATS
        ):
            votes.append(_CALL_TO_ACTION)
        if places.in_header(number):
            votes.append(_IN_HEADER)
        elif places.title is not None and number < places.title:
            votes.append(_BEFORE_TITLE)
        votes.append(_CHROME_PRIOR)
        return votes

    def _nearness(self, number: int) -> float:
        """How far words for author, time and source are the article's own here."""
        places = self.places
        if places.in_header(number):
            return 1.0
        if number < places.first:
            return 0.5
        return 0.9 if number < places.past + _NEAR else 0.3

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
                if any(
                    labels[other] is Label.RELATED and regions.anchors[other] >= _SHORT
                    for other in card
                ):
                    labels[number] = Label.RELATED
                    break
                element = outline.parents[element]
