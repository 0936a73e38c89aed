"""Boilerplate: labels the blocks outside the essay as title, meta, tags, related, promo, comment or chrome."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.beside import claim_beside_byline
from declutter.classify.boilerplate.bios import claim_bios
from declutter.classify.boilerplate.boxed import claim_boxes
from declutter.classify.boilerplate.boxes import claim_between
from declutter.classify.boilerplate.bylines import claim_above, claim_below
from declutter.classify.boilerplate.cards import Surroundings, claim_cards, claim_column, find_cards
from declutter.classify.boilerplate.claims import claim_regions, comment_test
from declutter.classify.boilerplate.contacts import claim_contacts
from declutter.classify.boilerplate.discussions import claim_discussion
from declutter.classify.boilerplate.frames import find_dated_links
from declutter.classify.boilerplate.header import Places, find_places, place_header
from declutter.classify.boilerplate.lines import Lines
from declutter.classify.boilerplate.listings import claim_listing
from declutter.classify.boilerplate.outside import Outside
from declutter.classify.boilerplate.plain import label_plain
from declutter.classify.boilerplate.plain_trailer import closing_frames, is_category
from declutter.classify.boilerplate.polls import claim_polls
from declutter.classify.boilerplate.regions import Regions
from declutter.classify.boilerplate.shapes import Shapes, find_shapes
from declutter.classify.boilerplate.signups import claim_signups
from declutter.classify.boilerplate.subheads import claim_subheads, drop_last_headings, release_labels
from declutter.classify.boilerplate.threads import claim_thread
from declutter.classify.cues import CueReader
from declutter.classify.margins import overrule
from declutter.model import Label
from declutter.outline import Outline
from declutter.tables import Table

_BODY: Final = Label.BODY
_CHROME: Final = Label.CHROME
_TITLE: Final = Label.TITLE  # see Label

__all__ = ["is_plain", "label_boilerplate"]


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
    body = [score > 0 for score in scores]
    shapes = find_shapes(outline)
    if is_plain(outline):
        labels, margins = label_plain(outline, cues, shapes, title=title, account=account)
        before = labels[:]
        _cut_menus(outline, body, labels)
        account.follow("edge_of_the_page", labels)
        overrule(before, labels, margins)
    else:
        margins = [abs(score) for score in scores]
        labels = [_BODY if is_body else _CHROME for is_body in body]
        _label_regions(outline, cues, shapes, labels, margins, title=title, account=account)
    outline.deadline.check()
    essay = [number for number, label in enumerate(labels) if label is _BODY]
    lines = Lines(outline, cues, shapes, essay, tables)
    lines.label(labels, margins, account)
    before = labels[:]
    claim_bios(outline, cues, shapes, labels, authors)
    account.follow("tells_of_the_author", labels)
    claim_contacts(outline, cues, labels)
    account.follow("whom_the_press_may_ask", labels)
    claim_subheads(outline, cues, labels)
    drop_last_headings(outline, labels)
    account.follow("heads_a_section", labels)
    overrule(before, labels, margins)
    if not outline.is_text:
        before = labels[:]
        claim_signups(outline, cues, labels)
        account.follow("beside_a_sign_up", labels)
        claim_boxes(outline, cues, shapes, labels)
        account.follow("says_so_in_a_box", labels)
        claim_polls(outline, labels)
        account.follow("choice_in_a_form", labels)
        overrule(before, labels, margins)
    return labels, margins


def is_plain(outline: Outline) -> bool:
    """Whether no element has a class or id: text dumps, and HTML without useful markup."""
    return outline.is_text or not any(outline.names)


def _label_regions(
    outline: Outline,
    cues: CueReader,
    shapes: Shapes,
    labels: list[Label],
    margins: list[float],
    *,
    title: str | None,
    account: Account,
) -> None:
    """Label the blocks outside the essay, and regions that main content wrongly took for the essay."""
    before = labels[:]
    claim_discussion(outline, cues, labels)
    account.follow("signed_below_a_heading", labels)
    places = find_places(outline, cues, labels, title)
    discussed = comment_test(outline)
    _claim_frames(outline, cues, shapes, places, labels, discussed=discussed)
    account.follow("teasers_with_times", labels)
    outline.deadline.check()
    for number in places.titles:
        labels[number] = _TITLE
    account.follow("says_the_title", labels)
    claim_above(outline, places, labels)
    account.exclude("short_line_above_title", labels)
    claim_below(outline, cues, places, labels)
    claim_beside_byline(outline, cues, shapes, places, labels)
    account.follow("below_the_title", labels)
    outline.deadline.check()
    claim_regions(outline, places, shapes, labels)
    account.exclude("region_named_otherwise", labels)
    overrule(before, labels, margins)
    release_labels(cues, labels)
    outside = [number for number, label in enumerate(labels) if label is _CHROME]
    regions = Regions(outline, [label is _BODY or label is _TITLE for label in labels])
    outline.deadline.check()
    scorer = Outside(regions, cues, shapes, place_header(regions, places, labels), outside)
    scorer.label(labels, margins, account)
    outline.deadline.check()
    before = labels[:]
    scorer.join(labels, account)
    claim_between(outline, labels)
    account.follow("between_its_like", labels)
    outline.deadline.check()
    cards = find_cards(regions, shapes, labels)
    surroundings = Surroundings(regions, scorer.scoped, places.title, cues)
    if not claim_column(cards, surroundings, shapes, labels):
        claim_cards(cards, surroundings, shapes, labels)
    account.follow("card_among_its_like", labels)
    outline.deadline.check()
    claim_listing(cards, surroundings, shapes, labels)
    account.follow("item_of_a_listing", labels)
    claim_thread(outline, places, shapes, labels, discussed)
    account.follow("post_of_a_thread", labels)
    overrule(before, labels, margins)


def _claim_frames(
    outline: Outline,
    cues: CueReader,
    shapes: Shapes,
    places: Places,
    labels: list[Label],
    *,
    discussed: Callable[[int], bool],
) -> None:
    """Label teasers with times after the essay's first block as related, whatever main content took them for."""
    first = places.first
    frames = closing_frames(outline, cues, shapes, offset=first, in_discussion=discussed)
    if frames is not None:
        start, end = first + frames.start, first + frames.end
        if start > 0 and is_category(outline.texts[start - 1]) and not cues[start - 1]:
            start -= 1
        labels[start:end] = [Label.RELATED] * (end - start)
    if any(labels[number] is _BODY for number in shapes.prose):
        for run in find_dated_links(outline, shapes):
            labels[run.start : run.stop] = [Label.RELATED] * len(run)


def _cut_menus(outline: Outline, body: list[bool], labels: list[Label]) -> None:
    """Label linked lines before the first and after the last block that main content took for the essay as menus."""
    essay = [number for number, is_body in enumerate(body) if is_body]
    if not essay:
        return
    for number, label in enumerate(labels):
        amid = essay[0] < number < essay[-1]
        if (
            label is _BODY
            and not amid
            and not body[number]
            and 2 * outline.linked[number] >= len(outline.texts[number])
        ):
            labels[number] = _CHROME
