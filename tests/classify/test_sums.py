from __future__ import annotations

import random
from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from declutter.classify import sums
from declutter.classify.features import BINS
from declutter.classify.weights import Pair, Weights, weights
from declutter.deadline import NEVER

BLOCKS = 700
COLUMNS = {name: bytes(random.Random(name).choices(range(bins), k=BLOCKS)) for name, bins in BINS.items()}


def summed_one_by_one(known: Weights) -> list[int]:
    base = round(100 * (known.intercept - known.threshold))
    return [
        base
        + sum(table[COLUMNS[feature][block]] for feature, table in known.singles.items())
        + sum(
            pair.table[COLUMNS[pair.first][block] * BINS[pair.second] + COLUMNS[pair.second][block]]
            for pair in known.pairs
        )
        for block in range(BLOCKS)
    ]


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    sums._terms.cache_clear()
    yield
    sums._terms.cache_clear()


def test_all_blocks_at_once_come_to_what_each_weight_alone_adds_up_to() -> None:
    assert summed_one_by_one(weights()) == sums.summed(COLUMNS, NEVER)


def test_weights_too_large_and_too_many_for_one_term_take_several(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)
    pairs = [("links_since_the_title", "class_names_around_it"), ("size", "size_of_its_signature")]
    known = replace(
        weights(),
        singles={name: tuple(chance.randint(-900, 900) for _ in range(BINS[name])) for name in list(BINS)[:9]},
        pairs=tuple(
            Pair(one, other, tuple(chance.randint(-2500, 2500) for _ in range(BINS[one] * BINS[other])))
            for one, other in pairs
        ),
    )
    monkeypatch.setattr(sums, "weights", lambda: known)

    assert summed_one_by_one(known) == sums.summed(COLUMNS, NEVER)


def test_weights_that_no_two_bytes_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    known = replace(weights(), singles={"repeated": (0, 70_000)}, pairs=())
    monkeypatch.setattr(sums, "weights", lambda: known)

    with pytest.raises(ValueError, match="log-odds"):
        sums.summed(COLUMNS, NEVER)
