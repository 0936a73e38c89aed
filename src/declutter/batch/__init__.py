"""Many pages on one machine: readers of whatever holds pages, a pool of workers, outputs that can be gone on with."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from declutter.batch.options import DEFAULT_BATCH, BatchOptions
from declutter.errors import WorkerError
from declutter.fetcher.options import DEFAULT_FETCH, FetchOptions
from declutter.options import DEFAULT_OPTIONS, ExtractOptions

if TYPE_CHECKING:
    from declutter.batch.pool import Settled
    from declutter.batch.readers import Input
    from declutter.batch.rows import Row
    from declutter.batch.run import Run
    from declutter.memory import SiteMemory

__all__ = ["DEFAULT_BATCH", "BatchOptions", "extract_many"]


def extract_many(
    sources: Iterable[Input],
    *,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
    fetching: FetchOptions = DEFAULT_FETCH,
    batch: BatchOptions = DEFAULT_BATCH,
) -> Iterator[Row]:
    """Take many pages apart in worker processes; give a row for each as it is done.

        if __name__ == "__main__":  # the workers are new processes, which load the script too
            for row in declutter.extract_many(["crawl/", "more.warc.gz", "https://example.org/story"]):
                print(row.input, row.error or row.document.title)

    sources: what `declutter batch` takes (paths of files and folders, globs, addresses, "-"), and pages: a Page, or a
        pair of a name and the page as bytes, text or Page. May be endless: it is read no further than there is room.
    memory, options: see `extract`. fetching: see `fetch`; all addresses are one crawl. batch: see BatchOptions.

    Whatever is wrong with a page, a page that hangs or fills the memory among it, is its row's `error`, and the others
    go on.
    Raises WorkerError where none can be started, MissingExtraError for a WARC or Parquet file without the extra.
    """
    from declutter.batch.rows import Row
    from declutter.batch.run import Run
    from declutter.batch.seen import Seen
    from declutter.batch.work import Extraction

    with Seen() as seen:
        work = Extraction(form="row", options=options, memory=memory)
        for settled in _guarded(Run(sources, work=work, seen=seen, fetching=fetching, options=batch)):
            (note,), payload = settled.piece
            yield Row(
                input=note.input,
                json=payload if note.error is None else None,
                error=note.error,
                flash_count=note.flash_count,
            )


def _guarded(run: Run) -> Iterator[Settled]:
    """What a run settles. Where no worker of a script ever starts, the error says what scripts forget."""
    are_starting = True
    try:
        for settled in run:
            if settled is not None:
                are_starting = False
                yield settled
    except WorkerError as error:
        if are_starting and hasattr(sys.modules["__main__"], "__file__"):
            error.args = (f'{error}; a script that calls extract_many needs `if __name__ == "__main__":`',)
        raise
