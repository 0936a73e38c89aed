"""What class names, ids and tags around a block say for or against the essay: one fitted weight a word."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import islice
from string import ascii_lowercase
from typing import Final

from declutter.classify.weights import weights
from declutter.outline import Outline

_WORD: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{3,}(?![a-z])")
"""Words of a class list: parts of camelCase, kebab-case and snake_case, three letters and more."""

_SMALL: Final = bytes([letter if chr(letter) in ascii_lowercase else 32 for letter in range(256)])
"""What is no small letter, as a space."""

SILENT_TAGS: Final = frozenset(("", "html", "body", "div", "p", "span"))
"""Tags that say nothing of what they hold."""

_ROOTS: Final = frozenset(("html", "body"))
"""Their classes tell of the site and the page, not of a part of it."""

MIDDLE: Final = 16
STEPS: Final = 2
"""A score of 0 is bin 16 of 33; a bin is half a unit of log-odds."""

_UNIT: Final = 100
"""Weights are summed in hundredths, as they are stored: the sum of floats would hang on the order of a set."""


def words_of(tag: str, name: str) -> list[str]:
    """The words that an element's tag, class and id carry, and single letters, which weigh nothing."""
    written = name.encode()
    if written.islower():  # nearly all are, and need no expression
        words = written.translate(_SMALL).decode().split()
    else:
        words = [word.lower() for word in _WORD.findall(name)]
    if tag not in SILENT_TAGS:
        words.append(f"<{tag}>")
    return words


@cache
def _hundredths() -> dict[str, int]:
    return {word: round(_UNIT * weight) for word, weight in weights().names.items()}


@lru_cache(maxsize=16384)  # a site writes the same few hundred class lists on every page; a pure function's memo
def _weight(tag: str, name: str) -> int:
    known = _hundredths()
    return sum(map(known.__getitem__, known.keys() & words_of(tag, name)))


def element_scores(outline: Outline) -> list[int]:
    """By element: the weights of all words of it and of the elements around it, as a bin."""
    sums = [0]
    for tag, name, parent in islice(zip(outline.tags, outline.names, outline.parents, strict=True), 1, None):
        total = sums[parent]
        if (name and tag not in _ROOTS) or tag not in SILENT_TAGS:
            total += _weight(tag, name)
        sums.append(total)
    bins = {total: max(0, min(2 * MIDDLE, round(total * STEPS / _UNIT) + MIDDLE)) for total in set(sums)}
    return [bins[total] for total in sums]
