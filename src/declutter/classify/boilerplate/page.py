"""A page as the steps see it that label its boilerplate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline
    from declutter.tables import Table


class Page(NamedTuple):
    """What steps know about a page.

    cues, shapes: of its blocks. title, authors: as its head gives them. tables: from `find_tables`. discussed: whether
    a block is in a region whose class says comments. places: where the article is, known after comments are labelled.
    """

    outline: Outline
    cues: CueReader
    shapes: Shapes
    title: str | None
    authors: Sequence[str]
    tables: Sequence[Table]
    discussed: Callable[[int], bool]
    places: Places
