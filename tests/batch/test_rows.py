"""Rows: what became of an item, as JSON and as Arrow."""

from __future__ import annotations

import pickle

import jsonschema
import msgspec
import pytest

import declutter
from declutter.batch.rows import DocumentRow, Doubt, DoubtfulRow, RowError, failed, take_apart
from declutter.write.json import schema
from tests import promises
from tests.cases import CASES, page

from .marks import needs

ROWS = [take_apart(case, page(case)) for case in CASES]
FAILED = take_apart("b.html", b"%PDF-1.7 and so on")


def test_a_row_is_the_documents_json_with_the_inputs_name_before_it() -> None:
    (row,) = ROWS[:1]

    document = declutter.extract(page(CASES[0]))
    assert document == row.document
    assert document.to_json().encode() == row.json
    assert {"input": CASES[0], **msgspec.json.decode(document.to_json())} == msgspec.json.decode(row.to_json())
    assert b'{"input":' == row.to_json()[:9]
    assert len(document.flashes) == row.flash_count


def test_a_row_of_what_is_no_page_says_why_and_names_it() -> None:
    said = {"type": "NotAPageError", "message": "b.html: this is a PDF, not HTML or text"}

    assert {"input": "b.html", "error": said} == msgspec.json.decode(FAILED.to_json())
    assert FAILED.document is None


def test_every_kind_of_row_is_as_its_schema_says_and_nothing_else_is() -> None:
    for row in (*ROWS, FAILED, take_apart("a", "<p>x", fields=("title",))):
        promises.hold_row(row.to_json())
    promises.hold_row(msgspec.json.encode(DoubtfulRow("c.html", Doubt(0.31, "doubtful"))))

    for other in (b'{"input":"a"}', b'{"input":"a","error":"no"}', b'{"input":null,"schema":"declutter/1"}'):
        with pytest.raises(jsonschema.ValidationError):
            promises.hold_row(other)
    assert msgspec.json.decode(ROWS[0].to_json(), type=DocumentRow).input == CASES[0]


def test_a_fault_of_ours_on_a_page_is_its_rows_error(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("declutter.batch.rows.extract", fail)

    assert RowError("ZeroDivisionError", "a.html: no more is known") == take_apart("a.html", b"<p>a").error


def test_the_error_of_the_system_is_told_without_its_number() -> None:
    error = failed("a.html", FileNotFoundError(2, "No such file or directory", "a.html")).error

    assert RowError("FileNotFoundError", "a.html: No such file or directory") == error


def test_rows_cross_processes_and_always_encode() -> None:
    row = take_apart("a\udcff.html", "<p>A lone \ud800 surrogate.")

    assert row == pickle.loads(pickle.dumps(row))
    assert row.to_json().decode()


@needs("pyarrow")
class TestArrow:
    def test_rows_come_back_from_arrow_byte_for_byte(self) -> None:
        from declutter.batch import arrow

        batch = arrow.to_batch([*ROWS, FAILED])

        batch.validate(full=True)
        assert [*ROWS, FAILED] == list(arrow.from_batch(batch))

    def test_rows_come_back_from_a_table_with_some_fields_and_other_columns(self) -> None:
        import pyarrow as pa

        from declutter.batch import arrow

        row = take_apart("a", b"<html><h1>A page of its own</h1>", fields=("title", "sources"))
        table = pa.Table.from_batches([arrow.to_batch([row], fields=("title", "sources"))] * 2)

        assert [row, row] == list(arrow.from_batch(table.append_column("more", [["x", "y"]])))

    def test_the_columns_are_the_keys_of_the_json_and_its_version_stands_in_the_metadata(self) -> None:
        from declutter.batch import arrow

        top = schema()["$defs"]["Record"]
        assert ["input", "error", *top["properties"]] == arrow.schema().names
        assert {b"declutter.schema": b"declutter/1"} == arrow.schema().metadata

    def test_flashes_teasers_and_blocks_are_lists_of_structs(self) -> None:
        from declutter.batch import arrow

        for name in ("flashes", "related", "blocks", "images"):
            assert str(arrow.schema().field(name).type).startswith("list<item: struct<")

    def test_some_fields_give_some_columns(self) -> None:
        from declutter.batch import arrow

        row = take_apart("a", b"<html><h1>A page of its own</h1>", fields=("title", "tags"))
        batch = arrow.to_batch([row], fields=("title", "tags"))

        assert ["input", "error", "schema", "title", "tags"] == batch.schema.names
        assert ["A page of its own"] == batch["title"].to_pylist()

    def test_no_rows_are_an_empty_batch(self) -> None:
        from declutter.batch import arrow

        assert 0 == arrow.to_batch([]).num_rows
