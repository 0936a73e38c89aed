"""Time stamps that close a block: `[2023/5/28 9:47:25]`, `（2023年5月28日 09:47）`, `… 28.05.2023, 09:47`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from declutter.dates import find_dates, parse_date
from declutter.dates.recent import find_ago
from declutter.wide import UNSPACED

_NEAR_END: Final = 20  # last characters, among which a stamp has a digit
_TAIL: Final = 64
"""Last characters of a block that are searched: the longest stamp seen, with weekday and time zone, has under 60."""

_BRACKETS: Final = {
    "]": "[",
    ")": "(",
    "）": "（",
    "】": "【",
    "］": "［",
    "〕": "〔",
    "〉": "〈",
    ">": "<",
    "}": "{",
    "」": "「",
    "/": "/",
}
_BEFORE_SLASH: Final = frozenset(("", " ", "."))  # `/PAP, 28.05.2023/`
_AFTER_STAMP: Final = " .。·|　"
_SENTENCE_ENDS: Final = frozenset(".!?。！？…”’\"'»」』）)]】;；।۔؟›")
_ENDS: Final = re.escape("".join(sorted(_SENTENCE_ENDS)))
# `.*` between the two would scan the rest of the text again after each end of a sentence.
_BEHIND_SENTENCE: Final = re.compile(rf"[{_ENDS}][^{_ENDS}\d]*+\d")
_PARTING: Final = " |-–—/·"
_MAX_WEEKDAY: Final = 12
_FIRST_YEAR: Final = "1995"
"""Portals did not use stamps earlier: such a date belongs to the essay's subject."""

