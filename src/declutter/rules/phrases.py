"""How phrases of rules are compared with what blocks say."""

from __future__ import annotations


def folded(text: str) -> str:
    """The text without regard to case and white space."""
    return " ".join(text.casefold().split())
