"""Briefs behind one mark that several have: numbers, signs, bold type. An essay's own points have such marks, too."""

from __future__ import annotations

import pytest

import declutter
from tests.classify.flash.pages import BRIEF, BRIEF_TEXT, ESSAY, essay_with, told

OTHER = "Bergen lender cuts its mortgage rate"
OTHER_TEXT = "The bank lowered the rate on new mortgages by 0.3 points to 4.1% and named rising deposits as its reason."
THIRD = "Customs seizes 40 tonnes of scrap cable"
THIRD_TEXT = "Officers at the eastern terminal opened nine containers and found copper worth $310,000 without papers."


@pytest.mark.parametrize(
    "marks",
    [("(1) ", "(2) ", "(3) "), ("1/ ", "2/ ", "3/ "), ("① ", "② ", "③ "), ("🟢 ", "🔴 ", "🟢 "), ("• ", "• ", "• ")],
    ids=["brackets", "slash", "circles", "colours", "bullets"],
)
def test_one_mark_before_several_headlines_is_a_portal_s(marks: tuple[str, str, str]) -> None:
    first, second, third = marks
    briefs = [f"{first}{BRIEF}. {BRIEF_TEXT}", f"{second}{OTHER}. {OTHER_TEXT}", f"{third}{THIRD}. {THIRD_TEXT}"]

    found = told(essay_with(*briefs[:2], essay=tuple(essay_with(briefs[2], at=6))))

    assert [record[:2] for record in found] == [(BRIEF, BRIEF_TEXT), (OTHER, OTHER_TEXT), (THIRD, THIRD_TEXT)]


def test_signs_on_both_sides_of_a_headline_tell_a_ticker_s_briefs() -> None:
    briefs = [f"+++ {BRIEF} +++ {BRIEF_TEXT}", f"+++ {OTHER} +++ {OTHER_TEXT}"]

    assert [record[:2] for record in told(essay_with(*briefs))] == [(BRIEF, BRIEF_TEXT), (OTHER, OTHER_TEXT)]


def test_points_of_the_essay_s_own_stay() -> None:
    points = [
        "(1) Dry the wood for a whole year. Wet wood cools the kiln, and a glaze that should run stays dull.",
        "(2) Stack the shelves with a gap. The flame looks for another way where potters leave none between the pots.",
        "(3) Close the mouth with clay at once. A kiln that cools too fast cracks its pots, and the arch as well.",
    ]

    assert told(essay_with(*points)) == []


def test_steps_with_hours_and_weights_stay_where_the_essay_gives_such_figures_itself() -> None:
    steps = [
        "1. Heat slowly for the first night. Keep the chamber below 120 degrees for 9 hours, or the walls will spit.",
        "2. Then feed the fire for a second night. From 600 degrees on, add 15 logs an hour and listen to the chimney.",
    ]
    essay = tuple(f"{line} That takes {hours} hours." for hours, line in enumerate(ESSAY, start=2))

    assert told(essay_with(*steps, essay=essay)) == []


def test_questions_that_bullets_and_bold_type_open_are_answered_by_the_page_itself() -> None:
    page = """<html><body><article><h1>The tenant asks</h1>
<p>These are the questions that tenants put to us most often in the weeks before they sign a contract for a flat.</p>
<p><strong>• How long a contract lasts.</strong> A contract lasts 11 months as a rule, since 12 must be registered.</p>
<p><strong>• What may be asked as a deposit.</strong> More than 2 months of rent may not be asked as a deposit.</p>
<p><strong>• Who repairs the walls.</strong> The owner repairs the walls, the tenant what wears out by daily use.</p>
<p>Both parties sign, and two witnesses besides, who may be neighbours and need not have seen the flat.</p>
</article></body></html>"""

    assert declutter.extract(page).flashes == ()
