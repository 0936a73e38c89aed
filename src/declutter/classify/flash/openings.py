"""Openings of news reports: a day without a year (`5月28日消息,`), place and agency (`LONDON, May 28 (Reuters) -`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.headlines import MAX_HEADLINE, is_wide
from declutter.wide import FIRST_WIDE

if TYPE_CHECKING:
    from declutter.vocabulary import Vocabulary

_WINDOW: Final = 70
_CJK_DAY: Final = re.compile(
    r"(?:\S{0,12}?)(?:\d{4}\s?[年년]\s?)?\d\d?\s?[月월]\s?\d\d?\s?[日號号일]"
    r"(?P<news>\s?(?:快[讯訊]|[晚早上下中午凌晨间間]{0,4}(?:消息|[讯訊电電])|\S{0,8}?(?:报道|報道|報導)))?"
    r"\s?[,，:：.。、 丨｜|]"
)
_NUMBERED_DAY: Final = re.compile(
    r"(?<!\d)(?:(\d\d?)(?:st|nd|rd|th|er|º|\.)?[\s-](?:de\s|of\s)?([^\W\d_]{3,12})|([^\W\d_]{3,12})\.?\s(\d\d?)(?!\d))"
)
_WIRE: Final = re.compile(r"^.{0,60}?[(/（【]\s?([^\W\d_][^()（）/]{1,30})[)/）】]\s{0,2}(?:\s?\.?[-–—:]|\.\s)")
_WIRE_END: Final = re.compile(r"[)/）】]\s{0,2}(?:\s?\.?[-–—:]|\.\s)")
_MAX_WIRE: Final = 100  # characters within which it ends
_REPORTER: Final = re.compile(
    r"[据據]?([\u3400-\u9fffA-Za-z]{2,10}?)(?:记者|記者)?(?:报道|報道|報導|[讯訊电電])[,，:：]"
)
_SMALL: Final = frozenset(
    {"dpa", "ritzau"}
)  # agencies that are written without capitals; other such words are ordinary ones
_MAX_PLACE: Final = 40
_PLACE: Final = re.compile(r"[^\W\d_a-z][^()a-z]{2,30}\s?\(([^\W\d_][\w .]{1,20})\)\s?[-–—]")
_BRACKETED: Final = re.compile(r"[(（\[［【/](?P<inner>[^()（）\[\]［］【】/]{2,28})[)）\]］】/]\s?")
_CJK_WIRE: Final = re.compile(r"[\u3040-\u9fff]{2,8}?社[\u3400-\u9fff]{0,10}\s?(?:\d\d?月)?(?:\d\d?日)?[电電讯訊]\s?")
_OUTLET: Final = re.compile(
    r"(?P<name>(?![据據])(?:[^\W\d_]|[.·]){2,12}(?:\s[A-Za-z][\w.]{1,11}){0,2}?)\s?"
    r"(?:\d\d?\s?月\s?\d\d?\s?日\s?(?:消息|快?[讯訊]|[电電]|[获獲]悉|[丨｜|])|(?:消息|快?[讯訊]|[获獲]悉)[,，:：\s])"
)
"""A name before `news` or `learnt`, as feeds open each brief: `ChainCatcher 消息，`, `格隆汇4月26日丨`."""
_OUTLET_END: Final = re.compile("[息讯訊悉电電丨｜|]")
_LATIN: Final = re.compile("[A-Za-z]{3}")
_PLACED: Final = re.compile(
    r"(?P<place>[^\W\d_][^\d()（）:：.!?]{1,28}?)\s[-–—]\s?(?P<name>[^\W\d_][^:：!?،,]{1,24}?)\s?[:：]\s"
)
"""Place and agency before a colon: `القاهرة – أ ش أ: …`."""
_DASHED: Final = re.compile(
    r"(?P<place>[^\W\d_][^\d()（）\[\]|:：!?。]{1,32}?)[,.]\s"
    r"(?P<rest>[^()（）\[\]|:：!?。]{3,32}?)\s?[-–—]{1,2}\s"
)
"""Place and day, or these and an agency without brackets, before a dash: `МОСКВА, 28 мая — …`."""
_NAMED_BRACKET: Final = re.compile(
    r"(?P<place>[^\W\d_][^\d()（）]{1,30}?)\s\((?P<rest>[^\W\d_][^()]{1,30})\)\s?[-–—]{1,2}\s"
)
_MIN_PLACED: Final = 6
_BRACKETS: Final = frozenset("(（[［【/")
_MAX_DASHED: Final = 64
_NUMERAL: Final = re.compile(r"\d")
_BRACKET: Final = re.compile(r"[(/（【]")
_ANY_SIGN: Final = re.compile(r"[\d(/（【\[［]")
_SITED: Final = re.compile(r"(?P<town>[^\W\d_][\w'’]{1,15}(?:[ -][^\W\d_][\w'’]{1,15})?)\s[–—-]\s(?=\w)")
"""A place alone before a dash and a sentence: `Szeged – Két új …`."""
_MAX_SITED: Final = 40
_DIGITS: Final = frozenset("0123456789")
_MAX_DAY: Final = 4  # characters before the day
_LAST_DAY: Final = 31


class Opening(NamedTuple):
    """The opening of a news report.

    weight: log-odds that this is a flash. name: of the evidence. source: the agency named, None if there is none.
    """

    weight: float
    name: str
    source: str | None


NOTHING: Final = Opening(0.0, "", None)
WIRES: Final = frozenset({"dateline", "wire"})
"""Openings that hardly any paragraph inside an essay has."""
_DATELINE: Final = 3.0
_REPORT: Final = 1.2
_PLACED_ONLY: Final = 0.9


def most_of_opening(text: str) -> float:
    """The maximum weight of a text's opening, with or without a headline before it; a cheap bound."""
    if text[0] > FIRST_WIDE or _ANY_SIGN.search(text, 0, MAX_HEADLINE + _WINDOW):
        return _DATELINE
    return _REPORT


