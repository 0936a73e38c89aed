"""Confidence of labels: probabilities derived from margins, with parameters stored as data (bench/calibrate.py).

Block: Platt scaling (Platt, "Probabilistic outputs for support vector machines", 1999) of log(1 + margin), per label.
Page: the same, from the precision and recall of the essay that the blocks' probabilities predict.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from declutter.model import Label

_BODY: Final = Label.BODY  # see Label

MAX_MARGIN: Final = 6.0
"""Log-odds above which a larger margin does not change the confidence."""

_STEPS: Final = 20
_MAX_LOG_ODDS: Final = 5.0
_HOPELESS: Final = -5.0
"""Log-odds of body below which a block does not lower the expected recall: menus are long and hardly ever essay."""

Line: TypeAlias = tuple[float, float]


class Calibration(msgspec.Struct, frozen=True):
    """provenance: the data it was fitted on, and how.

    marked, plain: by label, (intercept, slope) for pages with useful markup, and for text dumps and pages like them.
    page, plain_page: the same for the essay: intercept, and slopes for the log-odds of expected precision and recall.
    """

    provenance: Mapping[str, str]
    marked: Mapping[Label, Line]
    plain: Mapping[Label, Line]
    page: tuple[float, float, float]
    plain_page: tuple[float, float, float]


_DECODER: Final = msgspec.json.Decoder(Calibration)


@cache
def calibration() -> Calibration:
    """The built-in calibration, read once."""
    data = Path(__file__).with_name("calibration.json").read_bytes()
    return _DECODER.decode(data)


def block_confidences(labels: Sequence[Label], margins: Sequence[float], *, plain: bool) -> list[float]:
    """By block, the probability that its label is right. plain: the page is a text dump, or like one."""
    tables = _tables(plain=plain)
    return [
        tables[label][int(margin * _STEPS) if margin < MAX_MARGIN else -1]
        for label, margin in zip(labels, margins, strict=True)
    ]


def page_confidence(
    texts: Sequence[str], labels: Sequence[Label], confidences: Sequence[float], scores: Sequence[float], *, plain: bool
) -> float:
    """The probability that the essay is right: that its F1 against the gold is at least 0.9.

    0.0 for a page without an essay. scores: log-odds of body from main content.
    """
    expected = expect(texts, labels, confidences, scores)
    if expected is None:
        return 0.0
    known = calibration()
    intercept, precise, complete = known.plain_page if plain else known.page
    return round(_probability(intercept + precise * log_odds(expected[0]) + complete * log_odds(expected[1])), 4)


def expect(
    texts: Sequence[str], labels: Sequence[Label], confidences: Sequence[float], scores: Sequence[float]
) -> tuple[float, float] | None:
    """Expected precision and recall of the essay, in characters; None without one."""
    kept = right = missed = 0.0
    for text, label, confidence, score in zip(texts, labels, confidences, scores, strict=True):
        size = len(text)
        if label is _BODY:
            kept += size
            right += size * confidence
        elif score > _HOPELESS:
            missed += size * min(1 - confidence, 1 / (1 + math.exp(-score)))
    return (right / kept, right / (right + missed)) if kept else None


def log_odds(probability: float) -> float:
    """The log-odds of a probability, bounded so that 0 and 1 give finite values."""
    if not 0 < probability < 1:
        return math.copysign(_MAX_LOG_ODDS, probability - 0.5)
    return max(-_MAX_LOG_ODDS, min(_MAX_LOG_ODDS, math.log(probability / (1 - probability))))


@cache
def _tables(*, plain: bool) -> dict[Label, list[float]]:
    """By label, the probability for each step of the margin."""
    known = calibration()
    lines = known.plain if plain else known.marked
    steps = range(int(MAX_MARGIN * _STEPS) + 1)
    return {
        label: [round(_probability(intercept + slope * math.log1p(step / _STEPS)), 4) for step in steps]
        for label, (intercept, slope) in lines.items()
    }


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
