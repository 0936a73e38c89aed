"""Boilerplate: labels the blocks outside the essay as title, meta, tags, related, promo, comment or chrome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias, TypeVar

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.beside import claim_below
from declutter.classify.boilerplate.bios import claim_bios
from declutter.classify.boilerplate.boxed import claim_boxes
from declutter.classify.boilerplate.boxes import claim_between, close_cards, join_headings
from declutter.classify.boilerplate.bylines import claim_above
from declutter.classify.boilerplate.cards import Surroundings, claim_cards, find_cards
from declutter.classify.boilerplate.claims import claim_regions, comment_test
from declutter.classify.boilerplate.contacts import claim_contacts
from declutter.classify.boilerplate.discussions import claim_discussion
from declutter.classify.boilerplate.frames import claim_frames
from declutter.classify.boilerplate.header import NOWHERE, find_places
from declutter.classify.boilerplate.lines import Lines
from declutter.classify.boilerplate.listings import claim_listing
from declutter.classify.boilerplate.outside import Outside
from declutter.classify.boilerplate.page import Page
from declutter.classify.boilerplate.plain import is_plain, label_plain
from declutter.classify.boilerplate.polls import claim_polls
from declutter.classify.boilerplate.shapes import find_shapes
from declutter.classify.boilerplate.signups import claim_signups
from declutter.classify.boilerplate.subheads import claim_subheads, release_labels
from declutter.classify.boilerplate.threads import claim_thread
from declutter.classify.boilerplate.titles import claim_titles
from declutter.classify.cues import CueReader
from declutter.classify.margins import overrule
from declutter.model import Label
from declutter.outline import Outline
from declutter.tables import Table

__all__ = ["is_plain", "label_boilerplate"]

_Known = TypeVar("_Known", Page, Outside, Surroundings)

_Steps: TypeAlias = dict[str, Callable[[_Known, list[Label]], None]]
"""Each takes what is known and the labels, which it changes. In order, by name as evidence."""

_DISCUSSION: Final[_Steps[Page]] = {"signed_below_a_heading": claim_discussion}
_AROUND_THE_TITLE: Final[_Steps[Page]] = {
    "teasers_with_times": claim_frames,
    "says_the_title": claim_titles,
    "short_line_above_title": claim_above,
    "below_the_title": claim_below,
    "region_named_otherwise": claim_regions,
}
_BESIDE_ITS_LIKE: Final[_Steps[Outside]] = {
    "part_of_a_teaser": close_cards,
    "heads_what_follows": join_headings,
    "between_its_like": claim_between,
}
_LISTED: Final[_Steps[Surroundings]] = {
    "card_among_its_like": claim_cards,
    "item_of_a_listing": claim_listing,
    "post_of_a_thread": claim_thread,
}
_BELOW_THE_ESSAY: Final[_Steps[Page]] = {
    "tells_of_the_author": claim_bios,
    "whom_the_press_may_ask": claim_contacts,
    "heads_a_section": claim_subheads,
}
_IN_BOXES: Final[_Steps[Page]] = {
    "beside_a_sign_up": claim_signups,
    "says_so_in_a_box": claim_boxes,
    "choice_in_a_form": claim_polls,
}


def label_boilerplate(
    outline: Outline,
    scores: list[float],
    *,
    title: str | None,
    authors: Sequence[str] = (),
    cues: CueReader,
    tables: Sequence[Table],
    account: Account = SILENT,
) -> tuple[list[Label], list[float]]:
    """The label of each block, and the margin by which it won, in log-odds.

    scores: log-odds of body from main content. title, authors: as the page's head gives them.
    cues: of the page's blocks. tables: the page's, from `find_tables`. account: records the evidence.
    """
    page = Page(outline, cues, find_shapes(outline), title, authors, tables, comment_test(outline), NOWHERE)
    if is_plain(outline):
        labels, margins = label_plain(page, scores, account)
    else:
        margins = [abs(score) for score in scores]
        labels = [Label.BODY if score > 0 else Label.CHROME for score in scores]
        _take(_DISCUSSION, page, labels, margins, account)
        page = page._replace(places=find_places(page, labels))
        _take(_AROUND_THE_TITLE, page, labels, margins, account)
        release_labels(page, labels)
        outside = Outside(page, labels)
        outside.label(labels, margins, account)
        _take(_BESIDE_ITS_LIKE, outside, labels, margins, account)
        _take(_LISTED, find_cards(page, outside, labels), labels, margins, account)
    outline.deadline.check()
    Lines(page, labels).label(labels, margins, account)
    _take(_BELOW_THE_ESSAY, page, labels, margins, account)
    if not outline.is_text:
        _take(_IN_BOXES, page, labels, margins, account)
    return labels, margins


def _take(steps: _Steps[_Known], known: _Known, labels: list[Label], margins: list[float], account: Account) -> None:
    """Take steps in turn, record each as evidence, and set the margins of the labels they changed."""
    before = labels[:]
    for name, change in steps.items():
        change(known, labels)
        account.follow(name, labels)
        known.outline.deadline.check()
    overrule(before, labels, margins)
