"""News opens with a day, a place and an agency; an essay does not."""

from __future__ import annotations

import pytest

from declutter.classify.flash.openings import name_source, read_opening
from declutter.vocabulary import vocabulary

OPENINGS = {
    "LONDON, May 28 (Reuters) - Two electric boats were ordered.": ("dateline", "Reuters"),
    "May 28 (Newswire) - Two electric boats were ordered.": ("dateline", None),
    "HARLINGEN (ANP) - De veerdienst vaart weer volgens dienstregeling.": ("wire", "ANP"),
    "5月28日消息，港口轮渡公司订购两艘电动船。": ("dated_opening", None),
    "银杏财经报道，港口轮渡公司订购两艘电动船。": ("report", "银杏财经"),
    "据路透社报道，港口轮渡公司订购两艘电动船。": ("report", "路透社"),
    "МОСКВА, 28 мая — Две электрические лодки заказаны.": ("dateline", None),
    "Москва. 28 мая. ИНТЕРФАКС - Две электрические лодки заказаны.": ("dateline", "ИНТЕРФАКС"),
    "LONDRES, 28 de mayo – Dos barcos eléctricos fueron encargados.": ("dateline", None),
    "【共同通信】電動船二隻が発注された。": ("wire", "共同通信"),
    "[서울=연합뉴스] 전기선 두 척이 발주됐다.": ("wire", "연합뉴스"),
    "中央社台北28日電 港口輪渡公司訂購兩艘電動船。": ("dateline", "中央社"),
    "Bogotá, 17 abr (EFE).- Dos barcos eléctricos fueron encargados.": ("dateline", "EFE"),
    "МОСКВА, 28 мая. /ТАСС/. Две электрические лодки заказаны.": ("dateline", "ТАСС"),
    "МОСКВА, 28 мая — РИА Новости. Две электрические лодки заказаны.": ("dateline", "РИА Новости"),
    "Jakarta, Antara - Dua kapal listrik dipesan.": ("wire", "Antara"),
    "/ritzau/ - To elektriske både er bestilt.": ("wire", "ritzau"),
    "القاهرة – أ ش أ: طلبت الشركة مركبين كهربائيين.": ("wire", "أ ش أ"),
    "芦汀财经5月28日丨港口轮渡公司订购两艘电动船。": ("dateline", "芦汀财经"),
    "芦汀财经5月28日消息，港口轮渡公司订购两艘电动船。": ("dateline", "芦汀财经"),
    "芦汀财经5月28日电 港口轮渡公司订购两艘电动船。": ("dateline", "芦汀财经"),
    "新华社5月28日电 港口轮渡公司订购两艘电动船。": ("dateline", "新华社"),
    "HarborWire 消息，港口轮渡公司订购两艘电动船。": ("wire", "HarborWire"),
    "Bergen, 3 May – We slept above the harbour.": ("dated_opening", None),
}


@pytest.mark.parametrize(("text", "expected"), OPENINGS.items(), ids=list(OPENINGS))
def test_an_opening_is_told_with_its_source(text: str, expected: tuple[str, str | None]) -> None:
    opening = read_opening(text, 0, vocabulary())

    assert expected == (opening.name, opening.source)


def test_an_essay_opens_without_news() -> None:
    assert not read_opening("A kiln is a room built around a fire (and little else).", 0, vocabulary()).weight


@pytest.mark.parametrize(
    "text",
    [
        "Marta, with her usual care - and a great deal of string - mended the kite before the wind came up.",
        "他从码头上听来的消息，第二天就传遍了整条街。",
        "好消息，船修好了，傍晚就能下水。",
        "La regla – y lo repetía siempre: nada de prisas en la cubierta mojada.",
    ],
)
def test_a_sentence_with_a_dash_a_colon_or_the_word_news_is_no_opening(text: str) -> None:
    assert not read_opening(text, 0, vocabulary()).weight


def test_an_agency_behind_an_elision_is_named_and_one_behind_a_photographers_name_is_none() -> None:
    assert name_source("a appris l’AFP auprès de la direction", vocabulary()) == "AFP"
    assert name_source("(Ada Holm/Reuters)", vocabulary()) is None


def test_an_ordinary_word_that_an_agency_is_called_by_is_not_named() -> None:
    assert name_source("the spa in the valley opened again", vocabulary()) is None
