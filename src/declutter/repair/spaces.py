"""Non-breaking spaces that were decoded wrongly: `•?尖端` for `• 尖端`, `10?000`, `«?Bonjour?»`, `&nbsp;`.

Repaired only where unambiguous; a question mark between two words is left alone.
"""

from __future__ import annotations

import re
from typing import Final

from declutter.repair.text import Edit

_LOST: Final = re.compile(
    r"(?:^|(?<=\s))(?:[•‣▪●◦·◆■►○]|\(?\d{1,3}[.)])(?P<bullet>[?\ufffd]+)(?=[^\s?!])"  # after a bullet or number
    r"|(?<![\w/?=&.#-])\d{1,3}(?:[?\ufffd]\d{3})+(?![\w/=&])"  # between thousands
    r"|(?<=\d)(?P<unit>[?\ufffd])(?=[%€£₽₴₺₩¥°℃])"
    r"|(?P<entity>&nbsp;?)"
    # The first byte of the space is left, the second became white space.
    r"|(?<=[a-zß-ÿ0-9,.;:!?»)])(?P<half>Â)(?=\s)"
)
_LOOSE: Final = re.compile(r"\s{2,}|[^\S ]|^\s|\s$")
_QUOTED: Final = re.compile(r"«([?\ufffd])(?=\w)([^«»]{1,400}?[^\s«»])([?\ufffd])»")


def find_lost_spaces(text: str) -> list[Edit]:
    """The edits that restore the spaces, in order."""
    edits: list[Edit] = []
    for found in _LOST.finditer(text):
        group = found.lastgroup
        if group == "half":
            edits.append(Edit(*found.span(group), ""))
        elif group:
            edits.append(Edit(*found.span(group), " "))
        else:
            marks = re.finditer(r"[?\ufffd]", found[0])
            edits += [Edit(found.start() + mark.start(), found.start() + mark.end(), " ") for mark in marks]
    for found in _QUOTED.finditer(text) if "«" in text else ():
        edits += [Edit(*found.span(1), " "), Edit(*found.span(3), " ")]
    return sorted(edits)


def find_loose_spaces(text: str) -> list[Edit]:
    """The edits that fold white space, as segmentation does."""
    return [
        Edit(*found.span(), " " if found.start() > 0 and found.end() < len(text) else "")
        for found in _LOOSE.finditer(text)
    ]