_NUMERAL: Final = re.compile(r"\d")
# What every stamp without brackets contains: a year, a time of day, or a number before a word (`5 minutes ago`).
_TIMELY: Final = re.compile(r"\d(?:\d{3}|[:：.hH]\d\d|\d{0,2}\s?[^\W\d_])|年")
_SUFFIX: Final = re.compile(r"\s?[^\W\d]{0,12}\.?|\)|\s?\(?[^\W\d]{1,12}(?:[ ][^\W\d]{1,12})?\)?")
_LETTER: Final = r"(?:[^\W\d]|[\u0900-\u0dff\u0e30-\u0e4e])"  # `re` does not count vowel signs as letters
_LABEL: Final = re.compile(rf"(?:{_LETTER}{{1,16}}[ ]?){{1,3}}[:：]?\s?|[^\w\s]{{1,3}}\s?")
# The source before a time on one line: `来源：新华社`, `Source: Reuters,`, `Reuters ·`.
_SAID_BY: Final = re.compile(
    r"[^\W\d][^.!?。！？\d:：]{0,16}[:：]\s?[^.!?。！？\d:：]{2,24}[,，|·]?|[^.!?。！？\d:：]{2,24}\s?[·|,，—–-]|[—–-]+\s?[^.!?。！？\d:：]{2,24}[,，]?"
)
# Between the end of the text and a time: `来源：新华社`, `Source: Reuters,`.
_CREDIT: Final = re.compile(
    r"[.!?。！？”»」』)）]\s{0,3}[^\W\d][^.!?。！？\d:：]{0,16}[:：]\s?[^.!?。！？\d:：]{2,20}[,，]?$"
)
_SAID_AFTER: Final = re.compile(
    r"\s?[^\W\d]{0,12}\.?\s?[|｜·•]\s?(?:[^\W\d][^.!?。！？\d:：|｜]{0,16}[:：]\s?)?[^\W\d][^.!?。！？:：|｜]{1,23}"
)
"""The source after a time on one line: `28.05.2023, 09:47 Uhr | dpa`, `2023-05-28 09:47 | Source: Reuters`."""
_CLOCK: Final = re.compile(r"\d\d?[:：.h時时点點]\s?\d\d")
# Without a year there is no full date, but it is a stamp: `05-28 09:47`, `5月28日 09:47`, `28 May, 09:47`, `09:47`.
_DAY: Final = (
    rf"(?:\d\d?\.?\s?[-/.月월]\s?\d\d?\.?[日일]?|\d\d?\.?\s(?:de\s)?{_LETTER}[\w\u0900-\u0dff\u0e30-\u0e4e.]{{1,12}}"
    rf"|{_LETTER}{{3,12}}\.?\s\d\d?)"
)
_HALF: Final = r"(?:[\u3400-\u9fff\uac00-\ud7af]{2}\s?)?"  # of the day: `下午`, `오후`
_PARTED: Final = r"(?:[:：hH]|\s[hH]\s|\.(?=\d\d\s(?:Uhr|uur|WIB)\b))"
"""Between hour and minute of a time without a day; with a full stop it may be a sum of money."""
YEARLESS: Final = (
    rf"(?:(?P<day>{_DAY})[\s,]{{1,3}}(?:kl\.?\s)?{_HALF}\d\d?(?:[:：.hH]|\s[hH]\s)|{_HALF}\d\d?{_PARTED})"
    rf"\d\d(?:[:：]\d\d)?(?![\d:：])(?:\s?[AaPp]\.?[Mm]\b\.?)?"
)
"""A time of day, with or without a day, but without a year: the source of a pattern."""
_HOUR: Final = re.compile(r"\d(?:[:：.hH]|\s[hH]\s)\d\d")  # every time of day contains it
_LASTS: Final = re.compile(r"\d\s?[hH]\s?\d")  # behind a label, it is a duration: `Cuisson : 1h30`
_YEARLESS: Final = re.compile(rf"{YEARLESS}(?:\s?{_LETTER}{{1,4}}\.?)?")
_YEARLESS_AT_END: Final = re.compile(rf"(?<![\w.]){YEARLESS}(?:\s?{_LETTER}{{1,4}}\.?)?$")
_CLOSING_YEARLESS: Final = re.compile(
    rf"(?:(?<=\w\w\w\.)|(?<=[!?。！？…”’\"'»」』）)】\];；।۔؟]))\s{{0,3}}(?P<stamp>{YEARLESS})$"
)
# A time and its source: `14:32 Reuters`; more words would be a headline after its time.
_TIME_AND_NAME: Final = re.compile(
    rf"{YEARLESS}\s?[·|,—–-]?\s?(?:[\u3040-\u9fff\uac00-\ud7af]{{2,6}}|(?![a-zà-ÿа-я\u3040-\u9fff\uac00-\ud7af])"
    rf"{_LETTER}{{2,16}}(?:\s(?![a-zà-ÿа-я]){_LETTER}{{2,12}})?)"
)
_STOP_INSIDE: Final = re.compile(r"[。！？]|[.!?…।؟]\s")
_BEHIND: Final = re.compile(rf"\s[\[(（]?(?P<stamp>{YEARLESS})[\])）]?$")
_BARRED: Final = re.compile(r"\s[|｜·•]\s?$")  # before a day without a time
_GLUED: Final = re.compile(r"(?<=[^\W\d_])\d\d?[:：]\d\d$")  # in scripts without spaces
_MAX_AGO: Final = 40  # characters of a line with a relative time and its source
# A month's name in an unknown language: `28 mayo 2023 09:47`.
_UNREAD: Final = re.compile(r"\d\d?[^\d]{2,24}\d{4}\b[^\d]{1,8}\d\d?[:.h]\d\d\b[^\d]{0,10}")
_SHORT_YEAR: Final = re.compile(r"\d\d?([-/.])\d\d?\1\d\d(?!\d)(?:[\s,]+\d\d?[:.]\d\d(?:[:.]\d\d)?)?")


class Stamp(NamedTuple):
    """A stamp at the end of a block.

    start: where it begins in the block's text, including its bracket. published: ISO 8601 text, None without a full
    date. timed: it has a time of day. frame: its opening bracket, "" if there is none. alone: the block is nothing
    else. worded: other words are inside its brackets or before it, as in a citation. closed: a full stop follows the
    bracket, as in a sentence that ends with a date.
    """

    start: int
    published: str | None
    timed: bool
    frame: str
    alone: bool
    worded: bool
    closed: bool


