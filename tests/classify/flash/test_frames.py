"""Briefs in parts are found in each order that portals write them in; the same parts in a log or a section are not."""

from __future__ import annotations

import pytest

from tests.classify.flash.pages import (
    BRIEF,
    BRIEF_TEXT,
    BRIEF_TEXT_ZH,
    BRIEF_ZH,
    ESSAY,
    ESSAY_ZH,
    essay_with,
    flashes_in,
    told,
)

MINUTE = "2023-05-28T09:47:00"
ORDERS = {
    "time under the headline": ([BRIEF, "May 28, 2023 9:47 AM", BRIEF_TEXT], MINUTE),
    "updated under the headline": ([BRIEF, "Updated: 28.05.2023 09:47", BRIEF_TEXT], MINUTE),
    "time over the headline": (["2023-05-28 09:47", BRIEF, BRIEF_TEXT], MINUTE),
    "day and hour over the headline": (["28.05 09:47", BRIEF, BRIEF_TEXT], None),
    "source and age under the headline": ([BRIEF, "Reuters · 3 minutes ago", BRIEF_TEXT], None),
    "source below the text": ([BRIEF, BRIEF_TEXT, "Source: Reuters"], None),
    "agency alone below the text": ([BRIEF, BRIEF_TEXT, "Reuters"], None),
    "source and time below the text": ([BRIEF, BRIEF_TEXT, "Source: Reuters, 28.05.2023 09:47"], MINUTE),
    "kicker on the headline's line": ([f"BREAKING | {BRIEF}", BRIEF_TEXT], None),
    "kicker above the headline": (["BREAKING", BRIEF, BRIEF_TEXT], None),
    "time before the headline": ([f"2023-05-28T09:47:00 {BRIEF}", BRIEF_TEXT], MINUTE),
    "time_after_the_headline": ([f"{BRIEF} 09:47", BRIEF_TEXT], None),
    "day, source and time before the headline": ([f"28.05 09:47 | Reuters | {BRIEF}", BRIEF_TEXT], None),
    "source and time in brackets behind the text": ([BRIEF, f"{BRIEF_TEXT} (Reuters, 28.05 09:47)"], None),
    "time and source below the text": ([BRIEF, BRIEF_TEXT, "09:47 Reuters"], None),
    "sign before headline and text": ([f"⚡️ {BRIEF}: {BRIEF_TEXT}"], None),
    "agency in brackets behind the text": ([f"{BRIEF} – {BRIEF_TEXT} [Reuters]"], None),
    "source in brackets, headline on its line": ([BRIEF, f"{BRIEF_TEXT} (Source: Reuters)"], None),
    "source behind the text": ([BRIEF, f"{BRIEF_TEXT} via Reuters"], None),
    "source behind the text and a dash": ([BRIEF, f"{BRIEF_TEXT} — Reuters"], None),
    "pointer to the rest after the text": ([BRIEF, f"{BRIEF_TEXT} Read more »"], None),
    "kicker in bold type above the headline": (["**BREAKING**", BRIEF, BRIEF_TEXT], None),
    "hashtags behind the text": ([BRIEF, f"{BRIEF_TEXT} #ferries #Bergen"], None),
    "pointer to the rest below the text": ([BRIEF, BRIEF_TEXT, "Read more »"], None),
    "kicker as a hashtag": ([f"🚨 #JustIn | {BRIEF}: {BRIEF_TEXT}"], None),
    "hour with a letter before the headline": ([f"9h47 – {BRIEF}", BRIEF_TEXT], None),
    "time in brackets behind the headline": ([f"{BRIEF} [28.05.2023 09:47]", BRIEF_TEXT], MINUTE),
    "time in round brackets behind the headline": ([f"{BRIEF} (May 28, 2023, 9:47 AM)", BRIEF_TEXT], MINUTE),
    "day behind a bar after the headline": ([f"{BRIEF} | 28 May 2023", BRIEF_TEXT], "2023-05-28"),
    "time, bar and source below the text": (
        [BRIEF, BRIEF_TEXT, "2023-05-28 09:47:00 | Source: Reuters"],
        MINUTE,
    ),
    "day, hour and zone under the headline": (
        [BRIEF, "28/05/2023 | 09:47 (GMT+7)", BRIEF_TEXT],
        f"{MINUTE}+07:00",
    ),
    "agency and day between slashes behind the text": ([BRIEF, f"{BRIEF_TEXT} /Reuters, 28.05.2023/"], "2023-05-28"),
    "source behind the text, time below it": ([BRIEF, f"{BRIEF_TEXT} Reuters", "2023-05-28 09:47"], MINUTE),
    "shouted kicker before headline and text": ([f"FLASH {BRIEF}: {BRIEF_TEXT}"], None),
    "shouted kicker before the headline": ([f"JUST IN {BRIEF}", BRIEF_TEXT], None),
    "time in brackets before headline and text": ([f"[28/05 09:47] {BRIEF}: {BRIEF_TEXT}"], None),
}


