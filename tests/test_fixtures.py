"""Every page of `fixtures/` against the truth about it.

What the program cannot do yet is counted in known_gaps.json. The count is held from both sides: a gap that grows is a
regression, one that shrinks is to be noted there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import pytest

from .cases import ASPECTS, CASES, about, differences, document, expected, explained

GAPS: Final[dict[str, dict[str, int]]] = json.loads((Path(__file__).parent / "known_gaps.json").read_text())


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("case", CASES)
def test_what_is_made_of_a_page_is_the_truth_but_for_known_gaps(case: str, aspect: str) -> None:
    found = differences(case, aspect)

    known = GAPS.get(case, {}).get(aspect, 0)
    assert known == len(found), "\n".join(map(str, found)) or "the gap is closed: take it out of known_gaps.json"


def test_known_gaps_are_of_cases_that_there_are() -> None:
    assert set() == GAPS.keys() - set(CASES)
    assert set() == {aspect for gaps in GAPS.values() for aspect in gaps} - set(ASPECTS)


@pytest.mark.parametrize("case", CASES)
def test_flashes_are_found_where_some_are_injected_and_nowhere_else(case: str) -> None:
    missed = GAPS.get(case, {}).get("flashes", 0) >= len(expected(case)["flashes"]) > 0

    assert missed or about(case)["injected"] == bool(document(case).flashes)


@pytest.mark.parametrize("case", CASES)
def test_a_saved_document_is_the_same_document(case: str) -> None:
    from declutter.write.json import load

    assert document(case) == load(document(case).to_json())


@pytest.mark.parametrize("case", CASES)
def test_an_explained_document_differs_by_its_evidence_only(case: str) -> None:
    from msgspec.structs import replace

    blocks = tuple(replace(block, evidence=(), runner_up=None) for block in explained(case).blocks)

    assert document(case) == replace(explained(case), blocks=blocks)


@pytest.mark.parametrize("case", CASES)
def test_every_block_has_a_reason_for_its_label_and_a_label_that_came_next(case: str) -> None:
    blocks = explained(case).blocks

    assert [] == [
        (block.label, block.text)
        for block in blocks
        if not any(reason.label is block.label and reason.weight > 0 for reason in block.evidence)
    ]
    assert all(
        block.runner_up is not None and block.runner_up.label is not block.label and block.runner_up.margin >= 0
        for block in blocks
    )
