"""Applies rules to a page."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Final

from declutter.model import Label
from declutter.rules.file import MAX_PHRASE
from declutter.rules.phrases import folded
from declutter.rules.selectors import Elements
from declutter.rulings import Rulings, Tree

if TYPE_CHECKING:
    from lxml.etree import _Element

    from declutter.outline import Outline
    from declutter.rules.file import Rule

_ROOTS: Final = frozenset({"html", "body", ""})
_ASKED: Final = 3 * MAX_PHRASE
"""Characters of a block that are compared with a phrase, with room for the change of length by folding."""


def apply(rules: Sequence[Rule], outline: Outline, tree: Tree | None) -> Rulings:
    """Apply the rules; if two apply to a block, the later one counts. In a text dump, selectors match nothing."""
    page = _Page(outline, tree)
    order = {"start": 0, "label": 1, "keep": 2}
    labels: dict[int, Label] = {}
    briefs: list[range] = []
    for rule in outline.deadline.watch(sorted(rules, key=lambda rule: order[rule.verb]), every=1):
        covered = 0
        for found in outline.deadline.watch(page.find(rule)):
            blocks = found
            if rule.verb == "start":  # overlapping sections are joined, which keeps this linear
                section = page.section(found.start, rule.until)
                blocks = range(max(section.start, covered), section.stop)
                covered = max(covered, section.stop)
            labels.update(dict.fromkeys(blocks, rule.label))
            if rule.label is Label.FLASH:
                briefs.append(blocks)
    return Rulings(labels, tuple(_without_overlap(briefs, labels)))


class _Page:
    """A page to which rules are applied."""

    def __init__(self, outline: Outline, tree: Tree | None) -> None:
        self._outline = outline
        self._tree = tree
        self._beginnings: dict[str, list[int]] = {}
        roots = () if tree is None else (tree.root, *tree.root.itersiblings())
        self._elements = None if tree is None else Elements(roots, outline.deadline)

    def find(self, rule: Rule) -> Iterator[range]:
        """The runs of blocks that a rule matches: those in an element, or a block with the phrase."""
        if rule.select is not None:
            yield from self._selected(rule.select)
            return
        wanted = folded(rule.phrase or rule.text or "")
        for number in self._beginning_with(wanted):
            if rule.text is None or self._folded(number) == wanted:
                yield range(number, number + 1)

    def section(self, first: int, until: str | None) -> range:
        """The blocks from the first one up to the block that begins with `until`, or else to the end of its section.

        The section is the largest element that begins with the block, or the parent if that holds nothing else. In a
        text dump, and if the element would be the whole page, it is the rest of the page.
        """
        texts = self._outline.texts
        if until is not None:
            ends = self._beginning_with(folded(until))
            place = bisect_right(ends, first)
            return range(first, ends[place] if place < len(ends) else len(texts))
        if self._elements is None:
            return range(first, len(texts))
        parents, tags, spans = self._outline.parents, self._outline.tags, self._spans
        element = self._outline.owners[first]
        while element and tags[parents[element]] not in _ROOTS and spans[parents[element]].start == first:
            element = parents[element]
        past = spans[element].stop
        return range(first, past if past > first + 1 else spans[max(0, parents[element])].stop)

    def _beginning_with(self, wanted: str) -> list[int]:
        """The blocks that begin with a folded phrase."""
        if wanted not in self._beginnings:
            numbers = self._outline.deadline.watch(range(len(self._outline.texts)))
            self._beginnings[wanted] = [number for number in numbers if self._folded(number).startswith(wanted)]
        return self._beginnings[wanted]

    def _folded(self, number: int) -> str:
        """The folded text of a block, as far as rules can compare it; a longer one equals no phrase."""
        return folded(self._outline.texts[number][:_ASKED])

    def _selected(self, selector: str) -> Iterator[range]:
        if self._elements is None:
            return
        asked: set[tuple[int, str]] = set()
        for found in self._elements.select(selector):
            node = self._elements.nodes[found]
            number = self._numbers.get(node)
            if number is not None:
                if self._spans[number]:
                    yield self._spans[number]
            else:
                yield from self._inside(node, found, asked)

    def _inside(self, node: _Element, at: int, asked: set[tuple[int, str]]) -> Iterator[range]:
        """The blocks whose text equals that of an inline element or a line of it, except those already in `asked`."""
        owner = self._around[at]
        if owner < 0:
            return
        lines = [text for text in node.itertext() if isinstance(text, str)]
        texts = {(owner, folded(text)) for text in ("".join(lines), *lines)} - asked
        asked |= texts
        for block in sorted(block for text in texts for block in self._by_text.get(text, ())):
            yield range(block, block + 1)

    @cached_property
    def _around(self) -> list[int]:
        """By element of the page, the number in the outline of the nearest one around it that has one; -1 for none."""
        assert self._elements is not None
        found: list[int] = []
        for node, parent in zip(self._elements.nodes, self._elements.parents, strict=True):
            number = self._numbers.get(node)
            found.append(number if number is not None else found[parent] if parent >= 0 else -1)
        return found

    @cached_property
    def _by_text(self) -> dict[tuple[int, str], list[int]]:
        """Blocks by their element in the outline and their text."""
        found: dict[tuple[int, str], list[int]] = {}
        for block, (owner, text) in enumerate(zip(self._outline.owners, self._outline.texts, strict=True)):
            found.setdefault((owner, folded(text)), []).append(block)
        return found

    @cached_property
    def _numbers(self) -> dict[_Element, int]:
        """Numbers in the outline by element of the tree."""
        elements = () if self._tree is None else self._tree.elements
        return {element: number for number, element in enumerate(elements) if element is not None}

    @cached_property
    def _spans(self) -> list[range]:
        """The range of blocks in each element of the outline."""
        parents, owners = self._outline.parents, self._outline.owners
        first, past = [len(owners)] * len(parents), [0] * len(parents)
        for block, owner in enumerate(owners):
            first[owner] = min(first[owner], block)
            past[owner] = block + 1
        for element in range(len(parents) - 1, 0, -1):  # children have higher numbers than their parents
            parent = parents[element]
            first[parent] = min(first[parent], first[element])
            past[parent] = max(past[parent], past[element])
        return [range(*ends) for ends in zip(first, past, strict=True)]


def _without_overlap(briefs: Iterable[range], labels: dict[int, Label]) -> Iterator[range]:
    """The runs of blocks that remain flashes, each block in the first run that holds it."""
    taken: set[int] = set()
    for brief in sorted(briefs, key=lambda run: (run.start, -run.stop)):
        start = None
        for block in (*brief, brief.stop):
            own = block < brief.stop and labels[block] is Label.FLASH and block not in taken
            if own and start is None:
                start = block
            elif not own and start is not None:
                yield range(start, block)
                start = None
        taken.update(brief)
