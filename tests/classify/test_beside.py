"""Lines beside the byline: counts and share words leave the essay; days of a diary and datelines do not."""

from __future__ import annotations

import declutter
from declutter import Label

_TEXT = "The ferry left the quay at noon with eleven people, two goats and a piano that nobody claimed as their own."


def _labels(header: str, *paragraphs: str) -> dict[str, Label]:
    body = "".join(f'<p class="z1">{text}</p>' for text in paragraphs)
    html = f'<title>A piano at sea</title><div class="a1"><h1>A piano at sea</h1>{header}{body}</div>'
    return {block.text: block.label for block in declutter.extract(html).blocks}


def test_counts_and_share_words_beside_the_byline_are_no_part_of_the_essay() -> None:
    header = '<div class="q1">By Jane Roe</div><div class="q2">May 3, 2024</div><div class="q3">312</div>'

    labels = _labels(header + '<div class="q4">Copy link</div>', _TEXT, _TEXT + " It rained.", _TEXT + " It stopped.")

    assert Label.BODY not in {labels["312"], labels["Copy link"], labels["May 3, 2024"]}
    assert labels[_TEXT] is Label.BODY


def test_the_days_of_a_diary_below_the_headline_are_its_text() -> None:
    days = [f"{day} May 2024 fog, and the piano sounds of it" for day in range(3, 9)]

    labels = _labels("", _TEXT, *days, _TEXT + " It rained.")

    assert {labels[day] for day in days[1:]} == {Label.BODY}
