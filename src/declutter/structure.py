"""What stands around the essay's blocks: the frames that lists, quotes, tables and notes are rebuilt from."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from declutter.model import Frame, Kind, Label, SpanKind
from declutter.tables import Cell, find_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.outline import Outline

_Kind: TypeAlias = Literal[
    "list", "ordered", "item", "quote", "table", "cell", "figure", "code", "terms", "term", "definition"
]
_FRAMES: Final[dict[str, _Kind]] = {
    "ul": "list", "menu": "list", "dir": "list", "ol": "ordered", "li": "item",
    "dl": "terms", "dt": "term", "dd": "definition",
    "blockquote": "quote", "figure": "figure",
    "table": "table", "td": "cell", "th": "cell",
    "pre": "code", "listing": "code", "xmp": "code",
}  # fmt: skip
_FRAMED_TAGS: Final = frozenset(_FRAMES)
_LISTS: Final = frozenset({"list", "ordered", "terms"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_TABLES: Final = frozenset({"table", "cell"})
# Writers read no deeper; a page may nest a hundred thousand.
_MAX_FRAMES: Final = 24
_FIGURE: Final = "wp-caption"
_MAX_IN_HEADING: Final = 64  # as deep as a heading's text is looked for its heading
_MAX_NUMBER_DIGITS: Final = 9
_LANGUAGES: Final = (
    re.compile(r"(?:^|\s)(?:language|lang|brush|highlight-source|highlight)[-:]\s?([A-Za-z][\w+#.]*)"),
    re.compile(r"(?:^|\s)(?:hljs|sourceCode)\s+([A-Za-z][\w+#.]*)"),
)
# What the expressions find in class names where they name none.
_NO_LANGUAGE: Final = frozenset("auto block default none nohighlight notranslate plain plaintext text txt wrap".split())
# Sphinx names the language two elements above <pre>, everybody else nearer.
_MAX_PARENTS_NAMING_A_LANGUAGE: Final = 2
_REFERENCE: Final = re.compile(r"[\[(]?(\d{1,3}|[*†‡§]{1,3}|[a-z]|[ivx]{1,5})[\])]?")
_MAX_REFERENCE: Final = 6
_NOTE_TAGS: Final = frozenset({"li", "p", "div", "aside", "dd", "dt", "td"})
# What is larger is a section that a number in a list of contents leads to.
_MAX_ELEMENTS_PER_NOTE: Final = 40


class Note(NamedTuple):
    """A footnote: its element's number in the outline, and the mark that the text refers to it by (`1`, `*`)."""

    element: int
    sign: str


class Surroundings(NamedTuple):
    """What stands around a block's text.

    within: the frames, outermost first. level: 1 to 6 in a heading, the nesting depth in a list's item, else 0.
    row, column: of the innermost cell of a data table; None outside any.
    """

    within: tuple[Frame, ...]
    level: int
    row: int | None
    column: int | None


_NOTHING_AROUND: Final = Surroundings((), 0, None, None)


