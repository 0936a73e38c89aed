"""Pages in Spark: `mapInArrow` over the Arrow function, and learning a SiteMemory as map and reduce.

    pages = spark.read.parquet("s3a://crawl/")
    extract_frame(pages, memory=learn_frame(pages)).write.parquet("s3a://documents/")

declutter must be installed on every worker. By default, Spark passes 10,000 rows at a time to Python, which is a
gigabyte of pages; set `spark.sql.execution.arrow.maxRecordsPerBatch` to 256 to need less memory.
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

_MERGERS: Final = 32  # parallel tasks that merge memories, before a single one merges their results


def schema(frame: DataFrame, *, options: EngineOptions = DEFAULT_ENGINE) -> StructType:
    """The schema of the result of `extract_frame`. Raises InputError as `schema` of `declutter.engines.arrow` does."""
    return from_arrow_schema(arrow_schema(to_arrow_schema(frame.schema), options=options))


def extract_frame(
    frame: DataFrame,
    *,
    memory: SiteMemory | Broadcast | None = None,
    options: EngineOptions = DEFAULT_ENGINE,
) -> DataFrame:
    """Extract the pages of a frame: one row for each, with the schema of `declutter.engines.arrow`.

    memory: what the pages of the sites have in common. It is broadcast, and read once by each Python worker; a
        Broadcast of one works as well. Without a Spark context, over Spark Connect, it is sent with the task instead.

    Lazy, like all of Spark, and a page never fails a task. Raises InputError immediately for a frame without the
    requested columns.
    """
    shared = _shared(frame, memory)

    def take_apart(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        known = shared.value if isinstance(shared, Broadcast) else shared
        yield from extract_batches(batches, memory=known, options=options)

    return frame.mapInArrow(take_apart, schema(frame, options=options))


def learn_frame(frame: DataFrame, *, options: EngineOptions = DEFAULT_ENGINE) -> SiteMemory:
    """Learn what the pages of the sites have in common: one memory per partition, merged in 32 tasks, then in one.

    The result equals that of one loop over all pages, whatever order Spark takes them in. Executes the frame;
    `frame.cache()` avoids doing so twice.
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
