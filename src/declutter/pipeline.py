"""The pipeline: decode, parse, segment, classify, assemble. The only module that knows the order of the stages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import structs

from declutter import metadata as meta
from declutter.assemble import assemble, explain_blocks, make_blocks
from declutter.classify import classify
from declutter.deadline import NEVER
from declutter.errors import OutOfTimeError
from declutter.model import Document, Kind, Repair
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.parse import parse
from declutter.parse.heap import give_back
from declutter.parse.limits import fit_blocks
from declutter.rulings import Tree
from declutter.segment import segment, segment_text
from declutter.shown_essay import is_essay, own_texts
from declutter.source import Opened, Request, open_source
from declutter.vocabulary import speaking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from declutter.memory import SiteMemory
    from declutter.model import Block
    from declutter.outline import Outline
    from declutter.rulings import Rulings
    from declutter.source import Source

_MIN_GAIN: Final = 2
"""A stored article must have this many times the text that the page shows: many pages repeat some of theirs."""

_LARGE: Final = 1_000_000
"""Bytes of a page from which the memory of its tree is returned to the system at once. Allocating it again takes a
small part of the time of such a page."""

_PARSING: Final = 0.2
_READING: Final = 0.3
_TELLING: Final = 0.45
_LABELLING: Final = 0.7
"""Shares of the time limit of a page that may be truncated: when parsing, reading the tree and its head, and labelling
must end. If labelling does not, the outline is cut to a fiftieth, and labelled in the remaining time."""
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
    """Extract a page. Pure computation: no network, no state between calls, no clock unless `Limits.seconds` is set.

    source: the page itself as bytes, str, Page, BeautifulSoup object, lxml element or tree (which are not modified).
        For a path or URL see `read`.
    url: the page's URL; makes links absolute. A Page brings its own, and the time it was fetched. So does a page that
        a browser saved, as far as it says: MHTML, a Safari web archive, HTML with a comment such as `saved from url=`.
    memory: what the pages of the site have in common, see SiteMemory.

    A page without an essay gives a Document with empty text.

    Raises NotAPageError for binary content, feeds and JSON, InputError for a damaged MHTML file or Safari web
    archive, DecodeError for an unknown `options.encoding`, RulesError for malformed `options.cues`, LimitError if the
    page exceeds a limit, TypeError for arguments of other types.
    """
    request = Request.of(url, memory, options, explained=False)
    with speaking(options.cues):
        return _extract(source, request)


def explain(
    source: Source,
    *,
    url: str | None = None,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
) -> Document:
    """Extract a page as `extract` does, and give each block its evidence and the runner-up label."""
    request = Request.of(url, memory, options, explained=True)
    with speaking(options.cues):
        return _extract(source, request)


def outline_of(
    source: Source, *, url: str | None, options: ExtractOptions, elements: list[_Element | None] | None = None
) -> tuple[Outline, str | None]:
    """A page's outline and its URL: what SiteMemory learns from. Raises what `extract` raises.

    elements: a list to fill with the elements of its tree by their numbers, see `segment`.
    """
    request = Request.of(url, None, options, explained=False)
    deadline = request.deadline
    opened = open_source(source, request, deadline)
    if opened.tree is None:
        outline = segment_text(opened.text, deadline)
    else:
        outline = segment(opened.tree, deadline, elements=elements, most=opened.most)
    outline.deadline = deadline
    fit_blocks(outline, options.limits, subject=opened.url)
    return outline, opened.url


def tree_of(source: Source, *, url: str | None, options: ExtractOptions) -> _Element | None:
    """A page's tree as it is segmented; None for a text dump. The inspector shows it.

    An lxml element is returned itself, not a copy. Raises what `extract` raises.
    """
    return open_source(source, Request(url, None, options, explained=False, deadline=NEVER), NEVER).tree


class _Read(NamedTuple):
    """Everything read from a source, as plain values, so that its tree can be freed."""

    outline: Outline
    head: meta.Head
    rulings: Rulings | None
    repairs: list[Repair]
    url: str | None
    encoding: str | None
    as_of: str | None
    truncated: bool
    size: int


def _extract(source: Source, request: Request) -> Document:
    read = _read(open_source(source, request, request.until(_PARSING)), request)
    if read.size >= _LARGE:
        give_back()
    document = _document(read, request)
    if read.outline.is_text or is_essay(document):
        return document
    try:
        return _without_scripts(document, source, request)
    except OutOfTimeError:
        if request.options.limits.over == "raise":
            raise
        return structs.replace(document, truncated=True)


def _without_scripts(document: Document, source: Source, request: Request) -> Document:
    """The document of a page that shows hardly any essay, read from what its scripts would show.

    Such pages, three in a hundred, are parsed a second time, so that the others need not keep their trees.
    """
    request.deadline.check()
    opened = open_source(source, request, request.deadline)
    tree = opened.tree
    if tree is None:
        return document
    if not document.text and next(tree.iter("noscript"), None) is not None:
        shown = _document(_read(opened, request, noscript=True), request)
        document = structs.replace(shown, essay_source="noscript") if shown.text else document
    from declutter.stored import find_stored

    request.deadline.check()
    stored = find_stored(tree, title=document.title, deadline=request.deadline)
    least = _MIN_GAIN * sum(map(len, own_texts(document)))
    if stored is None or stored.size < least:
        return document
    kept_in = tree.getroottree().getpath(stored.element)
    read = _read(opened, request, stored=(parse(stored.markup), kept_in))
    whole = _document(read._replace(head=read.head.knowing(stored.facts, stored.source)), request)
    if len(whole.text) < least:
        return document
    return structs.replace(whole, essay_source=stored.source)


def _read(
    opened: Opened, request: Request, *, noscript: bool = False, stored: tuple[_Element, str] | None = None
) -> _Read:
    """Read everything needed from a source's tree. noscript, stored: see `segment`."""
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


def _document(read: _Read, request: Request) -> Document:
    """Make the document."""
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
    return structs.replace(
        document,
        encoding=read.encoding,
        truncated=truncated,
        repairs=_placed(read.repairs, document.blocks) if read.repairs else (),
    )


def _labelled(read: _Read, request: Request) -> Document:
    outline, head, url = read.outline, read.head, read.url
    deadline = outline.deadline
    repeats = None if request.memory is None else request.memory.repeats(outline, url=url)
    verdicts = classify(
        outline,
        title=head.title,
        authors=head.authors,
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
    """Repair the outline, and return the repaired head and all repairs."""
    from declutter.repair import repair_field, repair_outline

    repairs: list[Repair] = []
    head = head.mapped(lambda field, text: repair_field(field, text, repairs))
    spoken = [candidate.value for candidates in head.fields.values() for candidate in candidates]
    return head, [*dict.fromkeys(repairs), *repair_outline(outline, spoken=spoken)]


def _placed(repairs: Sequence[Repair], blocks: Sequence[Block]) -> tuple[Repair, ...]:
    """The repairs with indices of the document's blocks, which also count pictures."""
    indices = [block.index for block in blocks if block.kind is not Kind.IMAGE]
    return tuple(
        repair if repair.block is None else structs.replace(repair, block=indices[repair.block]) for repair in repairs
    )
