"""The form of short texts: breadcrumbs and menus between marks, in any language."""

from __future__ import annotations

import pytest

from declutter.classify.boilerplate.forms import is_crumb, is_menu


@pytest.mark.parametrize("text", ["Home > News > Rivers", "首页 › 新闻 › 河流", "Home / News / Rivers", "A :: B :: C"])
def test_short_pieces_between_arrows_or_spaced_slashes_are_a_breadcrumb(text: str) -> None:
    assert is_crumb(text)


@pytest.mark.parametrize(
    "text",
    ["Home > News", "and/or, he/she", "Home > News > " + "a" * 41, " > ".join(["Rivers and bridges"] * 7)],
    ids=["two pieces", "no spaces", "a long piece", "a long line"],
)
def test_fewer_or_longer_pieces_are_no_breadcrumb(text: str) -> None:
    assert not is_crumb(text)


@pytest.mark.parametrize("text", ["News | Sport | Weather | Contact", "新闻·体育·天气·联系", "a | b | c | " + "d" * 24])
def test_four_short_pieces_between_bars_or_dots_are_a_menu(text: str) -> None:
    assert is_menu(text)


@pytest.mark.parametrize("text", ["News | Sport | Weather", "News, sport, weather, contact", "a | b | c | " + "d" * 25])
def test_fewer_or_longer_pieces_are_no_menu(text: str) -> None:
    assert not is_menu(text)
