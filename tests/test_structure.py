"""What stands around the blocks of a page: frames, levels, places in tables, footnotes."""

from __future__ import annotations

import pytest

from declutter.assemble.structure import Structure, Surroundings
from declutter.classify.tables import settle_tables
from declutter.model import Frame, Label
from declutter.notes import find_notes
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment
from declutter.tables import find_tables


def outline_of(body: str) -> Outline:
    return segment(parse(f"<html><body>{body}</body></html>"))


def surroundings(body: str) -> dict[str, Surroundings]:
    """What stands around each block, by its text, on a page that is all essay."""
    outline = outline_of(body)
    notes = find_notes(outline, [Label.BODY] * len(outline.texts))
    structure = Structure(outline, find_tables(outline), notes.values())
    return {
        text: structure.surroundings(owner) for text, owner in zip(outline.texts, outline.owners, strict=True)
    }  # fmt: skip


def kinds(frames: tuple[Frame, ...]) -> list[str]:
    return [frame.kind for frame in frames]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<ul><li>a</li></ul>", ["list", "item"]),
        ("<ol><li><p>a</p></li></ol>", ["ordered", "item"]),
        ("<ul><li>x<ul><li>a</li></ul></li></ul>", ["list", "item", "list", "item"]),
        ("<dl><dt>x</dt><dd>a</dd></dl>", ["terms", "definition"]),
        ("<blockquote><p>a</p></blockquote>", ["quote"]),
        ("<figure><img src='x.jpg'><figcaption>a</figcaption></figure>", ["figure"]),
        ("<pre>a</pre>", ["code"]),
        ("<div><li>a</li></div>", ["list", "item"]),
        ("<div><p>a</p></div>", []),
        ("<table><tr><td>a</td></tr></table>", []),
    ],
)
def test_frames_are_the_elements_that_give_shape_and_layout_tables_give_none(body: str, expected: list[str]) -> None:
    found = surroundings(body)

    assert expected == kinds(found["a"].within)


def test_blocks_of_one_element_share_its_key_and_others_do_not() -> None:
    found = surroundings("<ul><li>a<p>b</p></li><li>c</li></ul>")

    (list_a, item_a), (list_b, item_b), (list_c, item_c) = (found[text].within for text in "abc")
    assert (list_a.key, list_a.key, item_a.key) == (list_b.key, list_c.key, item_b.key)
    assert item_a.key != item_c.key


def test_levels_are_those_of_headings_and_the_depth_of_items() -> None:
    found = surroundings("<h2><a href='/x'>a</a></h2><ul><li>b<ol><li>c</li></ol></li></ul><p>d</p>")

    assert [2, 1, 2, 0] == [found[text].level for text in "abcd"]


def test_lists_start_where_the_page_says() -> None:
    found = surroundings("<ol start='4'><li>a</li><li value='9'>b</li></ol><ol start='x'><li>c</li></ol>")

    assert [4, None] == [frame.number for frame in found["a"].within]
    assert [4, 9] == [frame.number for frame in found["b"].within]
    assert [None, None] == [frame.number for frame in found["c"].within]


def test_cells_stand_past_those_that_reach_down_from_above() -> None:
    found = surroundings(
        "<table><caption>t</caption>"
        "<tr><th rowspan=2>a</th><th colspan=2>b</th></tr>"
        "<tr><td>c</td><td>d</td></tr>"
        "<tr><td>e</td><td><ul><li>f</li></ul></td></tr></table>"
    )

    places = {text: (around.row, around.column) for text, around in found.items()}
    assert places == {
        "t": (None, None), "a": (0, 0), "b": (0, 1), "c": (1, 1), "d": (1, 2), "e": (2, 0), "f": (2, 1),
    }  # fmt: skip
    assert Frame("cell", found["b"].within[-1].key, header=True, colspan=2) == found["b"].within[-1]
    assert ["table"] == kinds(found["t"].within)


def test_no_cell_covers_more_columns_than_html_allows() -> None:
    found = surroundings(
        "<table><tr><td colspan=9007199254740991>a</td><td>b</td></tr>"
        "<tr><td rowspan=-3>c</td><td colspan=x>d</td></tr></table>"
    )

    assert [1000, 1, 1, 1] == [found[text].within[-1].colspan for text in "abcd"]
    assert [1, 1, 1, 1] == [found[text].within[-1].rowspan for text in "abcd"]


