"""Cue words per language and class tokens, as data files beside this module.

`vocabulary()` is the word list, within `speaking` with the caller's own words; `Vocabulary.find` says which cues a
block's text holds.
How to add a language, and what each section means: README.md in this folder.
"""

from __future__ import annotations

from declutter.vocabulary.classes import class_tokens
from declutter.vocabulary.files import read_cues
from declutter.vocabulary.folding import key_of
from declutter.vocabulary.matcher import MAX_LABEL, Cue, Vocabulary, speaking, vocabulary
from declutter.vocabulary.phrases import Found, Phrases

__all__ = [
    "MAX_LABEL",
    "Cue",
    "Found",
    "Phrases",
    "Vocabulary",
    "class_tokens",
    "key_of",
    "read_cues",
    "speaking",
    "vocabulary",
]
