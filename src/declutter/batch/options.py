"""How many pages are worked on, as a value."""

from __future__ import annotations

import msgspec


class BatchOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How a batch runs.

    jobs: worker processes; None for as many as there are processors for this process.
    ordered: give rows in the order of the inputs. A page that takes long then holds up those behind it.
    page_timeout: seconds for one page, its reading from disk included, its fetch not.
    page_memory: bytes that one page may take beyond what a worker takes by itself; enforced on Linux.
    column: where JSON Lines and Parquet hold the page; None for the first of `html`, `raw_html`, `body`, `content`,
        `raw_content`, `text` that there is.
    id_column: what names their records; None for `id`, then `url`. A record without a name is called FILE#NUMBER.
    """

    jobs: int | None = None
    ordered: bool = False
    page_timeout: float = 60.0
    page_memory: int = 2_000_000_000
    column: str | None = None
    id_column: str | None = None

    def __post_init__(self) -> None:
        for name, least in (("jobs", 1), ("page_timeout", 0.001), ("page_memory", 1)):
            value = getattr(self, name)
            if value is not None and value < least:
                raise ValueError(f"{name} must be at least {least:g}, not {value!r}")


DEFAULT_BATCH = BatchOptions()
