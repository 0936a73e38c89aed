"""From blocks to labels: main content, the other labels, then what was injected into the main content."""

from __future__ import annotations

import math
from collections.abc import Mapping

from declutter.classify.account import SILENT, Ledger
from declutter.classify.boilerplate import label_boilerplate
from declutter.classify.flash import find_flashes
from declutter.classify.furniture import label_furniture
from declutter.classify.main_content import body_scores
from declutter.classify.tables import settle_tables
from declutter.classify.verdict import FlashSpan, Verdicts
from declutter.model import Label
from declutter.outline import Outline
from declutter.repeats import Repeats
from declutter.vocabulary import vocabulary

__all__ = ["FlashSpan", "Verdicts", "classify"]


def classify(
    outline: Outline,
    *,
    title: str | None = None,
    cues: tuple[Mapping[str, object], ...] = (),
    repeats: Repeats | None = None,
    explained: bool = False,
) -> Verdicts:
    """Label every block of the page.

    title: the page's headline as its head names it, to find the place where the article begins.
    cues: the caller's own cue words. repeats: what the site's other pages say of its blocks, None where none is known.
    explained: whether to keep an account of what the labels were decided by.
    """
    ledger = Ledger(len(outline.texts)) if explained else None
    account = ledger or SILENT
    scores = body_scores(outline, title=title, account=account)
    words = vocabulary(cues)
    labels = label_boilerplate(outline, [score > 0 for score in scores], title=title, vocabulary=words, account=account)
    settle_tables(outline, labels)
    account.follow("cell_of_a_table", labels)
    furniture = set() if repeats is None else label_furniture(outline, labels, repeats, account)
    flashes = find_flashes(outline, labels, vocabulary=words, repeats=repeats, furniture=furniture, account=account)
    for flash in flashes:
        for block in flash.blocks:
            labels[block] = Label.FLASH
    confidences = [round(1 / (1 + math.exp(-min(30.0, abs(score)))), 4) for score in scores]
    for flash in flashes:
        for block in flash.blocks:
            confidences[block] = round(flash.confidence, 4)
    return Verdicts(labels, confidences, flashes, ledger)
