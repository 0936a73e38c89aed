"""The data in a page's scripts: JSON-LD, typed JSON, values assigned to variables or passed to functions.

Also the data in attributes that components read: Inertia's `data-page`, `data-react-props`, Astro's islands.
"""

from __future__ import annotations

import re
from base64 import b64decode
from itertools import islice
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from declutter.loose_json import load_json, load_literal, load_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element

_MIN_SCRIPT: Final = 240  # characters; a shorter script holds no article
_MAX_SCRIPT: Final = 20_000_000
_MAX_ASSIGNMENTS: Final = 40
_ASSIGNED: Final = re.compile(
    r"""[\w$\]"')]\s*=\s*(?:(?P<literal>[\[{])"""
    r"""|JSON\.parse\(\s*(?:(?P<decoded>decodeURIComponent)\(\s*|(?P<packed>(?:window\.)?atob)\(\s*)?(?=["'`])"""
    r"|\(?function\s*\((?P<names>[\w$,\s]{0,20000})\)\s*\{.{0,200}?\breturn\s*(?=\{))",
    re.DOTALL,
)
_HANDED: Final = re.compile(r"\bkit\.start\([^{}]{0,200}\{.{0,500}?\bdata:\s*(?=\[)", re.DOTALL)  # SvelteKit
_QUEUED: Final = re.compile(r"streamController\.enqueue\(\s*(?=\")")  # React Router
_TYPES: Final = ("json", "shoebox")  # shoebox is Ember's
_STREAM: Final = "__next_f"
_PUSHED: Final = re.compile(rf"{_STREAM}\.push\(\s*(?=\[)")
_ROW: Final = re.compile(r"(?P<key>[0-9a-f]{1,8}):(?:T(?P<size>[0-9a-f]{1,8}),|[A-Z]{0,2}(?=[\[{]))")
_PLACE: Final = re.compile(r"_\d{1,6}")
_ISLAND: Final = "astro-island"
_MAX_DEPTH: Final = 100
_MAX_KEY: Final = 10
# Angular's own escapes in script text.
_ANGULAR: Final = {"&q;": '"', "&a;": "&", "&s;": "'", "&l;": "<", "&g;": ">"}


def read_scripts(root: _Element) -> Iterator[tuple[_Element, bool, object]]:
    """The data of the scripts, in page order: (script, whether it is JSON-LD, value)."""
    flight: list[str] = []
    last: _Element | None = None
    for script in root.iter("script"):
        code = script.text or ""
        if not (1 if _STREAM in code else _MIN_SCRIPT) <= len(code) <= _MAX_SCRIPT:
            continue  # a piece of a stream may be short
        kind = (script.get("type") or "").lower()
        if any(name in kind for name in _TYPES):
            value = load_json(_plain(code))
            yield script, "ld+" in kind, _revived(value) if script.get("id") == "__NUXT_DATA__" else value
        elif _STREAM in code:
            for push in islice(_PUSHED.finditer(code), _MAX_ASSIGNMENTS):
                row, _ = load_literal(code, push.end())
                if isinstance(row, list) and len(row) > 1 and isinstance(row[1], str):
                    flight.append(row[1])
                    last = script
        elif not kind or "javascript" in kind or kind == "module":
            for value in (*_assigned(code), *_handed(code)):
                yield script, False, value
    if last is not None:
        yield last, False, _rows("".join(flight))


def read_attributes(root: _Element) -> Iterator[tuple[_Element, object]]:
    """The data in attributes: (element, value)."""
    for element in root.iter("*"):
        for name, written in element.items():
            if _MIN_SCRIPT <= len(written) <= _MAX_SCRIPT and str(written).lstrip()[:1] in ("{", "["):
                value = load_json(str(written))
                yield element, _unwrapped(value) if element.tag == _ISLAND and name == "props" else value


def _plain(code: str) -> str:
    if "&q;" in code:
        for escape, character in _ANGULAR.items():
            code = code.replace(escape, character)
    return code


def _assigned(code: str) -> Iterator[object]:
    """The values that code assigns: literals, parsed strings, and results of immediately invoked functions."""
    at = 0
    for _ in range(_MAX_ASSIGNMENTS):
        found = _ASSIGNED.search(code, at)
        if found is None:
            return
        at = found.end()
        if found["literal"]:
            value, at = load_literal(code, found.start("literal"))
        elif found["names"] is not None:
            value, at = _returned(code, found)
        else:
            text = load_text(code, at)
            if text and found["packed"]:
                text = _unpacked(text)
            value = load_json(unquote(text) if found["decoded"] else text) if text else None
        if isinstance(value, dict | list) and value:
            yield value


