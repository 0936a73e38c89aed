from __future__ import annotations

from pathlib import Path

import pytest

from declutter.classify.cues import CueReader
from declutter.classify.features import BINS, good_texts, is_good_text, signatures
from declutter.classify.features import measure as measure_with
from declutter.decode import decode
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment
from declutter.vocabulary import vocabulary

FIXTURES = Path(__file__).parents[2] / "fixtures"
PAGES = sorted(FIXTURES.glob("*/page.html"))
MENU = "".join(f"<li><a href='/{number}'>Entry {number}</a></li>" for number in range(8))


def outline_of(page: str | bytes) -> Outline:
    text = page if isinstance(page, str) else decode(page, given=None, header=None, subject=None).text
    return segment(parse(text))


def measure(outline: Outline, title: int | None) -> dict[str, bytes]:
    return measure_with(outline, title, signatures(outline), CueReader(outline, vocabulary()))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_every_value_has_a_place_in_its_table(page: Path) -> None:
    outline = outline_of(page.read_bytes())

    for title in (None, 0, len(outline.texts) - 1):
        columns = measure(outline, title)

        assert list(BINS) == list(columns)
        for name, column in columns.items():
            assert len(outline.texts) == len(column), name
            assert min(column) >= 0, name
            assert max(column) < BINS[name], name


@pytest.mark.parametrize(
    "paragraph",
    [
        "ลุงสมหมายพายเรือรับคนข้ามคลองมาห้าสิบสองปี วันนี้แกเป็นคนพายเรือจ้างคนสุดท้ายของคลองสายนี้ ค่าโดยสารยังคงห้าบาท",
        "ຕາເຖົ້າພາຍເຮືອຂ້າມຟາກມາໄດ້ຫ້າສິບປີແລ້ວ ມື້ນີ້ລາວເປັນຄົນສຸດທ້າຍທີ່ຍັງພາຍເຮືອຢູ່ທ່ານ້ຳແຫ່ງນີ້ ຄ່າໂດຍສານຍັງຄືເກົ່າ",
        "बूढ़ा मल्लाह पचास साल से लोगों को नदी पार कराता आया है, और आज वह इस घाट का आख़िरी नाविक है जो अब भी चप्पू चलाता है।",
        "အဘိုးအိုသည် နှစ်ပေါင်းငါးဆယ် လှေလှော်ခဲ့ပြီး ယနေ့တွင် ဤဆိပ်ကမ်း၏ နောက်ဆုံးလှေသမား ဖြစ်လာခဲ့သည်ဟု ရွာသားများက ပြောသည်။",
    ],
)
def test_a_long_text_counts_as_text_in_scripts_that_close_their_sentences_otherwise(paragraph: str) -> None:
    outline = outline_of(f"<ul>{MENU}</ul><div><p>{paragraph}</p><p>{paragraph}</p></div>")

    columns = measure(outline, None)

    assert columns["good_texts_near"][-1] == 1
    assert columns["good_texts_near"][0] == 0


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.parent.name)
def test_one_text_is_good_if_it_is_among_all_of_its_page(page: Path) -> None:
    outline = outline_of(page.read_bytes())

    alone = [is_good_text(text, linked) for text, linked in zip(outline.texts, outline.linked, strict=True)]

    assert [size > 0 for size in good_texts(outline)] == alone


def test_a_short_text_in_thai_is_not_closed_by_its_last_letter() -> None:
    outline = outline_of("<p>หน้าแรก</p>")

    assert list(measure(outline, None)["closing_character"]) == [0]


def test_links_and_blocks_are_counted_from_the_title_and_from_long_text() -> None:
    paragraph = f"<p>{'A sentence that goes on for quite a while, and then a little longer. ' * 2}</p>"
    outline = outline_of(f"<ul>{MENU}</ul><h1>Title</h1>{paragraph}{paragraph}<ul>{MENU}</ul>")

    columns = measure(outline, 8)

    assert list(columns["links_since_the_title"][8:11]) == [0, 1, 1]
    assert columns["links_since_the_title"][11] < columns["links_since_the_title"][-1]
    assert columns["links_since_good_text"][11] == 0 < columns["links_since_good_text"][-1]
    assert columns["blocks_until_good_text"][9] == 0 < columns["blocks_until_good_text"][0]
    assert list(columns["repeated"][8:11]) == [0, 1, 1]


