"""Flashes in the essay's flow are found as spans and told as data, in any form; what only looks like them stays."""

from __future__ import annotations

import time

import pytest

from declutter.classify.flash import REASONS, find_flashes
from declutter.model import Label
from declutter.parse import parse
from declutter.segment import segment
from declutter.vocabulary import vocabulary
from tests.classify.flash.pages import (
    BRIEF,
    BRIEF_MORE,
    BRIEF_MORE_ZH,
    BRIEF_TEXT,
    BRIEF_TEXT_ZH,
    BRIEF_ZH,
    ESSAY,
    ESSAY_ZH,
    essay_with,
    flashes_in,
    told,
)

SECOND = "2023-05-28T09:47:25"
MINUTE = "2023-05-28T09:47:00"
STAMPED = {
    f"{BRIEF}:{BRIEF_TEXT}[2023/5/28 9:47:25]": SECOND,
    f"{BRIEF}:{BRIEF_TEXT}[2018/6/7]": "2018-06-07",
    f"BRIEF | {BRIEF}: {BRIEF_TEXT} [2023/5/28 9:47:25]": SECOND,
    f"[{BRIEF}] {BRIEF_TEXT} (2023-05-28 09:47)": MINUTE,
    f"{BRIEF} – {BRIEF_TEXT} (May 28, 2023, 9:47 a.m.)": MINUTE,
    f"{BRIEF}: {BRIEF_TEXT} 28.05.2023 09:47": MINUTE,
    f"{BRIEF}: {BRIEF_TEXT} [5/28/2023 9:47:25 AM]": SECOND,
}


@pytest.mark.parametrize(("line", "published"), STAMPED.items(), ids=[line[-28:] for line in STAMPED])
def test_a_stamped_brief_is_told_without_its_marks(line: str, published: str) -> None:
    assert [(BRIEF, BRIEF_TEXT, published)] == told(essay_with(line))


STAMPED_ZH = {
    f"{BRIEF_ZH}:{BRIEF_TEXT_ZH}[2023/5/28 9:47:25]": SECOND,
    f"快讯 | {BRIEF_ZH}：{BRIEF_TEXT_ZH}（2023年5月28日 09:47）": MINUTE,
    f"【{BRIEF_ZH}】{BRIEF_TEXT_ZH}2023.05.28 09:47": MINUTE,
    f"{BRIEF_ZH}——{BRIEF_TEXT_ZH}[2023-05-28 09:47:25]": SECOND,
}


@pytest.mark.parametrize(("line", "published"), STAMPED_ZH.items(), ids=list(STAMPED_ZH.values()))
def test_a_stamped_brief_in_chinese_is_told_without_its_marks(line: str, published: str) -> None:
    assert [(BRIEF_ZH, BRIEF_TEXT_ZH, published)] == told(essay_with(line, essay=ESSAY_ZH))


@pytest.mark.parametrize(
    ("essay", "first", "second"),
    [
        (ESSAY, f"{BRIEF}:{BRIEF_TEXT}", f"{BRIEF_MORE}[2023/5/28 9:47:25]"),
        (ESSAY, f"{BRIEF}. {BRIEF_TEXT}", f"{BRIEF_MORE} [2023/5/28 9:47:25]"),
        (ESSAY_ZH, f"{BRIEF_ZH}:{BRIEF_TEXT_ZH}", f"{BRIEF_MORE_ZH}[2023/5/28 9:47:25]"),
        (ESSAY_ZH, f"{BRIEF_ZH}。{BRIEF_TEXT_ZH}", f"{BRIEF_MORE_ZH}[2023/5/28 9:47:25]"),
    ],
    ids=["en", "en without a mark", "zh", "zh without a mark"],
)
def test_a_flash_begins_at_its_headline_though_only_its_last_paragraph_is_stamped(
    essay: tuple[str, ...], first: str, second: str
) -> None:
    assert [(4, 5)] == [flash.blocks for flash in flashes_in(essay_with(first, second, essay=essay))]


def test_a_stamp_on_its_own_line_closes_the_flash_above_it() -> None:
    lines = essay_with(f"{BRIEF}: {BRIEF_TEXT}", BRIEF_MORE, "2023.05.28 09:47")

    assert [(BRIEF, f"{BRIEF_TEXT}\n{BRIEF_MORE}", MINUTE)] == told(lines)


def test_a_headline_on_its_own_line_heads_the_wires_report_below_it() -> None:
    lines = essay_with(BRIEF, f"BERGEN (Reuters) - {BRIEF_TEXT}")

    assert [(BRIEF, f"BERGEN (Reuters) - {BRIEF_TEXT}", None)] == told(lines)


def test_a_dateline_after_a_headline_makes_a_flash_without_a_stamp() -> None:
    lines = essay_with(f"{BRIEF}: May 28 (Newswire) - {BRIEF_TEXT}", BRIEF_MORE)

    assert [(4, 5)] == [flash.blocks for flash in flashes_in(lines)]


def test_a_headline_alone_makes_a_flash_where_its_words_are_foreign_to_the_essay() -> None:
    assert [(BRIEF, BRIEF_TEXT, None)] == told(essay_with(f"{BRIEF}: {BRIEF_TEXT}"))


def test_the_essay_goes_on_behind_an_unstamped_flash() -> None:
    lines = essay_with(f"{BRIEF}: May 28 (Newswire) - {BRIEF_TEXT}")

    assert [(4,)] == [flash.blocks for flash in flashes_in(lines)]


