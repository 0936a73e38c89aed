"""Reads JSON as pages embed it: slightly broken, or as a literal in JavaScript."""

from __future__ import annotations

import json
import re
from contextlib import suppress
from html import unescape
from itertools import islice
from typing import Final

import msgspec

_WRAPPED: Final = re.compile(r"<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?")
_WRAPPED_END: Final = re.compile(r"(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?)\s*;?$")
_MAX_WRAPPING: Final = 80  # characters at the end that are searched for the end of a comment or CDATA section
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")
_ENDINGS: Final = ("", "}", "]", "]}", "}}", "}]}", '"}')
_CONTROL: Final = re.compile(r"[\x00-\x1f]+")
# One token of an object literal: a string, a comment, a name or number, or punctuation.
_TOKEN: Final = re.compile(
    r'"[^"\\]*(?:\\.[^"\\]*)*"|\'[^\'\\]*(?:\\.[^\'\\]*)*\'|`[^`\\]*(?:\\.[^`\\]*)*`'
    r"|//[^\n]*|/\*.{0,500}?\*/|![01]|void 0"
    r"|-?[\d.]+(?:[eE][+-]?\d+)?|[A-Za-z_$][\w$.]*|\s+|.",
    re.DOTALL,
)
_JSON_NAMES: Final = {"true", "false", "null"}
_MAX_TOKENS: Final = 500_000
_CLOSERS: Final = {"{": "}", "[": "]"}
_ESCAPES: Final = re.compile(r"\\(?:x([0-9a-fA-F]{2})|u\{([0-9a-fA-F]{1,6})\}|(\r?\n)|([^\"\\/bfnrtu]))")


def _unwrapped(text: str) -> str:
    """The text without a surrounding comment or CDATA section."""
    text = text.strip()
    begin = _WRAPPED.match(text)
    end = _WRAPPED_END.search(text, max(begin.end() if begin else 0, len(text) - _MAX_WRAPPING))
    return text[begin.end() if begin else 0 : end.start() if end else len(text)]


def load_json(text: str) -> object:
    """Parse JSON, with simple repairs; None if that fails.

    Repairs raw line breaks in strings, trailing commas, a surrounding comment or CDATA section, a missing closing
    bracket, and quotes that a template escaped as HTML.
    """
    with suppress(msgspec.DecodeError, RecursionError, ValueError):
        return msgspec.json.decode(text)
    mended = _TRAILING_COMMA.sub(r"\1", _CONTROL.sub(" ", _unwrapped(text))).strip().rstrip(";")
    if "&quot;" in mended and '"' not in mended:
        mended = unescape(mended)
    for ending in _ENDINGS:
        with suppress(msgspec.DecodeError, RecursionError, ValueError):
            return msgspec.json.decode(mended + ending)
    return None


def load_literal(code: str, at: int, names: dict[str, object] | None = None) -> tuple[object, int]:
    """The object or array literal at a position of a script, and its end; None if there is none.

    Accepts more than JSON: bare keys, single quotes, trailing commas, comments, `!0`, `undefined`. Names are replaced
    by their values in `names`; unknown names and calls become null.
    """
    with suppress(ValueError, RecursionError):
        return json.JSONDecoder(strict=False).raw_decode(code, at)
    written, end = _as_json(code, at, names or {})
    with suppress(ValueError, RecursionError):
        return json.loads(_TRAILING_COMMA.sub(r"\1", written), strict=False), end
    return None, end


def load_text(code: str, at: int) -> str | None:
    """The string literal at a position of a script; None if there is none."""
    token = _TOKEN.match(code, at)
    if token is None or token[0][0] not in "\"'`":
        return None
    with suppress(ValueError):
        return str(json.loads(_quoted(token[0]), strict=False))
    return None


def _as_json(code: str, at: int, names: dict[str, object]) -> tuple[str, int]:
    """A literal as JSON, up to its closing bracket, and its end."""
    pieces: list[str] = []
    open_: list[str] = []
    calls = 0
    end = at
    for token in islice(_TOKEN.finditer(code, at), _MAX_TOKENS):
        text = token[0]
        end = token.end()
        if text == "(" or (calls and text != ")"):
            calls += text == "("  # skips the arguments of a call
        elif text == ")" and calls:
            calls -= 1
        elif text in _CLOSERS:
            open_.append(_CLOSERS[text])
            pieces.append(text)
        elif text in "}])":
            pieces.append(open_.pop() if open_ else "")  # closes an argument list, which is read as an array
        else:
            pieces.append(_written(text, code, end, names))
        if not open_:
            break
    return "".join(pieces), end


def _written(text: str, code: str, end: int, names: dict[str, object]) -> str:
    """A token as JSON."""
    first = text[0]
    if first in "\"'`":
        return _quoted(text)
    if text in ("!0", "!1"):
        return "true" if text == "!0" else "false"
    if text.startswith(("//", "/*")) or text == "new":
        return ""
    if first.isalpha() or first in "_$":
        if code[end : end + 16].lstrip().startswith(":"):
            return json.dumps(text)
        return text if text in _JSON_NAMES else json.dumps(names.get(text))
    if first.isdigit() and code[end : end + 1] == ":":
        return json.dumps(text)
    return f"0{text}" if first == "." and len(text) > 1 else "null" if text == "void 0" else text


def _quoted(text: str) -> str:
    """A string literal in double quotes, with JSON escapes only."""
    inside = text[1:-1]
    if text[0] != '"':
        inside = re.sub(r'(?<!\\)((?:\\\\)*)"', r'\1\\"', inside)
    return f'"{_ESCAPES.sub(_escape, inside)}"' if "\\" in inside else f'"{inside}"'


def _escape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        number = int(code, 16)
        return json.dumps(chr(number))[1:-1] if number < 0x110000 else ""  # noqa: PLR2004 - Unicode's end
    return "" if found[3] else found[4]
