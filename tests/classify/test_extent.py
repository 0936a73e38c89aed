"""What stands within the essay joins it with little evidence, and what stands beyond it needs more."""

from __future__ import annotations

import pytest

from declutter.classify.beginning import NO_WORDS
from declutter.classify.containers import OUTSIDE
from declutter.classify.corrections import Context
from declutter.classify.extent import drop_beyond, keep_within
from declutter.classify.features import signatures
from declutter.classify.wording import STAMP, TEASERS
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment

LONG = "The ferry had crossed here for ninety years, and nobody on either bank could say who had first paid for it."
FURTHER = "In spring the water stands above the lower steps, and the rower waits for those who ask for her at the inn."
DOUBT = -2.5


def outline_of(*between: str) -> Outline:
    return segment(parse(f"<div><p>{LONG}</p>{''.join(between)}<p>{FURTHER}</p></div>"))


def context_of(outline: Outline, **columns: bytes) -> Context:
    """A page that says nothing for or against any block, but for the columns given."""
    blank = bytes(len(outline.texts))
    return Context(
        **{"headline": None, "signatures": signatures(outline), "tables": ()}
        | dict.fromkeys(("says", "dates", "above", "mixed", "words", "place", "main", "repeated"), blank)
        | columns
    )


def kept(outline: Outline, **columns: bytes) -> list[bool]:
    """Whether each block but the first and the last, which passed, is of the essay, if all others failed narrowly."""
    scores = [3.0, *[DOUBT] * (len(outline.texts) - 2), 3.0]
    keep_within(outline, scores, context_of(outline, **columns))
    return [score > 0 for score in scores[1:-1]]


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        ("<p>Low water, and no wind</p>", [True]),
        ("<h3>The inn</h3>", [True]),
        (f"<p>{LONG[::-1]}.</p>", [True]),
        ("<p><a href=/1>Low water</a></p>", [False]),
        (f"<p><input type=checkbox>{LONG[::-1]}.</p>", [False]),
        ("<ul><li>Low water<li>No wind</ul>", [False, False]),
        ("<p><a href=/1>Low water</a></p><h3>The inn</h3>", [False, True]),
        ("<p><a href=/1>Low water</a></p><p>The inn</p>", [False, False]),
        ("<p>Low water</p>" * 12, [True] * 12),
        ("<p>Low water</p>" * 13, [False] * 13),
    ],
)
def test_doubtful_blocks_between_two_of_the_essay_join_it_but_for_links_items_boxes_and_long_runs_of_lines(
    between: str, expected: list[bool]
) -> None:
    assert kept(outline_of(between)) == expected


@pytest.mark.parametrize(
    ("column", "value"), [("says", 1), ("repeated", 1), ("above", TEASERS), ("place", OUTSIDE), ("dates", STAMP)]
)
def test_a_block_with_a_sign_of_something_else_does_not_join(column: str, value: int) -> None:
    outline = outline_of("<p>Low water, and no wind</p>")

    assert kept(outline, **{column: bytes([value]) * len(outline.texts)}) == [False]


@pytest.mark.parametrize(
    ("far", "words", "score", "dropped"),
    [
        (OUTSIDE + 2, NO_WORDS, 1.5, True),
        (OUTSIDE + 1, NO_WORDS, 1.5, False),
        (OUTSIDE, NO_WORDS, 0.5, True),
        (OUTSIDE, 0, 0.5, False),
        (OUTSIDE - 1, NO_WORDS, 0.5, False),
        (OUTSIDE, NO_WORDS + 1, 0.5, False),
        (OUTSIDE + 2, NO_WORDS + 1, 1.5, False),
        (OUTSIDE + 2, NO_WORDS, 2.5, False),
    ],
)
def test_what_barely_passed_outside_and_after_the_topic_is_dropped_the_further_the_sooner(
    far: int, words: int, score: float, *, dropped: bool
) -> None:
    outline = segment(parse(f"<div><p>{LONG}</p></div><section><div>{FURTHER}</div></section>"))
    scores = [3.0, score]
    topical = NO_WORDS + 1

    drop_beyond(outline, scores, context_of(outline, main=bytes([0, far]), words=bytes([topical, words])))

    assert (scores[1] <= 0) == dropped


def test_nothing_is_dropped_where_no_text_shares_words_with_the_beginning_or_all_stands_in_the_same_markup() -> None:
    outline = segment(parse(f"<div><p>{LONG}</p></div><div><p>{FURTHER}</p></div>"))

    for words in (NO_WORDS, NO_WORDS + 1):
        scores = [3.0, 1.5]
        drop_beyond(outline, scores, context_of(outline, main=bytes([0, OUTSIDE + 2]), words=bytes([words, NO_WORDS])))

        assert scores == [3.0, 1.5]
