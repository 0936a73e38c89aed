"""The work of `declutter fetch`: from sources to records."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from contextlib import ExitStack, aclosing
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from declutter.cli.fetch_folder import Folder
from declutter.cli.output import harmless, json_line
from declutter.cli.ways_out import way_out
from declutter.empty_shell import shell_reason
from declutter.errors import FetchError
from declutter.fetcher.batch import fetch_many
from declutter.fetcher.client import Fetcher
from declutter.fetcher.errors import BusyError, StatusError
from declutter.fetcher.options import FetchOptions
from declutter.fetcher.sources import from_feed, from_sitemap, urls_in
from declutter.model import Page

_MIN_BAR: Final = 2
"""Pages that are worth a progress bar."""


class Sources(NamedTuple):
    """Where the URLs come from: lines, feeds, sitemaps."""

    urls: Iterable[str]
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]


class Run:
    """Where a run's records, pages and messages go, and what an earlier run has done already."""

    def __init__(self, *, folder: Folder | None, done: set[str], progress: Progress) -> None:
        self.done = done
        self.failures = 0
        self.count = 0
        self._folder = folder
        self._progress = progress
        self._bar = progress.add_task("fetching", total=None)

    @classmethod
    def begin(cls, stack: ExitStack, *, save: Path | None, resume: bool, quiet: bool) -> Self:
        """Open what the run writes to; the stack closes it."""
        console = Console(stderr=True, quiet=quiet)
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        progress = Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal)
        stack.enter_context(progress)
        folder = None if save is None else stack.enter_context(Folder(save))
        return cls(folder=folder, done=folder.settled if folder is not None and resume else set(), progress=progress)

    def expect(self, pages: int) -> None:
        """Set the expected number of pages."""
        self._progress.update(self._bar, total=pages, visible=pages >= _MIN_BAR)

    def keep(self, url: str, outcome: Page | FetchError) -> None:
        """Write the record of one URL, and its page if pages are saved."""
        self.count += 1
        page = outcome if isinstance(outcome, Page) else None
        if isinstance(outcome, Page):
            record = _page_record(outcome)
            if reason := record.get("shell"):
                self.say(f"{url}: {reason}")
        else:
            self.failures += 1
            record = _error_record(url, outcome)
            message = str(outcome)
            self.say(message + way_out(type(outcome).__name__, message))
        if self._folder is not None:
            line = self._folder.keep(record, page)
        else:
            line = json_line(record if page is None else record | {"body": page.body})
        click.echo(line, nl=False)
        self._progress.advance(self._bar)

    def say(self, message: str) -> None:
        """Print a message to stderr."""
        self._progress.console.print(harmless(message), markup=False, highlight=False, soft_wrap=True)


async def run(sources: Sources, run: Run, options: FetchOptions) -> int:
    """Fetch all URLs of the sources; return how many failed."""
    async with (
        Fetcher(options) as fetcher,
        aclosing(fetch_many(_addresses(sources, fetcher, run), fetcher=fetcher)) as outcomes,
    ):
        async for url, outcome in outcomes:
            run.keep(url, outcome)
    if not run.count:
        run.say("nothing " + ("new " if run.done else "") + "to fetch")
    return run.failures


async def _addresses(sources: Sources, fetcher: Fetcher, run: Run) -> AsyncIterator[str]:
    seen = set(run.done)
    counted = 0
    async for url in _named(sources, fetcher, run):
        if url not in seen:
            seen.add(url)
            counted += 1
            run.expect(counted)
            yield url


async def _named(sources: Sources, fetcher: Fetcher, run: Run) -> AsyncIterator[str]:
    for url in urls_in(sources.urls):
        yield url
    for feed in sources.feeds:
        try:
            links = await from_feed(fetcher, feed)
        except FetchError as error:
            run.keep(feed, error)
            continue
        for url in links:
            yield url
    for sitemap in sources.sitemaps:
        async for found in from_sitemap(fetcher, sitemap):
            if isinstance(found, FetchError):
                run.keep(found.subject or sitemap, found)
            else:
                yield found


def _page_record(page: Page) -> dict[str, Any]:
    record = {
        "url": page.url,
        "final_url": page.final_url,
        "status": page.status,
        "fetched_at": page.fetched_at,
        "canonical": page.canonical,
        "chain": page.chain,
        "from_cache": page.from_cache,
        "headers": page.headers,
        "size": len(page.body),
    }
    if reason := shell_reason(page.body, header=page.headers.get("content-type")):
        record["shell"] = reason
    return record


def _error_record(url: str, error: FetchError) -> dict[str, Any]:
    reason: dict[str, Any] = {"type": type(error).__name__, "message": str(error), "passing": error.passing}
    if isinstance(error, StatusError):
        reason["status"] = error.status
    if isinstance(error, BusyError):
        reason["retry_after"] = error.retry_after
    return {"url": url, "error": reason}
