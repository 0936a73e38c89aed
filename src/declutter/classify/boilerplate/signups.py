"""Sign-up boxes and advertisements inside the essay, recognised by the button or form in a small box."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.addresses import address_forms
from declutter.classify.boilerplate.boxes import find_homes
from declutter.classify.boilerplate.forms import holds_date
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

MAX_BOX: Final = 6
_MAX_FORMS: Final = 4
_FORM_LEVELS: Final = 3
_MAX_BOXES: Final = 2
"""If more boxes are alike, they are list entries or goods of a shop."""
_MAX_TEXT: Final = 420  # characters
MIN_HOME: Final = 0.2
"""Share of the essay's text from which an element belongs to the essay and is no box inside it."""
TAKEN: Final = frozenset({Label.BODY, Label.META, Label.RELATED, Label.CHROME})


def claim_signups(page: Page, labels: list[Label]) -> None:
    """Label sign-up boxes as promotions, including headline and text; many boxes with buttons are goods of a shop.

    So is the heading of a promotion.
    """
    if _BODY not in labels:
        return
    outline, cues = page.outline, page.cues
    last = len(labels) - 1 - labels[::-1].index(_BODY)
    around = range(labels.index(_BODY) + 1, min(last + MAX_BOX, len(labels)))
    buttons = [number for number in cues.spoken if number in around and _is_button(outline, cues, number)]
    heads = [
        number
        for number in (around if Label.PROMO in labels else ())
        if labels[number] is _BODY
        and number + 1 < len(labels)
        and labels[number + 1] is Label.PROMO
        and outline.kinds[outline.owners[number]] is Kind.HEADING
    ]
    forms = address_forms(outline)[:_MAX_FORMS]
    if not buttons and not heads and not forms:
        return
    homes = find_homes(outline, labels, MIN_HOME)
    for number in heads:
        _, box = box_of(outline, number, homes)
        if box.start == number and all(labels[below] is Label.PROMO for below in box[1:]) and len(box) > 1:
            labels[number] = Label.PROMO
    boxes = _boxes_of_forms(outline, forms, labels, around, homes)
    boxes |= _boxes_of_buttons(outline, buttons, labels, homes)
    for box in boxes if len(boxes) <= _MAX_BOXES else ():
        for number in box:
            if labels[number] in TAKEN:
                labels[number] = Label.PROMO


def _boxes_of_buttons(outline: Outline, buttons: list[int], labels: list[Label], homes: set[int]) -> set[range]:
    """The boxes around buttons, without those that are like many others."""
    often = Counter(zip(outline.tags, outline.names, strict=True)) if buttons else Counter()
    boxes = set()
    for number in buttons:
        element, box = box_of(outline, number, homes)
        repeats = often[outline.tags[element], outline.names[element]] if outline.names[element] else 1
        if repeats <= _MAX_BOXES and is_apart(outline, box, labels):
            boxes.add(box)
    return boxes


def _boxes_of_forms(
    outline: Outline, forms: list[int], labels: list[Label], around: range, homes: set[int]
) -> set[range]:
    """The boxes that hold the last essay block above a form that asks for an e-mail address, and the form."""
    boxes = set()
    owners = outline.owners
    for form in forms:
        near = set(islice(outline.ancestors(form), _FORM_LEVELS))
        above = [
            number
            for number in around
            if labels[number] is _BODY
            and owners[number] < form
            and not near.isdisjoint(islice(outline.ancestors(owners[number]), _FORM_LEVELS))
        ]
        if above:
            element, box = box_of(outline, above[-1], homes)
            if element in near and is_apart(outline, box, labels):
                boxes.add(box)
    return boxes


def is_apart(outline: Outline, box: range, labels: list[Label]) -> bool:
    """Whether a box contains part of the essay, but neither its headline nor its time or a picture's caption.

    Buttons stand beside these, too: to follow the author, to buy a print.
    """
    held = labels[box.start : box.stop]
    return (
        _BODY in held
        and Label.TITLE not in held
        and not any(
            outline.kinds[outline.owners[number]] is Kind.CAPTION
            or (labels[number] is Label.META and holds_date(outline.texts[number]))
            for number in box
        )
    )


def _is_button(outline: Outline, cues: CueReader, number: int) -> bool:
    """Whether the block is a button, or a link like one, with a label such as `Subscribe` and nothing else."""
    if outline.linked[number] < len(outline.texts[number]) and outline.tags[outline.owners[number]] != "button":
        return False
    return cues.is_label(number, "promo")


def box_of(outline: Outline, number: int, homes: set[int]) -> tuple[int, range]:
    """The widest small element around a block that is not one of the essay's homes, and its blocks."""
    box = range(number, number + 1)
    found = outline.owners[number]
    for element in outline.ancestors(found):
        if element in homes:
            break
        around = _inside(outline, element, box)
        if len(around) > MAX_BOX or sum(len(outline.texts[other]) for other in around) > _MAX_TEXT:
            break
        found, box = element, around
    return found, box


def _inside(outline: Outline, element: int, box: range) -> range:
    """The blocks of an element, starting from known ones; stops at one more than a box may have."""
    first, past = box.start, box.stop
    while first > 0 and past - first <= MAX_BOX and outline.holds(element, first - 1):
        first -= 1
    while past < len(outline.owners) and past - first <= MAX_BOX and outline.holds(element, past):
        past += 1
    return range(first, past)
