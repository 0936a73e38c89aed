"""The walk over a page's tree: its blocks, and everything that later stages need from the elements, as plain values."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final, TypeAlias

import msgspec

from declutter.deadline import NEVER, Deadline
from declutter.model import Kind, SpanKind
from declutter.outline import Field, LonePicture, Mark, Outline, Picture
from declutter.segment.elements import READERS
from declutter.segment.formulas import Formula, pictured_formula, read_formula
from declutter.segment.generated import quotation_marks, reading_brackets, task_box
from declutter.segment.pictures import read_picture
from declutter.segment.verse import verse_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

# Bytes, because lxml would encode a str at every call, which is two thirds of its cost.
_CLASS, _ID, _TYPE, _HREF, _REL = b"class", b"id", b"type", b"href", b"rel"

_CODE_KIND: Final = Kind.CODE
_HEADING_KIND: Final = Kind.HEADING
_LINK_SPAN: Final = SpanKind.LINK  # see Label

# What the walk does at a tag. Unlisted tags are inline, except custom elements (`<x-card>`), which are containers; but
# those of MathJax (`<mjx-c>`) are single letters. `head` is walked, because libxml2 puts an article there that follows
# the title without a <body> tag.
_INLINE, _BLOCK, _BREAK, _MARK, _IMAGE, _NOTE, _AROUND, _SKIP, _HIDDEN = range(9)

BLOCK_TAGS: Final = frozenset(
    "address article aside audio blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe legend li listing main "
    "marquee menu nav object ol optgroup p pre search section summary table tbody td tfoot th thead tr ul "
    "video xmp".split()
)
INVISIBLE_TAGS: Final = frozenset(
    "annotation annotation-xml applet base canvas datalist iframe link map meta noembed noframes noscript option param "
    "script select style "
    "svg template textarea title".split()
)
# Kinds of inline markup by name. With names instead of enum members, the collected tuples hold nothing for the garbage
# collector to follow, even when one text has a million siblings.
_LINK, _CODE, _FORMULA, _PICTURE = (
    kind.value for kind in (SpanKind.LINK, SpanKind.CODE, SpanKind.FORMULA, SpanKind.IMAGE)
)
_SPAN_KINDS: Final = {kind.value: kind for kind in SpanKind}
_MARKS: Final = {
    "a": _LINK,
    **dict.fromkeys(("b", "strong"), SpanKind.STRONG.value),
    **dict.fromkeys(("em", "i", "cite"), SpanKind.EMPHASIS.value),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), _CODE),
    **dict.fromkeys(("del", "s", "strike"), SpanKind.DELETED.value),
    "sub": SpanKind.SUB.value,
    "sup": SpanKind.SUP.value,
    "math": _FORMULA,
}
_MAX_NAME: Final = 2000
"""Maximum characters kept of an element's class and id. They are cached from page to page, so long ones would fill the
memory in a crawl. Utility-class frameworks reach a few hundred.
"""
_MAX_OPEN: Final = 32
"""Maximum depth of inline markup that is kept. No text of 1,487 pages has more than 12 levels; misnested elements on
hostile pages enclose every block that follows.
"""
_KINDS: Final = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), Kind.HEADING),
    **dict.fromkeys(("li", "dt", "dd"), Kind.ITEM),
    **dict.fromkeys(("pre", "listing", "xmp"), Kind.CODE),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    **dict.fromkeys(("figcaption", "caption"), Kind.CAPTION),
    "blockquote": Kind.QUOTE,
}
_ACTIONS: Final = {
    **dict.fromkeys(BLOCK_TAGS, _BLOCK),
    **dict.fromkeys(INVISIBLE_TAGS, _SKIP),
    **dict.fromkeys(_MARKS, _MARK),
    "br": _BREAK,
    "img": _IMAGE,
    "amp-img": _IMAGE,
    "time": _NOTE,
    "input": _NOTE,
    "q": _AROUND,
    "rt": _AROUND,
}


class _Link(msgspec.Struct, frozen=True, gc=False):
    """A link, as found by the walk; see Mark."""

    target: str | None
    is_tag: bool
    name: str | None


_JOINED: Final = frozenset({"sub", "sup"})
_PICTURES: Final = frozenset({_PICTURE, _FORMULA})
_Of: TypeAlias = _Link | Picture | Formula | None
"""The data of a piece of inline markup; None for emphasis, code, and pictures with nothing to show."""
_Gathered: TypeAlias = tuple[str, int, int, _Of]
"""Inline markup: name of its kind, first part, one past its last part, data."""


def segment(
    root: _Element,
    deadline: Deadline = NEVER,
    *,
    noscript: bool = False,
    stored: tuple[_Element, str] | None = None,
    elements: list[_Element | None] | None = None,
    most: int | None = None,
) -> Outline:
    """The blocks of a parsed page, in page order. Every visible text is in exactly one.

    noscript: treat the text of <noscript> as visible, for pages that have no essay without it.
    stored: an article from the page's hidden data, as a tree of its own, and the address of its source; its blocks come
    last.
    deadline: past it, raises LimitError or, if the deadline stops, leaves out the rest of the page.
    elements: a list to fill with the tree's elements by number, with None for the document, for callers that need more
    than the values in the outline.
    most: maximum number of nodes to read per top-level element.
    """
    walk = _Walk(_ACTIONS | {"noscript": _BLOCK} if noscript else _ACTIONS, deadline, elements)
    # In libxml2 2.14, text after </html> becomes siblings of the root.
    for top in deadline.watch(chain((root,), root.itersiblings())):
        if isinstance(top.tag, str):
            walk.run(top, most)
    if stored is not None:
        walk.outline.stored = (len(walk.outline.tags), stored[1])
        walk.run(stored[0])
    return walk.outline


class _Walk:
    """The state of one walk: the text collected since the last cut, and its inline markup."""

    def __init__(self, actions: dict[str, int], deadline: Deadline, elements: list[_Element | None] | None) -> None:
        self.actions = actions
        self.elements = elements
        if elements is not None:
            elements.append(None)
        self.deadline = deadline
        self.outline = Outline()
        self.parts: list[str] = []
        # Inline markup, complete and still open: (kind, first part, data).
        self.marks: list[_Gathered] = []
        self.open: list[tuple[str, int, _Of]] = []
        self.closers: list[str] = []  # text that a browser shows after each open element

    def run(self, top: _Element, most: int | None = None) -> None:  # noqa: C901, PLR0912, PLR0915 - a call a node would double its cost
        """Walk one top-level element in page order.

        Uses `iter()`, which yields starts only, at half the cost of start and end events: an element has ended when it
        is not the parent of the next one. White space before a block's first word is never collected, which avoids most
        cuts.
        """
        outline, parts, marks, opened, elements = self.outline, self.parts, self.marks, self.open, self.elements
        tags, parents, kinds, idents = outline.tags, outline.parents, outline.kinds, outline.idents
        add_tag, add_parent, add_kind, add_name = tags.append, parents.append, kinds.append, outline.names.append
        action_of, kind_of, reader_of = self.actions.get, _KINDS.get, READERS.get
        flush = _flusher(outline, parts, marks, opened)
        # The open elements, with the action at their starts. The bottom entry stands for the parent of the top: none.
        stack: list[_Element | None] = [None]
        doing = [_INLINE]
        owner = breaks = 0  # the open block-level element, and the number of <br> since its last text
        sealed = 0  # number of parts when an inline element closed, if nothing follows it yet
        for node in chain(islice(self.deadline.watch(top.iter()), most), (None,)):
            parent = None if node is None or node is top else node.getparent()
            while (closed := stack[-1]) is not parent:
                stack.pop()
                action = doing.pop()
                if action == _HIDDEN:  # inside an invisible element, tails are invisible too
                    continue
                if action == _BLOCK:
                    if parts or marks:
                        flush(owner, breaks)
                    breaks = 0
                    owner = parents[owner]
                elif action == _MARK:
                    kind, start, of = opened.pop()
                    if len(parts) > start:
                        marks.append((kind, start, len(parts), of))
                elif action == _AROUND and (closer := self.closers.pop()) and parts:
                    parts.append(closer)
                tail = closed.tail  # type: ignore[union-attr] # the bottom entry has no children
                if tail:
                    if parts or not tail.isspace():
                        parts.append(tail)
                elif action < _SKIP:
                    sealed = len(parts)
            if node is None:
                break
            tag = node.tag
            if doing[-1] >= _SKIP:
                action = _HIDDEN
            else:
                action = action_of(tag, _INLINE)
                if action == _INLINE:
                    if tag.__class__ is not str:  # a comment or processing instruction: only its tail is text
                        action = _SKIP
                    elif ("-" in tag and not tag.startswith("mjx-")) or (
                        kind_of(tags[owner]) is _HEADING_KIND and "editsection" in node.get(_CLASS, "")
                    ):
                        action = _BLOCK  # a wiki's edit link is inside the heading, but not part of it
            stack.append(node)
            doing.append(action)
            if action == _BLOCK:
                if parts or marks:
                    flush(owner, breaks)
                breaks = 0
                add_kind(kind_of(tag) or kinds[owner])
                add_parent(owner)
                owner = len(tags)
                add_tag(tag)
                name, ident = node.get(_CLASS), node.get(_ID)
                if ident:
                    idents[owner] = ident
                    name = f"{name} {ident}" if name else ident
                add_name("" if not name else name if len(name) <= _MAX_NAME else name[:_MAX_NAME])
                if read := reader_of(tag):
                    read(node, owner, outline)
                if elements is not None:
                    elements.append(node)
            elif action >= _SKIP:
                if tag == "script" and (node.get(_TYPE) or "").startswith("math/tex"):
                    marks.append((_FORMULA, len(parts), len(parts), read_formula(node)))  # source of MathJax
                elif tag == "textarea" and action == _SKIP:
                    outline.fields.append(Field(owner, tag, ""))
                continue
            elif action == _MARK:
                if len(opened) >= _MAX_OPEN:
                    doing[-1] = _INLINE
                elif tag == "a":
                    # Links without a space between them are separated by CSS: `<a>Home</a><a>News</a>`.
                    if (
                        marks
                        and parts
                        and marks[-1][2] == len(parts)
                        and marks[-1][0] == _LINK
                        and kinds[owner] is not _CODE_KIND
                    ):
                        parts.append(" ")
                    opened.append((_LINK, len(parts), _read_link(node)))
                else:
                    opened.append((_MARKS[tag], len(parts), read_formula(node) if tag == "math" else None))
            elif action == _BREAK:
                if kinds[owner] is _CODE_KIND:
                    parts.append("\n")
                else:
                    if parts or marks:
                        breaks = flush(owner, breaks)
                    breaks += 1
            elif action == _IMAGE:
                given: dict[str, str] = dict(node.items())  # type: ignore[arg-type] # one call for all attributes
                if formula := pictured_formula(given):
                    marks.append((_FORMULA, len(parts), len(parts), formula))
                else:
                    linked = bool(opened) and opened[-1][0] == _LINK
                    marks.append((_PICTURE, len(parts), len(parts), read_picture(node, given, linked=linked)))
            elif action == _AROUND:
                self.surround(node, tag, kinds[owner])
            elif action == _NOTE:
                if tag == "time":
                    outline.times.append((owner, node.get("datetime") or ""))
                else:
                    outline.fields.append(Field(owner, node.get(_TYPE) or "text", (node.get("name") or "").lower()))
                    if not parts and (box := task_box(node)):
                        parts.append(box)
            text = node.text
            if text and (parts or not text.isspace()):
                if (
                    sealed
                    and sealed == len(parts)
                    and tag not in _JOINED
                    and _parted(tag, parts[-1][-1], text[0])
                    and kinds[owner] is not _CODE_KIND
                    and all(kind not in (_CODE, _FORMULA) for kind, _, _ in opened)
                ):
                    parts.append(" ")
                parts.append(text)
        if parts or marks:
            flush(owner, breaks)

    def surround(self, node: _Element, tag: str, kind: Kind) -> None:
        """Add the text that a browser generates before an element, and keep the text generated after it."""
        if kind is _CODE_KIND:
            opener = closer = ""
        elif tag == "q":
            opener, closer = quotation_marks(node, len(self.closers))
        else:
            opener, closer = reading_brackets(node)
        if opener:
            self.parts.append(opener)
        self.closers.append(closer)


def _parted(tag: str, last: str, first: str) -> bool:
    """Whether adjoining words at the boundary of two inline elements are separated by CSS only.

    Detected by a change to upper case or to digits: `<a>Weather</a><span>12</span>`, `<b>Health</b><i>May 2</i>`. A
    <time> is separate from any word: `<span>By Jane Roe</span><time>yesterday</time>`. tag: that of the second element.
    """
    if tag == "time" and last.isalnum() and first.isalnum():
        return True
    return (first.isupper() and (last.islower() or last.isdigit())) or (first.isdigit() and last.islower())


def _flusher(
    outline: Outline, parts: list[str], marks: list[_Gathered], opened: list[tuple[str, int, _Of]]
) -> Callable[[int, int], int]:
    """Make the function that closes the block collected in parts and marks, if it has any text.

    Its arguments are the block's element and the number of <br> before it; it returns the number of <br> still to be
    recorded. Open inline markup continues in the next block. It is a closure per walk, because local look-ups are
    faster at every block.
    """
    kinds, texts, owners = outline.kinds, outline.texts, outline.owners
    add_text, add_owner, add_marks = texts.append, owners.append, outline.marks.append
    add_linked, add_soft = outline.linked.append, outline.softs.append
    lined = outline.lined

    def flush(owner: int, breaks: int) -> int:
        count = len(parts)
        if opened:
            _go_on(opened, marks, count)
        if lined and owner in lined:
            breaks = _add_lines(outline, owner, breaks, verse_lines(parts, marks))
            parts.clear()
            marks.clear()
            return breaks
        spans: tuple[Mark, ...] = ()
        linked = 0
        if not count:
            text = ""
        elif kinds[owner] is _CODE_KIND:
            text, spans, linked = _verbatim(parts, marks)
        elif not marks:
            text = " ".join(parts[0].split() if count == 1 else "".join(parts).split())
        elif count == 1 and len(marks) == 1 and marks[0][1] == 0 and marks[0][2] == 1:
            text = " ".join(parts[0].split())
            kind, _, _, of = marks[0]
            if text:
                spans = (_mark(text, 0, len(text), kind, of),)
                linked = len(text) if kind == _LINK else 0
        else:
            text, spans, linked = _fold(parts, marks)
        if text:
            add_soft(breaks == 1 and bool(owners) and owners[-1] == owner)
            add_text(text)
            add_owner(owner)
            add_marks(spans)
            add_linked(linked)
            breaks = 0
        elif marks:
            outline.images += _lone_pictures(marks, len(texts), owner)
        parts.clear()
        marks.clear()
        return breaks

    return flush


def _go_on(opened: list[tuple[str, int, _Of]], marks: list[_Gathered], count: int) -> None:
    """Add the open inline markup to that of a block of `count` parts; it continues in the next block."""
    for position, (kind, start, of) in enumerate(opened):
        if count > start:
            marks.append((kind, start, count, of))
        opened[position] = (kind, 0, of)


def _add_lines(outline: Outline, owner: int, breaks: int, lines: list[tuple[list[str], list[_Gathered]]]) -> int:
    """Add a block for each line of an element whose line breaks show. An empty line stands for a second <br>."""
    for line, marks in lines:
        text, spans, linked = _fold(line, marks)
        if text:
            outline.softs.append(breaks == 1 and bool(outline.owners) and outline.owners[-1] == owner)
            outline.texts.append(text)
            outline.owners.append(owner)
            outline.marks.append(spans)
            outline.linked.append(linked)
            breaks = 0
        elif marks:
            outline.images += _lone_pictures(marks, len(outline.texts), owner)
        breaks += 1
    return breaks - 1


def _lone_pictures(marks: list[_Gathered], before: int, owner: int) -> list[LonePicture]:
    return [LonePicture(before, owner, _mark("", 0, 0, kind, of)) for kind, _, _, of in marks if kind in _PICTURES]


def _read_link(node: _Element) -> _Link:
    target, relation = node.get(_HREF), node.get(_REL)
    name = node.get(_ID) or node.get("name") if target and target[0] == "#" else None
    return _Link(target, relation is not None and "tag" in relation.split(), name)


def _mark(text: str, start: int, end: int, kind: str, of: _Of) -> Mark:
    """A mark at a position of the text."""
    if isinstance(of, _Link):
        return Mark(start, end, _LINK_SPAN, of.target, of.is_tag, of.name)
    if of is None:
        return Mark(start, end, _SPAN_KINDS[kind])
    if isinstance(of, Formula):
        return of.mark(text, start, end)
    return Mark(start, end, SpanKind.IMAGE, picture=of)


def _verbatim(parts: list[str], marks: list[_Gathered]) -> tuple[str, tuple[Mark, ...], int]:
    """The text of code, with its white space kept except blank lines around it."""
    whole = "".join(parts)
    text = whole.strip("\r\n").rstrip()
    if not text.strip():
        return "", (), 0
    lead = len(whole) - len(whole.lstrip("\r\n"))
    offsets = [0]
    for part in parts:
        offsets.append(offsets[-1] + len(part))
    size = len(text)
    spans = []
    linked = 0
    for kind, first, past, of in marks:
        start, end = max(0, min(size, offsets[first] - lead)), max(0, min(size, offsets[past] - lead))
        if end > start:
            spans.append(_mark(text, start, end, kind, of))
            linked += end - start if kind == _LINK else 0
    return text, _in_order(spans), linked


def _fold(parts: list[str], marks: list[_Gathered]) -> tuple[str, tuple[Mark, ...], int]:
    """Fold white space, and map the positions of the markup to the folded text."""
    pieces: list[str] = []
    starts = []
    size = 0
    gap = False
    for part in parts:
        starts.append(size)
        words = part.split()
        if not words:
            gap = gap or bool(part)
            continue
        if size and (gap or part[0].isspace()):
            pieces.append(" ")
            size += 1
        piece = words[0] if len(words) == 1 else " ".join(words)
        pieces.append(piece)
        size += len(piece)
        gap = part[-1].isspace()
    starts.append(size)
    if not size:
        return "", (), 0
    text = "".join(pieces)
    spans = []
    linked = 0
    for kind, first, past, of in marks:
        start, end = starts[first], starts[past]
        if kind == _PICTURE or (kind == _FORMULA and first == past):
            if of is not None:
                spans.append(_mark(text, start, start, kind, of))
            continue
        if start < size and text[start] == " ":
            start += 1
        if end > start:
            spans.append(_mark(text, start, end, kind, of))
            if kind == _LINK:
                linked += end - start
    return text, _in_order(spans), linked


def _in_order(marks: list[Mark]) -> tuple[Mark, ...]:
    """The marks by start, the longest first among those with the same start.

    They close in this order unless they are nested, so the common case of a million marks needs no sort keys.
    """
    begun, ended = -1, 0
    for mark in marks:
        start, end = mark.start, mark.end
        if start < begun or (start == begun and end > ended):
            return tuple(sorted(marks, key=_by_place))
        begun, ended = start, end
    return tuple(marks)


def _by_place(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end
