"""Converts rich text of content management systems to HTML. Its nodes have a type, and hold texts or other nodes.

Read are HTML, Markdown and plain text, lists of paragraphs, and the trees of ProseMirror, Contentful, Slate, Draft.js,
Editor.js, Gutenberg, Portable Text, Arc and React. What is not known is read for what it holds; embeds and
advertisements are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape, unescape
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.deadline import NEVER, Deadline

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HTML: Final = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|figure|span|a|strong|b|em|i|img|table|section|article)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BLOCK_HTML: Final = re.compile(r"\s*<(?:p|div|h[1-6]|ul|ol|blockquote|figure|table|section|article)\b", re.IGNORECASE)
_ESCAPED_HTML: Final = re.compile(r"&lt;/?(?:p|br|div|h[1-6]|ul|li)\b", re.IGNORECASE)
_TYPES: Final = (
    "type", "tag", "tagName", "nodeType", "_type", "blockName", "component", "__component", "kind", "element",
    "__typename", "slice_type", "name",
)  # fmt: skip
_INSIDE: Final = (
    "children", "content", "contents", "content_elements", "text", "html", "innerHTML", "innerBlocks", "value", "body",
    "blocks", "elements", "items", "paragraphs", "nodes", "rendered", "json", "raw", "document", "rows", "cells",
    "data", "primary", "attrs", "props", "markdown", "articleBody",
)  # fmt: skip
_REFERENCES: Final = ("__ref", "id")
_TAGS: Final = {
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
_HEADINGS: Final = frozenset({"heading", "header", "subheading", "subtitle", "subhead", "title"})
_HEADING: Final = re.compile(r"(?:h|heading|header)-?_?([1-6]|one|two|three|four|five|six)")
_NUMBERS: Final = {name: str(number) for number, name in enumerate("one two three four five six".split(), 1)}
_PICTURES: Final = frozenset({"image", "img", "photo", "figure", "picture"})
_BREAKS: Final = frozenset({"hardbreak", "br", "break", "linebreak"})
_LEFT_OUT: Final = re.compile(
    r"\b(?:ad|ads|advert\w*|newsletter\w*|related\w*|promo\w*|embed\w*|video\w*|widget\w*|script|style|button|interstitial|social\w*|"
    r"comments?|iframe|svg|nav)\b"
)
_TEXTS: Final = frozenset({"p", "pre", "figcaption", "strong", "em", "a", "sub", "sup"})
_CONTAINERS: Final = frozenset({"li", "blockquote", "td", "th"})
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
_WORDS: Final = re.compile(r"[^\w-]+|(?<=[a-z])(?=[A-Z])|_")
# Of Markdown: headings, lists, quotes and fences at a line's start, links, strong words.
_MARKDOWN: Final = (
    re.compile(r"^\#{1,6} \S", re.MULTILINE),
    re.compile(r"^ {0,3}(?:[-*+]|\d{1,3}\.) \S", re.MULTILINE),
    re.compile(r"^(?:> ?\S|```|~~~)", re.MULTILINE),
    re.compile(r"\]\((?:https?:|/|\#)[^()\s]{0,2000}"),
    re.compile(r"\*\*[^*\s][^*\n]{0,200}\*\*"),
)
_MAX_MARKDOWN: Final = 500_000
_MAX_DEPTH: Final = 60
_MIN_NODES: Final = 1000
_MIN_CHARACTERS: Final = 100_000
_MAX_TIMES: Final = 8
"""How often the values of a state may be written in all, on average: rich texts stand in each other, and each may be
the article. References that refer to others twice over would make a text of a million nodes of one kilobyte."""
_WATCHED: Final = 200  # nodes between two looks at the clock
_MAX_ATTRIBUTE: Final = 2000


def _is_markdown(text: str) -> bool:
    """Whether a text of paragraphs bears several of Markdown's marks, and is not HTML already."""
    if "\n\n" not in text or _BLOCK_HTML.match(text):
        return False
    return sum(len(marks) for mark in _MARKDOWN if (marks := list(islice(mark.finditer(text), 2)))) > 1


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Writer:
    """Writes rich texts as HTML, as much as is in proportion to the values it may be asked for.

    cache: what `__ref` refers to. deadline: raises LimitError past it.
    """

    def __init__(self, cache: Mapping[str, object], deadline: Deadline = NEVER) -> None:
        self._cache = cache
        self._deadline = deadline
        self._nodes, self._characters = _MIN_NODES, _MIN_CHARACTERS

    def expect(self, values: int, characters: int) -> None:
        """Allow for a state of so many values, whose texts have so many characters."""
        self._nodes += _MAX_TIMES * values
        self._characters += _MAX_TIMES * characters

    def markup(self, value: object) -> str:
        """A stored rich text as HTML; "" for what is none."""
        return self.write(value, depth=0, inline=False)

    def write(self, value: object, *, depth: int, inline: bool) -> str:
        """A node, a list of nodes or a text. inline: inside a paragraph, where a text is no paragraph of its own."""
        self._nodes -= 1
        if depth > _MAX_DEPTH or self._nodes < 0:
            return ""
        if self._nodes % _WATCHED == 0:
            self._deadline.check()
        if isinstance(value, str):
            self._characters -= len(value)
            return _text(value, inline=inline) if self._characters >= 0 else ""
        if isinstance(value, list):
            if len(value) > 3 and value[0] == "$" and isinstance(value[3], dict):  # noqa: PLR2004 - React: $, tag, key, props
                return self._element(str(value[1]), value[3], depth=depth, inline=inline)
            return "".join(self.write(inner, depth=depth + 1, inline=inline) for inner in value)
        if isinstance(value, dict):
            return self._node(self._resolved(value), depth=depth, inline=inline)
        return ""

    def _resolved(self, node: Mapping[str, object]) -> Mapping[str, object]:
        for name in _REFERENCES:
            key = node.get(name)
            if isinstance(key, str) and len(node) <= 4 and isinstance(held := self._cache.get(key), dict):  # noqa: PLR2004 - type, id, generated, typename
                return held
        return node

    def _node(self, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        kind = _kind(node)
        if not kind and not any(name.partition("(")[0] in _INSIDE for name in node):
            return ""
        return self._element(kind, node, depth=depth, inline=inline)

    def _element(self, kind: str, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        """A node by its type."""
        if _LEFT_OUT.search(" ".join(_WORDS.split(kind)).lower()) and kind.lower() not in _TAGS:
            return ""
        name = _name(kind)
        if name in _PICTURES and (picture := _picture(node)):
            return picture
        if name in _BREAKS:
            return "<br>"
        tag = _tag(kind, name, node)
        if inline and tag == "p":
            tag = ""
        runs_on = inline or tag in _TEXTS or tag[:1] == "h" or (tag in _CONTAINERS and not _holds_blocks(node))
        inside = self._inside(node, depth=depth, inline=runs_on)
        if not inside.strip():
            return ""
        if (tag not in _CONTAINERS and _BLOCK_HTML.match(inside)) or inside.lstrip().startswith(f"<{tag}"):
            return inside  # it brings its own tags
        if not tag:
            return _marked(inside, node) if inline else inside
        target = _target(node) if tag == "a" else None
        attributes = f' href="{escape(target)}"' if target else ""
        return f"<{tag}{attributes}>{inside}</{tag}>"

    def _inside(self, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        """What the first of a node's fields holds that holds anything."""
        by_name = {name.partition("(")[0]: held for name, held in node.items()}
        for name in _INSIDE:
            held = by_name.get(name)
            if isinstance(held, str | list | dict) and held:
                if name == "items" and isinstance(held, list):
                    written = "".join(self._item(item, depth=depth) for item in held)
                else:
                    written = self.write(held, depth=depth + 1, inline=inline)
                if written.strip():
                    return written
        return ""

    def _item(self, item: object, *, depth: int) -> str:
        """An entry of a list that has no nodes of its own for them."""
        written = self.write(item, depth=depth + 1, inline=True)
        return f"<li>{written}</li>" if written.strip() and not written.startswith("<li") else written


def _kind(node: Mapping[str, object]) -> str:
    """A node's type as it calls it; the style of Portable Text's blocks, which are all of one type."""
    if node.get("_type") == "block":
        return "listitem" if node.get("listItem") else str(node.get("style") or "p")
    for name in _TYPES:
        held = node.get(name)
        if isinstance(held, str) and held:
            return held
    return ""


def _name(kind: str) -> str:
    """A type without its namespace and punctuation: `core/list-item` is `listitem`."""
    return re.sub(r"[^a-z0-9]", "", kind.lower().rpartition("/")[2])


def _tag(kind: str, name: str, node: Mapping[str, object]) -> str:
    """The HTML element of a node's type; "" for none of its own."""
    if found := _HEADING.fullmatch(kind.lower().rpartition("/")[2]):
        return f"h{_NUMBERS.get(found[1], found[1])}"
    if name in _HEADINGS:
        places = (node, node.get("attrs"), node.get("data"), node.get("attributes"))
        levels = [str(place["level"]) for place in places if isinstance(place, dict) and place.get("level")]
        return f"h{levels[0]}" if levels and levels[0] in "123456" else "h2"
    tag = _TAGS.get(name)
    held = node.get("data")
    if tag == "ul" and "ordered" in (
        node.get("style"),
        node.get("list_type"),
        held.get("style") if isinstance(held, dict) else "",
    ):
        return "ol"
    return name if tag == "" else tag or ""


def _holds_blocks(node: Mapping[str, object]) -> bool:
    """Whether a node's children are paragraphs, lists and such, not runs of characters."""
    children = next((held for name in _INSIDE if isinstance(held := node.get(name), list)), [])
    return any(
        isinstance(child, dict) and _tag(kind := _kind(child), _name(kind), child) in _APART for child in children
    )


def _marked(text: str, node: Mapping[str, object]) -> str:
    """A run of characters with the emphasis that its node names."""
    marks = node.get("marks")
    names = (
        [mark.get("type") if isinstance(mark, dict) else mark for mark in marks] if isinstance(marks, Sequence) else []
    )
    names += [name for name in ("bold", "italic", "code") if node.get(name) is True]
    for name in names:
        if isinstance(name, str) and (tag := _MARKS.get(name)):
            text = f"<{tag}>{text}</{tag}>"
    target = (
        next((_target(mark) for mark in marks if isinstance(mark, dict)), None) if isinstance(marks, list) else None
    )
    return f'<a href="{escape(target)}">{text}</a>' if target else text


def _target(node: Mapping[str, object]) -> str | None:
    """Where a link node leads."""
    places = [node, *(held for name in ("data", "attrs", "props", "mark") if isinstance(held := node.get(name), dict))]
    for place in places:
        for name in ("href", "url", "uri", "link"):
            held = place.get(name)
            if isinstance(held, str) and 0 < len(held) <= _MAX_ATTRIBUTE:
                return held
    return None


def _picture(node: Mapping[str, object]) -> str | None:
    """An image node as a figure with its caption; None if it names no address."""
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


def _text(text: str, *, inline: bool) -> str:
    """A stored text: HTML as it is, escaped HTML undone, Markdown as what it means, plain text by its lines."""
    if _ESCAPED_HTML.search(text):
        text = unescape(text)
    if not inline and len(text) <= _MAX_MARKDOWN and _is_markdown(text):
        return str(_markdown().render(text))
    if _HTML.search(text):
        return text
    if inline:
        return escape(text, quote=False)
    return "".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip())
