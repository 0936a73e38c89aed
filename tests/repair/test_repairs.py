"""What a portal broke is mended where there is no doubt, on the caller's wish only, and each mending is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import declutter
from declutter import Document, ExtractOptions, Repair
from declutter.cli import main

MENDING = ExtractOptions(repair=True)
ESSAY = (
    "北方的燈塔比塔身更老,守塔人總是這樣告訴每一個來問的人,他們說得很慢,像是在念一封信。",
    "大冰封的那個冬天,海一直凍到礁石邊,十一個星期沒有人來,燈就用海豹油點著,一夜也沒有熄過。",
    "船終於來的時候,船長看見三個人在透鏡的光裡打牌,沒有一個人抬頭看他,也沒有人問起外面的事。",
)


def read(*lines: str, head: str = "", options: ExtractOptions = MENDING) -> Document:
    body = "".join(f"<p>{line}</p>" for line in (*ESSAY, *lines, *ESSAY))
    return declutter.extract(
        f"<!doctype html><html><head><title>燈塔</title>{head}</head><body><article><h1>燈塔</h1>{body}</article>",
        options=options,
    )


def mended(line: str, *others: str) -> str:
    """What becomes of a line of an essay."""
    document = read(line, *others)
    return document.blocks[1 + len(ESSAY)].text


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("•?守塔人的密度:三個人", "• 守塔人的密度:三個人"),
        ("2.?Lamp 系列在冬天", "2. Lamp 系列在冬天"),
        ("▪\ufffdТретий смотритель молчал", "▪ Третий смотритель молчал"),
        ("Il dit «?Bonjour, gardien?» et se tut", "Il dit « Bonjour, gardien » et se tut"),
        ("La lampe pesait 10?000?€ et 12?% de plus", "La lampe pesait 10 000 € et 12 % de plus"),
        ("Latarnia&amp;nbsp;stała na skale", "Latarnia stała na skale"),
        ("Der Turm maß 40Â m, und niemand fror", "Der Turm maß 40 m, und niemand fror"),
    ],
)
def test_lost_non_breaking_spaces_come_back(written: str, expected: str) -> None:
    assert mended(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "誰能做成這件事?誰知道呢?",
        "除了?燈塔以外",
        "•多少人守過這座塔?三個",
        "Il demanda «Pourquoi ?» et se tut",
        "Voir /lampe?100 ou a=1?000",
        "Was wog sie, 10? 12? Niemand wusste es",
        "ÂMBAR e Âncora, dois faróis",
        "Who? Why? And 3.? is no number",
    ],
)
def test_a_question_stays_one(written: str) -> None:
    document = read(written)

    assert document.blocks[1 + len(ESSAY)].text == written
    assert document.repairs == ()


@pytest.mark.parametrize(
    ("written", "other", "expected"),
    [
        ("TheGameofScale在北方已然拉開。", "", "The Game of Scale在北方已然拉開。"),
        ("《MasteringtheMVRVRatio》是一本書", "", "《Mastering the MVRV Ratio》是一本書"),
        ("HistoryofNorthLamp和NorthLamp", "", "History of NorthLamp和NorthLamp"),
        ("守塔人IlyaWinterson說", "後來 Ilya Winterson 走了", "守塔人Ilya Winterson說"),
    ],
)
def test_glued_words_are_parted_where_the_page_proves_it(written: str, other: str, expected: str) -> None:
    assert mended(written, *([other] if other else [])) == expected


@pytest.mark.parametrize(
    ("written", "other"),
    [
        ("OpenAI和YouTube和BitcoinCash", ""),
        ("ProofStake和GoetheHaus和BahnhofStrasse", ""),
        ("守塔人用LampPost寫信,用LampPost讀信", "他說 Lamp Post"),
        ("看 https://TheGameofScale.example/ 和 #TheGameofScale", ""),
        ("MyPlate is what the keepers ate from", "They called it My Plate"),
        ("他們online聊天", "They were on line"),
    ],
    ids=["names", "words that end so", "mostly together", "addresses", "a Latin text", "a word without capitals"],
)
def test_words_that_may_be_written_together_stay_together(written: str, other: str) -> None:
    assert read(written, *([other] if other else [])).repairs == ()


@pytest.mark.parametrize(
    "expected",
    [
        "Смотритель зажёг лампу и закрыл дверь",
        "El farero encendió la lámpara — otra vez",
        "Wärter „löschten“ das Feuer",
    ],
)
def test_mojibake_is_read_in_the_right_encoding(expected: str) -> None:
    written = expected.encode().decode("windows-1252", errors="replace")
    if "\ufffd" in written:
        written = expected.encode().decode("latin-1")

    document = read(written)

    assert mended(written) == expected
    assert {repair.kind for repair in document.repairs} == {"encoding"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Kto\x9c stał na wieży całą noc", "Ktoś stał na wieży całą noc"),
        ("He\x92d seen the tower", "He’d seen the tower"),
    ],
)
def test_controls_are_what_windows_writes_there_in_the_text_s_own_alphabet(written: str, expected: str) -> None:
    assert mended(written) == expected


def test_mojibake_that_is_quoted_is_what_the_text_speaks_of() -> None:
    assert read('The letter came out as "Ã¤" on his screen').repairs == ()


def test_links_keep_their_words_when_the_text_around_them_moves() -> None:
    document = read('•?看 <a href="https://a.example/">TheGameofScale的書</a> 和 <b>Ð»Ð°Ð¼Ð¿Ð°</b> 去')

    block = document.blocks[1 + len(ESSAY)]
    spoken = [block.text[span.start : span.end] for span in block.spans]
    assert block.text == "• 看 The Game of Scale的書 和 лампа 去"
    assert spoken == ["The Game of Scale的書", "лампа"]


def test_the_head_is_mended_too_and_says_which_field() -> None:
    head = '<meta name="author" content="JosÃ© Faro"><meta property="og:site_name" content="El Faro">'

    document = read(head=head)

    assert document.authors == ("José Faro",)
    assert document.repairs == (Repair("encoding", "JosÃ©", "José", field="author"),)


def test_each_repair_names_its_block_whatever_pictures_stand_before_it() -> None:
    document = read('<img src="/lamp.jpg" width="600" height="400">', "•?守塔人的密度")

    (repair,) = document.repairs
    assert repair == Repair("space", "•?守塔人的密度", "• 守塔人的密度", block=repair.block)
    assert document.blocks[repair.block or 0].text == "• 守塔人的密度"
    assert json.loads(document.to_json())["repairs"][0]["after"] == "• 守塔人的密度"


def test_nothing_is_mended_unasked() -> None:
    document = read("•?守塔人", "TheGameofScale在北方", "Ð»Ð°Ð¼Ð¿Ð°", options=ExtractOptions())

    assert [block.text for block in document.blocks[1 + len(ESSAY) :][:3]] == [
        "•?守塔人",
        "TheGameofScale在北方",
        "Ð»Ð°Ð¼Ð¿Ð°",
    ]
    assert document.repairs == ()


def test_the_command_mends_when_told_to_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "lamp.html"
    page.write_text("".join(f"<p>{line}</p>" for line in (*ESSAY, "•?守塔人的密度很高", *ESSAY)), encoding="utf-8")

    with pytest.raises(SystemExit) as end:
        main(["extract", str(page), "--repair", "--format", "text"])

    out, err = capsys.readouterr()
    assert end.value.code == 0
    assert "• 守塔人的密度很高" in out
    assert "repaired: lost spaces 1" in err


@given(st.text("•?12.«»&nbsp;ÂÃ¤Ð¼ oftheA\ufffd\xa0 守TheGameofScale€%", max_size=60))
def test_any_text_stays_folded_and_its_markup_inside_it(text: str) -> None:
    document = read(
        text.replace("&", "&amp;").replace("<", "&lt;"),
        f"<b>{text.replace('&', '&amp;')}</b>{text.replace('&', '&amp;')}",
    )

    for block in document.blocks:
        assert block.text == " ".join(block.text.split())
        assert all(0 <= span.start <= span.end <= len(block.text) for span in block.spans)
