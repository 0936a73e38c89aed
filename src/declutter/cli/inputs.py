"""Pages from the arguments of a command, or the reasons why there are none."""

from __future__ import annotations

import logging
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple, Self, TypeVar

import click

from declutter.cli.output import say
from declutter.cli.ways_out import way_out
from declutter.empty_shell import shell_reason
from declutter.errors import DeclutterError, InputError, NotAPageError, naming
from declutter.model import Page
from declutter.reading import STDIN, is_address, is_archive, open_page
from declutter.saved import resource_in

if TYPE_CHECKING:
    import asyncio

    from declutter.fetcher.client import Fetcher
    from declutter.fetcher.options import FetchOptions
    from declutter.model import Document
    from declutter.options import ExtractOptions

T = TypeVar("T")

_log: Final = logging.getLogger(__name__)

_WITHOUT_SCHEME: Final = re.compile(r"https?:|www\.|[\w-]+(?:\.[\w-]+)+/", re.IGNORECASE)


class Opener:
    """Opens pages, one by one. Fetches form one crawl, which shares connections, robots.txt and delays."""

    def __init__(self, fetching: FetchOptions, reading: ExtractOptions) -> None:
        self._fetching = fetching
        self._max_bytes = reading.limits.max_bytes
        self._crawl: tuple[asyncio.Runner, Fetcher] | None = None
        self._took_stdin = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._crawl is not None:
            runner, fetcher = self._crawl
            with runner:
                runner.run(fetcher.aclose())

    def __call__(self, name: str) -> Iterator[tuple[str, Page | bytes]]:
        """The page at a URL, in a file, or on standard input; all pages of a web archive, by their URLs."""
        if is_archive(name):
            from declutter.fetcher.archive import read_pages

            yield from ((page.url, page) for page in read_pages(Path(name), max_bytes=self._max_bytes))
        elif is_address(name):
            yield name, self._fetch(name)
        else:
            if name == STDIN:
                self._take_stdin()
            page = open_page(name, max_bytes=self._max_bytes)
            _log.debug("%s: read, %s bytes", shown(name), f"{_size(page):,}")
            yield name, page

    def _take_stdin(self) -> None:
        if self._took_stdin:
            raise InputError("standard input is one page, and has been read; name it once")
        self._took_stdin = True
        if sys.stdin.isatty():
            say("reading a page from the terminal; end it with Ctrl-D")

    def _fetch(self, address: str) -> Page:
        if self._crawl is None:
            import asyncio

            from declutter.fetcher.client import Fetcher

            self._crawl = asyncio.Runner(), Fetcher(self._fetching)
        runner, fetcher = self._crawl
        page = runner.run(fetcher.fetch(address))
        answer = "as the cache has it" if page.from_cache else f"status {page.status}"
        _log.info("%s: %s bytes from %s, %s", address, f"{len(page.body):,}", page.final_url, answer)
        return page


class Failure(NamedTuple):
    """An input that could not be read: its name on the command line, and the error."""

    name: str
    error: DeclutterError | OSError

    @property
    def message(self) -> str:
        """One line that names the input and says what is wrong."""
        if isinstance(self.error, OSError):
            return f"{shown(self.name)}: {self.error.strerror or self.error}{_hint(self.name, self.error)}"
        text = str(self.error)
        if isinstance(self.error, NotAPageError) and "this is JSON" in text:
            text += "; `declutter batch` reads JSON Lines"
        way = way_out(type(self.error).__name__, text, getattr(self.error, "bound", None))
        return naming(shown(self.name), text) + way


def _hint(name: str, error: OSError) -> str:
    """What to do about a missing file, if that can be guessed."""
    if isinstance(error, IsADirectoryError):
        return "; name the files in it, or use `declutter batch`"
    if not isinstance(error, FileNotFoundError):
        return ""
    of_patterns = "; of patterns, only `declutter batch` reads what the shell does not" if "*" in name else ""
    return hint_for(name) or of_patterns


def hint_for(name: str) -> str:
    """What a name that is not a file may have meant."""
    return "; a URL starts with https://" if _WITHOUT_SCHEME.match(name) else ""


def each(
    names: tuple[str, ...], open_pages: Opener, read: Callable[[str, Page | bytes], T]
) -> Iterator[tuple[str, T | Failure]]:
    """The name of each page, and the result of reading it or the failure."""
    for name in names:
        try:
            for page_name, page in open_pages(name):
                try:
                    yield page_name, read(page_name, page)
                except DeclutterError as error:
                    yield page_name, Failure(page_name, error)
        except (DeclutterError, OSError) as error:
            yield name, Failure(name, error)


def taken_apart(name: str, page: Page | bytes, take_apart: Callable[[Page | bytes], Document]) -> Document:
    """The document of a page; logs how that went, for -v."""
    begin = time.perf_counter()
    document = take_apart(page)
    _log.info(
        "%s: %s bytes in %s extracted in %.0f ms: %s blocks, essay from %s",
        shown(name),
        f"{_size(page):,}",
        document.encoding,
        1000 * (time.perf_counter() - begin),
        f"{len(document.blocks):,}",
        document.essay_source,
    )
    return document


def _size(page: Page | bytes) -> int:
    return len(page.body if isinstance(page, Page) else page)


def without_output(pages: tuple[str, ...], output: str | Path | None) -> tuple[str, ...]:
    """The pages without the output of an earlier run, which a glob such as `*.html` may include."""
    if output is None or not Path(output).is_file():
        return pages
    target = Path(output).resolve()
    kept = tuple(name for name in pages if is_address(name) or Path(name).resolve() != target)
    if pages and not kept:
        raise click.UsageError(f"{output} is the page itself; choose another output file")
    if len(kept) < len(pages):
        say(f"{output}: skipped, because it is the output file")
    return kept


def shown(name: str) -> str:
    """The name of an input for display."""
    return "<stdin>" if name == STDIN else name or "''"


def lack_of_essay(page: Page | bytes, document: Document) -> str | None:
    """Why the document of a page has no essay; None if it has one."""
    if document.text:
        return None
    if document.truncated:
        return "no article in what is left of this page"
    body, header = (page.body, page.headers.get("content-type")) if isinstance(page, Page) else (page, None)
    if saved := resource_in(body):
        body, header = saved.body, saved.content_type
    return shell_reason(body, header=header) or ("no article on this page" if document.blocks else "the page is empty")
