"""Main content: decides which blocks are the essay, by a sum of fitted evidence per block, and corrections."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from declutter.classify.account import SILENT, Account
from declutter.classify.corrections import CORRECTIONS, Context
from declutter.classify.cues import CueReader
from declutter.classify.features import BINS, measure, signatures
from declutter.classify.headline import find_title
from declutter.classify.sums import summed
from declutter.classify.weights import weights
from declutter.deadline import Deadline
from declutter.model import Evidence, Label
from declutter.outline import Outline
from declutter.tables import Table

_SURE: Final = 3.0
"""Log-odds of the lines of a text dump, whose form says nothing against them."""


def body_scores(
    outline: Outline,
    *,
    title: str | None,
    cues: CueReader,
    tables: Sequence[Table],
    account: Account = SILENT,
) -> list[float]:
    """Log-odds of body for each block; a block is in the essay if they are above 0.

    title: the headline as the page's head gives it. cues: of the page's blocks. tables: the page's, from `find_tables`.
    account: records the evidence.
    """
    deadline = outline.deadline
    if outline.is_text or not outline.texts:
        for number in deadline.watch(range(len(outline.texts) if account.asked else 0)):
            account.add(number, [Evidence("line_of_a_dump", _SURE, Label.BODY)])
            account.stand(number, {Label.BODY: _SURE})
        return [_SURE] * len(outline.texts)
    headline = find_title(outline, title)
    deadline.check()
    alike = signatures(outline)
    deadline.check()
    columns = measure(outline, headline, alike, cues)
    context = Context(
        headline,
        alike,
        tables,
        columns["cue_words"],
        dates=columns["date_or_time"],
        above=columns["label_above_it"],
        mixed=columns["items_of_links_and_text"],
        words=columns["words_of_the_beginning"],
        place=columns["place_in_the_wide_container"],
        main=columns["place_in_the_main_container"],
        repeated=columns["repeated"],
    )
    scores = [weight / 100 for weight in summed(columns, deadline)]
    if account.asked:
        _explain(columns, account, deadline)
    for name, correct in CORRECTIONS.items():
        deadline.check()
        before = scores[:] if account.asked else scores
        correct(outline, scores, context)
        account.rescore(name, before, scores)
    for number, score in enumerate(deadline.watch(scores if account.asked else ())):
        account.stand(number, {Label.BODY: score})
    return scores


def _explain(columns: dict[str, bytes], account: Account, deadline: Deadline) -> None:
    """Record the terms of the sum as evidence."""
    known = weights()
    base = Evidence("before_anything_is_seen", round(known.intercept - known.threshold, 2), Label.BODY)
    # Created once for all blocks: a page may have a million.
    singles = [(columns[feature], _notes(feature, table)) for feature, table in known.singles.items()]
    pairs = [
        (
            columns[pair.first],
            columns[pair.second],
            BINS[pair.second],
            _notes(f"{pair.first}_with_{pair.second}", pair.table),
        )
        for pair in known.pairs
    ]
    for number in deadline.watch(range(len(columns["size"]))):
        notes = [base, *(table[column[number]] for column, table in singles)]
        notes += [table[first[number] * width + second[number]] for first, second, width, table in pairs]
        account.add(number, [note for note in notes if note.weight])


def _notes(name: str, table: Sequence[int]) -> list[Evidence]:
    return [Evidence(name, value / 100, Label.BODY) for value in table]
