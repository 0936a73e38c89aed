"""How phrases of rules are compared with texts of blocks."""

from __future__ import annotations


def folded(text: str) -> str:
    """The text with case and white space folded."""
    return " ".join(text.casefold().split())
