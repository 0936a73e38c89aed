from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from .pages import page

Folder: TypeAlias = Callable[[int], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Makes a folder of so many pages."""

    def make(count: int) -> Path:
        path = tmp_path / "crawl"
        path.mkdir()
        for number in range(count):
            (path / f"{number:04}.html").write_text(page(number), encoding="utf-8")
        return path

    return make
