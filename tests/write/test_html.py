"""HTML that a browser reads to the same text and structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from essays import ESSAYS, flatten
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import expected, read_html

from declutter.model import Block, Frame, Kind, Label, Span, SpanKind
from declutter.write.html import render

if TYPE_CHECKING:
    from essays import Part


def block(index: int, text: str, *within: Frame, kind: Kind = Kind.PARAGRAPH, **more: object) -> Block:
    """A body block, with the rest of its fields where they matter."""
    return Block(index=index, text=text, label=Label.BODY, kind=kind, within=within, **more)


@given(ESSAYS, st.lists(st.booleans(), max_size=8))
@settings(max_examples=100)
def test_a_parser_reads_back_what_was_written(essay: tuple[Part, ...], flashes: list[bool]) -> None:
    blocks = flatten(essay, flashes)

    assert expected(essay) == read_html(render(blocks))


def test_merged_cells_stay_merged_and_a_cell_left_out_leaves_its_place() -> None:
    table = Frame("table", 0)
    left_out = Block(
        index=1, text="ad", label=Label.PROMO, kind=Kind.CELL, within=(table, Frame("cell", 2)), row=1, column=0
    )
    blocks = [
        block(0, "wide", table, Frame("cell", 1, header=True, colspan=1000), kind=Kind.CELL, row=0, column=0),
        left_out,
        block(2, "b", table, Frame("cell", 3, rowspan=2), kind=Kind.CELL, row=1, column=1),
        block(3, "a", table, Frame("cell", 4), kind=Kind.CELL, row=2, column=0),
    ]

    assert [
        "<table>",
        "<tbody>",
        '<tr><th colspan="2">wide</th></tr>',
        '<tr><td></td><td rowspan="2">b</td></tr>',
        "<tr><td>a</td></tr>",
        "</tbody>",
        "</table>",
    ] == render(blocks).splitlines()


def test_a_figure_holds_its_picture_and_its_caption() -> None:
    figure = Frame("figure", 0)
    picture = Span(0, 0, SpanKind.IMAGE, "https://a.b/c.png", alt='A "cat"', width=300, height=200)
    blocks = [
        block(0, "", figure, kind=Kind.IMAGE, spans=(picture,)),
        block(1, "Photo", figure, kind=Kind.CAPTION),
    ]

    assert [
        "<figure>",
        '<p><img src="https://a.b/c.png" alt="A &quot;cat&quot;" width="300" height="200"></p>',
        "<figcaption>Photo</figcaption>",
        "</figure>",
    ] == render(blocks).splitlines()


def test_definitions_footnotes_and_formulas_have_their_elements() -> None:
    terms, note = Frame("terms", 0), Frame("note", 3)
    spans = (Span(0, 3, SpanKind.FORMULA, "E < mc^2"), Span(4, 5, SpanKind.NOTE, "3"))
    blocks = [
        block(0, "CPU", terms, Frame("term", 1), kind=Kind.ITEM),
        block(1, "computes", terms, Frame("definition", 2), kind=Kind.ITEM),
        block(2, "Emc 1", spans=spans),
        block(3, "The note.", note),
    ]

    assert [
        "<dl>",
        "<dt>CPU</dt>",
        "<dd>computes</dd>",
        "</dl>",
        '<p><span class="math">\\(E &lt; mc^2\\)</span> <sup><a href="#note-1" rel="noopener noreferrer nofollow">1</a></sup></p>',  # noqa: E501 - one line
        '<div id="note-1"><p>The note.</p></div>',
    ] == render(blocks).splitlines()


def test_code_names_its_language() -> None:
    code = block(0, "a <b>\n  c", Frame("code", 0, language="html"), kind=Kind.CODE)

    assert '<pre><code class="language-html">a &lt;b&gt;\n  c</code></pre>' == render([code])
