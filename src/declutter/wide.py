"""Wide characters: those of Chinese, Japanese and Korean, which carry about as much text as two letters each.

Lengths are therefore measured in letters, with a wide character as two. Each measure has its own test for whether a
text is wide, because fitted ones must keep the test that they were fitted with.
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
"""Scripts written without spaces, including narrow ones (Thai, Lao, Burmese, Khmer), and Hangul, whose particles are
attached to the word.
"""
