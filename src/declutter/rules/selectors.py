"""CSS selectors on a page's elements, in time linear in elements and selector, whatever the selector.

cssselect parses the selector. It could also translate it to XPath, but libxml2 takes quadratic time for siblings and
counts and cannot be interrupted, and a rules file may come from a stranger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, TypeAlias

from cssselect import SelectorError, parser

from declutter.deadline import NEVER, Deadline

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_LENGTH: Final = 500
"""Maximum characters of a selector."""

_TESTS: Final[dict[str, Callable[[str, str], bool]]] = {
    "=": lambda value, wanted: value == wanted,
    "!=": lambda value, wanted: value != wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "|=": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
    "^=": lambda value, wanted: bool(wanted) and value.startswith(wanted),
    "$=": lambda value, wanted: bool(wanted) and value.endswith(wanted),
    "*=": lambda value, wanted: bool(wanted) and wanted in value,
}
_PLACES: Final = {
    "first-child": ("nth-child", (0, 1)),
    "last-child": ("nth-last-child", (0, 1)),
    "first-of-type": ("nth-of-type", (0, 1)),
    "last-of-type": ("nth-last-of-type", (0, 1)),
}
_ONLY: Final = {
    "only-child": ("first-child", "last-child"),
    "only-of-type": ("first-of-type", "last-of-type"),
}
_COUNTED: Final = frozenset({"nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type"})

Parsed: TypeAlias = parser.Tree


class BadSelectorError(ValueError):
    """A selector that is invalid, or not applicable to a static page."""


@lru_cache(maxsize=1024)
def parse(selector: str) -> tuple[Parsed, ...]:
    """The selector's parts between commas. Raises BadSelectorError."""
    if len(selector) > MAX_LENGTH:
        raise BadSelectorError(f"the selector is longer than {MAX_LENGTH} characters")
    try:
        parts = parser.parse(selector)
    except SelectorError as error:
        raise BadSelectorError(str(error)) from error
    for part in parts:
        if part.pseudo_element is not None:
            raise BadSelectorError(f"::{part.pseudo_element} is not supported")
    trees = tuple(part.parsed_tree for part in parts)
    nothing = Elements(())
    for tree in trees:  # report unsupported selectors before there is a page
        nothing.matching(tree)
    return trees


def count_parts(selector: str) -> int:
    """The number of tests and steps of a selector; each is applied to every element at most once."""
    waiting = list(parse(selector))
    count = 0
    while waiting:
        tree = waiting.pop()
        count += 1
        inner = (getattr(tree, name, None) for name in ("selector", "subselector"))
        waiting += [*filter(None, inner), *getattr(tree, "selector_list", ())]
    return count


