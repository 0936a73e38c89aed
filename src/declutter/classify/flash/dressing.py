"""Decorated lines: `*** Headline ***`, `+++ Headline +++`, `【Headline】`, `⚡ Headline`, Markdown's `**Headline**`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from unicodedata import category

_SIGNS: Final = re.compile(r"[▲△▼⚡🔥🚨📢📣🔴❗‼🆕💥📌📰🗞\ufe0f]+\s*")
"""Eye-catching signs before a flash's headline; bullets are not among them."""
_BULLETS: Final = "►▸➤➜➡→■◼▪◆🔹🔸🔷🔶»▶"
"""Signs before a headline that lists have, too."""
_BULLET: Final = re.compile(rf"(?:[{_BULLETS}]\ufe0f?\s{{0,2}}|>\s)(?=\S)")
_POINT: Final = re.compile(
    r"(?:[(（【\[]\s?(?P<held>\d{1,2})\s?[)）】\]]|(?P<bare>\d{1,2})\s?[.)、）/](?!\d)|[①-⑳❶-❿])\s{0,2}(?=\S)"
)
_NUMBERS: Final = frozenset("0123456789(（【[①②③④⑤⑥⑦⑧⑨⑩❶❷❸❹❺❻❼❽❾❿")
_ENCLOSED: Final = {
    sign: number for signs in ("①②③④⑤⑥⑦⑧⑨⑩", "❶❷❸❹❺❻❼❽❾❿") for number, sign in enumerate(signs, start=1)
}
_DOTS: Final = frozenset("•‣∙▪")
_EXTENDS: Final = "\ufe0f\u200d "
_FIRST_SIGN: Final = "\u2022"
_LETTERS: Final = ("\u2e80", "\ud7ff")  # scripts whose letters are most of the signs beyond
_POINTED: Final = frozenset(f"{_BULLETS}>")
_FENCES: Final = frozenset("*+>=~_#")
_HOLDERS: Final = frozenset("【〖")
_FENCED: Final = re.compile(r"(?P<fence>\*{2,4}|\+{2,4}|={2,4}|~{2,4}|__)\s?(?P<inner>[^\s*+=~_].*?)\s?(?P=fence)")
_LED: Final = re.compile(r"(?P<fence>>{2,4}|#{1,6}(?=\s))\s?(?P<inner>[^\s>#].*)")
_HELD: Final = re.compile(r"[【〖](?P<inner>[^【】〖〗]+)[】〗]")
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


class Point(NamedTuple):
    """A number or sign before a text: the position behind it, and the number, 0 for a sign."""

    end: int
    number: int


def undress(text: str) -> Dressed:
    """The text inside a line's decoration, and what the decoration is; the whole line if there is none."""
    if text[0] in _FENCES:
        found = _FENCED.fullmatch(text) or _LED.fullmatch(text)
        if found is not None:
            bold = found["fence"] in _MARKUP or found["fence"][0] == "#"
            return Dressed(found.start("inner"), found.end("inner"), bold, not bold)
        if text[0] == ">" and (bullet := _BULLET.match(text)) is not None:
            return Dressed(bullet.end(), len(text), bold=False, signed=False)
    elif text[0] in _HOLDERS:
        if (held := _HELD.fullmatch(text)) is not None:
            return Dressed(held.start("inner"), held.end("inner"), bold=False, signed=False)
    elif not text[0].isascii() and (signs := _SIGNS.match(text)) is not None and signs.end() < len(text):
        return Dressed(signs.end(), len(text), bold=False, signed=True)
    elif text[0] in _POINTED and (bullet := _BULLET.match(text)) is not None:
        return Dressed(bullet.end(), len(text), bold=False, signed=False)
    return Dressed(0, len(text), bold=False, signed=False)


def read_point(text: str) -> Point | None:
    """The number or sign before a text: `(1) `, `2. `, `①`, `• `, `🟢 `; None if there is none."""
    first = text[0]
    if first in _NUMBERS:
        hit = _POINT.match(text)
        return Point(hit.end(), int(hit["held"] or hit["bare"] or _ENCLOSED.get(first, 0))) if hit else None
    if first < _FIRST_SIGN or _LETTERS[0] <= first <= _LETTERS[1] or (first not in _DOTS and category(first) != "So"):
        return None
    end = len(text) - len(text[1:].lstrip(_EXTENDS))
    return Point(end, 0) if end < len(text) else None


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
