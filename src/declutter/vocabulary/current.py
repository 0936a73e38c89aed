"""The vocabulary in use: the built-in cue words, or also those that a caller adds for a page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Final

import msgspec

from declutter.vocabulary.files import brought, languages
from declutter.vocabulary.matcher import Vocabulary


def vocabulary() -> Vocabulary:
    """The current vocabulary: the built-in cues, and inside `speaking` also the caller's."""
    return _SPOKEN.get() or _built_in()


@contextmanager
def speaking(extra: tuple[Mapping[str, object], ...]) -> Iterator[None]:
    """Add the caller's cues to the vocabulary within this block, for the current thread and task only.

    extra: cues in the format of a vocabulary file. Raises RulesError for malformed ones.
    """
    if not extra:
        yield
        return
    token = _SPOKEN.set(_extended(msgspec.json.encode(extra)))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


_SPOKEN: Final[ContextVar[Vocabulary | None]] = ContextVar("vocabulary", default=None)
"""A context variable, because some forty places in all stages use the vocabulary; all would have to pass it down."""


@cache
def _built_in() -> Vocabulary:
    return Vocabulary(languages())


@lru_cache(maxsize=16)
def _extended(extra: bytes) -> Vocabulary:
    return Vocabulary((*languages(), *brought(extra)))
