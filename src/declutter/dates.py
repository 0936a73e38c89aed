"""Written dates to ISO 8601 text, at the precision the text gives and with its zone where one stands.

`2023/5/28 9:47:25` is `2023-05-28T09:47:25`, `May 28, 2023 at 9:47 PM EDT` is `2023-05-28T21:47-04:00`. Fractions of a
second are dropped, a zone of zero is `Z`. Relative times ("two hours ago") and dates without a year are not dates; see
`declutter.recent`.

The scanner goes from year to year and looks at a bounded window around each, so it is linear in the text and free where
no year stands.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias

from declutter.vocabulary import vocabulary
from declutter.vocabulary.folding import fold

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911}
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z",
    "cet": "+01:00", "cest": "+02:00", "mez": "+01:00", "mesz": "+02:00", "bst": "+01:00", "eet": "+02:00",
    "eest": "+03:00", "msk": "+03:00", "мск": "+03:00", "wib": "+07:00", "jst": "+09:00", "kst": "+09:00",
    "aest": "+10:00", "aedt": "+11:00",
    "est": "-05:00", "edt": "-04:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00",
}  # fmt: skip
# CST and IST are left out: each names two or three zones.
_AFTERNOON = {"pm", "下午", "晚上", "傍晚", "오후", "午後"}
_MORNING = {"am", "上午", "凌晨", "早上", "清晨", "오전", "午前"}
_BUDDHIST_YEAR = 2400
_EPOCH_DIGITS = 10
_MONTHS_A_YEAR = 12
_FIRST_YEAR = "1000"
_NOON = 12
_MAX_HOUR = 23
_MAX_OFFSET_HOURS = 14  # the Line Islands

_Clock: TypeAlias = tuple[str, str | None, str | None, str]

_YEAR = re.compile(r"(?<!\d)(?:[12]\d{3}(?!\d)|(?:令和|平成|昭和|民國|民国)\s?(?:\d{1,3}|元)(?=\s?年))")
_MAY_HOLD = re.compile(r"[12\u0661\u0662\u06f1\u06f2\u0967\u0968\u09e7\u09e8\u0e52]\d{3}|[令平昭民]")
_OTHER_DIGITS = re.compile(r"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59]")
_AFTER_YEAR = re.compile(
    r"(?:([-/.])\s?(\d\d?)\1\s?(\d\d?)\.?(?!\d)"
    r"|\s?[年년]\s?(\d\d?)\s?[月월]\s?(\d\d?)\s?(?:[日号號일]|(?!\d))"
    r"|\.?\s(?:gada\s)?(\d\d?)\.\s([^\W\d_]{3,12})"
    r"|[-.,\s]{1,2}(?:m\.\s?)?([^\W\d_]{3,12}\.?)[-\s](\d\d?)(?!\d)\.?)"
)
# Vowel signs are no letters to `re`; Thai abbreviates in two parts: `พ.ค.`
_LETTER = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0dff\u0e30-\u0e4e])"
_WORD = rf"({_LETTER}{{2,14}}|tháng\s\d\d?|[\u0e01-\u0e4e]{{1,4}}\.[\u0e01-\u0e4e]{{1,3}})\.?"
_OF = r"[\s\-/.,]{0,3}(?:(?:de|del|of|di|d['’]|năm|พ\.ศ\.|ค\.ศ\.)\s{0,2})?"
_BEFORE_YEAR = re.compile(
    r"(?:(?<![\d/.\-])(\d\d?)\s?([-/.])\s?(\d\d?)\s?\2\s?"
    rf"|(?<!\d)(\d\d?)(?:st|nd|rd|th|er|re|º|ª|°)?{_OF}{_WORD}{_OF}"
    rf"|(?<![^\W\d_]){_WORD}\s{{0,2}}(\d\d?)(?:st|nd|rd|th)?(?:\s?,\s?|\s))$"
)
_HALF = r"上午|下午|晚上|傍晚|凌晨|早上|清晨|中午|오전|오후|午前|午後"
_TIME = (
    rf"(?:(?P<half>{_HALF})\s?)?(?P<hour>[0-2]?\d)"
    r"(?:[::](?P<minute>[0-5]\d)(?:[::](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"|\s?[時时點点시]\s?(?:(?P<minute2>[0-5]?\d)\s?[分분])?(?:\s?(?P<second2>[0-5]?\d)\s?[秒초])?"
    r"|(?<=\d\d)\.(?P<minute3>[0-5]\d)(?![\d.]\d?)|\s?[hH]\s?(?P<minute4>[0-5]\d)(?!\d)|(?=\s?[ap]\.?m\b)"
    r"|\.(?P<minute5>[0-5]\d)(?=\s?(?:Uhr|uur|óra)\b))"
    r"(?:\s?(?P<meridiem>[aApP])\.?\s?[mM]\b\.?)?"
    r"(?:\s?\(?(?:(?P<utc>(?:UTC|GMT)?)\s?(?P<offset>[+\-−]\d\d?:?(?:[0-5]\d)?)(?!\d)"
    r"|(?P<zone>Z|[A-Z]{3,4}|мск|МСК)(?![^\W_])))?"
)
_MINUTES = ("minute", "minute2", "minute3", "minute4", "minute5")
_WEEKDAY = r"(?:\s?[((]?(?:星期|周|週)?[日一二三四五六天月火水木金土월화수목금토일](?:曜日?|요일)?[))]?(?![^\W\d_]))?"
_AT = (
    r"(?:\s?г\.?|\s?р\.?)?(?:T|[\s,;|·•–—@/(\-]{0,4}"
    r"(?:(?:at|um|à|às|as|a las|alle(?:\sore)?|ore|ora|kl|klo|om|ob|u|в|о|о|saat|godz|στις|lúc|pukul|เวลา|الساعة)"
    r"\b[.:]?\s?)?)"
)
# Where a word announces the time, its hour needs no second digit before a dot: `ore 9.47`, `kl. 9.47`.
_SAID_TIME = _TIME.replace(r"(?<=\d\d)\.", r"(?:(?<=\d\d)|(?<=[^\W\d_]\s\d)|(?<=[.:]\s\d))\.")
_TIME_AFTER = re.compile(_WEEKDAY + _AT + _SAID_TIME)
_TIME_BEFORE = re.compile(rf"(?<![\d:.\-/]){_TIME}[\s,|·•–\-]{{1,4}}(?:on\s|[^\W\d_]{{2,12}}[,.]?\s)?$")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?\s?(?:(Z)|([+-]\d\d):?(\d\d)?)?)?", re.ASCII
)
_COMPACT = re.compile(r"((?:19|20)\d\d)([01]\d)([0-3]\d)(?:T?([0-2]\d)([0-5]\d)([0-5]\d)?(Z)?)?", re.ASCII)
_YEAR_MONTH = re.compile(r"(?P<y>[12]\d{3})(?:[-/.](?P<m>\d\d?)|\s?[年년]\s?(?P<k>\d\d?)\s?[月월])?")
_MONTH_YEAR = re.compile(rf"{_WORD},?{_OF}([12]\d{{3}})")
_UNIX = re.compile(r"(?:\w{3} )?(\w{3}) {1,2}(\d\d?) (\d\d):(\d\d):(\d\d) ([+-]\d{4}|\w{3,4}) (\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"(\d\d?)([-/.])(\d\d?)\2(\d\d)(?!\d)(.*)", re.DOTALL)
_REST = re.compile(r"[^\w]{0,3}(?:[^\W\d_]{1,14}[.:]?)?(?:\s?\([^()\d]{0,40}\))?[^\w]{0,3}")
_GLUED = re.compile(r".*[a-z](?=[A-Z])")  # `Jane RoeMarch 5, 2024`: lines that a page's markup leaves nothing between
_MAX_LENGTH = 90
_WINDOW_BEFORE = 40


def parse_date(text: str, *, day_first: bool | None = None) -> str | None:
    """The whole text as an ISO 8601 date or time, None where it is anything else or more than that.

    A text that gives less than a day gives less back (`2019`, `2019-05`). `day_first` settles `4/5/2021`; without it
    AM or PM means month first. Where a number is above 12, or dots or dashes part them, no one need settle it.
    """
    text = _plain_digits(text.strip())
    if len(text) > _MAX_LENGTH or not _has_digit(text):
        return None
    if match := _ISO.fullmatch(text):
        year, month, day, hour, minute, second, zulu, east, quarter = match.groups()
        zone = "Z" if zulu else f"{east}:{quarter or '00'}" if east else ""
        return _iso(year, month, day, (hour, minute, second, zone) if hour else None)
    if text.isascii() and text.isdigit() and len(text) in (_EPOCH_DIGITS, 13):
        return _epoch(text)
    if match := _COMPACT.fullmatch(text):
        year, month, day, hour, minute, second, zulu = match.groups()
        return _iso(year, month, day, (hour, minute, second, zulu or "") if hour else None)
    if match := _YEAR_MONTH.fullmatch(text):
        return _year_month(match["y"], match["m"] or match["k"])
    if match := _UNIX.fullmatch(text):
        name, day, hour, minute, second, zone, year = match.groups()
        return _iso(year, _month(name), day, (hour, minute, second, _zone(zone)))
    if match := _SHORT_YEAR.fullmatch(text):
        first, mark, second, year, rest = match.groups()
        text = f"{first}{mark}{second}{mark}20{year}{rest}"
    for start, end, found in find_dates(text, day_first=day_first):
        return found if _REST.fullmatch(text, 0, start) and _REST.fullmatch(text, end) else None
    if match := _MONTH_YEAR.fullmatch(text):
        return _year_month(match[2], _month(match[1]))
    return None


def find_dates(text: str, *, day_first: bool | None = None) -> list[tuple[int, int, str]]:
    """Every full date in the text, with its time where one stands beside it: (start, end, ISO 8601 text)."""
    if not _MAY_HOLD.search(text):
        return []
    text = _plain_digits(text)
    found: list[tuple[int, int, str]] = []
    floor = 0
    for year in _YEAR.finditer(text):
        if year.start() < floor:
            continue
        hit = _backwards(text, year, floor, day_first=day_first) or _forwards(text, year)
        if hit is not None:
            found.append(hit)
            floor = hit[1]
    return found


def is_placeholder(written: str, *, as_of: str | None = None) -> bool:
    """Whether an ISO 8601 date is what systems write for "none": year 1, 1900, the epoch, or later than `as_of`.

    A day's grace is given to `as_of`, for pages that write local time without a zone.
    """
    if written[:10] in {"1900-01-01", "1970-01-01", "1969-12-31", "1899-12-31", "1899-12-30", "1980-01-01"}:
        return True
    if written < _FIRST_YEAR:
        return True
    latest = _next_day(as_of) if as_of else None
    return latest is not None and latest[: len(written)] < written[: len(latest)]


def _forwards(text: str, year: re.Match[str]) -> tuple[int, int, str] | None:
    """Year first: `2023-05-28`, `2023年5月28日`, `2023. május 28`."""
    match = _AFTER_YEAR.match(text, year.end())
    if match is None:
        return None
    _, month, day, cjk_month, cjk_day, day_ahead, name_behind, name, name_day = match.groups()
    number = _month(name_behind or name) if name_behind or name else month or cjk_month
    time, end = _time_after(text, match.end())
    date = _iso(_year(year[0]), number, day or cjk_day or day_ahead or name_day, time)
    return (year.start(), end, date) if date else None


def _backwards(text: str, year: re.Match[str], floor: int, *, day_first: bool | None) -> tuple[int, int, str] | None:
    """Year last: `28/5/2023`, `28 May 2023`, `May 28, 2023`; a time may stand on either side."""
    match = _BEFORE_YEAR.search(text, max(floor, year.start() - _WINDOW_BEFORE), year.start())
    if match is None:
        return None
    first, mark, second, day, name, us_name, us_day = match.groups()
    time, end = _time_after(text, year.end())
    start = match.start()
    if time is None and (ahead := _TIME_BEFORE.search(text, max(floor, start - _WINDOW_BEFORE), start)):
        time, start = _clock(ahead), ahead.start()
    if first:
        if mark != "/":
            day_first = True  # who writes the month first parts with slashes
        elif day_first is None:
            day_first = not _has_meridiem(text[year.end() : end])
        day, number = (first, second) if _is_day(first, second, day_first=day_first) else (second, first)
    else:
        number, day = str(_month(name or us_name) or ""), day or us_day
        if us_name and fold(us_name) not in vocabulary().months and (glued := _GLUED.match(us_name)):
            start += glued.end()
    date = _iso(_year(year[0]), number, day, time)
    return (start, end, date) if date else None


def _is_day(first: str, second: str, *, day_first: bool) -> bool:
    if int(first) > _MONTHS_A_YEAR:
        return True
    return day_first and int(second) <= _MONTHS_A_YEAR


def _has_meridiem(text: str) -> bool:
    return text.rstrip(". ").lower().endswith(("am", "pm", "a.m", "p.m"))


def _time_after(text: str, at: int) -> tuple[_Clock | None, int]:
    match = _TIME_AFTER.match(text, at)
    time = _clock(match) if match else None
    return (time, match.end()) if match and time else (None, at)


def _clock(match: re.Match[str]) -> _Clock | None:
    """Hour (24), minute, second and zone of a matched time; None for an impossible hour."""
    hour = int(match["hour"])
    half = f"{match['meridiem']}m".lower() if match["meridiem"] else match["half"]
    if half in _AFTERNOON and hour < _NOON:
        hour += 12
    elif half in _MORNING and hour == _NOON:
        hour = 0
    if hour > _MAX_HOUR:
        return None
    minute = next((match[name] for name in _MINUTES if match[name]), "00")
    return str(hour), minute, match["second"] or match["second2"], _zone(match["zone"] or match["offset"] or "")


def _zone(text: str) -> str:
    """`+0800`, `+08`, `-8` or a zone's name as an ISO offset, `Z` for zero, "" where it is not known."""
    if text[:1] not in {"+", "-", "−"}:
        return _ZONES.get(text.lower(), "")
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("HH") else (digits, "00")
    if int(hours) > _MAX_OFFSET_HOURS:
        return ""
    return "Z" if not int(hours + minutes) else f"{'+' if text[0] == '+' else '-'}{hours.zfill(2)}:{minutes}"