def find_stamp(text: str) -> Stamp | None:
    """The stamp that closes the text; None for nearly all texts, after a cheap look at their last characters."""
    if _NUMERAL.search(text, len(text) - _NEAR_END) is None:
        return None
    tail = text[-_TAIL:].rstrip(_AFTER_STAMP)
    if not tail:
        return None
    base = max(0, len(text) - _TAIL)
    opener = _BRACKETS.get(tail[-1])
    if opener is not None:
        start = tail.rfind(opener, 0, -1)
        if start < 0 or (opener == "/" and tail[start - 1 : start] not in _BEFORE_SLASH):
            return None  # `12/05/2023/`
        stamp = _bracketed(tail[start + 1 : -1], text, base + start, closed=text[-1] in ".。")
        if stamp is not None or _CLOCK.search(tail, 0, start) is None:
            return stamp  # `28.05.2023 09:47 (GMT+7)`
    return _bare(tail, text, base) if _TIMELY.search(tail) else None


def after_headline(text: str, stamp: Stamp) -> Stamp | None:
    """The stamp, if what it closes is no sentence: `Ferry orders two boats [28.05.2023 09:47]`; None otherwise."""
    before = text[: stamp.start].rstrip(_PARTING)
    if not stamp.timed or stamp.alone or stamp.worded or stamp.closed or not _is_line(before):
        return None
    return stamp._replace(start=len(before))


def _is_line(text: str) -> bool:
    return bool(text) and text[-1] not in _SENTENCE_ENDS and _STOP_INSIDE.search(text) is None


def find_tail(text: str) -> Stamp | None:
    """The time after a headline on one line: `Ferry orders two boats 14:32`; None for text that ends a sentence."""
    hit = _BEHIND.search(text, max(0, len(text) - _TAIL))
    if hit is None and not text.isascii() and UNSPACED.search(text) is not None:
        hit = _GLUED.search(text, len(text) - len("00:00"))
    start, published, timed = (hit.start() if hit else 0), None, True
    if found := find_dates(text[-_TAIL:]):
        first, last, written = found[-1]
        barred = _BARRED.search(text[-_TAIL:], 0, first) is not None
        if not ("T" in written or (barred and written >= _FIRST_YEAR)) or not _SUFFIX.fullmatch(text[-_TAIL:], last):
            return None
        start, published = max(0, len(text) - _TAIL) + first, to_seconds(written)
        timed = "T" in written
    before = text[:start].rstrip(" ([（|·,-–—")
    if not _is_line(before):
        return None
    return Stamp(len(before), published, timed, frame="", alone=False, worded=False, closed=False)


def _bracketed(inner: str, text: str, start: int, *, closed: bool) -> Stamp | None:
    found = find_dates(inner)
    plain = Stamp(start, None, timed=True, frame=text[start], alone=start <= 1, worded=False, closed=closed)
    if found:
        first, last, published = found[0]
        before = inner[:first].strip(" ,·|")
        timed = "T" in published
        if len(found) > 1 or published < _FIRST_YEAR or not _SUFFIX.fullmatch(inner, last):
            return None
        if before and not _LABEL.fullmatch(before) and not (timed and _SAID_BY.fullmatch(inner[:first].rstrip())):
            return None
        worded = bool(before) and not (timed and _is_weekday(before))
        return plain._replace(published=to_seconds(published), timed=timed, worded=worded)
    if _YEARLESS.fullmatch(inner) or _UNREAD.fullmatch(inner):
        return plain
    if (clock := _YEARLESS_AT_END.search(inner)) is not None and _SAID_BY.fullmatch(inner[: clock.start()].rstrip()):
        return plain
    if _SHORT_YEAR.fullmatch(inner):
        timed = _CLOCK.search(inner, len("1.1.23")) is not None
        return plain._replace(published=to_seconds(parse_date(inner)), timed=timed)
    return None


