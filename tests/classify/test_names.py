"""Class names around a block, as the main content stage weighs them."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations, islice

import pytest

from declutter.classify import names
from declutter.classify.weights import weights

SCRIPT = """
import sys
from declutter.classify.names import class_scores
from declutter.parse import parse
from declutter.segment import segment

page = "".join(f'<div class="{names.strip()}">text</div>' for names in sys.stdin)
print(*class_scores(segment(parse(f"<html><body>{page}"))))
"""


def test_the_words_of_a_class_weigh_the_same_in_whatever_order_a_set_gives_them() -> None:
    words = [word for word in weights().names if word.isalpha()]
    classes = "\n".join(islice((" ".join(three) for three in combinations(words, 3) if _order_matters(*three)), 50))

    bins = {
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            input=classes,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in (1, 2)
    }
    assert classes
    assert len(bins) == 1


def test_pages_of_any_number_of_classes_keep_a_bounded_number_of_their_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_MAX_WEIGHTS", 8)
    kept = names._Weights()

    for number in range(100):
        assert kept["div", f"story c{number}"] == kept["div", "story"]
        assert len(kept) <= 8


def _order_matters(one: str, two: str, three: str) -> bool:
    orders = (one, two, three), (two, three, one), (three, one, two)
    return len({round(2 * sum(weights().names[word] for word in order)) for order in orders}) > 1
