"""What was written elsewhere breaks with the page's marks and spaces."""

from __future__ import annotations

import pytest

from declutter.classify.flash.style import habits, style_break

GLUED = "他把ChatGPT的回答读了两遍,又把GPT的参数表抄了一遍,然后问Azure的人要了一台机器,最后去问OpenAI的人。" * 3
STRAIGHT = 'He said "no" and then "perhaps", and in the end "yes", and everybody wrote down "yes". ' * 3


@pytest.mark.parametrize(
    ("page", "block"),
    [
        (GLUED, "项目方 Nibiru Chain 宣布 Perps 与 Spot AMM 测试网上线"),
        (GLUED, "项目方宣布，测试网上线，奖励将在一周内发放"),
        (STRAIGHT, "The company said “no” and then “perhaps”"),
        (STRAIGHT, "Фирма «Колос» открыла цех «Север»"),
    ],
    ids=["spaces", "commas", "quotes", "guillemets"],
)
def test_marks_that_the_page_never_uses_speak_for_a_flash(page: str, block: str) -> None:
    assert style_break(habits(page + block), habits(block)) > 0.5


@pytest.mark.parametrize(
    ("page", "block"), [(GLUED, "他又问GPT的人要了一份说明,没有要到"), (STRAIGHT, 'She said "no"')]
)
def test_the_pages_own_marks_do_not(page: str, block: str) -> None:
    assert style_break(habits(page + block), habits(block)) <= 0


def test_a_page_without_a_habit_says_nothing() -> None:
    mixed = 'He said "no", “perhaps”, "yes", “never”, "today" and “soon”. '

    assert style_break(habits(mixed + "“no”"), habits("“no”")) == 0
