"""The flow: decode, parse, segment, classify, assemble. The only room that knows the order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from lxml.etree import _Element, _ElementTree
from msgspec.structs import replace

from declutter import metadata as meta
from declutter.assemble import assemble, explain_blocks, make_blocks
from declutter.classify import classify
from declutter.deadline import NEVER, Deadline, OutOfTimeError
from declutter.decode import decode, is_binary, not_a_page, sound
from declutter.errors import NotAPageError
from declutter.heap import give_back
from declutter.limits import fit, fit_blocks, fit_tree
from declutter.model import Document, Kind, Label, Page, Repair
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.parse import data_in, encoded, from_soup, looks_like_html, parse
from declutter.rulings import Tree
from declutter.segment import segment, segment_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bs4 import Tag

    from declutter.memory import SiteMemory
    from declutter.model import Block
    from declutter.outline import Outline
    from declutter.rulings import Rulings

    Source: TypeAlias = bytes | str | Page | Tag | _Element | _ElementTree

_MIN_ESSAY: Final = 280
_MIN_PARAGRAPH: Final = 60
"""Characters of an essay and of its longest paragraph; 31 of 1,487 development pages show less."""
_MAX_LINKED: Final = 0.8
_MIN_GAIN: Final = 2
"""A stored article is taken where it says twice what the page shows: a brief's copy in JSON-LD is no news."""

_LARGE: Final = 1_000_000
"""Bytes of a page from which on the memory of its tree is given back as soon as the tree has been read; it then takes
less time to get anew than the page does by far."""

_PARSING: Final = 0.2
_READING: Final = 0.3
_TELLING: Final = 0.45
_LABELLING: Final = 0.7
"""Shares of the time of a page that may be truncated: after the first the tree is read no further, and after the
second what was read is cut to a fiftieth, which the rest of the time is for."""
_CUT: Final = 50
_MIN_CUT_BLOCKS: Final = 300
_MIN_CUT_TEXT: Final = 20_000


def extract(
    source: Source,
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
) -> Document:
    """Take a page apart. Pure computation: no network, no state between calls, no clock unless `Limits.seconds` is set.

    source: the page as bytes, str, Page, BeautifulSoup object, lxml element or tree (the caller's is left as it is).
    url: the page's address; makes links absolute. A Page brings its own, and the time it was fetched.
    memory: what the site's pages have in common, see SiteMemory.

    Raises NotAPageError for binary content, feeds and JSON, DecodeError for an unknown `options.encoding`,
    RulesError for malformed `options.cues`, LimitError past a bound. A page without an essay is a Document whose text
    is empty.
    """
    return _extract(source, _Request(url, memory, options, explained=False, deadline=_deadline(url, options)))


def explain(
    source: Source,
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
) -> Document:
    """The document that `extract` gives, each of its blocks with the evidence that its label was decided by."""
    return _extract(source, _Request(url, memory, options, explained=True, deadline=_deadline(url, options)))


def outline_of(
    source: Source, *, url: str | None, options: ExtractOptions, elements: list[_Element | None] | None = None
) -> tuple[Outline, str | None]:
    """A page's blocks and its address: what SiteMemory learns from. Raises what `extract` raises.

    elements: a list to be filled with the elements of its tree by their numbers, see `segment`.
    """
    deadline = _deadline(url, options)
    opened = _open(source, _Request(url, None, options, explained=False, deadline=deadline), deadline)
    if opened.tree is None:
        outline = segment_text(opened.text, deadline)
    else:
        outline = segment(opened.tree, deadline, elements=elements, most=opened.most)
    outline.deadline = deadline
    fit_blocks(outline, options.limits, subject=opened.url)
    return outline, opened.url


def tree_of(source: Source, *, url: str | None, options: ExtractOptions) -> _Element | None:
    """A page's tree as it is segmented, None for a text dump: what the inspector shows of the page itself.

    An lxml element is given back as it came, not copied. Raises what `extract` raises.
    """
    return _open(source, _Request(url, None, options, explained=False, deadline=NEVER), NEVER).tree


class _Request(NamedTuple):
    """What the caller asked for."""

    url: str | None
    memory: SiteMemory | None
    options: ExtractOptions
    explained: bool
    deadline: Deadline

    def until(self, share: float) -> Deadline:
        """When a step is to end: of a page that may be truncated by itself, at its share of the time."""
        truncates = self.options.limits.over == "truncate"
        return self.deadline.at(share, stops=True) if truncates else self.deadline


class _Opened(NamedTuple):
    """A source as a tree or, where it is a text dump, as text, and what is known of it.

    size: what the tree was parsed from, in bytes; 0 for the caller's own. most: elements of that one that may be read.
    """

    text: str
    tree: _Element | None
    url: str | None
    encoding: str | None = None
    as_of: str | None = None
    truncated: bool = False
    size: int = 0
    most: int | None = None


