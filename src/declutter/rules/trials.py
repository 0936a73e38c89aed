"""Rules proved on the pages that they carry."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from declutter.errors import DeclutterError
from declutter.options import ExtractOptions
from declutter.rules.phrases import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


def needless(rules: SiteRules, file: RulesFile) -> Iterator[Rule]:
    """The rules of a file without any of which all of its test pages are as they should be."""
    for rule in file.rules:
        rest = replace(file, rules=tuple(other for other in file.rules if other is not rule))
        others = replace(rules, files=tuple(rest if known is file else known for known in rules.files))
        if not any(outcome.failures for outcome in try_rules(others, rest)):
            yield rule


def _try_page(rules: SiteRules, file: RulesFile, trial: Trial, folder: Path) -> Outcome:
    from declutter.pipeline import extract

    path = (folder / trial.page).resolve()
    if not path.is_relative_to(folder.resolve()):
        return Outcome(trial.page, len(trial.labels), ("the page is outside the folder of the rules",))
    page, url = path.read_bytes(), trial.url or _address(file.hosts[0])
    document = extract(page, url=url, options=ExtractOptions(rules=rules))
    return Outcome(trial.page, len(trial.labels), _wrong(document.blocks, trial.labels))


def _address(host: str) -> str | None:
    return None if host == "*" else f"https://{host.removeprefix('*.')}/"


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
