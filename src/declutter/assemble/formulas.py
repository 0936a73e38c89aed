"""Formulas that a text writes in TeX's own marks."""

from __future__ import annotations

import re
from typing import Final

from declutter.model import Span, SpanKind
from declutter.tex import unwrapped

# Nothing of the kind is written about money or in addresses: `$5 and $6` has single dollars.
_WRITTEN: Final = re.compile(
    r"\\\(((?:(?!\\\().){1,2000}?)\\\)|\\\[((?:(?!\\\[).){1,2000}?)\\\]|\$\$([^$]{1,2000})\$\$", re.DOTALL
)


def written_formulas(text: str) -> list[Span]:
    r"""The formulas that a text writes in TeX's own marks, for scripts to draw: `\\(…\\)`, `\\[…\\]`, `$$…$$`."""
    if "\\" not in text and "$$" not in text:
        return []
    return [
        Span(*found.span(), SpanKind.FORMULA, tex)
        for found in _WRITTEN.finditer(text)
        if (tex := unwrapped(found[1] or found[2] or found[3]))
    ]
