"""What the blocks outside the essay are: title, meta, tags, related, promo, comment or chrome."""

from __future__ import annotations

from declutter.model import Label
from declutter.outline import Outline


def label_boilerplate(outline: Outline, body: list[bool], *, title: str | None) -> list[Label]:
    """A label for every block, given which are the essay (first form)."""
    folded = "".join((title or "").split()).casefold()
    labels = []
    for text, is_body in zip(outline.texts, body, strict=True):
        if folded and "".join(text.split()).casefold() == folded:
            labels.append(Label.TITLE)
        else:
            labels.append(Label.BODY if is_body else Label.CHROME)
    return labels
