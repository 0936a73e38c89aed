"""Spark with two processors of this machine, started by the example of the README."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from declutter.batch.rows import Row

from .pages import CI, needs, run

pytestmark = [
    needs("pyspark", "spark"),
    pytest.mark.skipif(shutil.which("java") is None and not CI, reason="Spark needs Java 17, which is not installed"),
]

LOCAL = {
    "PYSPARK_PYTHON": sys.executable,
    "PYSPARK_SUBMIT_ARGS": "--master local[2] --conf spark.ui.enabled=false pyspark-shell",
    "SPARK_LOCAL_IP": "127.0.0.1",
}


def test_the_documents_are_those_of_the_batch_runner_byte_for_byte(
    pages: Path, informed_rows: dict[str, Row], tmp_path: Path
) -> None:
    from pyarrow import parquet

    from declutter.engines.arrow import from_batch

    run("on_spark.py", pages, tmp_path / "out", **LOCAL)

    found = [row for part in (tmp_path / "out").glob("*.parquet") for row in from_batch(parquet.read_table(part))]
    assert informed_rows == {row.input: row for row in found}
    assert len(informed_rows) == len(found)
