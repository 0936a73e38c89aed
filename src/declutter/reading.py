"""From a path or URL to a Document: fetch or open, then extract."""

from __future__ import annotations

import re
import sys
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeGuard

from declutter.compressed import page_of
from declutter.errors import DeclutterError, InputError, NotAPageError
from declutter.fetcher import DEFAULT_FETCH, FetchOptions
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.pipeline import extract

if TYPE_CHECKING:
    from declutter.memory import SiteMemory
    from declutter.model import Document, Page

STDIN: Final = "-"
_ARCHIVE: Final = re.compile(r"\.warc(\.gz)?(\.open)?$", re.IGNORECASE)
_WARC: Final = b"WARC/1."
_MANY: Final = (
    "a web archive holds many pages; read them with declutter.read_pages() or `declutter extract NAME.warc.gz`"
)
_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)


def read(
    source: str | PathLike[str],
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
    fetching: FetchOptions = DEFAULT_FETCH,
) -> Document:
    """Extract the page at a URL, in a file or, for "-", on standard input.

    url: the page's URL, for files; a fetched page brings its own.
    memory, options: see `extract`. fetching: see `fetch`.

    Files and standard input may be compressed with gzip or zstd; at most `options.limits.max_bytes` of them are read.

    Raises what `extract` and `fetch` raise, InputError for an empty name or damaged compression, OSError for a file
    that cannot be opened, ValueError or TypeError for anything that is not a path.
    """
    if isinstance(source, bytes) or not isinstance(source, str | PathLike):
        raise TypeError(f"read() takes a path or URL, not {type(source).__name__}; for the page itself use extract()")
    try:
        page = open_page(source, fetching=fetching, max_bytes=options.limits.max_bytes)
    except OSError as error:
        if isinstance(source, str) and ("<" in source or "\n" in source):  # paths contain neither, or hardly ever
            raise ValueError("read() takes a path or URL; for the page itself use extract()") from error
        raise
    try:
        return extract(page, url=url, memory=memory, options=options)
    except DeclutterError as error:
        # `extract` has no name for bytes; here it is known.
        error.subject = error.subject or str(source)
        raise


def open_page(
    source: str | PathLike[str],
    *,
    fetching: FetchOptions = DEFAULT_FETCH,
    max_bytes: int = DEFAULT_OPTIONS.limits.max_bytes,
) -> Page | bytes:
    """The page at a URL, or the bytes of a file or, for "-", of standard input, decompressed from gzip or zstd.

    max_bytes: of a file or standard input, at most one byte more than this is read. URLs have the limit of `fetching`.
    """
    if is_address(source):
        from declutter.fetcher import fetch

        return fetch(source, options=fetching)
    if source == "":
        raise InputError("neither a path nor a URL", subject="''")
    if is_archive(source):
        raise NotAPageError(_MANY, subject=str(source))
    try:
        if source == STDIN:
            content = page_of(sys.stdin.buffer, max_bytes=max_bytes)
        else:
            with Path(source).open("rb", buffering=0) as file:
                content = page_of(file, max_bytes=max_bytes)
    except InputError as error:
        error.subject = str(source)
        raise
    if content.startswith(_WARC):
        raise NotAPageError(_MANY, subject=str(source))
    return content


def is_address(source: str | PathLike[str]) -> TypeGuard[str]:
    """Whether a source is a URL, of any scheme, and not a path."""
    return isinstance(source, str) and _ADDRESS.match(source) is not None


def is_archive(source: str | PathLike[str]) -> bool:
    """Whether a source is the file of a web archive, by its name."""
    return not is_address(source) and _ARCHIVE.search(str(source)) is not None
