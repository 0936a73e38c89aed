"""The flow: decode, parse, segment, classify, assemble. The only room that knows the order."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from declutter import metadata as meta
from declutter.assemble import assemble, make_blocks
from declutter.classify import classify
from declutter.decode import decode, not_a_page
from declutter.errors import NotAPageError
from declutter.model import Document, Page
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.parse import from_soup, looks_like_html, parse
from declutter.segment import segment, segment_text

if TYPE_CHECKING:
    from bs4 import Tag
    from lxml.etree import _Element

    from declutter.memory import SiteMemory
    from declutter.outline import Outline

    Source: TypeAlias = bytes | str | Page | Tag | _Element


def extract(
    source: Source,
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
) -> Document:
    """Take a page apart. Pure computation: no network, no clock, no state between calls.

    source: the page as bytes, str, Page, BeautifulSoup object or lxml element (the caller's tree is left as it is).
    url: the page's address; makes links absolute. A Page brings its own, and the time it was fetched.
    memory: what the site's pages have in common, see SiteMemory.

    Raises NotAPageError for binary content, DecodeError for an unknown `options.encoding`, LimitError past a bound.
    A page without an essay is a Document whose text is empty.
    """
    text, tree, encoding = _open(source, url=url, options=options)
    as_of = options.as_of
    if isinstance(source, Page):
        url, as_of = url or source.final_url, as_of or source.fetched_at
    if tree is None and (options.form == "text" or (options.form == "auto" and not looks_like_html(text))):
        return _document(segment_text(text), None, url=url, memory=memory, encoding=encoding, as_of=as_of)
    if tree is None:
        tree = parse(text, limits=options.limits, subject=url)
    document = _document(segment(tree), tree, url=url, memory=memory, encoding=encoding, as_of=as_of)
    if not document.text and next(tree.iter("noscript"), None) is not None:
        # A page that shows its article to readers without scripts only.
        again = segment(tree, noscript=True)
        return _document(again, tree, url=url, memory=memory, encoding=encoding, as_of=as_of)
    return document


def _open(source: Source, *, url: str | None, options: ExtractOptions) -> tuple[str, _Element | None, str | None]:
    """The source as text and, where it came parsed, as a tree; and the encoding its bytes were in."""
    if isinstance(source, str):
        return source, None, None
    if isinstance(source, bytes | bytearray | memoryview | Page):
        body = source.body if isinstance(source, Page) else bytes(source)
        header = source.headers.get("content-type") if isinstance(source, Page) else None
        subject = url or (source.url if isinstance(source, Page) else None)
        if kind := not_a_page(body):
            raise NotAPageError(f"this is {kind}, not HTML or text", subject=subject)
        decoded = decode(body, given=options.encoding, header=header, subject=subject)
        return decoded.text, None, decoded.encoding
    if hasattr(source, "iterwalk") or hasattr(source, "getroottree"):
        return "", source, None  # type: ignore[return-value]  # lxml's elements share no public base with a name
    if hasattr(source, "descendants"):
        return "", from_soup(source), None  # type: ignore[arg-type]  # a BeautifulSoup object, bs4 not imported for it
    raise TypeError(f"extract() takes bytes, str, Page, a BeautifulSoup object or an lxml element, not {type(source).__name__}")


def _document(
    outline: Outline,
    tree: _Element | None,
    *,
    url: str | None,
    memory: SiteMemory | None,
    encoding: str | None,
    as_of: str | None,
) -> Document:
    head = meta.EMPTY_HEAD if tree is None else meta.read_head(tree, url=url)
    verdicts = classify(outline, title=head.title)
    blocks = make_blocks(outline, verdicts, base=url)
    metadata = meta.complete(head, blocks, as_of=as_of, url=url)
    return assemble(outline, verdicts, blocks, metadata, url=url, encoding=encoding, as_of=as_of)
