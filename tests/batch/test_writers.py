"""Outputs: what is written, what is gone on with, and what is left alone."""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path

import pytest

from declutter.batch.encoders import encoder
from declutter.batch.rows import Row, take_apart
from declutter.batch.writers import Done, Writer, opened
from declutter.errors import MissingExtraError, OutputError

from .marks import needs
from .pages import page, rows

FIELDS = ("title",)
ROWS = [take_apart(f"{number}.html", page(number), fields=FIELDS) for number in range(4)]
FAILED = take_apart("no.html", b"%PDF-1.7")
LINES = ["out.jsonl", "out.jsonl.gz", "out.jsonl.zst"]
OUTPUTS = [*LINES, pytest.param("out.parquet", marks=needs("pyarrow")), "out"]


def begin(path: Path, *, resume: bool = False) -> tuple[Writer, list[Done]]:
    writer = opened(path, resume=resume, fields=FIELDS)
    return writer, list(writer.done())


def continued(path: Path, *, fields: tuple[str, ...] | None) -> list[Done]:
    """What another run with these fields finds."""
    writer = opened(path, resume=True, fields=fields)
    try:
        return list(writer.done())
    finally:
        writer.close()


def write(writer: Writer, *written: Row, fields: tuple[str, ...] | None = FIELDS) -> None:
    encode = encoder(writer.form, fields)
    for row in written:
        piece = encode.add(row) or encode.rest()
        assert piece is not None
        writer.write(piece)


def put(path: Path, *written: Row) -> None:
    """A run that is whole."""
    writer, _ = begin(path, resume=True)
    write(writer, *written)
    writer.finish()
    writer.close()


@pytest.mark.parametrize("name", OUTPUTS)
class TestAll:
    def test_failures_that_are_forgotten_can_be_retried_and_nothing_else_is_lost(
        self, name: str, tmp_path: Path
    ) -> None:
        others = [take_apart(f"no-{number}.html", b"%PDF-1.7") for number in range(2)]
        put(tmp_path / name, FAILED, ROWS[0], *others)
        put(tmp_path / name, ROWS[1], take_apart("late.html", b"%PDF-1.7"))

        writer = opened(tmp_path / name, resume=True, fields=FIELDS)
        writer.forget_failures()
        assert [Done("0.html", None), Done("1.html", None)] == sorted(writer.done())
        write(writer, ROWS[2])
        writer.finish()
        writer.close()

        titles = {row["input"]: row["title"] for row in rows(tmp_path / name)}
        assert {f"{number}.html": f"Harbour notes {number}" for number in range(3)} == titles
        assert [] == list(tmp_path.rglob(".*"))

    def test_rows_come_back_from_every_output(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS, FAILED)

        expected = [f"Harbour notes {number}" for number in range(4)]
        found = {row["input"]: row for row in rows(tmp_path / name)}
        assert expected == [found[f"{number}.html"]["title"] for number in range(4)]
        assert "NotAPageError" == found["no.html"]["error"]["type"]
        assert 5 == len(found)

    @pytest.mark.parametrize("fields", [None, ("title", "essay"), ("essay",)])
    def test_rows_of_other_fields_are_not_mixed_in(
        self, name: str, fields: tuple[str, ...] | None, tmp_path: Path
    ) -> None:
        put(tmp_path / name, FAILED, *ROWS)
        before = sorted((path, path.read_bytes()) for path in tmp_path.rglob("*.*") if path.is_file())

        with pytest.raises(OutputError, match=r"its rows have other fields; continue it with --fields title$"):
            continued(tmp_path / name, fields=fields)
        assert before == sorted((path, path.read_bytes()) for path in tmp_path.rglob("*.*") if path.is_file())

    def test_rows_of_all_fields_are_continued_without_a_choice(self, name: str, tmp_path: Path) -> None:
        writer = opened(tmp_path / name, resume=False, fields=None)
        write(writer, take_apart("a.html", page(1)), fields=None)
        writer.finish()
        writer.close()

        with pytest.raises(OutputError, match="its rows have all fields; continue it without --fields"):
            continued(tmp_path / name, fields=FIELDS)
        assert ["a.html"] == [done.input for done in continued(tmp_path / name, fields=None)]

    def test_what_is_done_is_told_with_its_errors(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS, FAILED)

        writer, done = begin(tmp_path / name, resume=True)
        writer.close()
        assert {*(Done(row.input, None) for row in ROWS), Done("no.html", "NotAPageError")} == set(done)
        assert 5 == len(done)

    def test_a_second_run_adds_to_the_first(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS[:2])
        put(tmp_path / name, *ROWS[2:])

        assert [row.input for row in ROWS] == [row["input"] for row in rows(tmp_path / name)]

    def test_a_run_that_adds_nothing_changes_nothing(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS)
        before = rows(tmp_path / name)
        put(tmp_path / name)

        assert before == rows(tmp_path / name)
        assert [name] == [path.name for path in tmp_path.iterdir()]

    def test_what_is_there_is_not_touched_unless_it_is_to_be_gone_on_with(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS)
        before = rows(tmp_path / name)

        with pytest.raises(OutputError, match="continue it with --resume"):
            begin(tmp_path / name)
        assert before == rows(tmp_path / name)


