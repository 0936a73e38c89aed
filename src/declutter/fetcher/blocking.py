"""Runs a fetch for a caller that does not wait asynchronously."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Result = TypeVar("Result")


def run(work: Coroutine[object, object, Result]) -> Result:
    """Run to the end; in a thread of its own where this one already runs a loop (a notebook, say)."""
    if _loop_runs_here():
        with ThreadPoolExecutor(1) as pool:
            return pool.submit(asyncio.run, work).result()
    return asyncio.run(work)


def _loop_runs_here() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