@pytest.mark.parametrize(("lines", "published"), ORDERS.values(), ids=list(ORDERS))
def test_a_brief_in_parts_is_one_record_with_its_headline_text_and_time(
    lines: list[str], published: str | None
) -> None:
    assert told(essay_with(*lines)) == [(BRIEF, BRIEF_TEXT, published)]


def test_a_short_text_behind_a_kicker_that_a_stamp_closes_is_no_headline() -> None:
    text = "The harbour ferry ordered two electric boats. Each carries 180 people."

    [flash] = flashes_in(essay_with(f"BREAKING: {text} (Reuters, 28.05.2023 09:47)"))

    assert (flash.headline, flash.published, flash.source) == (None, MINUTE, "Reuters")


def test_an_agency_beside_a_day_between_slashes_is_the_source() -> None:
    [flash] = flashes_in(essay_with(BRIEF, f"{BRIEF_TEXT} /Reuters, 28.05.2023/"))

    assert flash.source == "Reuters"


@pytest.mark.parametrize(
    "lines",
    [
        [BRIEF_ZH, "2023年5月28日 09:47", BRIEF_TEXT_ZH],
        ["05-28 09:47", BRIEF_ZH, BRIEF_TEXT_ZH],
        [BRIEF_ZH, "5分钟前", BRIEF_TEXT_ZH],
        [BRIEF_ZH, BRIEF_TEXT_ZH, "来源：新华社"],
        [f"快讯｜{BRIEF_ZH}", BRIEF_TEXT_ZH],
        [f"09:47　{BRIEF_ZH}　{BRIEF_TEXT_ZH}"],
        [f"{BRIEF_ZH}09:47", BRIEF_TEXT_ZH],
        [f"【{BRIEF_ZH}】", "2023年5月28日 09:47", BRIEF_TEXT_ZH],
    ],
    ids=["under", "over", "age", "source", "kicker", "wide spaces", "glued", "held"],
)
def test_so_it_is_where_words_are_not_parted(lines: list[str]) -> None:
    assert [found[:2] for found in told(essay_with(*lines, essay=ESSAY_ZH))] == [(BRIEF_ZH, BRIEF_TEXT_ZH)]


def test_the_time_before_a_headline_between_signs_is_no_part_of_it() -> None:
    for line, published in ((f"+++ 14:32 Uhr: {BRIEF} +++", None), (f"+++ 28.05.2023 09:47: {BRIEF} +++", MINUTE)):
        assert told(essay_with(line, BRIEF_TEXT)) == [(BRIEF, BRIEF_TEXT, published)]


def test_a_source_ends_the_last_of_a_brief_s_paragraphs() -> None:
    last = "No price was named."

    assert told(essay_with(BRIEF, BRIEF_TEXT, f"{last} (Reuters)")) == [(BRIEF, f"{BRIEF_TEXT}\n{last}", None)]


@pytest.mark.parametrize("pointer", ["Continue reading", "Czytaj dalej »", "Lire l’article complet"])
def test_a_pointer_to_the_rest_on_its_own_line_ends_the_last_of_a_brief_s_paragraphs(pointer: str) -> None:
    last = "The shelves of its first boat crack in every firing."

    [flash] = flashes_in(essay_with(BRIEF, BRIEF_TEXT, last, pointer))

    assert told(essay_with(BRIEF, BRIEF_TEXT, last, pointer)) == [(BRIEF, f"{BRIEF_TEXT}\n{last}", None)]
    assert len(flash.blocks) == len((BRIEF, BRIEF_TEXT, last, pointer))


