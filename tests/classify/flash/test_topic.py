"""Words say which text a block belongs to, in scripts with spaces and without."""

from __future__ import annotations

import pytest

from declutter.classify.flash.topic import Topics
from declutter.classify.terms import terms
from tests.classify.flash.pages import BRIEF_MORE, BRIEF_MORE_ZH, BRIEF_TEXT, BRIEF_TEXT_ZH, ESSAY, ESSAY_ZH


@pytest.mark.parametrize(("essay", "brief"), [(ESSAY, BRIEF_TEXT), (ESSAY_ZH, BRIEF_TEXT_ZH)], ids=["en", "zh"])
def test_a_brief_is_less_familiar_than_any_paragraph_of_the_essay(essay: tuple[str, ...], brief: str) -> None:
    topics = Topics([*essay[:4], brief, *essay[4:]])

    shares = [topics.familiarity(place, range(place, place + 1)) for place in range(len(topics.terms))]

    assert shares.index(min(shares)) == 4


@pytest.mark.parametrize(
    ("essay", "brief", "more"),
    [(ESSAY, BRIEF_TEXT, BRIEF_MORE), (ESSAY_ZH, BRIEF_TEXT_ZH, BRIEF_MORE_ZH)],
    ids=["en", "zh"],
)
def test_a_briefs_second_paragraph_is_tied_to_its_first(essay: tuple[str, ...], brief: str, more: str) -> None:
    topics = Topics([*essay[:4], brief, more, *essay[4:]])

    own = topics.ties(topics.terms[5], topics.terms[4], range(4, 6))
    other = topics.ties(topics.terms[6], topics.terms[4], range(4, 7))

    assert own.exclusive > other.exclusive


def test_inflected_words_are_one_term() -> None:
    assert terms("электрический паром") & terms("электрическими паромами")


def test_korean_particles_are_left_out() -> None:
    assert terms("조선소가") & terms("조선소는")


def test_words_of_scripts_with_vowel_signs_stay_whole() -> None:
    assert len(terms("कंपनी")) == 1


def test_syllables_that_are_written_apart_count_by_pairs() -> None:
    assert "ngân hàng" in terms("Ngân hàng giữ nguyên lãi suất")
    assert not terms("Ngân hàng giữ nguyên lãi suất") & terms("Hàng rong giữ chỗ ở đầu hẻm")
