"""Which blocks are the essay: fitted evidence per block, then the part of the page that holds most of it."""

from __future__ import annotations

from declutter.outline import Outline


def body_scores(outline: Outline, *, title: str | None) -> list[float]:
    """Log-odds that each block is the essay (first form: length and link density, carried by the container)."""
    scores = []
    for text, linked in zip(outline.texts, outline.linked, strict=True):
        size = len(text) * (2 if ord(max(text)) > 0x2E80 else 1)
        density = linked / len(text)
        scores.append(min(3.0, size / 60 - 1) - 4 * density)
    if outline.is_text:
        return [3.0] * len(scores)
    weight: dict[int, float] = {}
    for score, owner in zip(scores, outline.owners, strict=True):
        if score > 0:
            weight[outline.parents[owner]] = weight.get(outline.parents[owner], 0.0) + score
    if weight:
        best = max(weight, key=lambda element: weight[element])
        inside = {best}
        for element in range(best + 1, len(outline.parents)):
            if outline.parents[element] in inside:
                inside.add(element)
        scores = [s + (2.0 if o in inside else -2.0) for s, o in zip(scores, outline.owners, strict=True)]
    return scores
