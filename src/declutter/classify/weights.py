"""The fitted weights of main content, stored in weights.json by bench/fit.py."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import msgspec


class Pair(msgspec.Struct, frozen=True):
    """Weights of two features judged together: `table[a * bins of second + b]`, in hundredths of log-odds."""

    first: str
    second: str
    table: tuple[int, ...]


class Weights(msgspec.Struct, frozen=True):
    """An additive model: the log-odds of body are the sum of all entries of a block's features.

    provenance: the data it was fitted on, and how. threshold: log-odds above which a block is taken for the essay.
    names: word of a class name, id or tag to its weight; these are first summed to one feature.
    singles: feature to its table. pairs: features with an interaction. Tables are in hundredths of log-odds.
    """

    provenance: Mapping[str, str]
    threshold: float
    intercept: float
    names: Mapping[str, float]
    singles: Mapping[str, tuple[int, ...]]
    pairs: tuple[Pair, ...]


_DECODER: Final = msgspec.json.Decoder(Weights)


@cache
def weights() -> Weights:
    """The built-in weights, read once."""
    data = Path(__file__).with_name("weights.json").read_bytes()
    return _DECODER.decode(data)