@pytest.mark.parametrize(
    "cells",
    [
        "<tr><td>a</td><td>b</td></tr>",
        "<tr><td>a</td></tr><tr><td>b</td></tr>",
        "<tr><td><h2>a</h2></td><td>b</td></tr><tr><td>c</td><td>d</td></tr>",
        f"<tr><td>{'long ' * 400}</td><td>b</td></tr><tr><td>c</td><td>d</td></tr>",
    ],
)
def test_a_row_a_column_a_heading_or_a_long_text_make_a_layout_table(cells: str) -> None:
    assert [] == find_tables(outline_of(f"<table>{cells}</table>"))


def test_a_table_in_a_layout_table_is_one_of_data() -> None:
    inner = "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>"

    (table,) = find_tables(
        outline_of(f"<table><tr><td>x</td><td>{inner}</td></tr><tr><td>y</td><td>z</td></tr></table>")
    )

    assert [(0, 0), (0, 1), (1, 0), (1, 1)] == [(cell.row, cell.column) for cell in table.cells]


_NINE_CELLS = "<table>" + "<tr><td>a</td><td>b</td><td>c</td></tr>" * 3 + "</table>"


def test_a_table_most_of_whose_cells_are_the_essays_is_the_essays_but_for_its_advertisements() -> None:
    outline = outline_of(f"{_NINE_CELLS}<p>e</p>")
    labels = [Label.BODY] * 7 + [Label.CHROME, Label.PROMO, Label.CHROME]

    settle_tables(outline, labels, find_tables(outline))

    assert [Label.BODY] * 8 + [Label.PROMO, Label.CHROME] == labels


def test_a_table_whose_cells_are_the_essays_by_a_bare_majority_stays_as_it_is() -> None:
    outline = outline_of(_NINE_CELLS)
    labels = [Label.BODY] * 6 + [Label.CHROME] * 3

    settle_tables(outline, labels, find_tables(outline))

    assert [Label.BODY] * 6 + [Label.CHROME] * 3 == labels


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("<pre class='language-python'>a</pre>", "python"),
        ("<pre><code class='hljs lang-c++'>a</code></pre>", "c++"),
        ("<pre class='brush: js'>a</pre>", "js"),
        ("<div class='highlight-python3 notranslate'><div class='highlight'><pre>a</pre></div></div>", "python3"),
        ("<div class='highlight highlight-source-shell'><pre>a</pre></div>", "shell"),
        ("<pre><code data-lang='Go'>a</code></pre>", "go"),
        ("<pre class='language-plaintext'>a</pre>", None),
        ("<pre class='wp-block-code'>a</pre>", None),
    ],
)
def test_code_has_the_language_that_the_page_names(code: str, language: str | None) -> None:
    (frame,) = surroundings(code)["a"].within

    assert language == frame.language


@pytest.mark.parametrize(
    ("note", "is_note"),
    [
        ("<ol><li id=n>a</li></ol>", True),
        ("<p id=n>a</p>", True),
        ("<p><a id=n href='#r'>[1]</a> a</p>", True),
        ("<div id=n><h2>x</h2><p>a</p></div>", False),
        (f"<div id=n><p>a</p>{'<p>b</p>' * 60}</div>", False),
        ("<p id=m>a</p>", False),
    ],
)
def test_what_a_number_in_the_text_leads_down_to_is_a_note_unless_it_is_a_section(note: str, *, is_note: bool) -> None:
    found = surroundings(f"<p>word<a href='#n' id=r>[1]</a></p>{note}")

    within = next(around.within for text, around in found.items() if text.endswith(" a") or text == "a")
    assert is_note == ("note" in kinds(within))


def test_a_figure_by_its_class_is_one_whatever_address_its_picture_has() -> None:
    found = surroundings("<div class=wp-caption><img src='data:image/gif;base64,R0lGOD'><p>the weir</p></div>")

    assert ["figure"] == kinds(found["the weir"].within)


def test_what_a_link_leads_up_to_is_no_note() -> None:
    found = surroundings("<p id=n>a</p><p>b <a href='#n'>1</a></p>")

    assert [] == kinds(found["a"].within)


def test_a_hundred_thousand_levels_are_framed_no_deeper_than_writers_read() -> None:
    outline = Outline()
    for level in range(1, 100_001):
        outline.tags.append("blockquote")
        outline.parents.append(level - 1)
        outline.kinds.append(outline.kinds[0])
    structure = Structure(outline, [], [])

    assert 24 == len(structure.surroundings(100_000).within)
