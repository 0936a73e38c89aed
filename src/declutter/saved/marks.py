"""The comment in which a browser says where it saved a page from, and when.

Chrome, Edge and Internet Explorer ("Webpage, Complete"): `<!-- saved from url=(0020)https://example.org/ -->`, the
"mark of the web". SingleFile: lines `url: …` and `saved date: …`.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from declutter.saved.resource import address_of

_HEAD: Final = 8192
_BEFORE: Final = r"\s*+(?:<\?[^>]*+>\s*+|<!doctype[^>]*+>\s*+|<html(?=[\s>])[^>]*+>\s*+|<head>\s*+)*+<!--\s*+"
_SAVED: Final = re.compile(_BEFORE + r"saved from url=\(\d++\)(\S++)\s*+-->", re.IGNORECASE)
_SINGLE_FILE: Final = re.compile(_BEFORE + r"Page saved with SingleFile\s(?:[^>-]|-(?!->))*+-->", re.IGNORECASE)
_URL: Final = re.compile(r"^[ \t]*+url:[ \t]*+(\S++)", re.MULTILINE)
_DATE: Final = re.compile(r"^[ \t]*+saved date:[ \t]*+[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d\d) (20\d\d) ", re.MULTILINE)
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class Mark(NamedTuple):
    """What a page says of its saving. url: where it was. saved_at: the day, ISO 8601. None for what it does not say."""

    url: str | None = None
    saved_at: str | None = None


_NONE: Final = Mark()


def mark_in(text: str) -> Mark:
    """What the comment at the beginning of a page says of its saving."""
    if match := _SAVED.match(text, 0, _HEAD):
        return Mark(address_of(match[1]))
    if match := _SINGLE_FILE.match(text, 0, _HEAD):
        url, date = _URL.search(match[0]), _DATE.search(match[0])
        return Mark(address_of(url[1]) if url else None, _day(date) if date else None)
    return _NONE


def _day(date: re.Match[str]) -> str | None:
    month, day, year = date.groups()
    return f"{year}-{_MONTHS.index(month) + 1:02}-{day}" if month in _MONTHS else None
