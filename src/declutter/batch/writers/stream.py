"""Lines to an output that cannot be resumed: standard output, a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from declutter.batch.encoders import Form, Piece
    from declutter.batch.writers import Done


class Stream:
    """One row per line. sink: writes a line before it returns."""

    form: Form = "line"

    def __init__(self, sink: Callable[[bytes], object]) -> None:
        self._sink = sink

    def done(self) -> Iterator[Done]:
        """Return nothing: there is no earlier output."""
        yield from ()

    def forget_failures(self) -> None:
        """Do nothing, as above."""

    def write(self, piece: Piece) -> None:
        """See Writer."""
        self._sink(piece.payload)

    def finish(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Leave the sink open: it is the caller's."""
