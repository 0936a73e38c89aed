"""Options of a batch."""

from __future__ import annotations

from typing import Final

import msgspec

from declutter.options import check_numbers


class BatchOptions(msgspec.Struct, frozen=True, kw_only=True, repr_omit_defaults=True):
    """How a batch runs.

    jobs: worker processes; None for one per processor available to this process.
    ordered: yield rows in the order of the inputs. A slow page then delays those after it.
    page_timeout: seconds for one page, including reading it from disk but not fetching it.
    page_memory: bytes that one page may take in addition to the worker's own; enforced on Linux.
    column: the column of JSON Lines or Parquet with the page or its URL; None for the first of `html`, `raw_html`,
        `body`, `content`, `raw_content`, `text` that exists, then `url`.
    id_column: the column that names a record; None for `id`, then `url`. A record without a name is called FILE#NUMBER.
    """

    jobs: int | None = None
    ordered: bool = False
    page_timeout: float = 60.0
    page_memory: int = 2_000_000_000
    column: str | None = None
    id_column: str | None = None

    def __post_init__(self) -> None:
        check_numbers(self, {"page_timeout": 0.001, "page_memory": 1})
        if self.jobs is not None:
            check_numbers(self, {"jobs": 1})


DEFAULT_BATCH: Final = BatchOptions()
