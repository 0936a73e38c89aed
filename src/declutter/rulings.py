"""What a site's rules say of one page's blocks: what they tell the classifier."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple, Protocol, Self

from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element

    from declutter.outline import Outline

SITE_RULE: Final = "site_rule"
"""The name of a rule as evidence."""

WEIGHT: Final = 6.0
"""Log-odds by which a rule's label wins: the reader who wrote it has seen the page."""


class Tree(NamedTuple):
    """What selectors are asked of: a page's tree, and its elements by their numbers in the outline, None for none."""

    root: _Element
    elements: list[_Element | None]

    @classmethod
    def of(cls, elements: Sequence[_Element | None]) -> Self | None:
        """The tree that elements stand in, by their numbers in the outline; None where there are none: a text dump."""
        element = next((element for element in elements if element is not None), None)
        return None if element is None else cls(element.getroottree().getroot(), list(elements))


class Rulings(NamedTuple):
    """labels: by number, of the blocks that a rule decides. flashes: of those labelled flash, one run a brief."""

    labels: dict[int, Label]
    flashes: tuple[range, ...]

    def cut(self, blocks: int) -> Self:
        """What they say of the first `blocks` blocks."""
        labels = {number: label for number, label in self.labels.items() if number < blocks}
        flashes = (range(run.start, min(run.stop, blocks)) for run in self.flashes)
        return type(self)(labels, tuple(run for run in flashes if run))


NO_RULINGS: Final = Rulings({}, ())


class Rules(Protocol):
    """Whatever says which labels blocks of a page have: SiteRules."""

    def rule(self, outline: Outline, tree: Tree | None, *, url: str | None) -> Rulings | None:
        """What is said of a page's blocks; None for nothing. tree: None for a text dump."""
