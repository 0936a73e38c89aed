"""The C heap, which holds libxml2's trees."""

from __future__ import annotations

import sys
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def give_back() -> None:
    """Return free heap memory to the system. Does nothing unless the C library is glibc.

    glibc by itself returns only memory at the top of the heap, and Python's small objects are not allocated below it,
    so the memory of a freed tree would stay allocated until the next page.
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