@pytest.mark.parametrize("name", LINES)
class TestLines:
    def test_a_torn_row_is_taken_away_wherever_it_is_torn(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS)
        whole = (tmp_path / name).read_bytes()
        put(tmp_path / f"first-{name}", *ROWS[:3])
        three = len((tmp_path / f"first-{name}").read_bytes())

        for end in range(three, len(whole)):
            (tmp_path / name).write_bytes(whole[:end])
            writer, done = begin(tmp_path / name, resume=True)
            writer.close()
            assert [Done(row.input, None) for row in ROWS[:3]] == done
            assert whole[:three] == (tmp_path / name).read_bytes()

    def test_zeros_that_a_power_failure_leaves_are_taken_away(self, name: str, tmp_path: Path) -> None:
        put(tmp_path / name, *ROWS)
        whole = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(whole + bytes(5000))

        put(tmp_path / name)
        assert whole == (tmp_path / name).read_bytes()

    @pytest.mark.parametrize(
        "content", [b"notes of mine", b'{"title": "x"}\n', b'{"input": 5}\n', b"\x1f\x8bnotes", b"\n"]
    )
    def test_a_file_that_is_no_batchs_is_left_as_it_is(self, content: bytes, name: str, tmp_path: Path) -> None:
        (tmp_path / name).write_bytes(content)

        with pytest.raises(OutputError, match="--resume can only continue the output of a batch"):
            begin(tmp_path / name, resume=True)
        assert content == (tmp_path / name).read_bytes()

    def test_a_file_that_is_empty_is_as_good_as_none(self, name: str, tmp_path: Path) -> None:
        (tmp_path / name).touch()
        writer, _ = begin(tmp_path / name)
        writer.close()


@needs("pyarrow")
class TestParquet:
    def test_what_is_not_finished_does_not_pose_as_whole(self, tmp_path: Path) -> None:
        writer, _ = begin(tmp_path / "out.parquet")
        write(writer, *ROWS)
        writer.close()

        assert not (tmp_path / "out.parquet").exists()
        put(tmp_path / "out.parquet")
        assert 4 == len(rows(tmp_path / "out.parquet"))

    def test_a_run_killed_before_it_could_tidy_up_has_no_row_twice(self, tmp_path: Path) -> None:
        writer, _ = begin(tmp_path / "out.parquet")
        write(writer, *ROWS)
        writer.close()
        shutil.copytree(tmp_path / ".out.parquet.parts", tmp_path / "parts")
        put(tmp_path / "out.parquet")
        shutil.copytree(tmp_path / "parts", tmp_path / ".out.parquet.parts")

        put(tmp_path / "out.parquet", FAILED)
        assert [*(row.input for row in ROWS), "no.html"] == [row["input"] for row in rows(tmp_path / "out.parquet")]

    def test_a_row_group_holds_no_more_than_fits_the_memory(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from pyarrow import parquet

        monkeypatch.setattr("declutter.batch.writers.parquet._MAX_ROWS", 3)
        put(tmp_path / "out.parquet", *ROWS)

        table = parquet.ParquetFile(tmp_path / "out.parquet")
        assert [3, 1] == [table.metadata.row_group(number).num_rows for number in range(table.num_row_groups)]
        assert b"declutter/1" == table.schema_arrow.metadata[b"declutter.schema"]

    def test_other_files_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "no.parquet").write_bytes(b"notes of mine")
        with pytest.raises(OutputError, match=r"no\.parquet is not a Parquet file"):
            opened(tmp_path / "no.parquet", resume=True, fields=None)
        assert b"notes of mine" == (tmp_path / "no.parquet").read_bytes()

    def test_the_extra_is_named_where_it_is_missing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "declutter.batch.writers.parquet", None)

        with pytest.raises(MissingExtraError, match=r"declutter\[batch\]"):
            opened(tmp_path / "out.parquet", resume=False, fields=None)


class TestFolder:
    def test_files_mirror_the_inputs(self, tmp_path: Path) -> None:
        put(tmp_path / "out", take_apart("a/b.html", "<p>x"), take_apart("https://example.org/../Story", "<p>x"))

        (first, second) = sorted(str(path.relative_to(tmp_path)) for path in (tmp_path / "out").rglob("*.json"))
        assert "out/a/b.html.json" == first
        assert second.startswith("out/example.org/Story~")

    def test_files_that_are_not_ours_or_were_torn_are_no_rows(self, tmp_path: Path) -> None:
        put(tmp_path / "out", *ROWS)
        whole = (tmp_path / "out" / "0.html.json").read_bytes()
        (tmp_path / "out" / "0.html.json").write_bytes(whole[:20])
        (tmp_path / "out" / "mine.json").write_bytes(b'{"input": "other"}')

        writer, done = begin(tmp_path / "out", resume=True)
        writer.close()
        assert {"1.html", "2.html", "3.html"} == {one.input for one in done}


@pytest.mark.parametrize("name", ["out.csv", "out.json", "out.gz", "out.csv.gz", "out.tar.zst"])
def test_a_name_that_says_nothing_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"use NAME\.jsonl, "):
        opened(tmp_path / name, resume=False, fields=None)
    assert [] == list(tmp_path.iterdir())


def test_any_tool_reads_the_lines_that_are_compressed(tmp_path: Path) -> None:
    put(tmp_path / "out.jsonl.gz", *ROWS)

    with gzip.open(tmp_path / "out.jsonl.gz") as lines:
        assert [row.to_json() + b"\n" for row in ROWS] == list(lines)