def _unpacked(text: str) -> str:
    """Decode Base64 text; "" if it is not Base64."""
    try:
        return b64decode(text, validate=True).decode(errors="replace")
    except ValueError:
        return ""


def _handed(code: str) -> Iterator[object]:
    """The values that code passes to the start functions of SvelteKit and React Router."""
    if found := _HANDED.search(code):
        yield load_literal(code, found.end())[0]
    for queued in islice(_QUEUED.finditer(code), _MAX_ASSIGNMENTS):
        text = load_text(code, queued.end())
        value = load_json(text) if text and text[0] == "[" else None
        if value is not None:
            yield _revived(value)


def _unwrapped(value: object, depth: int = 0) -> object:
    """The props of an Astro island, each value without its type number: `[0, "a"]`, `[1, [[0, 2]]]`."""
    if depth > _MAX_DEPTH:
        return None
    if isinstance(value, list) and len(value) == 2 and isinstance(value[0], int):  # noqa: PLR2004 - type, value
        value = value[1]
    if isinstance(value, list):
        return [_unwrapped(inner, depth + 1) for inner in value]
    if isinstance(value, dict):
        return {key: _unwrapped(inner, depth + 1) for key, inner in value.items()}
    return value


def _returned(code: str, found: re.Match[str]) -> tuple[object, int]:
    """The result of `(function(a,b){return {…}})(1,"x")`, the form that Nuxt writes, and its end."""
    names = [name.strip() for name in found["names"].split(",") if name.strip()]
    _, end = load_literal(code, found.end())
    call = re.compile(r"[;\s]*\}\s*(?:\)\s*)?\(").match(code, end)
    given, past = load_literal(f"[{code[call.end() : -1]}]", 0) if call else (None, 0)
    arguments = dict(zip(names, given, strict=False)) if isinstance(given, list) else {}
    value, _ = load_literal(code, found.end(), arguments)
    return value, end + past


def _rows(flight: str) -> list[object]:
    """The content of a React Server Components stream: rows of JSON, and texts with their length in bytes."""
    rows: dict[str, object] = {}
    at = 0
    while (row := _ROW.search(flight, at)) is not None:
        if row["size"]:
            text = flight[row.end() : row.end() + int(row["size"], 16)]
            text = text.encode(errors="replace")[: int(row["size"], 16)].decode(errors="ignore")
            rows[row["key"]], at = text, row.end() + len(text)
        else:
            rows[row["key"]], at = load_literal(flight, row.end())
    return _Joiner(rows).all()


class _Joiner:
    """Replaces references to rows (`$2`, `$L2`) with the rows, each joined once."""

    def __init__(self, rows: Mapping[str, object]) -> None:
        self._rows = rows
        self._joined: dict[str, object] = {}

    def all(self) -> list[object]:
        return [self._row(key) for key in self._rows]

    def _row(self, key: str, depth: int = 0) -> object:
        if key not in self._joined:
            self._joined[key] = None  # ends circular references
            self._joined[key] = self._value(self._rows[key], depth)
        return self._joined[key]

    def _value(self, value: object, depth: int) -> object:
        if depth > _MAX_DEPTH:
            return None
        if isinstance(value, str) and value[:1] == "$" and len(value) <= _MAX_KEY:
            key = value.lstrip("$L")
            return self._row(key, depth + 1) if key in self._rows else value
        if isinstance(value, list):
            return [self._value(inner, depth + 1) for inner in value]
        if isinstance(value, dict):
            return {key: self._value(inner, depth + 1) for key, inner in value.items()}
        return value


def _revived(value: object) -> object:
    """Data of Nuxt or React Router with its references resolved: numbers are indices into the same list.

    React Router writes keys the same way: `{"_1": 2}`.
    """
    if not isinstance(value, list):
        return value
    known: dict[int, object] = {}

    def at(place: object) -> object:
        if not isinstance(place, int) or not 0 <= place < len(value):
            return None
        if place in known:
            return known[place]
        held = value[place]
        if isinstance(held, dict):
            filled: dict[str, object] = {}
            known[place] = filled
            for key, inner in held.items():
                filled[str(at(int(key[1:]))) if _PLACE.fullmatch(key) else key] = at(inner)
        elif isinstance(held, list):
            if len(held) > 1 and isinstance(held[0], str):  # `["Reactive", 1]`
                known[place] = None
                known[place] = at(held[1])
            else:
                listed: list[object] = []
                known[place] = listed
                listed.extend(at(inner) for inner in held)
        else:
            known[place] = held
        return known[place]

    try:
        return at(0)
    except RecursionError:  # references nested a thousand deep
        return None
