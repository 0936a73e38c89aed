"""Time stamps that open a block: `14:32 …`, `[05-28 14:32] …`, `2023-05-28T14:32:00Z …`, `5分钟前 | …`."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from declutter.classify.flash.stamps import YEARLESS, to_seconds
from declutter.dates import find_dates
from declutter.dates.recent import find_ago

_HEAD: Final = 48  # characters within which an opening stamp ends
_FIRST: Final = 8  # characters among which it has its first digit
_MIN_REST: Final = 6
_MAX_AGO: Final = 24
_SIGNS: Final = re.compile(r"[•●○◆◇■□▪▶►▲△▼⏰⚡🔥🚨📢🔴🕐-🕧\ufe0f\s]*")
_OPENERS: Final = {"[": "]", "(": ")", "（": "）", "【": "】", "［": "］", "〔": "〕"}
_YEARLESS: Final = re.compile(YEARLESS)
_ZONE: Final = re.compile(r"(?:[.,]\d{1,6})?\s?(?:Z\b|[+-]\d\d:?\d\d\b)")
# What every such stamp contains: a year, a time of day, or the sign after a relative time.
_TIMELY: Final = re.compile(r"\d(?:\d{3}|[:：.hH]\d\d|\sh\s\d\d)|[年|｜丨·•–—]|\s-\s")
_PARTS: Final = re.compile(r"[\s.,，、|｜丨:：·•—–\-]*")
_BAR: Final = re.compile(r"\s?[|｜丨·•—–]\s?|\s-\s")
_WORD: Final = re.compile(r"(?:\s?[^\W\d]{1,6}\.?)?")
_UNIT: Final = re.compile(r"\s[^\W\d]{1,4}\.?(?=[:：]\s)")  # `14:32 Uhr: …`
_NUMERAL: Final = re.compile(r"\d")


class Lead(NamedTuple):
    """A stamp at the beginning of a block.

    end: where the text after it begins. published: ISO 8601 text, None without a full date. dated: it has a day.
    bold: the end of bold type at the beginning of the text after it, 0 if there is none.
    """

    end: int
    published: str | None
    dated: bool
    bold: int = 0


def find_lead(text: str) -> Lead | None:
    """The stamp with a time of day that opens the text; None for nearly all texts, which costs little."""
    if _NUMERAL.search(text, 0, _FIRST) is None or _TIMELY.search(text, 0, _HEAD + 1) is None:
        return None
    begin = _SIGNS.match(text).end()  # type: ignore[union-attr]  # the pattern matches everywhere
    closer = _OPENERS.get(text[begin : begin + 1])
    begin += closer is not None
    head = text[begin : begin + _HEAD]
    lead = _read(head)
    if lead is None:
        return None
    end = begin + lead.end
    if closer is not None:
        if text[end : end + 1] != closer:  # `[28.05.2023 09:47 Uhr]`
            end = _WORD.match(text, end).end()  # type: ignore[union-attr]  # the pattern matches everywhere
            if text[end : end + 1] != closer:
                return None
        end += 1
    elif (unit := _UNIT.match(text, end)) is not None:
        end = unit.end()
    rest = _PARTS.match(text, end).end()  # type: ignore[union-attr]
    if rest == end or text[rest : rest + 1].isdigit() or len(text) - rest < _MIN_REST:
        return None  # `10:00-12:00`, `14:30h`
    if not lead.dated and len(text) - rest <= _HEAD and any(last == len(text) for _, last, _ in find_dates(text)):
        return None  # `6:50pm UK, Wednesday 11 January 2012`
    return lead._replace(end=rest)


def _read(head: str) -> Lead | None:
    """The stamp that `head` begins with; its `end` is relative to `head`."""
    for first, last, published in find_dates(head):
        if first > 1 or "T" not in published:
            break
        zone = _ZONE.match(head, last)
        return Lead(zone.end() if zone else last, to_seconds(published), dated=True)
    if (clock := _YEARLESS.match(head)) is not None:
        return Lead(clock.end(), None, dated=clock["day"] is not None)
    bar = _BAR.search(head, 0, _MAX_AGO)
    if bar is not None and find_ago(head[: bar.start()]) is not None:
        return Lead(bar.start(), None, dated=True)
    return None
