"""Rows as Arrow record batches and Parquet, with one schema for the output of batches and engines.

The columns are `input`, `error` (a struct of `type` and `message`, null for a document) and the keys of the JSON schema
`declutter/1`, in its order, null for an item that failed. Structs nest as in the JSON: `flashes`, `related` (teasers),
`images` and `blocks` are lists of structs, with a block's `spans`, `within` and `evidence` as lists inside, and
`sources` is a map from field to struct. Keys that the JSON omits for default values have their default here. All
columns are nullable, as engines require; integers have 32 bits, floating-point numbers 64. The version is in the
schema's metadata as `declutter.schema`, and rises with that of the JSON: columns may be added within a version, but
none changes its meaning.

The types are derived from those of the JSON, so that both stay in step. Needs pyarrow, the extra `declutter[batch]`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from typing import IO, Any, Final

import msgspec
import pyarrow as pa
from msgspec import UNSET, inspect

from declutter.batch.rows import Row, RowError
from declutter.compressed import seekable
from declutter.errors import InputError
from declutter.write.json import DECODER, FIELDS, Record

VERSION: Final = "declutter/1"

_ROWS: Final = 64  # read at once: documents may be large
_MAX_NAMED: Final = 8

_DESCRIBED: Final = msgspec.json.Decoder(RowError)  # for `convert`: at first use, threads would race to describe it

_SCALARS: Final[dict[type[inspect.Type], pa.DataType]] = {
    inspect.StrType: pa.string(),
    inspect.IntType: pa.int32(),
    inspect.FloatType: pa.float64(),
    inspect.BoolType: pa.bool_(),
    inspect.EnumType: pa.string(),
    inspect.LiteralType: pa.string(),
}


@cache
def schema(fields: tuple[str, ...] | None = None) -> pa.Schema:
    """The schema of rows. fields: keys of the document to include in addition to `schema`; None for all."""
    names = ("schema", *(name for name in FIELDS if fields is None or name in fields))
    columns = [pa.field("input", pa.string()), pa.field("error", _type(inspect.type_info(RowError)))]
    columns += [pa.field(name, _type(_keys()[name])) for name in names]
    return pa.schema(columns, metadata={"declutter.schema": VERSION})


def to_batch(rows: Sequence[Row], *, fields: tuple[str, ...] | None = None) -> pa.RecordBatch:
    """The rows as one record batch. fields: the `fields` that the rows were made with."""
    wanted = schema(fields)
    records = [None if row.json is None else DECODER.decode(row.json) for row in rows]
    columns = [
        pa.array([row.input for row in rows], pa.string()),
        _column([row.error for row in rows], inspect.type_info(RowError)),
        *(_column(_values(records, name), _keys()[name]) for name in wanted.names[2:]),
    ]
    return pa.RecordBatch.from_arrays(columns, schema=wanted)


def from_batch(batch: pa.RecordBatch | pa.Table) -> Iterator[Row]:
    """The rows in a record batch or table, wherever it was stored; their JSON is identical to the original.

    For a table from Parquet: `[row.document for row in from_batch(pyarrow.parquet.read_table("pages.parquet"))]`.
    Columns outside the schema are ignored. Raises KeyError if `input` or `error` is missing.
    """
    names = ["input", "error", *(name for name in schema().names[2:] if name in batch.schema.names)]
    for part in batch.to_batches() if isinstance(batch, pa.Table) else (batch,):
        for number in range(part.num_rows):
            values = {name: part.column(name)[number].as_py() for name in names}
            name, error = values.pop("input"), values.pop("error")
            if error is not None:
                yield Row(input=name, error=msgspec.convert(error, RowError))
                continue
            if "sources" in values:
                values["sources"] = dict(values["sources"])  # Arrow returns pairs
            record = msgspec.convert(values, Record)
            yield Row(input=name, json=msgspec.json.encode(record), flash_count=len(values.get("flashes", ())))


def from_parquet(stream: IO[bytes]) -> Iterator[Row]:
    """The rows in a Parquet file that a batch or an engine has written; read a few at a time.

    Raises InputError if the file is damaged or holds something else.
    """
    from pyarrow import parquet  # workers have no use for it

    with seekable(stream) as file:
        try:
            table = parquet.ParquetFile(file)
            names = table.schema_arrow.names
            if not {"input", "error", "schema"} <= {*names}:
                few = ", ".join(names[:_MAX_NAMED]) + (" …" if len(names) > _MAX_NAMED else "")
                raise InputError(f"it has the columns {few}, and is not the output of a batch")
            for batch in table.iter_batches(_ROWS, columns=[name for name in schema().names if name in names]):
                yield from from_batch(batch)
        except (pa.ArrowException, msgspec.ValidationError) as error:
            raise InputError(f"this Parquet file is damaged, or not the output of a batch: {error}") from error


@cache
def _keys() -> dict[str, inspect.Type]:
    """The types of the document's keys."""
    record = inspect.type_info(Record)
    assert isinstance(record, inspect.StructType)
    return {field.encode_name: field.type for field in record.fields}


def _plain(kind: inspect.Type) -> inspect.Type:
    """The type without its alternatives: None, or absent."""
    while isinstance(kind, inspect.Metadata):
        kind = kind.type
    if isinstance(kind, inspect.UnionType):
        (kind,) = (one for one in kind.types if not isinstance(one, inspect.NoneType))
    return kind


def _type(kind: inspect.Type) -> pa.DataType:
    match _plain(kind):
        case inspect.StructType(fields=fields):
            return pa.struct([pa.field(field.name, _type(field.type)) for field in fields])
        case inspect.VarTupleType(item_type=item):
            return pa.list_(_type(item))
        case inspect.DictType(key_type=key, value_type=value):
            return pa.map_(_type(key), _type(value))
        case scalar:
            return _SCALARS[type(scalar)]


def _column(values: list[Any], kind: inspect.Type) -> pa.Array:
    """The values, each of this type or None, as a column. Built by column, because building by row is slow."""
    match _plain(kind):
        case inspect.StructType(fields=fields):
            children = [_column(_values(values, field.encode_name), field.type) for field in fields]
            names = [pa.field(field.name, child.type) for field, child in zip(fields, children, strict=True)]
            return pa.StructArray.from_arrays(children, fields=names, mask=_mask(values))
        case inspect.VarTupleType(item_type=item):
            inner = _column(list(chain.from_iterable(value for value in values if value)), item)
            return pa.ListArray.from_arrays(_offsets(values), inner, type=_type(kind), mask=_mask(values))
        case inspect.DictType(key_type=key, value_type=value):
            keys = _column([one for mapping in values if mapping for one in mapping], key)
            items = _column([one for mapping in values if mapping for one in mapping.values()], value)
            return pa.MapArray.from_arrays(_offsets(values), keys, items, mask=_mask(values))
        case scalar:
            return pa.array(values, _SCALARS[type(scalar)])


def _values(owners: Iterable[Any], name: str) -> list[Any]:
    found = [None if owner is None else getattr(owner, name) for owner in owners]
    return [None if value is UNSET else value for value in found]


def _mask(values: list[Any]) -> pa.Array:
    return pa.array([value is None for value in values], pa.bool_())


def _offsets(values: list[Any]) -> pa.Array:
    ends = [0]
    for value in values:
        ends.append(ends[-1] + (len(value) if value else 0))
    return pa.array(ends, pa.int32())
