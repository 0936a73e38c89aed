"""Ray Data and Spark against the batch runner, on the same pages from Parquet to Parquet: `batch.py --engines`.

Each has two processors. The engines are started and warmed up before the clock starts; only the runner starts its
workers within it. Needs the extras `declutter[batch,ray,spark]` and Java. Wall-clock time only, because the processor
time of short-lived processes is not available.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, TypeAlias

import pyarrow as pa
import ray
from pyarrow import parquet
from pyspark.sql import SparkSession

from declutter.batch.options import BatchOptions
from declutter.batch.run import Run
from declutter.batch.seen import Seen
from declutter.batch.work import Extraction
from declutter.batch.writers.parquet import Parquet
from declutter.engines.ray import extract_dataset
from declutter.engines.spark import extract_frame
from declutter.fetcher.options import DEFAULT_FETCH

JOBS: Final = 2
FILES: Final = 16

Way: TypeAlias = Callable[[Path, Path], None]
"""Extracts the pages of a folder of Parquet files into a new output."""


@contextmanager
def ways() -> Iterator[dict[str, Way]]:
    """The runner and both engines, started."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    ray.init(num_cpus=JOBS, include_dashboard=False, log_to_driver=False, logging_level=logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    spark = (
        SparkSession.builder.master(f"local[{JOBS}]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
        .config("spark.sql.files.maxPartitionBytes", 4_000_000)
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    try:
        yield {
            f"the batch runner, {JOBS} jobs": _by_runner,
            "Ray Data": _by_ray,
            "Spark": lambda pages, output: _by_spark(spark, pages, output),
        }
    finally:
        spark.stop()
        ray.shutdown()


def write(paths: list[str], folder: Path) -> None:
    """Write the pages as enough Parquet files for each engine to divide."""
    folder.mkdir()
    for number in range(FILES):
        rows = [{"id": path, "html": Path(path).read_bytes()} for path in paths[number::FILES]]
        parquet.write_table(pa.Table.from_pylist(rows), folder / f"{number:02}.parquet", compression="zstd")


def _by_runner(pages: Path, output: Path) -> None:
    writer = Parquet(output, resume=False, fields=None)
    with Seen() as seen:
        run = Run(
            [str(pages)],
            work=Extraction(form="arrow"),
            seen=seen,
            fetching=DEFAULT_FETCH,
            options=BatchOptions(jobs=JOBS),
        )
        for one in run:
            if one is not None:
                writer.write(one.piece)
    writer.finish()
    writer.close()


def _by_ray(pages: Path, output: Path) -> None:
    extract_dataset(ray.data.read_parquet(str(pages))).write_parquet(str(output))


def _by_spark(spark: SparkSession, pages: Path, output: Path) -> None:
    extract_frame(spark.read.parquet(str(pages))).write.parquet(str(output), compression="zstd")
