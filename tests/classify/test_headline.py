from __future__ import annotations

import pytest

from declutter.classify.headline import find_title, shown_title
from declutter.parse import parse
from declutter.segment import segment

HEADLINE = "A village counts its wells"


def shown_on(body: str, title: str) -> tuple[str | None, str | None]:
    outline = segment(parse(f"<body>{body}</body>"))
    shown = shown_title(outline, title)
    number = find_title(outline, shown)
    return shown, None if number is None else outline.texts[number]


@pytest.mark.parametrize(
    "title",
    [f"News - {HEADLINE}", f"{HEADLINE} : Water", f"River Post | {HEADLINE}", f"{HEADLINE} / Agency 'Well'"],
)
def test_a_headline_in_no_heading_is_found_behind_or_before_a_site_s_name(title: str) -> None:
    shown = shown_on(f"<div>Home</div><div>{HEADLINE}</div><p>There are nine of them.</p>", title)

    assert shown == (HEADLINE, HEADLINE)


def test_wide_characters_count_double_in_a_headline_behind_a_site_s_name() -> None:
    shown = shown_on("<div>村莊數井</div><div>村莊數一數九口老井</div>", "日報 - 村莊數一數九口老井")

    assert shown == ("村莊數一數九口老井",) * 2


def test_a_title_that_the_page_shows_as_a_whole_is_not_taken_apart() -> None:
    whole = f"{HEADLINE} - nine of them"

    shown = shown_on(f"<div>{HEADLINE}</div><div>{whole}</div>", whole)

    assert shown == (whole, whole)


def test_the_short_part_of_a_title_is_no_headline() -> None:
    title = f"The River Post - {HEADLINE} and finds that one of them is missing"

    shown = shown_on("<div>The River Post</div><p>There are nine of them.</p>", title)

    assert shown == (title, None)
