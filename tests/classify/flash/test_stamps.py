"""A stamp that closes a block is read in every form portals use, and a date that belongs to a sentence is none."""

from __future__ import annotations

import pytest

from declutter.classify.flash.stamps import find_stamp, find_tail
from declutter.classify.flash.weighing import stamp_reasons

MOMENT = {
    "[2023/5/28 9:47:25]": "2023-05-28T09:47:25",
    "[2018/6/7]": "2018-06-07",
    "[4/27/2021 12:48:57 PM]": "2021-04-27T12:48:57",
    "[5/28/2023 9:47 PM]": "2023-05-28T21:47:00",
    "(2023-05-28 09:47)": "2023-05-28T09:47:00",
    "（2023年5月28日 09:47）": "2023-05-28T09:47:00",
    "【2023年5月28日9時47分】": "2023-05-28T09:47:00",
    "[2023년 5월 28일 오후 9:47]": "2023-05-28T21:47:00",
    "2023.05.28 09:47": "2023-05-28T09:47:00",
    "28.05.2023, 09:47 Uhr": "2023-05-28T09:47:00",
    "(28 May 2023, 09:47)": "2023-05-28T09:47:00",
    "[28 мая 2023 г., 09:47]": "2023-05-28T09:47:00",
    "[28.05.23 09:47]": "2023-05-28T09:47:00",
    "[Sunday, May 28, 2023 9:47 PM EDT]": "2023-05-28T21:47:00-04:00",
    "[2023-05-28T09:47:25Z]": "2023-05-28T09:47:25Z",
    "/PAP, 28.05.2023/": "2023-05-28",
    "28/05/2023 | 09:47 (GMT+7)": "2023-05-28T09:47:00+07:00",
    "28 May 2023, 09:47 (UTC)": "2023-05-28T09:47:00Z",
}


@pytest.mark.parametrize(("written", "published"), MOMENT.items(), ids=list(MOMENT))
def test_a_closing_stamp_is_read_with_its_place(written: str, published: str) -> None:
    stamp = find_stamp(f"Two boats were ordered. {written}")

    assert stamp is not None
    assert (published, "Two boats were ordered. ") == (
        stamp.published,
        f"Two boats were ordered. {written}"[: stamp.start],
    )


@pytest.mark.parametrize(
    "written", ["[05-28 09:47]", "（5月28日 09:47）", "[28 mayıs 09:47]", "[28 Qorxmaz 2023, 09:47]"]
)
def test_a_stamp_that_gives_no_full_date_is_a_stamp_without_a_time(written: str) -> None:
    stamp = find_stamp(f"Two boats were ordered. {written}")

    assert stamp is not None
    assert stamp.published is None


@pytest.mark.parametrize("written", ["09:47", "09h47", "5分钟前", "3 minutes ago", "28.05 09:47", "hace 5 minutos"])
def test_an_hour_or_an_age_behind_a_sentence_is_a_stamp_without_a_time(written: str) -> None:
    stamp = find_stamp(f"Two boats were ordered. {written}")

    assert stamp is not None
    assert (stamp.published, stamp.start, stamp.alone) == (None, len("Two boats were ordered. "), False)


@pytest.mark.parametrize(
    "line",
    [
        "09:47", "9h47", "18.20 Uhr", "05-28 09:47", "28 мая, 09:47", "28 maj 09.47", "28 พ.ค. 09:47",
        "28 मई, 09:47", "5分钟前",
        "il y a 5 minutes", "09:47 Reuters",
        "Reuters · 2 hours ago", "来源：新华社 09:47", "Updated: 28.05 09:47", "— ČTK 09:47",
        "2023-05-28 09:47 | Source: Reuters", "Published: 2023-05-28 09:47:25 | Source: Reuters",
        "28/05/2023 | 09:47 (GMT+7)",
        "Source: Reuters, 28.05.2023 09:47", "28.05.2023, 09:47 Uhr | dpa", "2023-05-28 kl. 09.47 · TT",
    ],
)  # fmt: skip
def test_a_line_of_a_time_and_who_said_it_is_a_stamp_and_nothing_else(line: str) -> None:
    stamp = find_stamp(line)

    assert stamp is not None
    assert stamp.alone


@pytest.mark.parametrize(
    "text",
    [
        "The tower stood until 2019",
        "She was born in a village by the lake (12.03.1965).",
        "The first letter reached the mission in autumn. [1916/8/9]",
        "Two boats were ordered [12]",
        "The ceremony will be today from 4:30 p.m. to 7:30 p.m.",
        "The boats had been ordered 3 days ago",
        "The show runs from 2 October 2025 – 15 February 2026",
        "The team won by a wide margin (118:83).",
        "A man at the gate in the morning light (photo: Press Office, 12.05.2012)",
        "Two boats were ordered.",
        "The path is kept under /archive/12/05/2023/",
        "28 May 2023 09:47 – Breakfast above the harbour",
    ],
)
def test_a_date_that_belongs_to_the_text_is_no_stamp(text: str) -> None:
    assert find_stamp(text) is None


def test_a_line_that_is_nothing_but_a_time_stands_alone() -> None:
    stamp = find_stamp("2023.05.28 09:47")

    assert stamp is not None
    assert stamp.alone


def test_words_beside_the_date_make_it_the_date_of_something() -> None:
    stamp = find_stamp("As the ministry wrote then (Reuters, 2018-06-07)")

    assert stamp is not None
    assert stamp.worded


def test_of_a_block_of_half_a_million_stamps_the_last_is_read() -> None:
    text = "[2023/5/28 9:47:25]" * 500_000

    stamp = find_stamp(text)  # at once; what is quadratic takes hours

    assert stamp is not None
    assert stamp.start == len(text) - len("[2023/5/28 9:47:25]")


@pytest.mark.parametrize(
    "written", ["14:32", "(14:32)", "28.05 14:32", "2023-05-28 14:32", "| 28 May 2023", "· 28.05.2023"]
)
def test_a_time_behind_a_headline_is_read_with_where_the_headline_ends(written: str) -> None:
    stamp = find_tail(f"Ferry company orders two boats {written}")

    assert stamp is not None
    assert stamp.start == len("Ferry company orders two boats")


@pytest.mark.parametrize(
    "text", ["The doors opened. 14:32", "Two boats were ordered on 28 May 2023", "Two boats were ordered 12", "14:32"]
)
def test_behind_a_sentence_or_nothing_stands_no_headlines_time(text: str) -> None:
    assert find_tail(text) is None


def test_a_day_behind_a_few_letters_is_that_of_a_version_and_closes_no_text() -> None:
    version, text = "4.1.0 [2023-03-19]", "Two boats were ordered on the quay [2023-03-19]"

    assert _weight_of(version) < 2.0 < _weight_of(text)
    assert _weight_of("4.1.0 [2023-03-19 9:47]") > 2.0


def _weight_of(text: str) -> float:
    stamp = find_stamp(text)
    return 0.0 if stamp is None else sum(weight for _, weight in stamp_reasons(stamp, text))
