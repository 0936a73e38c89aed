"""The form of short texts: breadcrumbs and menus between marks, in any language."""

from __future__ import annotations

import pytest

from declutter.classify.boilerplate.forms import ends_sentence, is_crumb, is_menu, size


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


def test_a_character_of_a_wide_script_counts_as_two_letters_also_where_words_are_spaced() -> None:
    for text in ("강가의 배는 이틀에 한 번 떠난다.", "강 배는 이틀에 한번 떠난다.", "川辺の船は二日に一度出る."):
        assert size(text) == 2 * len(text)


def test_letters_of_other_scripts_count_as_one_also_beside_a_wide_word() -> None:
    for text in ("The boat leaves from 강가 every day.", "Das Boot heißt „川辺“.", "Лодка уходит каждый день."):
        assert size(text) == len(text)


def test_a_quotation_ends_a_sentence_also_with_a_space_before_its_mark() -> None:
    assert ends_sentence("« Le bateau part à midi. »")
    assert ends_sentence("«\u202fLe bateau part à midi.\u202f»")
    assert not ends_sentence("Le bateau « Midi »")
