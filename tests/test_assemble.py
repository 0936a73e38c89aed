"""Teasers are put together card by card, tags from links or separators, pictures by what stands beside them."""

from __future__ import annotations

import pytest

from declutter.assemble.images import own_images
from declutter.assemble.spans import absolute
from declutter.assemble.tags import make_tags
from declutter.assemble.teasers import make_teasers
from declutter.model import Block, Kind, Label, Span, SpanKind
from declutter.parse import parse
from declutter.segment import segment


def block(
    index: int, text: str, url: str | None = None, *, label: Label = Label.RELATED, kind: Kind = Kind.PARAGRAPH
) -> Block:
    spans = (Span(0, len(text), SpanKind.LINK, url),) if url else ()
    return Block(index=index, text=text, label=label, kind=kind, spans=spans)


def related(*texts: tuple[str, str | None]) -> list[Block]:
    return [block(index, text, url) for index, (text, url) in enumerate(texts)]


def test_a_card_of_title_snippet_and_time_is_one_teaser() -> None:
    blocks = related(
        ("Related articles", None),
        ("Old bridges of the north", "/1"),
        ("They are still in use today.", None),
        ("2023-05-03", None),
    )

    (teaser,) = make_teasers(blocks)

    assert (teaser.title, teaser.snippet, teaser.url, teaser.published, teaser.blocks) == (
        "Old bridges of the north", "They are still in use today.", "/1", "2023-05-03", (1, 2, 3),
    )  # fmt: skip


def test_two_blocks_with_one_address_are_one_teaser() -> None:
    blocks = related(("City", "/1"), ("Old bridges of the north", "/1"), ("New bridges of the south", "/2"))

    titles = [teaser.title for teaser in make_teasers(blocks)]

    assert titles == ["Old bridges of the north", "New bridges of the south"]


DATED = {
    "before each link": (("2023-05-03", None), ("Old bridges", "/1"), ("2023-05-04", None), ("New bridges", "/2")),
    "among other words": (
        ("Old bridges", "/1"),
        ("From 3 May 2023 on", None),
        ("New bridges", "/2"),
        ("4 May 2023", None),
    ),
}


@pytest.mark.parametrize("lines", DATED.values(), ids=DATED)
def test_times_date_the_links_they_stand_beside(lines: tuple[tuple[str, str | None], ...]) -> None:
    teasers = make_teasers(related(*lines))

    assert [("Old bridges", "2023-05-03"), ("New bridges", "2023-05-04")] == [
        (teaser.title, teaser.published) for teaser in teasers
    ]


def test_a_single_time_dates_the_unlinked_line_above_it() -> None:
    (teaser,) = make_teasers(related(("Old bridges of the north", None), ("2023-05-03", None)))

    assert ("Old bridges of the north", "2023-05-03") == (teaser.title, teaser.published)


def test_a_pointer_that_lost_its_link_is_a_teaser_of_its_own() -> None:
    blocks = related(
        ("Old bridges of the north", "/1"),
        ("They are still in use today.", None),
        ("Read more: New bridges of the south", None),
    )

    assert [("Old bridges of the north", "/1"), ("New bridges of the south", None)] == [
        (teaser.title, teaser.url) for teaser in make_teasers(blocks)
    ]


def test_placeholders_date_nothing() -> None:
    blocks = related(("Old bridges of the north", "/1"), ("1900/1/1 0:00:00", None))

    (teaser,) = make_teasers(blocks)

    assert teaser.published is None


def test_a_time_after_the_page_was_fetched_dates_nothing() -> None:
    blocks = related(("Old bridges of the north", "/1"), ("2031-01-01", None))

    (teaser,) = make_teasers(blocks, as_of="2023-05-03T00:00:00Z")

    assert teaser.published is None


def test_unlinked_lines_closed_by_times_are_teasers_and_the_line_too_many_is_their_heading() -> None:
    lines = (
        "Uniswap",
        "比特幣能否超越以太坊?_DIN",
        "一段摘要.",
        "1900/1/1 0:00:00",
        "五大趨勢:2023_ASH",
        "另一段摘要.",
        "1900/1/1 0:00:00",
    )

    teasers = make_teasers(related(*((line, None) for line in lines)))

    assert [(teaser.title, teaser.snippet) for teaser in teasers] == [
        ("比特幣能否超越以太坊?", "一段摘要."),
        ("五大趨勢:2023", "另一段摘要."),
    ]


@pytest.mark.parametrize("title", ["How to call my_function", "snake_case"])
def test_an_underscore_in_one_title_is_no_token(title: str) -> None:
    teasers = make_teasers(
        related((title, "/1"), ("Old bridges of the north", "/2"), ("New bridges of the south", "/3"))
    )

    assert teasers[0].title == title


def test_a_pointers_label_is_not_its_title() -> None:
    teasers = make_teasers([block(0, "READ MORE:Bridges that nobody asked for")])

    assert [teaser.title for teaser in teasers] == ["Bridges that nobody asked for"]


TAG_LINES = {
    "Tags: rivers, maps; water": ("rivers", "maps", "water"),
    "标签：河流、地图": ("河流", "地图"),
    "#rivers #maps": ("rivers", "maps"),
    "Tags:GPTCHAINGAM": ("GPTCHAINGAM",),
    "Tags:": (),
}


@pytest.mark.parametrize(("line", "tags"), TAG_LINES.items())
def test_a_tag_line_is_parted_at_its_separators(line: str, tags: tuple[str, ...]) -> None:
    found = make_tags([block(0, line, label=Label.TAGS)])

    assert found == tags


def test_tag_links_are_entries_each_once() -> None:
    spans = (Span(6, 12, SpanKind.LINK, "/1"), Span(13, 17, SpanKind.LINK, "/2"))
    cloud = Block(index=0, text="Tags: rivers maps", label=Label.TAGS, kind=Kind.PARAGRAPH, spans=spans)

    tags = make_tags([cloud, block(1, "maps", "/2", label=Label.TAGS)])

    assert tags == ("rivers", "maps")


def test_a_line_of_marks_among_teasers_is_no_teaser() -> None:
    blocks = related(("How the ford was bridged", "/a"), ("(*)", None), ("The miller who would not sell", "/b"))

    assert ["How the ford was bridged", "The miller who would not sell"] == [
        teaser.title for teaser in make_teasers(blocks)
    ]


def test_a_credit_in_another_figure_does_not_tie_a_picture_to_the_essay_below() -> None:
    outline = segment(
        parse("<p>menu</p><div><img src=/x.jpg></div><figure><figcaption>credit</figcaption></figure><p>essay</p>")
    )

    assert [] == own_images(outline, [Label.CHROME, Label.META, Label.BODY])
    assert [] != own_images(outline, [Label.CHROME, Label.BODY, Label.BODY])


def test_a_malformed_address_stays_as_it_is_written() -> None:
    assert "//[x" == absolute("//[x", "https://a.example/")
