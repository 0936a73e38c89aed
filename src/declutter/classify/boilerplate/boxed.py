"""Small boxes inside the essay that say of themselves that they are promotions or point to other pages.

Their element is not one of the essay's, and no other paragraph of the essay is in one like it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.boxes import find_homes
from declutter.classify.boilerplate.forms import holds_price, size
from declutter.classify.boilerplate.signups import MAX_BOX, MIN_HOME, TAKEN, box_of, is_apart
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_BOX_TAGS: Final = frozenset({"div", "aside", "section", "figure", "form"})
_MIN_SHARES: Final = 2
"""A box says that it is a promotion by its heading or a phrase, or by an opening and another such block or button."""
_LINKED: Final = 0.9
_MAX_PART: Final = 64
"""Size of a teaser's kicker, author or time."""
_TEXT_KINDS: Final = frozenset({Kind.CAPTION, Kind.CODE, Kind.QUOTE, Kind.CELL, Kind.ITEM})


def claim_boxes(page: Page, labels: list[Label]) -> None:
    """Label boxes with cue words of promotions or pointers, or links that name a price, as a whole."""
    if _BODY not in labels:
        return
    outline, cues = page.outline, page.cues
    last = len(labels) - 1 - labels[::-1].index(_BODY)
    around = range(labels.index(_BODY) + 1, min(last + MAX_BOX, len(labels)))
    sold = {number for number in page.shapes.priced if number in around and _sells(outline, number)}
    said = [n for n in cues.spoken if n in around and cues.says(n, "promo", "related")]
    spoken = sorted(sold.union(said))
    if not spoken:
        return
    homes = find_homes(outline, labels, MIN_HOME)
    essays = Counter(
        [
            (outline.tags[owner], outline.names[owner])
            for owner, label in zip(outline.owners, labels, strict=True)
            if label is _BODY and outline.parents[owner] in homes
        ]
    )
    past = -1
    for number in spoken:
        if number < past:
            continue
        element, box = box_of(outline, number, homes)
        own = sum(outline.owners[other] == element and labels[other] is _BODY for other in box)
        if outline.tags[element] not in _BOX_TAGS or essays[outline.tags[element], outline.names[element]] > own:
            continue
        if not is_apart(outline, box, labels):
            continue
        if _shares(outline, cues, box) + sum(other in sold for other in box) * _MIN_SHARES >= _MIN_SHARES:
            if any(outline.kinds[outline.owners[other]] in _TEXT_KINDS for other in box):
                continue  # a list of prices, or of what speaks for a product
            past = box.stop
            for other in box:
                if labels[other] in TAKEN:
                    labels[other] = Label.PROMO
        elif cues.opens(number, "related"):
            past = box.stop
            _claim_teasers(outline, labels, number, box)


def _sells(outline: Outline, number: int) -> bool:
    """Whether a block is nothing but links to a shop that give the price: `$54 at the Mill Shop`."""
    text = outline.texts[number]
    return outline.linked[number] >= _LINKED * len(text) and holds_price(text)


def _shares(outline: Outline, cues: CueReader, box: range) -> int:
    """How much speaks for a promotion in a box."""
    shares = 0
    for number in box:
        said = {cue.position for cue in cues[number] if cue.section == "promo"}
        shares += 2 if "holds" in said or ("label" in said and number == box.start) else bool(said)
        if cues.opens(number, "related"):
            return 0
    if shares:
        shares += any(outline.tags[outline.owners[number]] == "button" for number in box)
    return shares


def _claim_teasers(outline: Outline, labels: list[Label], number: int, box: range) -> None:
    """Label the teasers below a heading as related if each headline is a link."""
    below = range(number + 1, box.stop)
    if not any(outline.linked[other] >= _LINKED * len(outline.texts[other]) for other in (number, *below)):
        return
    for other in (number, *below):
        text = outline.texts[other]
        if labels[other] is _BODY and (outline.linked[other] >= _LINKED * len(text) or size(text) <= _MAX_PART):
            labels[other] = Label.RELATED
