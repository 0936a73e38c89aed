"""Tests rules on their test pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import structs

from declutter.errors import DeclutterError
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.rules.apply import apply
from declutter.rules.phrases import folded
from declutter.rulings import Tree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

    from declutter.model import Block, Label
    from declutter.rules import SiteRules
    from declutter.rules.file import Rule, RulesFile, Trial


class Outcome(NamedTuple):
    """The result of one test page.

    page: its path as written. labels: the number that were checked. failures: one line each.
    """

    page: str
    labels: int
    failures: tuple[str, ...]


def try_rules(rules: SiteRules, file: RulesFile) -> Iterator[Outcome]:
    """Test a file on each of its test pages, with all rules applied."""
    folder = Path(file.name).parent
    for trial in file.trials:
        try:
            yield _try_page(rules, file, trial, folder)
        except DeclutterError as error:
            yield Outcome(trial.page, len(trial.labels), (str(error),))
        except OSError as error:
            yield Outcome(trial.page, len(trial.labels), (error.strerror or str(error),))


class Needless(NamedTuple):
    """A rule without which all test pages of its file pass. is_met: whether it decides a block on one of them."""

    rule: Rule
    is_met: bool


def needless(rules: SiteRules, file: RulesFile) -> Iterator[Needless]:
    """The rules of a file that none of its tests needs."""
    for rule in file.rules:
        rest = structs.replace(file, rules=tuple(other for other in file.rules if other is not rule))
        others = structs.replace(rules, files=tuple(rest if known is file else known for known in rules.files))
        if not any(outcome.failures for outcome in try_rules(others, rest)):
            yield Needless(rule, is_met=any(_meets(rule, trial, file) for trial in file.trials))


def _meets(rule: Rule, trial: Trial, file: RulesFile) -> bool:
    """Whether a rule decides a block of a readable test page."""
    from declutter.pipeline import outline_of

    elements: list[_Element | None] = []
    page = (Path(file.name).parent / trial.page).read_bytes()
    outline, _ = outline_of(page, url=_url(trial, file), options=DEFAULT_OPTIONS, elements=elements)
    return bool(apply((rule,), outline, Tree.of(elements)).labels)


def _try_page(rules: SiteRules, file: RulesFile, trial: Trial, folder: Path) -> Outcome:
    from declutter.pipeline import extract

    path = (folder / trial.page).resolve()
    if not path.is_relative_to(folder.resolve()):
        return Outcome(trial.page, len(trial.labels), ("the page is outside the folder of the rules",))
    document = extract(path.read_bytes(), url=_url(trial, file), options=ExtractOptions(rules=rules))
    return Outcome(trial.page, len(trial.labels), _wrong(document.blocks, trial.labels))


def _url(trial: Trial, file: RulesFile) -> str | None:
    host = file.hosts[0]
    return trial.url or (None if host == "*" else f"https://{host.removeprefix('*.')}/")


def _wrong(blocks: tuple[Block, ...], labels: Mapping[str, Label]) -> tuple[str, ...]:
    """What is wrong: each beginning must have a block, and all its blocks the label."""
    texts = [folded(block.text) for block in blocks]
    failures = []
    for beginning, label in labels.items():
        wanted = folded(beginning)
        found = [block for block, text in zip(blocks, texts, strict=True) if text.startswith(wanted)]
        if not found:
            failures.append(f"no block begins with {beginning!r}")
        failures += [
            f"block {block.index} is {block.label}, not {label}: {beginning!r}"
            for block in found
            if block.label is not label
        ]
    return tuple(failures)
