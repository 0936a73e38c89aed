"""What a site's rules say of one page's blocks: what they tell the classifier."""

from __future__ import annotations

from typing import Final, NamedTuple

from declutter.model import Label

SITE_RULE: Final = "site rule"
"""The name of a rule as evidence."""

WEIGHT: Final = 6.0
"""Log-odds by which a rule's label wins: the reader who wrote it has seen the page."""


class Rulings(NamedTuple):
    """labels: by number, of the blocks that a rule decides. flashes: of those labelled flash, one run a brief."""

    labels: dict[int, Label]
    flashes: tuple[range, ...]


NO_RULINGS: Final = Rulings({}, ())
