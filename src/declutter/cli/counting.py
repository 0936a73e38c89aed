"""A counter of pages on the terminal, for commands that read one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TypeVar

T = TypeVar("T")


def counted(items: Iterator[T], *, what: str, is_shown: bool) -> Iterator[T]:
    """The same items, with a counter where stderr is a terminal; the number of pages in archives is not known before.

    what: what is done to a page ("inspecting"). is_shown: whether there is to be a counter at all.
    """
    if not is_shown or not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn(f"{what} page {{task.completed}}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        count = progress.add_task("")
        for item in items:
            progress.advance(count)
            yield item
