"""Dates: the declared one, unless the page shows its readers another; never a placeholder."""

from __future__ import annotations

import pytest

from .pages import URL, json_ld, metadata_of, of_lines, page

ARTICLE = json_ld(
    '{"@type": "Article", "headline": "H", "datePublished": "2024-03-05T10:00:00Z", "dateModified": "2024-04-01"}'
)


def test_declared_dates_keep_their_precision_and_zone() -> None:
    metadata = metadata_of(ARTICLE, url=None)

    assert metadata.published == "2024-03-05T10:00:00Z"
    assert metadata.modified == "2024-04-01"


def test_a_date_beside_the_headline_is_read_where_none_is_declared() -> None:
    blocks = page("title: Rivers rise", "meta: March 5, 2024 | 4 min read", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2024-03-05"


def test_a_shown_date_that_is_days_older_than_the_declared_one_is_when_it_was_published() -> None:
    blocks = page("title: Rivers rise", "meta: 24 Apr 2019", "body: Rain.")

    assert metadata_of(ARTICLE, "<h1>Rivers rise</h1>", *blocks).published == "2019-04-24"


def test_a_masthead_s_date_is_the_article_s_only_if_nothing_else_gives_one() -> None:
    blocks = page("chrome: Tuesday, 26 November 2024", "title: Rivers rise", "body: Rain.")

    assert metadata_of(ARTICLE, "<h1>Rivers rise</h1>", *blocks).published == "2024-03-05T10:00:00Z"
    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2024-11-26"


def test_a_day_s_difference_is_a_time_zone_s() -> None:
    blocks = page("title: Rivers rise", "meta: March 4, 2024", "body: Rain.")

    assert metadata_of(ARTICLE, "<h1>Rivers rise</h1>", *blocks).published == "2024-03-05T10:00:00Z"


META = '<meta property="article:published_time" content="2024-03-05T10:00:00Z">'


@pytest.mark.parametrize(
    ("shown", "source"),
    [("By Jane Roe | Sep 5, 2024", "line by the headline"), ("Updated Sep 5, 2024", "byline (modified)")],
)
def test_a_later_shown_date_is_that_of_the_text_if_only_search_engines_are_told_another(
    shown: str, source: str
) -> None:
    blocks = page("title: Rivers rise", f"meta: {shown}", "body: Rain.")

    metadata = metadata_of(ARTICLE, "<h1>Rivers rise</h1>", *blocks, url=None)

    assert (metadata.published, metadata.first_published) == ("2024-09-05", "2024-03-05T10:00:00Z")
    assert metadata.sources["published"].source == source
    assert metadata.sources["first_published"].source == "json-ld"
    assert metadata.sources["published"].confidence < metadata.sources["first_published"].confidence


@pytest.mark.parametrize(
    ("head", "lines"),
    [
        (ARTICLE, ["meta: Updated Apr 3, 2024"]),
        (ARTICLE + META, ["meta: Updated Sep 5, 2024"]),
        (ARTICLE + META, ["meta: Sep 5, 2024"]),
        (ARTICLE, ["meta: Updated Sep 5, 2024", "chrome: March 5, 2024"]),
        (ARTICLE, ["meta: 05/03/2024"]),
    ],
    ids=["within a month", "others are told too", "bare, others are told too", "the page shows it", "day before month"],
)
def test_the_declared_date_stands_if_others_give_it_or_the_update_is_soon(head: str, lines: list[str]) -> None:
    blocks = page("title: Rivers rise", *lines, "body: Rain.")

    metadata = metadata_of(head, "<h1>Rivers rise</h1>", *blocks, url=None)

    assert metadata.published == "2024-03-05T10:00:00Z"
    assert metadata.first_published is None


def test_a_line_that_says_when_it_was_published_is_believed_before_what_machines_are_told() -> None:
    blocks = page("title: Rivers rise", "meta: Published August 13, 2024", "body: Rain.")

    metadata = metadata_of(META, "<h1>Rivers rise</h1>", *blocks, url=None)

    assert (metadata.published, metadata.first_published) == ("2024-08-13", "2024-03-05T10:00:00Z")


def test_a_page_that_shows_only_an_update_has_that_one_date_with_less_confidence() -> None:
    metadata = metadata_of("", "", *page("title: Rivers rise", "meta: Updated: 10/31/2024", "body: Rain."), url=None)

    assert metadata.published == "2024-10-31"
    assert metadata.sources["published"].confidence < metadata.sources["modified"].confidence


@pytest.mark.parametrize("written", ["1900-01-01T00:00:00", "1970-01-01", "0001-01-01T00:00:00Z", "2024-06-01"])
def test_placeholders_and_dates_after_the_fetch_are_none(written: str) -> None:
    head = f'<meta property="article:published_time" content="{written}">'

    assert metadata_of(head, url=None, as_of="2024-05-01T12:00:00Z").published is None


def test_a_text_dump_s_placeholder_is_none() -> None:
    assert of_lines("title: 探索北方的極限", "meta: Time:1900/1/1 0:00:00", "body: 河水。").published is None


@pytest.mark.parametrize(
    ("language", "expected"), [("en-US", "2024-04-05"), ("en-GB", "2024-05-04"), ("fr", "2024-05-04")]
)
def test_the_language_tells_day_from_month(language: str, expected: str) -> None:
    blocks = page("title: Rivers rise", "meta: 4/5/2024", "body: Rain.")

    assert metadata_of("", "", *blocks, language=language, url=None).published == expected


def test_the_address_gives_a_date_as_a_last_resort() -> None:
    metadata = metadata_of()

    assert metadata.published == "2024-03-05"
    assert metadata.sources["published"].source == "url"


def test_dates_of_related_pages_and_comments_are_not_the_article_s() -> None:
    blocks = page("title: Rivers rise", "body: Rain.", "related: March 5, 2021", "comment: Bob, March 6, 2022")

    assert metadata_of("", "", *blocks, url=None).published is None


@pytest.mark.parametrize(
    "line",
    [
        "body: June 10, 2025 | 13 min read",
        "body: 2025-06-10 20:27:00 来源: 北方日报(北京) 有0人参与 手机看新闻",
        "body: http://www.herald.example 2025年06月10日15:57 北方网",
        "body: Татьяна Реченко — 10.06.2025 15:20",
        "meta: 10.06.25",
        "meta: NatureJUNE 10, 2025Updated: JULY 02, 2026",
        "meta: Opublikowano 10/06/25 08:30",
    ],
)
def test_a_line_below_the_headline_gives_its_date_whatever_else_it_says(line: str) -> None:
    blocks = page("title: Rivers rise", line, "body: Rain fell on the hills for nine days.")

    published = metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None, language="pl").published

    assert published is not None
    assert published.startswith("2025-06-10")


