"""Dates of other calendars, and in other numerals than ASCII digits."""

from __future__ import annotations

import re
from datetime import date
from typing import Final, NamedTuple

_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_BUDDHIST_YEAR: Final = 2400
_OTHER_DIGITS: Final = re.compile(r"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]")
_PERSIAN_DIGIT: Final = re.compile("[\u06f0-\u06f9]")
_SOLAR_YEARS: Final = range(1300, 1500)
_PLAIN_SOLAR_YEARS: Final = range(1375, 1416)
"""Persian years in ASCII digits, year first (`1403/02/14`): 1996 to 2036. Islamic lunar years of that period are
higher.
"""
_DAYS_BEFORE: Final = (0, 31, 62, 93, 124, 155, 186, 216, 246, 276, 306, 336)
_CYCLES: Final = 1595
"""Offset to the start of a 33-year cycle, in which eight years are leap years."""
_SHIFT: Final = 356_033  # days from the start of that cycle to 1 January of year 1

_MINGUO: Final = re.compile(r"(?<=[\u4e00-\u9fff])([\s:：]{0,2})(1[01]\d)(?=([./-])\d\d?\3\d\d?(?![\w./-]))")
"""A year of the Republic of China, from 2011: `發布日期：111/10/05`."""
_THAI: Final = re.compile(r"(?<!\d)(\d\d?\s(?:[\u0e01-\u0e4e]{1,4}\.\s?){2})([5-9]\d)(?!\d)")
"""A Buddhist year without its century, behind the short name of a month: `5 ต.ค. 64`."""

_HAN_DIGITS: Final = {
    "〇": "0",
    "○": "0",
    "零": "0",
    **{sign: str(n) for n, sign in enumerate("一二三四五六七八九", 1)},
}
_HAN_DATE: Final = re.compile(
    r"([一二][〇○零一二三四五六七八九]{3})\s?年\s?([一二三四五六七八九十]{1,2})\s?月\s?(廿?[一二三四五六七八九十]{1,3})\s?[日号號]"
)


class HanDate(NamedTuple):
    """A date in Chinese numerals: its position, and its parts in ASCII digits."""

    start: int
    end: int
    year: str
    month: str
    day: str


def plain_digits(text: str) -> str:
    """The text with the digits of other scripts replaced by ASCII digits, one for one."""
    if text.isascii() or not _OTHER_DIGITS.search(text):
        return text
    return _OTHER_DIGITS.sub(lambda found: str(int(found[0])), text)


def gregorian_year(text: str) -> str:
    """The Gregorian year of a year as written: `令和5`, `民國112`, `2566` (Buddhist)."""
    if not text[0].isdigit():
        number = text[2:].strip()
        return str(_ERAS[text[:2]] + (1 if number == "元" else int(number)))
    return str(int(text) - 543) if int(text) > _BUDDHIST_YEAR else text


def with_full_years(text: str) -> str:
    """The text with the first year that its calendar shortens written in full; "" if there is none."""
    if match := _MINGUO.search(text):
        return f"{text[: match.start(2)]}{_ERAS['民國'] + int(match[2])}{text[match.end(2) :]}"
    match = _THAI.search(text)
    return f"{text[: match.start(2)]}25{text[match.start(2) :]}" if match else ""


def is_solar(text: str, year: str, *, year_first: bool) -> bool:
    """Whether the numbers are a date of the Persian calendar, by their digits or by the year."""
    if _PERSIAN_DIGIT.search(text):
        return int(year) in _SOLAR_YEARS
    return year_first and int(year) in _PLAIN_SOLAR_YEARS


def from_solar(year: int, month: int, day: int) -> date | None:
    """The Gregorian date of a day of the Persian (solar Hijri) calendar; None if there is no such day.

    Leap years follow the 33-year cycle, which agrees with the observed calendar in these years.
    """
    if year not in _SOLAR_YEARS or not 0 < month <= len(_DAYS_BEFORE):
        return None
    start = _new_year(year)
    of_month = _DAYS_BEFORE[month] if month < len(_DAYS_BEFORE) else _new_year(year + 1) - start
    if not 0 < day <= of_month - _DAYS_BEFORE[month - 1]:
        return None
    return date.fromordinal(start + _DAYS_BEFORE[month - 1] + day)


def find_han_dates(text: str) -> list[HanDate]:
    """Dates in Chinese numerals: `二〇二四年五月三日`."""
    return [
        HanDate(
            found.start(), found.end(), "".join(map(_HAN_DIGITS.__getitem__, found[1])), *map(_han, found.groups()[1:])
        )
        for found in _HAN_DATE.finditer(text)
    ]


def _new_year(year: int) -> int:
    """The ordinal of the day before a Persian year begins."""
    years = year + _CYCLES
    return 365 * years + 8 * (years // 33) + (years % 33 + 3) // 4 - _SHIFT


def _han(text: str) -> str:
    """`十`, `十二`, `二十一`, `廿一`, `三` in ASCII digits; "0" if it is not a number."""
    tens, ten, ones = text.replace("廿", "二十").partition("十")
    if not ten:
        return _HAN_DIGITS[tens] if len(tens) == 1 else "0"
    if len(tens) > 1 or len(ones) > 1:
        return "0"
    return str(10 * int(_HAN_DIGITS.get(tens, "1")) + int(_HAN_DIGITS.get(ones, "0")))
