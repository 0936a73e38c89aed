"""Pages in Arrow record batches: used by every engine that supports Arrow, and usable in your own loop.

    for batch in extract_batches(pyarrow.parquet.ParquetFile("pages.parquet").iter_batches(batch_size=256)):
        ...

Input: a column of pages (HTML as bytes or text, or text dumps), and optionally columns of names and URLs. Output: the
rows that `declutter batch` writes to Parquet, with the schema of `declutter.batch.arrow`: `input`, `error` (null, or
why there is no document) and the keys of the JSON schema `declutter/1`, with nested flashes, teasers and blocks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Final

from declutter.batch.columns import Columns, page_in
from declutter.batch.rows import Row, failed, take_apart
from declutter.engines.options import DEFAULT_ENGINE, EngineOptions
from declutter.errors import InputError, PageMemoryError
from declutter.extras import extra
from declutter.memory import SiteMemory

with extra("batch", "Arrow"):
    import pyarrow as pa

    from declutter.batch import arrow
    from declutter.batch.arrow import from_batch

if TYPE_CHECKING:
    from declutter.options import ExtractOptions

__all__ = ["extract_batches", "from_batch", "merge_memories", "observe_batches", "schema"]

MEMORY_SCHEMA: Final = pa.schema([pa.field("memory", pa.binary())])
"""Of the result of `observe_batches` and `merge_memories`: one memory per row, as bytes from SiteMemory.to_bytes."""

_MAX_ROWS: Final = 1_024
_MAX_BYTES: Final = 32_000_000
"""Bytes of JSON in one output batch, which limits the memory in use whatever the size of the input batches."""
_DIGEST: Final = 16


def schema(given: pa.Schema, *, options: EngineOptions = DEFAULT_ENGINE) -> pa.Schema:
    """The schema of the result of `extract_batches` for batches with the given schema.

    Raises InputError if the given one lacks a requested column or any known column of pages, or if a column to keep has
    the name of an output column.
    """
    options.columns.among(given.names, options.columns.of_page(given.names))
    rows = arrow.schema(options.fields)
    for name in options.keep:
        if name not in given.names:
            raise InputError(f"no column {name!r} to keep; there are {', '.join(given.names)}")
        if name in rows.names:
            raise InputError(f"the column {name!r} cannot be kept: the rows have a column of that name; rename it")
    return pa.schema([*rows, *(given.field(name) for name in options.keep)], metadata=rows.metadata)


def extract_batches(
    batches: Iterable[pa.RecordBatch],
    *,
    memory: SiteMemory | None = None,
    options: EngineOptions = DEFAULT_ENGINE,
) -> Iterator[pa.RecordBatch]:
    """Extract pages, and yield a row for each, in order, in batches of at most 1,024 rows or 32 MB of JSON.

    memory: what the pages of the sites have in common, see SiteMemory.

    Whatever goes wrong with a page becomes the `error` of its row, and the other pages are not affected. The time of a
    page is limited only by the engine's limit for a task (`declutter batch` has one per page). Raises InputError as
    `schema` does.
    """
    for batch in batches:
        if not batch.num_rows:
            continue
        wanted = schema(batch.schema, options=options)
        rows: list[Row] = []
        start = size = 0
        for number, (name, url, page) in enumerate(_pages(batch, options.columns), 1):
            rows.append(_row(name, url, page, memory=memory, options=options))
            size += len(rows[-1].json or b"")
            if len(rows) == _MAX_ROWS or size >= _MAX_BYTES or number == batch.num_rows:
                made = arrow.to_batch(rows, fields=options.fields)
                kept = [batch.column(name).slice(start, len(rows)) for name in options.keep]
                yield pa.RecordBatch.from_arrays([*made.columns, *kept], schema=wanted)
                start, size, rows = number, 0, []


def observe_batches(
    batches: Iterable[pa.RecordBatch], *, options: EngineOptions = DEFAULT_ENGINE
) -> Iterator[pa.RecordBatch]:
    """Learn what the pages of sites have in common: the map step. Yields one row, see MEMORY_SCHEMA.

    Pages that cannot be read are skipped; extracting them reports why.
    """
    memory = SiteMemory()
    for batch in batches:
        if batch.num_rows:
            for _, url, page in _pages(batch, options.columns):
                _observe(memory, url, page, options.extract)
    yield _packed(memory)


def merge_memories(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Merge memories, in any order and grouping: the reduce step. Yields one row, see MEMORY_SCHEMA."""
    memory = SiteMemory()
    for batch in batches:
        for content in batch.column("memory"):
            memory.merge(SiteMemory.from_bytes(content.as_py()))
    yield _packed(memory)


def _packed(memory: SiteMemory) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict({"memory": [memory.to_bytes()]}, schema=MEMORY_SCHEMA)


def _pages(batch: pa.RecordBatch, columns: Columns) -> Iterator[tuple[str, str | None, Any]]:
    """Name, URL and page of each row, copied out of Arrow one row at a time, because pages may be large."""
    names = batch.schema.names
    page = columns.of_page(names)
    wanted = columns.among(names, page)
    for number in range(batch.num_rows):
        record = {name: batch.column(name)[number].as_py() for name in wanted}
        yield columns.name_of(record) or _digest(record[page]), columns.address_in(record), record[page]


def _digest(page: object) -> str:
    content = page if isinstance(page, bytes) else str(page or "").encode("utf-8", "surrogatepass")
    return f"blake2b:{blake2b(content, digest_size=_DIGEST).hexdigest()}"


def _row(name: str, url: str | None, page: object, *, memory: SiteMemory | None, options: EngineOptions) -> Row:
    try:
        return take_apart(name, page_in(page), url=url, memory=memory, options=options.extract, fields=options.fields)
    except InputError as error:
        return failed(name, error)
    except MemoryError:
        return failed(name, PageMemoryError("the page took more memory than this process may use", subject=name))


def _observe(memory: SiteMemory, url: str | None, page: object, options: ExtractOptions) -> None:
    try:
        memory.observe(page_in(page), url=url, options=options)
    except Exception:  # noqa: BLE001 - the pages are met again, and what is wrong with them told then
        return