def test_a_sentence_that_names_a_moment_is_no_date_line() -> None:
    blocks = page("title: Rivers rise", "body: 2019年1月17日15:57，北方的河水漫过了第一道石堤，村民们彻夜未眠。")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published is None


def test_a_product_s_release_is_not_the_page_s() -> None:
    blocks = page(
        "title: Rivers rise",
        "meta: by Jane Roe · Dec 20, 2025 at 3:00 am · One comment",
        "body: Five novels about rivers.",
        "body: A Far Bank",
        "body: By the same author",
        "body: Released: June 17, 2025 by Ferry Books",
    )

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2025-12-20T03:00"


def test_the_line_that_begins_with_its_lead_word_speaks_for_the_page() -> None:
    blocks = page(
        "meta: Published on 25.Jun.2019 in Vol 7",
        "meta: Earlier versions of this paper are in the archive, first published 04.Apr.2019",
        "title: Rivers rise",
        "body: Rain.",
    )

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2019-06-25"


def test_where_a_page_says_below_that_it_was_first_published_earlier_that_is_its_date() -> None:
    blocks = page(
        "title: Rivers rise",
        "meta: 30 Sep 2022, 11:07am",
        "body: Rain.",
        *["body: Rain fell on the hills, and the river rose, and nobody in the valley slept. " * 3] * 12,
        "chrome: This article was originally published on 26 Sep 2019 at 4:12pm",
    )

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2019-09-26T16:12"


@pytest.mark.parametrize(
    ("elsewhere", "url"),
    [
        ("related: The ferry sinks 25/10/2023", None),
        ("related: The ferry sinks", "https://herald.example/2023/october/03/rivers-rise/"),
    ],
)
def test_the_page_itself_tells_day_from_month_before_its_language_does(elsewhere: str, url: str | None) -> None:
    blocks = page("title: Rivers rise", "meta: 03/10/2023", "body: Rain.", elsewhere)

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, language="en-US", url=url).published == "2023-10-03"


