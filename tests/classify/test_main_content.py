from __future__ import annotations

from itertools import pairwise

import pytest

from declutter.classify.corrections import CORRECTIONS, Context
from declutter.classify.cues import CueReader
from declutter.classify.features import measure, signatures
from declutter.classify.main_content import body_scores
from declutter.classify.weights import weights
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment
from declutter.tables import find_tables
from declutter.vocabulary import vocabulary

PARAGRAPH = (
    "The ferry had crossed here for ninety years, and nobody on either bank could say who had first paid for it."
)
MENU = "".join(f"<li><a href='/{number}'>Entry {number}</a></li>" for number in range(8))
FEATURE_OF_LINKS = "link_density_of_its_signature"


def essay_of(page: str, title: str | None = None) -> list[str]:
    outline = segment(parse(page))
    cues, tables = CueReader(outline, vocabulary()), find_tables(outline)
    scores = body_scores(outline, title=title, cues=cues, tables=tables)
    return [text for text, score in zip(outline.texts, scores, strict=True) if score > 0]


def context_of(outline: Outline, headline: int) -> Context:
    columns = measure(outline, headline, signatures(outline), CueReader(outline, vocabulary()))
    names = ("cue_words", "date_or_time", "label_above_it", "items_of_links_and_text")
    return Context(headline, signatures(outline), [], *(columns[name] for name in names))


def filled(page: str, scores: list[float]) -> list[bool]:
    """By block: whether it passes once the gaps are filled, on a page whose first block is its headline."""
    outline = segment(parse(page))
    CORRECTIONS["fills_a_gap"](outline, scores, context_of(outline, 0))
    return [score > 0 for score in scores]


def post(text: str, name: str) -> str:
    return (
        f'<div class="item"><div class="panel"><a href="/u/{name}">{name}</a></div>'
        f'<div class="text">{text}</div><div class="foot"><a href="/r">Reply</a> <a href="/l">Like</a></div></div>'
    )


def test_all_posts_of_a_thread_are_its_essay() -> None:
    posts = [f"{PARAGRAPH} Post number {number} says so in its own way, and at some length." for number in range(7)]
    page = "".join(post(text, f"writer{number}") for number, text in enumerate(posts))

    found = essay_of(f"<ul class='nav'>{MENU}</ul><h1>The ferry</h1><div class='thread'>{page}</div>", "The ferry")

    assert [text for text in found if text in posts] == posts


def test_a_short_last_paragraph_in_the_essay_s_own_markup_stays() -> None:
    body = "".join(f"<p>{PARAGRAPH} {number}.</p>" for number in range(6))
    last = "It runs again on Sundays, for those who ask."

    page = f"<ul>{MENU}</ul><h1>The ferry</h1><div class='story'>{body}<p>{last}</p></div><ul>{MENU}</ul>"

    assert last in essay_of(page, "The ferry")


def test_doubtful_blocks_amid_the_essay_are_filled_in_but_for_those_below_the_headline() -> None:
    page = f"<h1>The ferry</h1><div>Nora Quill</div><div>{PARAGRAPH}</div><div>Low water</div><div>{PARAGRAPH}</div>"
    outline = segment(parse(page))
    scores = [1.0, -0.5, 2.0, -0.5, 2.0]

    CORRECTIONS["fills_a_gap"](outline, scores, Context(0, signatures(outline), [], *[bytes(len(scores))] * 4))

    assert [score > 0 for score in scores] == [True, False, True, True, True]


def test_a_label_of_another_section_fills_no_gap() -> None:
    page = f"<h1>The ferry</h1><div>{PARAGRAPH}</div><div>Low water</div><div>Share</div><div>{PARAGRAPH}</div>"
    assert filled(page, [1.0, 2.0, -0.5, -0.5, 2.0]) == [True, True, True, False, True]


def test_a_line_with_a_date_fills_no_gap() -> None:
    page = f"<h1>Logbook</h1><div>{PARAGRAPH}</div><div>12.05.2021</div><div>Low water</div><div>{PARAGRAPH}</div>"
    assert filled(page, [1.0, 2.0, -0.5, -0.5, 2.0]) == [True, True, False, True, True]


