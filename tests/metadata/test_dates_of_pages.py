"""Dates: the declared one, unless the page shows an older one; never a placeholder."""

from __future__ import annotations

import pytest

from .pages import json_ld, metadata_of, of_lines, page

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


def test_a_day_s_difference_is_a_time_zone_s() -> None:
    blocks = page("title: Rivers rise", "meta: March 4, 2024", "body: Rain.")

    assert metadata_of(ARTICLE, "<h1>Rivers rise</h1>", *blocks).published == "2024-03-05T10:00:00Z"


def test_an_updated_date_is_no_date_of_publishing_where_another_is_known() -> None:
    blocks = page("title: Rivers rise", "meta: By Jane Roe Updated Sep 5, 2024", "body: Rain.")

    metadata = metadata_of(ARTICLE.replace("dateModified", "x"), "<h1>Rivers rise</h1>", *blocks)

    assert metadata.published == "2024-03-05T10:00:00Z"
    assert metadata.modified == "2024-09-05"


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
