"""The dates of one line near the headline."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final, NamedTuple

from declutter.dates import FoundDate, find_dates, parse_date
from declutter.dates.calendars import with_full_years
from declutter.dates.recent import find_recent
from declutter.dates.zones import in_region
from declutter.metadata.candidates import Findings
from declutter.metadata.forms import named_by
from declutter.metadata.leads import date_section, stands_alone
from declutter.metadata.people import without_weekday
from declutter.model import Block, Label
from declutter.vocabulary import vocabulary

BESIDE: Final = 3
"""Blocks from the headline within which a line without a lead word is read."""
REMOTENESS: Final = 0.004
"""Subtracted from a confidence per block of distance from the headline; only breaks ties."""

_MAX_LEAD: Final = 40  # longest text before a date with a lead word, in characters; longer ones are sentences
_MONTH: Final = 0.45  # confidences, set by hand
_RECENT: Final = 0.4
_MASTHEAD: Final = 0.5  # often the day of reading
_DOUBT_IN_ESSAY: Final = 0.2  # subtracted for a date in the essay
_DOUBT_IN_SENTENCE: Final = 0.05  # subtracted for a date that a sentence mentions
_TO_THE_MONTH: Final = len("2024-05")
_MAX_MONTH: Final = len("septiembre de 2016")
_MAX_SHORT_DATES: Final = 2  # published and updated
_KINDS: Final = ("published", "updated")
_FURNITURE: Final = frozenset({Label.META, Label.CHROME, Label.TAGS, Label.PROMO})
_BODY, _RELATED, _CHROME = Label.BODY, Label.RELATED, Label.CHROME  # see Label
_NUMBER: Final = re.compile(r"[\d年]")  # without either there is no date
_SHORT_DATE: Final = re.compile(
    r"(?<![\w./-])\d\d?([./-])\d\d?\1\d\d(?![\w/-])(?:(?: at)?,?(?: [|•·–-])? \d\d?[:.]\d\d ?(?:[ap]m)?)?",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"[.。!！?？…][\"'”’»」)]?$")


class Reading(NamedTuple):
    """How to read a page's lines. `day_first` decides `4/5/2021`; `as_of`, the day of reading, completes `12 March`;
    `region`, a country's code, decides whose time `IST` is; `by`, words before an author's name in the page's language.
    """

    day_first: bool | None
    as_of: str | None = None
    region: str | None = None
    by: frozenset[str] = frozenset()


class Place(NamedTuple):
    """Where a line stands: its distance from the headline in blocks, negative above it; the sections of the cue words
    that are the line before; and whether the next line is a date.
    """

    distance: int
    announced: frozenset[str] = frozenset()
    is_dated: bool = False


def read_dates(block: Block, text: str, findings: Findings, reading: Reading, place: Place) -> list[str]:
    """Add the dates of a line near the headline. Returns the text before, between and after them."""
    distance = place.distance
    remoteness = REMOTENESS * abs(distance)
    is_byline = named_by(text) is not None
    is_header = is_byline or block.label in _FURNITURE
    # Release dates and programme dates in the essay have the same lead words, but are further from the headline.
    doubt = remoteness if block.label is not _BODY or abs(distance) <= BESIDE else _DOUBT_IN_ESSAY
    last = 0
    rest: list[str] = []
    is_dated = _NUMBER.search(text) is not None
    dates = _full_dates(text, reading) if is_dated else []
    may_be_month = is_dated and not dates
    if may_be_month and is_header and abs(distance) <= BESIDE and (alone := _month_alone(text)):
        findings.add("published", alone, "line by the headline", _MONTH)
        return [""]
    if may_be_month and (month := _month_after_lead(text)):
        findings.add("modified" if month[0] == "updated" else "published", month[1], "byline", _MONTH)
        return [""]
    if not dates and reading.as_of and (recent := find_recent(text, as_of=reading.as_of)):
        return _read_recent(text, recent, findings)
    for start, end, said in dates:
        before = text[last:start]
        last = end
        date = in_region(text[start:end], said, reading.region)
        section, lead = date_section(before, text[start:end])
        if section is None and not rest:
            section = next((kind for kind in _KINDS if kind in place.announced), None)
        rest.append(without_weekday(before[: len(before) - lead]))
        if section == "updated":
            findings.add("modified", date, "byline", 0.85 - doubt)
        elif section == "published":
            mentioned = _DOUBT_IN_SENTENCE if len(before) > _MAX_LEAD else 0.0
            findings.add("published", date, "byline", 0.88 - doubt - mentioned)
        elif distance < 0 and block.label is _CHROME and not is_byline:
            findings.add("published", date, "line above the headline", _MASTHEAD - remoteness)
        elif (
            is_header
            or (block.label is not _RELATED and stands_alone(text, start, end))
            or (0 < distance <= BESIDE and "T" in date and not _SENTENCE_END.search(text))
        ):
            findings.add("published", date, "line by the headline", (0.82 if is_byline else 0.78) - remoteness)
    return [*rest, text[last:]]


def _full_dates(text: str, reading: Reading) -> list[FoundDate]:
    """The dates of a line that give the day."""
    return (
        find_dates(text, day_first=reading.day_first)
        or _short_date(text, day_first=reading.day_first)
        or _local_dates(text)
    )


def _month_after_lead(text: str) -> tuple[str, str] | None:
    """The kind of date and the month: `Published: May 2024`, `Last updated: June 2022`."""
    for cue in vocabulary().find(text) if len(text) <= _MAX_LEAD else ():
        if cue.position == "lead" and cue.section in ("published", "updated"):
            date = parse_date(cue.behind(text))
            return (cue.section, date) if date and len(date) == _TO_THE_MONTH else None
    return None


def _month_alone(text: str) -> str | None:
    """The month of a line that is only a month, as magazines write it: `September 2016`."""
    if len(text) > _MAX_MONTH or not any(char.isalpha() for char in text):
        return None
    date = parse_date(text)
    return date if date and len(date) == _TO_THE_MONTH else None


def _read_recent(text: str, recent: FoundDate, findings: Findings) -> list[str]:
    """Add a date that the day of reading completes. Returns the text before and after it."""
    before = text[: recent.start]
    section, lead = date_section(before, text[recent.start : recent.end])
    if section == "updated":
        findings.add("modified", recent.date, "date without year", _RECENT)
    elif section == "published" or stands_alone(text, recent.start, recent.end):
        findings.add("published", recent.date, "date without year", _RECENT)
    else:
        return [text]
    return [before[: len(before) - lead], text[recent.end :]]


def _short_date(text: str, *, day_first: bool | None) -> list[FoundDate]:
    """The dates of a line with two-digit years: `16.01.12` or `Published on 12/01/12 at 09:49am`."""
    found = []
    for match in islice(_SHORT_DATE.finditer(text), _MAX_SHORT_DATES):
        date = parse_date(match[0], day_first=day_first)
        if date and (date_section(text[: match.start()], match[0])[0] or match[0] == text):
            found.append(FoundDate(match.start(), match.end(), date))
    return found


def _local_dates(text: str) -> list[FoundDate]:
    """The dates of a line that shortens the years of its calendar: `111/10/05` behind Chinese words, `5 ต.ค. 64`."""
    written = "" if text.isascii() else with_full_years(text)
    if not written:
        return []
    grown = len(written) - len(text)
    return [found._replace(end=found.end - grown) for found in find_dates(written)[:1]]
