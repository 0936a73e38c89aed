"""The package's regular expressions, and the texts that would take them longest: what they repeat, over and over.

    python tests/expressions.py [SIZE]

lists those whose time grows faster than the text, from a quarter of the size to all of it (4 times is linear).
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser as reader  # type: ignore[attr-defined]
from types import ModuleType
from typing import Any, Final, TypeAlias

import declutter

_MAX_PUMPS: Final = 12
_MAX_CONSTANT: Final = 20
_MAX_LIST: Final = 200
_SEARCHING: Final = frozenset({"search", "sub", "subn", "split", "findall", "finditer"})
_TAIL: Final = "\x01"
"""No expression wants this character at its end."""
_OF_CLASS: Final = {
    op.CATEGORY_DIGIT: "1", op.CATEGORY_SPACE: " ", op.CATEGORY_WORD: "a",
    op.CATEGORY_NOT_DIGIT: "a", op.CATEGORY_NOT_SPACE: "a", op.CATEGORY_NOT_WORD: " ",
}  # fmt: skip


Work: TypeAlias = Callable[[str | bytes], object]


def expressions() -> Iterator[tuple[str, re.Pattern[Any], Work]]:
    """Every expression of the package, with its name and the way it is applied: those that a module holds, those made
    when asked for, and those written inside a function."""
    seen: set[int] = set()
    for module in _modules():
        for name, value in list(vars(module).items()):
            held = list(_inside(f"{module.__name__}.{name}", value, seen))
            if hasattr(value, "cache_info") and not inspect.signature(value).parameters:
                made = value()
                if isinstance(made, re.Pattern) or (isinstance(made, tuple) and _are_patterns(made)):
                    held += _inside(f"{module.__name__}.{name}", made, seen)
            if isinstance(value, type) and value.__module__ == module.__name__:
                for attribute, of in list(vars(value).items()):
                    held += _inside(f"{module.__name__}.{name}.{attribute}", of, seen)
            yield from ((found, pattern, tried(found, pattern)) for found, pattern in held)
        yield from written_inside(module.__name__, inspect.getsource(module))


def _are_patterns(values: tuple[object, ...]) -> bool:
    return all(isinstance(value, re.Pattern) for value in values)


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(declutter.__path__, "declutter."):
        if not info.name.endswith("__main__"):
            with suppress(declutter.DeclutterError):  # needs an extra
                yield importlib.import_module(info.name)


def written_inside(module: str, source: str) -> Iterator[tuple[str, re.Pattern[Any], Work]]:
    """The expressions that functions write for themselves; what they put into them when they run stands as `a`."""
    for function in ast.walk(ast.parse(source)):
        if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        nodes = list(ast.walk(function))
        calls = [node for node in nodes if isinstance(node, ast.Call) and _is_of_re(node.func)]
        for number, call in enumerate(calls):
            assert isinstance(call.func, ast.Attribute)
            if (written := _written(call.args[0])) is not None:
                pattern = re.compile(written, _flags(call))
                how = {call.func.attr} if call.func.attr != "compile" else _asked_of(call, nodes)
                yield f"{module}.{function.name}:{number}", pattern, _applied(pattern, how)


def _asked_of(made: ast.Call, nodes: list[ast.AST]) -> set[str]:
    """What is called of an expression that is compiled here, by itself or by the name it is given."""
    names = {
        target.id
        for node in nodes
        if isinstance(node, ast.Assign) and node.value is made
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    return {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute)
        and (node.value is made or (isinstance(node.value, ast.Name) and node.value.id in names))
    }


def _is_of_re(func: ast.expr) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and isinstance(func.value, ast.Name)
        and func.value.id == "re"
        and func.attr in {"compile", "fullmatch", "match", *_SEARCHING}
    )


def _written(node: ast.expr) -> str | bytes | None:
    """The expression as it is written; None where a variable holds it, which is of the module or of the user."""
    match node:
        case ast.Constant(value=str() | bytes() as value):
            return value
        case ast.JoinedStr(values=values):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "a" for part in values)
        case ast.BinOp(left=ast.Constant(value=bytes() as value), op=ast.Mod()):
            return value.replace(b"%b", b"a")
    return None


def _flags(call: ast.Call) -> int:
    named = {getattr(node, "attr", "") for given in call.args[1:] for node in ast.walk(given)}
    named |= {getattr(node, "attr", "") for given in call.keywords for node in ast.walk(given.value)}
    return sum(getattr(re, name) for name in named if name.isupper())


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


def tried(name: str, pattern: re.Pattern[Any]) -> Work:
    """How the package applies an expression: from the text's beginning only, or anywhere in it."""
    module, _, short = name.split("[", maxsplit=1)[0].rpartition(".")
    return _applied(
        pattern, set(re.findall(rf"\b{re.escape(short)}\.(\w+)\(", _source(module if short.startswith("_") else "")))
    )


def _applied(pattern: re.Pattern[Any], called: set[str]) -> Work:
    if called and not _SEARCHING & called:
        return pattern.fullmatch if called == {"fullmatch"} else pattern.match
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


def growth(work: Work, make: Callable[[int], str | bytes], size: int) -> float:
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
    for name, pattern, work in expressions():
        for label, make in pumps(pattern):
            grown = growth(work, make, size)
            if grown > 7:
                print(f"{name}: {grown:.0f} times, {label}", flush=True)


if __name__ == "__main__":
    main()