def test_a_pointer_below_a_section_of_the_essay_or_above_a_list_ends_no_brief() -> None:
    assert told([*ESSAY[:3], "Repairing the arch and the shelves", ESSAY[3], "Read more", *ESSAY[4:]]) == []
    assert told([*ESSAY[:2], "Ferry to Bergen", ESSAY[2], ESSAY[3], BRIEF_TEXT, "Continue reading", *ESSAY[4:]]) == []
    assert told(essay_with("Harbour ferry and its new electric boats", ESSAY[3], BRIEF_TEXT, "Tip")) == []
    timed = essay_with(
        BRIEF_ZH, "2023年5月28日 09:47", BRIEF_TEXT_ZH, ESSAY_ZH[4], "相关阅读：谁在买入长期国债", essay=ESSAY_ZH
    )
    assert told(timed) == [(BRIEF_ZH, BRIEF_TEXT_ZH, MINUTE)]
    assert told([*ESSAY[:4], "Read more", "Where the potters buy their wood", "How to mix a glaze", *ESSAY[4:]]) == []


def test_the_entries_of_a_listing_are_no_briefs() -> None:
    headlines = (
        "How a potter reads the colour of a fire",
        BRIEF,
        "The old kiln shelves that came back as a roof of a shed",
    )
    texts = (ESSAY[2], BRIEF_TEXT, ESSAY[3])

    entries = [line for entry in zip(headlines, texts, strict=True) for line in (*entry, "Continue reading")]

    assert told([ESSAY[0], *entries, ESSAY[1]]) == []


@pytest.mark.parametrize("text", [f"{ESSAY[4]} — Marta", f"{ESSAY[4]} #kilns", f"{ESSAY[4]} via Colwick"])
def test_a_paragraph_of_the_essay_may_end_like_a_brief(text: str) -> None:
    assert told([*ESSAY[:4], text, *ESSAY[5:]]) == []


def test_a_source_after_the_text_is_told_even_if_nothing_else_knows_it() -> None:
    [flash] = flashes_in(essay_with(BRIEF, f"{BRIEF_TEXT} via Norvane Weekly"))

    assert flash.source == "Norvane Weekly"


def test_brackets_that_end_several_texts_name_a_source_that_no_list_knows() -> None:
    other, more = (
        "Bergen lender cuts its mortgage rate",
        "The bank lowered the rate on mortgages by 0.3 points to 4.1%.",
    )
    briefs = [*essay_with(BRIEF, f"{BRIEF_TEXT} (Vestnor)")[:-1], other, f"{more} (Vestnor)", ESSAY[-1]]

    assert [(headline, text) for headline, text, _ in told(briefs)] == [(BRIEF, BRIEF_TEXT), (other, more)]


@pytest.mark.parametrize("hint", ["(Figure)", "(Read all letters.)"])
def test_a_hint_in_brackets_that_ends_several_of_the_essay_s_paragraphs_is_no_source(hint: str) -> None:
    essay = [f"{line} {hint}" if place in {2, 5} else line for place, line in enumerate(ESSAY)]

    assert told(essay) == []


def test_hours_before_the_text_open_briefs_if_they_give_figures_as_the_essay_does_not() -> None:
    lines = [
        "09:40 The bank lowered the rate on mortgages by 0.3 points to 4.1%, the lowest since 2022.",
        "10:15 " + BRIEF_TEXT,
    ]

    assert [text for _, text, _ in told(essay_with(*lines))] == [lines[0][6:], BRIEF_TEXT]


def test_a_brief_ends_where_its_source_stands_though_another_follows_at_once() -> None:
    other, more = (
        "Bergen lender cuts its mortgage rate",
        "The bank lowered the rate on mortgages to 4.1%. (Reuters)",
    )

    found = told(essay_with(BRIEF, f"{BRIEF_TEXT} (Reuters)", other, more))

    assert [headline for headline, _, _ in found] == [BRIEF, other]


def test_a_time_below_the_next_headline_does_not_end_a_brief() -> None:
    other, more = (
        "Bergen lender cuts its mortgage rate",
        "The bank lowered the rate on mortgages by 0.3 points to 4.1%.",
    )

    found = told(essay_with(BRIEF, "17.04.2024 12:40", BRIEF_TEXT, other, "17.04.2024 11:05", more))

    assert [(headline, time) for headline, _, time in found] == [
        (BRIEF, "2024-04-17T12:40:00"),
        (other, "2024-04-17T11:05:00"),
    ]