def test_the_time_of_the_shown_day_is_read_from_its_element() -> None:
    blocks = page("title: Rivers rise", "meta: 5 March 2024", "body: Rain.")
    shown = '<h1>Rivers rise</h1><time datetime="2024-03-05T{}">5 March 2024</time>'

    assert metadata_of("", shown.format("10:30:00+01:00"), *blocks).published == "2024-03-05T10:30:00+01:00"
    assert metadata_of("", shown.format("00:00:00Z"), *blocks).published == "2024-03-05"


def test_a_time_of_day_gets_the_zone_that_another_source_gives() -> None:
    blocks = page("title: Rivers rise", "meta: 30.09.2021 - 11:20", "body: Rain.")
    declared = '<meta name="dcterms.date" content="2021-09-30T11:20+02:00">'

    assert metadata_of(declared, "<h1>Rivers rise</h1>", *blocks, url=None).published == "2021-09-30T11:20+02:00"


def test_a_lead_alone_in_its_block_tells_the_kind_of_the_next_block_s_date() -> None:
    lines = ("meta: Published", "meta: 9 May 2022", "meta: Last updated", "meta: 12 May 2022", "body: Rain.")

    metadata = metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise", *lines), url=None)

    assert (metadata.published, metadata.modified) == ("2022-05-09", "2022-05-12")


def test_the_time_of_a_comment_is_not_the_article_s() -> None:
    comment = '<div class="comment-meta"><time itemprop="datePublished" datetime="2024-03-07T10:30">Mar 7</time></div>'

    assert metadata_of("", f"<h1>Rivers rise</h1>{comment}", url=None).published is None


def test_both_dates_of_a_line_with_short_years_are_read() -> None:
    blocks = page("title: Rivers rise", "meta: פורסם: 22.07.21, 09:14 | עודכן: 23.07.21, 07:00", "body: Rain.")

    metadata = metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None)

    assert (metadata.published, metadata.modified) == ("2021-07-22T09:14", "2021-07-23T07:00")


