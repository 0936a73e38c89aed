"""Lines to where nothing is kept that could be gone on with: standard output, a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from declutter.batch.encoders import Form, Piece
    from declutter.batch.writers import Done


class Stream:
    """A row a line. sink: takes a line, and passes it on before it returns."""

    form: Form = "line"

    def __init__(self, sink: Callable[[bytes], object]) -> None:
        self._sink = sink

    def done(self) -> Iterator[Done]:
        """Nothing."""
        yield from ()

    def write(self, piece: Piece) -> None:
        """See Writer."""
        self._sink(piece.payload)

    def finish(self) -> None:
        """Nothing is left to do."""

    def close(self) -> None:
        """The sink is whoever gave it."""
