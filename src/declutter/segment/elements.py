"""Attributes of single block-level elements: list numbers, cell spans, code languages, breadcrumbs."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.model import Kind
from declutter.segment.verse import is_verse, shows_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from declutter.outline import Outline

_VALUE, _ROWS, _COLUMNS = b"value", b"rowspan", b"colspan"  # see walk.py
_MAX_DIGITS: Final = 9
_MAX_SPAN: Final = 1000  # HTML's own limit on colspan; pages write up to 9007199254740991
_LANGUAGES: Final = (
    re.compile(r"(?:^|\s)(?:language|lang|brush|highlight-source|highlight)[-:]\s?([A-Za-z][\w+#.]*)"),
    re.compile(r"(?:^|\s)(?:hljs|sourceCode)\s+([A-Za-z][\w+#.]*)"),
)
# Classes of cells that hold a highlighter's line numbers or code without <pre>.
_LISTING_CELLS: Final = ("code", "gutter", "crayon-code", "crayon-nums")
_HEXO: Final = re.compile(r"highlight\s([A-Za-z][\w+#.]*)")
_HIGHLIGHTER: Final = re.compile(r"syntaxhighlighter(?:\s+nogutter)?\s+([A-Za-z][\w+#.]*)")
_MAX_IN_FIGURE: Final = 6
# Matches of the class name patterns that are not languages.
_NO_LANGUAGE: Final = frozenset("auto block default none nohighlight notranslate plain plaintext text txt wrap".split())
# Sphinx names the language two elements above <pre>, others nearer.
_MAX_PARENTS_NAMING_A_LANGUAGE: Final = 2


def _read_list(node: _Element, number: int, outline: Outline) -> None:
    name = outline.names[number]
    if "readcrumb" not in name and _is_breadcrumb(node):
        outline.names[number] = f"{name} breadcrumb".lstrip()


def _read_ordered(node: _Element, number: int, outline: Outline) -> None:
    _read_list(node, number, outline)
    _read_number(node.get("start"), number, outline)


def _read_item(node: _Element, number: int, outline: Outline) -> None:
    if written := node.get(_VALUE):
        _read_number(written, number, outline)


def _read_number(written: str | None, number: int, outline: Outline) -> None:
    if written and (value := _integer(written)) is not None:
        outline.numbers[number] = value


def _read_cell(node: _Element, number: int, outline: Outline) -> None:
    rows, columns = node.get(_ROWS), node.get(_COLUMNS)
    if rows or columns:
        outline.cells[number] = _span(rows), _span(columns)
    name = outline.names[number]
    if name.startswith(_LISTING_CELLS) and _is_of_listing(node, name):
        outline.kinds[number] = Kind.CODE
        if language := _language_of_listing(number, outline):
            outline.languages[number] = language


def _is_of_listing(node: _Element, name: str) -> bool:
    """Whether a cell holds the code of a listing, or its line numbers, a <div> a line: not cells of product codes."""
    if next(node.iter("pre"), None) is not None:
        return False
    if not name.startswith("code"):
        return True
    before = node.getprevious()
    return before is not None and (before.get("class") or "").startswith("gutter")


def _read_paragraph(node: _Element, number: int, outline: Outline) -> None:
    if shows_lines(node, outline.names[number]):
        outline.lined.add(number)


def _read_code(node: _Element, number: int, outline: Outline) -> None:
    if is_verse(number, outline):
        outline.lined.add(number)
        outline.kinds[number] = outline.kinds[outline.parents[number]]
    elif language := _language(node, number, outline):
        outline.languages[number] = language


def _read_rule(_node: _Element, _number: int, outline: Outline) -> None:
    outline.rules[len(outline.texts)] = len(outline.images)


READERS: Final[dict[str, Callable[[_Element, int, Outline], None]]] = {
    **dict.fromkeys(("ul", "nav"), _read_list),
    "ol": _read_ordered,
    "li": _read_item,
    "p": _read_paragraph,
    "hr": _read_rule,
    **dict.fromkeys(("td", "th"), _read_cell),
    **dict.fromkeys(("pre", "listing", "xmp"), _read_code),
}
"""By tag: the function that adds an element's attributes to the outline, under the element's number."""


def _span(text: str | None) -> int:
    """The number of rows or columns in a cell's span attribute, within limits."""
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
    """The programming language named by a code element, its child, or one of its nearest ancestors."""
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
    return _language_of_figure(element, outline) if outline.tags[outline.parents[element]] == "td" else None


def _language_of_figure(element: int, outline: Outline) -> str | None:
    """The language that Hexo names in the class of the figure around a table of line numbers and code."""
    around = islice(outline.ancestors(element), _MAX_IN_FIGURE)
    figure = next((at for at in around if outline.tags[at] == "figure"), 0)
    found = _HEXO.fullmatch(outline.names[figure])
    return found[1].lower() if found and found[1].lower() not in _NO_LANGUAGE else None


def _language_of_listing(element: int, outline: Outline) -> str | None:
    """The language that SyntaxHighlighter names in the class of the element around the table of a listing."""
    around = islice(outline.ancestors(element), _MAX_IN_FIGURE)
    named = (found for at in around if (found := _HIGHLIGHTER.match(outline.names[at])))
    found = next(named, None)
    return found[1].lower() if found and found[1].lower() not in _NO_LANGUAGE else None


def _is_breadcrumb(node: _Element) -> bool:
    """Whether a list is marked as a breadcrumb for machines or screen readers, apart from its class."""
    stated = node.get(b"itemtype") or node.get(b"typeof") or node.get(b"aria-label") or ""
    return "breadcrumb" in stated.lower()
