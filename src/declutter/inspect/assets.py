"""The HTML, CSS and JavaScript files of reports."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def asset(name: str) -> str:
    """The text of a file in the folder `files`."""
    return resources.files("declutter.inspect").joinpath("files", name).read_text(encoding="utf-8")
