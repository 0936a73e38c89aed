"""Flashes in the essay's flow are found as spans and told as data, in any form; what only looks like them stays."""

from __future__ import annotations

import pytest

from declutter.classify.cues import CueReader
from declutter.classify.flash import REASONS, find_flashes
from declutter.classify.flash.flow import read_flow
from declutter.model import Label
from declutter.parse import parse
from declutter.segment import segment, segment_text
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
from tests.counting import steps_of

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


FORMS = {
    "[5/28/2023 9:47 PM]": "2023-05-28T21:47:00",
    "2023.05.28 09:47": MINUTE,
    "(2023-05-28T09:47:25Z)": f"{SECOND}Z",
    "[2023-05-28 09:47:25]": SECOND,
    "{2023/5/28 9:47}": MINUTE,
    "| 2023-05-28 09:47": MINUTE,
    "[Sunday, May 28, 2023 09:47]": MINUTE,
    "(Published: 2023-05-28 09:47)": MINUTE,
    "(Reuters, 2023-05-28 09:47)": MINUTE,
    "Source: Reuters, 2023-05-28 09:47": MINUTE,
    "[05-28 09:47]": None,
    "[09:47]": None,
    "28.05.2023, 09:47 Uhr": MINUTE,
    "(28. Mai 2023, 09:47 Uhr)": MINUTE,
    "(28 mai 2023 à 09h47)": MINUTE,
    "(28 de mayo de 2023, 09:47)": MINUTE,
    "(28 de maio de 2023, 09:47)": MINUTE,
    "(28 maggio 2023, ore 09:47)": MINUTE,
    "28 maggio 2023 ore 9.47": MINUTE,
    "(28 mei 2023, 09:47)": MINUTE,
    "(28 maja 2023, 09:47)": MINUTE,
    "(28 мая 2023, 09:47)": MINUTE,
    "(28 травня 2023, 09:47)": MINUTE,
    "(28 Μαΐου 2023, 09:47)": MINUTE,
    "(28 Mayıs 2023, 09:47)": MINUTE,
    "(28 مايو 2023 09:47)": MINUTE,
    "(28 मई 2023, 09:47)": MINUTE,
    "(Minggu, 28/05/2023 09.47 WIB)": f"{MINUTE}+07:00",
    "(28/05/2023 09:47)": MINUTE,
    "(28 พ.ค. 2566 09:47 น.)": MINUTE,
    "(2023年5月28日 09:47)": MINUTE,
    "(2023년 5월 28일 09:47)": MINUTE,
    "（2023年5月28日上午9:47）": MINUTE,
}


@pytest.mark.parametrize(("stamp", "published"), FORMS.items(), ids=list(FORMS))
def test_a_stamp_of_any_form_dates_its_flash(stamp: str, published: str | None) -> None:
    ((headline, text, time_told),) = told(essay_with(f"{BRIEF}: {BRIEF_TEXT} {stamp}"))

    assert (headline, time_told) == (BRIEF, published)
    assert text.startswith(BRIEF_TEXT)


UNSTAMPED = [
    f"BREAKING: {BRIEF}: {BRIEF_TEXT}",
    f"[BREAKING] {BRIEF}: {BRIEF_TEXT}",
    f"СРОЧНО: {BRIEF}: {BRIEF_TEXT}",
    f"{BRIEF}: OSLO, May 28 (Reuters) - {BRIEF_TEXT}",
    f"{BRIEF}: According to Reuters, {BRIEF_TEXT}",
]


@pytest.mark.parametrize("line", UNSTAMPED)
def test_kicker_dateline_or_report_make_a_flash_without_a_stamp(line: str) -> None:
    assert [BRIEF] == [headline for headline, _, _ in told(essay_with(line))]


UNSTAMPED_ZH = [
    f"【快讯】{BRIEF_ZH}：{BRIEF_TEXT_ZH}",
    f"快讯丨{BRIEF_ZH}：{BRIEF_TEXT_ZH}",
    f"动态 | {BRIEF_ZH}：{BRIEF_TEXT_ZH}",
    f"【{BRIEF_ZH}】{BRIEF_TEXT_ZH}",
    f"{BRIEF_ZH}:5月28日消息,{BRIEF_TEXT_ZH}",
    f"{BRIEF_ZH}:據路透社報導,{BRIEF_TEXT_ZH}",
]


