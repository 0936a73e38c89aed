from __future__ import annotations

import json
from pathlib import Path

import pytest

from declutter.batch.rows import Row

from .pages import learned, records, rows_of_a_batch, texts


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Parquet file of pages, in several row groups."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    path = tmp_path_factory.mktemp("pages") / "pages.parquet"
    parquet.write_table(pa.Table.from_pylist(records()), path, row_group_size=8)
    return path


@pytest.fixture(scope="session")
def folder(pages: Path) -> Path:
    """The same pages in several files, so that engines have something to divide and to merge."""
    from pyarrow import parquet

    table = parquet.read_table(pages)
    path = pages.parent / "folder"
    path.mkdir()
    for first in range(0, table.num_rows, 12):
        parquet.write_table(table.slice(first, 12), path / f"{first}.parquet")
    return path


@pytest.fixture(scope="session")
def rows(pages: Path) -> dict[str, Row]:
    """What the batch runner makes of it."""
    return rows_of_a_batch(pages)


@pytest.fixture(scope="session")
def informed_rows(pages: Path, rows: dict[str, Row]) -> dict[str, Row]:
    """The same with a memory of the pages, which finds briefs that nothing marks."""
    found = rows_of_a_batch(pages, learned(records()))
    assert [0, 1] * 4 == [row.flash_count for name in "abcd" for row in (rows[name], found[name])]
    return found


@pytest.fixture(scope="session")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """JSON Lines of those pages that are UTF-8."""
    path = tmp_path_factory.mktemp("lines") / "pages.jsonl"
    path.write_text("".join(f"{json.dumps(one)}\n" for one in texts()), encoding="utf-8")
    return path
