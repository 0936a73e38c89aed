"""Blocks with the evidence for their labels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

from msgspec import structs

from declutter.model import Evidence, Kind, Label, RunnerUp

if TYPE_CHECKING:
    from declutter.classify.account import Ledger
    from declutter.model import Block

_SUREST: Final = 1 - 1e-4
_LEAST: Final = 0.1


def explain_blocks(blocks: tuple[Block, ...], ledger: Ledger) -> tuple[Block, ...]:
    """The blocks, each with its evidence and runner-up label. The evidence for a picture is its position."""
    explained = []
    number = 0
    for block in ledger.deadline.watch(blocks):
        if block.kind is Kind.IMAGE:
            weight = round(max(_LEAST, _log_odds(block.confidence)), 2)
            reason = Evidence("amid_the_essay", weight, Label.BODY)
            explained.append(structs.replace(block, evidence=(reason,), runner_up=RunnerUp(Label.CHROME, weight)))
            continue
        reasons = tuple(ledger.evidence[number])
        explained.append(structs.replace(block, evidence=reasons, runner_up=ledger.runner_up(number, block.label)))
        number += 1
    return tuple(explained)


def _log_odds(probability: float) -> float:
    sure = min(probability, _SUREST)
    return math.log(sure / (1 - sure))
