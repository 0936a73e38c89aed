"""YAML front matter for Markdown files, as site generators read it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from declutter.write.safety import clean

if TYPE_CHECKING:
    from declutter.model import Document

_UNPRINTABLE: Final = re.compile("[\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
"""Characters that JSON allows in strings, but YAML does not, or that a terminal would interpret."""


def render(document: Document, *, name: str | None = None) -> str:
    """The title, authors, date and URL as YAML between two lines of `---`, without unknown values.

    name: the input's name, for `input`; None to leave it out. Every value is quoted as in JSON, so that YAML reads it
    as a string: no title becomes a number, a date or a command.
    """
    known = {
        "title": document.title,
        "authors": list(document.authors),
        "published": document.published,
        "url": document.url,
        "input": name,
    }
    return "\n".join(["---", *(f"{key}: {_quoted(value)}" for key, value in known.items() if value), "---"])


def _quoted(value: str | list[str]) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_quoted, value))}]"
    return _UNPRINTABLE.sub(_escaped, json.dumps(clean(value), ensure_ascii=False))


def _escaped(character: re.Match[str]) -> str:
    return f"\\u{ord(character[0]):04x}"
