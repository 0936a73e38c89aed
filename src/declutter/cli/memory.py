"""`declutter memory`: learn what the pages of a site have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from declutter.cli.completion import file_names
from declutter.cli.exit_codes import ExitCode
from declutter.cli.fetch_options import fetch_options
from declutter.cli.output import named
from declutter.cli.reading_options import loaded, opening_options, url_option
from declutter.cli.sections import Sectioned

if TYPE_CHECKING:
    from declutter.fetcher.options import FetchOptions
    from declutter.options import ExtractOptions

_EXAMPLES: Final = """\b
Examples:
  declutter memory pages/*.html -o site.memory            learn from pages
  declutter extract pages/*.html --memory site.memory     extract with what was learned
  declutter memory --merge a.memory --merge b.memory -o all.memory
  declutter batch crawl/ -o pages.jsonl --learn --memory site.memory   folders and records, on all processors
"""


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("pages", nargs=-1, metavar="[PAGE...]", shell_complete=file_names)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=named,
    required=True,
    metavar="FILE",
    help="Write the site memory to FILE.",
)
@click.option(
    "--merge",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False),
    metavar="FILE",
    help="Include what this site memory holds. May be repeated.",
)
@url_option
@opening_options
@fetch_options
@click.pass_context
def memory(
    context: click.Context,
    *,
    pages: tuple[str, ...],
    output: Path,
    merge: tuple[str, ...],
    url: str | None,
    reading: ExtractOptions,
    fetching: FetchOptions,
) -> None:
    """Learn what the pages of a site have in common, for the --memory of other commands.

    PAGE is a file, a web archive (.warc, .warc.gz), a URL, or - for standard input. The result depends neither on the
    order of the pages nor on whether they are learned at once or in parts that are merged. A page is compared with
    other pages of its host; files without a URL are compared with each other. Only fingerprints are kept, no text.
    """
    from declutter.cli.counting import counted
    from declutter.cli.inputs import Failure, Opener, each, without_output
    from declutter.reading import is_archive

    pages = without_output(pages, output)
    if url is not None and (len(pages) > 1 or any(map(is_archive, pages))):
        raise click.UsageError("--url is the URL of one page, but several were given")
    if not pages and not merge:
        raise click.UsageError("nothing to learn from: give pages, or files to --merge")
    from declutter.cli.output import say
    from declutter.memory import SiteMemory

    learned = SiteMemory()
    for path in merge:
        learned.merge(loaded(SiteMemory.load, path))
    count = failures = 0
    with Opener(fetching, reading) as open_pages:
        outcomes = each(pages, open_pages, lambda _, page: learned.observe(page, url=url, options=reading))
        for _, outcome in counted(outcomes, what="learning from", is_shown=True):
            count += 1
            if isinstance(outcome, Failure):
                say(outcome.message)
                failures += 1
    if count == failures and not merge:
        say(f"nothing was learned; {output} was not changed" if output.exists() else "nothing was learned")
        context.exit(ExitCode.FAILED)
    try:
        learned.save(output)
    except OSError as error:
        raise click.ClickException(f"{output}: {error.strerror}") from error
    context.exit(ExitCode.FAILED if failures else ExitCode.OK)
