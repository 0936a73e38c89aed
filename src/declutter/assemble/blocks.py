"""The outline's blocks as values, with their inline markup."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from declutter.model import Block, Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify import Verdicts
    from declutter.outline import Mark, Outline


def make_blocks(outline: Outline, verdicts: Verdicts, *, base: str | None) -> tuple[Block, ...]:
    """The outline's blocks as values; `base` makes the addresses of links absolute."""
    lines: Sequence[int | None] = outline.lines or [None] * len(outline.texts)
    return tuple(
        Block(
            index=index,
            text=text,
            label=verdicts.labels[index],
            kind=outline.kinds[owner],
            confidence=verdicts.confidences[index],
            spans=_spans(outline.marks[index], base) if outline.marks[index] else (),
            soft=outline.softs[index],
            xpath=None if outline.is_text else outline.address(owner),
            line=lines[index],
            evidence=tuple(verdicts.evidence[index]) if verdicts.evidence else (),
        )
        for index, (text, owner) in enumerate(zip(outline.texts, outline.owners, strict=True))
    )


def _spans(marks: Sequence[Mark], base: str | None) -> tuple[Span, ...]:
    spans = []
    for start, end, kind, element in marks:
        target = alt = None
        if kind is SpanKind.LINK:
            target = _absolute(element.get("href"), base)
            if target is None:
                continue
        elif kind is SpanKind.IMAGE:
            target, alt = _absolute(element.get("src"), base), element.get("alt")
        spans.append(Span(start, end, kind, target, alt))
    return tuple(spans)


def _absolute(address: str | None, base: str | None) -> str | None:
    if not address or not base or address.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:  # "http://[" and the like
        return address
