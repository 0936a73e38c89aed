"""The structural frames around the essay's blocks: lists, quotes, tables, notes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from declutter.model import Frame, Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from declutter.notes import Note
    from declutter.outline import Outline
    from declutter.tables import Cell, Table

_HEADING: Final = Kind.HEADING
_ITEM: Final = Kind.ITEM  # see Label
_CODE: Final = Kind.CODE

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
# Writers need no more; a page may have a hundred thousand levels.
_MAX_FRAMES: Final = 24
_FIGURE: Final = "wp-caption"
_MAX_BACK: Final = 200  # elements searched before a list for the preceding item
_MAX_IN_HEADING: Final = 64  # levels searched for the heading around a text


class Surroundings(NamedTuple):
    """The frames around a block's text.

    within: the frames, outermost first. level: 1 to 6 in a heading, the nesting depth in a list item, otherwise 0.
    row, column: of the innermost data table cell; None outside of data tables.
    """

    within: tuple[Frame, ...]
    level: int
    row: int | None
    column: int | None


NOTHING_AROUND: Final = Surroundings((), 0, None, None)


class Structure:
    """The surroundings of elements, computed on demand.

    tables: the page's data tables, from `find_tables`.
    notes: the footnotes that the essay refers to.
    """

    def __init__(self, outline: Outline, tables: Iterable[Table], notes: Iterable[Note]) -> None:
        self._outline = outline
        self._within: dict[int, tuple[Frame, ...]] = {0: ()}
        self._known: dict[int, Surroundings] = {}
        self._has_frames = not _FRAMED_TAGS.isdisjoint(outline.tags)
        self._cells: dict[int, Cell] = {}
        self._tables: set[int] = set()
        for table in tables:
            self._tables.add(table.element)
            self._cells |= {cell.element: cell for cell in table.cells}
        self._noted = {note.element for note in notes}
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
        """The surroundings of an element's text."""
        kinds, parent = self._outline.kinds, self._outline.parents[element]
        if (
            element
            and kinds[element] is kinds[parent] is not _HEADING
            and self._outline.tags[element] not in _FRAMED_TAGS
            and element not in self._figures
            and element not in self._noted
        ):
            element = parent  # as nearly all paragraphs, which have many siblings
        known = self._known.get(element)
        if known is None:
            known = self._known[element] = self._surroundings(element)
        return known

    def _surroundings(self, element: int) -> Surroundings:
        kind, tags = self._outline.kinds[element], self._outline.tags
        within = self.within(element) if self._has_frames else ()
        if not within and kind is not _HEADING:
            return NOTHING_AROUND
        level = 0
        if kind is _HEADING:
            around = islice(self._outline.ancestors(element), _MAX_IN_HEADING)
            level = next((int(tags[at][1]) for at in around if tags[at] in _HEADINGS), 0)
        elif kind is _ITEM:
            level = sum(frame.kind in _LISTS for frame in within)
        for frame in reversed(within) if self._cells else ():
            if frame.kind == "cell":
                cell = self._cells[frame.key]
                return Surroundings(within, level, cell.row, cell.column)
        return Surroundings(within, level, None, None) if within or level else NOTHING_AROUND

    def _framed(self, element: int, around: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The frames around an element and its own frame. Layout tables are not frames."""
        outline = self._outline
        kind = _FRAMES[outline.tags[element]]
        if kind == "cell" and outline.kinds[element] is _CODE:
            kind = "code"  # a listing drawn as a table
        if kind in _TABLES and element not in self._tables and element not in self._cells:
            return around
        if kind == "cell":
            cell = self._cells[element]
            is_header = outline.tags[element] == "th"
            return (*around, Frame(kind, element, header=is_header, colspan=cell.columns, rowspan=cell.rows))
        if kind == "code":
            return (*around, Frame(kind, element, language=outline.languages.get(element)))
        if kind in ("list", "ordered") and around and around[-1].kind in ("list", "ordered"):
            around = self._inside_item(element, around)
        if kind == "item" and (not around or around[-1].kind not in _LISTS):
            around = (*around, Frame("list", outline.parents[element]))  # an item outside any list
        return (*around, Frame(kind, element, outline.numbers.get(element)))

    def _inside_item(self, element: int, around: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The frames around a list nested directly in another list: those of the preceding item."""
        outline, outer = self._outline, around[-1].key
        before = range(element - 1, max(outer, element - _MAX_BACK), -1)
        item = next((at for at in before if outline.parents[at] == outer), outer)
        return (*around, Frame("item", item, outline.numbers.get(item))) if outline.tags[item] == "li" else around


def _find_figures(outline: Outline) -> set[int]:
    """The elements that are figures only by class, as in WordPress before HTML5."""
    owners = {image.owner for image in outline.images}
    return {at for owner in owners for at in (owner, outline.parents[owner]) if _FIGURE in outline.names[max(at, 0)]}
