"""`declutter fetch`: pages from URLs, feeds and sitemaps, as JSON records or saved as WARC."""

from __future__ import annotations

import asyncio
import os
import stat
from collections.abc import Iterable
from contextlib import ExitStack
from itertools import chain
from pathlib import Path
from typing import TextIO

import click

from declutter.cli.exit_codes import ExitCode
from declutter.cli.fetch_options import fetch_options
from declutter.cli.output import named
from declutter.cli.sections import Sectioned
from declutter.errors import DeclutterError
from declutter.fetcher import FetchOptions

_EXAMPLES = """\b
Examples:
  declutter fetch https://example.org/story > record.json
  declutter fetch --urls list.txt --save pages             into pages/records.jsonl and pages/pages-00001.warc.gz
  declutter fetch --urls list.txt --save pages --resume    continue, however the last run ended
  declutter fetch --feed https://example.org/rss --save pages --resume   only new pages of the feed
  declutter fetch --sitemap https://example.org/sitemap.xml --save pages --cache cache
  declutter extract pages/*.warc.gz -o documents.jsonl
"""


@click.command(cls=Sectioned, epilog=_EXAMPLES)
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--urls",
    "lists",
    type=click.File(encoding="utf-8", errors="replace"),
    multiple=True,
    metavar="FILE|-",
    help="A file with one URL per line. May be repeated.",
)
@click.option(
    "--feed", "feeds", multiple=True, metavar="URL", help="Fetch the pages of an RSS or Atom feed. May be repeated."
)
@click.option(
    "--sitemap", "sitemaps", multiple=True, metavar="URL", help="Fetch the pages of a sitemap. May be repeated."
)
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    callback=named,
    metavar="DIR",
    help="Save the pages here as WARC, and the records as records.jsonl (needs the extra 'batch').",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Skip URLs that the --save folder already has or that failed permanently; retry the other failures.",
)
@click.option("--quiet", is_flag=True, help="Print no progress bar and no messages.")
@fetch_options
@click.pass_context
def fetch(
    context: click.Context,
    *,
    urls: tuple[str, ...],
    lists: tuple[TextIO, ...],
    feeds: tuple[str, ...],
    sitemaps: tuple[str, ...],
    save: Path | None,
    resume: bool,
    quiet: bool,
    fetching: FetchOptions,
) -> None:
    """Fetch pages, and write a JSON record for each to stdout: where it came from, or why it failed.

    Without --save, a record holds the page's bytes (body, base64). With it, pages are saved as WARC, which
    `declutter extract` reads, and a record says where. Each URL is fetched once. Hosts are fetched from in parallel,
    with one request at a time to each. Exits with 1 if a page failed; its record gives the reason, and whether a retry
    may help.
    """
    if not (urls or lists or feeds or sitemaps):
        raise click.UsageError("no URL given; name some, or use --urls, --feed or --sitemap")
    if not all(map(str.strip, urls)):
        raise click.UsageError("an empty argument is not a URL")
    if resume and save is None:
        raise click.UsageError("--resume needs a folder to continue: name it with --save")
    from declutter.cli.fetch_run import Run, Sources, run

    sources = Sources(urls=chain(urls, *map(_lines, lists)), feeds=feeds, sitemaps=sitemaps)
    begun: Run | None = None
    try:
        with ExitStack() as stack:
            begun = Run.begin(stack, save=save, resume=resume, quiet=quiet)
            failures = asyncio.run(run(sources, begun, fetching))
    except (KeyboardInterrupt, OSError) as error:
        if save is not None and begun is not None and not isinstance(error, BrokenPipeError):
            click.echo("continue with --resume", err=True)
        raise
    except DeclutterError as error:
        raise click.ClickException(str(error)) from error
    context.exit(ExitCode.FAILED if failures else ExitCode.OK)


def _lines(file: TextIO) -> Iterable[str]:
    """The lines of a file; of a pipe or terminal all at once, because waiting for a line would block the fetching."""
    try:
        is_on_disk = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except OSError:  # not a real file, so it has no descriptor
        is_on_disk = False
    return file if is_on_disk else file.readlines()
