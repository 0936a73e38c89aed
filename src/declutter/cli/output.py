"""Where results go: standard output, or a file that appears only once it is complete."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import click
import msgspec

from declutter.appearing import appearing

Write: TypeAlias = Callable[[str], None]
"""Writes one line, and adds its line end."""

_CONTROLS: Final = re.compile("[\0-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_BEYOND_JSON: Final = re.compile("[\x7f-\x9f]")


def named(_: click.Context, __: click.Parameter, path: Path | None) -> Path | None:
    """Refuse "-" if an output cannot go to stdout; nobody means a file or folder of this name."""
    if path is not None and str(path) == "-":
        raise click.BadParameter("cannot be written to stdout; give a file name")
    return path


file_option: Final = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write to FILE instead of stdout. It appears only once it is complete.",
)
"""For the commands that write with `opened`; they get the path, or None, in their argument `output`."""


@contextmanager
def opened(path: Path | None) -> Iterator[Write]:
    """A function that writes lines to stdout, or to a temporary file that replaces `path` on success."""
    if path is None or str(path) == "-":
        yield lambda line: click.echo(line.encode() + b"\n", nl=False)
        return
    with appearing(path) as file:
        yield lambda line: _put(file.write, line)


def _put(write: Callable[[bytes], int], line: str) -> None:
    write(line.encode() + b"\n")


def say(message: str) -> None:
    """Print one line to stderr."""
    click.echo(harmless(message), err=True)


def harmless(text: str) -> str:
    """The text without control characters, escape sequences and changes of direction."""
    return _CONTROLS.sub(" ", text)


def json_line(record: Mapping[str, object]) -> bytes:
    """A record as a line of JSON without terminal control characters."""
    return harmless_json(msgspec.json.encode(record).decode()).encode() + b"\n"


def harmless_json(text: str) -> str:
    """The JSON with those control characters escaped that JSON allows unescaped; the value is the same."""
    return _BEYOND_JSON.sub(lambda control: f"\\u{ord(control[0]):04x}", text)