def test_words_tell_what_a_short_text_is_and_a_label_what_stands_below_it() -> None:
    outline = outline_of(
        "<p>The ferry runs again.</p><h3>Comments</h3><p>Well done!</p><h3>相关阅读</h3><p>The old mill</p>"
    )

    columns = measure(outline, None)

    assert [bool(value) for value in columns["cue_words"]] == [False, True, False, True, False]
    comments, related = columns["label_above_it"][2], columns["label_above_it"][4]
    assert list(columns["label_above_it"]) == [0, comments, comments, related, related]
    assert comments != related
    assert columns["blocks_since_that_label"][0] == 0 < columns["blocks_since_that_label"][1]
    assert columns["blocks_since_that_label"][2] > columns["blocks_since_that_label"][1]


def test_a_linked_label_and_a_long_text_head_nothing() -> None:
    outline = outline_of(
        "<p><a href='/c'>Comments</a></p><p>One</p><p>Comments are closed for this story.</p><p>Two</p>"
    )

    assert not any(measure(outline, None)["label_above_it"])


def test_dates_are_seen_in_numbers_and_times_of_any_language() -> None:
    lines = [
        "Анна 6 января, 14:05",
        "2023年5月28日",
        "28.05.2023",
        "Nora Quill",
        f"{'In 1911 the ferry was new, ' * 3}they say.",
    ]
    outline = outline_of("".join(f"<div><p>{line}</p></div>" for line in lines))

    columns = measure(outline, None)

    assert list(columns["date_or_time"]) == [1, 1, 1, 0, 2]
    assert list(columns["blocks_since_a_date"]) == [11, 0, 0, 0, 1]
    assert min(columns["dates_around_it"]) == 10


def test_texts_and_links_are_counted_among_four_neighbours_to_each_side() -> None:
    paragraph = f"<p>{'A sentence that goes on for quite a while, and then a little longer. ' * 2}</p>"
    outline = outline_of(f"<ul>{MENU}</ul>{paragraph}<p>Short.</p>{paragraph}{paragraph}")

    columns = measure(outline, None)

    assert list(columns["links_near"]) == [4, 5, 6, 7, 7, 6, 5, 4, 4, 3, 2, 1]
    assert list(columns["good_texts_near"][-5:]) == [3, 2, 3, 2, 2]
    assert list(columns["good_texts_near"][:4]) == [0] * 4


def test_items_of_links_and_text_are_told_from_menus_and_paragraphs_without_class_names() -> None:
    teaser = "<li><a href='/t'>The old mill grinds again</a><div>It had stood for thirty years.</div></li>"
    paragraphs = "<div><p>The ferry runs.</p><p>It runs on Sundays.</p></div>"
    outline = outline_of(f"{paragraphs}{paragraphs}<ul>{MENU}</ul><ul>{teaser * 3}</ul>")

    columns = measure(outline, None)

    assert list(columns["items_of_links_and_text"]) == [*[0] * 12, *[6] * 6]
    assert list(columns["links_in_its_item"]) == [*[0] * 4, *[6] * 8, *[3] * 6]


def test_a_single_box_of_links_and_text_is_no_item() -> None:
    outline = outline_of(
        "<div><p><a href='/m'>A map</a></p><p>It shows the ferry.</p></div><section><p>So.</p></section>"
    )

    assert not any(measure(outline, None)["items_of_links_and_text"])


def test_a_long_sidebar_does_not_make_itself_the_place_of_a_short_essay() -> None:
    essay = "<article><div><h1>The ferryman of Kermor</h1><p>{}</p></div></article>".format(
        "The ferryman of Kermor rowed islanders across the strait for fifty years, and never once charged a child."
    )
    sidebar = "<aside><div>{}</div></aside>".format(
        "".join(
            f"<p>Parliament debated pension reforms again on day {day}, while ministers blamed opposition parties.</p>"
            for day in range(4)
        )
    )
    outline = outline_of(f"<main>{essay}{sidebar}</main>")

    columns = measure(outline, 0)

    assert columns["place_in_the_main_container"][1] == 0 < columns["place_in_the_main_container"][-1]
