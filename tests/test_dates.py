"""Written dates become ISO 8601 text at the precision they give."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from declutter.dates import find_dates, is_placeholder, parse_date

WRITTEN = {
    "12. března 2023": "2023-03-12",
    "13 dicembre 2022": "2022-12-13",
    "13. dezember 2022": "2022-12-13",
    "dinsdag 13 december 2022, 13:04": "2022-12-13T13:04",
    "13 de diciembre del 2022": "2022-12-13",
    "2023. március 12.": "2023-03-12",
    "12. maaliskuuta 2023": "2023-03-12",
    "12. marts 2023": "2023-03-12",
    "12 martie 2023": "2023-03-12",
    "12. ožujka 2023.": "2023-03-12",
    "12. марта 2023.": "2023-03-12",
    "2023 m. kovo 12 d.": "2023-03-12",
    "2023. gada 12. martā": "2023-03-12",
    "12 de març de 2023": "2023-03-12",
    "12 במרץ 2023": "2023-03-12",
    "১২ মার্চ ২০২৩": "2023-03-12",
    "۱۴ اردیبهشت ۱۴۰۳ - ۰۹:۱۲": "2024-05-03T09:12",
    "سه‌شنبه ۲۹ اسفند ۱۴۰۲ ساعت ۱۸:۳۰": "2024-03-19T18:30",
    "۳۰ اسفند ۱۳۹۹": "2021-03-20",
    "1 فروردین 1404": "2025-03-21",
    "۱۴۰۳/۰۲/۳۱": "2024-05-20",
    "۱۴۰۳-۰۲-۱۴": "2024-05-03",
    "1403/02/14": "2024-05-03",
    "二〇二四年五月三日": "2024-05-03",
    "二零二三年十二月二十一日 上午9:12": "2023-12-21T09:12",
    "二〇二四年十月三十日": "2024-10-30",
    "5. listopada 2023. u 10:30": "2023-10-05T10:30",
    "5 listopada 2023, 10:30": "2023-11-05T10:30",
    "5. listopadu 2023": "2023-11-05",
    "3 Mayıs 2024 Cuma 09:12": "2024-05-03T09:12",
    "2024. május 3., péntek 09:12": "2024-05-03T09:12",
    "3 أيار/مايو 2024 - 09:12": "2024-05-03T09:12",
    "3 تشرين الثاني 2024": "2024-11-03",
    "كانون الأول/ديسمبر 2024": "2024-12",
    "١٢ مارس ٢٠٢٣": "2023-03-12",
    "१२ मार्च २०२३": "2023-03-12",
    "๑๒ มีนาคม ๒๕๖๖": "2023-03-12",
    "15 سبتمبر 2021 - 9:00 م": "2021-09-15T21:00",
    "15 سبتمبر 2021 الساعة 9:00 مساءً": "2021-09-15T21:00",
    "٨ أكتوبر ٢٠٢٢ م 10:35": "2022-10-08T10:35",
    "9 अगस्त 2022, शाम 7:15": "2022-08-09T19:15",
    "25/11/2021 7:05 CH": "2021-11-25T19:05",
    "28 Φεβρουαρίου 2020, 9:15 μ.μ.": "2020-02-28T21:15",
    "5 mayo 2020 9:00 de la noche": "2020-05-05T21:00",
    "2022年5月1日 中午11:30": "2022-05-01T11:30",
    "2022年5月1日 中午1:30": "2022-05-01T13:30",
    "2022年5月1日 晚间9:30": "2022-05-01T21:30",
    "১৭ মে ২০২২, ১০: ৪৫": "2022-05-17T10:45",
    "2023-05-28": "2023-05-28",
    "2023-05-28T09:47:25.123Z": "2023-05-28T09:47:25Z",
    "2023-05-28T09:47:25+0800": "2023-05-28T09:47:25+08:00",
    "2023-05-28T09:47+00:00": "2023-05-28T09:47Z",
    "2023-05-28 09:47:25": "2023-05-28T09:47:25",
    "2023/5/28 9:47:25": "2023-05-28T09:47:25",
    "2023.05.28 09:47": "2023-05-28T09:47",
    "20230528": "2023-05-28",
    "20190611T1530+0300": "2019-06-11T15:30+03:00",
    "20230528094725": "2023-05-28T09:47:25",
    "1685267245": "2023-05-28T09:47:25Z",
    "1685267245000": "2023-05-28T09:47:25Z",
    "2023": "2023",
    "2023-05": "2023-05",
    "May 2023": "2023-05",
    "4/27/2021 12:48:57 PM": "2021-04-27T12:48:57",
    "27/4/2021": "2021-04-27",
    "28.05.2023": "2023-05-28",
    "28 maggio 2023 ore 9.47": "2023-05-28T09:47",
    "28 maggio 2023, alle ore 9:47": "2023-05-28T09:47",
    "28. Mai 2023, 9.47 Uhr": "2023-05-28T09:47",
    "28 mei 2023 9.47 uur": "2023-05-28T09:47",
    "28. mai 2023 kl. 9.47": "2023-05-28T09:47",
    "28. května 2023 v 9:47": "2023-05-28T09:47",
    "28.05.23": "2023-05-28",
    "28. 5. 2023": "2023-05-28",
    "4/5/2021 12:48 AM": "2021-04-05T00:48",
    "May 28, 2023": "2023-05-28",
    "May 28th, 2023": "2023-05-28",
    "Sunday, May 28, 2023": "2023-05-28",
    "Sept. 3, 2023": "2023-09-03",
    "28 May 2023": "2023-05-28",
    "28-May-2023": "2023-05-28",
    "28th of May 2023": "2023-05-28",
    "May 28, 2023 at 9:47 PM EDT": "2023-05-28T21:47-04:00",
    "May 28, 2023, 9 a.m.": "2023-05-28T09:00",
    "9:47 AM EDT, Sun May 28, 2023": "2023-05-28T09:47-04:00",
    "Sun, 28 May 2023 09:47:25 GMT": "2023-05-28T09:47:25Z",
    "Sun, 28 May 2023 09:47:25 +0800": "2023-05-28T09:47:25+08:00",
    "Sun May 28 2023 09:47:25 GMT+0800 (China Standard Time)": "2023-05-28T09:47:25+08:00",
    "Sun May 28 09:47:25 +0000 2023": "2023-05-28T09:47:25Z",
    "2023年5月28日": "2023-05-28",
    "2023年05月28日09:47": "2023-05-28T09:47",
    "2023年5月28日 下午9:47": "2023-05-28T21:47",
    "2023年5月28日(日) 9時47分": "2023-05-28T09:47",
    "令和5年5月28日": "2023-05-28",
    "民國112年5月28日": "2023-05-28",
    "2023년 5월 28일 오후 9:47": "2023-05-28T21:47",
    "2023. 5. 28. 오전 9:47": "2023-05-28T09:47",
    "28 tháng 5, 2023": "2023-05-28",
    "28 พ.ค. 2566 09:47 น.": "2023-05-28T09:47",
    "28 มีนาคม 2566": "2023-03-28",
    "28 जून 2023, 09:47": "2023-06-28T09:47",
    "28 Μαΐου 2023, 09:47": "2023-05-28T09:47",
    "28 MAYIS 2023": "2023-05-28",
    "05/28/2023 - 09:47": "2023-05-28T09:47",
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN.items(), ids=list(WRITTEN))
def test_a_written_date_is_read_at_its_precision(text: str, expected: str) -> None:
    assert expected == parse_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "two hours ago",
        "5月28日",
        "28 May",
        "12:30",
        "2023-13-01",
        "30 Feb 2023",
        "in 2023 we saw 12",
        "1.2.3",
        "二〇二四年五月三十二日",
        "۱۴۰۴/۱۲/۳۰",
        "۱۴۰۳/۰۷/۳۱",
    ],
)
def test_what_is_not_a_full_date_is_none(text: str) -> None:
    assert parse_date(text) is None


@pytest.mark.parametrize(("day_first", "expected"), [(True, "2021-05-04"), (False, "2021-04-05"), (None, "2021-05-04")])
def test_the_caller_settles_which_number_is_the_day(day_first: bool | None, expected: str) -> None:
    assert expected == parse_date("4/5/2021", day_first=day_first)


def test_dates_inside_a_text_come_with_their_places() -> None:
    text = "Published May 28, 2023 at 9:47 | Updated 2023-06-01, see 2019 and page 1234"

    found = find_dates(text)

    assert ["2023-05-28T09:47", "2023-06-01"] == [date for _, _, date in found]
    assert ["May 28, 2023 at 9:47", "2023-06-01"] == [text[start:end] for start, end, _ in found]


def test_a_closing_stamp_is_found_after_its_sentence() -> None:
    text = "用於質押、效用和治理。[2023/5/28 9:47:25]"

    assert [(12, 29, "2023-05-28T09:47:25")] == find_dates(text)


@pytest.mark.parametrize(
    "date", ["1900-01-01T00:00:00", "1970-01-01", "0001-01-01T00:00:00", "2024-02-01", "1445-10-14"]
)
def test_placeholders_are_known(date: str) -> None:
    assert is_placeholder(date, as_of="2024-01-30T12:00:00Z")


def test_a_date_of_the_day_of_fetching_is_no_placeholder() -> None:
    assert not is_placeholder("2024-01-30T23:00:00", as_of="2024-01-30T12:00:00Z")


def test_two_dates_glued_together_stay_two() -> None:
    found = find_dates("December 20, 2024September 26, 2025 or May 28, 2023 June 1, 2023")

    assert ["2024-12-20", "2025-09-26", "2023-05-28", "2023-06-01"] == [date for _, _, date in found]


def test_a_figure_with_a_dot_that_no_word_calls_a_time_is_none() -> None:
    assert [(0, 12, "2023-05-28")] == find_dates("May 28, 2023 9.47 million")


def test_a_time_with_a_dot_after_a_dotted_date_is_a_time() -> None:
    assert parse_date("12.05.2023 10.30") == "2023-05-12T10:30"


@given(st.text(alphabet="0123456789-/.:T ,年月日時分令和元民國PMap+Z٣５MayofAug", max_size=40))
def test_any_text_gives_none_or_a_date_that_python_reads_too(text: str) -> None:
    for _, _, date in find_dates(text):
        datetime.fromisoformat(date)
    whole = parse_date(text)

    assert whole is None or 1 <= int(whole[:4]) <= 9999
