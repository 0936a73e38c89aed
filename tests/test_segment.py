"""Where a page is cut into blocks, and what they keep of it."""

from __future__ import annotations

import pytest

from declutter.model import Kind, SpanKind
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment, segment_text

from .counting import steps_of


def outline_of(page: str) -> Outline:
    return segment(parse(page))


def texts(page: str) -> list[str]:
    return outline_of(page).texts


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>one</p><p>two</p>", ["one", "two"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("<div>one<div>two<div>three</div>four</div>five</div>", ["one", "two", "three", "four", "five"]),
        ("<p>one <b>and</b> <i>two</i></p>", ["one and two"]),
        ("<p>o<b>n</b>e</p>", ["one"]),
        ("<p><b>Harbour news</b><time>May 2</time><i>Tides</i></p>", ["Harbour news May 2 Tides"]),
        ("<p><b>Harbour</b><i><u>Wind</u></i> and <span>tide</span><span>s</span></p>", ["Harbour Wind and tides"]),
        ("<p><i>CO</i><sub>2</sub> <i>x</i><sup>2</sup> <code><b>get</b><b>All</b></code></p>", ["CO2 x2 getAll"]),
        ("<pre><b>get</b><b>All</b></pre>", ["getAll"]),
        ("<p>o<a href=x>n</a>e</p>", ["one"]),
        ("<p><a href=x>one</a><a href=y>two</a></p>", ["one two"]),
        ("<pre><a href=x>one</a><a href=y>two</a></pre>", ["onetwo"]),
        ("<p>one<br>two<br/>three</p>", ["one", "two", "three"]),
        ("<p>one<br><br>two</p>", ["one", "two"]),
        ("<table><tr><td>one<td>two<tr><th>three</table>", ["one", "two", "three"]),
        ("<ul><li>one<li>two<ul><li>three</ul>four</ul>", ["one", "two", "three", "four"]),
        ("<span>one<div>two</div>three</span>", ["one", "two", "three"]),
        ("<a href=x><h2>one</h2><p>two</p></a>", ["one", "two"]),
        ("<x-card>one</x-card><x-card>two</x-card>", ["one", "two"]),
        ("<p>one</p><embed src=x><p>two</p>", ["one", "two"]),
        ("<p>one<!-- comment -->two<?php no ?></p>", ["onetwo"]),
        ("<dl><dt>one<dd>two</dl><button>three</button>", ["one", "two", "three"]),
        ("one", ["one"]),
        ("<p> \n\t </p><div></div>", []),
        ("", []),
    ],
)
def test_text_is_cut_at_block_level_elements_breaks_and_cells_and_not_below(page: str, expected: list[str]) -> None:
    assert expected == texts(page)


def test_white_space_is_folded() -> None:
    assert ["one two three"] == texts("<p>\n one \t two <b> three </b>\n</p>")


def test_code_keeps_its_lines() -> None:
    assert ["def f():\n    return 1"] == texts("<pre>\ndef f():\n    return 1\n</pre>")


@pytest.mark.parametrize("tag", ["script", "style", "template", "select", "textarea", "noscript", "svg"])
def test_what_a_browser_does_not_show_as_text_is_no_block(tag: str) -> None:
    assert ["one", "two"] == texts(f"<body><p>one</p><{tag}>hidden</{tag}><p>two</p>")


def test_noscript_is_shown_on_request() -> None:
    tree = parse("<body><p>one</p><noscript><p>two</p></noscript>")

    assert ["one", "two"] == segment(tree, noscript=True).texts


def test_text_after_the_end_of_the_page_is_a_block_too() -> None:
    assert ["one", "two", "three"] == texts("<html><body><p>one</p></body></html><p>two</p><div>three</div>")


def test_a_single_break_is_soft_and_two_are_not() -> None:
    outline = outline_of("<p>one<br>two<br><br>three</p><p>four</p>")

    assert [False, True, False, False] == outline.softs


def test_a_link_that_holds_blocks_links_each_of_them() -> None:
    outline = outline_of("<a href=/x><h2>one</h2><p>two</p></a><p>three</p>")

    assert [3, 3, 0] == outline.linked
    assert [[SpanKind.LINK], [SpanKind.LINK], []] == [[mark.kind for mark in marks] for marks in outline.marks]


def test_marks_point_at_the_folded_text() -> None:
    (text,), (marks,) = (outline := outline_of("<p>  a <b> bold </b> and <a href=x>link</a>.</p>")).texts, outline.marks

    assert [("bold", SpanKind.STRONG), ("link", SpanKind.LINK)] == [(text[m.start : m.end], m.kind) for m in marks]


def test_a_picture_without_text_stands_before_the_block_that_follows() -> None:
    outline = outline_of("<p>one</p><figure><img src=a></figure><p>two</p>")

    assert [1] == [image.before for image in outline.images]


def test_kinds_come_from_the_nearest_element_that_has_one() -> None:
    outline = outline_of("<h1>a</h1><ul><li><p>b</ul><blockquote><p>c</blockquote><table><td>d</table><p>e")

    kinds = [outline.kinds[owner] for owner in outline.owners]
    assert [Kind.HEADING, Kind.ITEM, Kind.QUOTE, Kind.CELL, Kind.PARAGRAPH] == kinds


