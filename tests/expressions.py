"""The package's regular expressions, and the texts that would take them longest: what they repeat, over and over.

    python tests/expressions.py [SIZE]

lists those whose time grows faster than the text, from a quarter of the size to all of it (4 times is linear).
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from typing import Any, Final

import declutter

_MAX_PUMPS: Final = 12
_MAX_CONSTANT: Final = 20
_MAX_LIST: Final = 200
_TAIL: Final = "\x01"
"""No expression wants this character at its end."""
_OF_CLASS: Final = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


def expressions() -> Iterator[tuple[str, re.Pattern[Any]]]:
    """Every compiled expression that a module of the package holds, with its name; those made when asked for, too."""
    seen: set[int] = set()
    for info in pkgutil.walk_packages(declutter.__path__, "declutter."):
        if info.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(info.name)
        except declutter.DeclutterError:  # needs an extra
            continue
        for name, value in list(vars(module).items()):
            yield from _inside(f"{info.name}.{name}", value, seen)
            if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                made = value()
                if isinstance(made, tuple) and all(isinstance(one, re.Pattern) for one in made):
                    yield from _inside(f"{info.name}.{name}", made, seen)
            if isinstance(value, type) and value.__module__ == info.name:
                for attribute, held in list(vars(value).items()):
                    yield from _inside(f"{info.name}.{name}.{attribute}", held, seen)


def _inside(name: str, value: object, seen: set[int]) -> Iterator[tuple[str, re.Pattern[Any]]]:
    if isinstance(value, re.Pattern):
        if id(value) not in seen:
            seen.add(id(value))
            yield name, value
    elif isinstance(value, dict):
        for key, held in list(value.items()):
            yield from _inside(f"{name}[{key!r}]"[:90], held, seen)
    elif isinstance(value, list | tuple | set | frozenset) and len(value) < _MAX_LIST:  # no list of words
        for number, held in enumerate(value):
            yield from _inside(f"{name}[{number}]", held, seen)


def tried(name: str, pattern: re.Pattern[Any]) -> Callable[[str | bytes], object]:
    """How the package applies an expression: from the text's beginning only, or anywhere in it."""
    module, _, short = name.split("[", maxsplit=1)[0].rpartition(".")
    called = re.findall(rf"\b{re.escape(short)}\.(\w+)\(", _source(module if short.startswith("_") else ""))
    if called and not {"search", "sub", "subn", "split", "findall", "finditer"} & set(called):
        return pattern.fullmatch if set(called) == {"fullmatch"} else pattern.match
    return lambda text: sum(1 for _ in pattern.finditer(text))


@cache
def _source(module: str) -> str:
    """What is written in a module, or with "" in all."""
    if module in sys.modules and module:
        return inspect.getsource(sys.modules[module])
    return "\n".join(path.read_text("utf-8") for root in declutter.__path__ for path in Path(root).rglob("*.py"))


def pumps(pattern: re.Pattern[Any]) -> list[tuple[str, Callable[[int], str | bytes]]]:
    """By what they repeat: makers of texts of a size, for every repeat in the expression, alone and with its lead."""
    is_bytes = isinstance(pattern.pattern, bytes)
    written = pattern.pattern.decode("latin-1") if is_bytes else pattern.pattern
    found: dict[tuple[str, str], None] = {}
    parsed = reader.parse(written, pattern.flags & re.VERBOSE)
    _walk(parsed, "", found)
    found.setdefault(("", _example(parsed)), None)
    made = []
    for lead, unit in list(found)[:_MAX_PUMPS]:
        if unit:
            made.append((f"{lead!r} + {unit!r}…"[:80], _maker(lead, unit, is_bytes=is_bytes)))
    return made


def _maker(lead: str, unit: str, *, is_bytes: bool) -> Callable[[int], str | bytes]:
    def make(size: int) -> str | bytes:
        text = lead + unit * (size // len(unit)) + _TAIL
        return text.encode("latin-1", "replace") if is_bytes else text

    return make


def _walk(items: Any, lead: str, found: dict[tuple[str, str], None]) -> str:
    """Note each unbounded repeat below with an example of what stands before it; give an example of all."""
    text = lead
    for kind, value in items:
        if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            low, high, inner = value
            unit = _example(inner)
            if high is op.MAXREPEAT or high > _MAX_CONSTANT:
                found.setdefault(("", unit), None)
                found.setdefault((text, unit), None)
                found.setdefault(("", text[-20:] + unit), None)
            _walk(inner, text, found)
            text += unit * max(low, 1)
        elif kind is op.SUBPATTERN:
            text = _walk(value[3], text, found)
        elif kind is op.ATOMIC_GROUP:
            text = _walk(value, text, found)
        elif kind is op.BRANCH:
            for branch in value[1]:
                _walk(branch, text, found)
            text += _example(value[1][0])
        elif kind in (op.ASSERT, op.ASSERT_NOT):
            _walk(value[1], text, found)
        else:
            text += _example([(kind, value)])
    return text


def _example(items: Any) -> str:
    """A short text that the expression matches, mostly."""
    text = ""
    for kind, value in items:
        if kind is op.LITERAL:
            text += chr(value)
        elif kind is op.NOT_LITERAL:
            text += "a" if value != ord("a") else "b"
        elif kind is op.ANY:
            text += "a"
        elif kind is op.IN:
            text += _member(value)
        elif kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT):
            text += _example(value[2]) * max(1, min(value[0], 30))
        elif kind is op.SUBPATTERN:
            text += _example(value[3])
        elif kind is op.ATOMIC_GROUP:
            text += _example(value)
        elif kind is op.BRANCH:
            text += _example(value[1][0])
    return text


def _member(values: Any) -> str:
    """A character of a class."""
    if values[0][0] is op.NEGATE:
        # The commonest characters that are in none of what is excluded.
        written = list(values[1:])
        return next((sign for sign in "a1 .-<\n中" if not any(_holds(item, sign) for item in written)), "ʘ")
    kind, value = values[0]
    if kind is op.LITERAL:
        return chr(value)
    return chr(value[0]) if kind is op.RANGE else _OF_CLASS.get(value, "a")


def _holds(item: Any, sign: str) -> bool:
    kind, value = item
    if kind is op.LITERAL:
        return value == ord(sign)
    if kind is op.RANGE:
        return value[0] <= ord(sign) <= value[1]
    return {
        op.CATEGORY_DIGIT: sign.isdigit(), op.CATEGORY_SPACE: sign.isspace(),
        op.CATEGORY_WORD: sign.isalnum() or sign == "_", op.CATEGORY_NOT_DIGIT: not sign.isdigit(),
        op.CATEGORY_NOT_SPACE: not sign.isspace(), op.CATEGORY_NOT_WORD: not (sign.isalnum() or sign == "_"),
    }.get(value, False)  # fmt: skip


def growth(work: Callable[[str | bytes], object], make: Callable[[int], str | bytes], size: int) -> float:
    """How much longer a text takes than its quarter does; 0 where even that is not to be measured."""

    def seconds(text: str | bytes) -> float:
        start = time.process_time()
        work(text)
        return time.process_time() - start

    small = min(seconds(make(size // 4)) for _ in range(3))
    large = min(seconds(make(size)) for _ in range(3))
    return large / small if large > 0.002 and small else 0.0


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 4000
    for name, pattern in expressions():
        for label, make in pumps(pattern):
            grown = growth(tried(name, pattern), make, size)
            if grown > 7:
                print(f"{name}: {grown:.0f} times, {label}", flush=True)


if __name__ == "__main__":
    main()