def test_a_short_year_and_a_time_are_a_date_line() -> None:
    blocks = page("title: Rivers rise", "meta: 03.11.22 | 12:40", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2022-11-03T12:40"


def test_a_month_alone_below_the_headline_is_an_issue_s_date() -> None:
    blocks = page("title: Rivers rise", "meta: September 2016", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published == "2016-09"


def test_an_address_may_name_its_month() -> None:
    assert metadata_of(url="https://herald.example/2023/october/03/rivers/").published == "2023-10-03"


ESCAPED = "{&quot;@type&quot;: &quot;Article&quot;, &quot;datePublished&quot;: &quot;2025-11-17&quot;}"


@pytest.mark.parametrize("head", [json_ld(ESCAPED), f'<meta name="script:ld+json" content="{ESCAPED}">'])
def test_json_ld_is_read_where_a_template_escaped_or_misplaced_it(head: str) -> None:
    assert metadata_of(head, url=None).published == "2025-11-17"


def test_a_lead_of_four_words_is_heard() -> None:
    blocks = page("title: Rivers rise", "meta: Le 5 mars 2024 à 10h30 | Mis à jour le 6 mars 2024", "body: Rain.")

    metadata = metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None)

    assert (metadata.published, metadata.modified) == ("2024-03-05T10:30", "2024-03-06")


@pytest.mark.parametrize(
    "element",
    [
        '<time datetime="1709632800000">yesterday</time>',
        '<time data-epoch="1709632800">yesterday</time>',
        '<time data-time="2024-03-05T10:00">yesterday</time>',
        '<abbr class="published" title="2024-03-05T10:00:00Z">two days ago</abbr>',
        '<relative-time datetime="2024-03-05T10:00:00Z">Mar 5</relative-time>',
        '<span class="post-date" data-date="2024-03-05T10:00:00Z">2 days ago</span>',
        '<span data-timestamp="1709632800000">yesterday</span>',
        '<span datetime="2024-03-05">last week</span>',
        '<span class="date" title="2024-03-05 10:00:00">two days ago</span>',
        '<span itemprop="datePublished" content="2024-03-05">Spring</span>',
        '<meta itemprop="datePublished" content="2024-03-05">',
    ],
)
def test_attributes_for_machines_give_the_date_of_a_line_that_counts_days(element: str) -> None:
    metadata = metadata_of("", f"<article><h1>Rivers rise</h1><p>{element}</p></article>", url=None)

    assert (metadata.published or "")[:10] == "2024-03-05"


@pytest.mark.parametrize(
    "script",
    [
        '{"@type": "Article", "headline": "The "old" mill", "datePublished": "2024-03-05", "author": {"name": "J"}}',
        '{"@type": "WebSite", "name": "E"}{"@type": "Article", "headline": "H", "datePublished": "2024-03-05"}',
        '{"@type": "NewsArticle", "headline": "H", "datePublished": "2024-03-05", "author": "Jane Roe", "image": [',
        '{"@type": "Article", "headline": "H", "datePublished": 1709632800}',
    ],
)
def test_broken_json_ld_still_gives_its_date(script: str) -> None:
    assert (metadata_of(json_ld(script), url=None).published or "")[:10] == "2024-03-05"


def test_broken_json_ld_of_anything_but_an_article_gives_none() -> None:
    script = '{"@type": "Event", "name": "The "old" mill", "datePublished": "2024-03-05"}'

    assert metadata_of(json_ld(script), url=None).published is None


def test_a_date_without_a_year_is_completed_by_the_day_of_reading_and_says_so() -> None:
    metadata = of_lines("title: Rivers rise", "meta: Published 5 March, 10:00", "body: Rain.", as_of="2024-03-20")

    assert metadata.published == "2024-03-05"
    assert metadata.sources["published"].source == "date without year"
    assert metadata.sources["published"].confidence <= 0.4


def test_a_date_without_a_year_stays_none_where_the_day_of_reading_is_unknown() -> None:
    assert of_lines("title: Rivers rise", "meta: Published 5 March, 10:00", "body: Rain.").published is None


def test_a_full_date_counts_before_one_without_a_year() -> None:
    blocks = page("title: Rivers rise", "meta: 2 days ago", "meta: March 5, 2024", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None, as_of="2024-03-20").published == "2024-03-05"


@pytest.mark.parametrize("line", ["Senior AnalystUpdated Sep 5, 2024", "Jane Roe•Updated on Sep 5, 2024 •28 min read"])
def test_a_lead_that_the_markup_glues_to_a_word_or_sign_is_heard(line: str) -> None:
    metadata = metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise", f"meta: {line}"), url=None)

    assert metadata.modified == "2024-09-05"


@pytest.mark.parametrize(
    ("language", "url", "zone"),
    [
        ("hi", URL, "+05:30"),
        ("en-IN", URL, "+05:30"),
        ("en-IE", URL, "+01:00"),
        ("en", "https://www.herald.example.in/story", "+05:30"),
        ("en", "https://www.herald.example/story", ""),
    ],
)
def test_a_zone_that_countries_share_is_read_by_the_page_s_language_or_host(language: str, url: str, zone: str) -> None:
    blocks = page("title: Rivers rise", "meta: Published: 12 June 2021, 08:15 IST", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, language=language, url=url).published == (
        f"2021-06-12T08:15{zone}"
    )


def test_the_shown_zone_completes_a_declared_time_with_seconds() -> None:
    head = '<meta name="publishdate" content="2022-07-12 08:31:20">'
    blocks = page("title: Air naik", "meta: Selasa, 12 Jul 2022 08:31 WIB", "body: Hujan.")

    assert metadata_of(head, "<h1>Air naik</h1>", *blocks, url=None).published == "2022-07-12T08:31:20+07:00"


def test_a_date_in_years_of_the_republic_of_china_is_read_behind_chinese_words() -> None:
    blocks = page("title: 河水上漲", "meta: 發布日期：111/10/05", "body: 下雨。")

    assert metadata_of("", "<h1>河水上漲</h1>", *blocks, url=None).published == "2022-10-05"


def test_a_buddhist_year_without_its_century_is_read_behind_a_thai_month() -> None:
    blocks = page("title: น้ำขึ้น", "meta: 4 ต.ค. 64 (08:12 น.)", "body: ฝน")

    assert metadata_of("", "<h1>น้ำขึ้น</h1>", *blocks, url=None).published == "2021-10-04T08:12"


def test_three_numbers_without_chinese_words_are_no_date() -> None:
    blocks = page("title: Rivers rise", "meta: Gauge 111/10/05", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, url=None).published is None
