"""The essay as HTML, fully escaped and then sanitised, so that no part of it is executed."""

from __future__ import annotations

from html import escape
from itertools import groupby
from typing import TYPE_CHECKING, Final

from declutter.model import Kind, SpanKind
from declutter.write.inline import Inline, Markup, plain
from declutter.write.safety import SAFE_SCHEMES, clean, escaped
from declutter.write.shape import Cell, Element, Leaf, Node, Rule, build, cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.model import Block

_TAGS: Final = {
    SpanKind.STRONG: "strong",
    SpanKind.EMPHASIS: "em",
    SpanKind.CODE: "code",
    SpanKind.DELETED: "del",
    SpanKind.SUB: "sub",
    SpanKind.SUP: "sup",
}
_ELEMENTS: Final = {
    "list": "ul",
    "ordered": "ol",
    "item": "li",
    "quote": "blockquote",
    "figure": "figure",
    "terms": "dl",
    "term": "dt",
    "definition": "dd",
}
# Elements that may hold one paragraph without <p>, and elements that allow certain children only.
_CLOSE: Final = frozenset({"li", "dt", "dd"})
_CONTENT: Final = {"ul": "li", "ol": "li", "dl": "dd"}
_ALLOWED_TAGS: Final = frozenset(
    {
        *("h1", "h2", "h3", "h4", "h5", "h6", "p", "br", "hr", "div", "pre", "figcaption", "a", "img", "span"),
        *("table", "caption", "tbody", "tr", "th", "td"),
        *_ELEMENTS.values(),
        *_TAGS.values(),
    }
)
_ALLOWED_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "code": {"class"},
    "span": {"class"},
    "ol": {"start"},
    "div": {"id"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def render(blocks: Sequence[Block]) -> str:
    """The body blocks as an HTML fragment, one element per line; "" if there is no essay."""
    import nh3

    written = "\n".join(_element(child) for child in build(blocks))
    return nh3.clean(
        written,
        tags=set(_ALLOWED_TAGS),
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes=set(SAFE_SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def _element(node: Node, *, tight: bool = False) -> str:
    if isinstance(node, Leaf):
        return _leaf(node, tight=tight)
    if isinstance(node, Rule):
        return "<hr>"
    frame = node.frame
    kind = frame.kind if frame else ""
    if frame and kind == "note":
        return f'<div id="note-{frame.number}">{_inside(node)}</div>'
    if kind == "table":
        return _table(node)
    tag = _ELEMENTS.get(kind)
    if frame is None or tag is None:
        return _inside(node)
    if tag in _CONTENT:
        start = f' start="{frame.number}"' if frame.number is not None and tag == "ol" else ""
        inside = "\n".join(_member(child, _CONTENT[tag]) for child in node.children)
        return f"<{tag}{start}>\n{inside}\n</{tag}>"
    if tag in _CLOSE:
        return f"<{tag}>{_inside(node, tight=_is_close(node))}</{tag}>"
    return f"<{tag}>\n{_inside(node)}\n</{tag}>"


def _member(node: Node, tag: str) -> str:
    """A child of a list, wrapped in an item if the page has something else between the items."""
    written = _element(node)
    is_member = (
        isinstance(node, Element) and node.frame is not None and node.frame.kind in ("item", "term", "definition")
    )
    return written if is_member else f"<{tag}>{written}</{tag}>"


def _is_close(node: Element) -> bool:
    """Whether the first child is a paragraph and there is no other one, so that it needs no <p>."""
    return [isinstance(child, Leaf) for child in node.children].count(True) == 1 and isinstance(node.children[0], Leaf)


def _inside(node: Element, *, tight: bool = False) -> str:
    return "\n".join(_element(child, tight=tight) for child in node.children)


def _leaf(leaf: Leaf, *, tight: bool) -> str:
    if leaf.kind is Kind.CODE:
        code = escaped("\n".join(plain(line) for line in leaf.lines))
        language = leaf.frame.language if leaf.frame else None
        attribute = f' class="language-{escape(language)}"' if language else ""
        # HTML parsers drop one line feed after <pre>.
        return f"<pre><code{attribute}>{code}</code></pre>"
    text = _lines(leaf.lines)
    if leaf.kind is Kind.HEADING:
        level = min(leaf.level or 2, 6)
        return f"<h{level}>{text}</h{level}>"
    if leaf.kind is Kind.CAPTION and leaf.blocks[0].within and leaf.blocks[0].within[-1].kind == "figure":
        return f"<figcaption>{text}</figcaption>"
    return text if tight else f"<p>{text}</p>"


def _lines(lines: Sequence[Sequence[Inline]]) -> str:
    return "<br>\n".join(_inline(line) for line in lines)


def _table(table: Element) -> str:
    found = cells(table)
    if found is None:
        return _inside(table)
    captions = [f"<caption>{_lines(child.lines)}</caption>" for child in table.children if isinstance(child, Leaf)]
    taken = [0] * (1 + max(cell.column for cell in found))  # by column: the row up to which earlier cells extend
    rows = [_row(list(row), taken) for _, row in groupby(found, key=lambda cell: cell.row)]
    return "\n".join(["<table>", *captions[:1], "<tbody>", *rows, "</tbody>", "</table>"])


def _row(row: Sequence[Cell], taken: list[int]) -> str:
    """A row. A missing cell, not part of the essay, becomes a blank one, so that the others keep their columns."""
    written = ["<tr>"]
    column = 0
    for cell in row:
        written += ["<td></td>" for place in range(column, cell.column) if taken[place] <= cell.row]
        column = cell.column + cell.columns
        taken[cell.column : column] = [cell.row + cell.rows] * cell.columns
        tag = "th" if cell.is_header else "td"
        spans = (f' colspan="{cell.columns}"' if cell.columns > 1 else "") + (
            f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
        )
        content = _inside(cell.content, tight=_is_close(cell.content))
        written.append(f"<{tag}{spans}>{content}</{tag}>")
    return "".join([*written, "</tr>"])


def _lowered(children: Sequence[Inline]) -> list[Inline]:
    """The children of a footnote reference, without their own <sup>: the reference has one."""
    raised = (
        child.children if isinstance(child, Markup) and child.kind is SpanKind.SUP else [child] for child in children
    )
    return [child for part in raised for child in part]


def _inline(children: Sequence[Inline]) -> str:
    return "".join(escaped(child) if isinstance(child, str) else _markup(child) for child in children)


def _markup(markup: Markup) -> str:
    match markup.kind:
        case SpanKind.IMAGE:
            span = markup.span
            sizes = "".join(
                f' {name}="{size}"' for name, size in (("width", span.width), ("height", span.height)) if size
            )
            return f'<img src="{escape(markup.target)}" alt="{escape(clean(span.alt or ""))}"{sizes}>'
        case SpanKind.FORMULA:
            return f'<span class="math">\\({escaped(clean(markup.target))}\\)</span>'
        case SpanKind.NOTE:
            return f'<sup><a href="#note-{markup.target}">{_inline(_lowered(markup.children))}</a></sup>'
        case SpanKind.LINK:
            return f'<a href="{escape(markup.target)}">{_inline(markup.children)}</a>'
    tag = _TAGS[markup.kind]
    return f"<{tag}>{_inline(markup.children)}</{tag}>"
