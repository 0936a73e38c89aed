"""Drafts a rules file for a page from corrections of its labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.errors import RulesError
from declutter.model import Kind, Label
from declutter.rules.apply import apply
from declutter.rules.file import MAX_PHRASE, Rule
from declutter.rules.phrases import folded
from declutter.rulings import Tree

if TYPE_CHECKING:
    from lxml.etree import _Element

    from declutter.model import Block, Document
    from declutter.outline import Outline

_MAX_LEVELS: Final = 4
_MAX_CLASSES: Final = 6
_LONG: Final = 120
"""Minimum characters of a block that is identified by its beginning."""
_SHOWN: Final = 60
"""Characters of a block's beginning in a test."""
_GENERATED: Final = re.compile(r"\d{3}|[0-9a-f]{6}|(?=.*\d)(?=.*[A-Z])|^(?:css|jsx|sc|emotion|svelte)-|__[\w-]{5,}$")
"""Names that build tools generate, and change with each version."""
_NAME: Final = re.compile(r"[A-Za-z_][\w-]*")
_MAX_NAME: Final = 100  # characters; longer names are not written by hand
_KICKER: Final = re.compile(r"[^\d|｜:：【】\[\]]{2,24}\s?[|｜:：]")
_OF_STATE: Final = frozenset({"active", "first", "last", "odd", "even", "hidden", "visible", "clearfix", "row"})


class Draft(NamedTuple):
    """rules: in the order found. labels: beginnings of the page's blocks and their labels, for its test."""

    rules: tuple[Rule, ...]
    labels: dict[str, Label]


def draft(
    document: Document,
    outline: Outline,
    elements: Sequence[_Element | None],
    *,
    selected: Iterable[Rule],
    wanted: Mapping[int, Label],
) -> Draft:
    """Draft rules that give blocks of a page their corrected labels.

    document, outline: the page, extracted without rules. elements: of its tree, by number in the outline; empty for a
    text dump. selected: rules to begin with. wanted: labels by the block's index in the document.
    A rule is a class or id around none of the blocks with another label; or else the block's beginning; or else its
    whole text.

    Raises RulesError if a block has the same text as one with another label, and no class or id distinguishes them.
    """
    page = _Page(document, outline, elements)
    rules = list(selected)
    missing = {page.numbers[index]: label for index, label in wanted.items()}
    for label in dict.fromkeys(missing.values()):
        rules += page.rules_for({number for number, own in missing.items() if own is label}, label)
    return Draft(tuple(rules), page.beginnings(apply(rules, outline, page.tree).labels))


def write(draft: Draft, *, host: str, page: str, url: str | None) -> str:
    """The draft as a rules file. page: the path of the saved page, relative to the file."""
    lines = [f"hosts = [{_quoted(host)}]"]
    for rule in draft.rules:
        kind, value = next((key, text) for key in ("select", "phrase", "text") if (text := getattr(rule, key)))
        lines += ["", f"[[{rule.verb}]]", f"{kind} = {_quoted(value)}"]
        if rule.verb != "keep":
            lines.append(f"as = {_quoted(rule.label)}")
    lines += ["", "[[test]]", f"page = {_quoted(page)}"]
    if url:
        lines.append(f"url = {_quoted(url)}")
    lines += ["[test.labels]", *(f"{_quoted(text)} = {_quoted(label)}" for text, label in draft.labels.items())]
    return "\n".join([*lines, ""])