def has_dateline(text: str, start: int, vocabulary: Vocabulary) -> bool:
    """Whether place, day or both, and an agency in brackets are at `start`; does not search for agency names."""
    lead = text[start : start + _WINDOW]
    return _WIRE.match(lead) is not None and _has_day(lead, vocabulary)


def may_be_wired(text: str) -> bool:
    """Whether the text may begin with place and agency, or place and day; cheap, since every block is tested."""
    bracket = text.find("(", 2, _MAX_PLACE)
    if bracket < 0 and not text.isascii():
        bracket = text.find("（", 2, _MAX_PLACE)
        if text[0] > FIRST_WIDE and _CJK_WIRE.match(text) is not None:
            return True
        if (
            (text[0] > FIRST_WIDE or text[0].isascii())
            and _OUTLET_END.search(text, 2, _MAX_PLACE) is not None
            and _OUTLET.match(text) is not None
        ):
            return True
    if bracket < 0:
        bracket = text.find("/", 2, _MAX_PLACE)
    if bracket > 0 and _WIRE_END.search(text, bracket, _MAX_WIRE) is not None and _WIRE.match(text) is not None:
        return True
    if text[0] in _BRACKETS:
        return _BRACKETED.match(text) is not None
    if not _has_dash(text):
        return False
    comma = text.find(", ", 2, _MAX_PLACE)
    named = comma > 0 and text[comma + 2 : comma + 3].isupper()
    if named or _NUMERAL.search(text, 3, _MAX_PLACE) is not None:
        return _DASHED.match(text, 0, _MAX_DASHED) is not None or is_placed(text)
    return is_placed(text)


def _has_dash(text: str) -> bool:
    """Whether there is a dash where that of a dateline is; finding one costs less than matching a pattern."""
    if text.find("-", 0, _MAX_DASHED) >= 0:
        return True
    return not text.isascii() and (text.find("—", 0, _MAX_DASHED) >= 0 or text.find("–", 0, _MAX_DASHED) >= 0)


def may_be_placed(text: str) -> bool:
    """Whether the text begins with a place alone, or a day alone in a script without spaces."""
    if text[0] in _DIGITS:
        return text.find("月", 1, _MAX_DAY) > 0 and _CJK_DAY.match(text) is not None  # `4月12日，`
    return _is_sited(text)


def _is_sited(text: str) -> bool:
    """Whether a name and nothing else stands before a dash and the beginning of a sentence."""
    if text.find(" - ", 2, _MAX_SITED) < 0 and (
        text.isascii() or (text.find(" – ", 2, _MAX_SITED) < 0 and text.find(" — ", 2, _MAX_SITED) < 0)
    ):
        return False
    hit = _SITED.match(text, 0, _MAX_SITED)
    return hit is not None and not (hit["town"][0].islower() or text[hit.end()].islower())


def is_placed(text: str) -> bool:
    """Whether place and a name may stand before a colon."""
    colon = text.find(":", _MIN_PLACED, _MAX_DASHED) > 0
    return colon and _PLACED.match(text, 0, _MAX_DASHED) is not None


