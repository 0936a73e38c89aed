"""The essay as HTML: built with everything escaped, then sanitised, so that opening it runs nothing."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final

from declutter.model import Kind, SpanKind
from declutter.write.inline import Inline, Markup, nest
from declutter.write.safety import SAFE_SCHEMES, clean
from declutter.write.shape import Cell, Element, Leaf, Node, build, cells

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
}
_ALLOWED_TAGS: Final = {
    *(
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "p",
        "br",
        "ul",
        "ol",
        "li",
        "blockquote",
        "figure",
        "figcaption",
        "pre",
    ),
    *(
        "table",
        "caption",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "a",
        "img",
        "span",
        *_TAGS.values(),
    ),
}
_ALLOWED_ATTRIBUTES: Final = {
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "code": {"class"},
    "span": {"class"},
    "ol": {"start"},
    "li": {"value"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}


def render(blocks: Sequence[Block]) -> str:
    """The body blocks as an HTML fragment, an element a line; "" where there is no essay."""
    import nh3  # noqa: PLC0415 - most callers never ask for HTML

    written = "\n".join(_element(child) for child in build(blocks).children)
    return nh3.clean(
        written,
        tags=_ALLOWED_TAGS,
        attributes=_ALLOWED_ATTRIBUTES,
        url_schemes=set(SAFE_SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )


def _element(node: Node, *, tight: bool = False) -> str:
    if isinstance(node, Leaf):
        return _leaf(node, tight=tight)
    frame = node.frame
    if frame is None or frame.kind not in _ELEMENTS:
        return _table(node) if frame and frame.kind == "table" else _inside(node)
    tag = _ELEMENTS[frame.kind]
    attribute = ""
    if frame.number is not None:
        attribute = f' start="{frame.number}"' if frame.kind == "ordered" else f' value="{frame.number}"'
    inside = _inside(node, tight=frame.kind == "item" and _count_paragraphs(node) == 1)
    if frame.kind == "item":
        return f"<{tag}{attribute}>{inside}</{tag}>"
    if frame.kind in ("list", "ordered"):
        inside = "\n".join(_as_item(child) for child in node.children)
    return f"<{tag}{attribute}>\n{inside}\n</{tag}>"


def _as_item(node: Node) -> str:
    written = _element(node)
    return written if written.startswith("<li") else f"<li>{written}</li>"


def _count_paragraphs(node: Element) -> int:
    return sum(isinstance(child, Leaf) for child in node.children)


def _inside(node: Element, *, tight: bool = False) -> str:
    return "\n".join(_element(child, tight=tight) for child in node.children)


def _leaf(leaf: Leaf, *, tight: bool) -> str:
    if leaf.kind is Kind.CODE:
        code = escape(clean("\n".join(block.text for block in leaf.blocks)), quote=False)
        language = leaf.frame.language if leaf.frame else None
        attribute = f' class="language-{escape(language)}"' if language else ""
        # A parser drops one line end after <pre>.
        return f"<pre><code{attribute}>{code}</code></pre>"
    text = _lines(leaf.blocks)
    if leaf.kind is Kind.HEADING:
        level = min(max(leaf.level, 1), 6)
        return f"<h{level}>{text}</h{level}>"
    if leaf.kind is Kind.CAPTION and leaf.blocks[0].within and leaf.blocks[0].within[-1].kind == "figure":
        return f"<figcaption>{text}</figcaption>"
    return text if tight else f"<p>{text}</p>"


def _lines(blocks: Sequence[Block]) -> str:
    return "<br>\n".join(_inline(nest(block)) for block in blocks)


def _table(table: Element) -> str:
    found = cells(table)
    if found is None:
        return _inside(table)
    captions = "".join(
        f"<caption>{_lines(child.blocks)}</caption>\n" for child in table.children if isinstance(child, Leaf)
    )
    rows: dict[int, list[Cell]] = {}
    for cell in found:
        rows.setdefault(cell.row, []).append(cell)
    lines = ["".join(["<tr>", *(_cell(cell) for cell in row), "</tr>"]) for row in rows.values()]
    return "\n".join(["<table>", captions + "<tbody>", *lines, "</tbody>", "</table>"])


def _cell(cell: Cell) -> str:
    tag = "th" if cell.frame.header else "td"
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (
            ("colspan", cell.frame.colspan),
            ("rowspan", cell.frame.rowspan),
        )
        if count > 1
    )
    return f"<{tag}{spans}>{_inside(cell.content, tight=_count_paragraphs(cell.content) == 1)}</{tag}>"


def _inline(children: Sequence[Inline]) -> str:
    return "".join(escape(child, quote=False) if isinstance(child, str) else _markup(child) for child in children)


def _markup(markup: Markup) -> str:
    match markup.kind:
        case SpanKind.IMAGE:
            span = markup.span
            sizes = "".join(
                f' {name}="{size}"' for name, size in (("width", span.width), ("height", span.height)) if size
            )
            return f'<img src="{escape(markup.target)}" alt="{escape(clean(span.alt or ""))}"{sizes}>'
        case SpanKind.FORMULA:
            return f'<span class="math">\\({escape(clean(markup.target), quote=False)}\\)</span>'
        case SpanKind.LINK:
            return f'<a href="{escape(markup.target)}">{_inline(markup.children)}</a>'
    tag = _TAGS[markup.kind]
    return f"<{tag}>{_inline(markup.children)}</{tag}>"
