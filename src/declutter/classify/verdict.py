"""What classification says of a page: a label for every block, and the spans that are flashes."""

from __future__ import annotations

from typing import NamedTuple

from declutter.classify.account import Ledger
from declutter.model import Evidence, Label
from declutter.tables import Table


class FlashSpan(NamedTuple):
    """A flash as found: consecutive blocks.

    blocks: numbers of its blocks. headline: (start, end) of the headline in its block's text, None without one.
    text: (start, end) of the brief's own text per block, headline, kicker and stamp left out.
    published: ISO 8601 text or None. source: agency or outlet named. confidence: 0 to 1.
    evidence: what it was found by. head: which of its blocks holds the headline.
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

    labels: what each block is. confidences: 0 to 1. flashes: spans of the blocks labelled flash, in page order.
    essay: the probability that the essay is right.
    scores: log-odds of body, by the main content stage. margins: log-odds by which each label won.
    tables: the page's tables of data. ledger: why the labels are what they are, None unless asked for.
    """

    labels: list[Label]
    confidences: list[float]
    flashes: list[FlashSpan]
    essay: float
    scores: list[float]
    margins: list[float]
    tables: list[Table]
    ledger: Ledger | None = None
