"""Scores the class names, ids and tags around a block for or against the essay, with one fitted weight per word."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from string import ascii_lowercase
from typing import Final

from declutter.classify.weights import weights
from declutter.outline import Outline

_WORD: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])")
"""Words of a class list: parts of camelCase, kebab-case and snake_case names, of at least three letters."""

_SMALL: Final = bytes([letter if chr(letter) in ascii_lowercase else 32 for letter in range(256)])
"""Translation table that turns everything except small letters into spaces."""

SILENT_TAGS: Final = frozenset(("", "html", "body", "div", "p", "span"))
"""Tags that say nothing about their content."""

_ROOTS: Final = frozenset(("html", "body"))
"""Elements whose classes describe the site or page, not a part of it."""

MIDDLE: Final = 16
STEPS: Final = 2
"""Bins per unit of log-odds. A score of 0 is bin 16 of 33."""

_UNIT: Final = 100
"""Weights are summed as integers, in hundredths: the sum of floats would depend on the order of a set."""


_TABLED: Final = 4
"""Multiple of the weight at the outermost bins up to which sums are in a table."""

_MAX_WEIGHTS: Final = 16384
"""Maximum number of cached weights of elements."""


def words_of(tag: str, name: str) -> list[str]:
    """The words of an element's tag, class and id. Single letters, which have no weight, may be among them."""
    written = name.encode()
    if written.islower():  # as nearly all are; no regular expression needed
        words = written.translate(_SMALL).decode().split()
    else:
        words = [word.lower() for word in _WORD.findall(name)]
    if tag not in SILENT_TAGS:
        words.append(f"<{tag}>")
    return words


@cache
def _hundredths() -> dict[str, int]:
    return {word: round(_UNIT * weight) for word, weight in weights().names.items()}


class _Weights(dict[tuple[str, str], int]):
    """The weight of an element by its tag and name, cached: a site uses the same few hundred on every page."""

    def __missing__(self, key: tuple[str, str]) -> int:
        """Sum the weights of the words, and cache the sum."""
        if len(self) >= _MAX_WEIGHTS:
            self.clear()
        tag, name = key
        known = _hundredths()
        words = known.keys() & words_of(tag, "" if tag in _ROOTS else name)
        self[key] = weight = sum(map(known.__getitem__, words))
        return weight


@cache
def _weights() -> _Weights:
    return _Weights()


class _Bins(dict[int, int]):
    """The bin of each summed weight. Those of all but a few elements are in the table."""

    def __init__(self) -> None:
        edge = _UNIT * MIDDLE // STEPS
        inner = {total: round(total * STEPS / _UNIT) + MIDDLE for total in range(-edge, edge + 1)}
        beyond = {side * total: self[side * total] for total in range(edge + 1, _TABLED * edge) for side in (-1, 1)}
        super().__init__(inner | beyond)

    def __missing__(self, total: int) -> int:
        """The bin of a weight beyond the outermost bins."""
        return 2 * MIDDLE if total > 0 else 0


_BINS: Final = _Bins()


def class_scores(outline: Outline) -> bytes:
    """By block: the bin of the summed weights of all words of its element and the element's ancestors."""
    weight_of = map(_weights().__getitem__, zip(outline.tags, outline.names, strict=True))
    sums = [next(weight_of)]
    add = sums.append
    for weight, parent in zip(weight_of, islice(outline.parents, 1, None), strict=True):
        add(sums[parent] + weight)
    return bytes(map(_BINS.__getitem__, map(sums.__getitem__, outline.owners)))
