"""Work counted in steps, which do not depend on the machine or on what else it does."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType


def steps_of(work: Callable[[], object]) -> int:
    """The lines of Python that run, each turn of a loop and each call counted."""
    steps = 0

    def count(_frame: FrameType, _event: str, _of: object) -> object:
        nonlocal steps
        steps += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        work()
    finally:
        sys.settrace(before)
    return steps