def test_an_order_that_a_page_repeats_says_which_way_its_times_belong() -> None:
    second = (
        "School orchestra wins a regional festival in Brno",
        "Forty pupils of the school orchestra played a Dvorak serenade before a jury of five conductors.",
    )
    lines = [*ESSAY[:2], "28.05 09:47", BRIEF, BRIEF_TEXT, *ESSAY[2:5], "28.05 08:10", *second, *ESSAY[5:]]

    assert [found[:2] for found in told(lines)] == [(BRIEF, BRIEF_TEXT), second]


def test_a_pointer_below_a_brief_is_none_of_its_text() -> None:
    lines = essay_with("28.05 09:47", BRIEF, BRIEF_TEXT, "Read also: The arch that took nine years")

    assert [found[:2] for found in told(lines)] == [(BRIEF, BRIEF_TEXT)]


def test_a_first_sentence_that_the_text_takes_up_again_is_the_headline() -> None:
    text = f"{BRIEF} from a shipyard. {BRIEF_TEXT}"

    assert told(essay_with(f"2023-05-28 09:47 {text}")) == [(f"{BRIEF} from a shipyard", BRIEF_TEXT, MINUTE)]


def test_paragraphs_that_nearly_all_open_with_a_time_are_a_log_of_the_page_s_own() -> None:
    assert told([ESSAY[0], *(f"{hour}:15 {text}" for hour, text in enumerate(ESSAY[1:], start=10))]) == []


def test_a_page_that_begins_with_the_first_of_many_times_is_a_log() -> None:
    entries = ["22:48 – Trains stop north of the river", BRIEF_TEXT, "22:15 – First cuts reported", ESSAY[1]]
    older = ["21:02 – Ferry turns back", "None of the 112 passengers was hurt.", "20:30 – Schools stay shut", ESSAY[5]]

    assert told([*entries, *older]) == []


def test_a_section_of_the_essay_with_its_day_below_the_heading_stays() -> None:
    lines = [*ESSAY[:3], "What the kiln says on the second night", "12 May 2023, 21:40", *ESSAY[3:]]

    assert told(lines) == []


def test_what_stands_above_all_of_the_essay_is_its_own_headline_and_time() -> None:
    assert told([BRIEF, "May 28, 2023 9:47 AM", BRIEF_TEXT, *ESSAY]) == []


def test_below_a_standfirst_the_one_time_that_says_published_is_the_page_s() -> None:
    lines = ["A visit to the last wood-fired kiln of the valley and to its potters", "Published: 12 May 2023, 21:40"]

    assert told([*lines, "The kiln on the second night, seen from the chimney", *ESSAY]) == []


def test_words_between_a_headline_s_colon_and_a_time_are_none_of_the_headline() -> None:
    lines = essay_with(f"{BRIEF}: posted on Friday 12 January 2023 12:27", BRIEF_TEXT)

    assert not any("posted" in (headline or "") for headline, _, _ in told(lines))


def test_a_list_of_briefs_that_is_strange_to_a_long_essay_was_pasted_as_a_whole() -> None:
    briefs = [
        "[28/05 09:47] Harbour ferry orders electric boats: The ferry company ordered two boats from a shipyard.",
        "[28/05 09:31] School orchestra wins festival: Forty pupils played a serenade before a jury of conductors.",
        "[28/05 09:12] Airport opens third runway: Controllers expect ninety landings an hour once autumn begins.",
        "[28/05 08:55] Museum lends coins to Lisbon: Curators packed silver drachmas into eleven padded crates.",
    ]

    assert len(told([*ESSAY[:4], *briefs, *ESSAY[4:], *ESSAY_ZH])) == len(briefs)


def test_a_briefing_whose_paragraphs_nearly_all_have_their_headline_in_brackets_is_its_own() -> None:
    lines = [f"【{BRIEF_ZH}{number}】{text}" for number, text in enumerate((BRIEF_TEXT_ZH, *ESSAY_ZH[1:6]))]

    assert told([ESSAY_ZH[0], *lines, ESSAY_ZH[6]]) == []


