"""The files that reports are made of, beside the code: HTML, CSS, JavaScript."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def asset(name: str) -> str:
    """The text of a file in the folder `files`."""
    return resources.files("declutter.inspect").joinpath("files", name).read_text(encoding="utf-8")
