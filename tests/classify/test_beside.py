"""Lines beside the byline: counts and share words leave the essay; days of a diary and datelines do not."""

from __future__ import annotations

import pytest

import declutter
from declutter import Label

_TEXT = "The ferry left the quay at noon with eleven people, two goats and a piano that nobody claimed as their own."


def _labels(header: str, *paragraphs: str) -> dict[str, Label]:
    body = "".join(f'<p class="z1">{text}</p>' for text in paragraphs)
    html = f'<title>A piano at sea</title><div class="a1"><h1>A piano at sea</h1>{header}{body}</div>'
    return {block.text: block.label for block in declutter.extract(html).blocks}


def test_counts_and_share_words_beside_the_byline_are_no_part_of_the_essay() -> None:
    header = '<div class="q1">By Jane Roe</div><div class="q2">May 3, 2024</div><div class="q3">312</div>'

    labels = _labels(header + '<div class="q4">Copy link</div>', _TEXT, _TEXT + " It rained.", _TEXT + " It stopped.")

    assert Label.BODY not in {labels["312"], labels["Copy link"], labels["May 3, 2024"]}
    assert labels[_TEXT] is Label.BODY


def test_the_days_of_a_diary_below_the_headline_are_its_text() -> None:
    days = [f"{day} May 2024 fog, and the piano sounds of it" for day in range(3, 9)]

    labels = _labels("", _TEXT, *days, _TEXT + " It rained.")

    assert {labels[day] for day in days[1:]} == {Label.BODY}


@pytest.mark.parametrize(
    "byline",
    [
        "Jane Roe 16-07-21, 17:30",
        "Jane Roe 14:05, 06 Jul 21",
        "Jane Roe | 03/05/2022 - 07:00h.",
        "Jane Roe, 14.10.2021.",
    ],
)
def test_a_byline_with_a_short_year_or_a_full_stop_behind_the_time_is_no_part_of_the_essay(byline: str) -> None:
    labels = _labels(f'<div class="q1">{byline}</div>', _TEXT, _TEXT + " It rained.", _TEXT + " It stopped.")

    assert (Label.META, Label.BODY) == (labels[byline], labels[_TEXT])


def test_a_version_below_the_headline_is_no_date() -> None:
    labels = _labels('<p class="z1">The piano is at release 2.10.3.14 of its tuning</p>', _TEXT, _TEXT + " It rained.")

    assert labels["The piano is at release 2.10.3.14 of its tuning"] is not Label.META


@pytest.mark.parametrize("byline", ["(AFP) – 2 days ago", "邱文婷／台北報導", "晨光新聞／邱文婷", "[16:30/28.11.2011]"])
def test_an_agency_before_an_age_and_a_name_before_a_reporting_place_are_no_part_of_the_essay(byline: str) -> None:
    labels = _labels(f'<p class="z1">{byline}</p>', _TEXT, _TEXT + " It rained.", _TEXT + " It stopped.")

    assert (Label.META, Label.BODY) == (labels[byline], labels[_TEXT])
