"""Times of day next to a date, with their zones, in many languages."""

from __future__ import annotations

import re
from typing import Final, TypeAlias

Clock: TypeAlias = tuple[str, str | None, str | None, str]
"""Hour (24), minute, second, and ISO zone or "" if unknown."""

MAX_HOUR: Final = 23
_ZONES = {
    "z": "Z", "utc": "Z", "gmt": "Z",
    "cet": "+01:00", "cest": "+02:00", "mez": "+01:00", "mesz": "+02:00", "bst": "+01:00", "eet": "+02:00",
    "eest": "+03:00", "msk": "+03:00", "мск": "+03:00", "wib": "+07:00", "jst": "+09:00", "kst": "+09:00",
    "aest": "+10:00", "aedt": "+11:00",
    "est": "-05:00", "edt": "-04:00", "cdt": "-05:00", "mst": "-07:00", "mdt": "-06:00", "pst": "-08:00",
    "pdt": "-07:00",
}  # fmt: skip
# _ZONES lacks CST and IST, because each means two or three zones.
_AFTERNOON = {"pm", "下午", "晚上", "傍晚", "오후", "午後"}
_MORNING = {"am", "上午", "凌晨", "早上", "清晨", "오전", "午前"}
_NOON = 12
_MAX_OFFSET_HOURS = 14  # the Line Islands

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
# In languages that write the weekday after the year, before the time.
_WEEKDAY_NAMES = (
    "pazar(?:tesi)?|salı|çarşamba|perşembe|cuma(?:rtesi)?|hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap"
)
_WEEKDAY = (
    rf"(?:,?\s(?i:{_WEEKDAY_NAMES})\b"
    r"|\s?[((]?(?:星期|周|週)?[日一二三四五六天月火水木金土월화수목금토일](?:曜日?|요일)?[))]?(?![^\W\d_]))?"
)
_AT = (
    r"(?:\s?г\.?|\s?р\.?|\.(?=\su\s))?(?:T|[\s,;|·•–—@/(\-]{0,4}"
    r"(?:(?:at|um|às?|as|a las|alle(?:\sore)?|ore|ora|kl|klo|om|ob|[uvв]|о|о|saat|godz|στις|lúc|pukul|เวลา|الساعة|ساعت)"
    r"\b[.:]?\s?)?)"
)
# After a word that announces a time, the hour may have one digit before a dot: `ore 9.47`, `kl. 9.47`.
_SAID_TIME = _TIME.replace(r"(?<=\d\d)\.", r"(?:(?<=\d\d)|(?<=[^\W\d_]\s\d)|(?<=[.:]\s\d))\.")
_TIME_AFTER = re.compile(_WEEKDAY + _AT + _SAID_TIME)
_TIME_BEFORE = re.compile(rf"(?<![\d:.\-/]){_TIME}[\s,|·•–\-]{{1,4}}(?:on\s|[^\W\d_]{{2,12}}[,.]?\s)?$")


def time_after(text: str, at: int) -> tuple[Clock | None, int]:
    """The time after a date that ends at `at`, and its end; None and `at` if there is none."""
    match = _TIME_AFTER.match(text, at)
    time = _clock(match) if match else None
    return (time, match.end()) if match and time else (None, at)


def time_before(text: str, floor: int, at: int) -> tuple[Clock | None, int]:
    """The time before a date that begins at `at`, and its start, at least `floor`; None and `at` if there is none."""
    match = _TIME_BEFORE.search(text, floor, at)
    time = _clock(match) if match else None
    return (time, match.start()) if match and time else (None, at)


def zone_of(text: str) -> str:
    """`+0800`, `+08`, `-8` or a zone name as an ISO offset; `Z` for zero, "" if unknown."""
    if text[:1] not in {"+", "-", "−"}:
        return _ZONES.get(text.lower(), "")
    digits = text[1:].replace(":", "")
    hours, minutes = (digits[:-2], digits[-2:]) if len(digits) > len("HH") else (digits, "00")
    if int(hours) > _MAX_OFFSET_HOURS:
        return ""
    return "Z" if not int(hours + minutes) else f"{'+' if text[0] == '+' else '-'}{hours.zfill(2)}:{minutes}"


def _clock(match: re.Match[str]) -> Clock | None:
    """Hour (24), minute, second and zone of a matched time; None for an impossible hour."""
    hour = int(match["hour"])
    half = f"{match['meridiem']}m".lower() if match["meridiem"] else match["half"]
    if half in _AFTERNOON and hour < _NOON:
        hour += 12
    elif half in _MORNING and hour == _NOON:
        hour = 0
    if hour > MAX_HOUR:
        return None
    minute = next((match[name] for name in _MINUTES if match[name]), "00")
    return str(hour), minute, match["second"] or match["second2"], zone_of(match["zone"] or match["offset"] or "")
