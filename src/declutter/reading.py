"""From where a page is to its Document: fetch or open, then extract."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

from declutter.errors import DeclutterError, NotAPageError
from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.pipeline import extract

if TYPE_CHECKING:
    from os import PathLike

    from declutter.memory import SiteMemory
    from declutter.model import Document, Page

STDIN: Final = "-"
_ARCHIVE: Final = re.compile(r"\.warc(\.gz)?(\.open)?$", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def read(
    source: str | PathLike[str],
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
    fetching: FetchOptions = DEFAULT_FETCH,
) -> Document:
    """Take the page apart that stands at an address, in a file, or, for "-", on standard input.

    url: the page's address, for files; a fetched page brings its own. For the rest see `extract` and `fetch`.
    Raises what `extract` and `fetch` raise, OSError for a file that cannot be opened, and ValueError or TypeError for
    what is no path.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        raise TypeError("read() takes where a page is; for a page itself use extract()")
    try:
        page = open_page(source, fetching=fetching)
    except OSError as error:
        if isinstance(source, str) and ("<" in source or "\n" in source):  # no path has that, or next to none
            raise ValueError("read() takes where a page is; for a page itself use extract()") from error
        raise
    try:
        return extract(page, url=url, memory=memory, options=options)
    except DeclutterError as error:
        # Bytes have no name; here they have one.
        error.subject = error.subject or str(source)
        raise


def open_page(source: str | PathLike[str], *, fetching: FetchOptions = DEFAULT_FETCH) -> Page | bytes:
    """The page at an address, or the bytes of a file or, for "-", of standard input."""
    if source == STDIN:
        return sys.stdin.buffer.read()
    if is_address(source):
        from declutter.fetcher import fetch

        return fetch(source, options=fetching)
    if is_archive(source):
        message = "a web archive holds many pages; read them by declutter.read_pages, or `declutter extract`"
        raise NotAPageError(message, subject=str(source))
    return Path(source).read_bytes()


def is_address(source: str | PathLike[str]) -> TypeGuard[str]:
    """Tell an address, of whatever scheme, from a path."""
    return isinstance(source, str) and _ADDRESS.match(source) is not None


def is_archive(source: str | PathLike[str]) -> bool:
    """Tell the file of a web archive by its name."""
    return not is_address(source) and _ARCHIVE.search(str(source)) is not None
