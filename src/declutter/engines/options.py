"""Options of the engines."""

from __future__ import annotations

import msgspec

from declutter.batch.columns import Columns
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.write.json import known_fields


class EngineOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How pages in record batches are extracted.

    columns: which columns hold the page (HTML as bytes or text, or a text dump), its name and its address. A page
        without a name is named by its address, and without that by a digest of its content.
    fields: keys of the document to have as columns beside `schema`; all where None. Most of the room is for `blocks`.
    keep: columns of the input that the rows shall have as well, behind the others.
    extract: see ExtractOptions.

    Raises FieldError for fields that documents don't have.
    """

    columns: Columns = Columns()
    fields: tuple[str, ...] | None = None
    keep: tuple[str, ...] = ()
    extract: ExtractOptions = DEFAULT_OPTIONS

    def __post_init__(self) -> None:
        known_fields(self.fields)


DEFAULT_ENGINE = EngineOptions()
