"""The essay as CommonMark with GFM tables and strikethrough. A parser reads back the same text and structure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.model import Frame, Kind, SpanKind
from declutter.write.inline import Markup, plain
from declutter.write.markdown_inline import cell, heading, paragraph
from declutter.write.shape import Cell, Element, Leaf, Node, Rule, build, cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Block

_LANGUAGE: Final = re.compile(r"[\w+#.-]{1,40}")
_FENCES: Final = re.compile(r"`{3,}")
_LISTS: Final = frozenset({"list", "ordered"})
_BOXES: Final = {"☑ ": "[x] ", "☐ ": "[ ] "}  # task checkboxes, as segmentation writes them
_MAX_NUMBER: Final = 999_999_999  # CommonMark allows nine digits


def render(blocks: Sequence[Block]) -> str:
    """The body blocks as Markdown, without a final line end; "" if there is no essay."""
    return "\n".join(_flow(build(blocks)))


def _flow(children: Sequence[Node]) -> list[str]:
    """The lines of consecutive elements, separated by blank lines."""
    lines: list[str] = []
    before: Node | None = None
    alternate = False
    for child in children:
        # Consecutive lists are read as one, unless the marker changes.
        alternate = not alternate and _is_list(child) and before is not None and _kind(before) == _kind(child)
        written = _element(child, alternate=alternate)
        if written:
            lines += ["", *written] if lines else written
            before = child
    return lines


def _kind(node: Node) -> str | None:
    return node.frame.kind if isinstance(node, Element) and node.frame else None


def _is_list(node: Node) -> bool:
    return _kind(node) in _LISTS


def _element(node: Node, *, alternate: bool) -> list[str]:
    if isinstance(node, Leaf):
        return _leaf(node)
    if isinstance(node, Rule):
        return ["---"]
    match _kind(node):
        case "list" | "ordered":
            return _list(node, alternate=alternate)
        case "quote":
            return [f"> {line}" if line else ">" for line in _flow(node.children)]
        case "table":
            return _table(node)
        case "terms":
            return _list(_as_list(node), alternate=alternate)
        case "note":
            return _note(node)
        case _:
            return _flow(node.children)


def _leaf(leaf: Leaf) -> list[str]:
    if leaf.kind is Kind.CODE:
        code = "\n".join(plain(line) for line in leaf.lines)
        fence = "`" * max(3, *(len(run) + 1 for run in _FENCES.findall(code)), 3)
        language = _LANGUAGE.match(leaf.frame.language or "") if leaf.frame else None
        return [fence + (language[0] if language else ""), *code.split("\n"), fence]
    if leaf.kind is Kind.HEADING:
        text = heading(leaf.lines)
        return [f"{'#' * min(leaf.level or 2, 6)} {text}"] if text else []
    return paragraph(leaf.lines)


def _note(note: Element) -> list[str]:
    """A footnote in the syntax of GitHub, pandoc and others; its paragraphs are indented."""
    first, *rest = _flow(note.children)
    number = note.frame.number if note.frame else None
    return [f"[^{number}]: {first}", *(f"    {line}" if line else "" for line in rest)]


def _as_list(terms: Element) -> Element:
    """A definition list as a list, because Markdown has none: each item is one or more terms and their definition."""
    items: list[Node] = []
    before = None
    for child in terms.children:
        kind = _kind(child)
        if not items or (kind == "term" and before != "term"):
            items.append(Element(Frame("item", -1), []))
        item = items[-1]
        if isinstance(item, Element):
            item.children += child.children if isinstance(child, Element) else [child]
        before = kind
    return Element(Frame("list", -1), items)


def _list(element: Element, *, alternate: bool) -> list[str]:
    ordered = element.frame is not None and element.frame.kind == "ordered"
    number = _start(element) if ordered else 0
    items = [_item(child) for child in element.children]
    tight = all(_is_tight(child) for child in element.children)
    lines: list[str] = []
    for item in items:
        if not item:
            continue
        marker = f"{number}{')' if alternate else '.'} " if ordered else "* " if alternate else "- "
        number = min(number + 1, _MAX_NUMBER)
        indent = " " * len(marker)
        if lines and not tight:
            lines.append("")
        rest = item[1:] if not tight else [line for line in item[1:] if line]
        box = _BOXES.get(item[0][:2], "")
        lines += [marker + box + item[0][2 if box else 0 :], *(indent + line if line else "" for line in rest)]
    return lines


def _item(node: Node) -> list[str]:
    return _flow(node.children) if isinstance(node, Element) and _kind(node) == "item" else _flow([node])


def _start(element: Element) -> int:
    """The number of the first item; 1 if there is none that Markdown can write."""
    first = element.children[0]
    frame = first.frame if isinstance(first, Element) else None
    number = frame.number if frame and frame.kind == "item" else None
    if number is None and element.frame:
        number = element.frame.number
    return number if number is not None and 0 <= number <= _MAX_NUMBER - len(element.children) else 1


def _is_tight(node: Node) -> bool:
    """Whether an item is one paragraph, with nested lists only if they can follow it without a blank line."""
    if not isinstance(node, Element):
        return isinstance(node, Leaf) and node.kind not in (Kind.CODE, Kind.HEADING)
    first, *rest = node.children
    return (
        isinstance(first, Leaf)
        and first.kind not in (Kind.CODE, Kind.HEADING)
        and len(rest) <= 1
        and all(
            isinstance(child, Element)
            and (_kind(child) == "list" or (_kind(child) == "ordered" and _start(child) == 1))
            and all(_is_tight(item) for item in child.children)
            for child in rest
        )
    )


def _table(table: Element) -> list[str]:
    """A GFM table, with blank cells where merged ones extend. A layout table is written as its content."""
    found = cells(table)
    if found is None:
        return _flow([part for child in table.children for part in _content(child)])
    captions = [child for child in table.children if isinstance(child, Leaf)]
    lines = _flow(captions)
    width = 1 + max(place.column for place in found)
    rows: list[list[str]] = [[""] * width for _ in range(1 + max(place.row for place in found))]
    for place in found:
        rows[place.row][place.column] = _cell(place)
    if not _has_header(found):
        rows.insert(0, [""] * width)  # GFM tables require a header
    rows.insert(1, ["---"] * width)
    return [
        *lines,
        *([""] if lines else []),
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _has_header(found: Sequence[Cell]) -> bool:
    """Whether the first row is a header: by its elements, or because all of it is bold."""
    first = [place for place in found if place.row == 0]
    lines = [line for place in first for leaf in place.content.leaves() for line in leaf.lines]
    return any(place.is_header for place in first) or all(
        len(line) == 1 and isinstance(line[0], Markup) and line[0].kind is SpanKind.STRONG for line in lines
    )


def _content(node: Node) -> Sequence[Node]:
    return node.children if isinstance(node, Element) and _kind(node) == "cell" else [node]


def _cell(found: Cell) -> str:
    return cell([line for leaf in found.content.leaves() for line in leaf.lines])
