"""Formulas in the TeX delimiters of a text."""

from __future__ import annotations

import re
from typing import Final

from declutter.model import Span, SpanKind
from declutter.tex import unwrapped

# Single dollars are not delimiters, because of `$5 and $6`. Prices and URLs do not contain the others.
_WRITTEN: Final = re.compile(
    r"\\\(((?:(?!\\\().){1,2000}?)\\\)|\\\[((?:(?!\\\[).){1,2000}?)\\\]|\$\$([^$]{1,2000})\$\$", re.DOTALL
)


def written_formulas(text: str) -> list[Span]:
    r"""The formulas that a text delimits for scripts to render: `\\(…\\)`, `\\[…\\]`, `$$…$$`."""
    if "\\" not in text and "$$" not in text:
        return []
    return [
        Span(*found.span(), SpanKind.FORMULA, tex)
        for found in _WRITTEN.finditer(text)
        if (tex := unwrapped(found[1] or found[2] or found[3]))
    ]
