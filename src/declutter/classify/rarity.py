"""How rare terms are in articles of any kind: what two texts share says the more the rarer it is.

The table is common.json, made by bench/common_words.py, which says of what. Its words are under CC BY-SA 4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

import msgspec

STEP: Final = 0.5  # nats of -log(share of the articles that hold a term)
RAREST: Final = 8
"""Steps of a term that the table does not hold: fewer than one article in fifty has it. The commonest has 0."""


class _Table(msgspec.Struct, frozen=True):
    """provenance: what the table was made of, and how. terms: by steps, parted by spaces."""

    provenance: Mapping[str, str]
    terms: Mapping[int, str]


@cache
def _steps() -> dict[str, int]:
    stored = resources.files("declutter.classify").joinpath("common.json").read_bytes()
    table = msgspec.json.decode(stored, type=_Table)
    return {term: steps for steps, found in table.terms.items() for term in found.split()}


def rarities(found: Iterable[str]) -> dict[str, int]:
    """By term, how rare it is, from 0 to RAREST in steps of half a nat: whole numbers, whose sums have no order."""
    rarity = _steps().get
    return {term: rarity(term, RAREST) for term in found}


def rarity_of(found: Iterable[str]) -> int:
    """The rarity of terms, summed."""
    rarity = _steps().get
    return sum([rarity(term, RAREST) for term in found])