class _Read(NamedTuple):
    """What was read of a source, all of it plain: nothing holds its tree any more but the caller, if it is his."""

    outline: Outline
    head: meta.Head
    rulings: Rulings | None
    repairs: list[Repair]
    url: str | None
    encoding: str | None
    as_of: str | None
    truncated: bool
    size: int


def _extract(source: Source, request: _Request) -> Document:
    read = _read(_open(source, request, request.until(_PARSING)), request)
    if read.size >= _LARGE:
        give_back()
    document = _document(read, request)
    if read.outline.is_text or _is_essay(document):
        return document
    try:
        return _without_scripts(document, source, request)
    except OutOfTimeError:
        if request.options.limits.over == "raise":
            raise
        return replace(document, truncated=True)


def _deadline(url: str | None, options: ExtractOptions) -> Deadline:
    return Deadline.of(options.limits, subject=url)


def _is_essay(document: Document) -> bool:
    """Whether a page shows more than a notice or teaser."""
    texts = _own_texts(document)
    size = sum(map(len, texts)) + len(texts) - 1  # as lines of one text, which need not be put together
    return size >= _MIN_ESSAY and any(len(line) >= _MIN_PARAGRAPH for text in texts for line in text.split("\n"))


def _own_texts(document: Document) -> list[str]:
    """The essay's texts that are not links as a whole: a page that has nothing else lists other pages."""
    return [
        block.text
        for block in document.blocks
        if block.label is Label.BODY
        and block.text
        and (not block.spans or sum(span.end - span.start for span in block.links) < _MAX_LINKED * len(block.text))
    ]


def _without_scripts(document: Document, source: Source, request: _Request) -> Document:
    """The document of a page that shows next to no essay, read from what its scripts would show.

    Such pages are parsed a second time: three in a hundred, for which no other has to keep its tree.
    """
    request.deadline.check()
    opened = _open(source, request, request.deadline)
    tree = opened.tree
    if tree is None:
        return document
    if not document.text and next(tree.iter("noscript"), None) is not None:
        shown = _document(_read(opened, request, noscript=True), request)
        document = replace(shown, essay_source="noscript") if shown.text else document
    from declutter.stored import find_stored

    request.deadline.check()
    stored = find_stored(tree, title=document.title, deadline=request.deadline)
    least = _MIN_GAIN * sum(map(len, _own_texts(document)))
    if stored is None or stored.size < least:
        return document
    kept_in = tree.getroottree().getpath(stored.element)
    read = _read(opened, request, stored=(parse(stored.markup), kept_in))
    whole = _document(read._replace(head=read.head.knowing(stored.facts, stored.source)), request)
    if len(whole.text) < least:
        return document
    return replace(whole, essay_source=stored.source)


def _is_dump(text: str, request: _Request) -> bool:
    """Whether a text is to be read line by line; NotAPageError where it is neither dump nor page."""
    options = request.options
    if options.form == "auto" and (kind := data_in(text)):
        message = f"this is {kind}, not HTML or text; to read it all the same, say which (form, --as)"
        raise NotAPageError(message, subject=request.url)
    return options.form == "text" or (options.form == "auto" and not looks_like_html(text))


def _open(source: Source, request: _Request, deadline: Deadline) -> _Opened:
    """The source as a tree or a text. deadline: when that must have come to its end."""
    options, url = request.options, request.url
    if isinstance(source, str):
        text = fit(source, options.limits, subject=url)
        page = sound(text)
        tree = None if _is_dump(page, request) else parse(page, deadline)
        cut = text is not source or deadline.passed
        return _Opened(page if tree is None else "", tree, url, as_of=options.as_of, truncated=cut, size=len(page))
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
    if isinstance(source, _ElementTree):
        source = source.getroot()
    if isinstance(source, _Element):
        return _open_tree(source, request, deadline)
    if hasattr(source, "descendants"):  # a BeautifulSoup object, bs4 not imported to ask
        most = options.limits.max_elements + 1
        return _open_tree(from_soup(source, deadline, most=most), request, deadline)
    kind = type(source).__name__
    raise TypeError(f"extract() takes bytes, str, Page, a BeautifulSoup object or an lxml element, not {kind}")


def _open_tree(tree: _Element, request: _Request, deadline: Deadline) -> _Opened:
    limits, url = request.options.limits, request.url
    most = limits.max_elements if fit_tree(tree, limits, subject=url) else None
    cut = most is not None or deadline.passed
    return _Opened("", tree, url, as_of=request.options.as_of, truncated=cut, most=most)


