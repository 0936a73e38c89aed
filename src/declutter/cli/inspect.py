"""`declutter inspect`: an HTML report about pages."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.fetch_options import fetch_options
from declutter.cli.reading_options import memory_option, reading_options, url_option
from declutter.cli.sections import Sectioned

if TYPE_CHECKING:
    from declutter.cli.inputs import Opener
    from declutter.fetcher.options import FetchOptions
    from declutter.inspect import Inspected, Original
    from declutter.memory import SiteMemory
    from declutter.model import Document, Page
    from declutter.options import ExtractOptions

_LARGE: Final = 50_000_000
"""Characters from which on a browser takes seconds to open a report."""

_EXAMPLES: Final = """\b
Examples:
  declutter inspect page.html -o report.html               one HTML file
  declutter inspect page.html -o report.html --rendered    with the page itself, its blocks outlined
  declutter inspect https://example.org/story -o story.html
  declutter inspect pages/*.html -o report.html            with an index, lowest confidence first
  declutter inspect pages/*.html -o report/                a folder with one file per page
"""


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...", shell_complete=file_names)
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER/",
    help="Write to FILE, which appears only once it is complete, or to FOLDER/: index.html and one file per page. "
    "Default: stdout, unless that is a terminal.",
)
@click.option(
    "--rendered",
    is_flag=True,
    help="Also show the original page with its blocks outlined. Its scripts do not run and it loads nothing.",
)
@url_option
@reading_options
@memory_option
@fetch_options
@click.pass_context
def inspect(
    context: click.Context,
    *,
    pages: tuple[str, ...],
    output: str | None,
    rendered: bool,
    url: str | None,
    reading: ExtractOptions,
    memory: SiteMemory | None,
    fetching: FetchOptions,
) -> None:
    """Write an HTML report about pages.

    PAGE is a file, a web archive (.warc, .warc.gz), a URL, or - for standard input.

    The report needs no network. It shows each block in the colour of its label, with the evidence for it, and the essay
    and flashes as they would be written. For several pages it has an index, lowest confidence first; a page that cannot
    be read is listed there with the reason.
    """
    from declutter.cli.inputs import Opener, without_output
    from declutter.reading import is_archive

    pages = without_output(pages, output)
    is_single = len(pages) == 1 and not is_archive(pages[0])
    if url is not None and not is_single:
        raise click.UsageError("--url is the URL of one page, but several were given")
    if output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError("the report is a large HTML file: give -o report.html, or redirect stdout")
    reader = _Reader(is_single=is_single, url=url, memory=memory, reading=reading, rendered=rendered)
    try:
        with Opener(fetching, reading) as open_pages:
            inspected = reader.inspect(pages, open_pages)
            if output is not None and _is_folder(output):
                _write_folder(Path(output), inspected)
            else:
                _write_file(output, inspected)
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"{output}: {error.strerror}") from error
    context.exit(reader.code)


class _Reader:
    """Reads pages one by one; `code` is the exit code so far."""

    def __init__(
        self,
        *,
        is_single: bool,
        url: str | None,
        memory: SiteMemory | None,
        reading: ExtractOptions,
        rendered: bool,
    ) -> None:
        self.code = ExitCode.OK
        self._is_single = is_single
        self._url = url
        self._memory = memory
        self._reading = reading
        self._rendered = rendered

    def inspect(self, names: tuple[str, ...], open_pages: Opener) -> Iterator[Inspected]:
        """Inspect each page; a single one that cannot be read ends the command."""
        from declutter.cli.counting import counted
        from declutter.cli.inputs import Failure, each, shown
        from declutter.cli.output import say
        from declutter.inspect import Inspected

        outcomes = each(names, open_pages, self._read)
        for name, outcome in counted(outcomes, what="inspecting", is_shown=not self._is_single):
            if isinstance(outcome, Failure):
                say(outcome.message)
                self.code = ExitCode.FAILED
                if self._is_single:
                    raise click.exceptions.Exit(ExitCode.FAILED)
                yield Inspected(name=name, error=outcome.message)
                continue
            document, original, lack = outcome
            if lack is not None:
                say(f"{shown(name)}: {lack}")
                self.code = ExitCode.NOTHING if self._is_single else self.code
            yield Inspected(name=shown(name), document=document, original=original)

    def _read(self, name: str, page: Page | bytes) -> tuple[Document, Original | None, str | None]:
        from declutter.cli.inputs import lack_of_essay, taken_apart
        from declutter.inspect import outlined
        from declutter.pipeline import explain

        document = taken_apart(name, page, partial(explain, url=self._url, memory=self._memory, options=self._reading))
        original = outlined(page, document, url=self._url, options=self._reading) if self._rendered else None
        return document, original, lack_of_essay(page, document)


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _write_file(output: str | None, pages: Iterator[Inspected]) -> None:
    from declutter.cli.output import opened, say
    from declutter.inspect import report

    with opened(None if output is None else Path(output)) as write:
        written = report(pages)
        write(written)
    if len(written) > _LARGE:
        say(f"the report has {len(written) // 1_000_000} MB; -o FOLDER/ writes one file per page")


def _write_folder(folder: Path, pages: Iterator[Inspected]) -> None:
    """One file per page, with one page in memory at a time, and the index last, so that its links are never dead."""
    from declutter.cli.output import opened
    from declutter.inspect import index, is_report, report, row_of

    folder.mkdir(parents=True, exist_ok=True)
    for there in (folder / "index.html", *folder.glob("page-[0-9]*.html")):
        if there.exists() and not is_report(there):
            raise click.UsageError(f"{there} is not a report and would be overwritten; choose another folder")
    rows = []
    for number, page in enumerate(pages, 1):
        href = f"page-{number:04}.html"
        rows.append(row_of(page, href))
        if page.document is not None:
            with opened(folder / href) as write:
                write(report([page], home="index.html"))
    with opened(folder / "index.html") as write:
        write(index(rows))