class _Page:
    """A page and what is known of its blocks.

    numbers: by index in the document, the block's number in the outline, which has no blocks for pictures. tree: None
    for a text dump.
    """

    def __init__(self, document: Document, outline: Outline, elements: Sequence[_Element | None]) -> None:
        texts = [block for block in document.blocks if block.kind is not Kind.IMAGE]
        self.blocks: list[Block] = texts
        self.numbers = {block.index: number for number, block in enumerate(texts)}
        self._outline = outline
        self._elements = elements
        self.tree = Tree.of(elements)

    def rules_for(self, numbers: set[int], label: Label) -> Iterator[Rule]:
        """Rules that give all these blocks the label, and change no other block."""
        left = set(numbers)
        allowed = left | {number for number, block in enumerate(self.blocks) if block.label is label}
        while left:
            best = self._best(left, allowed, label)
            if best is None:
                break
            rule, reached = best
            yield rule
            left -= reached
        while left:
            rule, reached = self._by_text(min(left), allowed, label)
            yield rule
            left -= reached

    def _best(self, left: set[int], allowed: set[int], label: Label) -> tuple[Rule, set[int]] | None:
        """The simplest of the rules that match most of the remaining blocks and none that they must not."""
        best: tuple[Rule, set[int]] | None = None
        for rule in self._candidates(left, label):
            reached = set(apply((rule,), self._outline, self.tree).labels)
            if reached <= allowed and (best is None or len(reached & left) > len(best[1] & left)):
                best = rule, reached
        return best if best and best[1] & left else None

    def _by_text(self, number: int, allowed: set[int], label: Label) -> tuple[Rule, set[int]]:
        """The rule for how a block begins or, where other blocks begin so too, for its whole text."""
        text = self.blocks[number].text
        rules = [_rule(label, text=text)] if len(text) <= MAX_PHRASE else []
        if len(text) > _LONG:
            rules.insert(0, _rule(label, phrase=text[:_LONG]))
        twins: set[int] = set()
        for rule in rules:
            reached = set(apply((rule,), self._outline, self.tree).labels)
            if reached <= allowed:
                return rule, reached
            twins = reached - allowed
        index, twin = self.blocks[number].index, self.blocks[min(twins)].index
        raise RulesError(
            f"no rule tells block {index} from block {twin}, which has the same text; "
            f"correct both with --block {twin}={label}, or choose a selector for --label"
        )

    def _candidates(self, left: set[int], label: Label) -> list[Rule]:
        """Candidates for the first remaining block: names around it, then how it begins."""
        number = min(left)
        rules = [_rule(label, select=selector) for selector in dict.fromkeys(self._selectors(number))]
        text = self.blocks[number].text
        if kicker := _KICKER.match(text):
            rules.append(_rule(label, phrase=kicker[0]))
        return [*rules, Rule(verb="start", label=label, phrase=text[:_SHOWN])]

    def _selectors(self, number: int) -> Iterator[str]:
        """Selectors of the block's element by its names, then of its ancestors, then of its tag inside these."""
        outline = self._outline
        around = [outline.owners[number]]
        while len(around) < _MAX_LEVELS and outline.parents[around[-1]] > 0:
            around.append(outline.parents[around[-1]])
        for element in around:
            yield from self._names(element)
        for element in around[1:]:
            for name in self._names(element):
                yield f"{name} > {outline.tags[around[0]]}"

    def _names(self, number: int) -> Iterator[str]:
        """Selectors of an element by its id and classes, without generated and state names."""
        element = self._elements[number] if self._elements else None
        if element is None:
            return
        tag, ident = self._outline.tags[number], element.get("id")
        if ident and _is_kept(ident):
            yield f"#{ident}"
        for name in sorted((element.get("class") or "").split()[:_MAX_CLASSES], key=_has_digit):
            if _is_kept(name) and name not in _OF_STATE:
                yield f"{tag}.{name}" if tag else f".{name}"

    def beginnings(self, labels: Mapping[int, Label]) -> dict[str, Label]:
        """The beginnings and labels for the test: of blocks that rules decide, and of two of the essay."""
        wanted = dict(labels)
        essay = [n for n, block in enumerate(self.blocks) if block.label is Label.BODY and n not in wanted]
        wanted.update(dict.fromkeys((*essay[:1], *essay[-1:]), Label.BODY))
        texts = [folded(block.text) for block in self.blocks]
        found: dict[str, Label] = {}
        for number, label in sorted(wanted.items()):
            text = self.blocks[number].text
            for beginning in (text[:_SHOWN].strip(), text):
                alike = [other for other, known in enumerate(texts) if known.startswith(folded(beginning))]
                if all(wanted.get(other, self.blocks[other].label) is label for other in alike):
                    found[beginning] = label
                    break
        return found


def _is_kept(name: str) -> bool:
    return len(name) <= _MAX_NAME and _NAME.fullmatch(name) is not None and _GENERATED.search(name) is None


def _has_digit(name: str) -> bool:
    return any(map(str.isdigit, name))


def _rule(label: Label, *, select: str | None = None, phrase: str | None = None, text: str | None = None) -> Rule:
    verb = "keep" if label is Label.BODY else "label"
    return Rule(verb=verb, label=label, select=select, phrase=phrase, text=text)


def _quoted(text: str) -> str:
    """The text as a basic string of TOML, which is a JSON string except for one character."""
    return json.dumps(str(text), ensure_ascii=False).replace("\x7f", "\\u007f")