def _open_bytes(
    body: bytes, request: _Request, deadline: Deadline, *, header: str | None, as_of: str | None
) -> _Opened:
    kind = not_a_page(body)
    if kind is None and request.options.encoding is None and is_binary(body):
        kind = "binary data"
    if kind:
        raise NotAPageError(f"this is {kind}, not HTML or text", subject=request.url)
    kept = fit(body, request.options.limits, subject=request.url)
    text, encoding, _, is_exact = decode(kept, given=request.options.encoding, header=header, subject=request.url)
    tree = None
    if not _is_dump(text, request):
        markup = kept if is_exact else encoded(text)
        text = ""  # one copy of the page at a time: beside the growing tree a second would stay as a gap
        tree = parse(markup, deadline)
    cut = kept is not body or deadline.passed
    return _Opened(text, tree, request.url, encoding, as_of, truncated=cut, size=len(kept))


def _read(
    opened: _Opened, request: _Request, *, noscript: bool = False, stored: tuple[_Element, str] | None = None
) -> _Read:
    """All that is wanted of a source's tree, with what `segment` is told to take for visible, too."""
    options, url, tree = request.options, opened.url, opened.tree
    reading, telling = request.until(_READING), request.until(_TELLING)
    elements: list[_Element | None] | None = None if options.rules is None else []
    if tree is None:
        outline = segment_text(opened.text, reading)
    else:
        outline = segment(tree, reading, noscript=noscript, stored=stored, elements=elements, most=opened.most)
    cut = fit_blocks(outline, options.limits, subject=url)
    outline.deadline = telling
    head = meta.EMPTY_HEAD if tree is None else meta.read_head(tree, url=url, deadline=telling)
    repairs: list[Repair] = []
    if options.repair:
        head, repairs = _repaired(outline, head)
    rulings = None
    if options.rules is not None:
        given = None if tree is None or elements is None else Tree(tree, elements)
        rulings = options.rules.rule(outline, given, url=url or head.address)
    truncated = cut or opened.truncated or reading.passed or telling.passed
    return _Read(outline, head, rulings, repairs, url, opened.encoding, opened.as_of, truncated, opened.size)


def _document(read: _Read, request: _Request) -> Document:
    """The document of what was read."""
    truncates = request.options.limits.over == "truncate"
    labelling = request.deadline.at(_LABELLING) if truncates else request.deadline
    outline, truncated = read.outline, read.truncated
    outline.deadline = labelling
    try:
        document = _labelled(read, request)
    except OutOfTimeError:
        if not truncates:
            raise
        outline.cut(
            blocks=max(_MIN_CUT_BLOCKS, len(outline.texts) // _CUT),
            characters=max(_MIN_CUT_TEXT, max(map(len, outline.texts), default=0) // _CUT),
        )
        if read.rulings is not None:
            read = read._replace(rulings=read.rulings.cut(len(outline.texts)))
        outline.deadline = NEVER
        document, truncated = _labelled(read, request), True
    return replace(
        document,
        encoding=read.encoding,
        truncated=truncated,
        repairs=_placed(read.repairs, document.blocks) if read.repairs else (),
    )


def _labelled(read: _Read, request: _Request) -> Document:
    deadline, outline, head, url, options = (
        read.outline.deadline, read.outline, read.head, read.url, request.options,
    )  # fmt: skip
    repeats = None if request.memory is None else request.memory.repeats(outline, url=url)
    verdicts = classify(
        outline,
        title=head.title,
        cues=options.cues,
        repeats=repeats,
        rulings=read.rulings,
        explained=request.explained,
    )
    deadline.check()
    blocks = make_blocks(outline, verdicts, base=head.base)
    if verdicts.ledger is not None:
        blocks = explain_blocks(blocks, verdicts.ledger)
    deadline.check()
    metadata = meta.complete(head, blocks, outline, as_of=read.as_of, url=url)
    deadline.check()
    return assemble(outline, verdicts, blocks, metadata, url=url, updates=head.updates, as_of=read.as_of)


def _repaired(outline: Outline, head: meta.Head) -> tuple[meta.Head, list[Repair]]:
    """Mend the outline and give the head mended, with what was mended in both."""
    from declutter.repair import repair_field, repair_outline

    repairs: list[Repair] = []
    head = head.mapped(lambda field, text: repair_field(field, text, repairs))
    spoken = [candidate.value for candidates in head.fields.values() for candidate in candidates]
    return head, [*dict.fromkeys(repairs), *repair_outline(outline, spoken=spoken)]


def _placed(repairs: Sequence[Repair], blocks: Sequence[Block]) -> tuple[Repair, ...]:
    """The repairs with the numbers of the document's blocks: pictures between them have moved the outline's."""
    indices = [block.index for block in blocks if block.kind is not Kind.IMAGE]
    return tuple(repair if repair.block is None else replace(repair, block=indices[repair.block]) for repair in repairs)
