"""Flashes by the site's rules; only the beginning and end of each remain to be found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from declutter.classify.flash.candidates import Candidate
from declutter.classify.flash.headlines import MIN_STRENGTH
from declutter.classify.flash.reasons import evidence
from declutter.rulings import SITE_RULE, WEIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.flash.form import FormReader


def find_ruled(reader: FormReader, runs: Sequence[range]) -> list[Candidate]:
    """The candidates in runs of blocks that rules label as flashes."""
    if not runs:
        return []
    place_of = {block: place for place, block in enumerate(reader.flow.blocks)}
    places = [range(place_of[run.start], place_of[run.stop - 1] + 1) for run in runs]
    return [_candidate(reader, run) for run in _joined(reader, places)]


def _joined(reader: FormReader, runs: list[range]) -> list[range]:
    """Join adjacent single blocks into one flash, unless the first ends with a stamp or the second has a headline."""
    joined: list[range] = []
    goes_on = False
    for run in runs:
        alone = len(run) == 1
        if goes_on and alone and joined[-1].stop == run.start and not _opens(reader, run.start):
            joined[-1] = range(joined[-1].start, run.stop)
        else:
            joined.append(run)
        goes_on = alone and run.start not in reader.flow.stamps
    return joined


def _opens(reader: FormReader, place: int) -> bool:
    headline = reader.headline(place)
    return headline is not None and headline.strength > MIN_STRENGTH


def _candidate(reader: FormReader, run: range) -> Candidate:
    first, last = run[0], run[-1]
    headline = reader.headline(first) if _opens(reader, first) else reader.line(first) if len(run) > 1 else None
    stamp = reader.flow.stamps.get(last)
    return Candidate(first, last, headline, stamp, reader.opening(first), evidence([(SITE_RULE, WEIGHT)]))
