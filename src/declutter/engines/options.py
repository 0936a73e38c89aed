"""Options of the engines."""

from __future__ import annotations

from typing import Final

import msgspec

from declutter.batch.columns import Columns
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.write.json import known_fields


class EngineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How pages in record batches are extracted.

    columns: the columns with the page (HTML as bytes or text, or a text dump), its name and its URL. A page without a
        name is named by its URL, or else by a digest of its content.
    fields: keys of the document to have as columns in addition to `schema`; None for all. `blocks` takes most of the
        space.
    keep: columns of the input to keep, after the others.
    extract: see ExtractOptions.

    Raises FieldError for unknown fields.
    """

    columns: Columns = Columns()
    fields: tuple[str, ...] | None = None
    keep: tuple[str, ...] = ()
    extract: ExtractOptions = DEFAULT_OPTIONS

    def __post_init__(self) -> None:
        known_fields(self.fields)


DEFAULT_ENGINE: Final = EngineOptions()
