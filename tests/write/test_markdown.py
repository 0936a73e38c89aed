"""Markdown that a CommonMark parser reads back to the same text and structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from essays import ESSAYS, Container, Line, Paragraph, Table, flatten
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin
from reading import expected, read_markdown

from declutter.model import Block, Frame, Kind, Label, Span, SpanKind
from declutter.write.markdown import render

if TYPE_CHECKING:
    from essays import Part


def block(index: int, text: str, *within: Frame, kind: Kind = Kind.PARAGRAPH, **more: object) -> Block:
    """A body block, with the rest of its fields where they matter."""
    return Block(index=index, text=text, label=Label.BODY, kind=kind, within=within, **more)


@given(ESSAYS, st.lists(st.booleans(), max_size=8))
@settings(max_examples=150)
def test_a_parser_reads_back_what_was_written(essay: tuple[Part, ...], flashes: list[bool]) -> None:
    blocks = flatten(essay, flashes)

    assert expected(essay) == read_markdown(render(blocks))


@pytest.mark.parametrize(
    ("text", "spans", "markdown"),
    [
        ("重點：正文", (Span(0, 3, SpanKind.STRONG),), "**重點**：正文"),
        ("他說「好」了", (Span(2, 5, SpanKind.EMPHASIS),), "他說「*好*」了"),
        (
            "see this",
            (Span(4, 8, SpanKind.STRONG), Span(4, 8, SpanKind.LINK, "https://a.b")),
            "see [**this**](https://a.b)",
        ),
        (
            "a (b)c",
            (Span(2, 5, SpanKind.STRONG), Span(3, 4, SpanKind.LINK, "https://a.b")),
            "a (**[b](https://a.b)**)c",
        ),
        ("x[1]y", (Span(1, 4, SpanKind.LINK, "#n"),), "x[\\[1\\]](#n)y"),
        ("H2O", (Span(1, 2, SpanKind.SUB),), "H<sub>2</sub>O"),
        ("a`b", (Span(0, 3, SpanKind.CODE),), "``a`b``"),
    ],
)
def test_markup_is_written_where_commonmark_sees_it(text: str, spans: tuple[Span, ...], markdown: str) -> None:
    assert markdown == render([block(0, text, spans=spans)])


@pytest.mark.parametrize(
    "text",
    [
        "2023/5/28 [9:47:25]",
        "snake_case_name",
        "5 < 6 & 7 > 6",
        "a-b + c",
        "$5 and $6",
        "#hashtag",
        "-1 °C",
        "Wait! No?",
        "a: b | c",
    ],
)
def test_text_that_no_parser_takes_for_markup_stays_as_it_is(text: str) -> None:
    assert text == render([block(0, text)])


def test_what_is_left_out_parts_neither_list_nor_verse() -> None:
    items = Container("list", tuple(Container("item", (Paragraph((Line(text),)),)) for text in ("one", "two")))
    verse = Paragraph((Line("first"), Line("second")))

    written = render(flatten([items, verse], [True] * 5))

    assert "- one\n- two\n\nfirst\\\nsecond" == written


def test_a_flash_between_two_lines_of_verse_ends_the_paragraph() -> None:
    flash = Block(index=1, text="flash", label=Label.FLASH, kind=Kind.PARAGRAPH, soft=True)

    assert "one\n\ntwo" == render([block(0, "one"), flash, block(2, "two", soft=True)])


def test_blocks_without_frames_get_what_their_kind_implies() -> None:
    blocks = [
        block(0, "one", kind=Kind.ITEM),
        block(1, "two", kind=Kind.ITEM),
        block(2, "said", kind=Kind.QUOTE),
        block(3, "x = 1", kind=Kind.CODE),
        block(4, "line", kind=Kind.LINE),
    ]

    assert "- one\n- two\n\n> said\n\n```\nx = 1\n```\n\nline" == render(blocks)


def test_merged_cells_leave_the_places_they_cover_blank() -> None:
    table = Frame("table", 0)
    blocks = [
        block(0, "Year", table, kind=Kind.CAPTION),
        block(1, "both", table, Frame("cell", 1, header=True, colspan=2), kind=Kind.CELL, row=0, column=0),
        block(2, "tall", table, Frame("cell", 2, rowspan=2), kind=Kind.CELL, row=1, column=0),
        block(3, "a|b", table, Frame("cell", 3), kind=Kind.CELL, row=1, column=1),
        block(4, "one", table, Frame("cell", 4), kind=Kind.CELL, row=2, column=1),
        block(5, "more", table, Frame("cell", 4), kind=Kind.CELL, row=2, column=1),
    ]

    assert (
        "Year\n\n| both |  |\n| --- | --- |\n| tall | a\\|b |\n|  | one<br>more |" == render(blocks)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("is_header", "is_bold", "first"),
    [(True, False, "| a | b |"), (False, True, "| **a** | **b** |"), (False, False, "|  |  |")],
)
def test_a_row_of_header_cells_or_in_bold_heads_the_table(is_header: bool, is_bold: bool, first: str) -> None:
    bold = (Span(0, 1, SpanKind.STRONG),) if is_bold else ()
    table = Table(((Line("a", bold), Line("b", bold)), (Line("1"), Line("2"))), is_header)

    assert first == render(flatten([table])).splitlines()[0]


def test_a_table_that_lays_out_the_page_is_none() -> None:
    table, left, right = Frame("table", 0), Frame("cell", 1), Frame("cell", 2)
    blocks = [
        block(0, "Head", table, left, kind=Kind.HEADING, level=2, row=0, column=0),
        block(1, "text", table, left, row=0, column=0),
        block(2, "aside", table, right, row=0, column=1),
        block(3, "foot", table, Frame("cell", 3), row=1, column=0),
    ]

    assert "## Head\n\ntext\n\naside\n\nfoot" == render(blocks)


def test_a_table_far_wider_than_its_cells_costs_nothing() -> None:
    table = Frame("table", 0)
    blocks = [
        block(row, str(row), table, Frame("cell", row + 1, colspan=1000), kind=Kind.CELL, row=row, column=row)
        for row in range(2000)
    ]

    assert "\n\n".join(map(str, range(2000))) == render(blocks)


def test_a_figure_is_its_picture_and_its_caption() -> None:
    figure = Frame("figure", 0)
    picture = Span(0, 0, SpanKind.IMAGE, "https://a.b/c.png", alt="A [cat]")
    blocks = [
        block(0, "", figure, kind=Kind.IMAGE, spans=(picture,)),
        block(1, "Photo: X", figure, kind=Kind.CAPTION),
    ]

    assert "![A \\[cat\\]](https://a.b/c.png)\n\nPhoto: X" == render(blocks)


def test_definitions_are_items_of_a_term_and_its_meaning() -> None:
    terms = Frame("terms", 0)
    blocks = [
        block(0, "CPU", terms, Frame("term", 1), kind=Kind.ITEM),
        block(1, "computes", terms, Frame("definition", 2), kind=Kind.ITEM),
        block(2, "RAM", terms, Frame("term", 3), kind=Kind.ITEM),
        block(3, "remembers", terms, Frame("definition", 4), kind=Kind.ITEM),
    ]

    assert "- CPU\n\n  computes\n\n- RAM\n\n  remembers" == render(blocks)


def test_footnotes_are_read_as_footnotes() -> None:
    notes, item = Frame("ordered", 0), Frame("item", 1)
    reference = Span(4, 7, SpanKind.NOTE, "2")
    blocks = [
        block(0, "word[3] (and more)", spans=(reference, Span(4, 7, SpanKind.SUP))),
        block(1, "The note.", notes, item, Frame("note", 2), kind=Kind.ITEM),
        block(2, "Its second paragraph.", notes, item, Frame("note", 2), kind=Kind.ITEM),
    ]

    written = render(blocks)

    assert "word[^1] (and more)\n\n[^1]: The note.\n\n    Its second paragraph." == written
    tokens = MarkdownIt("commonmark").use(footnote_plugin).parse(written)
    inside = tokens[[token.type for token in tokens].index("footnote_open") :]
    assert ["The note.", "Its second paragraph."] == [token.content for token in inside if token.type == "inline"]


def test_a_reference_to_a_footnote_that_is_not_there_is_text() -> None:
    assert "word[3]" == render([block(0, "word[3]", spans=(Span(4, 7, SpanKind.NOTE, "2"),))])


@pytest.mark.parametrize("tex", ["a_1 + b_1", "x < y", "\\frac{a}{b}", "a*b*c", "f(x)=[x](y)"])
def test_formulas_are_read_as_tex_and_dollars_beside_them_as_dollars(tex: str) -> None:
    inline = block(0, "costs $5, as F shows", spans=(Span(13, 14, SpanKind.FORMULA, tex),))
    alone = block(1, "F", spans=(Span(0, 1, SpanKind.FORMULA, tex),))

    tokens = MarkdownIt("commonmark").use(dollarmath_plugin).parse(render([inline, alone]))

    paragraph = next(token for token in tokens if token.type == "inline")
    shown = next(token for token in tokens if token.type == "math_block")
    assert ["text", "math_inline", "text"] == [token.type for token in paragraph.children]
    assert "costs $5, as " == paragraph.children[0].content
    safe = tex.replace("<", "\\lt ").replace("](", "] (")
    assert (safe, safe) == (paragraph.children[1].content.strip(), shown.content.strip())


def test_lists_in_a_row_stay_two_lists() -> None:
    frames = [Frame("list", 0), Frame("item", 1)], [Frame("list", 2), Frame("item", 3)]

    assert "- a\n\n* b" == render(
        [block(0, "a", *frames[0], kind=Kind.ITEM), block(1, "b", *frames[1], kind=Kind.ITEM)]
    )


def test_structure_of_any_depth_is_written() -> None:
    deep = tuple(Frame("quote", key) for key in range(5000))

    assert render([block(0, "deep", *deep)]).endswith("> deep")


def test_a_page_without_an_essay_gives_nothing() -> None:
    assert "" == render([Block(index=0, text="menu", label=Label.CHROME, kind=Kind.ITEM)])
