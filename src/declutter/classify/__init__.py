"""From blocks to labels: main content, the other labels, then what was injected into the main content."""

from __future__ import annotations

import math
from collections.abc import Mapping

from declutter.classify.boilerplate import label_boilerplate
from declutter.classify.flash import find_flashes
from declutter.classify.furniture import label_furniture
from declutter.classify.main_content import body_scores
from declutter.classify.tables import settle_tables
from declutter.classify.verdict import FlashSpan, Verdicts
from declutter.model import Evidence, Label
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
    evidence: list[list[Evidence]] | None = None,
) -> Verdicts:
    """Label every block of the page.

    title: the page's headline as its head names it, to find the place where the article begins.
    cues: the caller's own cue words. repeats: what the site's other pages say of its blocks, None where none is known.
    evidence: a list a block, to be filled with what its label was decided by.
    """
    scores = body_scores(outline, title=title, evidence=evidence)
    words = vocabulary(cues)
    labels = label_boilerplate(outline, [score > 0 for score in scores], title=title, vocabulary=words, notes=evidence)
    settle_tables(outline, labels)
    furniture = set() if repeats is None else label_furniture(outline, labels, repeats, evidence)
    flashes = find_flashes(outline, labels, vocabulary=words, repeats=repeats, furniture=furniture)
    for flash in flashes:
        for block in flash.blocks:
            labels[block] = Label.FLASH
            if evidence is not None:
                evidence[block] += flash.evidence
    confidences = [round(1 / (1 + math.exp(-min(30.0, abs(score)))), 4) for score in scores]
    for flash in flashes:
        for block in flash.blocks:
            confidences[block] = round(flash.confidence, 4)
    return Verdicts(labels, confidences, flashes, evidence)
