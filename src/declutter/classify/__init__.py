"""Labels the blocks: first main content, then the other labels, then the flashes injected into the main content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from declutter.classify.account import SILENT, Account, Ledger
from declutter.classify.boilerplate import is_plain, label_boilerplate
from declutter.classify.confidence import block_confidences, page_confidence
from declutter.classify.cues import CueReader
from declutter.classify.flash import find_flashes
from declutter.classify.footnotes import take_footnotes
from declutter.classify.furniture import label_furniture
from declutter.classify.headline import shown_title
from declutter.classify.main_content import body_scores
from declutter.classify.margins import overrule
from declutter.classify.tables import settle_tables
from declutter.classify.verdict import FoundFlash, Verdicts
from declutter.model import Evidence, Label
from declutter.notes import find_notes
from declutter.outline import Outline
from declutter.repeats import Repeats
from declutter.rulings import NO_RULINGS, SITE_RULE, WEIGHT, Rulings
from declutter.tables import find_tables
from declutter.vocabulary import vocabulary

__all__ = ["FoundFlash", "Verdicts", "classify"]

_IN_FLOW: Final = frozenset({Label.BODY, Label.FLASH})
"""Flashes are looked for in these blocks: a flash stands in the flow of the essay."""


def classify(
    outline: Outline,
    *,
    title: str | None = None,
    authors: Sequence[str] = (),
    repeats: Repeats | None = None,
    rulings: Rulings | None = None,
    explained: bool = False,
) -> Verdicts:
    """Label every block of the page.

    title: the headline as the page's head gives it, to find where the article begins. authors: their names, to find
    what the page says about them outside the essay.
    repeats: what the site's other pages say about its blocks; None if unknown.
    rulings: labels by the site's rules, which override everything else; None if there are none.
    explained: whether to record the evidence for the labels. Raises LimitError if the outline's deadline passes.
    """
    deadline = outline.deadline
    ledger = Ledger(deadline) if explained else None
    account = ledger or SILENT
    words = vocabulary()
    reader = CueReader(outline, words)
    tables = find_tables(outline)
    title = shown_title(outline, title)
    scores = body_scores(outline, title=title, cues=reader, tables=tables, account=account)
    if rulings is not None:
        for block, label in rulings.labels.items():
            scores[block] = WEIGHT if label in _IN_FLOW else -WEIGHT
    deadline.check()
    labels, margins = label_boilerplate(
        outline, scores, title=title, authors=authors, cues=reader, tables=tables, account=account
    )
    before = labels[:]
    settle_tables(outline, labels, tables)
    account.follow("cell_of_a_table", labels)
    notes = find_notes(outline, labels)
    take_footnotes(outline, labels, notes.values())
    account.follow("note_of_the_essay", labels)
    furniture = set() if repeats is None else label_furniture(outline, labels, repeats, account)
    overrule(before, labels, margins)
    if rulings is not None:
        furniture |= _obey(rulings, labels, margins, account)
    deadline.check()
    flashes = find_flashes(
        outline,
        labels,
        cues=reader,
        repeats=repeats,
        furniture=furniture,
        rulings=rulings or NO_RULINGS,
        account=account,
    )
    plain = is_plain(outline)
    deadline.check()
    confidences = block_confidences(labels, margins, plain=plain)
    for flash in flashes:
        for block in flash.blocks:
            labels[block] = Label.FLASH
            confidences[block] = round(flash.confidence, 4)
    essay = page_confidence(outline.texts, labels, confidences, scores, plain=plain)
    return Verdicts(labels, confidences, flashes, essay, scores, margins, tables, notes, ledger)


def _obey(rulings: Rulings, labels: list[Label], margins: list[float], account: Account) -> set[int]:
    """Apply the labels of the site's rules; blocks ruled to be flashes get the label of the flow that flashes stand in.

    Returns the ruled blocks that are outside the flow.
    """
    for block, label in rulings.labels.items():
        labels[block] = Label.BODY if label is Label.FLASH else label
        margins[block] = WEIGHT
        if label is not Label.FLASH:  # the evidence of a flash comes with its span
            account.add(block, [Evidence(SITE_RULE, WEIGHT, label)])
            account.rise(block, label, WEIGHT)
    return {block for block, label in rulings.labels.items() if label not in _IN_FLOW}
