"""The HTML, CSS and JavaScript files of reports."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def asset(name: str) -> str:
    """The text of a file in the folder `files`."""
    return (Path(__file__).parent / "files" / name).read_text("utf-8")
