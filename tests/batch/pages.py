"""Pages that differ, and what outputs hold."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from backports import zstd


def page(number: int, words: str = "the harbour, the ferries and the people who wait for them in the rain") -> str:
    paragraphs = "".join(
        f"<p>Paragraph {place} of page {number} says at some length what there is to say about {words}.</p>"
        for place in range(8)
    )
    return (
        f"<!doctype html><html lang=en><head><title>Harbour notes {number}</title></head><body>"
        f"<nav><a href=/>Home</a><a href=/all>All notes</a></nav><article><h1>Harbour notes {number}</h1>{paragraphs}"
        "<p>BRIEF | Lighthouse to be sold: The county said on Monday that it would sell the old lighthouse, and two "
        f"boats with it. [2023/5/29 14:02:11]</p>{paragraphs}</article></body></html>"
    )


def rows(output: Path) -> list[dict[str, Any]]:
    """The rows of any kind of output, in order."""
    if output.is_dir():
        return [json.loads(path.read_bytes()) for path in sorted(output.rglob("*.json"))]
    if output.suffix == ".parquet":
        from pyarrow import parquet

        return [_bare(row) for row in parquet.read_table(output).to_pylist()]
    content = output.read_bytes()
    if output.suffix == ".gz":
        content = gzip.decompress(content)
    elif output.suffix == ".zst":
        content = b"".join(zstd.ZstdFile(output))
    return [json.loads(line) for line in content.splitlines()]


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if not (name == "error" and value is None)}


def names(output: Path) -> list[str]:
    return [Path(row["input"]).name for row in rows(output)]
