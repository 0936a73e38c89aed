"""A headline ends at its mark, whatever the portal's mark; a label, an attribution and a list are weaker than one."""

from __future__ import annotations

import pytest

from declutter.classify.flash.headlines import Headline, find_headline
from declutter.vocabulary import vocabulary

TEXT = "The harbour ferry company ordered two electric boats for delivery next spring."
TEXT_ZH = "港口轮渡公司宣布，已向一家造船厂订购两艘电动船，预计明年春天交付。"


def found(text: str) -> Headline:
    headline = find_headline(text, vocabulary())
    assert headline is not None
    return headline


MARKED = {
    f"Harbour ferry orders two electric boats:{TEXT}": ("Harbour ferry orders two electric boats", "colon"),
    f"Harbour ferry orders two electric boats: {TEXT}": ("Harbour ferry orders two electric boats", "colon"),
    f"Harbour ferry orders two electric boats – {TEXT}": ("Harbour ferry orders two electric boats", "dash"),
    f"[Harbour ferry orders two electric boats] {TEXT}": ("Harbour ferry orders two electric boats", "bracket"),
    f"BREAKING | Harbour ferry orders two electric boats: {TEXT}": (
        "Harbour ferry orders two electric boats",
        "kicker",
    ),
    f"港口轮渡公司订购两艘电动船：{TEXT_ZH}": ("港口轮渡公司订购两艘电动船", "colon"),
    f"【港口轮渡公司订购两艘电动船】{TEXT_ZH}": ("港口轮渡公司订购两艘电动船", "bracket"),
    f"快讯 | 港口轮渡公司订购两艘电动船：{TEXT_ZH}": ("港口轮渡公司订购两艘电动船", "kicker"),
    f"BREAKING! Harbour ferry orders two electric boats: {TEXT}": ("Harbour ferry orders two electric boats", "kicker"),
    f"**BREAKING:** Harbour ferry orders two electric boats: {TEXT}": (
        "Harbour ferry orders two electric boats",
        "kicker",
    ),
    f"ULTIMA HORA: Harbour ferry orders two electric boats: {TEXT}": (
        "Harbour ferry orders two electric boats",
        "kicker",
    ),
    f"Ferries | Harbour ferry orders two electric boats: {TEXT}": (
        "Harbour ferry orders two electric boats",
        "colon",
    ),
    f"快讯：港口轮渡公司订购两艘电动船：{TEXT_ZH}": ("港口轮渡公司订购两艘电动船", "kicker"),
    f"港口轮渡公司订购两艘电动船——{TEXT_ZH}": ("港口轮渡公司订购两艘电动船", "dash"),
    f"数据：轮渡客流较上月增长 18%：{TEXT_ZH}": ("数据：轮渡客流较上月增长 18%", "colon"),
}


@pytest.mark.parametrize(("text", "expected"), MARKED.items(), ids=[form for _, form in MARKED.values()])
def test_a_headline_ends_at_its_mark(text: str, expected: tuple[str, str]) -> None:
    headline = found(text)

    assert expected == (text[headline.start : headline.end], headline.form)


@pytest.mark.parametrize(
    "text",
    [
        f"Mayor: {TEXT}",
        f"The mayor of the harbour town said: “{TEXT}”",
        f"But the harbour ferry had other plans: {TEXT}",
        f"但是港口轮渡公司另有打算：{TEXT_ZH}",
        f"1. Harbour ferry: {TEXT}",
        f"• Electric boats: {TEXT}",
        "What you need for the dough: flour, water, salt, yeast, a little oil, a bowl, a cloth, a warm place",
        f"记者：{TEXT_ZH}",
        f"2023年5月28日：{TEXT_ZH}",
        f"28 May 2023: {TEXT}",
        f"Who has never heard a captain on the quay exclaim: - “{TEXT}”",
        f"他在码头上对记者说：“{TEXT_ZH}”",
        f"【本报记者港口报道】{TEXT_ZH}",
    ],
)
def test_labels_attributions_and_lists_are_weaker_than_any_headline(text: str) -> None:
    weakest = min(found(marked).strength for marked, (_, form) in MARKED.items() if form != "dash")

    assert found(text).strength < weakest


def test_the_time_of_day_parts_nothing() -> None:
    assert (
        find_headline("The meeting began at 19:30 and lasted until the lamp went out for want of oil.", vocabulary())
        is None
    )


def test_a_bracket_that_is_still_open_is_not_parted() -> None:
    assert (
        find_headline("Marsh & Daughters (licence: 1543241) has moved pianos since the old bridge fell.", vocabulary())
        is None
    )


def test_a_kicker_on_a_line_of_its_own_is_no_headline() -> None:
    for line in ("[BREAKING]", "**BREAKING**", "【快讯】"):
        assert find_headline(line, vocabulary()) is None


def test_an_agency_before_a_dash_ends_no_headline_where_a_label_precedes_it() -> None:
    for text in (f"Key points: NORBURG, May 28 (Reuters) - {TEXT}", f"Key points: May 28 (Reuters) - - {TEXT}"):
        assert text[: found(text).end] == "Key points"


def test_a_call_that_opens_a_sentence_is_no_kicker() -> None:
    for text in (f"Update! {TEXT}", f"Important! {TEXT}", f"**Update** {TEXT}"):
        headline = find_headline(text, vocabulary())

        assert headline is None or headline.form != "kicker"
