"""The option --format, and what it is by default: the format that the suffix of the output names."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

_OTHER_NAMES: Final = {"markdown": "md", "txt": "text", "htm": "html"}
_OF_SUFFIXES: Final = {
    ".csv": "flashes-csv",
    ".htm": "html",
    ".html": "html",
    ".markdown": "md",
    ".md": "md",
    ".txt": "text",
}


class Format(click.Choice[str]):
    """One of the formats, by its name in any case or another usual name."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The format's own name."""
        name = value.lower()
        return super().convert(_OTHER_NAMES.get(name, name), param, ctx)


def format_of(output: Path | None) -> str | None:
    """The format that the name of an output asks for; None if it asks for none."""
    return None if output is None else _OF_SUFFIXES.get(output.suffix.lower())
