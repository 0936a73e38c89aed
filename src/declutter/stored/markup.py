"""Converts the rich text of content management systems to HTML: nodes with a type, which hold text or other nodes.

Reads HTML, Markdown and plain text, lists of paragraphs, Quill's deltas, and the trees of ProseMirror, Contentful,
Slate, Draft.js, Editor.js, Gutenberg, Portable Text, Lexical, Arc and React. Of unknown nodes, only the content is
read. Embeds and advertisements are left out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from html import escape, unescape
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.deadline import NEVER, Deadline
from declutter.stored.delta import delta_html
from declutter.stored.nodes import (
    INSIDE,
    TAGS,
    holds_blocks,
    kind_of,
    marked,
    name_of,
    picture_of,
    tag_of,
    target_of,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_HTML: Final = re.compile(
    r"</?(?:p|br|div|h[1-6]|ul|ol|li|blockquote|figure|span|a|strong|b|em|i|img|table|section|article)\b[^<>]{0,2000}>",
    re.IGNORECASE,
)
_BLOCK_HTML: Final = re.compile(r"\s*<(?:p|div|h[1-6]|ul|ol|blockquote|figure|table|section|article)\b", re.IGNORECASE)
_ESCAPED_HTML: Final = re.compile(r"&lt;/?(?:p|br|div|h[1-6]|ul|li)\b", re.IGNORECASE)
_REFERENCES: Final = ("__ref", "id")
_PICTURES: Final = frozenset({"image", "img", "photo", "figure", "picture"})
_BREAKS: Final = frozenset({"hardbreak", "br", "break", "linebreak"})
_LEFT_OUT: Final = re.compile(
    r"\b(?:ad|ads|advert\w*|newsletter\w*|related\w*|promo\w*|embed\w*|video\w*|widget\w*|script|style|button|interstitial|social\w*|"
    r"comments?|iframe|svg|nav)\b"
)
_TEXTS: Final = frozenset({"p", "pre", "figcaption", "strong", "em", "a", "sub", "sup"})
_CONTAINERS: Final = frozenset({"li", "blockquote", "td", "th"})
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
        kind = kind_of(node)
        if not kind and not any(name.partition("(")[0] in INSIDE for name in node):
            return ""
        return self._element(kind, node, depth=depth, inline=inline)

    def _element(self, kind: str, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        """A node as the HTML element of its type."""
        if _LEFT_OUT.search(" ".join(_WORDS.split(kind)).lower()) and kind.lower() not in TAGS:
            return ""
        name = name_of(kind)
        if name in _PICTURES and (picture := picture_of(node)):
            return picture
        if name in _BREAKS:
            return "<br>"
        tag = tag_of(kind, name, node)
        if inline and tag == "p":
            tag = ""
        runs_on = inline or tag in _TEXTS or tag[:1] == "h" or (tag in _CONTAINERS and not holds_blocks(node))
        inside = self._inside(node, depth=depth, inline=runs_on)
        if not inside.strip():
            return ""
        if (tag not in _CONTAINERS and _BLOCK_HTML.match(inside)) or inside.lstrip().startswith(f"<{tag}"):
            return inside  # the content has its own tags
        if not tag:
            return marked(inside, node) if inline else inside
        target = target_of(node) if tag == "a" else None
        attributes = f' href="{escape(target)}"' if target else ""
        return f"<{tag}{attributes}>{inside}</{tag}>"

    def _inside(self, node: Mapping[str, object], *, depth: int, inline: bool) -> str:
        """The content of the first field that has any."""
        by_name = {name.partition("(")[0]: held for name, held in node.items()}
        for name in INSIDE:
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
