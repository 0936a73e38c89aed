"""Converts the rich text of content management systems to HTML: nodes with a type, which hold text or other nodes.

Reads HTML, Markdown and plain text, lists of paragraphs, Quill's deltas, and the trees of ProseMirror, Contentful,
Slate, Draft.js, Editor.js, Gutenberg, Portable Text, Lexical, Arc and React. Of unknown nodes, only the content is
read. Embeds and advertisements are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from html import escape, unescape
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.deadline import NEVER, Deadline
from declutter.stored.delta import delta_html

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
    "data", "primary", "attrs", "props", "markdown", "articleBody", "root", "dangerouslySetInnerHTML", "__html",
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
_FORMATS: Final = {1: "bold", 2: "italic", 16: "code", 32: "sub", 64: "sup"}
"""Lexical's formats, which are bits of one number."""
_WORDS: Final = re.compile(r"[^\w-]+|(?<=[a-z])(?=[A-Z])|_")
# Markdown: headings, lists, quotes and fences at the start of a line, links, bold text.
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
"""Limit on the output, as a multiple of the state's values and characters. Some repetition is normal, because rich
texts are nested and each may be the article. Without a limit, references that double at each level would turn one
kilobyte into a text of a million nodes.
"""
_WATCHED: Final = 200  # nodes between two checks of the deadline
_MAX_ATTRIBUTE: Final = 2000


def _is_markdown(text: str) -> bool:
    """Whether a text of several paragraphs has several kinds of Markdown syntax, and is not HTML already."""
    if "\n\n" not in text or _BLOCK_HTML.match(text):
        return False
    return sum(len(marks) for mark in _MARKDOWN if (marks := list(islice(mark.finditer(text), 2)))) > 1


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Writer:
    """Writes rich texts as HTML, with a limit in proportion to the size of the state.

    cache: targets of `__ref`. deadline: raises LimitError past it.
    """

    def __init__(self, cache: Mapping[str, object], deadline: Deadline = NEVER) -> None:
        self._cache = cache
        self._deadline = deadline
        self._nodes, self._characters = _MIN_NODES, _MIN_CHARACTERS

    def expect(self, values: int, characters: int) -> None:
        """Raise the limit for a state with this many values, whose strings have this many characters."""
        self._nodes += _MAX_TIMES * values
        self._characters += _MAX_TIMES * characters

    def markup(self, value: object) -> str:
        """A stored rich text as HTML; "" for anything else."""
        return self.write(value, depth=0, inline=False)

    def write(self, value: object, *, depth: int, inline: bool) -> str:
        """Write a node, a list of nodes or a string. inline: inside a paragraph, where strings are not paragraphs."""
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
        if isinstance(ops := node.get("ops"), list):
            self._nodes -= len(ops)
            return delta_html(ops) if self._nodes >= 0 else ""
        kind = _kind(node)
        if not kind and not any(name.partition("(")[0] in _INSIDE for name in node):
            return ""
        return self._element(kind, node, depth=depth, inline=inline)

    def _element(self, kind: str, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        """A node as the HTML element of its type."""
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
            return inside  # the content has its own tags
        if not tag:
            return _marked(inside, node) if inline else inside
        target = _target(node) if tag == "a" else None
        attributes = f' href="{escape(target)}"' if target else ""
        return f"<{tag}{attributes}>{inside}</{tag}>"

    def _inside(self, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        """The content of the first field that has any."""
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
        """An entry of a list whose entries are not list item nodes."""
        written = self.write(item, depth=depth + 1, inline=True)
        return f"<li>{written}</li>" if written.strip() and not written.startswith("<li") else written


def _kind(node: Mapping[str, object]) -> str:
    """The node's type as written; for Portable Text, whose blocks all have the same type, the block's style."""
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
    """The HTML element for a node's type; "" if there is none."""
    if found := _HEADING.fullmatch(kind.lower().rpartition("/")[2]):
        return f"h{_NUMBERS.get(found[1], found[1])}"
    if name in _HEADINGS:
        places = (node, node.get("attrs"), node.get("data"), node.get("attributes"))
        levels = [str(place["level"]) for place in places if isinstance(place, dict) and place.get("level")]
        if not levels and isinstance(written := node.get("tag"), str):  # Lexical
            levels = [written[1:]]
        return f"h{levels[0]}" if levels and levels[0] in "123456" else "h2"
    tag = _TAGS.get(name)
    held = node.get("data")
    if tag == "ul":
        styles = node.get("style"), node.get("list_type"), held.get("style") if isinstance(held, dict) else ""
        return "ol" if "ordered" in styles or node.get("listType") == "number" else "ul"
    return name if tag == "" else tag or ""


def _holds_blocks(node: Mapping[str, object]) -> bool:
    """Whether a node's children are blocks such as paragraphs and lists, not runs of text."""
    children = next((held for name in _INSIDE if isinstance(held := node.get(name), list)), [])
    return any(
        isinstance(child, dict) and _tag(kind := _kind(child), _name(kind), child) in _APART for child in children
    )


def _marked(text: str, node: Mapping[str, object]) -> str:
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
        next((_target(mark) for mark in marks if isinstance(mark, dict)), None) if isinstance(marks, list) else None
    )
    return f'<a href="{escape(target)}">{text}</a>' if target else text


def _target(node: Mapping[str, object]) -> str | None:
    """The target of a link node."""
    places = [node, *(held for name in ("data", "attrs", "props", "mark") if isinstance(held := node.get(name), dict))]
    for place in places:
        for name in ("href", "url", "uri", "link"):
            held = place.get(name)
            if isinstance(held, str) and 0 < len(held) <= _MAX_ATTRIBUTE:
                return held
    return None


def _picture(node: Mapping[str, object]) -> str | None:
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


def _text(text: str, *, inline: bool) -> str:
    """A stored text as HTML: HTML unchanged, escaped HTML unescaped, Markdown converted, plain text split at lines."""
    if _ESCAPED_HTML.search(text):
        text = unescape(text)
    if not inline and len(text) <= _MAX_MARKDOWN and _is_markdown(text):
        return str(_markdown().render(text))
    if _HTML.search(text):
        return text
    if inline:
        return escape(text, quote=False)
    return "".join(f"<p>{escape(line.strip(), quote=False)}</p>" for line in text.splitlines() if line.strip())
