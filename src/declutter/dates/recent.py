"""Dates that are completed from the day of reading: `12 March`, `3月12日 09:10`, `two days ago`.

They are only as reliable as that day: a page read a year later has the same text, but means another day.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final, NamedTuple

from declutter.dates import FoundDate, find_dates
from declutter.vocabulary import Phrases, Vocabulary, vocabulary
from declutter.vocabulary.folding import fold

_MAX_TEXT: Final = 120  # characters of a line that is examined
_DIGIT: Final = re.compile(r"\d")
_NUMBER: Final = re.compile(r"(?<![\d.,:/-])(\d{1,3})\s?(?=[^\W\d_])")
_CLOCK: Final = re.compile(r"(?<!\d)[0-2]?\d(?:[:.][0-5]\d|\s?[h時时点시])")
# A day and a month without a year: `12 March`, `March 12th`, `3月12日`, `03-12 09:10`.
_WORD: Final = r"(?P<word>[^\W\d_]{3,14})"
_YEARLESS: Final = (
    re.compile(rf"(?<![\d.,:/-])\d\d?(?:st|nd|rd|th|er|º|°)?\.?\s(?:(?:de|of|d['’])\s?)?{_WORD}(?!\.?,?\s?\d{{4}})"),
    re.compile(rf"(?<!\w){_WORD}\.?\s\d\d?(?:st|nd|rd|th)?(?![\d.:/-]|,?\s?\d{{4}})"),
)
_CJK: Final = re.compile(r"(?<![\d年년])(?P<month>\d\d?)\s?[月월]\s?(?P<day>\d\d?)\s?[日号號일]")
_NUMBERS: Final = re.compile(r"(?<![\d/.-])(?P<month>\d\d)-(?P<day>\d\d)(?=\s\d\d:\d\d)")
_LEAP: Final = "2000"  # a leap year, so that any day exists
_MAX_AGO: Final = 45  # days; longer ago, the rounding is too coarse
_DAYS: Final = {"minute": 1 / 1440, "hour": 1 / 24, "day": 1, "week": 7, "month": 30}


class _Unit(NamedTuple):
    word: str
    days: float
    before: tuple[str, ...]
    after: tuple[str, ...]


def find_recent(text: str, *, as_of: str) -> FoundDate | None:
    """The first date in a short line that lacks its year or is relative ("2 days ago"); None if there is none.

    as_of: the day of reading, in ISO 8601. A day without a year is the nearest past one.
    """
    if len(text) > _MAX_TEXT:
        return None
    try:
        today = date.fromisoformat(as_of[:10])
    except ValueError:  # a malformed `as_of` completes nothing
        return None
    if not _DIGIT.search(text):
        return None
    return _yearless(text, today) or _ago(text, today) or _beside_clock(text, today)


def _yearless(text: str, today: date) -> FoundDate | None:
    for pattern in _YEARLESS:
        for found in pattern.finditer(text):
            if fold(found["word"]) not in vocabulary().months:
                continue
            if dates := find_dates(f"{found[0].rstrip('.')} {_LEAP}"):
                return _completed(found.start(), found.end(), dates[0].date, today)
    for pattern in (_CJK, _NUMBERS):
        if numbers := pattern.search(text):
            day = f"{_LEAP}-{numbers['month']:0>2}-{numbers['day']:0>2}"
            return _completed(numbers.start(), numbers.end(), day, today)
    return None


def _completed(start: int, end: int, written: str, today: date) -> FoundDate | None:
    """The most recent such day up to now; None if neither of the last two years had it."""
    month_and_day = written[len(_LEAP) : 10]
    for year in (today.year + 1, today.year, today.year - 1):
        try:
            day = date.fromisoformat(f"{year}{month_and_day}")
        except ValueError:  # 29 February
            continue
        if day <= today + timedelta(days=1):  # the page's time zone may be ahead
            return FoundDate(start, end, day.isoformat())
    return None


class Ago(NamedTuple):
    """A relative time: its start, the position of its number, and the number of days."""

    start: int
    number: int
    days: float


def find_ago(text: str) -> Ago | None:
    """Find a relative time in a short line: `2 days ago`, `il y a 2 jours`, `2天前`; None if there is none."""
    units = _units(vocabulary())
    for number in _NUMBER.finditer(text):
        behind = fold(text[number.end() :])
        for unit in units.get(behind[:1], ()):
            if not behind.startswith(unit.word):
                continue
            before, rest = fold(text[: number.start()]).rstrip(), behind[len(unit.word) :]
            ahead = max((len(word) for word in unit.before if before.endswith(word)), default=0)
            if rest.lstrip().startswith(unit.after) or (ahead and not rest[:1].isalpha()):
                days = int(number[1]) * unit.days
                if days <= _MAX_AGO:
                    start = len(text[: number.start()].rstrip()) - ahead if ahead else number.start()
                    return Ago(start, number.start(), days)
    return None


def _ago(text: str, today: date) -> FoundDate | None:
    found = find_ago(text)
    if found is None:
        return None
    return FoundDate(found.number, len(text), (today - timedelta(days=int(found.days))).isoformat())


def _beside_clock(text: str, today: date) -> FoundDate | None:
    """Find `Yesterday, 9:10`, `今天 09:10`. A clock time is required, because the word alone occurs in many names."""
    clock = _CLOCK.search(text)
    if clock is None:
        return None
    before = text[: clock.start()]
    for days, words in enumerate(_near_days(vocabulary())):
        found = words.search(before)
        if found and (days or not found.start):  # `USA Today` is a newspaper
            return FoundDate(found.start, clock.end(), (today - timedelta(days=days)).isoformat())
    return None


@lru_cache(maxsize=16)
def _units(words: Vocabulary) -> dict[str, list[_Unit]]:
    """The units of all languages by their first letter, the longest word first."""
    units = [
        _Unit(word, days, ago.before, ago.after)
        for ago in words.ago
        for name, days in _DAYS.items()
        for word in getattr(ago, name)
    ]
    by_letter: dict[str, list[_Unit]] = {}
    for unit in sorted(units, key=lambda unit: -len(unit.word)):
        by_letter.setdefault(unit.word[0], []).append(unit)
    return by_letter


@lru_cache(maxsize=16)
def _near_days(words: Vocabulary) -> tuple[Phrases, Phrases]:
    """The words for today and for yesterday."""
    languages = words.ago
    return Phrases(word for ago in languages for word in ago.today), Phrases(
        word for ago in languages for word in ago.yesterday
    )
