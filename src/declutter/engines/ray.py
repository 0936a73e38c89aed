"""Pages in Ray Data: `map_batches` over the Arrow function, and learning a SiteMemory as map and reduce.

    pages = ray.data.read_parquet("s3://crawl/")
    extract_dataset(pages, memory=learn_dataset(pages)).write_parquet("s3://documents/")

declutter must be installed on every node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any, Final

from declutter.engines.options import DEFAULT_ENGINE, EngineOptions
from declutter.extras import extra
from declutter.memory import SiteMemory

with extra("ray", "Ray Data"):
    import pyarrow as pa
    import ray
    from ray.data import Dataset

    from declutter.engines.arrow import extract_batches, merge_memories, observe_batches

__all__ = ["extract_dataset", "learn_dataset"]

_FAN_IN: Final = 16  # memories merged per task; each has up to 140 MB, and they are unpacked one at a time


def extract_dataset(
    dataset: Dataset,
    *,
    memory: SiteMemory | ray.ObjectRef | None = None,
    options: EngineOptions = DEFAULT_ENGINE,
    **ray_options: Any,
) -> Dataset:
    """Extract the pages of a dataset: one row for each, with the schema of `declutter.engines.arrow`.

    memory: what the pages of the sites have in common. It is put into the object store once, and read once by each
        worker process; a reference to a memory in the store works as well.
    ray_options: passed to `map_batches`, for example `num_cpus` or `concurrency`.

    Lazy, like all of Ray Data. A page never fails a task, but input without the requested columns does.
    """
    shared = ray.put(memory) if isinstance(memory, SiteMemory) else memory

    def take_apart(table: pa.Table) -> Iterator[pa.Table]:
        known = None if shared is None else _fetched(shared)
        for batch in extract_batches(table.to_batches(), memory=known, options=options):
            yield pa.Table.from_batches([batch])

    return _mapped(dataset, take_apart, **ray_options)


def learn_dataset(
    dataset: Dataset,
    *,
    options: EngineOptions = DEFAULT_ENGINE,
    **ray_options: Any,
) -> SiteMemory:
    """Learn what the pages of the sites have in common: one memory per block of the dataset, merged in a tree of tasks.

    The result equals that of one loop over all pages, whatever order Ray takes them in. ray_options: passed to
    `map_batches`, which reads the pages. Executes the dataset; `dataset.materialize()` avoids doing so twice.
    """

    def observe(table: pa.Table) -> Iterator[pa.Table]:
        yield pa.Table.from_batches(observe_batches(table.to_batches(), options=options))

    merge = ray.remote(_merge)
    parts = list(_mapped(dataset, observe, **ray_options).to_arrow_refs())
    while len(parts) > 1:
        parts = [merge.remote(*parts[first : first + _FAN_IN]) for first in range(0, len(parts), _FAN_IN)]
    return _unpacked(_merge(*ray.get(parts)))


def _mapped(dataset: Dataset, work: Callable[[pa.Table], Iterator[pa.Table]], **ray_options: Any) -> Dataset:
    # Whole blocks are passed without copying, and the output is yielded in parts.
    return dataset.map_batches(work, batch_format="pyarrow", batch_size=None, **ray_options)


@lru_cache(maxsize=1)
def _fetched(shared: ray.ObjectRef) -> SiteMemory:
    """The memory, unpickled once per process instead of once per task."""
    memory = ray.get(shared)
    assert isinstance(memory, SiteMemory)
    return memory


def _merge(*tables: pa.Table) -> pa.Table:
    return pa.Table.from_batches(merge_memories(batch for table in tables for batch in table.to_batches()))


def _unpacked(table: pa.Table) -> SiteMemory:
    return SiteMemory.from_bytes(table["memory"][0].as_py())
