"""Extracts the article from a news page, and separates it from what the portal injected into it.

    document = declutter.extract(page)                      # bytes, str, Page, BeautifulSoup object or lxml element
    document = declutter.read("https://… | path | -")       # fetch or open first

`document.text` is the essay, `document.flashes` what was injected into it, `document.blocks` everything on the page.

Names are imported on first use: importing declutter takes milliseconds, and httpx is imported by the first fetch.
"""

from __future__ import annotations

from importlib import import_module
from threading import RLock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from declutter import inspect as inspect
    from declutter.batch import extract_many
    from declutter.batch.options import DEFAULT_BATCH, BatchOptions
    from declutter.batch.rows import Row, RowError
    from declutter.errors import (
        DeclutterError,
        DecodeError,
        FetchError,
        FieldError,
        InputError,
        LimitError,
        MissingExtraError,
        NotAPageError,
        OutOfTimeError,
        OutputError,
        PageMemoryError,
        PageTimeoutError,
        RulesError,
        WorkerError,
    )
    from declutter.fetcher import fetch, fetch_async
    from declutter.fetcher.archive import read_pages
    from declutter.fetcher.batch import fetch_many
    from declutter.fetcher.client import Fetcher
    from declutter.fetcher.errors import (
        BadAddressError,
        BrokenResponseError,
        BusyError,
        CertificateError,
        ConnectionFailedError,
        DeadlineError,
        ForbiddenAddressError,
        NotAPageResponseError,
        NotASourceError,
        RedirectError,
        RobotsError,
        StatusError,
        TooLargeError,
        UnknownHostError,
    )
    from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions
    from declutter.memory import SiteMemory
    from declutter.model import (
        Block,
        Document,
        Entry,
        Evidence,
        Flash,
        Frame,
        Image,
        Kind,
        Label,
        Metadata,
        Origin,
        Page,
        Repair,
        RunnerUp,
        Span,
        SpanKind,
        Teaser,
    )
    from declutter.options import DEFAULT_OPTIONS, ExtractOptions, Limits
    from declutter.pipeline import explain, extract
    from declutter.reading import read
    from declutter.rules import SiteRules
    from declutter.write.json import schema

    __version__: str

__all__ = [
    "DEFAULT_BATCH",
    "DEFAULT_FETCH",
    "DEFAULT_OPTIONS",
    "BadAddressError",
    "BatchOptions",
    "Block",
    "BrokenResponseError",
    "BusyError",
    "CertificateError",
    "ConnectionFailedError",
    "DeadlineError",
    "DeclutterError",
    "DecodeError",
    "Document",
    "Entry",
    "Evidence",
    "ExtractOptions",
    "FetchError",
    "FetchOptions",
    "Fetcher",
    "FieldError",
    "Flash",
    "ForbiddenAddressError",
    "Frame",
    "Image",
    "InputError",
    "Kind",
    "Label",
    "LimitError",
    "Limits",
    "Metadata",
    "MissingExtraError",
    "NotAPageError",
    "NotAPageResponseError",
    "NotASourceError",
    "Origin",
    "OutOfTimeError",
    "OutputError",
    "Page",
    "PageMemoryError",
    "PageTimeoutError",
    "RedirectError",
    "Repair",
    "RobotsError",
    "Row",
    "RowError",
    "RulesError",
    "RunnerUp",
    "SiteMemory",
    "SiteRules",
    "Span",
    "SpanKind",
    "StatusError",
    "Teaser",
    "TooLargeError",
    "UnknownHostError",
    "WorkerError",
    "explain",
    "extract",
    "extract_many",
    "fetch",
    "fetch_async",
    "fetch_many",
    "read",
    "read_pages",
    "schema",
]

_HOMES: Final = {
    "declutter.batch": "extract_many",
    "declutter.batch.options": "BatchOptions DEFAULT_BATCH",
    "declutter.batch.rows": "Row RowError",
    "declutter.errors": "DeclutterError DecodeError FetchError FieldError InputError LimitError MissingExtraError "
    "NotAPageError OutOfTimeError OutputError PageMemoryError PageTimeoutError RulesError WorkerError",
    "declutter.fetcher": "fetch fetch_async",
    "declutter.fetcher.archive": "read_pages",
    "declutter.fetcher.batch": "fetch_many",
    "declutter.fetcher.client": "Fetcher",
    "declutter.fetcher.errors": "BadAddressError BrokenResponseError BusyError CertificateError ConnectionFailedError "
    "DeadlineError ForbiddenAddressError NotAPageResponseError NotASourceError RedirectError RobotsError StatusError "
    "TooLargeError UnknownHostError",
    "declutter.fetcher.options": "DEFAULT_FETCH FetchOptions",
    "declutter.memory": "SiteMemory",
    "declutter.model": "Block Document Entry Evidence Flash Frame Image Kind Label Metadata Origin Page Repair "
    "RunnerUp Span SpanKind Teaser",
    "declutter.options": "DEFAULT_OPTIONS ExtractOptions Limits",
    "declutter.pipeline": "explain extract",
    "declutter.reading": "read",
    "declutter.rules": "SiteRules",
    "declutter.write.json": "schema",
}
_IMPORTING: Final = RLock()
"""Held by the thread that imports. Python locks a module before its package, so two threads that come to packages, ours
or others', from both sides would wait for each other, of which Python makes an error."""
_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names.split()}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from importlib.metadata import version

        return version(__name__)
    if name == "inspect":
        with _IMPORTING:
            return import_module("declutter.inspect")
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = _HOME_OF[name]
    with _IMPORTING:
        import_module(home.rpartition(".")[0])  # first, because a thread that imports it locks it before its modules
        value = globals()[name] = getattr(import_module(home), name)
    return value


def __dir__() -> list[str]:
    return __all__
