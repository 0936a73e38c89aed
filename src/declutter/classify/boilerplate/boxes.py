"""Groups of blocks that get one label: boxes, cards, and headings with what follows them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.addresses import address_forms
from declutter.classify.boilerplate.evidence import CERTAIN, COMMENT, PLACE, PROMO, Vote
from declutter.classify.boilerplate.forms import holds_price, opens_with_price
from declutter.classify.boilerplate.headings import HEADING_TAGS
from declutter.classify.cues import LABEL_OF
from declutter.model import Label, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from declutter.classify.boilerplate.outside import Outside
    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_BODY: Final = Label.BODY
_CHROME: Final = Label.CHROME
_COMMENT: Final = Label.COMMENT
_RELATED: Final = Label.RELATED
_LINK: Final = SpanKind.LINK  # see Label

SHORT: Final = 14
"""Anchor size up to which a link is a word or two of a menu."""

_SPREADING: Final = frozenset(
    {("promo", "holds"), ("promo", "lead"), ("comment", "holds"), ("comment", "lead"), ("promo", "label")}
)
_BOX_WEIGHT: Final = 1.6  # log-odds: less than a block's own cue, more than its position
_FORM_WEIGHT: Final = 2.5
_PRICE_WEIGHT: Final = 2.2
_MIN_MENU: Final = 3  # links in a block that make it a menu
_MAX_BOX: Final = 12  # blocks in a box
_MAX_CARD: Final = 6  # blocks in a teaser with kicker, date and comment count
_MAX_LEVELS: Final = 3  # levels above a block within which its card is searched
_MAX_BETWEEN: Final = 4  # essay blocks between two comments that are comments, too
_MIN_HOME: Final = 0.1  # share of the essay's text above which an element is one of its homes
_MAX_CLAIM: Final = 0.7  # share of the essay's text that may be relabelled
_MAX_HEADING_LENGTH: Final = 64  # characters
_LONG: Final = 30  # anchor size from which a link is a headline
_CARD_PARTS: Final = frozenset({Label.CHROME, Label.META, Label.COMMENT})
_HEADED: Final = frozenset({Label.RELATED, Label.COMMENT, Label.PROMO})


def spread_boxes(regions: Regions, cues: CueReader, numbers: list[int], votes: dict[int, list[Vote]]) -> None:
    """Extend the cue of one line to its small box: a sign-up form, an offer with its price."""
    outline = regions.outline
    seen: set[tuple[int, int]] = set()
    for number in outline.deadline.watch(numbers):
        found = cues[number]
        text = outline.texts[number]
        priced = opens_with_price(text) if outline.linked[number] else holds_price(text)
        if not found and not priced:
            continue
        if regions.scores[outline.owners[number]][COMMENT] >= CERTAIN:
            continue
        if priced:
            place, name, weight = PROMO, "beside_price", _PRICE_WEIGHT
        else:
            cue = next((cue for cue in found if (cue.section, cue.position) in _SPREADING), None)
            if cue is None or (cue.position == "label" and outline.tags[outline.owners[number]] != "button"):
                continue
            if sum([mark.kind is _LINK for mark in outline.marks[number]]) >= _MIN_MENU:
                continue
            place, name, weight = PLACE[LABEL_OF[cue.section]], f"beside_{cue.section}_cue", _BOX_WEIGHT
        box = _box(regions, number)
        if box is None or (box, place) in seen:
            continue
        seen.add((box, place))
        held = range(regions.first[box], regions.past[box])
        if place == PROMO and not priced and any(cues.says(other, "author") for other in held):
            continue  # its button is to follow the author
        for other in held:
            votes.setdefault(other, []).append((name, place, weight))


def spread_forms(regions: Regions, votes: dict[int, list[Vote]]) -> None:
    """Vote for promotion in the small box of a form that asks for an e-mail address, but not for text or a password."""
    for form in address_forms(regions.outline):
        # Without labels, a form has no block of its own.
        element = next((at for at in islice(regions.outline.ancestors(form), 2) if regions.past[at]), 0)
        if element <= 0 or element in regions.essay or regions.scores[element][COMMENT] >= CERTAIN:
            continue
        box = _box(regions, regions.first[element])
        if box is None and regions.past[element] - regions.first[element] > _MAX_BOX:
            continue
        around = element if box is None else box
        for number in range(regions.first[around], regions.past[around]):
            votes.setdefault(number, []).append(("asks_for_address", PROMO, _FORM_WEIGHT))


def _box(regions: Regions, number: int) -> int | None:
    """The widest small element around a block that contains no list of headlines."""
    box = None
    for element in regions.outline.ancestors(regions.outline.owners[number]):
        first, past = regions.first[element], regions.past[element]
        if element in regions.essay or past - first > _MAX_BOX:
            break
        if sum([anchor >= _LONG for anchor in regions.anchors[first:past]]) > 1:
            break
        if box is not None and _headings(regions, first, past) > max(
            1, _headings(regions, regions.first[box], regions.past[box])
        ):
            break
        if past - first > 1:
            box = element
    return box


def _headings(regions: Regions, first: int, past: int) -> int:
    outline = regions.outline
    return sum([outline.tags[owner] in HEADING_TAGS for owner in outline.owners[first:past]])


def close_cards(outside: Outside, labels: list[Label]) -> None:
    """Label kicker, date and comment count as part of the teaser whose small element they share."""
    if _RELATED not in labels:
        return
    regions, outline = outside.regions, outside.outline
    related = bytearray([label is _RELATED for label in labels])
    anchors = regions.anchors
    heads = bytearray([label is _RELATED and anchor >= SHORT for label, anchor in zip(labels, anchors, strict=True)])
    for number in outside.free:
        if labels[number] not in _CARD_PARTS:
            continue
        if related.find(1, max(0, number - _MAX_CARD + 1), number + _MAX_CARD) < 0:
            continue
        for element in islice(outline.ancestors(outline.owners[number]), _MAX_LEVELS):
            first, past = regions.first[element], regions.past[element]
            if element in regions.essay or past - first > _MAX_CARD:
                break
            if heads.find(1, first, past) >= 0:
                labels[number] = _RELATED
                related[number] = 1
                heads[number] = anchors[number] >= SHORT
                break


def join_headings(outside: Outside, labels: list[Label]) -> None:
    """Give a heading without cue words the label of what follows it."""
    regions, outline, cues = outside.regions, outside.outline, outside.cues
    for number in [number for number in outside.outside if labels[number] is _CHROME and number + 2 < len(labels)]:
        label = labels[number + 1]
        if label not in _HEADED or labels[number + 2] is not label or len(outline.texts[number]) > _MAX_HEADING_LENGTH:
            continue
        if outline.linked[number] and outline.tags[outline.owners[number]] not in HEADING_TAGS:
            continue
        if cues.says(number, "chrome"):
            continue
        for element in islice(outline.ancestors(outline.owners[number]), _MAX_LEVELS + 1):
            if element in regions.essay or regions.first[element] != number:
                break
            if regions.past[element] > number + 2:
                labels[number] = label
                break


def claim_between(outside: Outside, labels: list[Label]) -> None:
    """Label a few essay blocks between comments as comments.

    Not if they share an element with the essay's paragraphs, and not if they are most of the essay.
    """
    between = list(_between_comments(labels))
    if not between:
        return
    outline = outside.outline
    homes = find_homes(outline, labels, _MIN_HOME)
    claimed = [n for run in between if outline.parents[outline.owners[run.start]] not in homes for n in run]
    total = sum([len(text) for text, label in zip(outline.texts, labels, strict=True) if label is _BODY])
    if sum([len(outline.texts[number]) for number in claimed]) <= _MAX_CLAIM * total:
        for number in claimed:
            labels[number] = _COMMENT


def _between_comments(labels: Sequence[Label]) -> Iterator[range]:
    """Runs of a few essay blocks between comments."""
    for start in [at for at in range(1, len(labels)) if labels[at] is _BODY and labels[at - 1] is _COMMENT]:
        past = next(
            (at for at in range(start, min(start + _MAX_BETWEEN + 1, len(labels))) if labels[at] is not _BODY), 0
        )
        if past and labels[past] is _COMMENT:
            yield range(start, past)


def find_homes(outline: Outline, labels: list[Label], share: float) -> set[int]:
    """The elements whose own text or paragraphs hold more than this share of the essay's text."""
    weights: dict[int, int] = {}
    total = 0
    for number, label in enumerate(labels):
        if label is _BODY:
            length = len(outline.texts[number])
            total += length
            owner = outline.owners[number]
            for element in (owner, outline.parents[owner]):
                weights[element] = weights.get(element, 0) + length
    return {element for element, weight in weights.items() if weight > share * total}
