"""What words alone say for a brief: the fitted weights, and how they are read."""

from __future__ import annotations

from importlib import resources

import msgspec

from declutter.classify.flash import foreign
from declutter.classify.flash.rarity import RAREST, rarities
from declutter.classify.flash.reasons import REASONS


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
    found = rarities(["though", "porcela", "между", "фарфор", "我们", "瓷窑"])

    assert all(found[common] < RAREST for common in ("though", "между", "我们"))
    assert all(found[rare] == RAREST for rare in ("porcela", "фарфор", "瓷窑"))


def test_common_chinese_is_common_in_both_scripts() -> None:
    found = rarities(["发展", "發展"])

    assert found["发展"] == found["發展"] < RAREST


def test_the_table_of_common_terms_says_what_it_was_made_of_and_under_which_licence() -> None:
    stored = resources.files("declutter.classify.flash").joinpath("common.json").read_bytes()

    assert "CC BY-SA" in msgspec.json.decode(stored)["provenance"]["licence"]
