"""Pages for the tests of boilerplate.

What stands in <main> is what the main content stage takes for the essay, and what has the class `taken`.
"""

from __future__ import annotations

from collections.abc import Sequence

from lxml import html

from declutter.classify.account import Ledger
from declutter.classify.boilerplate import label_boilerplate
from declutter.classify.cues import CueReader
from declutter.model import Evidence
from declutter.outline import Outline
from declutter.segment import segment, segment_text
from declutter.tables import find_tables
from declutter.vocabulary import vocabulary

PROSE = "The river had been under the street for so long that nobody alive had seen it in daylight, and few asked."
MORE_PROSE = "When the engineers lifted the first slab they found the water clear, and a row of iron rings in the wall."


def labels_of(
    page: str, *, title: str | None = None, authors: Sequence[str] = (), score: float = 1.0
) -> dict[str, str]:
    """Text to label of every block of an HTML page. score: log-odds of body of what stands in <main>."""
    outline = segment(html.document_fromstring(page))
    return _labels(outline, _scores(outline, score), title, authors)


def labels_of_lines(text: str) -> dict[str, str]:
    """Text to label of every line of a text dump."""
    outline = segment_text(text)
    return _labels(outline, [1.0] * len(outline.texts), None)


def evidence_of(page: str, text: str) -> list[Evidence]:
    """The named evidence of the block with this text."""
    outline = segment(html.document_fromstring(page))
    ledger = Ledger(outline.deadline)
    cues, tables = CueReader(outline, vocabulary()), find_tables(outline)
    label_boilerplate(outline, _scores(outline), title=None, cues=cues, tables=tables, account=ledger)
    return ledger.evidence[outline.texts.index(text)]


def _scores(outline: Outline, score: float = 1.0) -> list[float]:
    tags, names = outline.tags, outline.names
    inside = [
        any(tags[at] == "main" or names[at] == "taken" for at in outline.ancestors(owner)) for owner in outline.owners
    ]
    return [score if is_body else -score for is_body in inside]


def _labels(outline: Outline, scores: list[float], title: str | None, authors: Sequence[str] = ()) -> dict[str, str]:
    cues, tables = CueReader(outline, vocabulary()), find_tables(outline)
    labels, _ = label_boilerplate(outline, scores, title=title, authors=authors, cues=cues, tables=tables)
    return {text: label.value for text, label in zip(outline.texts, labels, strict=True)}


def article(*, inside: str = "", before: str = "", after: str = "") -> str:
    """A page with a headline and an essay, and something before, inside or after the essay."""
    essay = f"<main><p>{PROSE}</p>{inside}<p>{MORE_PROSE}</p></main>"
    return f"<body id=top>{before}<h1>The River Below</h1>{essay}{after}</body>"
