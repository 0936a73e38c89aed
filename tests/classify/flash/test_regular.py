"""Briefs in one form, of which none is surely one: a portal writes all of its briefs in one way."""

from __future__ import annotations

from tests.classify.flash.pages import ESSAY, KILN, told

HEADLINE = "Watchdog closes two lenders on the coast"
TEXT = "The financial watchdog withdrew the licence of two online lenders whose capital had fallen below the minimum."
OTHER = "Watchdog fines a broker for late reports"
OTHER_TEXT = "The financial watchdog fined a broker whose reports on the capital of its lenders came late. {}"


def test_two_that_share_their_subject_are_briefs_though_either_alone_would_not_be() -> None:
    first, second = (HEADLINE, f"{TEXT} Read more"), (OTHER, OTHER_TEXT.format("Read more"))

    found = told([*ESSAY[:3], *first, *ESSAY[3:5], *second, *ESSAY[5:]])
    assert [record[0] for record in found] == [HEADLINE, OTHER]


def test_two_in_the_same_form_stay_where_their_words_are_the_essay_s() -> None:
    first = ("Potters open the kiln", "The potters opened the kiln; the glaze was dull, as the wood was wet. Read more")
    second = (
        "Potters close the kiln",
        "The potters closed the kiln with clay and waited for the fire to die. Read more",
    )

    assert told([*KILN[:3], *first, *KILN[3:5], *second, *KILN[5:]]) == []
