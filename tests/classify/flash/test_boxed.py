"""Briefs in boxes of their own, and below lines set apart: their words decide whether they are the essay's."""

from __future__ import annotations

import pytest

import declutter
from tests.classify.flash.pages import KILN, KILN_TITLE

ESSAY = KILN[:7]
HEADLINE = "Harbour company orders two electric boats"
BRIEF = "Nordvik ordered electric boats from a shipyard in Bergen on Monday, each for 180 people, its mayor said."
OWN = "Ask the teacher of the potters first"
OWN_TEXT = "Potters that open the kiln too early crack the shelves, the glaze and the clay, and the fire decides."
BOXES = {
    "div": "<div><p>{0}</p><p>{1}</p></div>",
    "aside with bare text": "<aside><h5>{0}</h5>{1}</aside>",
    "table of one cell": "<table><tr><td><b>{0}</b><br>{1}</td></tr></table>",
    "details": "<details open><summary>{0}</summary><p>{1}</p></details>",
    "element of its own name": "<x-card><h6>{0}</h6><div>{1}</div></x-card>",
    "named by nobody": '<section class="sc-1a2b jXkQ"><header><h4>{0}</h4></header><div>{1}</div></section>',
}


def page(*between: str) -> str:
    paragraphs = [f"<p>{line}</p>" for line in ESSAY]
    body = "".join([*paragraphs[:3], *between, *paragraphs[3:]])
    head = f"<title>{KILN_TITLE}</title>"
    return f"<html><head>{head}</head><body><article><h1>{KILN_TITLE}</h1>{body}</article></body></html>"


def told(html: str) -> list[tuple[str | None, str]]:
    return [(flash.headline, flash.text) for flash in declutter.extract(html).flashes]


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_whose_words_are_foreign_to_the_essay_is_a_brief(box: str) -> None:
    assert [(HEADLINE, BRIEF)] == told(page(box.format(HEADLINE, BRIEF)))


@pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
def test_a_box_that_says_what_the_essay_says_is_the_essays_own(box: str) -> None:
    document = declutter.extract(page(box.format(OWN, OWN_TEXT)))

    assert not document.flashes
    assert OWN_TEXT in document.text


def test_a_kicker_above_the_headline_belongs_to_neither_headline_nor_text() -> None:
    document = declutter.extract(page(f"<div><span>In brief</span><h5>{HEADLINE}</h5><p>{BRIEF}</p></div>"))

    assert [(HEADLINE, BRIEF)] == [(flash.headline, flash.text) for flash in document.flashes]
    assert "In brief" not in document.text


def test_boxes_of_one_heading_are_the_essays_own() -> None:
    boxes = [f"<div><h5>Worth knowing about boats</h5><p>{line}</p></div>" for line in (BRIEF, OWN_TEXT)]

    assert [] == told(page(*boxes))


def test_a_doubtful_box_whose_like_is_the_essays_own_is_too() -> None:
    box = '<div class="tip"><h5>{0}</h5><p>{1}</p></div>'
    doubtful = "The mayor of Nordvik bought bricks and a brush for the school on Monday, and a glaze for its walls."

    assert [(HEADLINE, doubtful)] == told(page(box.format(HEADLINE, doubtful)))
    own = box.format(OWN, OWN_TEXT)
    assert [] == told(page(own, f"<p>{ESSAY[2]} {ESSAY[4]}</p>", box.format(HEADLINE, doubtful)))


def test_what_cue_words_call_otherwise_is_no_brief() -> None:
    letter = "<div><h5>Subscribe to our newsletter</h5><p>Boats, harbours and the sea, every Monday.</p></div>"

    assert [] == told(page(letter))


@pytest.mark.parametrize("line", ["<p><b>{}</b></p>", "<h4>{}</h4>"])
def test_a_line_set_apart_heads_a_brief_where_the_words_below_are_foreign(line: str) -> None:
    assert [(HEADLINE, BRIEF)] == told(page(line.format(HEADLINE), f"<p>{BRIEF}</p>"))
    assert [] == told(page(line.format(OWN), f"<p>{OWN_TEXT}</p>"))


def dump(*between: str) -> declutter.Document:
    return declutter.extract("\n".join([KILN_TITLE, *ESSAY[:3], *between, *ESSAY[3:]]))


def test_a_plain_line_heads_a_brief_where_the_text_below_takes_it_up_again_and_is_foreign() -> None:
    assert [(HEADLINE, BRIEF)] == [(flash.headline, flash.text) for flash in dump(HEADLINE, BRIEF).flashes]
    assert not dump("Potters that open the kiln too early", OWN_TEXT).flashes


@pytest.mark.parametrize("dress", ["*** {} ***", "+++ {} +++", ">>> {}", "⚡ {}", "**{}**", "## {}"])
def test_a_line_is_a_headline_without_what_it_is_dressed_in(dress: str) -> None:
    assert [(HEADLINE, BRIEF)] == [
        (flash.headline, flash.text) for flash in dump(dress.format(HEADLINE), BRIEF).flashes
    ]
    assert not dump(dress.format(OWN), OWN_TEXT).flashes


def test_a_first_sentence_in_bold_type_that_the_text_takes_up_again_is_its_headline() -> None:
    assert [(HEADLINE, BRIEF)] == told(page(f"<p><b>{HEADLINE}.</b> {BRIEF}</p>"))
    assert [] == told(page(f"<p><b>{OWN}.</b> {OWN_TEXT}</p>"))


