"""Times of day next to a date, with their zones, in many languages."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from declutter.dates.zones import zone_of
from declutter.vocabulary import Vocabulary, vocabulary
from declutter.vocabulary.folding import fold

Clock: TypeAlias = tuple[str, str | None, str | None, str]
"""Hour (24), minute, second, and zone as `zone_of` gives it, "" if unknown."""

MAX_HOUR: Final = 23
_NOON: Final = 12
_AROUND_NOON: Final = {"中午", "낮", "trưa", "siang", "दोपहर", "ظهرا"}
_BEFORE_NOON: Final = 10  # the first hour of noon, in languages that have a word for it

_TIME: Final = (
    r"(?:(?P<half>HALF_AHEAD)\s?)?(?P<hour>[0-2]?\d)"
    r"(?:[::](?P<minute>[0-5]\d)(?:[::](?P<second>[0-5]\d)(?:[.,]\d{1,9})?)?(?!\d)"
    r"|\s?[時时點点시]\s?(?:(?P<minute2>[0-5]?\d)\s?[分분])?(?:\s?(?P<second2>[0-5]?\d)\s?[秒초])?"
    r"|(?<=\d\d)\.(?P<minute3>[0-5]\d)(?![\d.]\d?)|\s?[hH]\s?(?P<minute4>[0-5]\d)(?!\d)|(?=\s?[ap]\.?m\b)"
    r"|\.(?P<minute5>[0-5]\d)(?=\s?(?:Uhr|uur|óra)\b))"
    r"(?:\s?(?P<meridiem>[aApP])\.?\s?[mM]\b\.?|\s?(?P<half2>HALF)(?![^\W\d_]))?"
    r"(?:\s?\(?(?:(?P<utc>(?:UTC|GMT)?)\s?(?P<offset>[+\-−]\d\d?:?(?:[0-5]\d)?)(?!\d)"
    r"|(?P<zone>Z|[ECMP]T|[A-Z]{3,4}|мск|МСК)(?![^\W_])))?"
)
_MINUTES: Final = ("minute", "minute2", "minute3", "minute4", "minute5")
# Some languages write the weekday after the year, before the time.
_WEEKDAY: Final = (
    r"(?:,?\s(?i:DAYS)\b"
    r"|\s?[((]?(?:星期|周|週)?[日一二三四五六天月火水木金土월화수목금토일](?:曜日?|요일)?[))]?(?![^\W\d_]))?"
)
_AT: Final = (
    r"(?:\s?г\.?|\s?р\.?|\sم(?=\s)|\sd\.|\.(?=\s[uу]\s))?(?:T|[\s,;|·•–—@/(\-]{0,4}"
    r"(?:(?:at|um|às?|as|a las|alle(?:\sore)?|ore|ora|kl|klo|om|ob|[uvвуо]|saat|godz|plkst|kell|klukkan|сағат|në\sorën?"
    r"|στις|lúc|pukul|เวลา"
    r"|(?:على\s)?الساعة|ساعت)\b[.:]?\s?)?)"
)
# After a word that announces a time, the hour may have one digit before a dot: `ore 9.47`, `kl. 9.47`. Bengali pages
# write a space after the colon.
_SAID_TIME: Final = _TIME.replace(r"(?<=\d\d)\.", r"(?:(?<=\d\d)|(?<=[^\W\d_]\s\d)|(?<=[.:]\s\d))\.").replace(
    r"[::](?P<minute>", r"[::]\s?(?P<minute>"
)
_AFTER: Final = _WEEKDAY + _AT + _SAID_TIME
_BEFORE: Final = rf"(?<![\d:.\-/]){_TIME}[\s,|·•–\-]{{1,4}}(?:on\s|[^\W\d_]{{2,12}}[,.]?\s)?$"
_TOLD: Final = re.compile("DAYS|HALF_AHEAD|HALF")  # places of words from the vocabulary
_DIGIT: Final = re.compile(r"\d")
_VOWEL_SIGN: Final = "[\u064b-\u0652]?"
_ARABIC: Final = re.compile("(?<=[\u0621-\u064a])")


class _Patterns(NamedTuple):
    """Patterns for a time after a date and before one."""

    after: re.Pattern[str]
    before: re.Pattern[str]


@lru_cache(maxsize=16)
def _patterns(known: Vocabulary) -> _Patterns:
    words = known.am | known.pm
    # Single letters are read only behind a time: `8 أكتوبر 2022 م` names the calendar, `10:35 م` the afternoon.
    leading = [word for word in words if len(word) > 1 and not word.isascii()]
    told = {"DAYS": _any_of(known.name_words("weekday")), "HALF_AHEAD": _any_of(leading), "HALF": _any_of(words)}
    return _Patterns(*(re.compile(_TOLD.sub(lambda place: told[place[0]], written)) for written in (_AFTER, _BEFORE)))


def _any_of(words: Collection[str]) -> str:
    """A pattern for folded words as pages write them: in any case, with either apostrophe, with Arabic vowel signs."""
    longest_first = sorted(words, key=lambda word: (-len(word), word))
    written = (_ARABIC.sub(_VOWEL_SIGN, re.escape(word)).replace("'", "['’]") for word in longest_first)
    return f"(?i:{'|'.join(written)})"


def time_after(text: str, at: int) -> tuple[Clock | None, int]:
    """The time after a date that ends at `at`, and its end; None and `at` if there is none."""
    match = _patterns(vocabulary()).after.match(text, at)
    time = _clock(match) if match else None
    return (time, match.end()) if match and time else (None, at)


def time_before(text: str, floor: int, at: int) -> tuple[Clock | None, int]:
    """The time before a date that begins at `at`, and its start, at least `floor`; None and `at` if there is none."""
    match = _patterns(vocabulary()).before.search(text, floor, at) if _DIGIT.search(text, floor, at) else None
    time = _clock(match) if match else None
    return (time, match.start()) if match and time else (None, at)


def _clock(match: re.Match[str]) -> Clock | None:
    """Hour (24), minute, second and zone of a matched time; None for an impossible hour."""
    hour = int(match["hour"])
    half = f"{match['meridiem']}m".lower() if match["meridiem"] else fold(match["half"] or match["half2"] or "")
    if half in vocabulary().pm and hour < (_BEFORE_NOON if half in _AROUND_NOON else _NOON):
        hour += 12
    elif half in vocabulary().am and hour == _NOON:
        hour = 0
    if hour > MAX_HOUR:
        return None
    minute = next((match[name] for name in _MINUTES if match[name]), "00")
    return str(hour), minute, match["second"] or match["second2"], zone_of(match["zone"] or match["offset"] or "")
