"""What words alone say for a brief: the fitted weights, and how they are read."""

from __future__ import annotations

from importlib import resources

import msgspec
import pytest

from declutter.classify.cues import CueReader
from declutter.classify.flash import foreign
from declutter.classify.flash.elsewhere import Elsewhere
from declutter.classify.flash.flow import read_flow
from declutter.classify.flash.reader import MAX_FOREIGN, FlowReader
from declutter.classify.flash.reasons import REASONS
from declutter.classify.rarity import RAREST, rarity_of
from declutter.model import Label
from declutter.segment import segment_text
from declutter.vocabulary import vocabulary

from .pages import BRIEF_MORE, BRIEF_TEXT, ESSAY, essay_with, flashes_in


def test_every_clue_has_a_weight_for_each_of_its_bins_and_a_name_that_is_explained() -> None:
    bins = foreign._WEIGHTS.clues

    assert list(foreign.CLUES) == list(bins)
    assert all(len(one.weights) == len(one.edges) + 1 for one in bins.values())
    assert all(sorted(one.edges) == list(one.edges) for one in bins.values())
    assert set(foreign.CLUES.values()) <= set(REASONS)


def test_the_weights_say_what_they_were_fitted_on() -> None:
    assert {"data", "method"} <= set(foreign._WEIGHTS.provenance)


def test_words_of_the_essay_speak_against_a_brief_and_strange_ones_for_it() -> None:
    bins = foreign._WEIGHTS.clues

    assert all(bins[clue].weights[0] > 0 > bins[clue].weights[-1] for clue in ("main", "linked", "beside", "known"))


def test_a_word_that_any_article_may_hold_is_no_rare_one() -> None:
    assert all(rarity_of([common]) < RAREST for common in ("though", "между", "我们"))
    assert all(rarity_of([rare]) == RAREST for rare in ("porcela", "фарфор", "瓷窑"))


def test_common_chinese_is_common_in_both_scripts() -> None:
    assert rarity_of(["发展"]) == rarity_of(["發展"]) < RAREST


def test_the_table_of_common_terms_says_what_it_was_made_of_and_under_which_licence() -> None:
    stored = resources.files("declutter.classify").joinpath("common.json").read_bytes()

    assert "CC BY-SA" in msgspec.json.decode(stored)["provenance"]["licence"]


@pytest.mark.parametrize(("filling", "known"), [(20, True), (400, False)])
def test_names_are_looked_for_around_a_brief_and_not_in_all_of_a_long_page(filling: int, *, known: bool) -> None:
    """Each name of each brief would be looked for in the whole page: time quadratic in it."""
    line = "At the meeting stood Tamsin and spoke of porcelain."
    reader = reader_of([line, *[ESSAY[0]] * filling, line])
    last = filling + 1

    names = list(reader.words.clues(range(last, last + 1)))[list(foreign.CLUES).index("names")]

    assert known == names


@pytest.mark.parametrize("style", ["", "“So it was”, they said; we said “no”. "])
def test_reasons_stop_early_only_where_all_of_them_would_not_suffice(style: str) -> None:
    reader = reader_of([style + ESSAY[0], *ESSAY[1:5], "He said 'no'. " + BRIEF_TEXT, BRIEF_MORE, *ESSAY[5:]])
    spans = [range(first, first + size) for size in (1, 2, 3) for first in range(len(reader.flow.texts) - size)]
    sums = {span: sum(weight for _, weight in reader.words.reasons(span, -99.0)) for span in spans}

    for least in (-8.0, -4.0, -1.0):
        assert [span for span in spans if reader.words.reasons(span, least)] == [
            span for span in spans if sums[span] > least
        ]
    assert max(sums, key=sums.__getitem__) == range(5, 7)


def test_words_are_read_no_further_than_where_they_cannot_say_more_than_asked() -> None:
    reader = reader_of([*ESSAY[:5], BRIEF_TEXT, BRIEF_MORE, *ESSAY[5:]])
    spans = [range(first, first + size) for size in (1, 2) for first in range(len(reader.flow.texts) - size)]
    exact = {span: reader.foreign(span) for span in spans}

    for least in (-3.0, -1.0, 1.0):
        for span in spans:
            assert reader.foreign(span, least) == (exact[span] if exact[span] > least else -MAX_FOREIGN)
    assert exact[range(5, 7)] > 1.0 > exact[range(1)]


def test_a_block_that_shares_its_rare_words_with_many_around_it_is_the_essays_and_a_brief_is_not() -> None:
    reader = reader_of([*ESSAY[:5], BRIEF_TEXT, *ESSAY[5:]])

    linked = [dict(zip(foreign.CLUES, reader.words.clues(range(at, at + 1)), strict=True))["linked"] for at in (0, 5)]
    assert linked[0] > 0.3 > linked[1]
    assert not reader.words.has_the_essays(5)


def test_a_block_is_tied_to_its_brief_and_to_its_essay_but_no_brief_to_an_essay() -> None:
    reader = reader_of([*ESSAY[:5], BRIEF_TEXT, BRIEF_TEXT + " " + BRIEF_MORE, *ESSAY[5:]])

    assert reader.words.is_tied(5, range(6, 9))
    assert not reader.words.is_tied(5, range(2, 5))
    assert not reader.words.is_tied(6, range(7, 10))
    assert not reader.words.is_tied(0, range(-3, 0))


@pytest.mark.parametrize("at", [2, 4])
def test_a_brief_holds_together_better_than_any_span_that_overlaps_with_it(at: int) -> None:
    reader = reader_of([*ESSAY[:at], BRIEF_TEXT, BRIEF_MORE, *ESSAY[at:]])
    overlapping = [
        range(first, at + 1 + more) for first in range(at - 2, at + 2) for more in range(3) if first <= at + more
    ]

    assert max(overlapping, key=reader.words.cohesion) == range(at, at + 2)


@pytest.mark.parametrize("at", [2, 4, 6])
def test_a_stamped_brief_begins_where_its_words_do_if_nothing_marks_its_beginning(at: int) -> None:
    brief = (
        "Ferry buys boats. " + BRIEF_TEXT,
        "Passengers of the old ferry will pay the same fare, the company said, until the boats come from Norway.",
        BRIEF_MORE,
        "Bergen won the order against four competitors, two of them from Spain.[2023/5/28 9:47:25]",
    )

    found = flashes_in(essay_with(*brief, at=at))

    assert [flash.blocks for flash in found] == [tuple(range(at, at + 4))]


def reader_of(lines: list[str]) -> FlowReader:
    outline = segment_text("\n".join(lines))
    flow = read_flow(outline, [Label.BODY] * len(outline.texts))
    return FlowReader(flow, CueReader(outline, vocabulary()), Elsewhere(flow, outline, None))
