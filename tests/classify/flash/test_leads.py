"""A time that opens a block is read in every form portals use; hours and scores that a sentence opens with are none."""

from __future__ import annotations

import pytest

from declutter.classify.flash.leads import find_lead

TEXT = "Two boats were ordered."


@pytest.mark.parametrize(
    ("written", "published"),
    {
        "2023-05-28T09:47:25Z ": "2023-05-28T09:47:25Z",
        "2023-05-28 09:47 ": "2023-05-28T09:47:00",
        "[28.05.2023 09:47] ": "2023-05-28T09:47:00",
        "[28.05.2023 09:47 Uhr] ": "2023-05-28T09:47:00",
        "[28 พ.ค. 2566 09.47 น.] ": "2023-05-28T09:47:00",
        "● 2023年5月28日 09:47 ": "2023-05-28T09:47:00",
        "28 Mayıs 2023 09:47 | ": "2023-05-28T09:47:00",
        "09:47 ": None,
        "09:47 Uhr: ": None,
        "9h47 ": None,
        "09h47 – ": None,
        "[05-28 09:47] ": None,
        "28 мая, 09:47. ": None,
        "5分钟前 | ": None,
        "3 minutes ago | ": None,
    }.items(),
)
def test_a_time_that_opens_a_block_is_read_with_where_the_text_begins(written: str, published: str | None) -> None:
    lead = find_lead(written + TEXT)

    assert lead is not None
    assert (lead.published, (written + TEXT)[lead.end :].lstrip(". ")) == (published, TEXT)


@pytest.mark.parametrize(
    "text",
    [
        "09:00-12:00 the office is open to the public",
        "2023-05-28 was the day on which two boats were ordered",
        "3:1 was the score when the rain began",
        "1. e4 c5 2. Nf3 d6 3. d4 cxd4",
        "14:30h",
        "[28.05.2023 09:47 when the boats were ordered] the office was open to the public",
        "6:50pm in Norburg, Wednesday 11 January 2012",
        "Two boats were ordered at 09:47 on the quay",
    ],
)
def test_hours_days_and_scores_that_open_a_sentence_are_no_stamp(text: str) -> None:
    assert find_lead(text) is None
