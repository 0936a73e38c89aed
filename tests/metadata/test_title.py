"""The title is the page's own headline, without the site's name and the portal's token."""

from __future__ import annotations

import pytest

import declutter
from declutter.metadata.titles import without_token

from .pages import head_of, json_ld, metadata_of, of_lines, page


def test_the_heading_that_the_page_title_holds_is_the_title() -> None:
    head = head_of(
        "<title>Rivers rise in the north - The Herald</title>", "<h1>Herald</h1><h1>Rivers rise in the north</h1>"
    )

    assert head.title == "Rivers rise in the north"


def test_a_heading_that_is_the_site_s_name_is_no_title() -> None:
    markup = '<title>Rivers rise | Herald</title><meta property="og:title" content="Rivers rise">'

    assert head_of(markup, "<h1>Herald</h1>").title == "Rivers rise"


def test_a_heading_at_the_end_of_the_page_title_is_a_site_s_name_that_nothing_declares() -> None:
    head = head_of("<title>The long winter of the potters – Whatever</title>", "<h1>Whatever</h1>", url=None)

    assert head.title == "The long winter of the potters"


def test_the_shown_headline_wins_over_a_reworded_declared_one() -> None:
    markup = '<meta property="og:title" content="7 bread ovens for 2024"><title>7 bread ovens for 2024 | Herald</title>'

    head = head_of(markup, "<h1>The seven best bread ovens, tested in 2024</h1>")

    assert head.title == "The seven best bread ovens, tested in 2024"


def test_a_line_break_in_a_heading_parts_words_and_other_markup_does_not() -> None:
    head = head_of("", "<h1>Weekend<br>coding <b>a</b>gent</h1>")

    assert head.title == "Weekend coding agent"


@pytest.mark.parametrize(
    ("page_title", "expected"),
    [
        ("Herald: Rivers rise in the north - Herald", "Herald: Rivers rise in the north"),
        ("Rivers rise in the north | Herald | News", "Rivers rise in the north"),
        (
            "Spider-Man - No Way Home and the end of the hero film",
            "Spider-Man - No Way Home and the end of the hero film",
        ),
        ("百年老店或破产落幕 胶卷成最后的记忆_图片频道_新闻网", "百年老店或破产落幕 胶卷成最后的记忆"),
        ("孕婦血液透析七年仍堅持生育 - 新聞網 - 新聞", "孕婦血液透析七年仍堅持生育"),
    ],
)
def test_a_page_title_loses_site_and_section_names_at_its_end(page_title: str, expected: str) -> None:
    assert expected == metadata_of(f"<title>{page_title}</title>").title


def test_an_article_described_in_json_ld_names_its_headline() -> None:
    script = json_ld('{"@type": "NewsArticle", "headline": "Rivers &amp;amp; rain"}')

    assert head_of(script).title == "Rivers & rain"


def test_a_page_without_any_title_has_none() -> None:
    assert metadata_of("", "<p>Text</p>").title is None


def test_a_text_dump_s_title_is_the_block_labelled_title() -> None:
    metadata = of_lines("chrome: 港口新聞 港口新聞", "title: 河水思考:探索北方的極限_RIV", "body: 河水在北方上漲。")

    assert metadata.title == "河水思考:探索北方的極限"
    assert metadata.sources["title"].source == "title block"


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("探索北方的極限_RIV", "探索北方的極限"),
        ("LAYER:探索北方的極限_UENC", "探索北方的極限"),
        ("探索北方的極限_LAY:UENC", "探索北方的極限"),
        ("UNI:北方的河水上漲", "北方的河水上漲"),
        ("AI:探索北方的極限", "AI:探索北方的極限"),
        ("Python: the language of rivers", "Python: the language of rivers"),
        ("rustc_codegen_gcc", "rustc_codegen_gcc"),
    ],
)
def test_a_portal_s_token_goes_and_a_colon_of_the_title_stays(title: str, expected: str) -> None:
    assert expected == without_token(title, ["北方的河水上漲", "Rivers"])


def test_a_page_title_that_only_names_the_site_gives_way_to_the_headline_shown() -> None:
    page = (
        "<title>Ferry Post</title><body id=top><div class=header><p>Ferry Post</p>"
        "<p>What a river remembers of its street</p><p>Author: Marta Quay</p></div><div class=article>"
        + "<p>The river had been under the street for so long that nobody alive had seen it in daylight.</p>" * 3
        + "</div></body>"
    )

    assert declutter.extract(page).title == "What a river remembers of its street"


