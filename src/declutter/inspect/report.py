"""The report as one HTML file: markup, styles, script, and the pages as data, under a strict CSP."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Final

from declutter.inspect.assets import asset
from declutter.inspect.entries import MAX_DOUBTFUL, Inspected, Row, row_of
from declutter.inspect.views import LABELS, embedded, page_view
from declutter.model import Document

_SLOT: Final = re.compile(r"<!--([a-z]+)-->")
_SCRIPTS: Final = ("dom", "blocks", "evidence", "search", "products", "original", "page", "index", "main")
"""The parts of the script, in order."""
_MARKER: Final = b'<meta name="generator" content="declutter inspect">'
_MAX_BEFORE_MARKER: Final = 1024
"""Bytes at the start of a report that contain its marker."""


def report(documents: Document | Iterable[Document | Inspected], *, home: str | None = None) -> str:
    """The report of one or several pages as one HTML file; several have an index, the least confident first.

    documents: from `explain`; an Inspected adds a name, the original page, or the reason why there is no document.
    home: the URL of the index of a report in several files, relative to this one, to link back to.

    The file needs no network and no other file. All page content is data in it, and shown as text.
    """
    given = (documents,) if isinstance(documents, Document) else documents
    pages = [_named(page, number) for number, page in enumerate(given, 1)]
    rows = [row_of(page, f"#p{number}") for number, page in enumerate(pages, 1)]
    data = {f"p{number}": page_view(page, page.document) for number, page in enumerate(pages, 1) if page.document}
    styles = [page.original.style for page in pages if page.original]
    return _file(rows, {name: embedded(view) for name, view in data.items()}, styles, home)


def index(rows: Iterable[Row]) -> str:
    """The index of a report in several files; the rows have the URLs of the pages."""
    return _file(list(rows), {}, [], None)


def is_report(path: Path) -> bool:
    """Whether a file is a report or part of one. Other files must not be overwritten."""
    with path.open("rb") as file:
        return _MARKER in file.read(_MAX_BEFORE_MARKER)


def _named(page: Document | Inspected, number: int) -> Inspected:
    return page if isinstance(page, Inspected) else Inspected(name=page.url or f"page {number}", document=page)


def _file(rows: list[Row], pages: dict[str, str], frames: list[str], home: str | None) -> str:
    style, script = asset("report.css"), _script()
    labels = [{"name": label, "meaning": meaning} for label, meaning in LABELS.items()]
    data = {"rows": rows, "labels": labels, "doubtful": MAX_DOUBTFUL, "home": home}
    values = {
        "policy": escape(_policy(script, [style, *frames])),
        "style": f"<style>{style}</style>",
        "data": "\n".join(_data(name, text) for name, text in {"report": embedded(data), **pages}.items()),
        "script": f'<script type="module">{script}</script>',
    }
    return _SLOT.sub(lambda slot: values[slot[1]], asset("report.html"))


def _data(name: str, text: str) -> str:
    return f'<script type="application/json" id="data-{name}">{text}</script>'


def _policy(script: str, styles: Iterable[str]) -> str:
    """What the report may do: run its own script, use its own styles. An original page's frame inherits all of it."""
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {_digest(script)}",
            f"style-src {' '.join(dict.fromkeys(map(_digest, styles)))}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types original",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _script() -> str:
    return "\n".join(asset(f"{name}.js") for name in _SCRIPTS)
