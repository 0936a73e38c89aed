"""What is read of single block-level elements: numbers of lists, spans of cells, languages of code, breadcrumbs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from lxml.etree import _Element

    from declutter.outline import Outline

_MAX_DIGITS: Final = 9
_MAX_SPAN: Final = 1000  # HTML's own bound on columns; pages write up to 9007199254740991
_LANGUAGES: Final = (
    re.compile(r"(?:^|\s)(?:language|lang|brush|highlight-source|highlight)[-:]\s?([A-Za-z][\w+#.]*)"),
    re.compile(r"(?:^|\s)(?:hljs|sourceCode)\s+([A-Za-z][\w+#.]*)"),
)
# What the expressions find in class names where they name none.
_NO_LANGUAGE: Final = frozenset("auto block default none nohighlight notranslate plain plaintext text txt wrap".split())
# Sphinx names the language two elements above <pre>, everybody else nearer.
_MAX_PARENTS_NAMING_A_LANGUAGE: Final = 2

READ_TAGS: Final = frozenset({"ol", "ul", "nav", "li", "td", "th", "pre", "listing", "xmp"})
"""The elements that `read_element` has something to read of."""


def read_element(node: _Element, tag: str, number: int, outline: Outline) -> None:
    """Add to the outline what an element with one of READ_TAGS says, which has this number there."""
    if tag in ("ol", "ul", "nav") and _is_breadcrumb(node) and "readcrumb" not in outline.names[number]:
        outline.names[number] = f"{outline.names[number]} breadcrumb".lstrip()
    if tag in ("li", "ol"):
        value = node.get("value" if tag == "li" else "start")
        if value and (value_of := _integer(value)) is not None:
            outline.numbers[number] = value_of
    elif tag in ("td", "th"):
        rows, columns = node.get("rowspan"), node.get("colspan")
        if rows or columns:
            outline.cells[number] = _span(rows), _span(columns)
    elif tag not in ("ul", "nav") and (language := _language(node, number, outline)):
        outline.languages[number] = language


def _span(text: str | None) -> int:
    """How many rows or columns a cell covers by its attribute, within bounds."""
    try:
        return min(max(int(text), 1), _MAX_SPAN) if text else 1
    except ValueError:
        return 1


def _integer(text: str) -> int | None:
    try:
        return int(text) if len(text) <= _MAX_DIGITS else None
    except ValueError:
        return None


def _language(node: _Element, element: int, outline: Outline) -> str | None:
    """The programming language that a code element names, or its child, or an element close around it."""
    child = node[0] if len(node) and isinstance(node[0].tag, str) else node
    given = child.get("data-lang") or child.get("data-language") or node.get("data-lang") or node.get("data-language")
    if given:
        return given.lower()
    names = [child.get("class") or "", outline.names[element]]
    at = element
    for _ in range(_MAX_PARENTS_NAMING_A_LANGUAGE):
        at = max(outline.parents[at], 0)
        names.append(outline.names[at])
    for name in names:
        for pattern in _LANGUAGES if name else ():
            if (found := pattern.search(name)) and found[1].lower() not in _NO_LANGUAGE:
                return found[1].lower()
    return None


def _is_breadcrumb(node: _Element) -> bool:
    """Whether a list says so to machines and screen readers, where its class does not."""
    stated = node.get("itemtype") or node.get("typeof") or node.get("aria-label") or ""
    return "breadcrumb" in stated.lower()