class Elements:
    """The elements of a page in order, numbered, for matching selectors.

    Past a deadline that stops, nothing more is found.
    """

    def __init__(self, roots: Iterable[_Element], deadline: Deadline = NEVER) -> None:
        """roots: the page's tree and the siblings of its root."""
        self._deadline = deadline
        self.nodes: list[_Element] = []
        self.parents: list[int] = []
        number: dict[_Element | None, int] = {None: -1}
        for root in roots:
            for node in deadline.watch(root.iter()):
                if isinstance(node.tag, str):
                    number[node] = len(self.nodes)
                    self.nodes.append(node)
                    self.parents.append(number.get(node.getparent(), -1))

    def select(self, selector: str) -> list[int]:
        """The numbers of the outermost elements that a selector matches."""
        found: set[int] = set()
        for tree in parse(selector):
            found |= self.matching(tree)
        if not found or self._deadline.passed:
            return []
        inside = bytearray(len(self.nodes))
        outermost = []
        for number, parent in enumerate(self.parents):
            within = parent >= 0 and inside[parent]
            if within or number in found:
                inside[number] = 1
                if not within:
                    outermost.append(number)
        return outermost

    def matching(self, tree: Parsed) -> set[int]:
        """All elements that one part of a selector matches."""
        return set() if self._deadline.stops() else self._matching(tree)

    def _matching(self, tree: Parsed) -> set[int]:
        match tree:
            case parser.Element():
                if tree.namespace:
                    raise BadSelectorError("namespaces are not supported")
                return set(range(len(self.nodes)) if tree.element is None else self._tags.get(tree.element.lower(), ()))
            case parser.Class():
                return self._narrow(tree.selector, self._classes.get(tree.class_name, ()))
            case parser.Hash():
                return self._narrow(tree.selector, self._ids.get(tree.id, ()))
            case parser.Attrib():
                return self._with_attribute(tree)
            case parser.Negation():
                return self.matching(tree.selector) - self.matching(tree.subselector)
            case parser.Matching() | parser.SpecificityAdjustment():
                inner = [self.matching(part) for part in tree.selector_list]
                return self.matching(tree.selector) & set().union(*inner)
            case parser.Pseudo():
                return self.matching(tree.selector) & self._pseudo(tree.ident)
            case parser.Function():
                return self.matching(tree.selector) & self._function(tree)
            case parser.CombinedSelector():
                return self.matching(tree.subselector) & self._reached(tree.combinator, self.matching(tree.selector))
        raise BadSelectorError(":has() is not supported")

    def _narrow(self, tree: Parsed, candidates: Iterable[int]) -> set[int]:
        if isinstance(tree, parser.Element) and tree.element is None and not tree.namespace:
            return set(candidates)
        return self.matching(tree).intersection(candidates)

    def _with_attribute(self, tree: parser.Attrib) -> set[int]:
        name = tree.attrib.lower()
        wanted = "" if tree.value is None else tree.value.value or ""
        test = _TESTS.get(tree.operator)
        found = set()
        for number in self.matching(tree.selector):
            value = self.nodes[number].get(name)
            if value is not None and (test is None or test(value, wanted)):
                found.add(number)
        return found

    def _reached(self, combinator: str, left: set[int]) -> set[int]:
        """The elements that the combinator relates to those in `left`."""
        parents = self.parents
        if combinator == ">":
            return {number for number, parent in enumerate(parents) if parent in left}
        reached: set[int] = set()
        if combinator == " ":
            for number, parent in enumerate(parents):
                if parent in left or parent in reached:
                    reached.add(number)
            return reached
        for number, before in enumerate(self._preceding):
            if before in left or (combinator == "~" and before in reached):
                reached.add(number)
        return reached

    def _pseudo(self, name: str) -> set[int]:
        if name in _PLACES:
            function, series = _PLACES[name]
            return self._at(function, series)
        if name in _ONLY:
            first, last = _ONLY[name]
            return self._pseudo(first) & self._pseudo(last)
        if name == "root":
            return {number for number, parent in enumerate(self.parents) if parent < 0}
        if name == "empty":
            return {number for number, node in enumerate(self.nodes) if not len(node) and not node.text}
        raise BadSelectorError(f":{name} is not supported")

    def _function(self, tree: parser.Function) -> set[int]:
        if tree.name not in _COUNTED:
            raise BadSelectorError(f":{tree.name}() is not supported")
        try:
            series = parser.parse_series(tree.arguments)
        except ValueError as error:
            raise BadSelectorError(f":{tree.name}() takes 2, odd or 2n+1") from error
        return self._at(tree.name, series)

    def _at(self, function: str, series: tuple[int, int]) -> set[int]:
        """The elements with a position among their siblings of `step` * n + `start`, for n from 0."""
        step, start = series
        ranks = self._ranks[function]
        if not step:
            return {number for number, rank in enumerate(ranks) if rank == start}
        return {
            number
            for number, rank in enumerate(ranks)
            if (rank - start) % abs(step) == 0 and (rank - start) // step >= 0
        }

    @cached_property
    def _tags(self) -> dict[str, list[int]]:
        return _index((node.tag, number) for number, node in enumerate(self.nodes))

    @cached_property
    def _classes(self) -> dict[str, list[int]]:
        names = ((node.get("class"), number) for number, node in enumerate(self.nodes))
        return _index((name, number) for written, number in names if written for name in written.split())

    @cached_property
    def _ids(self) -> dict[str, list[int]]:
        names = ((node.get("id"), number) for number, node in enumerate(self.nodes))
        return _index((name, number) for name, number in names if name)

    @cached_property
    def _preceding(self) -> list[int]:
        """By element, its preceding sibling; -1 for the first."""
        last: dict[int, int] = {}
        preceding = []
        for number, parent in enumerate(self.parents):
            preceding.append(last.get(parent, -1))
            last[parent] = number
        return preceding

    @cached_property
    def _ranks(self) -> dict[str, list[int]]:
        """By function, the position of each element among the siblings that the function counts, from 1."""
        siblings = self.parents
        alike = [(parent, node.tag) for parent, node in zip(self.parents, self.nodes, strict=True)]
        return {
            "nth-child": _count(siblings),
            "nth-of-type": _count(alike),
            "nth-last-child": _count(siblings[::-1])[::-1],
            "nth-last-of-type": _count(alike[::-1])[::-1],
        }


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for name, number in pairs:
        found.setdefault(name, []).append(number)
    return found


def _count(keys: Iterable[object]) -> list[int]:
    """By position, how often its key has occurred so far, including itself."""
    counts: Counter[object] = Counter()
    ranks = []
    for key in keys:
        counts[key] += 1
        ranks.append(counts[key])
    return ranks