def test_a_date_between_subtitle_and_lead_heads_no_brief() -> None:
    subtitle = "Why those who build a room around a fire know more about waiting than the rest of us"
    lead = "What the ferry company ordered, and why potters wait for the fire on the quay"

    assert [] == told([subtitle, "19/11/2011, 08:31", lead, BRIEF_TEXT, *ESSAY])


@pytest.mark.parametrize("sign", ["", "► ", "⚡ ", "> "])
def test_a_first_sentence_as_headline_is_told_without_the_sign_before_it(sign: str) -> None:
    headline = "Exchange halts withdrawals of two tokens"
    text = "The exchange halted withdrawals of both tokens after an audit found a gap, it said in a statement."

    assert [flash[0] for flash in told(essay_with(f"{sign}{headline}. {text} via CoinDesk"))] == [headline]


TWIN = "Colwick kilns orders a chimney from the potters of the valley"
TWIN_TEXT = "The kiln's chimney costs the potters 18,000 crowns, and the wood is stacked by the arch and the shelves."


def test_the_form_of_a_sure_brief_tells_one_whose_words_are_the_essay_s() -> None:
    lines = [*essay_with(BRIEF, BRIEF_TEXT, "Source: Reuters"), TWIN, TWIN_TEXT, "Source: Reuters", *ESSAY[:2]]

    assert [headline for headline, _, _ in told(lines)] == [BRIEF, TWIN]


def test_without_a_sure_brief_words_of_the_essay_keep_the_same_form_in_it() -> None:
    assert told(essay_with(TWIN, TWIN_TEXT, "Source: Reuters")) == []


def test_a_sentence_of_the_essay_that_begins_with_an_hour_is_no_brief_though_others_do() -> None:
    own = "9:47 in the morning is the hour at which a kiln is opened, and the potters of the valley come with gloves."
    lines = essay_with(f"09:12 {BRIEF}. {BRIEF_TEXT}", own)

    assert [time for time, _, _ in told(lines)] == [BRIEF]


def test_words_that_head_a_list_of_links_close_no_brief() -> None:
    assert told([*ESSAY[:3], "What the kiln says on the second night", *ESSAY[3:5], "Read more", *ESSAY[5:]]) == []


def test_a_duration_behind_its_label_is_no_time() -> None:
    assert told([*ESSAY[:3], "The second night of the firing", "Duration: 2h30", *ESSAY[3:]]) == []


def test_lines_of_hashtags_each_close_the_single_paragraph_of_a_brief() -> None:
    lines = [*ESSAY[:2], TWIN, TWIN_TEXT, "#kilns", *ESSAY[2:5], BRIEF, BRIEF_TEXT, "#ferries #Bergen", *ESSAY[5:]]

    found = flashes_in(lines)

    assert [lines[flash.blocks[-1]] for flash in found] == ["#kilns", "#ferries #Bergen"]


def test_the_page_s_one_line_of_hashtags_ends_no_brief_above_it() -> None:
    lines = essay_with(f"BREAKING | {BRIEF}", BRIEF_TEXT, ESSAY[4], "#kilns #clay #wood")

    assert [text for _, text, _ in told(lines)] == [BRIEF_TEXT]


def test_a_short_label_before_day_and_agency_heads_a_report() -> None:
    lines = essay_with(f"ferry: October 21 (Newswire) - {BRIEF_TEXT}")

    assert [headline for headline, _, _ in told(lines)] == ["ferry"]


def test_all_lines_that_close_a_brief_belong_to_it() -> None:
    timed = [BRIEF, BRIEF_TEXT, "Source: Harbour Courier", "2023-05-28 09:47"]
    listed = [BRIEF, BRIEF_TEXT, "Source: Harbour Courier", "#ferry #boats"]
    other = ["Museum lends silver coins", "The museum lends Lisbon sixty silver coins, packed into padded crates."]

    (flash,) = flashes_in(essay_with(*timed))
    assert (flash.blocks, flash.published) == ((4, 5, 6, 7), MINUTE)
    first, second = flashes_in([*essay_with(*listed)[:-2], *other, "Source: Harbour Courier", "#coins", *ESSAY[6:]])
    assert (first.blocks, second.blocks) == ((4, 5, 6, 7), (10, 11, 12, 13))