def test_a_comment_below_a_name_is_no_brief() -> None:
    comment = "My grandmother would laugh: nobody in our village ever waited for a pot, we bought them in the city."
    signed, headed = (page(f"<p>{line}<br>{comment}</p>") for line in ("Anna Storvik", "Where our village buys pots"))

    assert (told(signed), told(headed)) == ([], [("Where our village buys pots", comment)])


def test_byline_and_time_below_a_standfirst_are_no_brief_as_they_are_further_below() -> None:
    lines = "<p>28 May 2023, 09:47</p><p>Anna Storvik</p>"
    above = page().replace(f"<p>{ESSAY[1]}</p>", f"{lines}<p>{BRIEF}</p><p>{ESSAY[1]}</p>")

    assert told(above) == []
    assert told(page("<p>28 May 2023, 09:47</p>", f"<p>{HEADLINE}</p><p>{BRIEF}</p>")) == [(HEADLINE, BRIEF)]


def test_a_page_of_nothing_but_briefs_is_its_own_essay() -> None:
    others = (
        (
            "Mayor of Oslo opens library of tools",
            "The mayor of Oslo opened a library that lends tools on Friday, she said.",
        ),
        (
            "Storm closes three mountain passes",
            "A storm closed three passes in the mountains overnight, the police said.",
        ),
        (
            "Bank lowers its rate to two per cent",
            "The central bank lowered its rate to two per cent, as had been expected.",
        ),
        (HEADLINE, BRIEF),
    )
    lines = [line for brief in others for line in brief]
    marked = "".join(f"<p><b>{headline}</b></p><p>{text}</p>" for headline, text in others)

    assert not declutter.extract("\n".join(["News of the week in brief", *lines])).flashes
    assert not declutter.extract(f"<body><article><h1>{KILN_TITLE}</h1>{marked}</article></body>").flashes


def test_a_report_with_place_and_day_amid_an_essay_is_a_brief_and_the_essays_own_dateline_is_none() -> None:
    report = f"BERGEN, 28 May — {BRIEF}"

    assert [(None, report)] == [(flash.headline, flash.text) for flash in dump(report).flashes]
    assert not declutter.extract("\n".join([KILN_TITLE, f"BERGEN, 28 May — {ESSAY[0]}", *ESSAY[1:]])).flashes


def test_where_the_essay_has_such_lines_itself_they_are_its_headings() -> None:
    parts = [part for line in ESSAY for part in (f"<h4>{line[:40]} again</h4>", f"<p>{line}</p>")]

    assert [] == told(page(*parts, f"<h4>{HEADLINE}</h4>", f"<p>{BRIEF}</p>"))


def test_a_brief_may_begin_with_its_time_and_a_bold_headline() -> None:
    assert [(HEADLINE, BRIEF)] == told(page(f"<p>09:12 <b>{HEADLINE}.</b> {BRIEF}</p>"))


def test_a_kicker_may_stand_before_a_dash() -> None:
    assert [(HEADLINE, BRIEF)] == told(page(f"<p>BREAKING – {HEADLINE}: {BRIEF}</p>"))


def test_behind_a_time_bold_type_is_the_headline_whatever_its_words() -> None:
    headline = "Quayside gets ready for silent ferries"

    assert [(headline, BRIEF)] == told(page(f"<p>09:12 <b>{headline}.</b> {BRIEF}</p>"))
    assert [] == told(page(f"<p>09:12 <b>{OWN}.</b> {OWN_TEXT}</p>"))


@pytest.mark.parametrize(
    "box",
    [
        '<aside><a href="/n">{0}</a><p>{1}</p><span>28.05.2023, 09:47</span></aside>',
        '<div class="x"><h4><a href="/n">{0}</a></h4><p>{1}</p><p><time>28.05.2023 09:47</time></p></div>',
        '<section><p><a href="/n">{0}</a></p><p>{1}</p><p><a href="/n">Read more</a></p></section>',
    ],
    ids=["aside", "div", "pointer"],
)
def test_the_linked_headline_of_a_box_and_its_time_belong_to_the_brief(box: str) -> None:
    document = declutter.extract(page(box.format(HEADLINE, BRIEF)), url="https://news.example/a")

    assert [(HEADLINE, BRIEF, "https://news.example/n")] == [(f.headline, f.text, f.url) for f in document.flashes]


@pytest.mark.parametrize(
    ("written", "headline"),
    [
        ("<b>{0}.</b> {1} (28.05.2023 09:47)", HEADLINE),
        ("<b>{0}: Bergen yard named</b> {1} (28.05.2023 09:47)", f"{HEADLINE}: Bergen yard named"),
        ("<b>BREAKING: {0}</b> – {1} (Reuters)", HEADLINE),
        ("<b>BERGEN, May 28 (Reuters) -</b> {1} (28.05.2023 09:47)", None),
    ],
    ids=["sentence", "colon", "kicker", "dateline"],
)
def test_bold_type_that_opens_a_brief_is_its_headline_without_kicker_and_unless_it_is_a_dateline(
    written: str, headline: str | None
) -> None:
    assert [headline] == [found for found, _ in told(page(f"<p>{written.format(HEADLINE, BRIEF)}</p>"))]
