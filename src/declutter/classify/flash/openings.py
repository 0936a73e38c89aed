"""How briefs begin: with a date and no year (`5月28日消息,`), a dateline (`LONDON, May 28 (Reuters) -`), a report's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from declutter.vocabulary import Vocabulary

_WINDOW: Final = 70
_CJK_DAY: Final = re.compile(
    r"(?:\S{0,12}?)(?:\d{4}\s?[年년]\s?)?\d\d?\s?[月월]\s?\d\d?\s?[日號号일]"
    r"(?P<news>\s?(?:消息|[讯訊电電]|快[讯訊]|[晚早上下中午凌晨间間]{0,4}(?:消息|[讯訊电電])|[\S]{0,8}?(?:报道|報道|報導)))?\s?[,，:：.。、 ]"  # noqa: RUF001 - full-width forms
)
_NUMBERED_DAY: Final = re.compile(r"(?<!\d)(?:(\d\d?)(?:st|nd|rd|th|er|º|\.)?[\s-](?:de\s|of\s)?([^\W\d_]{3,12})|([^\W\d_]{3,12})\.?\s(\d\d?)(?!\d))")
_WIRE: Final = re.compile(r"^.{0,60}?[(/（【]\s?[^\W\d_][^()（）/]{1,30}[)/）】]\s{0,2}(?:[-–—:]|\.\s)")  # noqa: RUF001 - as above
_LAST_DAY: Final = 31


class Opening(NamedTuple):
    """How a text begins, as news.

    weight: log-odds that this is a news brief. name: what was seen. source: the agency named, None without one.
    """

    weight: float
    name: str
    source: str | None


NOTHING: Final = Opening(0.0, "", None)


def read_opening(text: str, start: int, vocabulary: Vocabulary) -> Opening:
    """The news opening at `start`, NOTHING for an ordinary one."""
    lead = text[start : start + _WINDOW]
    source = None
    agency = vocabulary.agencies.search(lead)
    if agency is not None:
        source = lead[agency.start : agency.end]
    day = _CJK_DAY.match(lead)
    if day is not None:
        return Opening(2.2 if day["news"] else 1.0, "dated opening", source)
    dated = _has_day(lead, vocabulary)
    if _WIRE.match(lead):
        if dated:
            return Opening(3.0, "dateline", source)
        if agency is not None:
            return Opening(2.0, "wire", source)
    report = vocabulary.reports.search(lead)
    if report is not None and report.start <= 12:  # noqa: PLR2004 - an opening, not a mention
        return Opening(1.2, "report", source)
    if dated:
        return Opening(0.5, "dated opening", source)
    if agency is not None:
        return Opening(0.5, "agency", source)
    return NOTHING


def name_source(text: str, vocabulary: Vocabulary) -> str | None:
    """The first agency that a brief names, as it writes it."""
    found = vocabulary.agencies.search(text)
    return text[found.start : found.end] if found is not None else None


def _has_day(lead: str, vocabulary: Vocabulary) -> bool:
    """A day and a month's name, in any language known."""
    for hit in _NUMBERED_DAY.finditer(lead):
        day, name, month, number = hit.groups()
        if (name or month).casefold() in vocabulary.months and 0 < int(day or number) <= _LAST_DAY:
            return True
    return False