def _bare(tail: str, text: str, base: int) -> Stamp | None:
    """A stamp without brackets, which must follow the end of a sentence or be the whole text."""
    found = find_dates(tail)
    if not found:
        return _undated(tail, base)
    first, last, published = found[-1]
    before = tail[:first].rstrip()
    timed = "T" in published
    said = timed and base == 0 and _SAID_AFTER.fullmatch(tail, last) is not None
    if not (said or _SUFFIX.fullmatch(tail, last)) or published < _FIRST_YEAR:
        return None
    if said and before and not _LABEL.fullmatch(before):
        return None
    plain = Stamp(base + first, to_seconds(published), timed, frame="", alone=False, worded=False, closed=False)
    if not before and base == 0:
        return plain._replace(start=0, alone=True)
    if base == 0 and len(before) <= len(tail) // 2 and _LABEL.fullmatch(before):
        return plain._replace(start=0, alone=True, worded=True) if timed else None
    if timed and base == 0 and _SAID_BY.fullmatch(before):
        return plain._replace(start=0, alone=True, worded=True)
    if timed and _CREDIT.search(before):
        return plain._replace(worded=True)
    if before.rstrip(_PARTING)[-1:] in _SENTENCE_ENDS or (timed and _ends_unmarked(before, tail[:first])):
        return plain._replace(closed=text[-1] in ".。" and text[-2:-1].isdigit())
    return None


def _undated(tail: str, base: int) -> Stamp | None:
    """A stamp without a full date: `09:47`, `28 May, 09:47`, `5 minutes ago`."""
    plain = Stamp(0, None, timed=True, frame="", alone=True, worded=False, closed=False)
    if _HOUR.search(tail) is not None and (clock := _clock(tail, base, plain)) is not None:
        return clock
    short = base == 0 and len(tail) <= _MAX_AGO
    ago = find_ago(tail) if short or _BEHIND_SENTENCE.search(tail) else None
    if ago is None:
        return None
    said = tail[: ago.start].rstrip()
    before = said.rstrip(_PARTING)
    if short and (not before or _LABEL.fullmatch(before) or _SAID_BY.fullmatch(said)):
        return plain._replace(worded=bool(before))
    if before[-1:] in _SENTENCE_ENDS:
        return plain._replace(start=base + ago.start, alone=False)
    return None


def _clock(tail: str, base: int, plain: Stamp) -> Stamp | None:
    """A time of day that closes the text or is the whole text."""
    if base == 0 and (clock := _YEARLESS_AT_END.search(tail)) is not None:
        before = tail[: clock.start()].rstrip()
        lasts = _LASTS.search(clock[0]) is not None
        if not before or (not lasts and _LABEL.fullmatch(before)) or _SAID_BY.fullmatch(before):
            return plain._replace(worded=bool(before))
    if (hit := _CLOSING_YEARLESS.search(tail)) is not None:
        return plain._replace(start=base + hit.start("stamp"), alone=False)
    if base == 0 and _TIME_AND_NAME.fullmatch(tail):
        return plain._replace(worded=True)
    return None


def _ends_unmarked(before: str, ahead: str) -> bool:
    """Whether the sentence is in a script without final punctuation, and a space follows it."""
    return is_unstopped(before[-1:]) and ahead != before


def is_unstopped(letter: str) -> bool:
    """Whether a letter is of a script without final punctuation: Thai or Lao."""
    return "\u0e00" <= letter <= "\u0eff"


def _is_weekday(word: str) -> bool:
    """Whether a short word or two without a colon precede a date, as the name of the day."""
    return len(word) <= _MAX_WEEKDAY and word[-1] not in ":：" and " " not in word


def to_seconds(published: str | None) -> str | None:
    """Complete a flash's time with seconds if it has only minutes, so that all have the same format."""
    if published is None or "T" not in published:
        return published
    day, _, time = published.partition("T")
    return f"{day}T{time[:5]}:00{time[5:]}" if time[5:6] != ":" else published
