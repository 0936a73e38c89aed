"""What a text may hold, by its first characters: the look-ups that spare most blocks a search."""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Iterable
from itertools import islice, takewhile
from operator import itemgetter
from typing import Final

from declutter.vocabulary.folding import fold

KEY: Final = 4
"""Characters of a phrase that are hashed; fewer for shorter leads."""
MAX_LABEL: Final = 64
"""Maximum length of a text that is looked up as a label; the longest built-in label has under 60 characters."""
_DIGITS: Final = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९"
OPENING: Final = " \t\n\r•·▪●■◆▶►▸➤→»›>|*#-–—_~=+✦★☆※◎○□▼▲↓◤◥【[(（「『〖〔<《👉📌🔥📢⬇🔔📩💬📰🔗✅⚡🚨"
"""Marks that may precede a phrase."""
CLOSING: Final = OPENING + _DIGITS + ":：.,…!！?？。؟،।】])）」』〗〕》«‹<←↗⇒/\"'"
"""Marks and digits around a label."""
STARTERS: Final = frozenset(OPENING + _DIGITS)
_MARKS: Final = frozenset(CLOSING)
_MAX_TINY: Final = 12  # characters of a label in quotes, brackets, or with marks after it within the hashed ones
_MAX_BEGINNINGS: Final = 1 << 16  # entries of a cache


class Beginnings(dict[str, int]):
    """By the first characters of a text: the length up to which it may be a label or begin with a lead. A cache."""

    def __init__(self, labels: Iterable[str], leads: Iterable[str]) -> None:
        super().__init__()
        first = itemgetter(slice(KEY))  # a comprehension over 26,000 phrases took a seventh of the loading time
        self._of_labels = set(map(first, labels))
        self._of_leads = set(map(first, leads))

    def __missing__(self, beginning: str) -> int:
        """Compute the length, and cache it."""
        if len(self) >= _MAX_BEGINNINGS:
            self.clear()
        key = fold(beginning)
        if (
            beginning[:1] in STARTERS
            or len(key) != KEY
            or not self._of_leads.isdisjoint((key, key[:3], key[:2], key[:1]))
        ):
            most = sys.maxsize
        elif key in self._of_labels:
            most = MAX_LABEL
        else:
            most = _MAX_TINY if beginning[0] in _MARKS or key.rstrip(CLOSING) in self._of_labels else 0
        self[beginning] = most
        return most


class Openings(dict[str, tuple[str, ...]]):
    """By the first characters of a folded text: the leads that it may begin with, longest first. A cache."""

    def __init__(self, leads: Iterable[str]) -> None:
        super().__init__()
        self._leads = sorted(leads)

    def __missing__(self, key: str) -> tuple[str, ...]:
        """Collect the leads, and cache them."""
        if len(self) >= _MAX_BEGINNINGS:
            self.clear()
        found = [key[:size] for size in range(1, min(len(key), KEY - 1) + 1) if self._has(key[:size])]
        if len(key) == KEY:
            start = bisect_left(self._leads, key)
            found += takewhile(lambda lead: lead.startswith(key), islice(self._leads, start, None))
        self[key] = leads = tuple(reversed(found))
        return leads

    def _has(self, lead: str) -> bool:
        at = bisect_left(self._leads, lead)
        return self._leads[at : at + 1] == [lead]
