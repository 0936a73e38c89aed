"""Opens a source: decodes and parses it into a tree, or into the text of a text dump."""

from __future__ import annotations

import re
from os import PathLike
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lxml.etree import _Element, _ElementTree

from declutter.deadline import Deadline
from declutter.decode import decode, is_binary, not_a_page, sound
from declutter.errors import InputError, NotAPageError
from declutter.model import Page
from declutter.options import ExtractOptions
from declutter.parse import data_in, encoded, from_soup, looks_like_html, parse
from declutter.parse.limits import fit, fit_tree
from declutter.saved import Resource, is_mhtml, mark_in, resource_in

if TYPE_CHECKING:
    from bs4 import Tag

    from declutter.memory import SiteMemory

    Source: TypeAlias = bytes | str | Page | Tag | _Element | _ElementTree


_HINTS: Final = {
    "URL": "; read() and `declutter batch` fetch what it names",
    "file name": "; give the files as arguments, or their folder to `declutter batch`",
}
_FILE_NAME: Final = re.compile(
    r"[^\s<>]{1,1000}\.(?:x?html?|txt|mht(?:ml)?|webarchive|warc)(?:\.(?:gz|zst))?", re.IGNORECASE
)
"""A text that is nothing but this was meant for `read`."""


class Request(NamedTuple):
    """What the caller asked for."""

    url: str | None
    memory: SiteMemory | None
    options: ExtractOptions
    explained: bool
    deadline: Deadline

    @classmethod
    def of(cls, url: str | None, memory: SiteMemory | None, options: ExtractOptions, *, explained: bool) -> Request:
        """A request whose time starts now. Raises TypeError for arguments of wrong types."""
        if not isinstance(options, ExtractOptions):
            raise TypeError(f"options must be an ExtractOptions, not {options!r}")
        if url is not None and not isinstance(url, str):
            raise TypeError(f"url must be a str, not {url!r}")
        if memory is not None and not hasattr(memory, "repeats"):
            raise TypeError(f"memory must be a SiteMemory, such as SiteMemory.load(file) returns, not {memory!r}")
        return cls(url, memory, options, explained, Deadline.of(options.limits, subject=url))

    def until(self, share: float) -> Deadline:
        """When a step must end: at its share of the time, if the page may be truncated."""
        truncates = self.options.limits.over == "truncate"
        return self.deadline.at(share, stops=True) if truncates else self.deadline


class Opened(NamedTuple):
    """A source as a tree or as the text of a text dump.

    size: bytes that the tree was parsed from; 0 for a caller's tree. most: how many elements of that may be read.
    """

    text: str
    tree: _Element | None
    url: str | None
    encoding: str | None = None
    as_of: str | None = None
    truncated: bool = False
    size: int = 0
    most: int | None = None


def open_source(source: Source, request: Request, deadline: Deadline) -> Opened:
    """Open a source before the deadline."""
    options, url = request.options, request.url
    if isinstance(source, _ElementTree):
        source = "" if source.getroot() is None else source.getroot()
    if isinstance(source, str):
        if options.form == "auto" and _FILE_NAME.fullmatch(source):
            raise NotAPageError("this is the name of a file, not a page; read() opens files", subject=source)
        if is_mhtml(source):
            return _open_bytes(source.encode(errors="replace"), request, deadline, header=None, as_of=options.as_of)
        text = fit(source, options.limits, subject=url)
        page = sound(text)
        tree = None if _is_dump(page, request) else parse(page, deadline)
        cut = text is not source or deadline.passed
        mark, kept = mark_in(page), page if tree is None else ""
        url, as_of = url or mark.url, options.as_of or mark.saved_at
        return Opened(kept, tree, url, as_of=as_of, truncated=cut, size=len(page))
    if isinstance(source, Page):
        return _open_bytes(
            source.body,
            request._replace(url=url or source.final_url),
            deadline,
            header=source.headers.get("content-type"),
            as_of=options.as_of or source.fetched_at,
        )
    if isinstance(source, bytes | bytearray | memoryview):
        return _open_bytes(bytes(source), request, deadline, header=None, as_of=options.as_of)
    if isinstance(source, _Element):
        return _open_tree(source, request, deadline)
    if hasattr(source, "descendants"):  # a BeautifulSoup object, detected without importing bs4
        most = options.limits.max_elements + 1
        return _open_tree(from_soup(source, deadline, most=most), request, deadline)
    kind, hint = type(source).__name__, "; for a path use read()" if isinstance(source, PathLike) else ""
    raise TypeError(f"extract() takes bytes, str, Page, a BeautifulSoup object or an lxml element, not {kind}{hint}")


def _open_tree(tree: _Element, request: Request, deadline: Deadline) -> Opened:
    limits, url = request.options.limits, request.url
    most = limits.max_elements if fit_tree(tree, limits, subject=url) else None
    cut = most is not None or deadline.passed
    return Opened("", tree, url, as_of=request.options.as_of, truncated=cut, most=most)


def _open_bytes(body: bytes, request: Request, deadline: Deadline, *, header: str | None, as_of: str | None) -> Opened:
    url, is_whole = request.url, True
    if saved := _saved(body, request):
        body, header, is_whole = saved.body, saved.content_type, saved.is_whole
        url, as_of = url or saved.url, request.options.as_of or saved.saved_at or as_of
    kind = not_a_page(body)
    if kind is None and request.options.encoding is None and is_binary(body):
        kind = "binary data"
    if kind:
        raise NotAPageError(f"this is {kind}, not HTML or text", subject=request.url)
    kept = fit(body, request.options.limits, subject=request.url)
    text, encoding, _, is_exact = decode(kept, given=request.options.encoding, header=header, subject=request.url)
    mark = mark_in(text)
    tree = None
    if not _is_dump(text, request):
        markup = kept if is_exact else encoded(text)
        text = ""  # frees this copy of the page before the tree grows
        tree = parse(markup, deadline)
    cut = kept is not body or deadline.passed or not is_whole
    url, as_of = url or mark.url, as_of or mark.saved_at
    return Opened(text, tree, url, encoding, as_of, truncated=cut, size=len(kept))


def _saved(body: bytes, request: Request) -> Resource | None:
    """The page in a file that a browser saved; None if it is no such file.

    The limit on bytes is that of the page. Only where the file ends within it, it is the file's, which whoever read the
    file may have cut to it.
    """
    limits, subject = request.options.limits, request.url
    try:
        saved = resource_in(body, subject=subject)
    except InputError:
        fit(body, limits, subject=subject)
        raise
    if saved is not None and not saved.is_whole:
        fit(body, limits, subject=subject)
    return saved


def _is_dump(text: str, request: Request) -> bool:
    """Whether a text is a text dump. Raises NotAPageError if it is neither that nor a page."""
    options = request.options
    if options.form == "auto" and (kind := data_in(text)):
        hint = next((hint for word, hint in _HINTS.items() if word in kind), "")
        message = f"this is {kind}, not HTML or text{hint}; to read it anyway, force a form (form=, --as)"
        raise NotAPageError(message, subject=request.url)
    return options.form == "text" or (options.form == "auto" and not looks_like_html(text))
