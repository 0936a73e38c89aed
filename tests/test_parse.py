"""Text to tree: nothing is lost at any depth, nothing stalls the parser, and soups become the same trees."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import bs4
import pytest
from bs4.exceptions import ParserRejectedMarkup
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from declutter.errors import LimitError
from declutter.options import Limits
from declutter.parse import data_in, from_soup, looks_like_html, parse
from declutter.parse.giant_tags import MAX_ATTRIBUTES, MAX_DEPTH, may_hold_giant_tag, tame
from declutter.parse.limits import fit


def text_of(root: etree._Element) -> str:
    return "".join(str(text) for tree in [root, *root.itersiblings()] for text in tree.itertext())


def depth_of(root: etree._Element) -> int:
    depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
    return deepest


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><p>x",
        "\n\n  <html>x",
        "<!-- a --><BODY class=x>x",
        "<meta charset=utf-8>x",
        "<div>a</div><p>b",
        "a<br>b<br/>c<br />d",
        " " * 5000 + "<html>",
        " <script>" + "x" * 2000 + "</script><p>a",
        "<TITLE>a</TITLE>b",
    ],
)
def test_a_page_looks_like_html(text: str) -> None:
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "a < b > c",
        "the <p> tag and the <div> tag",
        "<header>x",
        "x" * 2000 + "<html>",
        "<b><i><u>",
        "how to write a <script> of one's own",
        "<titles> are written so",
    ],
)
def test_a_text_dump_does_not_look_like_html(text: str) -> None:
    assert not looks_like_html(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "<?xml version='1.0'?>\n<!-- made by hand -->\n<rss version='2.0'><channel/></rss>",
            "a feed or sitemap (<rss>)",
        ),
        ("<feed xmlns='http://www.w3.org/2005/Atom'><entry><p>a<p>b<p>c</entry></feed>", "a feed or sitemap (<feed>)"),
        ("\ufeff<?xml version='1.0'?><urlset><url/></urlset>", "a feed or sitemap (<urlset>)"),
        ("<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>\n", "an SVG image"),
        ("<svg><path/></svg><div>a</div><p>b</p>", None),
        ("<?xml version='1.0'?><html><body>a</body></html>", None),
        ('{"text": "a"}', "JSON"),
        ('[{"text": "a"}]\n', "JSON"),
        ('{"text": "a"}\n{"text": "b"}\n', "JSON"),
        ("[2023/5/28 9:47:25] a", None),
        ("[1]", None),
        ("{a}", None),
        ("[" * 100_000, None),
        ("<?xml" * 100_000, None),
        ("<rss-reader> is a name", None),
        ("https://example.org/story", "a URL"),
        ("# tides\nhttps://example.org/a\n\n  HTTP://example.org/b\n", "a list of URLs"),
        ("crawl/a.html\n", "a file name"),
        ("crawl/a.html\r\n./b.htm.gz\n\nc.xhtml", "a list of file names"),
        ("crawl/a.html\nis a file", None),
        ("see crawl/a.html", None),
        ("https://example.org/a\nis where it stands", None),
        ("# a comment\n", None),
        ("https://example.org/a b", None),
    ],
)
def test_data_is_told_from_pages_and_dumps_by_its_root(text: str, kind: str | None) -> None:
    assert kind == data_in(text)


@pytest.mark.parametrize("text", ["", " \n", "<!-- x -->", "<!doctype html>", "</p", "\ufeff"])
def test_a_page_without_text_is_an_empty_root(text: str) -> None:
    assert "" == text_of(parse(text)).strip("\ufeff\n ")


def test_text_after_the_end_of_the_page_stands_in_siblings() -> None:
    assert "abc" == text_of(parse("<html><body>a</body></html>b<p>c</p>"))


def test_a_comment_inside_a_word_neither_cuts_nor_drops_it() -> None:
    paragraph = parse("<p>one<!-- a > b -->two <?x?>three</p>").find(".//p")

    assert paragraph is not None
    assert "onetwo three" == paragraph.text


def test_a_declaration_in_the_text_does_not_change_how_it_is_read() -> None:
    assert "中文é" == text_of(parse("<?xml version='1.0' encoding='big5'?><meta charset=gbk><p>中文é"))


def test_lone_surrogates_become_replacement_characters() -> None:
    assert "a\ufffdb" == text_of(parse("<p>a\ud800b"))


@pytest.mark.parametrize("levels", [300, 2_100, 100_000])
@pytest.mark.parametrize("tag", ["div", "b", "font", "table><tr><td", "section"])
def test_no_text_vanishes_at_any_depth(levels: int, tag: str) -> None:
    page = "".join(f"<{tag}>{number} " for number in range(levels)) + "end"

    assert "".join(f"{number} " for number in range(levels)) + "end" == text_of(parse(page))


def test_a_deep_page_keeps_what_comes_after_the_depth_in_its_shape() -> None:
    page = "<div>" * 5000 + "x" + "</div>" * 5000 + "<ul><li>a</li><li>b</li></ul>"

    assert ["a", "b"] == [item.text for item in parse(page).iter("li")]


def test_end_tags_that_libxml2_ignores_do_not_let_a_tamed_page_grow_deep() -> None:
    assert depth_of(parse("<b><div>x</b>" * 10_000)) <= MAX_DEPTH + 2


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """All markup that libxml2 gets."""
    from declutter.parse import markup as stage

    seen: list[bytes] = []
    tree = stage._tree

    def noting(markup: bytes, *rest: Any) -> etree._Element:
        seen.append(markup)
        return tree(markup, *rest)

    monkeypatch.setattr(stage, "_tree", noting)
    return seen


@pytest.mark.parametrize("attribute", [" a{}", " a{}=1", " a{}='>'", ' a{}="<b>text</b>"', " a{}='\"' <b"])
@pytest.mark.parametrize(
    "before",
    [
        "",
        "<script>if (a<b && c=='x') {}</script>",
        "<script><!--<script></script>--></script>",
    ],
)
def test_a_tag_with_very_many_attributes_is_cut_before_the_parser_sees_it(
    attribute: str, before: str, parsed: list[bytes]
) -> None:
    page = f"{before}<p>one</p><p{''.join(attribute.format(n) for n in range(60_000))}>two</p><i>three</i>"

    root = parse(page)

    assert max(len(element.attrib) for element in root.iter("p")) <= MAX_ATTRIBUTES
    assert text_of(root).endswith("onetwothree")
    assert all(len(markup) < len(page) / 20 for markup in parsed)


@pytest.mark.parametrize(
    "page",
    [
        "<p class='a'>text with a = b</p>" * 5000,
        "<p>" + "long text without any tag, " * 5000,
        "<script>" + "var a=1;b=2;" * 5000 + "</script>",
        "<img src='data:image/png;base64," + "A1B2C3" * 20_000 + "'>",
    ],
)
def test_honest_pages_are_not_rewritten(page: str) -> None:
    assert not may_hold_giant_tag(page.encode())


@pytest.mark.parametrize(
    "unit",
    [
        "<p>",
        "a<br>",
        "<div>x",
        "</p>",
        "<b><div></b>",
        "<a ",
        "<!--",
        "<table><td>",
        "<li>x",
        "&amp;",
        "<",
        "x</html>y",
        "<b a='",
    ],
)
def test_what_the_parser_gets_is_linear_in_the_page(unit: str, parsed: list[bytes]) -> None:
    page = unit * (400_000 // len(unit))

    parse(page)

    # Once as it is and, where it is too deep, once more with the end tags that keep it from that.
    assert 1 <= len(parsed) <= 2
    assert sum(map(len, parsed)) < 6 * len(page)


def test_a_page_over_a_limit_is_refused_by_name() -> None:
    with pytest.raises(LimitError, match=r"page\.html.*more than 10 bytes, max_bytes is 10"):
        fit("<p>long enough</p>", Limits(max_bytes=10), subject="page.html")


def test_a_page_over_a_limit_may_be_cut_instead() -> None:
    limits = Limits(max_elements=3, over="truncate")

    assert "123" == text_of(parse(fit("<p>1<p>2<p>3<p>4<p>5", limits)))


def test_a_page_within_the_limits_is_given_back_itself() -> None:
    page = "<p>x" * 100

    assert fit(page, Limits()) is page
    assert fit(page, Limits(max_bytes=50, over="truncate")) == page[:48]


def test_a_soup_becomes_a_tree_and_stays_as_it_is() -> None:
    soup = bs4.BeautifulSoup(
        "<html lang=zh><body class='a b'>x<!-- c -->y<p id=z>p</p>z</body></html>",
        "html.parser",
    )
    before = str(soup)

    root = from_soup(soup)

    assert b'<html lang="zh"><body class="a b">xy<p id="z">p</p>z</body></html>' == etree.tostring(root)
    assert before == str(soup)


def test_a_tag_of_a_soup_becomes_a_tree_without_its_neighbours() -> None:
    soup = bs4.BeautifulSoup("<div>a<p>b<i>c</i>d</p>e</div>", "html.parser")

    assert soup.p is not None
    assert "bcd" == text_of(from_soup(soup.p))


def test_a_soup_deeper_than_a_tree_may_be_keeps_all_text_in_order() -> None:
    soup = bs4.BeautifulSoup("".join(f"<div>{n} " for n in range(3000)) + "x</div>" * 3000, "html.parser")

    root = from_soup(soup)

    assert "".join(f"{n} " for n in range(3000)) + "x" * 3000 == text_of(root)
    assert depth_of(root) <= MAX_DEPTH + 1


def test_importing_the_stage_does_not_import_beautifulsoup() -> None:
    code = "import sys, declutter.parse, declutter.decode; print('bs4' in sys.modules)"

    assert (
        "False"
        == subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
    )


MARKUP = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<div>",
                "</div>",
                "<td>",
                "<br>",
                "<!--",
                "-->",
                "<![CDATA[",
                "]]>",
                "<script>",
                "</script>",
                "<a",
                "x='",
                "'",
                '"',
                ">",
                "<",
                "/",
                "&",
                "=",
                "<title>",
                "</title>",
                "<li>",
                "</html>",
                "<plaintext>",
                "&amp;",
                "&#0;",
                "<svg>",
                "<{a}>",
                "<x:y",
                "{z}=1>",
            ]
        ),
        st.text(max_size=8),
    ),
    max_size=40,
).map("".join)


@given(MARKUP)
def test_any_text_makes_a_tree(page: str) -> None:
    assert isinstance(parse(page), etree._Element)


@given(MARKUP)
def test_any_soup_makes_a_tree_with_its_text(page: str) -> None:
    try:
        soup = bs4.BeautifulSoup(page, "html.parser")
    except (ParserRejectedMarkup, AssertionError):
        return

    text = "".join(str(node) for node in soup.descendants if type(node) in {bs4.NavigableString, bs4.CData})
    kept = [sign for sign in text if sign.isalnum()]
    found = iter(text_of(from_soup(soup)))

    assert all(sign in found for sign in kept)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["div", "b", "p", "td", "i", "ul", "li", "font"]),
            st.booleans(),
        ),
        max_size=60,
    )
)
def test_taming_keeps_the_order_of_text(tags: list[tuple[str, bool]]) -> None:
    page = "".join(f"<{'/' if ends else ''}{name} q=1>{number} " for number, (name, ends) in enumerate(tags))

    assert text_of(parse(page)) == text_of(parse(tame(page.encode()).decode()))
