"""`declutter fetch`: pages from addresses, feeds and sitemaps, as JSON records or saved for later."""

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
from declutter.fetcher.options import FetchOptions

_EXAMPLES = """\b
Examples:
  declutter fetch https://example.org/story > record.json
  declutter fetch --urls list.txt --save pages             into pages/records.jsonl and pages/pages-00001.warc.gz
  declutter fetch --urls list.txt --save pages --resume    go on, whatever ended the last run
  declutter fetch --feed https://example.org/rss --save pages --resume   only what is new in the feed
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
    help="A file with an address a line. May be repeated, as the two below.",
)
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="An RSS or Atom feed: fetch the pages it names.")
@click.option("--sitemap", "sitemaps", multiple=True, metavar="URL", help="A sitemap: fetch the pages it names.")
@click.option(
    "--save",
    type=click.Path(file_okay=False, path_type=Path),
    callback=named,
    metavar="DIR",
    help="Save the pages here as WARC, with their records in records.jsonl (needs the extra 'batch').",
)
@click.option(
    "--resume",
    is_flag=True,
    help="Leave out what --save has already, and what failed for good; ask again what may have passed.",
)
@click.option("--quiet", is_flag=True, help="No progress bar and no messages.")
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
    """Fetch pages, and write a JSON record for each to stdout: what it is and where it came from, or why it failed.

    Without --save a record holds the page's bytes (body, base64); with it they are kept as WARC, which
    `declutter extract` reads, and a record says where. Each address is fetched once; several hosts are asked at once,
    each of them one request at a time. Exit code 1: a page failed; its record says why and whether trying again can
    help.
    """
    if not (urls or lists or feeds or sitemaps):
        raise click.UsageError("no URL given; name some, or use --urls, --feed or --sitemap")
    if resume and save is None:
        raise click.UsageError("--resume goes on from a folder: name it by --save")
    from declutter.cli.fetch_run import Run, Sources, run

    sources = Sources(urls=chain(urls, *map(_lines, lists)), feeds=feeds, sitemaps=sitemaps)
    begun: Run | None = None
    try:
        with ExitStack() as stack:
            begun = Run.begin(stack, save=save, resume=resume, quiet=quiet)
            failures = asyncio.run(run(sources, begun, fetching))
    except (KeyboardInterrupt, OSError) as error:
        if save is not None and begun is not None and not isinstance(error, BrokenPipeError):
            click.echo("--resume goes on from what is saved", err=True)
        raise
    except DeclutterError as error:
        raise click.ClickException(str(error)) from error
    context.exit(ExitCode.FAILED if failures else ExitCode.OK)


def _lines(file: TextIO) -> Iterable[str]:
    """A file's lines; of a pipe or a terminal all of them at once, since waiting for one would hold up the fetching."""
    try:
        is_on_disk = stat.S_ISREG(os.fstat(file.fileno()).st_mode)
    except OSError:  # it is no file of the system's
        is_on_disk = False
    return file if is_on_disk else file.readlines()
