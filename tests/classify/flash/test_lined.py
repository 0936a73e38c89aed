"""Briefs below a line of their own, behind a bullet or a kicker; lists that have such bullets stay."""

from __future__ import annotations

import pytest

import declutter
from tests.classify.flash.pages import BRIEF, BRIEF_TEXT, BRIEF_TEXT_ZH, ESSAY, ESSAY_ZH, KILN, essay_with, told

HEAD_ZH = "港口轮渡公司订购两艘电动船并改建码头"


@pytest.mark.parametrize("bullet", ["►", "▶️", "■", "🔹", "»", ">"])
def test_a_bullet_is_no_part_of_a_headline_on_a_line_of_its_own(bullet: str) -> None:
    assert told(essay_with(f"{bullet} {BRIEF}", BRIEF_TEXT)) == [(BRIEF, BRIEF_TEXT, None)]


@pytest.mark.parametrize("bullet", ["► ", "■ ", "🔹 "])
def test_behind_a_bullet_a_first_sentence_that_the_text_takes_up_again_is_the_headline(bullet: str) -> None:
    assert told(essay_with(f"{bullet}{BRIEF}. {BRIEF_TEXT}")) == [(BRIEF, BRIEF_TEXT, None)]
    assert told(essay_with(f"{bullet}{HEAD_ZH}。{BRIEF_TEXT_ZH}", essay=ESSAY_ZH)) == [(HEAD_ZH, BRIEF_TEXT_ZH, None)]


def test_bullets_in_a_row_are_a_list_of_the_essay_s_own() -> None:
    rows = [
        "► Wood must be dry. Wet wood cools the kiln, and the glaze that should run stays dull on the shelves.",
        "► Pots near the wall take the ash. The flame climbs over the bag wall, and the potter turns those pots away.",
    ]

    assert told(essay_with(*rows)) == []


@pytest.mark.parametrize(("kicker", "stop"), [("[BRIEF] ", "."), ("Breaking | ", ".")])
def test_so_is_it_behind_a_kicker(kicker: str, stop: str) -> None:
    assert told(essay_with(f"{kicker}{BRIEF}{stop} {BRIEF_TEXT}")) == [(BRIEF, BRIEF_TEXT, None)]


def test_a_kicker_without_capitals_may_end_at_a_dash() -> None:
    essay = (
        "الفرن غرفة بنيت حول نار، وكل ما يعرفه الخزاف هو معرفة بهذه الغرفة وبنارها.",
        "يدخل الحطب من الفم، ويصعد اللهب فوق الجدار، وتأخذ الأواني القريبة معظم الرماد.",
        "إذا رصت الرفوف متقاربة بحث اللهب عن طريق آخر، وإذا تركت فجوة جرى فيها وحدها.",
        "كانت معلمتي تشعل الفرن مرتين في السنة، وبينهما تصلح القوس بالطين والقش.",
        "كانت تقرأ النار من لونها عبر ثقب في الآجر، وتثق باللون قبل أي مقياس.",
        "يستمر الحرق ثلاثة أيام، وفي الليلة الثانية يكف الخزافون عن الكلام.",
    )
    head = "شركة العبارات تطلب قاربين كهربائيين"
    text = "أعلنت شركة العبارات في الميناء أنها طلبت قاربين كهربائيين من حوض نرويجي، يحمل كل منهما 180 راكبا."

    assert told(essay_with(f"عاجل – {head}", text, at=3, essay=essay)) == [(head, text, None)]


def test_a_short_last_paragraph_belongs_to_a_brief_if_no_paragraph_of_the_essay_is_so_short() -> None:
    last = "Talks go on."

    assert told(essay_with(f"BREAKING | {BRIEF}", BRIEF_TEXT, last)) == [(BRIEF, f"{BRIEF_TEXT}\n{last}", None)]


def test_such_a_paragraph_stays_where_the_essay_has_others() -> None:
    short = ("So it went.", "She laughed.", "It was late.", "Nobody spoke.")
    essay = [line for pair in zip(ESSAY, (*short, *short), strict=True) for line in pair]

    assert told([*essay[:8], f"BREAKING | {BRIEF}", BRIEF_TEXT, "Talks go on.", *essay[8:]]) == [
        (BRIEF, BRIEF_TEXT, None)
    ]


def test_briefs_on_the_same_subject_do_not_tie_each_other_to_the_essay() -> None:
    ferries = [
        "BERGEN (Reuters) - The ferry company ordered two electric boats from a shipyard near the harbour.",
        "BERGEN (Reuters) - The shipyard said the ferry company paid for the electric boats in March.",
        "BERGEN (Reuters) - Passengers of the ferry company waited at the harbour for an electric boat.",
    ]
    lines = [*ESSAY[:3], ferries[0], ESSAY[3], ferries[1], ESSAY[4], ferries[2], *ESSAY[5:]]

    assert [found[1] for found in told(lines)] == ferries


