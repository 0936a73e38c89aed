"""Candidate values of the metadata fields, with source and confidence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Final

import msgspec

from declutter.model import Entry

MAX_CANDIDATES: Final = 1000
"""Candidates per field. Later ones add nothing, and comparisons between candidates are quadratic."""


class Candidate(msgspec.Struct, frozen=True):
    """One candidate value of a field.

    value: as written, white space folded. source: where it was found (`json-ld`, `og:title`, `h1` …).
    confidence: 0 to 1; ranks the candidates of one field.
    """

    value: str
    source: str
    confidence: float


class Findings:
    """The candidates of each field, collected in a mutable draft and then frozen into a Head."""

    def __init__(self, fields: Mapping[str, Sequence[Candidate]] = MappingProxyType({})) -> None:
        self.fields: defaultdict[str, list[Candidate]] = defaultdict(list)
        self.updates: list[Entry] = []
        for field, candidates in fields.items():
            self.fields[field].extend(candidates)

    def add(self, field: str, value: object, source: str, confidence: float) -> None:
        """Add a value, white space folded. Ignores anything but text with a letter or digit."""
        if not isinstance(value, str) or not (folded := " ".join(value.split())):
            return
        candidates = self.fields[field]
        if len(candidates) < MAX_CANDIDATES:
            candidates.append(Candidate(folded, source, confidence))

    def forget(self, sources: Collection[str]) -> None:
        """Remove the candidates from these sources."""
        for field, candidates in self.fields.items():
            self.fields[field] = [candidate for candidate in candidates if candidate.source not in sources]

    def best(self, field: str) -> Candidate | None:
        """The candidate with the highest confidence; the first one wins a tie."""
        return max(self.fields.get(field, ()), key=lambda candidate: candidate.confidence, default=None)

    def all(self, field: str) -> list[Candidate]:
        """All candidates of a field, in the order they were added."""
        return self.fields.get(field, [])
