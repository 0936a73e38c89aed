"""Place and outlet before a dash open a report, also where no list knows the outlet, unless it opens only one."""

from __future__ import annotations

import pytest

from tests.classify.flash.pages import BRIEF, BRIEF_TEXT, ESSAY, essay_with, flashes_in, told

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
