"""Finds flashes injected into the essay: stamps, headlines and foreign words suggest them, all evidence decides."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.account import SILENT, Account
from declutter.classify.flash import spans as weigh
from declutter.classify.flash.bare import find_bare, may_hold_bare
from declutter.classify.flash.boxed import find_boxed, find_boxes
from declutter.classify.flash.digest import but_digest
from declutter.classify.flash.elsewhere import Elsewhere
from declutter.classify.flash.flow import Flow, read_flow
from declutter.classify.flash.frames import find_framed
from declutter.classify.flash.lined import find_lined, find_lines
from declutter.classify.flash.reader import Reader
from declutter.classify.flash.reasons import REASONS
from declutter.classify.flash.records import says_something, to_record
from declutter.classify.flash.repeated import find_repeated
from declutter.classify.flash.ruled import find_ruled
from declutter.model import Label
from declutter.rulings import NO_RULINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.spans import Span
    from declutter.classify.verdict import FlashSpan
    from declutter.outline import Outline
    from declutter.repeats import Repeats
    from declutter.rulings import Rulings
    from declutter.vocabulary import Vocabulary

_TITLE: Final = Label.TITLE  # see Label

__all__ = ["REASONS", "find_flashes"]

_MAX_RUN: Final = 2
"""Flashes in a row that a portal may inject into an essay; more are a list."""

_MAX_BRIEFS: Final = 0.4
"""Share of flashes in the prose below which any line between two of them is the essay's. Above it, such a line may be
the headline of the next."""

_WATCHED: Final = 50  # deadline checks are more frequent here, since a possible flash costs ten times a usual block
_NEAR: Final = -1.5  # log-odds from which a span counts as a sample of the portal's flashes
_KEPT: Final = 1.0  # log-odds by which `explain` says that a span in the form of a flash, but kept, lost
_ALIKE: Final = (0.0, 0.7, 1.2, 1.6)
"""Log-odds by the number of other spans in the same form; the last is for flashes in parts, for which it says more."""
_UNSURE: Final = -1.3  # log-odds from which a shared form may still make a flash of a span in parts
_STRANGE: Final = 0.8  # mean log-odds of the words of a list's flashes, from which the list is foreign
_HABIT: Final = 2.5  # log-odds for the form of headline that all other flashes of the page have


def find_flashes(
    outline: Outline,
    labels: Sequence[Label],
    *,
    vocabulary: Vocabulary,
    repeats: Repeats | None = None,
    furniture: AbstractSet[int] = frozenset(),
    rulings: Rulings = NO_RULINGS,
    account: Account = SILENT,
) -> list[FlashSpan]:
    """The flashes among the blocks of the essay's flow, in page order.

    labels: of the blocks so far. repeats: what the site's other pages contain; None if unknown.
    furniture: blocks that most pages of the site have. rulings: the site's rules: blocks that are flashes, and blocks
    that are not. account: records the evidence.
    """
    flow = read_flow(outline, labels, furniture)
    bare = may_hold_bare(flow)
    boxes, lines = find_boxes(flow, outline), find_lines(flow, outline)
    marked = flow.stamps or flow.leads or flow.short or flow.headed or flow.wired or flow.run_in
    if not (bare or boxes or lines or marked or repeats or rulings.flashes):
        return []
    elsewhere = Elsewhere(flow, outline, repeats)
    reader = Reader(flow, vocabulary, elsewhere, deadline=outline.deadline)
    ruled = find_ruled(reader, rulings.flashes)
    known = ruled + [
        span for span in find_repeated(reader) if _taken(ruled).isdisjoint(range(span.first, span.last + 1))
    ]
    spans = known + [span for span in find_framed(reader, vocabulary, _taken(known)) if span.score > _UNSURE]
    spans += _stamped(reader, _taken(spans))
    spans += _opened(reader, spans)
    if boxes:
        spans += find_boxed(reader, outline, boxes, _taken(spans))
    spans = _regular(sorted(spans, key=lambda span: span.first))
    if lines or bare:
        reader.set_apart({place: span.first for span in spans if span.score > 0 for place in span.places})
    if lines:
        spans += find_lined(reader, lines, _taken(spans))
    if bare:
        spans += find_bare(reader, _taken(spans))
    if rulings.labels:
        spans = _allowed(flow, spans, rulings)
    sure = {span.first for span in ruled}
    watched = outline.deadline.watch(spans)
    found = [span for span in watched if span.score > 0 and (span.first in sure or says_something(flow, span))]
    found = but_digest(reader, found, sure)
    # The shared form may raise two readings of one flash above 0.
    found = weigh.apart(found)
    listed = _listed(flow, found) - _taken(known)
    if account.asked:
        _explain(flow, outline.deadline.watch(spans), listed, account)
    return [to_record(flow, span, vocabulary) for span in outline.deadline.watch(found) if span.first not in listed]


def _allowed(flow: Flow, spans: list[Span], rulings: Rulings) -> list[Span]:
    """The spans without any block that a rule labels as something else."""
    others = {block for block, label in rulings.labels.items() if label is not Label.FLASH}
    return [span for span in spans if others.isdisjoint(flow.blocks[span.first : span.last + 1])]


def _explain(flow: Flow, spans: Iterable[Span], listed: AbstractSet[int], account: Account) -> None:
    """Record the evidence of all candidate spans, and for those that passed but were kept in the essay, why."""
    for span in spans:
        against = "one_of_a_list" if span.first in listed else "too_little_text"
        kept = span.score > 0 and (span.first in listed or not says_something(flow, span))
        weighed = span.but((against, -span.score - _KEPT)) if kept else span
        for place in range(weighed.first, weighed.last + 1):
            account.add(flow.blocks[place], weighed.evidence)
            account.rise(flow.blocks[place], Label.FLASH, weighed.score)


def _stamped(reader: Reader, taken: set[int]) -> list[Span]:
    """A span for every stamp. Two passes: the first learns how this page's flashes begin."""
    forms: dict[str, float] = {}
    spans: list[Span] = []
    known = sorted(taken)
    for _ in range(2):
        floor, spans = 0, []
        for last in reader.deadline.watch(sorted(reader.flow.stamps.keys() - taken), every=_WATCHED):
            before = bisect_left(known, last)
            floor = max(floor, known[before - 1] + 1 if before else 0)
            if not weigh.may_be_stamped(reader, last, floor):
                continue
            span = weigh.stamped(reader, last, floor, forms)
            if span.score > _NEAR:
                spans.append(span)
                floor = last + 1
        begins = Counter(span.headline.form for span in spans if span.headline)
        forms = {form: _HABIT * count / len(spans) for form, count in begins.items() if count > 1}
        if not forms:
            break
    return spans


