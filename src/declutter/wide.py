"""Wide characters: those of Chinese, Japanese and Korean, of which one says about as much as two letters.

Lengths are therefore compared in letters, a wide character counting as two. Which characters of a text are looked at to
tell whether it is wide is a matter of each measure: the fitted ones must keep what they were fitted with.
"""

from __future__ import annotations

import re
from typing import Final

FIRST_WIDE: Final = "\u2e80"
"""The first wide character. From here on, nearly all of Unicode's first plane is wide."""

WIDE: Final = re.compile("[\u2e80-\uffef]")
"""Any wide character, including full-width punctuation."""

CJK: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Kana, Han or Hangul: wide letters, without punctuation."""

UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff]"
)
"""Scripts written without spaces, also those that are not wide (Thai, Lao, Burmese, Khmer); and Hangul, whose particles
are attached to the word."""
