"""The function on Arrow record batches that the engines run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import declutter
from declutter.batch.columns import Columns
from declutter.batch.rows import Row
from declutter.engines.options import EngineOptions
from declutter.errors import FieldError, InputError

from .pages import learned, needs, records, run

pytestmark = needs("pyarrow", "batch")

PAGE = "<html><h1>A page of its own</h1><p>And a line of it that says something.</html>"


def taken_apart(table: dict[str, list[Any]], **options: Any) -> list[Any]:
    import pyarrow as pa

    from declutter.engines.arrow import extract_batches

    return list(extract_batches([pa.RecordBatch.from_pydict(table)], options=EngineOptions(**options)))


def names(table: dict[str, list[Any]], **options: Any) -> list[str]:
    return [name for batch in taken_apart(table, **options) for name in batch["input"].to_pylist()]


def test_the_documents_are_those_of_the_batch_runner_byte_for_byte_and_in_order(
    pages: Path, rows: dict[str, Row], tmp_path: Path
) -> None:
    from pyarrow import parquet

    from declutter.engines.arrow import from_batch

    run("on_arrow.py", pages, tmp_path / "out.parquet")

    found = list(from_batch(parquet.read_table(tmp_path / "out.parquet")))
    assert [one["id"] for one in records()] == [row.input for row in found]
    assert rows == {row.input: row for row in found}
    assert sum(row.flash_count for row in found) > 20


def test_what_is_no_page_is_an_error_in_its_row() -> None:
    (batch,) = taken_apart({"id": ["a", "b", "c"], "html": [PAGE.encode(), b"%PDF-1.7", None]})

    why = "b: this is a PDF, not HTML or text", "c: the column holds nothing, not a page"
    assert [None, *({"type": kind, "message": said} for kind, said in zip(_KINDS, why, strict=True))] == (
        batch["error"].to_pylist()
    )
    assert ["A page of its own", None, None] == batch["title"].to_pylist()


_KINDS = ("NotAPageError", "InputError")


def test_a_column_that_holds_no_pages_makes_errors_and_raises_none() -> None:
    (batch,) = taken_apart({"html": [7, 8]})

    assert ["InputError"] * 2 == [error["type"] for error in batch["error"].to_pylist()]


def test_a_page_for_which_memory_runs_out_is_an_error_in_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr("declutter.batch.rows.extract", fail)

    (batch,) = taken_apart({"id": ["a"], "html": [PAGE]})
    said = "a: the page took more memory than this process may use"
    assert [{"type": "PageMemoryError", "message": said}] == batch["error"].to_pylist()


@pytest.mark.parametrize("kind", ["binary", "large_binary", "string", "large_string", "string_view"])
def test_pages_come_as_bytes_or_text_of_any_arrow_type(kind: str) -> None:
    import pyarrow as pa

    from declutter.engines.arrow import extract_batches

    column = pa.array([PAGE.encode() if "binary" in kind else PAGE], getattr(pa, kind)())
    (batch,) = extract_batches([pa.RecordBatch.from_arrays([column], ["html"])])

    assert ["A page of its own"] == batch["title"].to_pylist()


def test_the_columns_can_be_named() -> None:
    (batch,) = taken_apart(
        {"id": ["no"], "key": [7], "at": ["https://example.org/a"], "html": ["no"], "mine": [PAGE]},
        columns=Columns(page="mine", id="key", url="at"),
    )

    assert (["7"], ["https://example.org/a"], ["A page of its own"]) == tuple(
        batch[name].to_pylist() for name in ("input", "url", "title")
    )


def test_a_page_without_a_name_is_named_by_its_address_and_else_by_what_it_holds() -> None:
    (first, second, third) = names({"id": [None] * 3, "url": ["https://example.org/a", None, None], "html": [PAGE] * 3})

    assert "https://example.org/a" == first
    assert second == third == names({"html": [PAGE.encode()]})[0]
    assert second.startswith("blake2b:")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        (Columns(page="mine"), "no column 'mine'"),
        (Columns(id="key"), "no column 'key' to name the records by"),
        (Columns(url="at"), "no column 'at' to hold addresses"),
    ],
)
def test_a_column_that_is_not_there_is_said_at_once(columns: Columns, message: str) -> None:
    with pytest.raises(InputError, match=message):
        taken_apart({"html": [PAGE]}, columns=columns)


def test_columns_of_the_input_can_be_kept_beside_their_rows() -> None:
    import pyarrow as pa

    many = 2500  # rows come in several batches

    batches = taken_apart(
        {"id": list(range(many)), "day": [f"day {number}" for number in range(many)], "html": ["a line"] * many},
        keep=("day",),
        fields=("title",),
    )

    assert ["input", "error", "schema", "title", "day"] == batches[0].schema.names
    assert [1024, 1024, 452] == [batch.num_rows for batch in batches]
    table = pa.Table.from_batches(batches)
    assert [str(number) for number in range(many)] == table["input"].to_pylist()
    assert [f"day {number}" for number in range(many)] == table["day"].to_pylist()


@pytest.mark.parametrize(("kept", "message"), [("day", "no column 'day' to keep"), ("url", "rename it")])
def test_a_column_that_cannot_be_kept_is_said_at_once(kept: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        taken_apart({"html": [PAGE], "url": ["https://example.org/a"]}, keep=(kept,))


def test_a_field_that_documents_lack_is_refused() -> None:
    with pytest.raises(FieldError, match="no such field: titel"):
        EngineOptions(fields=("titel",))


def test_the_schema_can_be_had_before_there_is_a_page_and_tells_its_version() -> None:
    import pyarrow as pa

    from declutter.engines.arrow import schema

    given = pa.schema([pa.field("html", pa.binary()), pa.field("day", pa.date32())])
    wanted = schema(given, options=EngineOptions(keep=("day",)))

    assert pa.date32() == wanted.field("day").type
    assert {b"declutter.schema": b"declutter/1"} == wanted.metadata


def test_batches_without_rows_give_none_whatever_their_columns() -> None:
    assert [] == taken_apart({"x": []})


def test_large_documents_come_in_small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("declutter.engines.arrow._MAX_BYTES", 100_000)

    batches = taken_apart({"html": [f"<p>{'words of a long page ' * 4000}</p>"] * 4})

    assert [1] * 4 == [batch.num_rows for batch in batches]


def test_what_parts_learn_merges_to_what_one_loop_learns() -> None:
    import pyarrow as pa

    from declutter.engines.arrow import merge_memories, observe_batches

    table = pa.Table.from_pylist(records())
    parts = [next(observe_batches(table.slice(first, 10).to_batches())) for first in range(0, table.num_rows, 10)]
    (merged,) = merge_memories([parts[-1], *parts[:-1]])

    assert learned(records()) == declutter.SiteMemory.from_bytes(merged["memory"][0].as_py())


def test_a_memory_tells_what_a_page_has_from_others(pages: Path, informed_rows: dict[str, Row]) -> None:
    from pyarrow import parquet

    from declutter.engines.arrow import extract_batches, from_batch

    batches = extract_batches(parquet.ParquetFile(pages).iter_batches(), memory=learned(records()))

    assert informed_rows == {row.input: row for batch in batches for row in from_batch(batch)}


@pytest.mark.parametrize(
    ("module", "package", "extra"),
    [
        ("arrow", "pyarrow", "batch"),
        ("ray", "ray", "ray"),
        ("spark", "pyspark", "spark"),
        ("datatrove", "datatrove", "datatrove"),
        ("scrapy", "scrapy", "scrapy"),
    ],
)
def test_a_missing_engine_is_named_with_the_extra_that_brings_it(module: str, package: str, extra: str) -> None:
    loads = f"import sys; sys.modules[{package!r}] = None; import declutter.engines.{module}"

    done = subprocess.run([sys.executable, "-c", loads], capture_output=True, text=True, check=False)
    assert re.search(rf"MissingExtraError: .* needs the extra: pip install 'declutter\[{extra}\]'", done.stderr)


def test_no_engine_is_loaded_by_the_library_itself() -> None:
    loads = "import sys, declutter; declutter.extract('<p>a'); declutter.extract_many"
    engines = "assert not {'ray', 'pyspark', 'datatrove', 'scrapy', 'pyarrow'} & set(sys.modules), sorted(sys.modules)"

    subprocess.run([sys.executable, "-c", f"{loads}; {engines}"], check=True)
