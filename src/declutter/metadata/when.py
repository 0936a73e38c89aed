"""The article's dates, chosen from the candidates: published, first published, modified."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial
from typing import Final, NamedTuple

from declutter.dates import find_dates, is_placeholder, parse_date
from declutter.metadata.candidates import Candidate, Findings
from declutter.model import Block

SHOWN: Final = frozenset({"byline", "line by the headline"})
"""Sources that readers see beside the headline."""

_SEARCH_ENGINES: Final = ("json-ld", "datepublished")  # sources (their beginnings) that only search engines read
_MACHINES: Final = (*_SEARCH_ENGINES, "article:published", "og:article:published")
_LED: Final = 0.6  # confidence of a page line with a lead word
_ONE_DATE: Final = {"byline", "page line", "json-ld", "time"}
_ONE_DATE_DOUBT: Final = 0.35
_DAYS: Final = 1  # a difference of one day is usually a time zone's
_REWRITTEN: Final = 30  # days between publishing and an update from which on the text is taken for another one
_MAX_LINE: Final = 120  # characters of a line that may show a date
_MIDNIGHT: Final = "T00:00"  # stands for no time
_ZONE: Final = re.compile(r"T[^T]*?(Z|[+-]\d\d:\d\d)$")
_OF_PAGE: Final = 0.7  # lower confidences may be dates of teasers
_WEST: Final = "12:00"  # before this time in UTC, the previous day is not over on Baker Island (UTC-12)
_FULL_DAY: Final = 10  # characters of an ISO date
_TO_THE_MINUTE: Final = len("2024-05-28T09:47")


class Dates(NamedTuple):
    """The article's dates, each with its source.

    first_published: the declared date of publishing, if `published` is a later one that the page shows instead.
    """

    published: Candidate | None
    first_published: Candidate | None
    modified: Candidate | None


def choose_dates(findings: Findings, blocks: Sequence[Block], as_of: str | None, *, day_first: bool) -> Dates:
    """Choose the dates. If the page gives only that of an update, it is also the date of publishing.

    Sites tell search engines when an article that they have rewritten since was first published. A later date that
    readers are shown is then that of the text: with a lead word such as `Published`, bare (on the development set the
    gold has it on 6 of 6 pages), or that of an update (14 of 16). If `article:published_time` too says the earlier
    date, the gold has that one on most pages, whatever is shown.

    blocks: the article's, without those of the listing below it. as_of: when the page was fetched; later dates are
    placeholders.
    """
    best = partial(_date, as_of=as_of, day_first=day_first)
    given, updates = findings.all("published"), findings.all("modified")
    beside = [candidate for candidate in given if candidate.source in SHOWN]
    below = [candidate for candidate in given if candidate.source == "page line" and candidate.confidence >= _LED]
    published = best(given)
    for lines in (beside, below):  # `originally published on` is usually below the article
        published = _earlier(published, best(lines))
    published = _told_better(published, given)
    modified = _told_better(best(updates), updates)
    if published is None and modified is not None and modified.source in _ONE_DATE:
        published = Candidate(modified.value, f"{modified.source} (modified)", modified.confidence - _ONE_DATE_DOUBT)
    told = best(candidate for candidate in (*beside, *below) if candidate.source != "line by the headline")
    updated = best(candidate for candidate in updates if candidate.source in SHOWN)
    if updated is not None:
        doubted = updated.confidence - _ONE_DATE_DOUBT
        updated = Candidate(updated.value, f"{updated.source} (modified)", doubted)
    for shown, unseen, days in (
        (told, _MACHINES, _DAYS),
        (best(beside), _SEARCH_ENGINES, _DAYS),
        (updated, _SEARCH_ENGINES, _REWRITTEN),
    ):
        if published is None or shown is None or not published.source.startswith(unseen):
            continue
        if _days_between(published, shown) > days and not _is_confirmed(
            published, [other for other in given if not other.source.startswith(unseen)], blocks, day_first=day_first
        ):
            return Dates(shown, published, modified)
    return Dates(published, None, modified)


def _days_between(first: Candidate, second: Candidate) -> int:
    """Days from the first date to the second. 0 if a month is all that one of them says, or if they only differ in the
    order of day and month.
    """
    one, other = first.value[:_FULL_DAY], second.value[:_FULL_DAY]
    if len(one) < _FULL_DAY or len(other) < _FULL_DAY or other == f"{one[:4]}-{one[8:]}-{one[5:7]}":
        return 0
    return (date.fromisoformat(other) - date.fromisoformat(one)).days


def _is_confirmed(
    declared: Candidate, others: Sequence[Candidate], blocks: Sequence[Block], *, day_first: bool
) -> bool:
    """Whether one of the other sources has the declared day, or a line of the page shows it."""
    day = declared.value[:_FULL_DAY]
    return any((parse_date(other.value, day_first=day_first) or "").startswith(day) for other in others) or any(
        found.date.startswith(day)
        for block in blocks
        if len(block.text) <= _MAX_LINE and day[:4] in block.text
        for found in find_dates(block.text, day_first=day_first)
    )


def _told_better(chosen: Candidate | None, candidates: Sequence[Candidate]) -> Candidate | None:
    """The chosen date as another source completes it: a day with its time, or a time of day with its zone."""
    if chosen is None or len(chosen.value) < _FULL_DAY or _ZONE.search(chosen.value):
        return chosen
    for other in candidates:
        written = parse_date(other.value) or "" if other.confidence >= _OF_PAGE else ""
        is_more = len(written) > len(chosen.value) and written.startswith(chosen.value)
        if is_more and written[_FULL_DAY:][:6] != _MIDNIGHT:
            return Candidate(written, other.source, chosen.confidence)
        zone = _ZONE.search(written) if written[:_TO_THE_MINUTE] == chosen.value[:_TO_THE_MINUTE] else None
        if zone:  # the other has no seconds
            return Candidate(chosen.value + zone[1], chosen.source, chosen.confidence)
    return chosen


def _earlier(declared: Candidate | None, shown: Candidate | None) -> Candidate | None:
    """The date shown beside the headline if it is days older than the declared one, which is often that of an import.

    Right on 9 of 13 such pages of the development set. A difference of one day is usually a time zone's.
    """
    if declared is None or shown is None or min(len(declared.value), len(shown.value)) < _FULL_DAY:
        return declared or shown
    gap = date.fromisoformat(declared.value[:_FULL_DAY]) - date.fromisoformat(shown.value[:_FULL_DAY])
    return shown if gap.days > 1 or (gap.days == 1 and not _may_be_day_before(declared.value)) else declared


def _may_be_day_before(moment: str) -> bool:
    """Whether it may still have been the previous day somewhere on Earth; True for a time without a zone."""
    if "T" not in moment or not moment.endswith("Z"):
        return True
    return moment[_FULL_DAY + 1 :] < _WEST


def _date(candidates: Iterable[Candidate], as_of: str | None, *, day_first: bool) -> Candidate | None:
    for candidate in sorted(candidates, key=lambda c: -c.confidence):
        written = parse_date(candidate.value, day_first=day_first)
        if written and not is_placeholder(written, as_of=as_of):
            return Candidate(written, candidate.source, candidate.confidence)
    return None
