"""Time zones as pages write them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

_ZONES: Final = {
    "z": "Z", "utc": "Z", "gmt": "Z", "wet": "Z",
    "cet": "+01:00", "mez": "+01:00", "bst": "+01:00", "west": "+01:00", "wat": "+01:00",
    "cest": "+02:00", "mesz": "+02:00", "eet": "+02:00", "sast": "+02:00", "cat": "+02:00",
    "eest": "+03:00", "msk": "+03:00", "мск": "+03:00", "trt": "+03:00", "eat": "+03:00",
    "pkt": "+05:00", "npt": "+05:45", "wib": "+07:00", "wita": "+08:00", "hkt": "+08:00", "sgt": "+08:00",
    "pht": "+08:00", "awst": "+08:00", "jst": "+09:00", "kst": "+09:00", "acst": "+09:30",
    "aest": "+10:00", "acdt": "+10:30", "aedt": "+11:00", "nzst": "+12:00", "nzdt": "+13:00",
    "brt": "-03:00", "art": "-03:00", "clst": "-03:00", "clt": "-04:00", "cot": "-05:00",
    "est": "-05:00", "edt": "-04:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00", "akst": "-09:00", "akdt": "-08:00", "hst": "-10:00",
}  # fmt: skip
_AMERICAN: Final = {"et": 5, "ct": 6, "mt": 7, "pt": 8}
"""Hours behind UTC in winter of the names that the United States use all year."""
_SHARED: Final = {
    "ist": {"IN": "+05:30", "IE": "+01:00", "IL": "+02:00"},
    "cst": {"US": "-06:00", "CN": "+08:00", "TW": "+08:00"},
}
"""Zones whose name several countries use, which only a page's region tells apart."""
_SPOKEN_IN: Final = {
    "hi": "IN", "mr": "IN", "gu": "IN", "pa": "IN", "ta": "IN", "te": "IN", "kn": "IN", "ml": "IN", "or": "IN",
    "ga": "IE", "he": "IL", "zh-Hans": "CN", "zh-Hant": "TW",
}  # fmt: skip
_FIRST_YEAR: Final = 2007  # of today's rules for daylight saving time
_MAX_OFFSET_HOURS: Final = 14  # the Line Islands
_WEEK: Final = 7
_COUNTRY: Final = len("IN")


def zone_of(text: str) -> str:
    """`+0800`, `+08`, `-8` or a zone name as an ISO offset; `Z` for zero, "" if unknown.

    A name whose offset depends on the day (`ET`) is returned as it is, for `on_day`.
    """
    if text[:1] not in {"+", "-", "−"}:
        name = text.lower()
        return name if name in _AMERICAN else _ZONES.get(name, "")
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("HH") else (digits, "00")
    if int(hours) > _MAX_OFFSET_HOURS:
        return ""
    return "Z" if not int(hours + minutes) else f"{'+' if text[0] == '+' else '-'}{hours.zfill(2)}:{minutes}"


def on_day(zone: str, moment: datetime) -> str:
    """A zone of `zone_of` as an ISO offset at a local time: `et` is -05:00 in winter and -04:00 in summer."""
    behind = _AMERICAN.get(zone)
    if behind is None:
        return zone
    if moment.year < _FIRST_YEAR:
        return ""
    summer = _sunday(moment.year, 3, 8), _sunday(moment.year, 11, 1)  # second in March, first in November; at 2:00
    return f"-{behind - (summer[0] <= moment < summer[1]):02}:00"


def in_region(written: str, date: str, region: str | None) -> str:
    """An ISO date and time with the zone of its end, `IST` or `CST`, as a region uses it.

    written: the date as the page has it. region: a country's code, None if unknown.
    """
    if region is None or "T" not in date or date[-1] == "Z" or date[-6:-5] in {"+", "-"}:
        return date
    zones = _SHARED.get(written[-3:].lower())
    return date + zones.get(region, "") if zones else date


def region_of(language: str, url: str | None) -> str | None:
    """The country of a page by its language tag, or else by its host: `en-IN`, `hi`, `example.in`."""
    country = language.rpartition("-")[2]
    if len(country) == _COUNTRY and country.isupper():
        return country
    if language in _SPOKEN_IN:
        return _SPOKEN_IN[language]
    host = (url or "").partition("://")[2].partition("/")[0].partition(":")[0]
    domain = host.rpartition(".")[2].upper()
    return domain if len(domain) == _COUNTRY else None


def _sunday(year: int, month: int, day: int) -> datetime:
    """Two o'clock on the first Sunday from a day on."""
    first = datetime(year, month, day, 2)  # noqa: DTZ001 - local time
    return first + timedelta(days=(_WEEK - 1 - first.weekday()) % _WEEK)
