"""Lines that are dressed up: `*** Headline ***`, `+++ Headline +++`, `⚡ Headline`, and in Markdown `**Headline**`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SIGNS: Final = re.compile(r"[▲△▼⚡🔥🚨📢📣🔴❗‼🆕💥📌📰🗞\ufe0f]+\s*")
"""What draws the eye to a brief, before its headline; bullets are not among them."""
_FENCES: Final = frozenset("*+>=~_#")
_FENCED: Final = re.compile(r"(?P<fence>\*{2,4}|\+{2,4}|={2,4}|~{2,4}|__)\s?(?P<inner>[^\s*+=~_].*?)\s?(?P=fence)")
_LED: Final = re.compile(r"(?P<fence>>{2,4}|#{1,6}(?=\s))\s?(?P<inner>[^\s>#].*)")
_MARKUP: Final = frozenset({"**", "__"})


class Dressed(NamedTuple):
    """What a line is dressed in.

    start, end: of what it says. bold: Markdown sets it apart, as a heading or in bold type. signed: signs draw the eye
    to it.
    """

    start: int
    end: int
    bold: bool
    signed: bool


def undress(text: str) -> Dressed:
    """What the line says, and what it is dressed in; all of a line that is dressed in nothing."""
    if text[0] in _FENCES:
        found = _FENCED.fullmatch(text) or _LED.fullmatch(text)
        if found is not None:
            bold = found["fence"] in _MARKUP or found["fence"][0] == "#"
            return Dressed(found.start("inner"), found.end("inner"), bold, not bold)
    elif not text[0].isascii() and (signs := _SIGNS.match(text)) is not None and signs.end() < len(text):
        return Dressed(signs.end(), len(text), bold=False, signed=True)
    return Dressed(0, len(text), bold=False, signed=False)


def is_signed(text: str) -> bool:
    """Whether signs draw the eye to the text."""
    return (text[0] in _FENCES or not text[0].isascii()) and undress(text).signed


def skip_signs(text: str) -> int:
    """Where the text begins behind signs that draw the eye to it."""
    signs = _SIGNS.match(text) if text[:1] > "\x7f" else None
    return signs.end() if signs else 0
