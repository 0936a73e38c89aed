"""Flashes that the site repeats: the other pages with them show where each begins and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import Candidate
from declutter.classify.flash.headlines import is_listed
from declutter.classify.flash.reasons import evidence
from declutter.model import Kind

if TYPE_CHECKING:
    from declutter.classify.flash.headlines import Headline
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason

_RARE: Final = -4.0
_PARTS: Final = 0.5  # strength of a headline that separates two flashes on the same pages
_MIN_STRENGTH: Final = -0.5  # strength of a headline where a flash is already known to begin
_MAX_WORDS: Final = 2.1
_SURE: Final = 5.0  # the weight of two other essays; one may share a reference, a rule or a step with this one
_MAX_BLOCKS: Final = 8


def find_repeated(reader: FlowReader) -> list[Candidate]:
    """The candidates that other essays of the site contain, and that are inside this one."""
    elsewhere = reader.elsewhere
    if not elsewhere:
        return []
    heads = {place: reader.headline(place) for place in reader.flow.headed}
    forms = {place: head.form for place, head in heads.items() if head is not None and head.strength > _PARTS}
    runs = [run for run in elsewhere.runs(forms) if len(run) <= _MAX_BLOCKS and elsewhere.is_amid(run)]
    return [candidate for candidate in (_weigh(reader, run) for run in runs) if candidate.score > 0]


def _weigh(reader: FlowReader, run: range) -> Candidate:
    flow, first, last = reader.flow, run[0], run[-1]
    headline, opening, stamp = _headline(reader, run), reader.opening(first), flow.stamps.get(last)
    weight = reader.elsewhere.weight(run)
    reasons: list[Reason] = [("few_blocks_are_flashes", _RARE), ("on_other_pages", weight)]
    if headline is not None:
        reasons.append((f"headline_by_{headline.form}", max(0.0, min(2.5, 0.5 + 1.1 * headline.strength))))
    if stamp is not None:
        reasons.append(("closing_stamp", 3.0 if stamp.published else 1.0))
    reasons.append((opening.name, opening.weight))
    words = max(-_MAX_WORDS, min(_MAX_WORDS, 0.6 * reader.foreign(run, -_MAX_WORDS / 0.6)))
    reasons += [("foreign_words", words), ("style_of_its_own", reader.style.breaks(run))]
    if any(flow.kinds[place] is Kind.ITEM for place in run):
        reasons.append(("item_of_a_list", -4.0))
    elif weight < _SURE and is_listed(flow.texts[first]):
        reasons.append(("item_of_a_list", -2.5))
    return Candidate(first, last, headline, stamp, opening, evidence(reasons))


def _headline(reader: FlowReader, run: range) -> Headline | None:
    headline = reader.headline(run[0])
    if headline is None:
        return reader.line(run[0]) if len(run) > 1 else None
    return headline if headline.strength > _MIN_STRENGTH else None
