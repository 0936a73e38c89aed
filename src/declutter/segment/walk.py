"""The walk over a page's tree: its blocks, and everything that later stages need from the elements, as plain values."""

from __future__ import annotations

from itertools import chain, islice
from typing import TYPE_CHECKING, Final

from declutter.deadline import NEVER, Deadline
from declutter.model import Kind, SpanKind
from declutter.outline import Field, Outline
from declutter.segment.cuts import CODE, FORMULA, LINK, PICTURE, Gathered, Link, Open, flusher
from declutter.segment.elements import READERS
from declutter.segment.formulas import Formula, pictured_formula, read_formula
from declutter.segment.generated import quotation_marks, reading_brackets, task_box
from declutter.segment.pictures import read_picture
from declutter.segment.verse import shows_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

# Bytes, because lxml would encode a str at every call, which is two thirds of its cost.
_CLASS, _ID, _TYPE, _HREF, _REL, _ANCHOR = b"class", b"id", b"type", b"href", b"rel", b"name"

_CODE_KIND: Final = Kind.CODE
_HEADING_KIND: Final = Kind.HEADING

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
_MARKS: Final = {
    "a": LINK,
    **dict.fromkeys(("b", "strong"), SpanKind.STRONG.value),
    **dict.fromkeys(("em", "i", "cite"), SpanKind.EMPHASIS.value),
    **dict.fromkeys(("code", "kbd", "samp", "tt"), CODE),
    **dict.fromkeys(("del", "s", "strike"), SpanKind.DELETED.value),
    "sub": SpanKind.SUB.value,
    "sup": SpanKind.SUP.value,
    "math": FORMULA,
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
_BLOCKS: Final = {tag: (tag, _KINDS.get(tag), READERS.get(tag)) for tag in BLOCK_TAGS}
"""By tag: itself, since one string for all its elements takes less memory and is compared by identity; the kind of its
text, None for that of its parent's; and what reads its attributes."""
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
_JOINED: Final = frozenset({"sub", "sup"})
_FLAT: Final = frozenset(_MARKS) - _JOINED - {"a", "math"}
"""Inline markup that says nothing new inside its own kind: `<b><strong>`."""


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
        self.classes: dict[str, str] = {}  # one string for all elements with the same classes, as for tags
        self.parts: list[str] = []
        # Inline markup, complete and still open: (kind, first part, data).
        self.marks: list[Gathered] = []
        self.open: list[Open] = []
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
        action_of, kind_of, block_of = self.actions.get, _KINDS.get, _BLOCKS.get
        same_class = self.classes.setdefault
        flush = flusher(outline, parts, marks, opened)
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
                    kind, start, data = opened.pop()
                    if len(parts) > start:
                        marks.append((kind, start, len(parts), data))
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
                tag, own_kind, read = block_of(tag) or (tag, None, None)
                add_kind(own_kind or kinds[owner])
                add_parent(owner)
                owner = len(tags)
                add_tag(tag)
                name, ident = node.get(_CLASS), node.get(_ID)
                if ident:
                    idents[owner] = ident
                    name = f"{name} {ident}" if name else ident
                elif name:
                    name = same_class(name, name)
                add_name("" if not name else name if len(name) <= _MAX_NAME else name[:_MAX_NAME])
                if read:
                    read(node, owner, outline)
                if elements is not None:
                    elements.append(node)
            elif action >= _SKIP:
                if tag == "script" and (node.get(_TYPE) or "").startswith("math/tex"):
                    marks.append((FORMULA, len(parts), len(parts), read_formula(node)))  # source of MathJax
                elif tag == "textarea" and action == _SKIP:
                    outline.fields.append(Field(owner, tag, ""))
                continue
            elif action == _MARK:
                if len(opened) >= _MAX_OPEN or (opened and tag in _FLAT and _is_open(_MARKS[tag], opened)):
                    doing[-1] = _INLINE
                elif tag == "a":
                    # Links without a space between them are separated by CSS: `<a>Home</a><a>News</a>`.
                    if (
                        marks
                        and parts
                        and marks[-1][2] == len(parts)
                        and marks[-1][0] == LINK
                        and kinds[owner] is not _CODE_KIND
                    ):
                        parts.append(" ")
                    opened.append((LINK, len(parts), _read_link(node, owner, idents)))
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
                    if not _is_repeated(formula, marks):
                        marks.append((FORMULA, len(parts), len(parts), formula))
                else:
                    linked = bool(opened) and opened[-1][0] == LINK
                    marks.append((PICTURE, len(parts), len(parts), read_picture(node, given, linked=linked)))
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
                if tag == "div" and shows_lines(node, outline.names[owner]):
                    outline.lined.add(owner)
                if (
                    sealed
                    and sealed == len(parts)
                    and tag not in _JOINED
                    and _parted(tag, parts[-1][-1], text[0])
                    and kinds[owner] is not _CODE_KIND
                    and all(kind not in (CODE, FORMULA) for kind, _, _ in opened)
                ):
                    parts.append(" ")
                parts.append(text)
            elif text and kinds[owner] is _CODE_KIND:
                parts.append(text)  # the indentation of a line
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


def _is_open(kind: str, opened: list[Open]) -> bool:
    return any(known == kind for known, _, _ in opened)


def _is_repeated(formula: Formula, marks: list[Gathered]) -> bool:
    """Whether an image shows the formula before it, for browsers without MathML, as in Wikipedia."""
    return bool(marks) and isinstance(before := marks[-1][3], Formula) and before.tex == formula.tex


def _parted(tag: str, last: str, first: str) -> bool:
    """Whether adjoining words at the boundary of two inline elements are separated by CSS only.

    Detected by a change to upper case or to digits: `<a>Weather</a><span>12</span>`, `<b>Health</b><i>May 2</i>`. A
    <time> is separate from any word: `<span>By Jane Roe</span><time>yesterday</time>`. tag: that of the second element.
    """
    if tag == "time" and last.isalnum() and first.isalnum():
        return True
    return (first.isupper() and (last.islower() or last.isdigit())) or (first.isdigit() and last.islower())


def _read_link(node: _Element, owner: int, idents: dict[int, str]) -> str | Link | None:
    """The link of an <a>: its target, if it has no name and is not one to a tag's page.

    One without a target names a place: the element around it.
    """
    target, relation = node.get(_HREF), node.get(_REL)
    if target is None and (anchor := node.get(_ANCHOR)):
        idents.setdefault(owner, anchor)
    name = node.get(_ID) or node.get(_ANCHOR) if target and "#" in target else None
    is_tag = relation is not None and "tag" in relation.split()
    return Link(target, is_tag, name) if is_tag or name is not None else target
