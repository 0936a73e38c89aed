"""Flashes without a headline that name their source first: `According to …`, `PANews reported on May 21 that …`.

An essay's own paragraphs open so, too. Such paragraphs are therefore judged together, and only if there are several in
an essay that has other paragraphs of its own: a portal has put them there if the whole of them is foreign to the essay.
What they share with each other, such as the name of the feed, ties none of them to it.
"""

from __future__ import annotations

import re
from itertools import compress
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.bare import MAX_ESSAY, is_unmarked
from declutter.classify.flash.candidates import Candidate
from declutter.classify.flash.opened import MAX_REACH, reach
from declutter.classify.flash.reasons import RARE, evidence
from declutter.classify.flash.weighing import place_reasons, word_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason
    from declutter.vocabulary import Vocabulary

_REPORT: Final = 1.0  # weight of an opening from which it is that of a report
_LEAD: Final = 40  # characters within which the words of such an opening begin
_MIN_LIKE: Final = 2
_MAX_LIKE: Final = 6
_MIN_ESSAY: Final = 3  # paragraphs of prose that do not open so
_MAX_SHARE: Final = 0.5  # of such paragraphs in the prose; a page with more is news
_ALIKE: Final = (0.0, 0.7, 1.2)
_ESSAYS: Final = -1.2  # log-odds of words that are the essay's own
_FIGURE: Final = re.compile(r"\d")


def find_reports(flow: Flow, vocabulary: Vocabulary) -> list[int]:
    """The places that may name their source first, in a short flow whose other paragraphs are more; a cheap test."""
    prose = sum(flow.sentences)
    if prose < _MIN_LIKE + _MIN_ESSAY or flow.size > MAX_ESSAY:
        return []
    absent = vocabulary.reports.absent
    named = [place for place, text in compress(enumerate(flow.texts), flow.sentences) if not absent(text[:_LEAD])]
    firsts = [
        place
        for place in sorted(flow.wired.union(named))
        if place and flow.is_prose(place) and is_unmarked(flow, place)
    ]
    if len(firsts) < _MIN_LIKE:
        return []
    figured = sum([_FIGURE.search(text) is not None for text in compress(flow.texts, flow.sentences)])
    return firsts if figured <= _MAX_SHARE * prose else []


def find_sourced(reader: FlowReader, reports: Iterable[int], taken: AbstractSet[int]) -> list[Candidate]:
    """The candidates that name their source first, as `reports` may, without places in `taken`."""
    prose = sum(reader.flow.sentences)
    firsts = [place for place in reader.deadline.watch(reports) if reader.opening(place).weight >= _REPORT]
    if not _MIN_LIKE <= len(firsts) <= min(_MAX_LIKE, _MAX_SHARE * prose, prose - _MIN_ESSAY):
        return []
    firsts = [place for place in firsts if place not in taken]
    bounds = {*taken, *firsts}
    supposed = reader.supposing(dict(zip(firsts, firsts, strict=True)))
    found: list[Candidate] = []
    for name in sorted({reader.opening(place).name for place in firsts}):
        alike = [place for place in firsts if reader.opening(place).name == name]
        if len(alike) >= _MIN_LIKE:
            found += _together([_weigh(supposed, place, bounds, len(alike) - 1) for place in alike])
    return found


def _weigh(reader: FlowReader, first: int, bounds: AbstractSet[int], others: int) -> Candidate:
    """The candidate that begins at `first`, before any of `bounds`, with the evidence from `others` that open so."""
    opening = reader.opening(first)
    ceiling = next((place for place in range(first + 1, first + MAX_REACH) if place in bounds), len(reader.flow.texts))
    last = reach(reader, first, first, ceiling)
    while last > first and not reader.figures(range(last, last + 1)) and not reader.brevity(range(first, last + 1)):
        last -= 1  # no sign that it is not the essay's
    places = range(first, last + 1)
    reasons: list[Reason] = [
        RARE,
        (opening.name, opening.weight),
        ("others_like_it", _ALIKE[min(others, len(_ALIKE) - 1)]),
        ("figures_of_its_own", reader.figures(places)),
        *place_reasons(reader, places, stamped=False),
        *word_reasons(reader, places),
    ]
    return Candidate(first, last, None, None, opening, evidence(reasons))


def _together(candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates with the mean of what speaks for each, since all of them are flashes or none is.

    None if the words of one are the essay's.
    """
    if any(reason.weight <= _ESSAYS for one in candidates for reason in one.evidence if reason.name == "foreign_words"):
        return []
    mean = sum(candidate.score for candidate in candidates) / len(candidates)
    return [candidate.but(("others_like_it", mean - candidate.score)) for candidate in candidates]
