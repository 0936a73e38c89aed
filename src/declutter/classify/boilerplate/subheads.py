"""Section headings of the essay that are in boxes of their own, beside a link to edit or copy them."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page
    from declutter.outline import Outline

_SUBHEADS: Final = frozenset({"h2", "h3", "h4", "h5", "h6"})
_BYLINES: Final = ("author", "credit", "editor", "source", "published", "updated")
_LEVELS: Final = 3
_MAX_TOOL: Final = 40
_MAX_BRIDGED: Final = 2
"""Lines between a heading and its text: links to edit the section or listen to it."""
_OUT: Final = frozenset({Label.META, Label.CHROME})
_HEADED: Final = frozenset({Label.RELATED, Label.COMMENT, Label.PROMO})
_HEADING: Final = ("related", "tags", "comment")
_MAX_LAST: Final = 2
_MAX_OFFER: Final = 300
"""Characters of a paragraph below the heading of an offer."""


def claim_subheads(page: Page, labels: list[Label]) -> None:
    """Add headings between the essay's paragraphs to it if they share a container with them; drop those at its end."""
    outline, cues = page.outline, page.cues
    owners, tags = outline.owners, outline.tags
    for number, label in enumerate(labels):
        if label not in _OUT or tags[owners[number]] not in _SUBHEADS or outline.linked[number]:
            continue
        below = _below(outline, labels, number)
        if below is None or labels[number - 1] is not Label.BODY or cues.says(number, *_BYLINES):
            continue
        if not _around(outline, number).isdisjoint(_around(outline, below) & _around(outline, number - 1)):
            labels[number] = Label.BODY
    _drop_last_headings(outline, labels)


def release_labels(page: Page, labels: list[Label]) -> None:
    """Remove from the essay's end a line such as `Topics` above what is outside, so that it heads what follows."""
    if Label.BODY not in labels:
        return
    last = len(labels) - 1 - labels[::-1].index(Label.BODY)
    if last + 1 < len(labels) and page.cues.is_label(last, *_HEADING):
        labels[last] = Label.CHROME


def _drop_last_headings(outline: Outline, labels: list[Label]) -> None:
    """Give headings after the essay's last paragraph the label of what they head: other pages, comments, an offer."""
    last = len(labels) - 1 - labels[::-1].index(Label.BODY) if Label.BODY in labels else 0
    _follow_offer(outline, labels, last)
    for number in range(last, max(last - _MAX_LAST, 0), -1):
        if outline.tags[outline.owners[number]] not in _SUBHEADS or labels[number] is not Label.BODY:
            break
        if number + 2 >= len(labels) or labels[number + 1] not in _HEADED:
            continue
        if labels[number + 2] is labels[number + 1] or _opens_a_box(outline, number):
            labels[number] = labels[number + 1]


def _opens_a_box(outline: Outline, number: int) -> bool:
    """Whether a heading is in one element with the block below it, but not with the one above."""
    box = outline.parents[outline.owners[number]]
    below, above = (islice(outline.ancestors(outline.owners[other]), _LEVELS) for other in (number + 1, number - 1))
    return box in below and box not in above


def _follow_offer(outline: Outline, labels: list[Label], last: int) -> None:
    """Label the one or two short blocks below the essay's last heading as promotions if it is one."""
    for heading in range(last - 1, max(last - 1 - _MAX_LAST, -1), -1):
        below = range(heading + 1, last + 1)
        if labels[heading] is Label.PROMO:
            if outline.tags[outline.owners[heading]] in _SUBHEADS and all(
                len(outline.texts[number]) <= _MAX_OFFER for number in below
            ):
                labels[below.start : below.stop] = [Label.PROMO] * len(below)
            return
        if labels[heading] is not Label.BODY or outline.tags[outline.owners[heading]] in _SUBHEADS:
            return


def _around(outline: Outline, number: int) -> set[int]:
    """The nearest ancestors of a block's element."""
    return set(islice(outline.ancestors(outline.parents[outline.owners[number]]), _LEVELS))


def _below(outline: Outline, labels: list[Label], heading: int) -> int | None:
    """The essay block below a heading, skipping the lines that may be between them."""
    for number in range(heading + 1, min(heading + 2 + _MAX_BRIDGED, len(labels))):
        if labels[number] is Label.BODY:
            return number
        if labels[number] not in _OUT or len(outline.texts[number]) > _MAX_TOOL:
            return None
    return None
