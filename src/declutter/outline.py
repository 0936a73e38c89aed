"""The outline of a page: its block-level elements and blocks as columns, from segmentation to the later stages.

Columns (parallel lists) replace objects, because a page has hundreds of blocks, and the features read whole columns.
They hold everything that later stages need from the tree as plain values, so that the tree, which takes as much memory,
can be freed first. None of the values is tracked by the garbage collector.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from declutter.deadline import NEVER, Deadline
from declutter.model import Kind, SpanKind

MAX_NAMED_DEPTH: Final = 96
"""Deeper elements are addressed by their rank on the page instead of their path, so that the addresses stay linear in
the page. Paths of 100,000 nested levels would be quadratic.
"""

TEXT_LINE: Final = "line"
"""The tag of the single element that owns all blocks of a text dump."""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """The picture of an image element.

    address: its URL as written. alt: its alternative text. width, height: in CSS pixels, if given. link: target of a
    link that contains the picture and no text.
    """

    address: str
    alt: str | None
    width: int | None
    height: int | None
    link: str | None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """Inline markup in a block's text.

    target: URL of a link, as written; TeX of a formula. is_tag: whether the page marks the link as one to a tag's page.
    name: id or name of an in-page link, by which other links refer to it. picture: for an image.
    """

    start: int
    end: int
    kind: SpanKind
    target: str | None = None
    is_tag: bool = False
    name: str | None = None
    picture: Picture | None = None


class LonePicture(msgspec.Struct, frozen=True, gc=False):
    """A picture or formula outside any text, before block number `before`, in element number `owner`.

    Its mark has neither picture nor target if there is nothing to show: an icon, a tracker, a placeholder.
    """

    before: int
    owner: int
    mark: Mark


class Field(msgspec.Struct, frozen=True, gc=False):
    """A form field, in element number `owner`.

    kind: an input's type, or "textarea". name: the field's name, in lower case.
    """

    owner: int
    kind: str
    name: str


class Outline:
    """The block-level elements of a page, and the text blocks in them.

    Elements, numbered in page order; element 0 is the document itself:
    tags: tag. parents: number of the parent element (-1 for the document). kinds: Kind of the text inside.
    names: class and id as written, separated by a space; "" without either.

    Of some elements, by number: idents: id. numbers: start of an ordered list, or number of a list item. cells: rows
    and columns of a cell that spans more than one. languages: the programming language of code, as written. lined: the
    elements, other than code, whose line breaks a browser shows.
    rules: by block, the number of pictures before the <hr> above it.
    times: the datetime of each <time> ("" without one) and the element around it, in page order.
    fields: form fields, in page order.

    Blocks, numbered in page order:
    texts: white space folded. owners: number of the element that holds the text. linked: characters inside links.
    marks: inline markup, usually (). softs: whether a single <br> separates it from the previous block. lines: line
    numbers of a text dump; empty for HTML.

    stored: for an article from a script or template, the number of its first element and the address of its source;
    None on other pages.
    deadline: the deadline of this page. Every pass over all blocks or elements checks it: with `check` between steps,
    with `watch` in loops that do some work per item.
    """

    __slots__ = (
        "cells", "deadline", "fields", "idents", "images", "kinds", "languages", "lined", "lines", "linked", "marks",
        "names", "numbers", "owners", "parents", "rules", "softs", "stored", "tags", "texts", "times",
    )  # fmt: skip

    def __init__(self) -> None:
        self.tags: list[str] = [""]
        self.parents: list[int] = [-1]
        self.kinds: list[Kind] = [Kind.PARAGRAPH]
        self.names: list[str] = [""]
        self.idents: dict[int, str] = {}
        self.numbers: dict[int, int] = {}
        self.cells: dict[int, tuple[int, int]] = {}
        self.languages: dict[int, str] = {}
        self.lined: set[int] = set()
        self.rules: dict[int, int] = {}
        self.times: list[tuple[int, str]] = []
        self.fields: list[Field] = []
        self.texts: list[str] = []
        self.owners: list[int] = []
        self.linked: list[int] = []
        self.marks: list[tuple[Mark, ...]] = []
        self.softs: list[bool] = []
        self.lines: list[int] = []
        self.images: list[LonePicture] = []
        self.stored: tuple[int, str] | None = None
        self.deadline: Deadline = NEVER

    @property
    def is_text(self) -> bool:
        """Whether the page is a text dump, which has lines and no elements."""
        return bool(self.lines)

    def cut(self, *, blocks: int, characters: int) -> None:
        """Keep the first `blocks` blocks, and of each its first `characters` characters."""
        for column in (self.texts, self.owners, self.linked, self.marks, self.softs, self.lines):
            del column[blocks:]
        self.images = [image for image in self.images if image.before <= len(self.texts)]
        for number, text in enumerate(self.texts):
            if len(text) > characters:
                self.texts[number] = text[:characters]
                self.marks[number] = tuple(mark for mark in self.marks[number] if mark.end <= characters)
                self.linked[number] = min(self.linked[number], characters)

    def ancestors(self, element: int) -> Iterator[int]:
        """The element and its ancestors, innermost first, without the document."""
        while element > 0:
            yield element
            element = self.parents[element]

    def holds(self, element: int, block: int) -> bool:
        """Whether a block is in an element; those inside an element have higher numbers."""
        at = self.owners[block]
        while at > element:
            at = self.parents[at]
        return at == element

    def addresses(self) -> list[str]:
        """By element, an XPath that selects it in the parsed tree; for a stored article, that of its source."""
        past, keeper = self.stored or (len(self.tags), "")
        paths, depths = [""], [0]
        among: dict[tuple[int, str], int] = {}  # number of elements so far, by parent and tag
        ranks_on_page: list[int] = []  # counted only for pages with deep nesting
        for tag, parent in islice(zip(self.tags, self.parents, strict=True), 1, past):
            depth = depths[parent] + 1
            if depth <= 2:  # noqa: PLR2004 - /html/body
                path = f"{paths[parent]}/{tag}"
            elif depth <= MAX_NAMED_DEPTH:
                kin = parent, tag
                rank = among[kin] = among.get(kin, 0) + 1
                path = f"{paths[parent]}/{tag}[{rank}]"
            else:
                ranks_on_page = ranks_on_page or _ranks(self.tags)
                path = f"(//{tag})[{ranks_on_page[len(paths)]}]"
            paths.append(path)
            depths.append(depth)
        return paths + [keeper] * (len(self.tags) - past)


def _ranks(tags: Iterable[str]) -> list[int]:
    """By element: how many elements with its tag the page has up to it, including itself."""
    counts: dict[str, int] = {}
    ranks = []
    for tag in tags:
        rank = counts[tag] = counts.get(tag, 0) + 1
        ranks.append(rank)
    return ranks
