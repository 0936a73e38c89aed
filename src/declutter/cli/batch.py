"""`declutter batch`: many pages in, one resumable output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from declutter.batch import DEFAULT_BATCH, BatchOptions
from declutter.cli.completion import file_names
from declutter.cli.fetch_options import fetch_options
from declutter.cli.fields_option import fields_option
from declutter.cli.reading_options import reading_options
from declutter.cli.sections import Sectioned

if TYPE_CHECKING:
    from declutter.fetcher.options import FetchOptions
    from declutter.options import ExtractOptions

_MAX_NAMED: Final = 3

_EXAMPLES: Final = """\b
Examples:
  declutter batch crawl/ -o pages.jsonl                    every page in a folder
  declutter batch 'crawl/**/*.html' -o pages.jsonl.zst     a glob, compressed output
  declutter batch urls.txt -o pages.jsonl --resume         fetch a list; run it again to continue
  declutter batch urls.txt -o pages.jsonl --retry-failed   once more what failed, such as busy servers
  declutter batch *.warc.gz *.wet.gz -o pages.parquet      web archives to Parquet
  declutter batch data.parquet --column html -o cleaned/   one file per record
  declutter batch crawl/ -o pages.jsonl --learn            learn first what each site repeats
  declutter fetch --sitemap https://example.org/sitemap.xml | declutter batch - > pages.jsonl

\b
Exit codes:
  0 success   1 some pages failed or the output could not be written   2 usage error
  3 no page could be extracted   130 interrupted   143 terminated
"""


@click.command(
    cls=Sectioned, epilog=_EXAMPLES, short_help="Extract many pages: folders, archives, records, lists of URLs."
)
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...", shell_complete=file_names)
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="OUT",
    help="NAME.jsonl (or .gz, .zst), NAME.parquet, or a folder for one file per page. [default: JSON Lines on stdout]",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Continue an earlier run with the same output, however it ended; start one if there is none. Use the same "
    "options: the rows that are there stay as they are.",
)
@click.option(
    "--retry-failed",
    is_flag=True,
    help="Like --resume, but first remove the rows that are errors, so that their pages are tried again.",
)
@click.option(
    "-j",
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Worker processes. [default: one per processor]",
)
@click.option("--ordered", is_flag=True, help="Write rows in the order of the inputs, not of completion.")
@fields_option
@click.option(
    "--column",
    metavar="NAME",
    help="Column of JSON Lines or Parquet with the page or its URL. [default: html, body, text …, url]",
)
@click.option("--id-column", metavar="NAME", help="Column that names a record. [default: id, url]")
@click.option(
    "--page-timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=DEFAULT_BATCH.page_timeout,
    show_default=True,
    metavar="SECONDS",
    help="Limit for extracting one page; a page that exceeds it fails, and its worker is replaced.",
)
@click.option(
    "--page-memory",
    type=click.IntRange(min=1),
    default=DEFAULT_BATCH.page_memory // 1_000_000,
    show_default=True,
    metavar="MB",
    help="Limit for extracting one page (Linux only); a page that exceeds it fails, and its worker is replaced.",
)
@click.option(
    "--learn",
    is_flag=True,
    help="Read all pages twice: first learn what each site's pages have in common, then use it to find injected text.",
)
@click.option(
    "--memory",
    "memory_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Site memory written by `declutter memory`. With --learn, it is created or extended.",
)
@click.option("--quiet", is_flag=True, help="Print no progress and no summary.")
@reading_options
@fetch_options
@click.pass_context
def batch(
    context: click.Context,
    *,
    inputs: tuple[str, ...],
    output: str,
    resume: bool,
    retry_failed: bool,
    jobs: int | None,
    ordered: bool,
    fields: tuple[str, ...] | None,
    column: str | None,
    id_column: str | None,
    page_timeout: float,
    page_memory: int,
    learn: bool,
    memory_file: Path | None,
    quiet: bool,
    reading: ExtractOptions,
    fetching: FetchOptions,
) -> None:
    """Extract many pages, and write a row for each: its document, or the error.

    INPUT is a file, a folder, a glob, a URL, or - for standard input. What a file holds is detected from its content: a
    page, a list of URLs (one per line, fetched politely), a web archive (WARC, WET), or records (JSON Lines, Parquet)
    with a column of pages or of URLs; any of them may be compressed with gzip or zstd. A row has `input`, the name of
    the page, and either the keys of the document or `error` {"type", "message"}. A page that hangs or exhausts memory
    becomes an error, and the other pages are still extracted.
    """
    if (resume or retry_failed) and output == "-":
        option = "--resume" if resume else "--retry-failed"
        raise click.UsageError(f"{option} needs an output to continue: name it with -o")
    if learn:
        _check_twice(inputs, fetching)
    elif memory_file is not None and not memory_file.exists():
        raise click.UsageError(f"--memory: {memory_file} does not exist; --learn creates it")
    _check_there(inputs)
    from declutter.cli.batch_report import Report
    from declutter.cli.batch_run import Plan, run

    plan = Plan(
        inputs=inputs,
        output=output,
        resume=resume or retry_failed,
        retry_failed=retry_failed,
        fields=fields,
        learn=learn,
        memory_file=memory_file,
        reading=reading,
        fetching=fetching,
        options=BatchOptions(
            jobs=jobs,
            ordered=ordered,
            page_timeout=page_timeout,
            page_memory=page_memory * 1_000_000,
            column=column,
            id_column=id_column,
        ),
    )
    context.exit(run(plan, Report(quiet=quiet)))


def _check_there(inputs: tuple[str, ...]) -> None:
    """Refuse inputs if none of them exists, before creating an output; a missing one among others becomes a row."""
    from declutter.batch.readers.paths import is_there
    from declutter.cli.inputs import hint_for, shown
    from declutter.reading import STDIN, is_address

    if not any(name == STDIN or is_address(name) or is_there(name) for name in inputs):
        missing = ", ".join(map(shown, inputs[:_MAX_NAMED])) + (" …" if len(inputs) > _MAX_NAMED else "")
        raise click.ClickException(f"{missing}: no such file or folder{hint_for(inputs[0])}")


def _check_twice(inputs: tuple[str, ...], fetching: FetchOptions) -> None:
    """Refuse to learn from inputs that cannot be read twice, or should not be fetched twice."""
    from declutter.reading import STDIN, is_address

    if STDIN in inputs:
        raise click.UsageError("--learn reads all pages twice, so it cannot read standard input")
    if fetching.cache is None and any(map(is_address, inputs)):
        raise click.UsageError("--learn reads all pages twice: give --cache DIR, so that each is fetched only once")
