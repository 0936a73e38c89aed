"""Removes from the essay what the site repeats around its essays: notices, forms, sign-offs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.account import SILENT, Account
from declutter.model import Evidence, Kind, Label

if TYPE_CHECKING:
    from declutter.outline import Outline
    from declutter.repeats import Repeats

_MIN_ESSAYS: Final = 2
_MIN_SHARE: Final = 0.5  # of the site's pages; what stands on so many is not a flash
_MIN_PROSE: Final = 40
_MOST: Final = 0.5
"""Maximum share of the essay's prose, in characters, that other essays repeat. Above it, they are rather copies of this
one: where most pages of a site reprint one essay, rare flashes alone tell its copies apart."""
_WEIGHT: Final = 5.0


def label_furniture(outline: Outline, labels: list[Label], repeats: Repeats, account: Account = SILENT) -> set[int]:
    """Remove blocks from the essay that most pages of the site have, or that stand before or after all of its own text.

    Headings and cells stay, and so do short lines unless both neighbours are removed: essays of one form share headings
    such as `Ingredients`. Nothing is removed if most of the essay is repeated. Returns the numbers of removed blocks.
    """
    essays, shares = repeats.essays, repeats.shares
    body = [number for number, label in enumerate(labels) if label is Label.BODY]
    prose = [number for number in body if len(outline.texts[number]) >= _MIN_PROSE]
    own = [number for number in prose if not essays[number]]
    size = sum([len(outline.texts[number]) for number in prose])
    if not own or sum([len(outline.texts[number]) for number in own]) < (1 - _MOST) * size:
        return set()
    first, last = own[0], own[-1]
    gone = {
        number
        for number in body
        if len(essays[number]) >= _MIN_ESSAYS
        and (shares[number] >= _MIN_SHARE or not first < number < last)
        and outline.kinds[outline.owners[number]] not in {Kind.HEADING, Kind.CELL, Kind.CODE}
    }
    short = {number for number in gone if len(outline.texts[number]) < _MIN_PROSE}
    gone -= {number for number in short if not {number - 1, number + 1} <= gone}
    for number in gone:
        labels[number] = Label.CHROME
        account.add(number, [Evidence("repeated_by_site", _WEIGHT, Label.CHROME)])
        account.rise(number, Label.CHROME, _WEIGHT)
    return gone
