"""Many pages on one machine: readers of inputs, a pool of worker processes, resumable outputs."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from os import PathLike
from typing import TYPE_CHECKING

from declutter.batch.options import DEFAULT_BATCH, BatchOptions
from declutter.fetcher import DEFAULT_FETCH, FetchOptions
from declutter.model import Page
from declutter.options import DEFAULT_OPTIONS, ExtractOptions

if TYPE_CHECKING:
    from declutter.batch.readers import Input
    from declutter.batch.rows import Row
    from declutter.memory import SiteMemory

__all__ = ["DEFAULT_BATCH", "BatchOptions", "extract_many"]


def extract_many(
    sources: Iterable[Input],
    *,
    memory: SiteMemory | None = None,
    options: ExtractOptions = DEFAULT_OPTIONS,
    fetching: FetchOptions = DEFAULT_FETCH,
    batch: BatchOptions = DEFAULT_BATCH,
) -> Generator[Row, None, None]:
    """Extract many pages in worker processes, and yield a row for each as it is done.

        for row in declutter.extract_many(["crawl/", "more.warc.gz", "https://example.org/story"]):
            print(row.input, row.error or row.document.title)

    sources: what `declutter batch` takes (paths of files and folders, globs, URLs, "-"), and pages: a Page, or a pair
        of a name and the page as bytes, text or Page. May be endless: it is read only as fast as pages are done. A path
        or URL that occurs again is one row; each page is a row, whatever its name.
    memory, options: see `extract`. fetching: see `fetch`; all URLs are one crawl. batch: see BatchOptions.

    Whatever goes wrong with a page, including one that hangs or exhausts memory, becomes the `error` of its row; the
    other pages are not affected.

    Workers do not run the calling script again, so it needs no `if __name__ == "__main__":`, unless `options` holds an
    object of a class that the script itself defines.

    Raises WorkerError if no worker process can be started, MissingExtraError for a WARC or Parquet file without the
    extra, TypeError for sources of other types.
    """
    if isinstance(sources, str | bytes | PathLike | Page):
        raise TypeError(f"extract_many() takes several sources; for one write [{sources!r:.80}]")
    if not isinstance(options, ExtractOptions):
        raise TypeError(f"options must be an ExtractOptions, not {options!r}")
    return _rows(sources, memory=memory, options=options, fetching=fetching, batch=batch)


def _rows(
    sources: Iterable[Input],
    *,
    memory: SiteMemory | None,
    options: ExtractOptions,
    fetching: FetchOptions,
    batch: BatchOptions,
) -> Generator[Row, None, None]:
    from declutter.batch.rows import Row
    from declutter.batch.run import Run
    from declutter.batch.seen import Seen
    from declutter.batch.work import Extraction

    with Seen() as seen:
        work = Extraction(form="row", options=options, memory=memory)
        for settled in Run(sources, work=work, seen=seen, fetching=fetching, options=batch):
            if settled is None:
                continue
            (note,), payload = settled.piece
            yield Row(
                input=note.input,
                json=payload if note.error is None else None,
                error=note.error,
                flash_count=note.flash_count,
            )
