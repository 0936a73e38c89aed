"""Rules proved on the pages that they carry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

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
    """What came of one test page.

    page: its path as written. labels: how many were asked for. failures: what is wrong, a line each, () where all is
    right.
    """

    page: str
    labels: int
    failures: tuple[str, ...]


def try_rules(rules: SiteRules, file: RulesFile) -> Iterator[Outcome]:
    """The outcome of each test page of a file, all the rules in force."""
    folder = Path(file.name).parent
    for trial in file.trials:
        try:
            yield _try_page(rules, file, trial, folder)
        except DeclutterError as error:
            yield Outcome(trial.page, len(trial.labels), (str(error),))
        except OSError as error:
            yield Outcome(trial.page, len(trial.labels), (error.strerror or str(error),))


class Needless(NamedTuple):
    """A rule without which all test pages of its file are as they should be. is_met: it decides a block on one."""

    rule: Rule
    is_met: bool


def needless(rules: SiteRules, file: RulesFile) -> Iterator[Needless]:
    """The rules of a file that none of its tests needs."""
    for rule in file.rules:
        rest = replace(file, rules=tuple(other for other in file.rules if other is not rule))
        others = replace(rules, files=tuple(rest if known is file else known for known in rules.files))
        if not any(outcome.failures for outcome in try_rules(others, rest)):
            yield Needless(rule, is_met=any(_meets(rule, trial, file) for trial in file.trials))


def _meets(rule: Rule, trial: Trial, file: RulesFile) -> bool:
    """Whether a rule decides a block of a test page, one that could be read."""
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
    """What is not as it should be: every block with one of the beginnings has its label, and there is one."""
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