def test_what_barely_passed_goes_where_those_written_as_it_is_went() -> None:
    page = f"<ul>{MENU}</ul><div><p>{PARAGRAPH}</p><p>{PARAGRAPH}</p></div>"
    outline = segment(parse(page))
    scores = [0.5, *[-1.0] * 7, 0.5, 3.0]

    CORRECTIONS["most_like_it_did_not_pass"](
        outline, scores, Context(None, signatures(outline), [], *[bytes(len(scores))] * 4)
    )

    assert [score > 0 for score in scores] == [*[False] * 8, True, True]


def test_links_of_alike_blocks_only_ever_speak_against_the_essay() -> None:
    known = weights()

    single = known.singles.get(FEATURE_OF_LINKS, (0,))

    assert all(more <= fewer for fewer, more in pairwise(single))


def test_the_bar_is_lowered_where_next_to_nothing_of_the_long_texts_passed() -> None:
    page = f"<ul>{MENU}</ul><p>{PARAGRAPH} {PARAGRAPH}</p>" + "".join(
        f"<div><p>{PARAGRAPH} {number}.</p></div>" for number in range(30)
    )
    outline = segment(parse(page))
    lost = [*[-5.0] * 8, 0.5, *[-1.0] * 30]
    found = [*[-5.0] * 8, 0.5, *[0.5] * 10, *[-1.0] * 20]

    for scores in (lost, found):
        CORRECTIONS["little_else_passed"](
            outline,
            scores,
            Context(None, signatures(outline), [], *[bytes(len(scores))] * 4),
        )

    assert [score > 0 for score in lost] == [*[False] * 8, *[True] * 31]
    assert [score > 0 for score in found] == [*[False] * 8, *[True] * 11, *[False] * 20]


@pytest.mark.parametrize(
    ("label", "taken"), [("More stories", False), ("Comments", True), ("Published", True), ("Low water", True)]
)
def test_the_bar_is_not_lowered_for_what_a_label_of_teasers_heads(label: str, *, taken: bool) -> None:
    listed = f"<div>{label}</div><p>The mill that grinds at night</p><p>Who has time to read</p>"
    page = f"<div>More stories</div><h1>The ferry</h1><p>{PARAGRAPH}</p><p>{PARAGRAPH} {PARAGRAPH}</p>{listed}"
    outline = segment(parse(page))
    scores = [-1.0] * len(outline.texts)

    CORRECTIONS["little_else_passed"](outline, scores, context_of(outline, 1))

    assert [score > 0 for score in scores] == [*[True] * 4, taken, taken, taken]


@pytest.mark.parametrize(("label", "kept"), [("More stories", False), ("Published", True), ("Low water", True)])
def test_what_barely_passed_goes_from_a_list_of_teasers_and_from_no_other(label: str, *, kept: bool) -> None:
    items = "".join(f"<li><a href='/{number}'>The mill {number}</a><p>It grinds at night.</p></li>" for number in "ab")
    page = f"<div>More stories</div><h1>The ferry</h1><p>{PARAGRAPH}</p><h2>{label}</h2><ul>{items}</ul>"
    outline = segment(parse(page))
    scores = [-5.0, 0.5, 0.5, 0.5, -1.0, 0.5, -1.0, 1.5]

    CORRECTIONS["below_a_label_of_teasers"](outline, scores, context_of(outline, 1))

    assert [score > 0 for score in scores] == [False, True, True, True, False, kept, False, True]


def test_teasers_with_times_are_left_to_what_finds_them_by_their_form() -> None:
    items = "".join(f"<li><a href='/{time}'>The mill</a><p>{time}</p></li>" for time in ("19:14", "18:35"))
    outline = segment(parse(f"<h1>The ferry</h1><p>{PARAGRAPH}</p><h2>More stories</h2><ul>{items}</ul>"))
    scores = [0.5] * len(outline.texts)

    CORRECTIONS["below_a_label_of_teasers"](outline, scores, context_of(outline, 0))

    assert set(scores) == {0.5}
