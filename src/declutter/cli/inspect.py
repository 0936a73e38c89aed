"""`declutter inspect`: a report to look at pages in, with what was made of them and why."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import click

from declutter.cli.fetch_options import fetch_options
from declutter.cli.inputs import shown
from declutter.cli.reading_options import memory_option, reading_options

if TYPE_CHECKING:
    from declutter.cli.inputs import Opener
    from declutter.fetcher.options import FetchOptions
    from declutter.inspect import Inspected
    from declutter.memory import SiteMemory
    from declutter.options import ExtractOptions

T = TypeVar("T")

_MIN_BAR: Final = 2
"""Pages that are worth a progress bar."""
_FAILED: Final = 1
_NO_ESSAY: Final = 3

_EXAMPLES: Final = """\b
Examples:
  declutter inspect page.html -o report.html               one file, for any browser
  declutter inspect page.html -o report.html --rendered    and the page itself, its blocks outlined
  declutter inspect https://example.org/story -o story.html
  declutter inspect pages/*.html -o report.html            with an index, the least sure first
  declutter inspect pages/*.html -o report/                a folder, a file a page: for hundreds of them
"""


@click.command(epilog=_EXAMPLES)
@click.argument("pages", nargs=-1, required=True, metavar="PAGE...")
@click.option(
    "-o",
    "--output",
    metavar="FILE|FOLDER/",
    help="Write to a file, which is there as a whole when all is done, or not at all; or to a folder: index.html, and "
    "a file a page. Without it the report goes to stdout, unless that is a terminal.",
)
@click.option(
    "--rendered",
    is_flag=True,
    help="Also show the original page with its blocks outlined: without its scripts, and nothing is loaded.",
)
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
    """Write a report to look at pages in. PAGE is a file, a URL, or - for standard input.

    The report is HTML that needs no network: each block in the colour of its label, with the evidence that decided it,
    and the essay and flashes as they would be written. Several pages have an index, the doubtful ones first; a page
    that cannot be read is a row there, and the rest goes on.
    """
    if url is not None and len(pages) > 1:
        raise click.UsageError("--url names one page; there are several")
    if output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError("a report is a large HTML file: name one, as in -o report.html, or redirect")
    from declutter.cli.inputs import Opener

    try:
        with Opener(fetching) as open_page:
            reader = _Reader(open_page, url=url, memory=memory, reading=reading, rendered=rendered)
            if output is not None and _is_folder(output):
                _write_folder(Path(output), reader.inspect(pages))
            else:
                _write_file(output, reader.inspect(pages))
    except OSError as error:
        if output is None or isinstance(error, BrokenPipeError):
            raise
        raise click.ClickException(f"{output}: {error.strerror}") from error
    context.exit(reader.code)


class _Reader:
    """Reads pages one after the other, and remembers how that went: `code` is what the command exits with."""

    def __init__(
        self,
        open_page: Opener,
        *,
        url: str | None,
        memory: SiteMemory | None,
        reading: ExtractOptions,
        rendered: bool,
    ) -> None:
        self.code = 0
        self._open_page = open_page
        self._url = url
        self._memory = memory
        self._reading = reading
        self._rendered = rendered

    def inspect(self, names: tuple[str, ...]) -> Iterator[Inspected]:
        """Each page in turn; a single one that cannot be read ends the command."""
        from declutter.cli.inputs import Failure, each, lack_of_essay
        from declutter.cli.output import say
        from declutter.inspect import Inspected

        for name, page in _followed(each(names, self._read), len(names)):
            if isinstance(page, Failure):
                say(page.message)
                self.code = _FAILED
                if len(names) == 1:
                    raise click.exceptions.Exit(_FAILED)
                yield Inspected(name=name, error=page.message)
                continue
            if page.document and (lack := lack_of_essay(name, page.document)):
                say(lack)
                self.code = _NO_ESSAY if len(names) == 1 else self.code
            yield page

    def _read(self, name: str) -> Inspected:
        from declutter.inspect import Inspected, outlined
        from declutter.pipeline import explain

        source = self._open_page(name)
        document = explain(source, url=self._url, memory=self._memory, options=self._reading)
        original = outlined(source, document, url=self._url, options=self._reading) if self._rendered else None
        return Inspected(name=shown(name), document=document, original=original)


def _followed(outcomes: Iterator[T], total: int) -> Iterator[T]:
    """The same, with a bar on a terminal where there is something to wait for."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    is_quiet = total < _MIN_BAR or not console.is_terminal
    return iter(track(outcomes, "inspecting", total=total, console=console, transient=True, disable=is_quiet))


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _write_file(output: str | None, pages: Iterator[Inspected]) -> None:
    from declutter.cli.output import opened
    from declutter.inspect import report

    with opened(None if output is None else Path(output)) as write:
        write(report(pages))


def _write_folder(folder: Path, pages: Iterator[Inspected]) -> None:
    """A file a page, one in memory at a time, and the index last: it never names a file that is not there."""
    from declutter.cli.output import opened
    from declutter.inspect import index, report, row_of

    folder.mkdir(parents=True, exist_ok=True)
    rows = []
    for number, page in enumerate(pages, 1):
        href = f"page-{number:04}.html"
        rows.append(row_of(page, href))
        if page.document is not None:
            with opened(folder / href) as write:
                write(report([page], home="index.html"))
    with opened(folder / "index.html") as write:
        write(index(rows))
