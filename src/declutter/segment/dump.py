"""Split a text dump into blocks, one per non-blank line."""

from __future__ import annotations

from declutter.deadline import NEVER, Deadline
from declutter.model import Kind
from declutter.outline import TEXT_LINE, Outline


def segment_text(text: str, deadline: Deadline = NEVER) -> Outline:
    """The blocks of a text dump, one per non-blank line. deadline: see `segment`."""
    outline = Outline()
    outline.tags.append(TEXT_LINE)
    outline.parents.append(0)
    outline.kinds.append(Kind.LINE)
    outline.names.append("")
    for number, line in enumerate(deadline.watch(text.splitlines()), 1):
        folded = " ".join(line.split())
        if folded:
            outline.texts.append(folded)
            outline.lines.append(number)
    count = len(outline.texts)
    outline.owners = [1] * count
    outline.linked = [0] * count
    outline.marks = [()] * count
    outline.softs = [False] * count
    return outline
