"""Place and outlet before a dash open a report, also where no list knows the outlet, unless it opens only one."""

from __future__ import annotations

import pytest

from tests.classify.flash.pages import (
    BRIEF,
    BRIEF_MORE,
    BRIEF_TEXT,
    BRIEF_TEXT_ZH,
    ESSAY,
    ESSAY_ZH,
    KILN,
    essay_with,
    flashes_in,
    told,
)

OTHER = "Grain port reopens after eleven days of strike"
OTHER_TEXT = "Dockers at the grain port returned to work on Monday after the union accepted a rise of 4 percent."


@pytest.mark.parametrize(
    "openings",
    [
        ("BERGEN, Harbour Gazette – ", "ODESSA, Harbour Gazette – "),
        ("Bergen, Harbour Gazette -- ", "Odessa, Harbour Gazette -- "),
        ("Harbour Gazette, Bergen - ", "Harbour Gazette, Odessa - "),
        ("Bergen (Harbour Gazette) - ", "Odessa (Harbour Gazette) - "),
    ],
    ids=["capitals", "dashes", "outlet first", "brackets"],
)
def test_an_outlet_that_opens_several_reports_is_their_source(openings: tuple[str, str]) -> None:
    first, second = f"{openings[0]}{BRIEF_TEXT}", f"{openings[1]}{OTHER_TEXT}"
    lines = [*ESSAY[:3], BRIEF, first, *ESSAY[3:5], OTHER, second, *ESSAY[5:]]

    assert told(lines) == [(BRIEF, first, None), (OTHER, second, None)]
    assert [flash.source for flash in flashes_in(lines)] == ["Harbour Gazette"] * 2


def test_behind_a_place_in_capitals_a_single_one_opens_a_report_whose_source_is_unknown() -> None:
    text = f"BERGEN, Harbour Gazette – {BRIEF_TEXT}"

    [flash] = flashes_in(essay_with(text))

    assert told(essay_with(text)) == [(None, text, None)]
    assert flash.source is None


@pytest.mark.parametrize("headline", [BRIEF, "Ferry orders boats"], ids=["taken up again", "short"])
def test_below_a_headline_a_place_alone_before_a_dash_opens_a_report(headline: str) -> None:
    text = f"Bergen – {BRIEF_TEXT}"

    assert told(essay_with(headline, text)) == [(headline, text, None)]
    assert told([*KILN[:3], f"Cobalt – {KILN[3]}", *KILN[4:]]) == []
    assert told([*KILN[:4], "Cobalt and its uses", f"Cobalt – {KILN[4]}", *KILN[5:]]) == []


def test_so_does_a_day_without_a_year_where_words_are_not_parted() -> None:
    headline, text = "港口将建新码头", f"4月12日，{BRIEF_TEXT_ZH}"

    assert told(essay_with(headline, text, essay=ESSAY_ZH)) == [(headline, text, None)]
    assert told([*ESSAY_ZH[:4], "老师怎样修补窑顶", f"4月12日，{ESSAY_ZH[3]}", *ESSAY_ZH[4:]]) == []


def test_a_pointer_to_another_page_above_a_wire_report_is_not_its_headline() -> None:
    text = f"BERGEN, May 28 (Reuters) - {BRIEF_TEXT}"

    assert told(essay_with("Read also: How a piano is tuned", text)) == [(None, text, None)]


def test_two_names_before_a_dash_in_one_paragraph_of_an_essay_open_no_report() -> None:
    assert told(essay_with("Marta, Ines – everybody came to the firing, and nobody spoke until it sang.")) == []


def test_the_number_of_a_brief_is_no_part_of_its_headline() -> None:
    assert told(essay_with(f"2. {BRIEF}", f"{BRIEF_TEXT} [2023/5/28 9:47]")) == [
        (BRIEF, BRIEF_TEXT, "2023-05-28T09:47:00")
    ]


def test_a_sentence_that_goes_on_behind_a_dash_has_no_headline_before_it() -> None:
    text = "Ferries are not a matter for harbour towns alone – inland ports order boats, too. Bergen sold 12 of them."

    assert told(essay_with(f"{text} [2023/5/28 9:47]")) == [(None, text, "2023-05-28T09:47:00")]


@pytest.mark.parametrize("headline", [[BRIEF], []], ids=["headline", "none"])
@pytest.mark.parametrize(
    "byline",
    ["(Reporting by Dana Okafor and Luis Prado in Bergen; Editing by Kim Sato)", "Editing by Kim Sato"],
    ids=["brackets", "plain"],
)
def test_who_wrote_a_wire_report_is_named_below_it_and_is_no_part_of_its_text(headline: list[str], byline: str) -> None:
    text = f"BERGEN, May 28 (Reuters) - {BRIEF_TEXT}"
    lines = essay_with(*headline, text, byline)

    [flash] = flashes_in(lines)

    assert told(lines) == [(headline[0] if headline else None, text, None)]
    assert lines[flash.blocks[-1]] == byline


def test_a_byline_below_a_paragraph_of_the_essay_belongs_to_no_brief() -> None:
    assert told(essay_with("(Reporting by Dana Okafor; Editing by Kim Sato)")) == []


def test_a_report_of_several_paragraphs_begins_where_place_and_agency_are_however_far_above_its_byline() -> None:
    report = [f"BERGEN, May 27 (Reuters) - {BRIEF_TEXT}", BRIEF_MORE, "(Reporting by Dana Okafor; Editing by Kim Sato)"]

    (flash,) = flashes_in(essay_with(*report))

    assert flash.blocks == (4, 5, 6)
