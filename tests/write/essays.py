"""Essays of every shape, for the writers' round trips: a tree, the blocks a page of that shape gives, and its text."""

from __future__ import annotations

import itertools
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, TypeAlias

from hypothesis import strategies as st

from declutter.model import Block, Frame, Kind, Label, Span, SpanKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EMPHASES = (SpanKind.STRONG, SpanKind.EMPHASIS, SpanKind.DELETED)


@dataclass(frozen=True)
class Line:
    """A block's text with its markup."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Paragraph:
    """Lines parted by single line breaks; `ruled`: below a horizontal rule."""

    lines: tuple[Line, ...]
    kind: Kind = Kind.PARAGRAPH
    level: int = 0
    ruled: bool = False


@dataclass(frozen=True)
class Code:
    text: str
    language: str | None = None


@dataclass(frozen=True)
class Container:
    """A quote, list, or item, by its frame's kind."""

    kind: str
    children: tuple[Part, ...]
    number: int | None = None


@dataclass(frozen=True)
class Table:
    """Rows of cells, each a line of text; `header`: the first row is one."""

    rows: tuple[tuple[Line, ...], ...]
    header: bool


Part: TypeAlias = Paragraph | Code | Container | Table


@dataclass
class Flattener:
    """Turns a tree to blocks, now and then with a flash between them."""

    flashes: Iterator[bool]
    blocks: list[Block] = field(default_factory=list)
    keys: Iterator[int] = field(default_factory=itertools.count)

    def add(self, line: Line, kind: Kind, within: tuple[Frame, ...], **more: int | bool | None) -> None:
        self.blocks.append(
            Block(
                index=len(self.blocks),
                text=line.text,
                label=Label.BODY,
                kind=kind,
                spans=line.spans,
                within=within,
                **more,
            )
        )

    def walk(self, part: Part, within: tuple[Frame, ...]) -> None:
        if next(self.flashes):
            index = len(self.blocks)
            flash = Block(index=index, text="# flash", label=Label.FLASH, kind=Kind.PARAGRAPH, within=within)
            self.blocks.append(flash)
        match part:
            case Paragraph(lines, kind, level, ruled):
                for place, line in enumerate(lines):
                    self.add(line, kind, within, level=level, soft=place > 0, ruled=ruled and not place)
            case Code(text, language):
                self.add(Line(text), Kind.CODE, (*within, Frame("code", next(self.keys), language=language)))
            case Table(rows, header):
                table = Frame("table", next(self.keys))
                for row, cells in enumerate(rows):
                    for column, line in enumerate(cells):
                        cell = Frame("cell", next(self.keys), header=header and row == 0)
                        self.add(line, Kind.CELL, (*within, table, cell), row=row, column=column)
            case Container(kind, children, number):
                frame = Frame(kind, next(self.keys), number=number)
                for child in children:
                    self.walk(child, (*within, frame))


def flatten(essay: Sequence[Part], flashes: Sequence[bool] = ()) -> list[Block]:
    """The blocks of a page that holds the essay; where `flashes` says so, one of another label stands before a part."""
    flattener = Flattener(itertools.chain(flashes, itertools.repeat(False)))
    for part in essay:
        flattener.walk(part, ())
    return flattener.blocks


_PIECES = st.one_of(
    st.text("abcdefgh 甲乙丙丁かなשלום😀é", min_size=1, max_size=8),
    st.text("ab1 *_[]()#>-+.|`<&~!$:=\\\"'{}^/?;@，。：「」（）—…€", min_size=1, max_size=6),
    st.sampled_from(
        [
            "&amp;", "&#58;", "<b>", "</p>", "<!-- x", "<?php", "<http://a.b>", "[x](y)", "![x](y)", "[a]: b",
            "[^1]: x", "[ ] x", "1. a", "2) ", "- ", "+ x", "---", "===", "***", "| a | b |", ":-|-:", "```", "~~~x",
            "# ", "## a ##", "> ", "a_b_c", "_x_", "**x**", "\\", "http://a.b/_c_", "www.a.b", "[2023/5/28 9:47:25]",
            "•?x", "C++ ", "x^2", "$5 ", "a* b",
        ]
    ),
)  # fmt: skip
TEXTS = st.lists(_PIECES, min_size=1, max_size=6).map(lambda pieces: " ".join("".join(pieces).split())).filter(bool)
ADDRESSES = st.sampled_from(
    [
        "https://a.b/c",
        "http://a.b/c_d_(e)?f=1&amp;g=2&lt=3#h",
        "/rel/a b",
        "mailto:x@y.z",
        "https://例え.jp/路径",
        "http://a.b/[c]|d*e*",
    ]
)


