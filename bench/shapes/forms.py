"""What hostile pages are made of: one unit over and over, in a page or in the middle of an essay."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final, TypeAlias

Shape: TypeAlias = Callable[[int], bytes]
"""Takes a size in bytes and gives a page of about that size."""

HEAD: Final = "<!doctype html><html><head><title>A title of some words</title></head><body>"
SENTENCE: Final = "The keeper climbed the stairs each night and lit the lamp, and nobody gave it a thought. "
PARAGRAPHS: Final = f"<p>{SENTENCE * 3}</p>"
STAMPED: Final = "<p>[2023/5/28 9:47:25] Hollis Robotics to cut jobs: the maker said it would lay off 340.</p>"
ESSAY: Final = HEAD + PARAGRAPHS * 5
LIVE: Final = HEAD.replace("A title", "Live blog: a title")
TIMES: Final = "2023/5/28 9:47:25<p class=a>a line<p class=a>2023/5/28 9:47:25"
SCRIPT: Final = f"{HEAD}<script type=application/ld+json>"


def repeated(unit: str, *, before: str = HEAD, after: str = "") -> Shape:
    """The unit over and over; `{n}` in it is a number that grows."""

    def make(size: int) -> bytes:
        room = max(size - len(before.encode()) - len(after.encode()), 0)
        if "{n}" not in unit:
            body = unit * (room // len(unit.encode()) + 1)
        else:
            parts, length = [], 0
            for number in count():
                parts.append(unit.replace("{n}", str(number)))
                length += len(parts[-1].encode())
                if length >= room:
                    break
            body = "".join(parts)
        return f"{before}{body}{after}".encode()

    return make


def within(begin: str, end: str, *, before: str = HEAD, after: str = "", inner: str = "text") -> Shape:
    """One thing inside the other, each opened and closed."""

    def make(size: int) -> bytes:
        levels = max(1, (size - len(before) - len(after)) // len(begin + end))
        return f"{before}{begin * levels}{inner}{end * levels}{after}".encode()

    return make


def numbered(unit: Callable[[int], str], *, each: int, before: str = HEAD, after: str = "") -> Shape:
    """What `unit` gives for 0, 1, 2 …, where a number in a text is not enough. each: about how many bytes one takes."""

    def make(size: int) -> bytes:
        return f"{before}{''.join(map(unit, range(max(1, size // each))))}{after}".encode()

    return make


def word(number: int) -> str:
    """A word that stands for the number alone: seven letters, of which terms are made."""
    letters = ""
    for _ in range(7):
        number, place = divmod(number, 20)
        letters += "bcdfghjklmnprstvwxyz"[place] + ("aeiou"[place % 5] if len(letters) < 6 else "")  # noqa: PLR2004
    return letters
