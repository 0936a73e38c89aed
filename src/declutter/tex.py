"""TeX in pages, without the wrapper that only sets the display size."""

from __future__ import annotations

from typing import Final

_WRAPPERS: Final = ("{\\displaystyle ", "{\\textstyle ")


def unwrapped(tex: str) -> str | None:
    """The formula itself; None if it is empty."""
    tex = tex.strip()
    for wrapper in _WRAPPERS:
        if tex.startswith(wrapper) and tex.endswith("}"):
            tex = tex[len(wrapper) : -1].strip()
    return tex or None