def read_dateline(text: str, vocabulary: Vocabulary) -> Opening:
    """The opening with place, day and agency, in any of their forms; NOTHING if there is none."""
    lead = text[:_MAX_DASHED]
    if (wire := _CJK_WIRE.match(lead)) is not None:
        source = name_source(wire[0], vocabulary)
        return Opening(3.0, "dateline", source) if source is not None or _NUMERAL.search(wire[0]) else NOTHING
    if lead[0] in _BRACKETS:
        hit = _BRACKETED.match(lead)
        source = name_source(hit["inner"], vocabulary) if hit else None
        return NOTHING if source is None else Opening(2.0, "wire", source)
    if (outlet := _OUTLET.match(lead)) is not None:
        return _of_outlet(outlet, vocabulary)
    hit = _DASHED.match(lead)
    if hit is None:
        hit = _PLACED.match(lead)
        source = name_source(hit["name"], vocabulary) if hit else None
        return NOTHING if source is None else Opening(2.0, "wire", source)
    if hit["place"][0].islower():
        return NOTHING
    source = name_source(lead, vocabulary)
    if not _has_day(hit["rest"], vocabulary):
        named = name_source(hit["rest"], vocabulary)
        return NOTHING if named is None or not hit["rest"].startswith(named) else Opening(2.0, "wire", hit["rest"])
    if hit["place"].isupper() or source is not None:
        return Opening(3.0, "dateline", source)
    return Opening(1.0, "dated_opening", None)


def dateline_names(text: str) -> tuple[str, str]:
    """The two names, place and outlet in either order, that the text begins with before a dash; "" if there are none.

    `JAKARTA, Harian Pesisir – …`, `Jakarta (Harian Pesisir) - …`
    """
    lead = text[:_MAX_DASHED]
    hit = _DASHED.match(lead) or _NAMED_BRACKET.match(lead)
    if hit is None or _NUMERAL.search(hit[0]) or not (hit["place"][0].isupper() and hit["rest"][0].isupper()):
        return "", ""
    return hit["place"], hit["rest"].rstrip()


def _of_outlet(hit: re.Match[str], vocabulary: Vocabulary) -> Opening:
    """The opening with the name of an outlet; without a day, only a known or a Latin name is told from other words."""
    name = hit["name"]
    source = name_source(name, vocabulary)
    if _NUMERAL.search(hit[0], len(name)) is not None:
        return Opening(_DATELINE, "dateline", source or name)
    return Opening(2.0, "wire", source or name) if source or _LATIN.search(name) else NOTHING


def read_opening(text: str, start: int, vocabulary: Vocabulary) -> Opening:
    """The news opening at `start`; NOTHING for an ordinary one."""
    lead = text[start : start + _WINDOW]
    reporter = None if lead.isascii() else _REPORTER.match(lead)
    source = name_source(lead, vocabulary) or (reporter[1] if reporter else None)
    wide = not lead.isascii()
    named = wide and start == 0 and (_CJK_WIRE.match(lead) or _OUTLET.match(lead))
    if named and (written := read_dateline(text, vocabulary)) is not NOTHING:
        return written
    day = _CJK_DAY.match(lead) if wide else None
    if day is not None:
        return Opening(2.2 if day["news"] else 1.0, "dated_opening", source)
    dated = _has_day(lead, vocabulary)
    if _BRACKET.search(lead) and (wire := _WIRE.match(lead)):
        source = source or name_source(wire[1], vocabulary)  # `(EFE).-`
        if dated:
            return Opening(_DATELINE, "dateline", source)
        place = _PLACE.match(lead)
        if source is not None or place:
            return Opening(2.0, "wire", source or (place[1] if place else None))
    elif start == 0 and may_be_wired(text) and (written := read_dateline(text, vocabulary)) is not NOTHING:
        return written
    report = vocabulary.reports.search(lead)
    if reporter or (report is not None and report.start <= 12):  # noqa: PLR2004 - an opening, not a mention
        return Opening(_REPORT, "report", source)
    if start == 0 and _is_sited(text):
        return Opening(_PLACED_ONLY, "placed_opening", source)
    if dated or source is not None:
        return Opening(0.5, "dated_opening" if dated else "agency", source)
    return NOTHING


def name_source(text: str, vocabulary: Vocabulary) -> str | None:
    """The first agency that a flash names, as written."""
    found = vocabulary.agencies.search(text.replace("'", " ").replace("’", " "))  # `l'AFP` names AFP
    if found is None:
        return None
    name = text[found.start : found.end]
    if is_wide(name):  # in scripts without spaces, `news agency Reuters` contains Reuters
        inner = vocabulary.agencies.search(name[1:])
        name = name[1 + inner.start :] if inner is not None and 1 + inner.end == len(name) else name
    return None if name.islower() and name not in _SMALL else name


def _has_day(lead: str, vocabulary: Vocabulary) -> bool:
    """Whether there is a day with a month's name, in any known language."""
    if _NUMERAL.search(lead) is None:
        return False
    for hit in _NUMBERED_DAY.finditer(lead):
        day, name, month, number = hit.groups()
        if (name or month).casefold() in vocabulary.months and 0 < int(day or number) <= _LAST_DAY:
            return True
    return False
