"""Press contacts: the lines below the text of a press release, under a heading for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.forms import is_prose
from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page

_OF_RELEASE: Final = frozenset({Label.BODY, Label.META})

_FROM: Final = 0.5
"""Share of the essay's blocks after which contacts may begin."""
_MAX_LINES: Final = 8
_ADDRESS: Final = re.compile(r"\S@\S|(?:\+|\b0)\d[\d\s()/.-]{6,}\d")
"""An e-mail address or telephone number."""


def claim_contacts(page: Page, labels: list[Label]) -> None:
    """Label as meta the heading of press contacts and the lines below it, if there is an address among them."""
    outline, cues = page.outline, page.cues
    headings = {number for number in cues.spoken if cues.is_label(number, "meta")}
    body = [number for number, label in enumerate(labels) if label in _OF_RELEASE] if headings else []
    for at in range(int(_FROM * len(body)), len(body)):
        if body[at] not in headings:
            continue
        lines = [body[at]]
        for number in body[at + 1 : at + 1 + _MAX_LINES]:
            text = outline.texts[number]
            if is_prose(text) and _ADDRESS.search(text) is None:
                break
            lines.append(number)
        if any(_ADDRESS.search(outline.texts[number]) for number in lines):
            for number in lines:
                labels[number] = Label.META
            return