def test_korean_headlines_may_be_short() -> None:
    essay = (
        "가마는 불을 둘러싸고 지은 방이고 도공이 아는 모든 것은 그 방에 대한 지식이다.",
        "장작은 아궁이로 들어가고 불길은 벽을 넘으며 벽에 가까운 그릇이 재를 가장 많이 받는다.",
        "선반을 너무 빽빽이 쌓으면 불길은 다른 길을 찾고 틈을 남기면 그 틈으로만 달린다.",
        "스승은 일 년에 두 번만 가마에 불을 때고 그 사이에 진흙과 짚으로 천장을 고쳤다.",
        "벽돌 구멍으로 불의 빛깔을 읽었고 어떤 온도계보다 그 빛깔을 믿었다.",
        "소성은 사흘이 걸리고 둘째 날 밤이면 도공들은 말을 멈추고 굴뚝 소리만 듣는다.",
    )
    text = "항구 여객선 회사는 노르웨이 조선소에 전기선 두 척을 주문했다고 밝혔다. 한 척에 180명이 탄다."

    assert told(essay_with("▶ 여객선 회사 전기선 두 척 주문", text, at=3, essay=essay)) == [
        ("여객선 회사 전기선 두 척 주문", text, None)
    ]


BRIEFS = (
    (BRIEF, BRIEF_TEXT),
    (
        "School orchestra wins a regional festival",
        "The school orchestra won a regional festival before a jury of five.",
    ),
    ("Museum lends silver coins to Lisbon", "The museum lends Lisbon sixty silver coins, packed into padded crates."),
)


def test_one_paragraph_of_the_essay_between_two_briefs_parts_them() -> None:
    lines = list(KILN[:3])
    for pair, paragraph in zip(BRIEFS, KILN[3:6], strict=True):
        lines += [*pair, paragraph]

    assert [found[:2] for found in told([*lines, *KILN[6:]])] == list(BRIEFS)


def test_a_page_that_begins_with_such_a_line_is_a_round_up() -> None:
    assert told([line for pair, paragraph in zip(BRIEFS, ESSAY, strict=False) for line in (*pair, paragraph)]) == []


def test_each_paragraph_may_have_a_wrapper_of_its_own() -> None:
    head = "<strong>Harbour ferry orders two electric boats</strong>"
    paragraphs = [*ESSAY[:4], head, BRIEF_TEXT, *ESSAY[4:]]
    body = "".join(f"<div><div><p>{paragraph}</p></div></div>" for paragraph in paragraphs)
    page = f"<html><head><title>Kilns</title></head><body><h1>Kilns</h1><article>{body}</article></body></html>"

    assert [(flash.headline, flash.text) for flash in declutter.extract(page).flashes] == [(BRIEF, BRIEF_TEXT)]


def test_a_section_that_begins_in_the_essays_words_stays_however_foreign_the_rest_of_it_is() -> None:
    heading = "<h2>How Philippa learned Turkish from her goats</h2>"
    begins = (
        "Philippa Marsh rowed two goats and a Turkish grammar across the Bosporus, and told it to every potter here."
    )
    rest = (
        "The goats ate the Turkish grammar before the boat reached Üsküdar, and Philippa Marsh spoke with her hands.",
        "On the Bosporus the samovar kept Philippa Marsh and her goats warm, until she sold the boat in Üsküdar.",
    )
    above, section, below = (
        "".join(f"<p>{paragraph}</p>" for paragraph in part)
        for part in ((*ESSAY[1:7], *KILN[:4]), (begins, *rest), KILN[4:])
    )
    page = f"<html><body><article><h1>Kilns</h1>{above}{heading}{section}{below}</article></body></html>"

    assert declutter.extract(page).flashes == ()


@pytest.mark.parametrize("line", ["<p>{}</p>", "<p><b>{}</b></p>"])
def test_a_line_that_says_what_it_is_heads_no_brief(line: str) -> None:
    offer = line.format("Subscribe to our newsletter about electric ferry boats in the harbour")
    above, below = ("".join(f"<p>{paragraph}</p>" for paragraph in part) for part in (KILN[:4], KILN[4:]))
    page = f"<html><body><article><h1>Kilns</h1>{above}{offer}<p>{BRIEF_TEXT}</p>{below}</article></body></html>"

    assert declutter.extract(page).flashes == ()
