"""Convert written dates to ISO 8601, with the precision and zone that the text gives.

`2023/5/28 9:47:25` becomes `2023-05-28T09:47:25`, `May 28, 2023 at 9:47 PM EDT` becomes `2023-05-28T21:47-04:00`.
Fractions of a second are dropped, and a zero offset is `Z`. Relative times ("two hours ago") and dates without a year
are not dates; see `declutter.dates.recent`.

The scanner goes from year to year and examines a bounded window around each, so it is linear in the text and costs
nothing if there is no year.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from declutter.dates.calendars import find_han_dates, from_solar, gregorian_year, is_solar, plain_digits
from declutter.dates.clocks import MAX_HOUR, Clock, time_after, time_before
from declutter.dates.zones import on_day, zone_of
from declutter.vocabulary import cached, vocabulary
from declutter.vocabulary.folding import fold

_EPOCH_DIGITS: Final = 10
_MONTHS_A_YEAR: Final = 12
_FIRST_YEAR: Final = "1500"
"""Dates before it are not publication dates; Islamic lunar years are lower numbers."""

_YEAR: Final = re.compile(r"(?<!\d)(?:[12]\d{3}(?!\d)|(?:令和|平成|昭和|民國|民国)\s?(?:\d{1,3}|元)(?=\s?年))")
# Begins with one character class, so that a search skips at C speed to its characters.
_MAY_HOLD: Final = re.compile(
    r"[12\u0661\u0662\u06f1\u06f2\u0967\u0968\u09e7\u09e8\u0e52令平昭民一二]"
    r"(?:(?<=[令平昭民])|(?<=[一二])[〇○零一二三四五六七八九]{3}\s?年|(?<![一二])\d{3})"
)
_AFTER_YEAR: Final = re.compile(
    r"(?:([-/.])\s?(\d\d?)\1\s?(\d\d?)\.?(?!\d)"
    r"|\s?[年년]\s?(\d\d?)\s?[月월]\s?(\d\d?)\s?(?:[日号號일]|(?!\d))"
    r"|\.?\s(?:gada\s)?(\d\d?)\.\s([^\W\d_]{3,12})"
    r"|(?:[-.,\s]{1,2}(?:m\.\s?)?|e?ko\s)([^\W\d_]{3,12}\.?)[-\s](\d\d?)(?!\d)\.?(?:an?\b)?)"
)
# `re` does not count vowel signs as letters. Thai abbreviations have two parts: `พ.ค.`
_LETTER: Final = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e30-\u0e4e])"
# An Arabic month may have two words and two names: `كانون الثاني/يناير`.
_ARABIC: Final = r"[\u0621-\u064a]{4,6}\sال[\u0621-\u064a]{3,5}"
_WORD: Final = (
    rf"({_ARABIC}|{_LETTER}{{2,14}}|tháng\s\d\d?|[\u0e01-\u0e4e]{{1,4}}\.[\u0e01-\u0e4e]{{1,3}})"
    rf"(?:\s?/\s?(?:{_ARABIC}|[\u0621-\u064a]{{3,8}}))?\.?"
)
# The white space is required, because an Italian or Dutch December begins like a preposition.
_OF: Final = r"[\s\-/.,]{0,3}(?:(?:(?:de|del|of|di|năm)\s|d['’]|พ\.ศ\.|ค\.ศ\.)\s{0,2})?"
_BEFORE_YEAR: Final = re.compile(
    r"(?:(?<![\d/.\-])(\d\d?)\s?([-/.])\s?(\d\d?)\s?\2\s?"
    rf"|(?<!\d)(\d\d?)(?:st|nd|rd|th|er|re|º|ª|°)?{_OF}{_WORD}{_OF}"
    rf"|(?<![^\W\d_]){_WORD}\s{{0,2}}(\d\d?)(?:st|nd|rd|th)?(?:\s?,\s?|\s))$"
)
_ISO: Final = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(?:(Z)|([+-]\d\d):?(\d\d)?)?)?", re.ASCII
)
_COMPACT: Final = re.compile(
    r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?(Z|[+-]\d{4})?)?", re.ASCII
)
_YEAR_MONTH: Final = re.compile(r"(?P<y>[12]\d{3})(?:[-/.](?P<m>\d\d?)|\s?[年년]\s?(?P<k>\d\d?)\s?[月월])?")
_MONTH_YEAR: Final = re.compile(rf"{_WORD},?{_OF}([12]\d{{3}})")
_UNIX: Final = re.compile(r"(?:\w{3} )?(\w{3}) {1,2}(\d\d?) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|\w{3,4}) (\d{4})", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d\d)(?!\d)(.*)", re.DOTALL)
_REST: Final = re.compile(r"[^\w]{0,3}(?:(?:[^\W\d_]|\u200c){1,14}[.:]?)?(?:\s?\([^()\d]{0,40}\))?[^\w]{0,3}")
_GLUED: Final = re.compile(r".*[a-z](?=[A-Z])")  # `Jane RoeMarch 5, 2024`, where the markup leaves no space
_ZONE_AFTER: Final = re.compile(r"(?:\s[гр]\.?)?,?\s?\(?([A-ZА-Я]{2,4})(?![^\W_])\)?")  # `21:07, 30 августа 2022 (МСК)`
_MAX_LENGTH: Final = 90
_MAX_CACHED: Final = 240  # characters of a line whose dates are kept
_WINDOW_BEFORE: Final = 40
_DIGIT: Final = re.compile(r"\d")


class FoundDate(NamedTuple):
    """A date in a text: its position, `text[start:end]`, and the date in ISO 8601."""

    start: int
    end: int
    date: str


def parse_date(text: str, *, day_first: bool | None = None) -> str | None:
    """The text as an ISO 8601 date or time; None if it is not one as a whole.

    A text without a day gives a shorter date (`2019`, `2019-05`). `day_first` decides `4/5/2021`; without it, AM or PM
    means month first. It is not needed if a number is above 12, or if the separators are dots or dashes.
    """
    written = text.strip()
    text = plain_digits(written)
    if len(text) > _MAX_LENGTH or (_DIGIT.search(text) is None and "年" not in text):
        return None
    if (match := _ISO.fullmatch(text)) and not is_solar(written, match[1], year_first=False):
        year, month, day, hour, minute, second, zulu, east, quarter = match.groups()
        zone = "Z" if zulu else f"{east}:{quarter or '00'}" if east else ""
        return _iso(year, month, day, (hour, minute, second, zone) if hour else None)
    if text.isascii() and text.isdigit() and len(text) in (_EPOCH_DIGITS, 13):
        return _epoch(text)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zone = match.groups()
        return _iso(year, month, day, (hour, minute, second, zone_of(zone or "")) if hour else None)
    if match := _YEAR_MONTH.fullmatch(text):
        return _year_month(match["y"], match["m"] or match["k"])
    if match := _UNIX.fullmatch(text):
        name, day, hour, minute, second, zone, year = match.groups()
        return _iso(year, _month(name), day, (hour, minute, second, zone_of(zone)))
    if match := _SHORT_YEAR.fullmatch(text):
        first, mark, second, year, rest = match.groups()
        written = text = f"{first}{mark}{second}{mark}20{year}{rest}"
    for start, end, found in find_dates(written, day_first=day_first):
        return found if _REST.fullmatch(text, 0, start) and _REST.fullmatch(text, end) else None
    if match := _MONTH_YEAR.fullmatch(text):
        return _year_month(match[2], _month(match[1]))
    return None


def find_dates(text: str, *, day_first: bool | None = None) -> list[FoundDate]:
    """All full dates in the text, with the time next to them."""
    if not _MAY_HOLD.search(text):
        return []
    if len(text) > _MAX_CACHED:
        return _dates_in(text, day_first=day_first)
    return list(_cached_dates(text, day_first=day_first))


@cached(maxsize=256)  # several stages look for dates in the same lines
def _cached_dates(text: str, *, day_first: bool | None) -> tuple[FoundDate, ...]:
    return tuple(_dates_in(text, day_first=day_first))


def _dates_in(text: str, *, day_first: bool | None) -> list[FoundDate]:
    written, text = text, plain_digits(text)
    found: list[FoundDate] = []
    floor = 0
    for year in _YEAR.finditer(text):
        if year.start() < floor:
            continue
        hit = _backwards(text, year, floor, written, day_first=day_first) or _forwards(text, year, written)
        if hit is not None:
            found.append(hit)
            floor = hit.end
    return sorted([*found, *_in_han(text)]) if "年" in text else found


def _in_han(text: str) -> Iterator[FoundDate]:
    """Dates in Chinese numerals. A time may follow in any digits."""
    for han in find_han_dates(text):
        time, end = time_after(text, han.end)
        if found := _iso(han.year, han.month, han.day, time):
            yield FoundDate(han.start, end, found)


def is_placeholder(written: str, *, as_of: str | None = None) -> bool:
    """Whether an ISO 8601 date is a placeholder for "none": year 1, 1900, the epoch, or later than `as_of`.

    One day after `as_of` is accepted, for pages that write local time without a zone.
    """
    if written[:10] in {"1900-01-01", "1970-01-01", "1969-12-31", "1899-12-31", "1899-12-30", "1980-01-01"}:
        return True
    if written < _FIRST_YEAR:
        return True
    latest = _next_day(as_of) if as_of else None
    return latest is not None and latest[: len(written)] < written[: len(latest)]


def _forwards(text: str, year: re.Match[str], written: str) -> FoundDate | None:
    """Year first: `2023-05-28`, `2023年5月28日`, `2023. május 28`. written: the text with its own digits."""
    match = _AFTER_YEAR.match(text, year.end())
    if match is None:
        return None
    _, month, day, cjk_month, cjk_day, day_ahead, name_behind, name, name_day = match.groups()
    number = _month(name_behind or name) if name_behind or name else month or cjk_month
    time, end = time_after(text, match.end())
    solar = bool(month) and is_solar(written[year.start() : year.end()], year[0], year_first=match[1] == "/")
    date = _iso(gregorian_year(year[0]), number, day or cjk_day or day_ahead or name_day, time, solar=solar)
    return FoundDate(year.start(), end, date) if date else None


def _backwards(text: str, year: re.Match[str], floor: int, written: str, *, day_first: bool | None) -> FoundDate | None:
    """Year last: `28/5/2023`, `28 May 2023`, `May 28, 2023`, with a time on either side. written: as above."""
    begin = max(floor, year.start() - _WINDOW_BEFORE)
    day_ahead = _DIGIT.search(text, begin, year.start())  # few years in a text have one
    match = _BEFORE_YEAR.search(text, begin, year.start()) if day_ahead else None
    if match is None:
        return None
    first, mark, second, day, name, us_name, us_day = match.groups()
    time, end = time_after(text, year.end())
    start = match.start()
    if time is None:
        time, start = time_before(text, max(floor, start - _WINDOW_BEFORE), start)
        if time and not time[-1] and (behind := _ZONE_AFTER.match(text, end)) and (zone := zone_of(behind[1])):
            time, end = (*time[:-1], zone), behind.end()
    solar = False
    if first:
        solar = is_solar(written[year.start() : year.end()], year[0], year_first=False)
        if mark != "/":
            day_first = True  # month-first dates are written with slashes
        elif day_first is None:
            day_first = not _has_meridiem(text[year.end() : end])
        day, number = (first, second) if _is_day(first, second, day_first=day_first) else (second, first)
    else:
        solar_month = vocabulary().solar_months.get(name or "", 0)
        solar = solar_month > 0
        has_dot = bool(name) and text.startswith(".", match.end(4))
        number, day = str(solar_month or _month(name or us_name, after_dot=has_dot) or ""), day or us_day
        if us_name and fold(us_name) not in vocabulary().months and (glued := _GLUED.match(us_name)):
            start += glued.end()
    date = _iso(gregorian_year(year[0]), number, day, time, solar=solar)
    return FoundDate(start, end, date) if date else None


def _is_day(first: str, second: str, *, day_first: bool) -> bool:
    if int(first) > _MONTHS_A_YEAR:
        return True
    return day_first and int(second) <= _MONTHS_A_YEAR


def _has_meridiem(text: str) -> bool:
    return text.rstrip(". ").lower().endswith(("am", "pm", "a.m", "p.m"))


def _iso(year: str, month: str | int | None, day: str | None, time: Clock | None, *, solar: bool = False) -> str | None:
    """The parts as ISO 8601 text; None if there is no such day. solar: they are of the Persian calendar."""
    if not month or not day:
        return None
    y, m, d = int(year), int(month), int(day)
    if solar:
        told = from_solar(y, m, d)
        if told is None:
            return None
        y, m, d = told.year, told.month, told.day
    if not (y > 0 and 0 < m <= _MONTHS_A_YEAR and 0 < d <= monthrange(y, m)[1]):
        return None
    date = f"{y:04}-{m:02}-{d:02}"
    if time is None:
        return date
    hour, minute, second, zone = time
    if int(hour) > MAX_HOUR:
        return date
    if zone:
        told = datetime(y, m, d, int(hour), int(minute or 0))  # noqa: DTZ001 - local time
        zone = "Z" if zone in {"+00:00", "-00:00"} else on_day(zone, told)
    return f"{date}T{int(hour):02}:{int(minute or 0):02}{f':{int(second):02}' if second else ''}{zone}"


def _year_month(year: str, month: str | int | None) -> str | None:
    if not month:
        return f"{int(year):04}"
    return f"{int(year):04}-{int(month):02}" if 0 < int(month) <= _MONTHS_A_YEAR else None


def _month(name: str, *, after_dot: bool = False) -> int:
    """The number of a month's name in any known language, or 0. after_dot: it follows a day with a dot."""
    written = name.rstrip(".")
    name = fold(written)
    if name.startswith("tháng"):
        return int(name[5:])
    months = vocabulary().months
    if after_dot and (number := months.get(f". {name}")):
        return number
    return months.get(name) or months.get(fold(_GLUED.sub("", written)), 0)


def _epoch(digits: str) -> str:
    moment = datetime.fromtimestamp(int(digits[:_EPOCH_DIGITS]), UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _next_day(as_of: str) -> str | None:
    try:
        return (date.fromisoformat(as_of[:10]) + timedelta(days=1)).isoformat()
    except ValueError:  # a malformed `as_of` is no limit
        return None
