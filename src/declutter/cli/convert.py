"""`declutter convert`: from the JSON of documents to other formats."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.format_option import Format, format_of
from declutter.cli.output import file_option
from declutter.cli.sections import Sectioned

_FORMATS: Final = ("md", "text", "html", "flashes-jsonl", "flashes-csv")

_EXAMPLES: Final = """\b
Examples:
  declutter convert pages.jsonl.gz --format flashes-csv -o flashes.csv
  declutter convert pages.parquet -o pages.md
  declutter batch crawl/ --quiet | declutter convert - --format flashes-jsonl
"""


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", shell_complete=file_names)
@click.option(
    "--format",
    "format_",
    type=Format(_FORMATS),
    help="Output format. [default: md, text, html or flashes-csv for an output named .md, .txt, .html or .csv]",
)
@click.option(
    "--front-matter/--no-front-matter",
    default=True,
    show_default=True,
    help="Start each Markdown essay with its title, authors, date and URL as YAML.",
)
@file_option
@click.pass_context
def convert(
    context: click.Context, *, files: tuple[str, ...], format_: str | None, front_matter: bool, output: Path | None
) -> None:
    """Write documents in another format, without extracting them again.

    FILE is what `declutter extract` or `batch` wrote with all fields, as JSON, JSON Lines (also compressed with gzip or
    zstd) or Parquet; - is standard input. Rows without a document are counted on stderr. A line that is no row is an
    error, and the others are still converted.
    """
    format_ = format_ or format_of(output)
    if format_ is None:
        raise click.UsageError(f"give a --format: {', '.join(_FORMATS)}")
    from declutter.cli.extract_output import Form, Writer
    from declutter.cli.inputs import without_output
    from declutter.cli.output import opened, say
    from declutter.cli.stored_rows import StoredRows

    code = ExitCode.OK
    files = without_output(files, output)
    try:
        with opened(output) as write:
            form = Form(format_, None, is_single=False, has_front_matter=format_ == "md" and front_matter)
            writer = Writer(form, write)
            for file in files:
                reader = StoredRows(file)
                for name, document in reader.documents():
                    writer.add(name, document)
                for note in reader.notes():
                    say(note)
                code = ExitCode.FAILED if reader.failures else code
            if code is ExitCode.FAILED and not writer.count:
                context.exit(code)  # without an output
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"{output}: {error.strerror}") from error
    context.exit(code)
