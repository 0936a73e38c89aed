"""Decorated lines: `*** Headline ***`, `+++ Headline +++`, `⚡ Headline`, and in Markdown `**Headline**`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_SIGNS: Final = re.compile(r"[▲△▼⚡🔥🚨📢📣🔴❗‼🆕💥📌📰🗞\ufe0f]+\s*")
"""Eye-catching signs before a flash's headline; bullets are not among them."""
_BULLETS: Final = "►▸➤➜➡→■◼▪◆🔹🔸🔷🔶»▶"
"""Signs before a headline that lists have, too."""
_BULLET: Final = re.compile(rf"(?:[{_BULLETS}]\ufe0f?\s{{0,2}}|>\s)(?=\S)")
_POINTED: Final = frozenset(f"{_BULLETS}>")
_FENCES: Final = frozenset("*+>=~_#")
_FENCED: Final = re.compile(r"(?P<fence>\*{2,4}|\+{2,4}|={2,4}|~{2,4}|__)\s?(?P<inner>[^\s*+=~_].*?)\s?(?P=fence)")
_LED: Final = re.compile(r"(?P<fence>>{2,4}|#{1,6}(?=\s))\s?(?P<inner>[^\s>#].*)")
_MARKUP: Final = frozenset({"**", "__"})


class Dressed(NamedTuple):
    """A line's decoration.

    start, end: of the text inside. bold: Markdown makes it a heading or bold. signed: it begins with eye-catching
    signs.
    """

    start: int
    end: int
    bold: bool
    signed: bool


def undress(text: str) -> Dressed:
    """The text inside a line's decoration, and what the decoration is; the whole line if there is none."""
    if text[0] in _FENCES:
        found = _FENCED.fullmatch(text) or _LED.fullmatch(text)
        if found is not None:
            bold = found["fence"] in _MARKUP or found["fence"][0] == "#"
            return Dressed(found.start("inner"), found.end("inner"), bold, not bold)
        if text[0] == ">" and (bullet := _BULLET.match(text)) is not None:
            return Dressed(bullet.end(), len(text), bold=False, signed=False)
    elif not text[0].isascii() and (signs := _SIGNS.match(text)) is not None and signs.end() < len(text):
        return Dressed(signs.end(), len(text), bold=False, signed=True)
    elif text[0] in _POINTED and (bullet := _BULLET.match(text)) is not None:
        return Dressed(bullet.end(), len(text), bold=False, signed=False)
    return Dressed(0, len(text), bold=False, signed=False)


def is_signed(text: str) -> bool:
    """Whether the text begins with eye-catching signs."""
    return (text[0] > "\x7f" or text[0] in _FENCES) and undress(text).signed


def skip_bullet(text: str) -> int:
    """The position after a bullet at the beginning of the text that headlines have, too."""
    bullet = _BULLET.match(text) if text[0] in _POINTED else None
    return bullet.end() if bullet else 0


def skip_signs(text: str) -> int:
    """The position after eye-catching signs at the beginning of the text."""
    signs = _SIGNS.match(text) if text[:1] > "\x7f" else None
    return signs.end() if signs else 0
