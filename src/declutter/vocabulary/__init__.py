"""Cue words per language and class tokens, stored as data files beside this module.

`vocabulary()` returns the built-in cue words, and inside `speaking` also the caller's. `Vocabulary.find` returns the
cues in a block's text. README.md in this folder explains how to add a language and what each section means.
"""

from __future__ import annotations

from declutter.vocabulary.beginnings import MAX_LABEL
from declutter.vocabulary.caching import cached
from declutter.vocabulary.classes import class_tokens
from declutter.vocabulary.current import speaking, vocabulary
from declutter.vocabulary.files import read_cues
from declutter.vocabulary.folding import key_of
from declutter.vocabulary.matcher import Cue, Vocabulary
from declutter.vocabulary.phrases import Found, Phrases

__all__ = [
    "MAX_LABEL",
    "Cue",
    "Found",
    "Phrases",
    "Vocabulary",
    "cached",
    "class_tokens",
    "key_of",
    "read_cues",
    "speaking",
    "vocabulary",
]