@st.composite
def lines(draw: st.DrawFn, *, plain: bool = False) -> Line:
    text = draw(TEXTS)
    if plain:
        return Line(text)
    places = st.integers(0, len(text))
    spans = []
    for kind in draw(
        st.lists(st.sampled_from([*EMPHASES, *EMPHASES, SpanKind.SUB, SpanKind.SUP, SpanKind.CODE]), max_size=4)
    ):
        start, end = sorted((draw(places), draw(places)))
        spans.append(Span(start, end, kind))
    if draw(st.booleans()):
        start, end = sorted((draw(places), draw(places)))
        spans.append(Span(start, end, SpanKind.LINK, draw(ADDRESSES)))
    if draw(st.integers(0, 5)) == 0:
        place = draw(places)
        spans.append(Span(place, place, SpanKind.IMAGE, draw(ADDRESSES), draw(TEXTS)))
    return Line(text, tuple(sorted(spans, key=lambda span: (span.start, -span.end))))


PARAGRAPHS = st.lists(lines(), min_size=1, max_size=3).map(lambda found: Paragraph(tuple(found)))
HEADINGS = st.builds(lambda line, level: Paragraph((line,), Kind.HEADING, level), lines(), st.integers(1, 6))
CODES = st.builds(
    Code,
    st.lists(st.text("ab `~ \t#<&*甲", max_size=8), min_size=1, max_size=4)
    .map(lambda rows: "\n".join(rows).strip("\n"))
    .filter(lambda text: bool(text.strip())),
    st.sampled_from([None, "python", "c++"]),
)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(2, 3))
    rows = draw(st.lists(st.tuples(*[lines()] * width), min_size=2, max_size=3))
    return Table(tuple(rows), draw(st.booleans()))


def _containers(parts: st.SearchStrategy[Part]) -> st.SearchStrategy[Part]:
    several = st.lists(parts, min_size=1, max_size=3).map(tuple)
    items = st.lists(several.map(lambda found: Container("item", found)), min_size=1, max_size=3).map(tuple)
    return st.one_of(
        several.map(lambda found: Container("quote", found)),
        items.map(lambda found: Container("list", found)),
        st.builds(
            lambda found, number: Container("ordered", found, number), items, st.sampled_from([1, 1, 3, 0, 1000])
        ),
    )


PARTS: st.SearchStrategy[Part] = st.recursive(
    st.one_of(PARAGRAPHS, PARAGRAPHS, HEADINGS, CODES, tables()), _containers, max_leaves=6
)


def _below_rule(part: Part) -> Part:
    return replace(part, ruled=True) if isinstance(part, Paragraph) else part


ESSAYS = st.lists(PARTS | PARTS.map(_below_rule), min_size=1, max_size=4).map(tuple)

Character: TypeAlias = tuple[str, frozenset[str]]
"""A character or an image, and the markup over it as a reader of the output can tell."""


def characters(line: Line) -> list[Character]:
    """What a reader must see of a line: each character with its markup."""
    seen: list[Character] = []
    for place in range(len(line.text) + 1):
        for span in line.spans:
            if span.kind is SpanKind.IMAGE and span.start == place:
                if line.text[place : place + 1] == " ":
                    seen.append((" ", frozenset()))  # a text has one space for those before and behind a picture
                seen.append((f"image {span.target} {span.alt}", _marks(line, place, image=True)))
        if place < len(line.text):
            seen.append(comparable(line.text[place], _marks(line, place)))
    return seen


def _marks(line: Line, place: int, *, image: bool = False) -> frozenset[str]:
    over = [
        span
        for span in line.spans
        if span.start <= place < span.end
        or (image and span.start == place == span.end)  # a link may hold an image only
    ]
    links = {f"link {span.target}" for span in over if span.kind is SpanKind.LINK}
    return frozenset(links if image else {*links, *(str(span.kind) for span in over if span.kind is not SpanKind.LINK)})


def comparable(character: str, marks: frozenset[str]) -> Character:
    """The character with the marks that count: emphasis may leave out spaces and punctuation, code stands alone."""
    if character.isspace():
        return character, frozenset()
    if "code" in marks:
        return character, frozenset(mark for mark in marks if mark.startswith(("link", "code")))
    if unicodedata.category(character)[0] in "PS":
        return character, marks - {str(kind) for kind in EMPHASES}
    return character, marks
