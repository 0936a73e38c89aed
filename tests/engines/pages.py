"""The pages that every engine is given, and the documents that it has to make of them, byte for byte."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import pytest

import declutter
from declutter.batch.rows import Row
from tests.cases import CASES, page
from tests.test_memory import LINE, SITE, essay, spliced

CI: Final = os.environ.get("CI") == "true"
ROOT: Final = Path(__file__).parents[2]
BROKEN: Final = b"%PDF-1.7 and so on"
BARE: Final = "<html><title>No more than a title</title></html>"


def needs(package: str, extra: str) -> pytest.MarkDecorator:
    missing = find_spec(package) is None and not CI
    return pytest.mark.skipif(missing, reason=f"{package} is not installed: pip install 'declutter[{extra}]'")


def records() -> list[dict[str, Any]]:
    """The fixtures; what is no page, which must not cost them; and far apart, pages of a site that share a brief which
    only a memory knows."""
    found = [{"id": case, "url": f"https://example.org/{case}", "html": page(case)} for case in CASES]
    found.insert(3, {"id": "broken", "url": None, "html": BROKEN})
    for number, name in enumerate("abcd"):
        found.insert(12 * number, {"id": name, "url": SITE.format(name), "html": spliced(essay(name), LINE).encode()})
    return found


def texts() -> list[dict[str, Any]]:
    """Those that are UTF-8 as text, for engines that know no bytes; and a page that says nothing."""
    found = [{**one, "html": one["html"].decode()} for one in records() if _is_text(one["html"])]
    return [{"id": "bare", "html": BARE}, *(one for one in found if one["id"] != "broken")]


def _is_text(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True


def learned(pages: Iterable[dict[str, Any]]) -> declutter.SiteMemory:
    """What one loop over the pages learns."""
    memory = declutter.SiteMemory()
    for one in pages:
        if one["id"] != "broken":
            memory.observe(one["html"], url=one["url"])
    return memory


def rows_of_a_batch(path: Path, memory: declutter.SiteMemory | None = None) -> dict[str, Row]:
    """What the batch runner makes of a file of pages, by their names."""
    options = declutter.BatchOptions(jobs=1)
    return {row.input: row for row in declutter.extract_many([str(path)], memory=memory, batch=options)}


def run(script: str, *arguments: object, **environment: str) -> None:
    """Run one of the examples as a process of its own, as a reader of the README does."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "examples" / script), *map(str, arguments)],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
