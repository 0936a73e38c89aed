"""What site rules tell the classifier about the blocks of a page."""

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
"""The margin of a rule's label, in log-odds. It is high, because the author of the rule has seen the page."""


class Tree(NamedTuple):
    """A page's tree, and its elements by number in the outline, for matching selectors."""

    root: _Element
    elements: list[_Element | None]

    @classmethod
    def of(cls, elements: Sequence[_Element | None]) -> Self | None:
        """The tree of elements given by their numbers in the outline; None for a text dump, which has none."""
        element = next((element for element in elements if element is not None), None)
        return None if element is None else cls(element.getroottree().getroot(), list(elements))


class Rulings(NamedTuple):
    """labels: by block number, for blocks that rules decide. flashes: runs of blocks labelled flash, one per flash."""

    labels: dict[int, Label]
    flashes: tuple[range, ...]

    def cut(self, blocks: int) -> Self:
        """The same for the first `blocks` blocks only."""
        labels = {number: label for number, label in self.labels.items() if number < blocks}
        flashes = (range(run.start, min(run.stop, blocks)) for run in self.flashes)
        return type(self)(labels, tuple(run for run in flashes if run))


NO_RULINGS: Final = Rulings({}, ())


class Rules(Protocol):
    """Anything that labels blocks of a page, such as SiteRules."""

    def rule(self, outline: Outline, tree: Tree | None, *, url: str | None) -> Rulings | None:
        """The labels of a page's blocks; None for nothing. tree: None for a text dump."""
