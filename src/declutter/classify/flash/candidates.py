"""Candidates for flashes, each with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.reasons import evidence
from declutter.model import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.classify.flash.headlines import Headline
    from declutter.classify.flash.openings import Opening
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.stamps import Stamp

ENDS: Final = frozenset(".!?。！？…”’\"'»」』）)】]；;।۔؟")
"""Characters that end a sentence or close it."""

NEAR: Final = -1.5
"""Log-odds from which a candidate counts as a sample of the portal's flashes."""


LIKELY_BY_ANOTHER: Final = -3.0
"""Log-odds from which a candidate in the form of another that is surely a flash may be one, too."""


class Layout(NamedTuple):
    """The positions of the parts of a flash in another than the usual order of headline, text and stamp.

    order: its name. head: place of the headline. pieces: by place, start and end of the flash's own text.
    published: ISO 8601 text or None. source: the source named, or None.
    """

    order: str
    head: int
    pieces: tuple[tuple[int, int], ...]
    published: str | None
    source: str | None


class Candidate(NamedTuple):
    """A candidate flash: places `first` to `last` of the flow, and the evidence for it."""

    first: int
    last: int
    headline: Headline | None
    stamp: Stamp | None
    opening: Opening
    evidence: tuple[Evidence, ...]
    layout: Layout | None = None

    @property
    def score(self) -> float:
        """Log-odds that this is a flash; rounded, so that what sums up to 0 is 0 in any order."""
        return round(sum([reason.weight for reason in self.evidence]), 9)

    @property
    def places(self) -> range:
        """Its places in the flow."""
        return range(self.first, self.last + 1)

    def but(self, *reasons: Reason) -> Candidate:
        """The same candidate with more evidence."""
        return self._replace(evidence=self.evidence + evidence(reasons))


def apart(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The likeliest of candidates that overlap, in page order."""
    taken: set[int] = set()
    kept = []
    for candidate in sorted(candidates, key=lambda candidate: -candidate.score):
        if taken.isdisjoint(candidate.places):
            taken.update(candidate.places)
            kept.append(candidate)
    return sorted(kept, key=lambda candidate: candidate.first)