def _iso(year: str, month: str | int | None, day: str | None, time: _Clock | None) -> str | None:
    """The parts as ISO 8601 text, None where no such day exists."""
    if not month or not day:
        return None
    y, m, d = int(year), int(month), int(day)
    if not (y > 0 and 0 < m <= _MONTHS_A_YEAR and 0 < d <= monthrange(y, m)[1]):
        return None
    date = f"{y:04}-{m:02}-{d:02}"
    if time is None:
        return date
    hour, minute, second, zone = time
    if int(hour) > _MAX_HOUR:
        return date
    zone = "Z" if zone in {"+00:00", "-00:00"} else zone
    return f"{date}T{int(hour):02}:{int(minute or 0):02}{f':{int(second):02}' if second else ''}{zone}"


def _year_month(year: str, month: str | int | None) -> str | None:
    if not month:
        return f"{int(year):04}"
    return f"{int(year):04}-{int(month):02}" if 0 < int(month) <= _MONTHS_A_YEAR else None


def _year(text: str) -> str:
    """The Gregorian year of a year as written: `令和5`, `民國112`, `2566` (Buddhist)."""
    if not text[0].isdigit():
        number = text[2:].strip()
        return str(_ERAS[text[:2]] + (1 if number == "元" else int(number)))
    return str(int(text) - 543) if int(text) > _BUDDHIST_YEAR else text


def _month(name: str) -> int:
    """1 to 12 for a month's name in any language known, else 0."""
    written = name.rstrip(".")
    name = fold(written)
    if name.startswith("tháng"):
        return int(name[5:])
    months = vocabulary().months
    return months.get(name) or months.get(fold(_GLUED.sub("", written)), 0)


def _epoch(digits: str) -> str:
    moment = datetime.fromtimestamp(int(digits[:_EPOCH_DIGITS]), UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}Z"


def _next_day(as_of: str) -> str | None:
    try:
        return (date.fromisoformat(as_of[:10]) + timedelta(days=1)).isoformat()
    except ValueError:  # a caller's moment that is none bounds nothing
        return None


def _plain_digits(text: str) -> str:
    """The text with the digits of other scripts as ASCII ones, each in its place."""
    if text.isascii() or not _OTHER_DIGITS.search(text):
        return text
    return _OTHER_DIGITS.sub(lambda found: str(int(found[0])), text)


def _has_digit(text: str) -> bool:
    return any(char.isdigit() for char in text)
