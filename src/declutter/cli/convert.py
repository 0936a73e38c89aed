"""`declutter convert`: from the JSON of documents to other formats."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

import click
import msgspec

from declutter.batch.rows import Doubt, RowError
from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.extract_output import Form, Writer
from declutter.cli.inputs import Failure, shown, without_output
from declutter.cli.output import file_option, opened, say
from declutter.cli.sections import Sectioned
from declutter.compressed import ZSTD, beginning, unpacked
from declutter.errors import DeclutterError, FieldError
from declutter.model import Document
from declutter.reading import STDIN
from declutter.write import json

_FORMATS: Final = ("md", "text", "html", "flashes-jsonl", "flashes-csv")

_EXAMPLES: Final = """\b
Examples:
  declutter convert pages.jsonl.gz --format flashes-csv -o flashes.csv
  declutter convert pages.jsonl --format md -o pages.md
  declutter batch crawl/ --quiet | declutter convert - --format flashes-jsonl
"""


class _Row(msgspec.Struct, frozen=True):
    """What tells rows apart; the document is decoded only where there is one."""

    input: str | None = None
    error: RowError | None = None
    doubtful: Doubt | None = None


_ROWS: Final = msgspec.json.Decoder(_Row)


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=file_names)
@click.option("--format", "format_", type=click.Choice(_FORMATS), required=True, help="Output format.")
@click.option(
    "--front-matter/--no-front-matter",
    default=True,
    show_default=True,
    help="Start each Markdown essay with its title, authors, date and URL as YAML.",
)
@file_option
@click.pass_context
def convert(
    context: click.Context, *, files: tuple[str, ...], format_: str, front_matter: bool, output: Path | None
) -> None:
    """Write documents in another format, without extracting them again.

    FILE is what `declutter extract` or `batch` wrote as JSON or JSON Lines, with all fields, also compressed with gzip
    or zstd, or - for standard input. Rows without a document are counted on stderr. A line that is no row is an error,
    and the others are still converted.
    """
    code = ExitCode.OK
    files = without_output(files, output)
    try:
        with opened(output) as write:
            form = Form(format_, None, is_single=False, has_front_matter=format_ == "md" and front_matter)
            writer = Writer(form, write)
            for file in files:
                reader = _Reader(file)
                for name, document in reader.documents():
                    writer.add(name, document)
                for note in reader.notes():
                    say(note)
                code = ExitCode.FAILED if reader.failures else code
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"{output}: {error.strerror}") from error
    context.exit(code)


class _Reader:
    """Reads the documents of a file.

    passed: rows of pages without a document. failures: lines that are no row, and 1 for a file that cannot be read.
    """

    def __init__(self, file: str) -> None:
        self.passed = self.failures = 0
        self._file = file
        self._first: Failure | None = None

    def documents(self) -> Iterator[tuple[str, Document]]:
        """Each document with the name of its page."""
        try:
            with _lines_of(self._file) as lines:
                for number, line in enumerate(lines, 1):
                    if line.strip():
                        yield from self._document(line, f"{self._file}#{number}")
        except (OSError, DeclutterError) as error:
            self._fail(self._file, error)

    def notes(self) -> Iterator[str]:
        """What there is to say about the file: only the first failure is described, because many are alike."""
        if self._first is not None:
            more = f"; failures in this file: {self.failures:,}" if self.failures > 1 else ""
            yield self._first.message + more
        if self.passed:
            yield f"{shown(self._file)}: rows without a document: {self.passed:,}"

    def _document(self, line: bytes, place: str) -> Iterator[tuple[str, Document]]:
        try:
            row = _ROWS.decode(line)
            if row.error is None and row.doubtful is None:
                yield row.input or self._file, json.load(line)
            else:
                self.passed += 1
        except msgspec.MsgspecError as error:
            self._fail(place, FieldError(f"the line is not the JSON of a document: {error}"))
        except DeclutterError as error:
            self._fail(place, error)

    def _fail(self, place: str, error: DeclutterError | OSError) -> None:
        self.failures += 1
        self._first = self._first or Failure(place, error)


@contextmanager
def _lines_of(file: str) -> Iterator[IO[bytes]]:
    if file == STDIN:
        yield unpacked(sys.stdin.buffer, first=beginning(sys.stdin.buffer, len(ZSTD)))
        return
    with Path(file).open("rb") as stream:
        yield unpacked(stream, first=beginning(stream, len(ZSTD)))
