"""Pages in Spark: `mapInArrow` over the Arrow function, and learning a SiteMemory as map and reduce.

    pages = spark.read.parquet("s3a://crawl/")
    extract_frame(pages, memory=learn_frame(pages)).write.parquet("s3a://documents/")

declutter must be installed on every worker. Spark hands 10,000 rows at a time to Python unless told otherwise, which is
a gigabyte of pages; `spark.sql.execution.arrow.maxRecordsPerBatch` of 256 holds it to what is needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from declutter.engines.options import DEFAULT_ENGINE, EngineOptions
from declutter.extras import extra
from declutter.memory import SiteMemory

with extra("spark", "Spark"):
    import pyarrow as pa
    from pyspark import Broadcast
    from pyspark.sql import DataFrame
    from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema
    from pyspark.sql.types import StructType

    from declutter.engines.arrow import MEMORY_SCHEMA, extract_batches, merge_memories, observe_batches
    from declutter.engines.arrow import schema as arrow_schema

__all__ = ["extract_frame", "learn_frame", "schema"]

_MERGERS: Final = 32  # tasks that merge what all others have learned, before one merges theirs


def schema(frame: DataFrame, *, options: EngineOptions = DEFAULT_ENGINE) -> StructType:
    """The schema of what `extract_frame` makes of a frame. Raises InputError as that of Arrow does."""
    return from_arrow_schema(arrow_schema(to_arrow_schema(frame.schema), options=options))


def extract_frame(
    frame: DataFrame,
    *,
    memory: SiteMemory | Broadcast | None = None,
    options: EngineOptions = DEFAULT_ENGINE,
) -> DataFrame:
    """Extract the pages of a frame: one row for each, with the schema of `declutter.engines.arrow`.

    memory: what the sites' pages have in common. It is broadcast, and read once by each Python worker; a broadcast of
        one is taken as well. Where there is no Spark context, over Spark Connect, it travels with the task instead.

    Lazy, as all of Spark, and a page never fails a task. Raises InputError, at once, for a frame without the columns
    that are asked for.
    """
    shared = _shared(frame, memory)

    def take_apart(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        known = shared.value if isinstance(shared, Broadcast) else shared
        yield from extract_batches(batches, memory=known, options=options)

    return frame.mapInArrow(take_apart, schema(frame, options=options))


def learn_frame(frame: DataFrame, *, options: EngineOptions = DEFAULT_ENGINE) -> SiteMemory:
    """Learn what the sites' pages have in common: a memory a partition, merged in 32 tasks, then in one.

    The result is equal to that of one loop over all pages, in whatever order Spark takes them. Runs the frame up to
    here; `frame.cache()` saves doing so twice.
    """

    def observe(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        yield from observe_batches(batches, options=options)

    memories = from_arrow_schema(MEMORY_SCHEMA)
    learned = frame.mapInArrow(observe, memories)
    for tasks in (_MERGERS, 1):
        learned = learned.repartition(tasks).mapInArrow(merge_memories, memories)
    (row,) = learned.collect()
    return SiteMemory.from_bytes(bytes(row["memory"]))


def _shared(frame: DataFrame, memory: SiteMemory | Broadcast | None) -> SiteMemory | Broadcast | None:
    context = getattr(frame.sparkSession, "_sc", None)  # its public name raises over Spark Connect
    return context.broadcast(memory) if isinstance(memory, SiteMemory) and context is not None else memory
