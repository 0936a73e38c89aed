"""Spark with two processors of this machine, started by the example of the README."""

from __future__ import annotations

import os
import shutil
import subprocess
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
    folder: Path, informed_rows: dict[str, Row], tmp_path: Path
) -> None:
    from pyarrow import parquet

    from declutter.engines.arrow import from_batch

    run("on_spark.py", folder, tmp_path / "out", **LOCAL)

    found = [row for part in (tmp_path / "out").glob("*.parquet") for row in from_batch(parquet.read_table(part))]
    assert informed_rows == {row.input: row for row in found}
    assert len(informed_rows) == len(found)


FRAME = """
import datetime, sys
from pyspark.sql import SparkSession
from declutter.batch.columns import Columns
from declutter.engines.options import EngineOptions
from declutter.engines.spark import extract_frame, schema
from declutter.errors import InputError

spark = SparkSession.builder.getOrCreate()
day = datetime.date(2024, 5, 1)
page = bytearray(b"<html><h1>A page of its own</h1>")
frame = spark.createDataFrame([("a", page, day)], "key string, page binary, day date")
try:
    extract_frame(frame)
except InputError as error:
    print(error)
options = EngineOptions(columns=Columns(page="page", id="key"), fields=("title", "flashes"), keep=("day",))
print(schema(frame, options=options).simpleString())
print(extract_frame(frame, options=options).collect())
spark.stop()
"""


def test_columns_can_be_named_chosen_and_kept_and_those_that_lack_are_told_at_once() -> None:
    done = subprocess.run(
        [sys.executable, "-c", FRAME],
        env={**os.environ, **LOCAL},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    lacking, schema, rows = done.stdout.splitlines()
    assert "no column has a known name; choose one of day, key, page" in lacking
    assert schema.startswith("struct<input:string,error:struct<type:string,message:string>,schema:string,title:string,")
    assert schema.endswith(",day:date>")
    assert (
        "input='a', error=None, schema='declutter/1', title='A page of its own', flashes=[], day=datetime.date" in rows
    )
