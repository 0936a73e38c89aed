"""Converts Quill's deltas to HTML: runs of text, where the attributes of a line end tell what its line is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Final

_MARKS: Final = {"bold": "strong", "italic": "em", "code": "code", "strike": "del"}
_LISTS: Final = {"ordered": "ol", "bullet": "ul"}


def delta_html(ops: Sequence[object]) -> str:
    """The operations of a delta as HTML; embeds are left out."""
    lines: list[tuple[str, str]] = []  # the element of a line, and its text
    runs: list[str] = []
    for op in ops:
        if not isinstance(op, Mapping) or not isinstance(text := op.get("insert"), str):
            continue
        given = op.get("attributes")
        attributes = given if isinstance(given, Mapping) else {}
        first, *others = text.split("\n")
        runs.append(_run(first, attributes))
        for other in others:
            lines.append((_tag(attributes), "".join(runs)))
            runs = [_run(other, attributes)]
    lines.append(("p", "".join(runs)))
    return "".join(_joined(tag, [text for _, text in group]) for tag, group in groupby(lines, key=lambda line: line[0]))


def _run(text: str, attributes: Mapping[str, object]) -> str:
    written = escape(text, quote=False)
    for name, tag in _MARKS.items():
        if written and attributes.get(name):
            written = f"<{tag}>{written}</{tag}>"
    target = attributes.get("link")
    return f'<a href="{escape(target)}">{written}</a>' if written and isinstance(target, str) else written


def _tag(attributes: Mapping[str, object]) -> str:
    """The element of the line that a line end with these attributes closes."""
    level = attributes.get("header")
    if isinstance(level, int) and 1 <= level <= 6:  # noqa: PLR2004 - h1 to h6
        return f"h{level}"
    if attributes.get("blockquote"):
        return "blockquote"
    if attributes.get("code-block"):
        return "pre"
    return _LISTS.get(str(attributes.get("list")), "p")


def _joined(tag: str, texts: Sequence[str]) -> str:
    """Consecutive lines of one kind. Those of lists and code share an element."""
    if tag == "pre":
        return "<pre>{}</pre>".format("\n".join(texts))
    texts = [text for text in texts if text.strip()]
    if tag in ("ol", "ul"):
        return f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>" if texts else ""
    return "".join(f"<{tag}>{text}</{tag}>" for text in texts)
