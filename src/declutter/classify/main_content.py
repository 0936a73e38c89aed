"""Which blocks are the essay: fitted evidence, summed block by block."""

from __future__ import annotations

from typing import Final

from declutter.classify.features import BINS, measure
from declutter.classify.weights import weights
from declutter.model import Evidence, Label
from declutter.outline import Outline

SURE: Final = 3.0
"""Log-odds of a text dump's lines: nothing in their form speaks against them."""

MIN_REPEAT: Final = 40
"""From this length a text that stands on the page twice is the essay once (print versions, teasers of itself)."""

MIN_ESSAY: Final = 140
"""Characters. A page with less essay than this, and far more text, is asked again with a lower bar: pages of other
kinds (forums, listings, products) should give their own content rather than nothing."""

MAX_LEEWAY: Final = 3.0
"""How far, in log-odds, the bar is lowered for such pages."""


def body_scores(outline: Outline, *, title: str | None, evidence: list[list[Evidence]] | None = None) -> list[float]:
    """Log-odds that each block is the essay; over 0 it is taken for it.

    title: the page's headline as its head names it. evidence: a list a block, to be filled with what was decided by.
    """
    if outline.is_text or not outline.texts:
        return [SURE] * len(outline.texts)
    columns = measure(outline, find_title(outline, title))
    scores = _sum(columns)
    if evidence is not None:
        _explain(columns, evidence)
    _keep_once(outline, scores)
    _lower_the_bar(outline, scores)
    return scores


def find_title(outline: Outline, title: str | None) -> int | None:
    """The block that shows the page's title: the same words, best in a heading, else the first <h1>."""
    folded = _fold(title) if title else ""
    longest = 2 * len(title or "") + 20
    first_h1, best, best_rank = None, None, 0
    for number, (text, owner) in enumerate(zip(outline.texts, outline.owners, strict=True)):
        tag = outline.tags[owner]
        heading = tag in ("h1", "h2", "h3")
        if tag == "h1" and first_h1 is None:
            first_h1 = number
        if not folded or len(text) > longest or (not heading and text[:1] != title[:1]):  # type: ignore[index]
            continue
        mine = _fold(text)
        if mine == folded:
            rank = 3 if heading else 2
        elif heading and len(mine) > 8 and (mine in folded or folded in mine):  # noqa: PLR2004 - shorter ones are chance
            rank = 1
        else:
            continue
        if rank > best_rank:
            best, best_rank = number, rank
    return first_h1 if best is None else best


def _fold(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _sum(columns: dict[str, list[int]]) -> list[float]:
    known = weights()
    count = len(columns["size"])
    totals = [round(100 * (known.intercept - known.threshold))] * count
    for feature, table in known.singles.items():
        totals = [total + table[bin_] for total, bin_ in zip(totals, columns[feature], strict=True)]
    for pair in known.pairs:
        table, width = pair.table, BINS[pair.second]
        totals = [
            total + table[a * width + b]
            for total, a, b in zip(totals, columns[pair.first], columns[pair.second], strict=True)
        ]
    return [total / 100 for total in totals]


def _explain(columns: dict[str, list[int]], evidence: list[list[Evidence]]) -> None:
    """Name what was summed: the same terms, one by one."""
    known = weights()
    for number, notes in enumerate(evidence):
        for feature, table in known.singles.items():
            notes.append(Evidence(feature, table[columns[feature][number]] / 100, Label.BODY))
        for pair in known.pairs:
            place = columns[pair.first][number] * BINS[pair.second] + columns[pair.second][number]
            notes.append(Evidence(f"{pair.first} with {pair.second}", pair.table[place] / 100, Label.BODY))


def _keep_once(outline: Outline, scores: list[float]) -> None:
    """The second copy of a long text is not the essay again."""
    seen: dict[str, int] = {}
    for number, (text, score) in enumerate(zip(outline.texts, scores, strict=True)):
        if score > 0 and len(text) >= MIN_REPEAT:
            first = seen.setdefault(text, number)
            if first != number:
                scores[number] = -score


def _lower_the_bar(outline: Outline, scores: list[float]) -> None:
    """Where next to nothing passed, take the best of what nearly did."""
    texts = outline.texts
    found = sum(len(text) for text, score in zip(texts, scores, strict=True) if score > 0)
    if found >= MIN_ESSAY:
        return
    near = sum(len(text) for text, score in zip(texts, scores, strict=True) if score > -MAX_LEEWAY)
    if near >= 2 * max(MIN_ESSAY, found):
        leeway = MAX_LEEWAY
        scores[:] = [score + leeway if score > -leeway else score for score in scores]