def _opened(reader: Reader, stamped: Sequence[Span]) -> list[Span]:
    """The spans that begin with a headline and do not overlap with stamped ones."""
    flow = reader.flow
    taken = _taken(stamped)
    spans: list[Span] = []
    for first in reader.deadline.watch(sorted({*flow.headed, *flow.wired, *flow.run_in}), every=_WATCHED):
        if first in taken or first in flow.stamps:
            continue
        ceiling = next((place for place in range(first + 1, first + 6) if place in taken), len(flow.texts))
        span = weigh.opened(reader, first, ceiling)
        if span is not None and span.first not in taken and span.score > _NEAR:
            spans.append(span)
            taken.update(range(span.first, span.last + 1))
    return spans


def _taken(spans: Sequence[Span]) -> set[int]:
    return {place for span in spans if span.score > 0 for place in range(span.first, span.last + 1)}


def _regular(spans: list[Span]) -> list[Span]:
    """The spans, with evidence for others in the same form: a portal writes all its flashes in one way."""
    frames = Counter(_frame(span) for span in spans)
    result = []
    for span in spans:
        alike = frames[_frame(span)] - 1 if not (span.stamp and span.stamp.alone) else 0  # as in comments
        most = len(_ALIKE) - 1 if span.layout else 2
        result.append(span.but(("others_like_it", _ALIKE[min(alike, most)])) if alike else span)
    return result


def _frame(span: Span) -> str:
    """The form that a portal repeats in all its flashes: of the stamp, or else of the headline and the opening."""
    if span.layout:
        return span.layout.order
    if span.stamp:
        return f"stamp {span.stamp.frame} {span.stamp.alone}"
    return f"{span.headline.form if span.headline else ''} {span.opening.name}"


def _strange(run: Sequence[Span]) -> bool:
    words = [reason.weight for span in run for reason in span.evidence if reason.name == "foreign_words"]
    return sum(words) >= _STRANGE * len(run)


def _listed(flow: Flow, spans: list[Span]) -> set[int]:
    """First places of spans that follow each other directly: a list of flashes is the page's own.

    If most spans are in such lists, the page is a round-up, live blog or log, and the other spans are its own, too. If
    the essay is longer than its flashes, a list whose words are foreign to it was pasted as a whole, and is not listed.
    """
    if len(spans) <= _MAX_RUN:
        return set()
    prose = {place: len(text) for place, text in enumerate(flow.texts) if flow.is_prose(place)}
    briefs = sum(prose.get(place, 0) for place in _taken(spans))
    pasted = briefs < _MAX_BRIEFS * sum(prose.values())
    parts = flow.is_running if pasted else prose.__contains__
    runs: list[list[Span]] = []
    for span in spans:
        if runs and not any(map(parts, range(runs[-1][-1].last + 1, span.first))):
            runs[-1].append(span)
        else:
            runs.append([span])
    listed = {span.first for run in runs if len(run) > _MAX_RUN and not (pasted and _strange(run)) for span in run}
    return listed if len(listed) * 2 <= len(spans) else {span.first for span in spans}
