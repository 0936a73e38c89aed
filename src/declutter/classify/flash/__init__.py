"""Finds flashes injected into the essay: stamps, headlines and foreign words suggest them, all evidence decides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.account import SILENT, Account
from declutter.classify.flash.alike import find_alike
from declutter.classify.flash.bare import find_bare, may_hold_bare
from declutter.classify.flash.boxed import find_boxed, find_boxes
from declutter.classify.flash.candidates import apart
from declutter.classify.flash.digest import but_digest
from declutter.classify.flash.elsewhere import Elsewhere
from declutter.classify.flash.flow import Flow, read_flow
from declutter.classify.flash.frames import find_framed
from declutter.classify.flash.lined import find_lined, find_lines
from declutter.classify.flash.opened import find_opened
from declutter.classify.flash.reader import FlowReader
from declutter.classify.flash.reasons import REASONS
from declutter.classify.flash.records import says_something, to_record
from declutter.classify.flash.regular import weigh_regularity, weigh_together
from declutter.classify.flash.repeated import find_repeated
from declutter.classify.flash.ruled import find_ruled
from declutter.classify.flash.sourced import find_reports, find_sourced
from declutter.classify.flash.stamped import find_stamped
from declutter.model import Label
from declutter.rulings import NO_RULINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from declutter.classify.cues import CueReader
    from declutter.classify.flash.candidates import Candidate
    from declutter.classify.verdict import FoundFlash
    from declutter.outline import Outline
    from declutter.repeats import Repeats
    from declutter.rulings import Rulings

_TITLE: Final = Label.TITLE  # see Label

__all__ = ["REASONS", "find_flashes"]

_MAX_RUN: Final = 2
"""Flashes in a row that a portal may inject into an essay; more are a list."""

_MAX_BRIEFS: Final = 0.4
"""Share of flashes in the prose below which any line between two of them is the essay's. Above it, such a line may be
the headline of the next."""

_KEPT: Final = 1.0  # log-odds by which `explain` says that a candidate in the form of a flash, but kept, lost
_STRANGE: Final = 0.8  # mean log-odds of the words of a list's flashes, from which the list is foreign


def find_flashes(
    outline: Outline,
    labels: Sequence[Label],
    *,
    cues: CueReader,
    repeats: Repeats | None = None,
    furniture: AbstractSet[int] = frozenset(),
    rulings: Rulings = NO_RULINGS,
    account: Account = SILENT,
) -> list[FoundFlash]:
    """The flashes among the blocks of the essay's flow, in page order.

    labels: of the blocks so far. cues: of the blocks. repeats: what the site's other pages contain; None if unknown.
    furniture: blocks that most pages of the site have. rulings: the site's rules: blocks that are flashes, and blocks
    that are not. account: records the evidence.
    """
    flow = read_flow(outline, labels, furniture)
    bare, reports = may_hold_bare(flow), find_reports(flow, cues.vocabulary)
    boxes, lines = find_boxes(flow, outline), find_lines(flow, outline)
    marked = flow.stamps or flow.leads or flow.short or flow.headed or flow.wired or flow.run_in or flow.points
    if not (bare or reports or boxes or lines or marked or repeats or rulings.flashes):
        return []
    elsewhere = Elsewhere(flow, outline, repeats)
    reader = FlowReader(flow, cues, elsewhere, deadline=outline.deadline)
    ruled = find_ruled(reader, rulings.flashes)
    known = ruled + [candidate for candidate in find_repeated(reader) if _taken(ruled).isdisjoint(candidate.places)]
    candidates = known + find_framed(reader, cues.vocabulary, _taken(known))
    candidates += find_stamped(reader, _taken(candidates))
    candidates += find_opened(reader, _taken(candidates))
    if boxes:
        candidates += find_boxed(reader, outline, boxes, _taken(candidates))
    candidates = weigh_regularity(reader, sorted(candidates, key=lambda candidate: candidate.first))
    candidates += find_alike(reader, cues.vocabulary, _taken(candidates))
    if reports:
        candidates += find_sourced(reader, reports, _taken(candidates))
    if lines or bare:
        reader.set_apart(
            {place: candidate.first for candidate in candidates if candidate.score > 0 for place in candidate.places}
        )
    if lines:
        candidates += find_lined(reader, lines, _taken(candidates))
    if bare:
        candidates += find_bare(reader, [candidate for candidate in candidates if candidate.score > 0])
    candidates = weigh_together(reader, candidates)
    if rulings.labels:
        candidates = _allowed(flow, candidates, rulings)
    sure = {candidate.first for candidate in ruled}
    watched = outline.deadline.watch(candidates)
    found = [
        candidate
        for candidate in watched
        if candidate.score > 0 and (candidate.first in sure or says_something(flow, candidate))
    ]
    found = but_digest(reader, found, sure)
    # The shared form may raise two readings of one flash above 0.
    found = apart(found)
    listed = _listed(flow, found) - _taken(known)
    if account.asked:
        _explain(flow, outline.deadline.watch(candidates), listed, account)
    return [
        to_record(flow, candidate, cues.vocabulary)
        for candidate in outline.deadline.watch(found)
        if candidate.first not in listed
    ]


def _allowed(flow: Flow, candidates: list[Candidate], rulings: Rulings) -> list[Candidate]:
    """The candidates without any block that a rule labels as something else."""
    others = {block for block, label in rulings.labels.items() if label is not Label.FLASH}
    return [
        candidate for candidate in candidates if others.isdisjoint(flow.blocks[candidate.first : candidate.last + 1])
    ]


def _explain(flow: Flow, candidates: Iterable[Candidate], listed: AbstractSet[int], account: Account) -> None:
    """Record the evidence of all candidates, and for those that passed but were kept in the essay, why."""
    for candidate in candidates:
        against = "one_of_a_list" if candidate.first in listed else "too_little_text"
        kept = candidate.score > 0 and (candidate.first in listed or not says_something(flow, candidate))
        weighed = candidate.but((against, -candidate.score - _KEPT)) if kept else candidate
        for place in range(weighed.first, weighed.last + 1):
            account.add(flow.blocks[place], weighed.evidence)
            account.rise(flow.blocks[place], Label.FLASH, weighed.score)


def _taken(candidates: Sequence[Candidate]) -> set[int]:
    return {place for candidate in candidates if candidate.score > 0 for place in candidate.places}


def _strange(run: Sequence[Candidate]) -> bool:
    words = [reason.weight for candidate in run for reason in candidate.evidence if reason.name == "foreign_words"]
    return sum(words) >= _STRANGE * len(run)


def _listed(flow: Flow, candidates: list[Candidate]) -> set[int]:
    """First places of candidates that follow each other directly: a list of flashes is the page's own.

    If most candidates are in such lists, the page is a round-up, live blog or log, and the others are its own, too. If
    the essay is longer than its flashes, a list whose words are foreign to it was pasted as a whole, and is not listed.
    """
    if len(candidates) <= _MAX_RUN:
        return set()
    prose = {place: len(text) for place, text in enumerate(flow.texts) if flow.is_prose(place)}
    briefs = sum(prose.get(place, 0) for place in _taken(candidates))
    pasted = briefs < _MAX_BRIEFS * sum(prose.values())
    parts = flow.is_running if pasted else prose.__contains__
    runs: list[list[Candidate]] = []
    for candidate in candidates:
        if runs and not any(map(parts, range(runs[-1][-1].last + 1, candidate.first))):
            runs[-1].append(candidate)
        else:
            runs.append([candidate])
    listed = {
        candidate.first for run in runs if len(run) > _MAX_RUN and not (pasted and _strange(run)) for candidate in run
    }
    return listed if len(listed) * 2 <= len(candidates) else {candidate.first for candidate in candidates}
