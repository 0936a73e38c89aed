"""The outline of a page: its block-level elements and blocks, in columns, from segmentation to the later stages.

Columns (parallel lists) instead of objects: a page has hundreds of blocks, and the features read whole columns.

All that later stages ask of the tree stands in them as plain values, so that the tree can go before they begin: they
take as much memory as it does. None of the values is for the garbage collector to look at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import msgspec

from declutter.deadline import NEVER, Deadline
from declutter.model import Kind, SpanKind

MAX_NAMED_DEPTH = 96
"""Deeper than this an element is addressed by its rank in the page instead of its path, so that the text of all
addresses stays linear in the page (a path a level long for each of 100,000 levels would not)."""

TEXT_LINE = "line"
"""The tag of the one element that owns all blocks of a text dump."""


class Picture(msgspec.Struct, frozen=True, gc=False):
    """What an image element shows.

    address: as the page writes it. alt: its alternative text. width, height: in CSS pixels, where given. link: where
    the link leads that holds the picture and no text.
    """

    address: str
    alt: str | None
    width: int | None
    height: int | None
    link: str | None


class Mark(msgspec.Struct, frozen=True, gc=False):
    """Inline markup in a block's text.

    target: where a link leads, as the page writes it; the TeX of a formula. is_tag: the page says that the link leads
    to a tag's page. name: the id or name of a link within the page, what others lead to it by. picture: of an image.
    """

    start: int
    end: int
    kind: SpanKind
    target: str | None = None
    is_tag: bool = False
    name: str | None = None
    picture: Picture | None = None


class LonePicture(msgspec.Struct, frozen=True, gc=False):
    """A picture or formula outside any text: it stands before block number `before`, in element number `owner`.

    Its mark is without picture or target where it shows nothing of its own: an icon, a tracker, a stand-in.
    """

    before: int
    owner: int
    mark: Mark


class Field(msgspec.Struct, frozen=True, gc=False):
    """Where a form asks for something: in element number `owner`.

    kind: the type of an input, "textarea" for one. name: what the form calls it, in small letters.
    """

    owner: int
    kind: str
    name: str


class Outline:
    """The block-level elements of a page and the blocks of text in them.

    Elements, numbered in page order; element 0 is the document itself:
    tags: tag. parents: number of the enclosing element (-1 for the document). kinds: Kind of the text inside.
    names: its class and id as written, one after the other, "" without either.

    Of some elements, by number: idents: the id. numbers: where an ordered list starts, which a list's item is. cells:
    the rows and columns of a cell that covers more than one. languages: the programming language of code, as named.
    times: what each <time> states in its datetime, "" without one, with the element it stands in, in page order.
    fields: what forms ask for, in page order.

    Blocks, numbered in page order:
    texts: white space folded. owners: number of the element that holds the text. linked: characters inside links.
    marks: inline markup, () mostly. softs: parted from the block before by a single <br>. lines: line numbers of a
    text dump, empty for HTML.

    stored: where the elements of an article begin that the page keeps in a script or template instead of showing it,
    and the address of what keeps it; None on other pages.

    deadline: when the work on this page must have come to its end. Whatever goes through all blocks or elements looks
    at it: between two steps by `check`, in a loop with some work for each by `watch`.
    """

    __slots__ = (
        "cells", "deadline", "fields", "idents", "images", "kinds", "languages", "lines", "linked", "marks", "names",
        "numbers", "owners", "parents", "softs", "stored", "tags", "texts", "times",
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

    def addresses(self) -> list[str]:
        """By element, an XPath that selects it in the parsed tree; for elements of a stored article, what holds it."""
        past, keeper = self.stored or (len(self.tags), "")
        paths, depths = [""], [0]
        among: dict[tuple[int, str], int] = {}  # how many of a tag stood in an element up to there
        ranks_on_page: list[int] = []  # counted for pages that nest deep enough to ask
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
    """By element, how many of its tag the page has had so far, including itself."""
    counts: dict[str, int] = {}
    ranks = []
    for tag in tags:
        rank = counts[tag] = counts.get(tag, 0) + 1
        ranks.append(rank)
    return ranks
