"""Selectors find what CSS says, and take no time that grows faster than the page."""

from __future__ import annotations

import pytest
from lxml import html
from lxml.cssselect import CSSSelector

from declutter.rules.selectors import MAX_LENGTH, BadSelectorError, Elements, parse

PAGE = html.document_fromstring(
    "<body>"
    + "".join(
        f'<div class="box a{i % 3}" id=x{i}>'
        f'<p class="c{i % 5}" lang=en-GB>one <span data-of="tide {i % 2}">two</span></p>'
        f"<i></i><p>three</p><ul><li>a<li>b<li class=c1>c</ul></div>"
        for i in range(20)
    )
    + "</body>"
)


@pytest.mark.parametrize(
    "selector",
    [
        "*", "p", ".box", "#x3", "div.a1 > p.c1", "div p", "div.a1 > p.c1 + i", "p ~ p", "i ~ ul li", "ul, .c1 span",
        "[data-of]", "[data-of='tide 1']", "[data-of^=tide]", "[data-of$='1']", "[data-of*='ide']", "[data-of~='0']",
        "[lang|=en]", "p:not(.c3)", "p:is(.c1, .c2)", "p:where(.c1)", "div:first-child", "li:last-child",
        "span:only-child", "p:first-of-type", "p:last-of-type", "i:only-of-type", "i:empty", ":root",
        "div:nth-child(2)",
        "div:nth-child(2n+1) p", "div:nth-child(-n+3)", "li:nth-last-child(2)", "div.box:nth-of-type(3n) span",
        "p:nth-last-of-type(1)", "li:nth-child(even)",
    ],
)  # fmt: skip
def test_a_selector_finds_what_css_says(selector: str) -> None:
    page = Elements((PAGE,))
    found = sorted(set().union(*map(page.matching, parse(selector))))

    assert CSSSelector(selector)(PAGE) == [page.nodes[number] for number in found]
    assert found


def test_of_elements_in_each_other_the_outermost_is_found() -> None:
    tree = html.document_fromstring("<body><div id=a><p><div id=b></div></p></div><div id=c></div></body>")
    page = Elements((tree,))

    assert ["a", "c"] == [page.nodes[number].get("id") for number in page.select("div")]


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("p..x", "Expected ident"), ("", "Expected selector"), ("p:has(a)", ":has"), ("a:hover", ":hover"),
        ("p::before", "::before"), ("svg|p", "namespaces"), ("p:nth-child(x)", "2n\\+1"),
        ("p:contains('x')", ":contains"), ("a" * (MAX_LENGTH + 1), "longer than"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_of_a_page_is_refused_before_there_is_one(selector: str, said: str) -> None:
    with pytest.raises(BadSelectorError, match=said):
        parse(selector)


def test_the_work_for_the_worst_selector_grows_with_the_page_and_no_faster() -> None:
    def steps(count: int) -> int:
        """How many elements are looked at in all for `count` siblings."""
        import sys

        tree = html.document_fromstring("<body>" + "<p>x</p>" * count + "</body>")
        seen = 0

        def trace(*_: object) -> None:
            nonlocal seen
            seen += 1

        sys.setprofile(trace)
        try:
            Elements((tree,)).select("p ~ p ~ p:nth-last-child(odd) ~ p:not(:empty)")
        finally:
            sys.setprofile(None)
        return seen

    assert steps(2000) < 3 * steps(1000)
