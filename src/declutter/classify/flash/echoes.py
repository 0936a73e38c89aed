"""How much of a headline, or of a first sentence that may be one, the text below it repeats."""

from __future__ import annotations

import re
from typing import Final

from declutter.classify.terms import terms

_SENTENCE: Final = re.compile(r"(.{8,110}?)(?:[.!?…؟।۔][*_]{0,2}(?=\s)|[。！？])\s*(?=.{30})")
_TAKEN_UP: Final = 0.4  # share of a first sentence's terms that the text repeats: 1 in 30 ordinary ones has it


def headline_echo(headline: str, text: str) -> float:
    """Log-odds from the share of a headline's words that its own text repeats.

    In 470 plain articles, half of the headlines share 40 % of their terms with the first paragraph; of 1,450
    paragraphs in such articles that begin with words and a colon, a quarter do.
    """
    share = _echo(headline, text)
    if share is None:
        return 0.0
    return 1.1 if share >= 0.55 else 0.6 if share >= 0.4 else 0.0 if share >= 0.1 else -0.9  # noqa: PLR2004


def sentence_echo(text: str) -> float:
    """The same for a first sentence that may be a headline; 1 in 30 ordinary first sentences shares so much."""
    _, share = _first_echo(text)
    if share is None:
        return 0.0
    return 2.2 if share >= 0.55 else 1.6 if share >= 0.4 else 0.7 if share >= 0.25 else 0.0  # noqa: PLR2004


def sentence_as_headline(text: str) -> int:
    """The end of a first sentence whose words the text after it repeats, as of a headline; 0 if there is none."""
    end, share = _first_echo(text)
    return end if share is not None and share >= _TAKEN_UP else 0


def _first_echo(text: str) -> tuple[int, float | None]:
    """The end of the first sentence, and the share of its terms that the text after it contains."""
    sentence = _SENTENCE.match(text)
    if sentence is None:
        return 0, None
    return sentence.end(), _echo(sentence[1], text[sentence.end() :])


def _echo(headline: str, text: str) -> float | None:
    """The share of a headline's terms that the text contains; None for a headline without terms."""
    words = terms(headline)
    return len(words & terms(text)) / len(words) if words else None
