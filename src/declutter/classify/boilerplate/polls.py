"""Polls inside the essay: the choices of a form belong to the site, not to the text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page

_BODY: Final = Label.BODY  # see Label

_CHOICES: Final = frozenset({"radio", "checkbox"})
_MIN_CHOICES: Final = 2
_MAX_POLL: Final = 16  # blocks
_MAX_SHARE: Final = 0.3
"""Maximum share of the essay's text. A form with more wraps the whole page, as some content systems do."""


def claim_polls(page: Page, labels: list[Label]) -> None:
    """Label essay blocks in small forms with at least two choices as chrome."""
    outline = page.outline
    choosing = [field.owner for field in outline.fields if field.kind in _CHOICES]
    if len(choosing) < _MIN_CHOICES:
        return
    forms = [0]  # by element: the innermost form that it is or stands in; parents have lower numbers
    for number, tag in enumerate(outline.tags[1:], start=1):
        forms.append(number if tag == "form" else forms[outline.parents[number]])
    choices = Counter([forms[owner] for owner in choosing])
    held: dict[int, list[int]] = {}
    total = 0
    for number, label in enumerate(labels):
        if label is _BODY:
            total += len(outline.texts[number])
            form = forms[outline.owners[number]]
            if form and choices[form] >= _MIN_CHOICES:
                held.setdefault(form, []).append(number)
    for numbers in held.values():
        if len(numbers) <= _MAX_POLL and sum(len(outline.texts[number]) for number in numbers) <= _MAX_SHARE * total:
            for number in numbers:
                labels[number] = Label.CHROME
