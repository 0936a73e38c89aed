"""Caches for results that depend on the current vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

from declutter.vocabulary.current import vocabulary
from declutter.vocabulary.matcher import Vocabulary

_P = ParamSpec("_P")
_T = TypeVar("_T")


def cached(maxsize: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Keep the last results of a function, by its arguments and the current vocabulary.

    Each vocabulary has a cache of its own: in a common one, each result would keep its caller's vocabulary, which has
    megabytes, in memory.
    """

    def decorate(function: Callable[_P, _T]) -> Callable[_P, _T]:
        @lru_cache(maxsize=16)
        def of(_: Vocabulary) -> Callable[..., _T]:
            return lru_cache(maxsize)(function)

        @wraps(function)
        def call(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            return of(vocabulary())(*args, **kwargs)

        return call

    return decorate
