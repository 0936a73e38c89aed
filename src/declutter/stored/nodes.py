"""What a node of rich text is: its type, the HTML element for it, its emphasis, link or picture.

The names are those of all editors and content management systems that `declutter.stored.markup` reads.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Final

_TYPES: Final = (
    "type", "tag", "tagName", "nodeType", "_type", "blockName", "component", "__component", "kind", "element",
    "__typename", "slice_type", "name",
)  # fmt: skip
INSIDE: Final = (
    "children", "content", "contents", "content_elements", "text", "html", "innerHTML", "innerBlocks", "value", "body",
    "blocks", "elements", "items", "paragraphs", "nodes", "rendered", "json", "raw", "document", "rows", "cells",
    "data", "primary", "attrs", "props", "markdown", "articleBody", "root", "dangerouslySetInnerHTML", "__html",
)  # fmt: skip
"""Fields that may hold a node's content, the likeliest first."""
TAGS: Final = {
    **dict.fromkeys(("paragraph", "p", "text", "unstyled", "normal", "bodytext", "textblock", "para"), "p"),
    **dict.fromkeys(("blockquote", "quote", "pullquote", "pull-quote"), "blockquote"),
    **dict.fromkeys(("listitem", "li", "item", "unorderedlistitem", "orderedlistitem", "bullet", "number"), "li"),
    **dict.fromkeys(("bulletlist", "bulletedlist", "unorderedlist", "list", "ul"), "ul"),
    **dict.fromkeys(("orderedlist", "numberedlist", "ol"), "ol"),
    **dict.fromkeys(("code", "codeblock", "pre"), "pre"),
    **dict.fromkeys(("bold", "strong", "b"), "strong"),
    **dict.fromkeys(("italic", "em", "emphasis", "i"), "em"),
    **dict.fromkeys(("link", "hyperlink", "a", "anchor"), "a"),
    **dict.fromkeys(("table", "tr", "td", "th", "figcaption", "sub", "sup", "tbody", "thead"), ""),
    "tablerow": "tr", "tablecell": "td", "tableheader": "th",
}  # fmt: skip
"""The HTML element by type; "" where the type is its name."""
_HEADINGS: Final = frozenset({"heading", "header", "subheading", "subtitle", "subhead", "title"})
_HEADING: Final = re.compile(r"(?:h|heading|header)-?_?([1-6]|one|two|three|four|five|six)")
_NUMBERS: Final = {name: str(number) for number, name in enumerate("one two three four five six".split(), 1)}
_APART: Final = frozenset({"p", "li", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_MARKS: Final = {
    "bold": "strong",
    "strong": "strong",
    "italic": "em",
    "em": "em",
    "code": "code",
    "sub": "sub",
    "sup": "sup",
}
_FORMATS: Final = {1: "bold", 2: "italic", 16: "code", 32: "sub", 64: "sup"}
"""Lexical's formats, which are bits of one number."""
_MAX_ATTRIBUTE: Final = 2000


def kind_of(node: Mapping[str, object]) -> str:
    """The node's type as written; for Portable Text, whose blocks all have the same type, the block's style."""
    if node.get("_type") == "block":
        return "listitem" if node.get("listItem") else str(node.get("style") or "p")
    for name in _TYPES:
        held = node.get(name)
        if isinstance(held, str) and held:
            return held
    return ""


def name_of(kind: str) -> str:
    """A type without its namespace and punctuation: `core/list-item` is `listitem`."""
    return re.sub(r"[^a-z0-9]", "", kind.lower().rpartition("/")[2])


def tag_of(kind: str, name: str, node: Mapping[str, object]) -> str:
    """The HTML element for a node's type; "" if there is none."""
    if found := _HEADING.fullmatch(kind.lower().rpartition("/")[2]):
        return f"h{_NUMBERS.get(found[1], found[1])}"
    if name in _HEADINGS:
        places = (node, node.get("attrs"), node.get("data"), node.get("attributes"))
        levels = [str(place["level"]) for place in places if isinstance(place, dict) and place.get("level")]
        if not levels and isinstance(written := node.get("tag"), str):  # Lexical
            levels = [written[1:]]
        return f"h{levels[0]}" if levels and levels[0] in "123456" else "h2"
    tag = TAGS.get(name)
    held = node.get("data")
    if tag == "ul":
        styles = node.get("style"), node.get("list_type"), held.get("style") if isinstance(held, dict) else ""
        return "ol" if "ordered" in styles or node.get("listType") == "number" else "ul"
    return name if tag == "" else tag or ""


def holds_blocks(node: Mapping[str, object]) -> bool:
    """Whether a node's children are blocks such as paragraphs and lists, not runs of text."""
    children = next((held for name in INSIDE if isinstance(held := node.get(name), list)), [])
    return any(
        isinstance(child, dict) and tag_of(kind := kind_of(child), name_of(kind), child) in _APART for child in children
    )


def marked(text: str, node: Mapping[str, object]) -> str:
    """A run of text with the emphasis that its node names."""
    marks = node.get("marks")
    names = (
        [mark.get("type") if isinstance(mark, dict) else mark for mark in marks] if isinstance(marks, Sequence) else []
    )
    names += [name for name in ("bold", "italic", "code") if node.get(name) is True]
    if isinstance(bits := node.get("format"), int):
        names += [name for bit, name in _FORMATS.items() if bits & bit]
    for name in names:
        if isinstance(name, str) and (tag := _MARKS.get(name)):
            text = f"<{tag}>{text}</{tag}>"
    target = (
        next((target_of(mark) for mark in marks if isinstance(mark, dict)), None) if isinstance(marks, list) else None
    )
    return f'<a href="{escape(target)}">{text}</a>' if target else text


def target_of(node: Mapping[str, object]) -> str | None:
    """The target of a link node."""
    places = [node, *(held for name in ("data", "attrs", "props", "mark") if isinstance(held := node.get(name), dict))]
    for place in places:
        for name in ("href", "url", "uri", "link"):
            held = place.get(name)
            if isinstance(held, str) and 0 < len(held) <= _MAX_ATTRIBUTE:
                return held
    return None


def picture_of(node: Mapping[str, object]) -> str | None:
    """An image node as a figure with its caption; None if it has no URL."""
    places = [node]
    for name in ("image", "attrs", "data", "file", "asset", "fields", "props", "attributes"):
        places += [held for place in tuple(places) if isinstance(held := place.get(name), dict)]
    address = next(
        (a for place in places for name in ("src", "url", "href") if isinstance(a := place.get(name), str)), None
    )
    if not address or len(address) > _MAX_ATTRIBUTE:
        return None
    texts = {
        name: next((text for place in places if isinstance(text := place.get(name), str)), "")
        for name in ("alt", "caption")
    }
    caption = f"<figcaption>{texts['caption']}</figcaption>" if texts["caption"] else ""
    return f'<figure><img src="{escape(address)}" alt="{escape(texts["alt"])}">{caption}</figure>'
