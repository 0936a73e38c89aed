"""Confidence is a probability: it grows with the margin, and what is wrong has less of it."""

from __future__ import annotations

import json
from statistics import mean

import pytest

import declutter
from declutter.classify.confidence import MAX_MARGIN, block_confidences, calibration, expect, page_confidence
from declutter.model import Label
from tests.cases import CASES, FIXTURES, document, page

DECIDED = [label for label in Label if label is not Label.FLASH]


@pytest.mark.parametrize("plain", [False, True])
@pytest.mark.parametrize("label", DECIDED)
def test_a_wider_margin_is_never_less_sure(label: Label, plain: bool) -> None:
    margins = [step / 10 for step in range(int(MAX_MARGIN * 10) + 20)]

    sure = block_confidences([label] * len(margins), margins, plain=plain)

    assert sorted(sure) == sure
    assert 0 < sure[0] <= sure[-1] < 1


def test_the_calibration_says_what_it_was_fitted_on() -> None:
    assert {"data", "method"} == set(calibration().provenance)


def test_what_is_wrong_is_less_sure_than_what_is_right() -> None:
    right: list[float] = []
    wrong: list[float] = []
    for case in CASES:
        truth = json.loads((FIXTURES / case / "expected.json").read_text(encoding="utf-8"))
        wanted = {block["text"]: block["label"] for block in truth["blocks"]}
        for block in document(case).blocks:
            if block.text in wanted:
                (right if block.label == wanted[block.text] else wrong).append(block.confidence)

    assert len(wrong) > 10
    assert mean(wrong) < mean(right) - 0.1


def test_an_essay_is_as_sure_as_its_blocks_are() -> None:
    texts = ["a" * 100] * 4
    labels = [Label.BODY, Label.BODY, Label.BODY, Label.CHROME]

    def essay(confidences: list[float], last: float = -6.0) -> float:
        return page_confidence(texts, labels, confidences, [3.0, 3.0, 3.0, last], plain=False)

    sure = essay([0.99] * 4)
    assert 0 < essay([0.6] * 4) < essay([0.99, 0.99, 0.6, 0.99]) < sure < 1
    assert essay([0.99, 0.99, 0.99, 0.5], last=0.0) < sure


def test_what_may_be_missing_counts_against_the_recall_alone() -> None:
    expected = expect(["a" * 30, "b" * 10], [Label.BODY, Label.META], [1.0, 0.5], [2.0, 0.0])

    assert (1.0, 30 / 35) == expected


@pytest.mark.parametrize("source", ["", "<nav><a href=/>Home</a></nav>"])
def test_without_an_essay_there_is_no_confidence_in_it(source: str) -> None:
    page = declutter.extract(source, options=declutter.ExtractOptions(form="html"))

    assert ("", 0.0) == (page.text, page.confidence)


def test_a_plain_essay_is_surer_than_paragraphs_that_may_be_anything() -> None:
    prose = "".join(
        f"<p>Абзац {n} рассказа о маяке и его смотрителе, который каждый вечер зажигал лампу.</p>" for n in range(6)
    )
    plain = f"<body><article class=post><h1>Маяк</h1>{prose}</article></body>"
    odd = (
        "<body><div class=list>"
        + "".join(f"<div class=x><a href=/{n}>Маяк</a> Новое слово</div>" for n in range(9))
        + "</div></body>"
    )

    assert declutter.extract(odd).confidence < 0.5 < declutter.extract(plain).confidence


def test_the_margin_that_is_shown_is_the_margin_that_confidence_is_read_from() -> None:
    alike = different = 0
    for case in CASES:
        for block in declutter.explain(page(case)).blocks:
            if block.kind is declutter.Kind.IMAGE or block.label is Label.FLASH:
                continue
            assert block.runner_up is not None
            tables = [block_confidences([block.label], [block.runner_up.margin + by], plain=plain)
                      for plain in (False, True) for by in (-0.05, 0.0, 0.05)]  # fmt: skip
            same = any(abs(block.confidence - sure) < 0.02 for (sure,) in tables)
            alike, different = alike + same, different + (not same)

    # The items of a list share what was found for the first of them.
    assert different < 0.02 * alike
