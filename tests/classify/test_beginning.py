from __future__ import annotations

import pytest

from declutter.classify.beginning import shared_words
from declutter.classify.features import _forms
from declutter.parse import parse
from declutter.segment import segment

FERRY = "The ferryman of Kermor rowed islanders across the strait for fifty years, and never once charged a child."
LATER = "When the islanders woke, the ferryman was already out on the strait, and nobody had charged him to go there."
OTHER = "Parliament debated pension reforms for the third time this week, while ministers blamed opposition parties."
TITLE = "<h1>The ferryman of Kermor</h1>"


def words_of(page: str, title: int | None = 0) -> tuple[list[int], list[int], list[int]]:
    outline = segment(parse(page))
    own, around, letters = shared_words(outline, title, _forms(outline)[0])
    return list(own), list(around), letters


@pytest.mark.parametrize(
    ("title", "first", "later", "other"),
    [
        ("The ferryman of Kermor", FERRY, LATER, OTHER),
        (
            "Паромщик с острова Кермор",
            "Паромщик полвека возил островитян через пролив на вёслах и ни разу не взял денег с ребёнка.",
            "Когда островитяне просыпались, паромщик уже был в проливе, и никто не знал, зачем он туда выходил.",
            "Парламент в третий раз за неделю обсудил пенсионную реформу, министры обвинили оппозиционные партии.",
        ),
        (
            "渡口的最後一位擺渡人",
            "這位擺渡人用雙槳把島民送過海峽，整整五十年，從來沒有向任何一個孩子收過一分錢，島民都說他是渡口的鐘，潮水也要等他。",
            "島民醒來的時候，擺渡人早已划到海峽中央，誰也不知道他為什麼要去那裡，只聽見雙槳一下一下地拍著清晨的渡口。",
            "議會本週第三次審議退休金改革法案，部長們指責反對黨拖延表決，執政聯盟則宣布將在下個月之前提出新的財政預算草案。",
        ),
    ],
    ids=["English", "Russian", "Chinese"],
)
def test_paragraphs_share_words_with_the_beginning_and_other_news_none(
    title: str, first: str, later: str, other: str
) -> None:
    page = f"<div><h1>{title}</h1><p>{first}</p></div><div><p>{later}</p></div><div><p>{other}</p></div>"

    own, around, _ = words_of(page)

    assert own[2] > 3
    assert 0 < own[3] <= 3
    assert around[2] > 3 >= around[3]


def test_a_text_that_shares_none_of_these_words_says_more_the_longer_it_is() -> None:
    short, long = "Ministers blamed opposition parties once more.", f"{OTHER} {OTHER} {OTHER}"

    own, around, _ = words_of(f"<div>{TITLE}<p>{FERRY}</p></div><div><p>{short}</p></div><div><p>{long}</p></div>")

    assert own[2] == 3 > own[3] > 0
    assert around[2] == 3 > around[3] > 0


def test_good_text_that_shares_none_of_the_words_counts_a_quarter() -> None:
    _, _, letters = words_of(TITLE + "".join(f"<div><p>{text}</p></div>" for text in (FERRY, LATER, OTHER)))

    assert letters == [0, len(FERRY), len(LATER), len(OTHER) // 4]


def test_words_count_where_they_begin() -> None:
    own, _, _ = words_of(
        f"<div>{TITLE}<p>{FERRY}</p></div><div><p>The unferryman of Superkermor sang a song.</p></div>"
    )

    assert own[2] == 3


def test_common_words_are_not_shared() -> None:
    common = "They said that it would take years, and that people should have known about this before."

    own, _, _ = words_of(f"<div>{TITLE}<p>{FERRY} {common}</p></div><div><p>{common}</p></div>")

    assert own[2] <= 3


def test_where_headline_and_first_text_share_nothing_no_block_is_asked() -> None:
    own, around, letters = words_of(f"<div><h1>Low water</h1><p>{FERRY}</p></div><div><p>{OTHER}</p></div>")

    assert own == around == [0, 0, 0]
    assert letters == [0, len(FERRY), len(OTHER)]


def test_links_and_short_texts_are_not_asked_and_nothing_is_without_a_good_text() -> None:
    link = f"<a href='/f'>{FERRY}</a>"

    own, _, _ = words_of(f"<div>{TITLE}<p>{FERRY}</p></div><div><p>{link}</p></div><div><p>Kermor</p></div>")

    assert own[2:] == [0, 0]
    assert words_of("<h1>The ferryman of Kermor</h1><p>Kermor</p>") == ([0, 0], [0, 0], [0, 0])
