"""Reads rules from TOML files, with errors that name the line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, Final, NoReturn

import msgspec

from declutter.errors import RulesError, no_such
from declutter.frozen import freeze
from declutter.model import Label
from declutter.rules.selectors import BadSelectorError, count_parts, parse

MAX_BYTES: Final = 256_000
MAX_RULES: Final = 200
MAX_PARTS: Final = 400
MAX_PHRASE: Final = 500
"""Limits of a file: bytes, rules, parts of all selectors; and characters of a phrase."""

_WHAT: Final = ("select", "phrase", "text")
_KEYS: Final = {
    "label": (*_WHAT, "as"),
    "start": (*_WHAT, "as", "until"),
    "keep": _WHAT,
    "test": ("page", "url", "labels"),
}
_HOST: Final = re.compile(r"(?:\*\.)?[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*|\*")


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """One rule.

    verb: "label" (these blocks), "start" (from this block on) or "keep" (these blocks, as body; overrides others).
    label: the label of the blocks. Exactly one of the next three is given: select: a CSS selector. phrase: the
    beginning of a block. text: the whole text of a block.
    until: for "start", the beginning of the first block after the section; None for the end of its section.
    """

    verb: str
    label: Label
    select: str | None = None
    phrase: str | None = None
    text: str | None = None
    until: str | None = None

    def __str__(self) -> str:
        """The rule for display."""
        key = next(key for key in _WHAT if getattr(self, key))
        return f"[[{self.verb}]] {key} = {getattr(self, key)!r}"


class Trial(msgspec.Struct, frozen=True, kw_only=True):
    """A test page for rules.

    page: its path, relative to the folder of the rules. url: the page's URL; by default, of the first host of the
    rules.
    labels: beginnings of blocks, and their labels.
    """

    page: str
    url: str | None
    labels: Mapping[str, Label]

    def __post_init__(self) -> None:
        freeze(self, "labels")


class RulesFile(msgspec.Struct, frozen=True, kw_only=True):
    """The rules of a site. name: of the file. hosts: the hosts of the rules. See Rule and Trial."""

    name: str
    hosts: tuple[str, ...]
    rules: tuple[Rule, ...]
    trials: tuple[Trial, ...]


def read_file(path: Path) -> RulesFile:
    """Read the rules in a file. Raises RulesError, OSError."""
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise RulesError(f"a rules file may have at most {MAX_BYTES} bytes", subject=str(path))
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RulesError(f"line {line}: not UTF-8", subject=str(path)) from error
    return read_text(text, name=str(path))


def read_text(text: str, *, name: str) -> RulesFile:
    """Parse rules; name: what errors call the text. Raises RulesError."""
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"^(.*) \(at line (\d+), column \d+\)$", str(error))
        message = f"line {place[2]}: {place[1]}" if place else str(error)
        raise RulesError(message, subject=name) from error
    except RecursionError as error:
        raise RulesError("nested too deeply", subject=name) from error
    return _Reader(text, name).read(content)


class _Reader:
    """Turns the content of a file into rules, with errors that name the line."""

    def __init__(self, text: str, name: str) -> None:
        self._lines = text.splitlines()
        self._name = name

    def read(self, content: dict[str, Any]) -> RulesFile:
        self._known(content, ("hosts", *_KEYS), table=None, index=0)
        rules = [
            self._rule(verb, index, entry)
            for verb in ("start", "label", "keep")
            for index, entry in enumerate(self._tables(content, verb))
        ]
        trials = tuple(self._trial(index, entry) for index, entry in enumerate(self._tables(content, "test")))
        if len(rules) > MAX_RULES:
            raise RulesError(
                f"a rules file may have at most {MAX_RULES} rules; this one has {len(rules)}", subject=self._name
            )
        parts = sum(count_parts(rule.select) for rule in rules if rule.select)
        if parts > MAX_PARTS:
            message = f"the selectors of a rules file may have at most {MAX_PARTS} parts in all; these have {parts}"
            raise RulesError(message, subject=self._name)
        if not rules:
            raise RulesError("no rules: a [[label]], [[start]] or [[keep]] is needed", subject=self._name)
        return RulesFile(name=self._name, hosts=self._hosts(content), rules=tuple(rules), trials=trials)

    def _hosts(self, content: dict[str, Any]) -> tuple[str, ...]:
        hosts = content.get("hosts")
        if hosts is None:
            raise RulesError('no hosts: add a line such as hosts = ["example.org"]', subject=self._name)
        if not isinstance(hosts, list) or not hosts:
            self._fail(None, 0, "hosts", 'hosts must be a list of names, such as ["example.org", "*.example.net"]')
        for host in hosts:
            if not isinstance(host, str) or not _HOST.fullmatch(host):
                self._fail(None, 0, "hosts", f"{host!r} is not a host: write example.org, *.example.org, or * for all")
        return tuple(host.lower() for host in hosts)

    def _tables(self, content: dict[str, Any], name: str) -> list[dict[str, Any]]:
        tables = content.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self._fail(name, 0, None, f"write [[{name}]], with two brackets, above each")
        for index, table in enumerate(tables):
            self._known(table, _KEYS[name], table=name, index=index)
        return tables

    def _rule(self, verb: str, index: int, entry: dict[str, Any]) -> Rule:
        given = [key for key in _WHAT if key in entry]
        if len(given) != 1:
            message = (
                f"{given[0]} and {given[1]} in one rule; write two" if given else "it says of no block what it is for"
            )
            self._fail(verb, index, given[-1] if given else None, f"{message}: one of {', '.join(_WHAT)}")
        for key in (*given, "until"):
            if key in entry:
                self._phrase(verb, index, key, entry[key])
        if given == ["select"]:
            try:
                parse(entry["select"])
            except BadSelectorError as error:
                self._fail(verb, index, "select", str(error))
        label = Label.BODY if verb == "keep" else self._label(verb, index, "as", entry.get("as"))
        return Rule(verb=verb, label=label, until=entry.get("until"), **{given[0]: entry[given[0]]})

    def _trial(self, index: int, entry: dict[str, Any]) -> Trial:
        page, url, labels = entry.get("page"), entry.get("url"), entry.get("labels")
        path = PurePosixPath(page) if isinstance(page, str) and page else None
        if path is None or path.is_absolute() or ".." in path.parts or "\\" in str(page):
            self._fail("test", index, "page", "page must be the path of a saved page inside this folder")
        if url is not None and not isinstance(url, str):
            self._fail("test", index, "url", "url must be the page's URL")
        if not isinstance(labels, dict) or not labels:
            self._fail(
                "test",
                index,
                "labels",
                'labels must map the beginnings of blocks to labels: {"Beginning of a block" = "flash"}',
            )
        known = {beginning: self._label("test", index, beginning, label) for beginning, label in labels.items()}
        return Trial(page=str(path), url=url, labels=known)

    def _phrase(self, table: str, index: int, key: str, phrase: object) -> None:
        if not isinstance(phrase, str) or not phrase.strip():
            self._fail(table, index, key, f"{key} must be a string")
        if len(phrase) > MAX_PHRASE:
            self._fail(table, index, key, f"{key} is longer than {MAX_PHRASE} characters")

    def _label(self, table: str, index: int, key: str, label: object) -> Label:
        if label is None:
            self._fail(table, index, None, f"no label: add {key} = one of {', '.join(Label)}")
        if not isinstance(label, str) or label not in list(Label):
            self._fail(table, index, key, no_such("label", [str(label)], list(Label)))
        return Label(label)

    def _known(self, content: dict[str, Any], keys: tuple[str, ...], *, table: str | None, index: int) -> None:
        for key in content:
            if key not in keys:
                self._fail(table, index, key, no_such("key", [key], keys))

    def _fail(self, table: str | None, index: int, key: str | None, message: str) -> NoReturn:
        raise RulesError(f"line {self._line(table, index, key)}: {message}", subject=self._name)

    def _line(self, table: str | None, index: int, key: str | None) -> int:
        """The line, from 1, of a key in the table of that name and number, or of the table."""
        at = seen = -1
        if table is not None:
            header = re.compile(rf"\s*\[\[?\s*{table}\s*[\].]|\s*{table}\s*=")
            for number, line in enumerate(self._lines):
                if header.match(line) and not line.lstrip().startswith(f"[{table}."):
                    at, seen = number, seen + 1
                    if seen == index:
                        break
        if key is not None:
            quoted = rf"[\"']?{re.escape(key)}[\"']?"
            wanted = re.compile(rf"\s*(?:\[\[?\s*)?{quoted}\s*[=\].]|\s*\w+\s*=\s*{{.*{quoted}\s*=")
            for number in range(at + 1, len(self._lines)):
                if wanted.match(self._lines[number]):
                    return number + 1
                if table and self._lines[number].lstrip().startswith("[["):
                    break
        return max(at, 0) + 1
