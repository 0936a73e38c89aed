"""What holds of every document, whatever the page: said once, for the tests and for the fuzzers."""

from __future__ import annotations

import json
import re
from functools import cache
from html import unescape
from html.parser import HTMLParser
from typing import Final

from jsonschema import Draft202012Validator

import declutter
from declutter.batch.rows import Row
from declutter.batch.rows import schema as row_schema
from declutter.write.json import dump, load, schema

SAFE_SCHEMES: Final = {"http", "https", "mailto", "tel", "ftp"}
_SCHEME: Final = re.compile(r"[\s\x00-\x20]*([a-z][a-z0-9+.\-]*)\s*:", re.IGNORECASE)
_ACTIVE: Final = {"script", "style", "iframe", "object", "embed", "svg", "math", "form", "base", "meta", "link"}
# What a terminal obeys: C0 but for tab and line feed, DEL and C1.
CONTROLS: Final = re.compile("[\0-\x08\x0b-\x1f\x7f-\x9f]")


@cache
def _validator() -> Draft202012Validator:
    return Draft202012Validator(schema())


@cache
def _row_validator() -> Draft202012Validator:
    return Draft202012Validator(row_schema())


def hold(document: declutter.Document) -> None:
    """Assert all that is promised of a document and of what is written of it."""
    written = document.to_json()
    _is_plain_utf_8(written)
    _validator().validate(json.loads(written))
    assert dump(load(written)) == written
    hold_row(Row(input="page.html", json=written.encode()).to_json())
    _is_plain_utf_8(document.text)
    _is_inert(document.html)
    for product in (document.html, document.markdown):
        _is_plain_utf_8(product)
        assert not CONTROLS.search(product)
    _is_whole(document)


def hold_row(row: bytes) -> None:
    """Assert all that is promised of a line of JSON Lines, of whatever kind."""
    _is_plain_utf_8(row.decode())
    assert row.startswith(b'{"input":')
    _row_validator().validate(json.loads(row))


def _is_plain_utf_8(written: str) -> None:
    assert written.encode().decode() == written
    assert "\0" not in written
    assert "\\u0000" not in written.replace("\\\\", "")


def _is_whole(document: declutter.Document) -> None:
    """What is given as products is what the blocks of the label say, and each block has its place."""
    blocks = document.blocks
    labels = [block.label for block in blocks]
    assert [block.index for block in blocks] == list(range(len(blocks)))
    assert all(0 <= block.confidence <= 1 for block in blocks)
    assert 0 <= document.confidence <= 1
    in_flashes = sorted(index for flash in document.flashes for index in flash.blocks)
    assert in_flashes == [index for index, label in enumerate(labels) if label is declutter.Label.FLASH]
    assert all(labels[index] is declutter.Label.RELATED for teaser in document.related for index in teaser.blocks)
    assert all(0 <= span.start <= span.end <= len(block.text) for block in blocks for span in block.spans)


class _Reader(HTMLParser):
    """What a browser would find in a fragment that could act."""

    def __init__(self) -> None:
        super().__init__()
        self.acting: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.acting.append(tag)
        for name, value in attrs:
            scheme = _SCHEME.match(unescape(value or "")) if name in {"href", "src"} else None
            runs = scheme is not None and scheme[1].lower() not in SAFE_SCHEMES
            if runs or name.startswith("on") or name == "style":
                self.acting.append(f"{name}={value}")

    handle_startendtag = handle_starttag


def _is_inert(html: str) -> None:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.acting == []
