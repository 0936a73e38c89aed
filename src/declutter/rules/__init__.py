"""Site rules: what no heuristic can know about a site, with the pages that test it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from declutter.errors import RulesError
from declutter.hosts import host_of
from declutter.rules.apply import apply
from declutter.rules.file import Rule, RulesFile, Trial, read_file, read_text

if TYPE_CHECKING:
    from os import PathLike

    from declutter.outline import Outline
    from declutter.rulings import Rulings, Tree

__all__ = ["Rule", "RulesFile", "SiteRules", "Trial"]


class SiteRules(msgspec.Struct, frozen=True):
    """The rules of any number of sites; pass them to `extract` as `ExtractOptions.rules`.

    files: in the order they were read; if two apply to a block, the later one counts.
    """

    files: tuple[RulesFile, ...]

    @classmethod
    def load(cls, path: str | PathLike[str]) -> SiteRules:
        """Read the rules in a file, or in all `*.toml` files of a folder, in the order of their names.

        Raises RulesError, which names file and line, if one is malformed; OSError if one cannot be read.
        """
        place = Path(path)
        if not place.is_dir():
            return cls((read_file(place),))
        files = sorted(place.glob("*.toml"))
        if not files:
            raise RulesError("no *.toml in this folder", subject=str(place))
        return cls(tuple(read_file(file) for file in files))

    @classmethod
    def parse(cls, text: str, *, name: str = "<rules>") -> SiteRules:
        """Parse rules in TOML. name: what a RulesError calls the text."""
        return cls((read_text(text, name=name),))

    def rules_for(self, url: str | None) -> tuple[Rule, ...]:
        """The rules for the URL of a page; without one, those for all hosts (`*`)."""
        host = host_of(url)
        return tuple(rule for file in self.files if any(_is_for(host, known) for known in file.hosts)
                     for rule in file.rules)  # fmt: skip

    def rule(self, outline: Outline, tree: Tree | None, *, url: str | None) -> Rulings | None:
        """What the rules say about a page's blocks; None if there are none for its host. tree: None for a text dump."""
        rules = self.rules_for(url)
        return apply(rules, outline, tree) if rules else None


def _is_for(host: str, known: str) -> bool:
    return known == "*" or fnmatchcase(host, known.removeprefix("www."))
