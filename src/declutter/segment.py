"""Tree to blocks, in one walk: text is cut at block-level elements, at <br> and at table cells, and not below that."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from lxml import etree

from declutter.model import Kind, SpanKind
from declutter.outline import TEXT_LINE, LoneImage, Mark, Outline

if TYPE_CHECKING:
    from lxml.etree import _Element

# What the walk does at a tag. Tags that are not listed are inline, but for custom elements (`<x-card>`): containers.
_BLOCK, _SKIP, _BREAK, _MARK, _IMAGE = range(5)

BLOCK_TAGS: Final = frozenset(
    "address article aside audio blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li listing main "
    "marquee menu nav noframes object ol optgroup p pre search section summary table tbody td tfoot th thead tr ul "
    "video xmp".split()
)
INVISIBLE_TAGS: Final = frozenset(
    "applet canvas datalist embed head iframe map math-hidden meta noembed noscript option param script select style "
    "svg template textarea title".split()
)
_MARKS: Final = {
    "a": SpanKind.LINK,
    "b": SpanKind.STRONG,
    "strong": SpanKind.STRONG,
    "em": SpanKind.EMPHASIS,
    "i": SpanKind.EMPHASIS,
    "cite": SpanKind.EMPHASIS,
    "code": SpanKind.CODE,
    "kbd": SpanKind.CODE,
    "samp": SpanKind.CODE,
    "tt": SpanKind.CODE,
    "del": SpanKind.DELETED,
    "s": SpanKind.DELETED,
    "strike": SpanKind.DELETED,
    "sub": SpanKind.SUB,
    "sup": SpanKind.SUP,
    "math": SpanKind.FORMULA,
}
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
}


def segment_text(text: str) -> Outline:
    """The blocks of a text dump: one non-blank line, one block."""
    outline = Outline()
    outline.tags.append(TEXT_LINE)
    outline.parents.append(0)
    outline.kinds.append(Kind.LINE)
    outline.nodes.append(None)
    outline.ordinals.append(1)
    outline.ranks.append(1)
    for number, line in enumerate(text.splitlines(), 1):
        folded = " ".join(line.split())
        if folded:
            outline.texts.append(folded)
            outline.lines.append(number)
    count = len(outline.texts)
    outline.owners = [1] * count
    outline.linked = [0] * count
    outline.marks = [()] * count
    outline.softs = [False] * count
    return outline


def segment(root: _Element, *, noscript: bool = False) -> Outline:
    """The blocks of a parsed page, in page order: every visible text in exactly one.

    noscript: take the text of <noscript> for visible (for pages that have no essay without it).
    """
    walk = _Walk()
    actions = _ACTIONS | {"noscript": _BLOCK} if noscript else _ACTIONS
    # Text after </html> becomes siblings of the root in libxml2 2.14.
    for top in (root, *root.itersiblings()):
        if isinstance(top.tag, str):
            walk.run(top, actions)
    return walk.outline


class _Walk:
    """The state of one walk: the open block-level elements, and the text gathered since the last cut."""

    def __init__(self) -> None:
        self.outline = Outline()
        self.stack = [0]
        self.parts: list[str] = []
        # Inline markup: [kind, first part, past-the-last part or -1 while open, element].
        self.marks: list[tuple[SpanKind, int, int, _Element]] = []
        self.open: list[tuple[SpanKind, int, _Element]] = []
        self.breaks = 0
        self.last_owner = -1
        self.counts: dict[tuple[int, str], int] = {}
        self.rank: dict[str, int] = {}

    def run(self, top: _Element, actions: dict[str, int]) -> None:
        """Walk one top-level element. Kept in one function: a call a node would double the cost of the walk."""
        outline, stack, parts, counts, rank = self.outline, self.stack, self.parts, self.counts, self.rank
        tags, parents, kinds, nodes = outline.tags, outline.parents, outline.kinds, outline.nodes
        ordinals, ranks = outline.ordinals, outline.ranks
        action_of, flush = actions.get, self.flush
        walk = etree.iterwalk(top, events=("start", "end", "comment", "pi"))
        for event, node in walk:
            if event == "start":
                tag = node.tag
                action = action_of(tag)
                if action is None:
                    if "-" not in tag:
                        if node.text:
                            parts.append(node.text)
                        continue
                    action = _BLOCK
                if action == _BLOCK:
                    if parts or self.marks:
                        flush()
                    self.breaks = 0
                    parent = stack[-1]
                    key = (parent, tag)
                    ordinals.append(counts.get(key, 0) + 1)
                    counts[key] = ordinals[-1]
                    ranks.append(rank.get(tag, 0) + 1)
                    rank[tag] = ranks[-1]
                    stack.append(len(tags))
                    tags.append(tag)
                    parents.append(parent)
                    kinds.append(_KINDS.get(tag) or kinds[parent])
                    nodes.append(node)
                    if node.text:
                        parts.append(node.text)
                elif action == _MARK:
                    self.open.append((_MARKS[tag], len(parts), node))
                    if node.text:
                        parts.append(node.text)
                elif action == _BREAK:
                    if kinds[stack[-1]] is Kind.CODE:
                        parts.append("\n")
                    else:
                        if parts or self.marks:
                            flush()
                        self.breaks += 1
                elif action == _IMAGE:
                    self.marks.append((SpanKind.IMAGE, len(parts), len(parts), node))
                else:
                    walk.skip_subtree()
            elif event == "end":
                tag = node.tag
                action = action_of(tag)
                if action == _BLOCK or (action is None and "-" in tag):
                    if parts or self.marks:
                        flush()
                    self.breaks = 0
                    stack.pop()
                elif action == _MARK:
                    kind, start, element = self.open.pop()
                    if len(parts) > start:
                        self.marks.append((kind, start, len(parts), element))
                if node.tail and node is not top:
                    parts.append(node.tail)
            elif node.tail and node is not top:
                parts.append(node.tail)
        if parts or self.marks:
            flush()
        if top.tail:
            parts.append(top.tail)
            flush()

    def flush(self) -> None:
        """Close the block gathered so far, if it holds any text; inline markup still open goes on in the next one."""
        outline, parts, marks = self.outline, self.parts, self.marks
        count = len(parts)
        for position, (kind, start, element) in enumerate(self.open):
            if count > start:
                marks.append((kind, start, count, element))
            self.open[position] = (kind, 0, element)
        owner = self.stack[-1]
        if outline.kinds[owner] is Kind.CODE:
            text, spans, linked = _verbatim(parts, marks)
        elif marks:
            text, spans, linked = _fold(parts, marks)
        else:
            text, spans, linked = " ".join("".join(parts).split()), (), 0
        if text:
            outline.texts.append(text)
            outline.owners.append(owner)
            outline.marks.append(spans)
            outline.linked.append(linked)
            outline.softs.append(self.breaks == 1 and self.last_owner == owner)
            self.breaks = 0
            self.last_owner = owner
        elif marks:
            before = len(outline.texts)
            outline.images += [LoneImage(before, owner, mark[3]) for mark in marks if mark[0] is SpanKind.IMAGE]
        parts.clear()
        marks.clear()


def _verbatim(
    parts: list[str], marks: list[tuple[SpanKind, int, int, _Element]]
) -> tuple[str, tuple[Mark, ...], int]:
    """Code keeps its white space; only blank lines around it go."""
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
    for kind, first, past, element in marks:
        start, end = max(0, min(size, offsets[first] - lead)), max(0, min(size, offsets[past] - lead))
        if end > start:
            spans.append(Mark(start, end, kind, element))
            linked += end - start if kind is SpanKind.LINK else 0
    return text, tuple(sorted(spans, key=_by_place)), linked


def _fold(parts: list[str], marks: list[tuple[SpanKind, int, int, _Element]]) -> tuple[str, tuple[Mark, ...], int]:
    """Fold white space and carry the markup's places over to the folded text."""
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
    for kind, first, past, element in marks:
        start, end = starts[first], starts[past]
        if kind is SpanKind.IMAGE:
            spans.append(Mark(start, start, kind, element))
            continue
        if start < size and text[start] == " ":
            start += 1
        if end > start:
            spans.append(Mark(start, end, kind, element))
            if kind is SpanKind.LINK:
                linked += end - start
    if len(spans) > 1:
        spans.sort(key=_by_place)
    return text, tuple(spans), linked


def _by_place(mark: Mark) -> tuple[int, int]:
    return mark.start, -mark.end
