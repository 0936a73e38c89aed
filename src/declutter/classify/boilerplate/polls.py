"""Polls inside the essay: the choices of a form belong to the site, not to the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.model import Label

if TYPE_CHECKING:
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_CHOICES: Final = frozenset({"radio", "checkbox"})
_MIN_CHOICES: Final = 2
_MAX_POLL: Final = 16  # blocks
_MAX_SHARE: Final = 0.3
"""Maximum share of the essay's text. A form with more wraps the whole page, as some content systems do."""


def claim_polls(outline: Outline, labels: list[Label]) -> None:
    """Label essay blocks in small forms with at least two choices as chrome."""
    choices: dict[int, int] = {}
    for field in outline.fields:
        if field.kind in _CHOICES:
            form = next((at for at in outline.ancestors(field.owner) if outline.tags[at] == "form"), 0)
            choices[form] = choices.get(form, 0) + 1
    polls = {form for form, count in choices.items() if form and count >= _MIN_CHOICES}
    if not polls:
        return
    held: dict[int, list[int]] = {}
    total = 0
    for number, label in enumerate(labels):
        if label is _BODY:
            total += len(outline.texts[number])
            poll = next((at for at in outline.ancestors(outline.owners[number]) if at in polls), 0)
            if poll:
                held.setdefault(poll, []).append(number)
    for numbers in held.values():
        if len(numbers) <= _MAX_POLL and sum(len(outline.texts[number]) for number in numbers) <= _MAX_SHARE * total:
            for number in numbers:
                labels[number] = Label.CHROME