@pytest.mark.parametrize("line", UNSTAMPED_ZH)
def test_kicker_brackets_or_report_make_a_flash_in_chinese_without_a_stamp(line: str) -> None:
    assert [BRIEF_ZH] == [headline for headline, _, _ in told(essay_with(line, essay=ESSAY_ZH))]


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
    "questions and answers": essay_with(
        "Q: How long does a firing take?",
        "A: Three days for the big kiln, and the second night is the one that nobody forgets.",
        "Q: Can a visitor stoke?",
        "A: Yes, if the fire master agrees, and only on the first day of the firing.",
    ),
    "a quiz": essay_with(
        "Question 1: Which metal melts first? (a) tin (b) lead (c) zinc",
        "Answer: Tin melts at 232 degrees, long before lead and zinc do.",
    ),
    "an earnings call": essay_with(
        "Operator: Good morning and welcome to the second quarter call of Quay Holdings.",
        "Jane Smith -- Chief Executive Officer: Thank you, and good morning to everyone on the line today.",
        "Mark Lund -- Chief Financial Officer: Revenue rose 4% to 212 million dollars, and margins were flat.",
        "Analyst: Could you say more about the shipyard contract and its timing?",
    ),
    "footnotes with dates": essay_with(
        "[1] Quist, Ada: “On the arch of the kiln”, Kiln Press, retrieved 12 May 2003.",
        "[2] Holm, M., interview with the author (2003-05-28).",
        "4. Ministry of Works, Annual report on harbours, https://example.org/r [2019/3/4]",
    ),
    "a reference that closes a sentence": essay_with(
        "The drawings are kept in the city archive and were digitised in full by volunteers [2019/3/4]."
    ),
    "a timeline": essay_with(
        "28 May 2023: The harbour council votes for the new ferry after eleven hours of debate.",
        "12 June 2023: The shipyard in Bergen lays the keel of the first of two boats.",
        "3 July 2023: The museum ship is towed away, and three hundred people watch.",
    ),
    "a changelog": essay_with(
        "Version 2.1 (2023-05-28): Adds a dark theme and mends the search of very long lists.",
        "Version 2.0 (2023-04-02): New layout, new icons, and a new way to share what you read.",
    ),
    "a law": essay_with(
        "Article 4: The operator of a ferry shall keep a log of all crossings and show it on request.",
        "Article 5: Whoever fails to keep the log shall be fined up to five hundred crowns.",
    ),
    "a recipe": essay_with(
        "For the dough: 500 g flour, 300 ml water, 10 g salt and a pinch of dry yeast.",
        "For the filling: two leeks, 100 g of butter, an egg and some nutmeg.",
    ),
    "a correction": essay_with(
        "Correction, May 28, 2023: An earlier version of this essay gave the wrong year for the first firing."
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
        cues = CueReader(outline, vocabulary())
        flashes = find_flashes(outline, [Label.BODY] * len(outline.texts), cues=cues)
        return flashes[0].confidence

    assert confidence(plain) > confidence(plain.replace(f"{BRIEF}:", f"<b>{BRIEF}:</b>"))


def test_a_sentence_that_goes_on_in_lower_case_speaks_against_a_headline_that_no_stamp_confirms() -> None:
    upper, lower = (
        flashes_in(essay_with(f"{BRIEF}: {text}"))[0] for text in (BRIEF_TEXT, BRIEF_TEXT[0].lower() + BRIEF_TEXT[1:])
    )

    assert "sentence_goes_on" in {reason.name for reason in lower.evidence}
    assert upper.confidence > lower.confidence


def test_a_colon_before_it_speaks_against_a_headline_that_no_stamp_confirms() -> None:
    lines = essay_with(f"{BRIEF}: {BRIEF_TEXT}")
    at = next(number for number, line in enumerate(lines) if line.startswith(BRIEF))
    led = [*lines[: at - 1], f"{lines[at - 1].rstrip('.')}:", *lines[at:]]

    (freely,), (announced,) = flashes_in(lines), flashes_in(led)
    assert "announced" in {reason.name for reason in announced.evidence}
    assert freely.confidence > announced.confidence


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
    def steps(count: int) -> int:
        lines = [f"{number} {line}" for number in range(count)]
        return steps_of(lambda: flashes_in(lines))

    steps(100)  # what is made once a process is made

    assert steps(1000) < 2.4 * steps(500)


def test_whether_a_block_has_a_dateline_is_asked_without_a_search_through_all_that_have() -> None:
    """It is asked of every block: on a page of nothing else that would take time quadratic in them."""
    outline = segment_text(f"BERGEN, May 28 (Newswire) - {BRIEF_TEXT}\n" * 20)

    assert frozenset(range(20)) == read_flow(outline, [Label.BODY] * 20).wired


def test_stamps_are_read_near_running_text_but_not_in_each_cell_of_a_table() -> None:
    """A page of figures has thousands of cells, and a flash has a text of a sentence or more."""
    cells = "".join(f"<tr><td>2023/5/{day} 9:47</td><td>{day}</td></tr>" for day in range(1, 29))
    outline = segment(parse(f"<p>{BRIEF_TEXT}</p><table>{cells}</table><p>{BRIEF_TEXT}</p>"))

    flow = read_flow(outline, [Label.BODY] * len(outline.texts))

    assert [1, 3, 5, 51, 53, 55] == sorted(flow.stamps)


def test_one_block_of_colons_brackets_or_dashes_does_not_hang() -> None:
    for noise in ("a: " * 100_000, "(" * 100_000, "【" * 100_000, " - " * 100_000, "[2023/5/28 9:47:25]" * 20_000):
        assert len(flashes_in(essay_with(noise))) <= 1  # at once; what is quadratic takes many minutes


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