@pytest.mark.parametrize(
    "page",
    [
        "<div><p>one<p>two<div>three<p>four</div></div><div><p>five</div>",
        "<main><section><h2>one</h2><ul><li>two<li>three</ul></section><section><p>four</section></main>",
        "<table><tr><td>one<td>two<tr><td>three</table>",
        "<p>one<br>two",
        "<div>" * 150 + "<p>deep</p>" + "</div>" * 150,
    ],
)
def test_an_address_selects_the_element_that_holds_the_text(page: str) -> None:
    tree = parse(page)
    outline = segment(tree)
    addresses = outline.addresses()

    for text, owner in zip(outline.texts, outline.owners, strict=True):
        (element,) = tree.getroottree().xpath(addresses[owner])
        assert text in " ".join("".join(element.itertext()).split())


@pytest.mark.parametrize(
    ("around", "repeated"),
    [
        ("<div>" * 200, "<p>word <b>and</b> word</p>"),
        ("<picture>", "<img>"),
        ("<picture>" + "<source>" * 500, "<img>"),
        ("<a href=/x>" + "<span>" * 500, "<img src=/a.png>"),
        ("", "<script type=math/tex class=MathJax>x</script>"),
        ("<form>" * 200, "<input name=mail><time datetime=2024>now</time>"),
    ],
)
def test_the_walk_is_linear_in_the_size_of_the_page(around: str, repeated: str) -> None:
    def steps(count: int) -> int:
        tree = parse(around + repeated * count)
        return steps_of(lambda: segment(tree).addresses())

    assert steps(2000) < 2.4 * steps(1000)


def test_a_text_dump_has_a_block_for_each_line_that_is_not_blank() -> None:
    outline = segment_text("one\n\n  two\twords \r\nthree\n")

    assert ["one", "two words", "three"] == outline.texts
    assert [1, 3, 4] == outline.lines


@pytest.mark.parametrize(
    ("ruby", "expected"),
    [
        ("<ruby>漢字<rp>（</rp><rt>かんじ</rt><rp>）</rp></ruby>", "漢字（かんじ）"),
        ("<ruby>漢字<rt>かんじ</rt></ruby>", "漢字(かんじ)"),
        ("<ruby>振<rt>ふ</rt>り<rt></rt>仮<rt>が</rt>名<rt>な</rt></ruby>", "振(ふ)り仮(が)名(な)"),
        ("<ruby><rb>水</rb><rb>車</rb><rt>すい</rt><rt>しゃ</rt></ruby>", "水車(すいしゃ)"),
    ],
)
def test_a_reading_stands_in_brackets_behind_its_characters(ruby: str, expected: str) -> None:
    assert [f"{expected}です"] == texts(f"<p>{ruby}です</p>")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>He said <q>the ice <q>will</q> hold</q>.</p>", "He said “the ice ‘will’ hold”."),
        ("<html lang=de-AT><p>Er sagte: <q>Es hält.</q></p>", "Er sagte: „Es hält.“"),
        ("<p lang=fr>Il dit <q>non</q>.</p>", "Il dit «non»."),
        ("<p>He said <q>“no”</q>.</p>", "He said “no”."),
        ("<p>Nothing <q></q> said.</p>", "Nothing said."),
    ],
)
def test_quotation_marks_that_a_browser_adds_are_part_of_the_text(page: str, expected: str) -> None:
    assert [expected] == texts(page)


def test_a_mark_behind_a_quotation_keeps_its_place() -> None:
    outline = outline_of("<p><q>No</q>, <b>she</b> said.</p>")

    assert [(SpanKind.STRONG, "she")] == [(m.kind, outline.texts[0][m.start : m.end]) for m in outline.marks[0]]


def test_markup_inside_its_own_kind_is_said_once_for_each_text() -> None:
    nested = outline_of(
        "<b><strong>one</b></strong><p><code><code><sup>a<sup>b</sup></sup>" + "<code>" * 30 + "<p>two<p>three"
    )

    assert [
        ("one", ["strong"]),
        ("ab", ["code", "sup", "sup"]),
        ("two", ["code"]),
        ("three", ["code"]),
    ] == [(text, sorted(mark.kind for mark in marks)) for text, marks in zip(nested.texts, nested.marks, strict=True)]


def test_a_task_that_no_reader_can_tick_has_its_box() -> None:
    box = "<input type=checkbox disabled{}>"
    ready, waiting = box.format(" checked"), box.format("")
    page = f"<ul><li>{ready} Mend</li><li>{waiting} Sail</li><li><input type=checkbox> Rest</li></ul>"

    assert ["☑ Mend", "☐ Sail", "Rest"] == texts(page)


def test_a_time_is_parted_from_the_word_that_it_touches() -> None:
    assert texts("<p><span>Par Claire Estève</span><time>mardi 3 mars</time></p>") == ["Par Claire Estève mardi 3 mars"]
