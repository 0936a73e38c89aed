"""What was found for a field, where, and how far it is to be believed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import msgspec

from declutter.model import Entry

MAX_CANDIDATES = 1000
"""Of one field. More than some dozens say nothing that the first ones don't, and each may be compared with each."""


class Candidate(msgspec.Struct, frozen=True):
    """One thing the page says about a field.

    value: as written, white space folded. source: where it stands (`json-ld`, `og:title`, `h1` …).
    confidence: 0 to 1; it ranks the candidates of one field.
    """

    value: str
    source: str
    confidence: float


class Findings:
    """Candidates per field as they are found: a mutable draft, frozen into a Head."""

    def __init__(self, fields: Mapping[str, Sequence[Candidate]] = MappingProxyType({})) -> None:
        self.fields: defaultdict[str, list[Candidate]] = defaultdict(list)
        self.updates: list[Entry] = []
        for field, candidates in fields.items():
            self.fields[field].extend(candidates)

    def add(self, field: str, value: object, source: str, confidence: float) -> None:
        """Note a value, folded; anything but a text with a letter or digit is passed over."""
        if not isinstance(value, str) or not (folded := " ".join(value.split())):
            return
        candidates = self.fields[field]
        if len(candidates) < MAX_CANDIDATES:
            candidates.append(Candidate(folded, source, confidence))

    def forget(self, sources: Collection[str]) -> None:
        """Drop what was found in these places."""
        for field, candidates in self.fields.items():
            self.fields[field] = [candidate for candidate in candidates if candidate.source not in sources]

    def best(self, field: str) -> Candidate | None:
        """The most believable candidate, the first found among equals."""
        return max(self.fields.get(field, ()), key=lambda candidate: candidate.confidence, default=None)

    def all(self, field: str) -> list[Candidate]:
        """All candidates of a field, in the order found."""
        return self.fields.get(field, [])