def test_a_broken_address_does_no_harm() -> None:
    assert head_of("<title>Rivers rise</title>", url="https://[broken").title == "Rivers rise"


def test_a_byline_that_stands_in_the_heading_is_no_part_of_the_title() -> None:
    head = head_of(
        '<meta property="og:title" content="Rivers rise in the north">',
        "<h1>Rivers rise in the north Posted on July 1, 2024 by jroe</h1>",
    )

    assert head.title == "Rivers rise in the north"


def test_sections_and_site_behind_bars_go_from_a_heading_that_repeats_the_page_title() -> None:
    title = "How rivers sleep through the night | Schools | The Valley's Museum"

    assert head_of(f"<title>{title}</title>", f"<h1>{title}</h1>").title == "How rivers sleep through the night"


def test_a_headline_that_only_small_words_share_with_the_declared_title_is_a_box_s() -> None:
    markup = '<meta property="og:title" content="The rivers of the north: a report">'

    assert head_of(markup, "<h1>Report: a</h1>").title == "The rivers of the north: a report"


def test_of_two_headings_on_one_subject_the_first_is_the_headline() -> None:
    head = head_of(
        '<meta property="og:title" content="Our favourite river walks in Oakham">',
        "<h1>The best paths and river banks of Oakham for walks</h1>"
        "<h1>Oakham’s walks beside the river are best in May</h1>",
        url=None,
    )

    assert head.title == "The best paths and river banks of Oakham for walks"


def test_a_shown_headline_that_one_source_declares_wins_over_another_declared_title() -> None:
    head = '<meta property="og:title" content="Here are the six kinds of rivers.">' + json_ld(
        '{"@type": "Article", "headline": "6 kinds of rivers you should know"}'
    )

    metadata = metadata_of(head, "", *page("title: 6 kinds of rivers you should know", "body: Rain."), url=None)

    assert metadata.title == "6 kinds of rivers you should know"


def test_a_line_that_is_the_site_s_name_is_no_headline() -> None:
    blocks = page("title: herald.example", "body: Rain.")

    assert metadata_of("<title>herald.example Rivers rise</title>", "", *blocks).title != "herald.example"


def test_words_behind_the_name_in_the_address_are_the_title_s_unless_they_name_a_site() -> None:
    assert head_of("<title>Herald archive index</title>", "<h1>Herald rivers index</h1>").title == "Herald rivers index"
    assert (
        head_of('<meta property="og:title" content="Rivers rise">', "<h1>Herald Data Blog</h1>").title == "Rivers rise"
    )


def test_guillemets_at_a_heading_s_end_are_the_headline_s() -> None:
    title = "Παίρνει εξιτήριο ο «Μαύρος Πάνθηρας»!"

    assert head_of(f"<title>{title}</title>", f"<h1>{title}</h1>").title == title


def test_a_blog_s_post_behind_site_and_archive_is_the_title() -> None:
    head = head_of(
        "<title>Harrow Vale Gazette » Blog Archive » Why old walls are better</title>",
        "<h1>Harrow Vale Gazette</h1><h2>Why old walls are better</h2>",
    )

    assert head.title == "Why old walls are better"


def test_a_heading_that_holds_byline_and_time_behind_the_title_is_cut_to_it() -> None:
    head = head_of(
        "<title>老裁缝的一把剪刀_人物_青溪</title>",
        "<h1>老裁缝的一把剪刀<br><span>2009-12-12 09:19 来源：青溪</span></h1>",
    )

    assert head.title == "老裁缝的一把剪刀"


def test_the_line_above_a_date_is_the_title_where_the_page_s_title_names_the_site_only() -> None:
    essay = "<p>The ferry will keep sailing through the winter for the first time since 2003.</p>" * 2
    headline = "Ferry to the islands will run through the winter"
    page = f"<title>Harrow Gazette</title><body id=a><div><p>{headline}</p><p>4 May 2012</p></div>{essay}</body>"

    assert declutter.extract(page).title == headline


def test_the_post_s_heading_behind_the_site_and_a_colon_is_the_title() -> None:
    head = head_of("<title>River Notes: The long winter</title>", "<h3>The long winter</h3><h3>Spring</h3>", url=None)

    assert head.title == "The long winter"
