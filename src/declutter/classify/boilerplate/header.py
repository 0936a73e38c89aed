"""Where the article begins: its headline, and the zones before, around and after the essay."""

from __future__ import annotations

import re
from typing import NamedTuple

from declutter.outline import Outline

_SIGNS = re.compile(r"[\W_]+")
_MIN_KEY = 4
_MAX_LONGER = 1.6


class Places(NamedTuple):
    """Block numbers: the headlines, the first and the past-the-last block of the essay (both 0 without one)."""

    titles: tuple[int, ...]
    first: int
    past: int

    @property
    def title(self) -> int | None:
        """The headline nearest above the essay."""
        above = [title for title in self.titles if title <= self.first]
        return above[-1] if above else next(iter(self.titles), None)


def find_places(outline: Outline, body: list[bool], title: str | None) -> Places:
    """The headline's blocks and the essay's span."""
    first = next((number for number, is_body in enumerate(body) if is_body), 0)
    past = next(
        (number + 1 for number in range(len(body) - 1, -1, -1) if body[number]), 0
    )
    return Places(_titles(outline, title, first, past), first, past)


def _titles(
    outline: Outline, title: str | None, first: int, past: int
) -> tuple[int, ...]:
    """Blocks that say the page's title; without any, the heading nearest above the essay."""
    key = _key(title or "")
    tags = outline.tags
    limit = (past or len(outline.texts)) if title else 0
    exact: list[int] = []
    near: list[int] = []
    headings: list[int] = []
    longest = 2 * len(title or "") + 20
    for number, (text, owner) in enumerate(
        zip(outline.texts, outline.owners, strict=True)
    ):
        tag = tags[owner]
        if tag == "h1" or (tag == "h2" and number < first):
            headings.append(number)
        if number < limit and len(key) >= _MIN_KEY and len(text) <= longest:
            mine = _key(text)
            if mine == key:
                exact.append(number)
            elif (
                len(mine) >= _MIN_KEY
                and tag in {"h1", "h2"}
                and (
                    mine in key or (key in mine and len(mine) < _MAX_LONGER * len(key))
                )
            ):
                near.append(number)
    if exact or near:
        heads = [
            number
            for number in exact
            if tags[outline.owners[number]] in {"h1", "h2", "h3"}
        ]
        found = (
            sorted(
                {
                    *(heads or exact),
                    *[n for n in near if tags[outline.owners[n]] == "h1"],
                }
            )
            or near
        )
        return tuple(found)
    ones = [number for number in headings if tags[outline.owners[number]] == "h1"]
    above = (
        [number for number in ones if number <= first]
        or ones
        or [n for n in headings if n <= first]
    )
    return (above[-1],) if above else ()


def _key(text: str) -> str:
    return _SIGNS.sub("", text.casefold())
