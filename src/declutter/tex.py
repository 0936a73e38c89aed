"""TeX as pages write it: without the wrapping that says no more than how large it is drawn."""

from __future__ import annotations

from typing import Final

_WRAPPERS: Final = ("{\\displaystyle ", "{\\textstyle ")


def unwrapped(tex: str) -> str | None:
    """The formula itself; None where there is none."""
    tex = tex.strip()
    for wrapper in _WRAPPERS:
        if tex.startswith(wrapper) and tex.endswith("}"):
            tex = tex[len(wrapper) : -1].strip()
    return tex or None