def test_two_flashes_in_a_row_are_two() -> None:
    second = (
        "Museum lends its clocks to a school: The museum lends nine clocks to a school for a year.[2023/5/21 8:00:05]"
    )
    lines = essay_with(f"{BRIEF}:{BRIEF_TEXT}[2023/5/28 9:47:25]", second)

    assert [(4,), (5,)] == [flash.blocks for flash in flashes_in(lines)]


def test_the_agency_is_named_as_the_source() -> None:
    lines = essay_with(f"{BRIEF}: {BRIEF_TEXT} Reuters reported on Tuesday. [2023/5/28 9:47:25]")

    assert ["Reuters"] == [flash.source for flash in flashes_in(lines)]


def test_a_stamp_without_a_year_dates_nothing() -> None:
    lines = essay_with(f"{BRIEF}: {BRIEF_TEXT} [05-28 09:47]")

    assert [(BRIEF, BRIEF_TEXT, None)] == told(lines)


BODY = {
    "a plain essay": [*ESSAY],
    "a round-up of stamped briefs": [
        f"Item {n} of the week has a headline: {text}[2023/5/{n + 1} 9:47:25]" for n, text in enumerate(ESSAY)
    ],
    "an interview": [line for text in ESSAY for line in ("Mira Holm: And what happened then?", f"Ada Quist: {text}")],
    "a list of labelled items": [f"Point {n} to remember: {text}" for n, text in enumerate(ESSAY)],
    "a quotation with its date": essay_with(
        "The diary says: “The kiln was opened today and the arch had held.” (2003-05-28)"
    ),
    "a date that closes a sentence": essay_with("The kiln in the valley was opened for the first time (2003-05-28)."),
    "a photo credit": essay_with("The kiln at night, seen from the road (photo: Press Office, 28.05.2003)"),
    "an update note": essay_with("Updated: 2023-05-28 09:47"),
    "a colon in a sentence": essay_with(
        "The potter knows three enemies of the kiln: wind, wet wood and impatience of the fire."
    ),
    "a list of names": essay_with(
        "The harbour ferry company sends its thanks to: Ada Quist, Ole Berg, Mira Holm, Jan Lund, Eva Strand, Per Dahl"
    ),
    "a citation": essay_with(
        "Quist, A.: On the arch of the kiln and its repair with clay and straw. Kiln Press, 12 May 2003"
    ),
}


@pytest.mark.parametrize("lines", BODY.values(), ids=list(BODY))
def test_what_only_looks_like_a_flash_is_the_essays_own(lines: list[str]) -> None:
    assert not told(lines)


def test_bold_type_speaks_against_a_headline_that_no_stamp_confirms() -> None:
    plain = "".join(f"<p>{text}</p>" for text in essay_with(f"{BRIEF}: {BRIEF_TEXT}"))

    def confidence(page: str) -> float:
        outline = segment(parse(page))
        flashes = find_flashes(outline, [Label.BODY] * len(outline.texts), vocabulary=vocabulary())
        return flashes[0].confidence

    assert confidence(plain) > confidence(plain.replace(f"{BRIEF}:", f"<b>{BRIEF}:</b>"))


def test_a_sentence_that_goes_on_in_lower_case_speaks_against_a_headline_that_no_stamp_confirms() -> None:
    upper, lower = (
        flashes_in(essay_with(f"{BRIEF}: {text}"))[0] for text in (BRIEF_TEXT, BRIEF_TEXT[0].lower() + BRIEF_TEXT[1:])
    )

    assert "sentence goes on" in {reason.name for reason in lower.evidence}
    assert upper.confidence > lower.confidence


def test_every_reason_given_is_documented() -> None:
    lines = essay_with(f"{BRIEF}:{BRIEF_TEXT}[2023/5/28 9:47:25]", f"{BRIEF}: May 28 (Newswire) - {BRIEF_TEXT}")

    reasons = [reason for flash in flashes_in(lines) for reason in flash.evidence]

    assert reasons
    assert {reason.name for reason in reasons} <= REASONS.keys()
    assert {Label.FLASH} == {reason.label for reason in reasons}


@pytest.mark.parametrize(
    "line",
    [f"{BRIEF}:{BRIEF_TEXT}[2023/5/28 9:47:25]", f"{BRIEF}: May 28 (Newswire) - {BRIEF_TEXT}", "2023-05-28 09:47"],
    ids=["stamped", "datelines", "times"],
)
def test_a_page_of_nothing_but_flashes_takes_time_linear_in_its_lines(line: str) -> None:
    def seconds(count: int) -> float:
        lines = [f"{number} {line}" for number in range(count)]
        began = time.process_time()
        flashes_in(lines)
        return time.process_time() - began

    seconds(100)

    assert seconds(3000) < 10 * seconds(750) + 0.2


def test_one_block_of_colons_brackets_or_dashes_does_not_hang() -> None:
    began = time.process_time()

    for noise in ("a: " * 100_000, "(" * 100_000, "【" * 100_000, " - " * 100_000, "[2023/5/28 9:47:25]" * 20_000):
        flashes_in(essay_with(noise))

    assert time.process_time() - began < 5


def test_comments_with_their_times_are_no_flashes() -> None:
    comments = [
        line
        for hour in range(4)
        for line in (
            "So much for the patience of potters, says someone who never stoked a thing.",
            f"2023-05-28 0{hour}:47",
        )
    ]

    assert not told([*ESSAY, *comments])


def test_the_longest_words_alone_tell_that_a_labelled_paragraph_is_the_essays_own() -> None:
    line = "What every potter learns about the kiln: The potters stack the shelves, and the kiln takes the wood."

    assert not told(essay_with(line))
