"""The C heap, on which libxml2's trees stand."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def give_back() -> None:
    """Give the system what is free on the heap. Does nothing where the C library is not glibc.

    glibc gives back by itself only what is free at the heap's top, and Python's small objects never come from below: a
    tree that was freed would stay as a gap as large as it was, up to the next page's.
    """
    trim = _malloc_trim()
    if trim is not None:
        trim(0)


@cache
def _malloc_trim() -> Callable[[int], int] | None:
    if sys.platform != "linux":
        return None
    try:
        import ctypes

        return ctypes.CDLL(None).malloc_trim
    except (ImportError, OSError, AttributeError):  # no dynamic linking, another C library
        return None
