from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from declutter.inspect import report

from .browsing import Open, Opened, opened, started

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with started() as browser:
        yield browser


@pytest.fixture
def look(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens the report of some documents. Whatever the test does with it, it asks for no more than its own file."""
    with ExitStack() as stack:
        looked: list[tuple[Path, Opened]] = []

        def look(documents: Any, **how: Any) -> Opened:
            path = documents
            if not isinstance(path, Path):
                path = tmp_path / f"report-{len(looked)}.html"
                path.write_text(report(documents), encoding="utf-8")
            found = stack.enter_context(opened(browser, path, **how))
            looked.append((path, found))
            return found

        yield look

        for path, found in looked:
            folder = path.parent.as_uri()
            assert [] == found.said
            assert [] == [url for url in found.asked if not url.startswith(folder)]
