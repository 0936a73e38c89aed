"""Dates and times as pages write them, in many languages and calendars, as ISO 8601 text.

`find_dates` finds dates that name their year; `declutter.dates.recent` completes those that don't from the
day of reading.
"""

from __future__ import annotations

from declutter.dates.written import FoundDate, find_dates, is_placeholder, parse_date

__all__ = ["FoundDate", "find_dates", "is_placeholder", "parse_date"]
