"""How rare terms are in articles of any kind. The rarer a term that two texts share, the more it says.

The table, common.json, is made by bench/common_words.py and states its sources. Its words are under CC BY-SA 4.0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Final

import msgspec

STEP: Final = 0.5  # nats of -log(share of the articles with the term)
RAREST: Final = 8
"""Steps of a term that is not in the table: fewer than one article in fifty has it. The commonest terms have 0."""


class _Table(msgspec.Struct, frozen=True):
    """provenance: what the table was made of, and how. terms: by steps, separated by spaces."""

    provenance: Mapping[str, str]
    terms: Mapping[int, str]


_DECODER: Final = msgspec.json.Decoder(_Table)


@cache
def _steps() -> dict[str, int]:
    stored = Path(__file__).with_name("common.json").read_bytes()
    table = _DECODER.decode(stored)
    return {term: steps for steps, found in table.terms.items() for term in found.split()}


def rarity_of(found: Iterable[str]) -> int:
    """The summed rarity of the terms, each 0 to RAREST; integers, so that the sum does not depend on their order."""
    rarity = _steps().get
    return sum(map(rarity, found, repeat(RAREST)))


def unlisted(found: set[str]) -> set[str]:
    """The terms that are not in the table, the rarest of all."""
    return found.difference(_steps())


def rarest(found: set[str], *, least: int, most: int) -> list[str]:
    """Up to `most` of the terms whose rarity is at least `least`: the rarest first, then the longest, then by alphabet.

    Terms that the table holds are looked up only where those that it does not hold are too few.
    """
    steps = _steps()
    unknown = found.difference(steps)
    chosen = sorted(unknown)
    chosen.sort(key=len, reverse=True)
    if len(chosen) < most:
        known = [(-rarity, -len(term), term) for term in found - unknown if (rarity := steps[term]) >= least]
        chosen += [term for _, _, term in sorted(known)]
    return chosen[:most]
