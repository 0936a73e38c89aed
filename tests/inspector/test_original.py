"""The page itself with its blocks outlined: all blocks are, by their labels, and nothing in it runs or loads."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

import bs4
import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

import declutter
from declutter.inspect import Original, outlined
from declutter.model import Kind
from tests.cases import CASES, about, page

from .hostile import HOSTILE

ESSAY = "<p>A paragraph of the essay that goes on for a while, so that it is plainly the body of it.</p>" * 3


def original(source: Any, **how: Any) -> Original:
    made = outlined(source, declutter.explain(source, **how), **how)
    assert made is not None
    return made


def words_by_label(made: Original) -> dict[str, Counter[str]]:
    """By label, the letters of the text that is outlined by it."""
    found: dict[str, Counter[str]] = {}
    for element in lxml.html.document_fromstring(made.html).xpath("//*[@data-declutter-label]"):
        found.setdefault(element.get("data-declutter-label"), Counter()).update(letters(element.text_content()))
    return found


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


@pytest.mark.parametrize("case", CASES)
def test_all_text_of_every_fixture_is_outlined_by_its_label(case: str) -> None:
    document = declutter.explain(page(case), url=about(case)["url"])

    made = outlined(page(case), document, url=about(case)["url"])

    if about(case)["form"] == "text":
        assert made is None
        return
    assert made is not None
    expected: dict[str, Counter[str]] = {}
    for block in document.blocks:
        if block.kind is not Kind.IMAGE:
            expected.setdefault(block.label, Counter()).update(letters(block.text))
    found = words_by_label(made)
    pictures = lxml.html.document_fromstring(made.html).xpath(
        "//*[@data-declutter-label]//*[@class='declutter-picture']"
    )
    spare = Counter(letters("".join(picture.text_content() for picture in pictures)))
    assert {} == {label: left for label, want in expected.items() if (left := want - found[label])}
    assert not sum((found[label] - expected[label] for label in found), Counter()) - spare


def test_lines_parted_by_breaks_are_outlined_each_by_its_own_label() -> None:
    made = original(page("zh-hant-br"))

    flashes = lxml.html.document_fromstring(made.html).xpath("//span[@data-declutter-label='flash']")

    assert any("Meadow 基金會解散" in flash.text_content() for flash in flashes)
    assert all(len(flash.text_content()) < 200 for flash in flashes)


def test_text_behind_the_pages_end_is_outlined_too() -> None:
    made = original(f"<html><body>{ESSAY}</body></html><p>A paragraph that stands behind the end of the page.")

    assert "behind the end" in str(lxml.html.document_fromstring(made.html).xpath("string()"))
    assert sum(words_by_label(made)["body"].values()) > len(letters("A paragraph that stands behind the end"))


def test_an_article_for_readers_without_scripts_is_outlined() -> None:
    made = original(f"<html><body><div id=app></div><noscript>{ESSAY}</noscript></body></html>")

    assert {"body"} == set(words_by_label(made))


def test_an_article_that_a_page_keeps_for_its_scripts_is_outlined_behind_what_it_shows() -> None:
    article = " ".join(
        f"Sentence number {n} of an article that the page keeps for its scripts to show." for n in range(9)
    )
    kept = json.dumps({"@type": "Article", "headline": "Kept", "articleBody": article})
    source = f"<html><body><nav><a href=/>Home</a></nav><script type=application/ld+json>{kept}</script></body></html>"

    made = original(source)

    assert "json-ld" == declutter.extract(source).essay_source
    assert letters(article) in letters(str(lxml.html.document_fromstring(made.html).xpath("string(//body)")))
    assert {"body", "chrome"} <= set(words_by_label(made))


def test_a_page_cut_by_a_limit_is_outlined_as_far_as_it_was_read() -> None:
    limits = declutter.Limits(max_blocks=2, over="truncate")

    made = original(f"<html><body>{ESSAY}</body></html>", options=declutter.ExtractOptions(limits=limits))

    assert 2 == made.html.count('data-declutter-start=""')


def test_the_callers_tree_stays_as_it_is() -> None:
    tree = lxml.html.document_fromstring(page("en-kicker"))
    soup = bs4.BeautifulSoup(page("en-kicker"), "lxml")
    before = lxml.html.tostring(tree), str(soup)

    for source in (tree, soup):
        made = outlined(source, declutter.explain(source))
        assert made is not None
        assert {"body", "flash", "title"} <= set(words_by_label(made))

    assert before == (lxml.html.tostring(tree), str(soup))


def test_an_element_and_those_that_follow_it_are_outlined_as_they_were_read() -> None:
    first = lxml.html.document_fromstring("<div><i>one</i>two<i>three</i>four<p>five</p><!-- -->six</div>")[0][0][0]

    made = original(first)

    assert "onetwothreefourfive" in letters(str(lxml.html.document_fromstring(made.html).xpath("string(//body)")))


def test_a_document_of_another_page_is_refused() -> None:
    with pytest.raises(ValueError, match="the document is not of this page: it has 65 blocks of text, the page 3"):
        outlined(f"<html><body>{ESSAY}</body></html>", declutter.explain(page("en-kicker")))


def test_pictures_and_styles_that_a_page_carries_with_it_are_kept_and_others_are_not() -> None:
    picture = "data:image/png;base64,iVBORw0KGgo="
    made = original(
        f"<html><head><style media=print>p{{color:red}}</style><style>.a{{color:blue;background:url(/x.png)}}</style>"
        f"</head><body>{ESSAY}<p style='color:green'>Green words, <img src='{picture}'> and"
        " <img src='/y.png' alt='a map'></p></body></html>"
    )

    assert [picture] == lxml.html.document_fromstring(made.html).xpath("//img/@src")
    assert ".a{color:blue;background:none}" in made.style
    assert "@media print{p{color:red}}" in made.style
    assert '[data-declutter-style="0"]{color:green}' in made.style
    assert ">a map</span>" in made.html


def test_nothing_that_runs_loads_or_leads_away_is_left() -> None:
    made = original(HOSTILE.replace("HOST", "http://evil.example"))

    body = made.html.partition("<body>")[2]
    assert not re.search(r"<(?:script|iframe|object|embed|link|meta|base|form|input|svg|math|video|audio)\b", body)
    assert not re.search(r"<[^>]+\s(?:on\w+|href|src|srcset|action|formaction|ping|style|id)\s*=", body)
    assert "evil.example/" not in made.html
    assert 'data-only=""' == re.findall(r'data-only="[^"]*"', made.html)[0]


def test_a_page_cannot_outline_its_own_text() -> None:
    made = original(f"<html><body>{ESSAY}<div data-declutter-label=flash>{ESSAY}</div></body></html>")

    assert {"body"} == set(words_by_label(made))


def test_a_page_of_any_depth_is_outlined() -> None:
    made = original("<html><body>" + "<div>" * 5000 + "deep words" + "</div>" * 5000 + ESSAY)

    assert "deep words" in made.html


PIECES = """<p> </p> <div> </div> <b> </b> <br> <ul> <li> </ul> <table> <tr> <td> </table> <pre> </pre> <style> </style>
<script> </script> <a\thref='javascript:x'> </a> <img\tsrc=x\tonerror=y> <noscript> </noscript> <select> <option>
</select> </html> <html> <head> </body> <svg> </svg> <math> <textarea> word words,\tmore \U000f0000\U00100001 \x01
&lt;script> <!-- --> <![CDATA[ ]]> <x-y> <title> </title> <form> <details> <embed>""".replace("\n", " ").split(" ")


@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_whatever_the_page_its_original_is_outlined_and_harmless(pieces: list[str]) -> None:
    source = "<!doctype html>" + " ".join(pieces)

    made = original(source)

    body = made.html.partition("<body>")[2]
    assert not re.search(r"<(?:script|style|svg|math)\b|<[^>]*\s(?:on\w+|href|src)\s*=", body)
