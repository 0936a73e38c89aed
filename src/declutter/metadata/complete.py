"""The final metadata: what the head says, joined with what the labelled blocks say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from declutter.dates import is_placeholder, parse_date
from declutter.metadata.candidates import Candidate
from declutter.metadata.head import Head
from declutter.model import Block, Label, Metadata, Origin


def complete(head: Head, blocks: Sequence[Block], *, as_of: str | None = None, url: str | None = None) -> Metadata:
    """Settle every field. `as_of` is when the page was fetched: dates after it are placeholders."""
    sources: dict[str, Origin] = {}

    def settle(field: str, candidate: Candidate | None) -> str | None:
        if candidate is None:
            return None
        sources[field] = Origin(source=candidate.source, confidence=round(candidate.confidence, 2))
        return candidate.value

    title = head.headline or _block_title(blocks)
    return Metadata(
        title=settle("title", title),
        authors=tuple(filter(None, [settle("authors", _best(head, "author"))])),
        published=settle("published", _date(head.fields.get("published", ()), as_of)),
        modified=settle("modified", _date(head.fields.get("modified", ()), as_of)),
        site=settle("site", _best(head, "site")),
        section=settle("section", _best(head, "section")),
        language=settle("language", _best(head, "language")),
        canonical=settle("canonical", _best(head, "canonical")),
        image=settle("image", _best(head, "image")),
        licence=settle("licence", _best(head, "licence")),
        description=settle("description", _best(head, "description")),
        sources=sources,
    )


def _best(head: Head, field: str) -> Candidate | None:
    return max(head.fields.get(field, ()), key=lambda c: c.confidence, default=None)


def _date(candidates: Iterable[Candidate], as_of: str | None) -> Candidate | None:
    for candidate in sorted(candidates, key=lambda c: -c.confidence):
        date = parse_date(candidate.value)
        if date and not is_placeholder(date, as_of=as_of):
            return Candidate(date, candidate.source, candidate.confidence)
    return None


def _block_title(blocks: Sequence[Block]) -> Candidate | None:
    for block in blocks:
        if block.label is Label.TITLE:
            return Candidate(block.text, "block", block.confidence * 0.8)
    return None
