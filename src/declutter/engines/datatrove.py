"""A step for datatrove's pipelines, in place of its Trafilatura step.

A record's text becomes the essay, and the rest of the document is added to its metadata.

    LocalPipelineExecutor([WarcReader("crawl/"), Declutter(), JsonlWriter("documents/")], tasks=8).run()
"""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from declutter.batch.rows import Row, failed, take_apart
from declutter.errors import PageTimeoutError, WorkerError
from declutter.extras import extra
from declutter.memory import SiteMemory
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.pipeline import extract
from declutter.write.json import FIELDS, known_fields

with extra("datatrove", "datatrove"):
    from datatrove.data import Document as Record
    from datatrove.data import DocumentsPipeline
    from datatrove.pipeline.extractors.base import BaseExtractor, ExtractorSandbox
    from datatrove.utils.typeshelper import StatHints

if TYPE_CHECKING:
    from os import PathLike

    from datatrove.pipeline.writers.disk_base import DiskWriter

__all__ = ["SMALL_FIELDS", "Declutter"]

SMALL_FIELDS: Final = tuple(name for name in FIELDS if name not in {"essay", "blocks"})
"""All keys of a document except the two largest: the essay, which is the record's text, and the blocks."""

_WARM_UP: Final = ("", None, "")


class Declutter(BaseExtractor):
    """Extracts pages, after a reader such as `WarcReader` or `JsonlReader(text_key="html")`.

    Input: records whose text is HTML or a text dump, with the page's URL in `metadata["url"]`, if known.
    Output: the same records. `text` is the essay, `metadata["declutter"]` the document with schema `declutter/1`:
    title, flashes and the other keys in `fields`. All other metadata is kept.

    fields: keys of the document to include; None for all, including the blocks.
    memory: what the pages of the sites have in common, or the path of a file from `declutter memory`, which each task
        reads.
    options: see ExtractOptions. timeout: seconds for one page, after which its process is killed.
    exclusion_writer: gets the records without an essay unchanged, except for `metadata["filter_reason"]`: "no essay",
        or an error's class and message. Without one they are dropped, as by datatrove's own extractors; the step's
        statistics count them by reason in either case.

    Raises FieldError for unknown fields.
    """

    name = "📰 declutter"

    def __init__(
        self,
        *,
        fields: tuple[str, ...] | None = SMALL_FIELDS,
        memory: SiteMemory | str | PathLike[str] | None = None,
        options: ExtractOptions = DEFAULT_OPTIONS,
        timeout: float = 60.0,
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        known_fields(fields)
        super().__init__(timeout)
        self.fields = fields
        self.memory = memory if isinstance(memory, SiteMemory | None) else str(memory)
        self.options = options
        self.exclusion_writer = exclusion_writer

    def extract(self, text: str) -> str:
        """The essay of one page, in this process."""
        return extract(text, memory=_opened(self.memory), options=self.options).text

    def run(self, data: DocumentsPipeline, rank: int = 0, world_size: int = 1) -> DocumentsPipeline:  # noqa: ARG002
        """Extract the pages of all records, in a child process that a page may kill."""
        memory = _opened(self.memory)  # before the process forks, so that it inherits the memory

        def row(text: str, url: str | None, name: str) -> Row:
            return take_apart(name, text, url=url, memory=memory, options=self.options, fields=wanted)

        wanted = None if self.fields is None else (*self.fields, "essay")
        with ExtractorSandbox(self.timeout, _WARM_UP) as sandbox, self.exclusion_writer or nullcontext() as excluded:
            for record in data:
                self.stat_update(StatHints.total)
                with self.track_time():
                    made = _tried(sandbox, row, record, self.timeout)
                    reason = self._settle(record, made)
                if reason is None:
                    self.stat_update(StatHints.forwarded)
                    self.update_doc_stats(record)
                    yield record
                    continue
                self.stat_update(StatHints.dropped, f"dropped_{reason.partition(':')[0].replace(' ', '_')}")
                if excluded is not None:
                    record.metadata["filter_reason"] = reason
                    excluded.write(record, rank)

    def _settle(self, record: Record, row: Row) -> str | None:
        """Put a page's document into its record; return the reason if there is no essay."""
        if row.json is None:
            assert row.error is not None
            return f"{row.error.type}: {row.error.message}"
        document: dict[str, Any] = msgspec.json.decode(row.json)
        text = document["essay"]["text"]
        if self.fields is not None and "essay" not in self.fields:
            del document["essay"]
        record.metadata["declutter"] = document
        if not text:
            return "no essay"
        record.text = text
        self.stat_update("flashes", value=len(document.get("flashes", ())))
        return None


def _opened(memory: SiteMemory | str | None) -> SiteMemory | None:
    return SiteMemory.load(Path(memory)) if isinstance(memory, str) else memory


def _tried(sandbox: ExtractorSandbox, work: object, record: Record, timeout: float) -> Row:
    """The row of a record's page; an error if the page killed its process, which is then replaced."""
    name = str(record.id)
    try:
        row = sandbox.process_document((record.text, record.metadata.get("url"), name), work)
    except TimeoutError:
        return failed(name, PageTimeoutError(f"the page took longer than {timeout:g} s", subject=name))
    except (EOFError, OSError):
        died = "its process died, most likely out of memory"
        return failed(name, WorkerError(died, subject=name))
    assert isinstance(row, Row)
    return row
