"""What the blocks outside the essay are: title, meta, tags, related, promo, comment or chrome."""

from __future__ import annotations

from declutter.classify.boilerplate.cues import CueReader
from declutter.classify.boilerplate.plain import label_plain
from declutter.model import Label
from declutter.outline import Outline
from declutter.vocabulary import vocabulary

__all__ = ["label_boilerplate"]

_MIN_NAMELESS = 0.9


def label_boilerplate(
    outline: Outline, body: list[bool], *, title: str | None
) -> list[Label]:
    """A label for every block, given which the main content stage took for the essay.

    title: the page's headline as its head names it.
    """
    cues = CueReader(outline.texts, vocabulary())
    if outline.is_text or _is_plain(outline):
        return label_plain(outline.texts, outline.linked, cues, title=title)[0]
    return [Label.BODY if is_body else Label.CHROME for is_body in body]


def _is_plain(outline: Outline) -> bool:
    """No element has a class or id to go by."""
    return not any(outline.name(element) for element in range(len(outline.tags)))
