"""Which blocks of the flow occur in other essays of the site, and which of them occur together."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from declutter.classify.flash.flow import Flow
    from declutter.outline import Outline
    from declutter.repeats import Repeats

_MOST: Final = 0.5  # maximum repeated share of the flow's prose; above it, the page has no essay of its own
_ALIKE: Final = 0.8  # share of essays that two blocks of one flash have in common: another page may quote only one
_TOGETHER: Final = 4.0  # log-odds that a block belongs to one that other essays have, if they have it, too
_FEW: Final = 2  # essays; so few may contain two flashes in succession by chance


class Elsewhere:
    """By place in the flow, the other essays that contain the block; empty without a memory of the site."""

    def __init__(self, flow: Flow, outline: Outline, repeats: Repeats | None) -> None:
        self._flow = flow
        self._outline = outline
        self._essays: list[frozenset[int]] = []
        self._own: dict[int, tuple[int, int]] = {}
        if repeats is None:
            return
        essays = [repeats.essays[block] for block in flow.blocks]
        prose = [place for place in range(len(essays)) if flow.is_prose(place)]
        if sum(bool(essays[place]) for place in prose) > _MOST * len(prose):
            return
        self._essays = essays
        for place in prose:
            if not essays[place]:
                home = self._homes(place)[0]
                self._own[home] = (self._own.get(home, (place, place))[0], place)

    def __bool__(self) -> bool:
        """Whether any place occurs elsewhere."""
        return any(self._essays)

    def weight(self, span: range) -> float:
        """Log-odds from the number of essays that contain the span's prose; 0 if one of its blocks occurs only here."""
        if not self._essays:
            return 0.0
        least = min((len(self._essays[place]) for place in span if self._flow.is_prose(place)), default=0)
        return min(6.5, 4.0 + log2(least)) if least else 0.0

    def is_amid(self, span: range) -> bool:
        """Whether prose of the page's own precedes and follows the span in the same element.

        Repeated text apart from the essay is the site's furniture, even if it reads like news.
        """
        around = (self._own.get(home, (span[0], span[-1])) for home in self._homes(span[0]))
        return any(first < span[0] and span[-1] < last for first, last in around)

    def repeats_with(self, place: int, anchor: Iterable[int]) -> float:
        """Log-odds that a block belongs to others: a flash that is on other pages is there as a whole."""
        if not self._essays or not any(self._essays[other] for other in anchor):
            return 0.0
        return _TOGETHER if self._essays[place] else -_TOGETHER

    @property
    def most_together(self) -> float:
        """The maximum of `repeats_with`."""
        return _TOGETHER if self._essays else 0.0

    def runs(self, forms: Mapping[int, str]) -> list[range]:
        """Runs of blocks that occur in the same essays, which separates flashes that follow each other.

        forms: form of headline, by place, for places that begin with one. If few essays contain a run, it also ends
        after a stamp, and before a headline of the form that it begins with.
        """
        flow = self._flow
        runs: list[range] = []
        held: frozenset[int] = frozenset()
        for place, essays in enumerate(self._essays):
            if not essays or not flow.is_running(place):
                continue
            same = bool(runs) and runs[-1].stop == place
            same = same and (_alike(essays, held) or (not flow.is_prose(place) and essays > held))
            if same and len(essays) <= _FEW:
                form = forms.get(runs[-1].start)
                same = place - 1 not in flow.stamps and (form is None or form != forms.get(place))
            if same:
                runs[-1] = range(runs[-1].start, place + 1)
            else:
                runs.append(range(place, place + 1))
                held = essays
        return [run for run in runs if any(flow.is_prose(place) for place in run)]

    def _homes(self, place: int) -> tuple[int, int]:
        """The parent of the block's element, and the parent of that."""
        parents = self._outline.parents
        home = parents[self._outline.owners[self._flow.blocks[place]]]
        return home, parents[home] if home > 0 else home


def _alike(one: frozenset[int], other: frozenset[int]) -> bool:
    """Whether the essays that contain two blocks are nearly the same."""
    return len(one & other) >= _ALIKE * max(len(one), len(other))