class Structure:
    """The surroundings of elements. Nothing is looked at before it is asked for.

    notes: the footnotes that the essay refers to, by their ids.
    """

    def __init__(self, outline: Outline, labels: Sequence[Label]) -> None:
        self._outline = outline
        self._within: dict[int, tuple[Frame, ...]] = {0: ()}
        self._has_frames = not _FRAMED_TAGS.isdisjoint(outline.tags)
        self._cells: dict[int, Cell] = {}
        self._tables: set[int] = set()
        for table in find_tables(outline):
            self._tables.add(table.element)
            self._cells |= {cell.element: cell for cell in table.cells}
        self.notes = _find_notes(outline, labels)
        self._noted = {note.element for note in self.notes.values()}
        self._figures = _find_figures(outline)
        self._has_frames = self._has_frames or bool(self._noted or self._figures)

    def within(self, element: int) -> tuple[Frame, ...]:
        """The frames around an element's text, outermost first."""
        known, parents, tags = self._within, self._outline.parents, self._outline.tags
        missing = []
        at = element
        while at not in known:
            missing.append(at)
            at = parents[at]
        around = known[at]
        for at in reversed(missing):
            if len(around) < _MAX_FRAMES:
                if tags[at] in _FRAMED_TAGS:
                    around = self._framed(at, around)
                elif at in self._figures:
                    around = (*around, Frame("figure", at))
                if at in self._noted:
                    around = (*around, Frame("note", at))
            known[at] = around
        return around

    def surroundings(self, element: int) -> Surroundings:
        """What stands around an element's text."""
        kind, tags = self._outline.kinds[element], self._outline.tags
        within = self.within(element) if self._has_frames else ()
        if not within and kind is not Kind.HEADING:
            return _NOTHING_AROUND
        level = 0
        if kind is Kind.HEADING:
            around = islice(self._outline.ancestors(element), _MAX_IN_HEADING)
            level = next((int(tags[at][1]) for at in around if tags[at] in _HEADINGS), 0)
        elif kind is Kind.ITEM:
            level = sum(frame.kind in _LISTS for frame in within)
        for frame in reversed(within) if self._cells else ():
            if frame.kind == "cell":
                cell = self._cells[frame.key]
                return Surroundings(within, level, cell.row, cell.column)
        return Surroundings(within, level, None, None) if within or level else _NOTHING_AROUND

    def _framed(self, element: int, around: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The frames around an element with its own; tables that only lay the page out frame nothing."""
        kind, node = _FRAMES[self._outline.tags[element]], self._outline.nodes[element]
        if node is None or (kind in _TABLES and element not in self._tables and element not in self._cells):
            return around
        if kind == "cell":
            cell = self._cells[element]
            is_header = self._outline.tags[element] == "th"
            return (*around, Frame(kind, element, header=is_header, colspan=cell.columns, rowspan=cell.rows))
        if kind == "code":
            return (*around, Frame(kind, element, language=_language(self._outline, element)))
        if kind == "ordered":
            return (*around, Frame(kind, element, _integer(node.get("start"))))
        if kind == "item":
            if not around or around[-1].kind not in _LISTS:
                around = (*around, Frame("list", self._outline.parents[element]))  # an item outside any list
            return (*around, Frame(kind, element, _integer(node.get("value"))))
        return (*around, Frame(kind, element))


def _find_figures(outline: Outline) -> set[int]:
    """The elements that are figures by their class only: WordPress's before HTML had an element for them."""
    owners = {image.owner for image in outline.images}
    return {at for owner in owners for at in (owner, outline.parents[owner]) if _FIGURE in outline.names[max(at, 0)]}


def _find_notes(outline: Outline, labels: Sequence[Label]) -> dict[str, Note]:
    """The footnotes by their ids: what short in-page links of the essay lead down to."""
    wanted: dict[str, tuple[int, str]] = {}
    inline: dict[str, int] = {}
    for block, marks in enumerate(outline.marks):
        if not marks or labels[block] is not Label.BODY:
            continue
        for mark in marks:
            if mark.kind is not SpanKind.LINK or mark.end - mark.start > _MAX_REFERENCE:
                continue
            href = mark.element.get("href") or ""
            sign = _REFERENCE.fullmatch(outline.texts[block], mark.start, mark.end)
            if sign and href.startswith("#"):
                wanted.setdefault(href[1:], (outline.owners[block], sign[1]))
                # Word processors put the note's id on its link back.
                if mark.start == 0 and (ident := mark.element.get("id") or mark.element.get("name")):
                    inline[ident] = outline.owners[block]
    if not wanted:
        return {}
    notes = {ident: Note(element, wanted[ident][1]) for ident, element in inline.items() if ident in wanted}
    first = min(element for element, _ in wanted.values())
    for element in range(first, len(outline.tags)):
        node = outline.nodes[element]
        if node is None or outline.tags[element] not in _NOTE_TAGS:
            continue
        ident = node.get("id")
        if ident in wanted and ident not in notes and wanted[ident][0] < element:
            notes[ident] = Note(element, wanted[ident][1])
    return {
        ident: note
        for ident, note in notes.items()
        if wanted[ident][0] < note.element and _is_small(outline, note.element)
    }


def _is_small(outline: Outline, element: int) -> bool:
    """Whether an element holds few others, and no heading."""
    inside = range(element + 1, min(element + 2 + _MAX_ELEMENTS_PER_NOTE, len(outline.tags)))
    end = next((at for at in inside if outline.parents[at] < element), inside.stop)
    return end - element <= _MAX_ELEMENTS_PER_NOTE and _HEADINGS.isdisjoint(outline.tags[element:end])


def _language(outline: Outline, element: int) -> str | None:
    """The programming language that a code element names, or its child, or an element close around it."""
    node = outline.nodes[element]
    if node is None:
        return None
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


def _integer(text: str | None) -> int | None:
    try:
        return int(text) if text and len(text) <= _MAX_NUMBER_DIGITS else None
    except ValueError:
        return None
