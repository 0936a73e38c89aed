"""The result of classification: a label for every block, and the flashes."""

from __future__ import annotations

from typing import NamedTuple

from declutter.classify.account import Ledger
from declutter.model import Evidence, Label
from declutter.notes import Note
from declutter.tables import Table


class FoundFlash(NamedTuple):
    """A flash: a run of consecutive blocks.

    blocks: their numbers. headline: (start, end) of the headline in its block's text; None without one.
    text: (start, end) of the flash's text in each block, without headline, kicker and time stamp.
    published: ISO 8601 text or None. source: the agency or outlet named. confidence: 0 to 1.
    evidence: the reasons. head: which of its blocks holds the headline.
    """

    blocks: tuple[int, ...]
    headline: tuple[int, int] | None
    text: tuple[tuple[int, int], ...]
    published: str | None
    source: str | None
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    head: int = 0


class Verdicts(NamedTuple):
    """Columns by block number.

    labels: of the blocks. confidences: 0 to 1. flashes: in page order.
    essay: the probability that the essay is right.
    scores: log-odds of body from main content. margins: log-odds by which each label won.
    tables: the page's data tables. notes: its footnotes, by id.
    ledger: the evidence for the labels; None unless asked for.
    """

    labels: list[Label]
    confidences: list[float]
    flashes: list[FoundFlash]
    essay: float
    scores: list[float]
    margins: list[float]
    tables: list[Table]
    notes: dict[str, Note]
    ledger: Ledger | None = None
