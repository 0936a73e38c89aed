"""What words alone say for a brief: the fitted weights, and how they are read."""

from __future__ import annotations

from declutter.classify.flash import foreign
from declutter.classify.flash.reasons import REASONS


def test_every_clue_has_a_weight_for_each_of_its_bins_and_a_name_that_is_explained() -> None:
    bins = foreign._WEIGHTS.clues

    assert set(foreign.Clues._fields) == set(bins) == set(foreign._NAMES)
    assert all(len(one.weights) == len(one.edges) + 1 for one in bins.values())
    assert all(sorted(one.edges) == list(one.edges) for one in bins.values())
    assert set(foreign._NAMES.values()) <= set(REASONS)


def test_the_weights_say_what_they_were_fitted_on() -> None:
    assert {"data", "method"} <= set(foreign._WEIGHTS.provenance)


def test_words_of_the_essay_speak_against_a_brief_and_strange_ones_for_it() -> None:
    bins = foreign._WEIGHTS.clues

    assert bins["strange"].weights[0] < 0 < bins["strange"].weights[-1]
    assert all(bins[clue].weights[0] > 0 > bins[clue].weights[-1] for clue in ("main", "beside", "few"))
