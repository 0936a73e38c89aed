"""Dates that the day of reading completes: without a year, or told by how long ago they were."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declutter.dates.recent import find_recent

READ_ON = "2024-03-20T10:00:00Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("12 March", "2024-03-12"),
        ("March 12th, 9:10", "2024-03-12"),
        ("Published 12 March, 9:10", "2024-03-12"),
        ("12 de marzo", "2024-03-12"),
        ("12. März, 9:10 Uhr", "2024-03-12"),
        ("3月12日 09:10", "2024-03-12"),
        ("3월 12일", "2024-03-12"),
        ("发布于 03-12 09:10", "2024-03-12"),
        ("21 March", "2024-03-21"),
        ("22 March", "2023-03-22"),
        ("December 12", "2023-12-12"),
        ("29 February", "2024-02-29"),
    ],
)
def test_a_day_without_a_year_was_in_the_year_that_had_it_last(text: str, expected: str) -> None:
    found = find_recent(text, as_of=READ_ON)

    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2 days ago", "2024-03-18"),
        ("35 mins ago", "2024-03-20"),
        ("vor 2 Tagen", "2024-03-18"),
        ("il y a 2 jours", "2024-03-18"),
        ("hace 2 días", "2024-03-18"),
        ("2 giorni fa", "2024-03-18"),
        ("2 dni temu", "2024-03-18"),
        ("2 дня назад", "2024-03-18"),
        ("πριν 2 ημέρες", "2024-03-18"),
        ("2 gün önce", "2024-03-18"),
        ("2天前", "2024-03-18"),
        ("2日前", "2024-03-18"),
        ("2일 전", "2024-03-18"),
        ("2 วันที่แล้ว", "2024-03-18"),
        ("2 ngày trước", "2024-03-18"),
        ("pred 2 dňami", "2024-03-18"),
        ("לפני 2 ימים", "2024-03-18"),
        ("1 week ago", "2024-03-13"),
        ("Yesterday at 9:10", "2024-03-19"),
        ("昨天 09:10", "2024-03-19"),
        ("Сегодня, 10:30", "2024-03-20"),
    ],
)
def test_how_long_ago_gives_the_day(text: str, expected: str) -> None:
    found = find_recent(text, as_of=READ_ON)

    assert found is not None
    assert found.date == expected


@pytest.mark.parametrize(
    "text",
    ["12 March 2024", "March 12, 2019", "5 min read", "USA Today 9:10", "30 February", "2 years ago", "3 h", "Part 2"],
)
def test_a_full_date_a_length_and_a_name_are_none(text: str) -> None:
    assert find_recent(text, as_of=READ_ON) is None


def test_a_moment_that_is_none_completes_nothing() -> None:
    assert find_recent("12 March", as_of="soon") is None


@given(st.text(max_size=60))
def test_any_line_gives_a_day_or_none(text: str) -> None:
    found = find_recent(f"{text} 2 days ago 3月1日", as_of=READ_ON)

    assert found is None or len(found.date) == len("2024-03-20")
