"""What readers see in the writers' output: Markdown by markdown-it, HTML by lxml, as one comparable structure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import unquote

from essays import Character, Code, Container, Paragraph, Part, Table, characters, comparable
from lxml.html import HtmlElement, fragment_fromstring
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from essays import Line

Structure: TypeAlias = tuple[Any, ...]

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
RULE: Structure = ("hr", None)
LINE_END: Character = ("\n", frozenset())
_TAGS = {"strong": "strong", "em": "emphasis", "del": "deleted", "sub": "sub", "sup": "sup"}
_MARKS = {"strong": "strong", "em": "emphasis", "s": "deleted"}


def address(target: str) -> str:
    """An address as a reader normalises it."""
    return unquote(PARSER.normalizeLink(target.replace(" ", "%20")))


def expected(essay: Sequence[Part]) -> list[Structure]:
    """The structure that a reader of the essay must see."""
    return [
        seen for part in essay for seen in (*[RULE] * (isinstance(part, Paragraph) and part.ruled), _expected(part))
    ]


def _expected(part: Part) -> Structure:
    match part:
        case Paragraph(lines, Kind.HEADING, level):
            return ("heading", level, _line(lines[0]))
        case Paragraph(lines):
            return (
                "paragraph",
                [seen for place, line in enumerate(lines) for seen in (*[LINE_END] * (place > 0), *_line(line))],
            )
        case Code(text, language):
            return ("code", language or "", text)
        case Table(rows):
            return ("table", [[_line(cell) for cell in row] for row in rows])
        case Container(kind, children, number):
            return (kind, number if kind == "ordered" else None, [_expected(child) for child in children])


def _line(line: Line) -> list[Character]:
    return [_normal(seen) for seen in characters(line)]


def _normal(seen: Character) -> Character:
    text, marks = seen
    if text.startswith("image "):
        target, alt = text.removeprefix("image ").split(" ", 1)
        if target == "/rel/a":
            target, alt = "/rel/a b", alt.removeprefix("b ")
        text = f"image {address(target)} {alt}"
    return text, frozenset(f"link {address(m[5:])}" if m.startswith("link ") else m for m in marks)


def read_markdown(markdown: str) -> list[Structure]:
    """The structure that markdown-it sees."""
    return [_block(node) for node in SyntaxTreeNode(PARSER.parse(markdown)).children]


def _block(node: SyntaxTreeNode) -> Structure:
    match node.type:
        case "heading":
            return ("heading", int(node.tag[1]), _inline(node.children[0]))
        case "paragraph":
            return ("paragraph", _inline(node.children[0]))
        case "fence":
            return ("code", node.info, node.content.removesuffix("\n"))
        case "blockquote":
            return ("quote", None, [_block(child) for child in node.children])
        case "bullet_list":
            return ("list", None, [_block(child) for child in node.children])
        case "ordered_list":
            return ("ordered", int(node.attrs.get("start", 1)), [_block(child) for child in node.children])
        case "list_item":
            return ("item", None, [_block(child) for child in node.children])
        case "table":
            rows = [
                [_inline(cell.children[0]) for cell in row.children] for part in node.children for row in part.children
            ]
            return ("table", rows if any(rows[0]) else rows[1:])
    return (node.type, node.content if node.type == "html_block" else None)


def _inline(node: SyntaxTreeNode) -> list[Character]:
    seen: list[Character] = []
    tags: list[str] = []

    def walk(node: SyntaxTreeNode, marks: frozenset[str]) -> None:
        over = marks | set(tags)
        match node.type:
            case "text":
                seen.extend(comparable(character, over) for character in node.content)
            case "code_inline":
                seen.extend(comparable(character, over | {"code"}) for character in node.content)
            case "hardbreak":
                seen.append(LINE_END)
            case "html_inline":
                tag = node.content.strip("</>")
                if tag == "br":
                    seen.append(LINE_END)
                elif node.content.startswith("</"):
                    tags.remove(_TAGS[tag])
                else:
                    tags.append(_TAGS[tag])
            case "image":
                alt = "".join(child.content for child in node.children)
                links = frozenset(mark for mark in over if mark.startswith("link"))
                seen.append((f"image {unquote(str(node.attrs['src']))} {alt}", links))
            case _:
                inside = (
                    {f"link {unquote(str(node.attrs['href']))}"}
                    if node.type == "link"
                    else {_MARKS.get(node.type, node.type)}
                )
                for child in node.children:
                    walk(child, marks | inside)

    for child in node.children:
        walk(child, frozenset())
    return seen


def read_html(html: str) -> list[Structure]:
    """The structure that lxml sees."""
    return _flow(fragment_fromstring(html, create_parent="div"))


_CONTAINERS = {"ul": "list", "ol": "ordered", "li": "item", "blockquote": "quote"}
_BLOCKS = frozenset({*_CONTAINERS, "h1", "h2", "h3", "h4", "h5", "h6", "p", "pre", "table", "hr"})


def _flow(parent: HtmlElement) -> list[Structure]:
    found: list[Structure] = []
    if not any(child.tag in _BLOCKS for child in parent):
        return [("paragraph", _seen(parent))]
    # A single paragraph stands bare in its item, before what else is in there.
    bare = fragment_fromstring("<p></p>")
    bare.text = parent.text
    while parent[0].tag not in _BLOCKS:
        bare.append(parent[0])
    if text := _seen(bare):
        line_end_before_the_next_element = text.pop() if text[-1] == LINE_END else None
        assert line_end_before_the_next_element == LINE_END
    if text:
        found.append(("paragraph", text))
    for child in parent:
        if child.tag in _CONTAINERS:
            number = int(child.get("start", "1")) if child.tag == "ol" else None
            found.append((_CONTAINERS[child.tag], number, _flow(child)))
        elif child.tag == "pre":
            found.append(("code", child[0].get("class", "").removeprefix("language-"), child[0].text))
        elif child.tag == "table":
            rows = [[_seen(cell) for cell in row] for row in child.iter("tr")]
            found.append(("table", rows))
        elif child.tag == "hr":
            found.append(RULE)
        elif child.tag == "p":
            found.append(("paragraph", _seen(child)))
        else:
            found.append(("heading", int(child.tag[1]), _seen(child)))
    return found


_HTML_MARKS = {**_TAGS, "code": "code"}


def _seen(parent: HtmlElement) -> list[Character]:
    seen: list[Character] = []

    def walk(node: HtmlElement, marks: frozenset[str]) -> None:
        seen.extend(comparable(character, marks) for character in node.text or "")
        for child in node:
            if child.tag == "br":
                seen.append(LINE_END)
            elif child.tag == "img":
                links = frozenset(mark for mark in marks if mark.startswith("link"))
                seen.append((f"image {address(child.get('src'))} {child.get('alt')}", links))
            else:
                mark = f"link {address(child.get('href'))}" if child.tag == "a" else _HTML_MARKS[child.tag]
                walk(child, marks | {mark})
            tail = child.tail or ""
            seen.extend(
                comparable(character, marks) for character in (tail.removeprefix("\n") if child.tag == "br" else tail)
            )

    walk(parent, frozenset())
    return seen
