"""`declutter convert`."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

import declutter
from tests.batch.marks import needs

from .conftest import PAGE, Run


class Pipe(io.BytesIO):
    """What is on standard input behind a pipe: it can only be read forward."""

    def seekable(self) -> bool:
        return False


@pytest.fixture
def pages(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "a.html", tmp_path / "b.html"]
    paths[0].write_text(PAGE, encoding="utf-8")
    paths[1].write_text(PAGE.replace("Tides", "Dunes"), encoding="utf-8")
    return paths


@pytest.mark.parametrize("form", ["md", "text", "html", "flashes-jsonl", "flashes-csv"])
def test_what_was_extracted_is_written_as_extract_would_have_written_it(
    run: Run, pages: list[Path], tmp_path: Path, form: str
) -> None:
    rows, target = tmp_path / "pages.jsonl.gz", tmp_path / "out"
    rows.write_bytes(gzip.compress(run("extract", *pages).stdout_bytes))

    result = run("convert", rows, "--format", form, "-o", target)

    assert (0, "") == (result.exit_code, result.stderr)
    assert run("extract", *pages, "--format", form).stdout_bytes == target.read_bytes()


def test_front_matter_can_be_left_out(run: Run, pages: list[Path]) -> None:
    rows = run("extract", *pages).stdout_bytes

    assert not run("convert", "-", "--format", "md", "--no-front-matter", stdin=rows).stdout.startswith("---")


def test_a_single_object_of_extract_is_a_document_too(run: Run, pages: list[Path], tmp_path: Path) -> None:
    run("extract", pages[0], "-o", tmp_path / "a.json")

    (flash,) = run("convert", tmp_path / "a.json", "--format", "flashes-jsonl").stdout.splitlines()

    assert str(tmp_path / "a.json") == json.loads(flash)["input"]


def test_rows_without_a_document_are_counted_and_lines_that_are_none_are_errors(
    run: Run, pages: list[Path], tmp_path: Path
) -> None:
    rows = tmp_path / "pages.jsonl"
    doubtful = run("extract", *pages, "--min-confidence", 1).stdout.splitlines()[0]
    failed = run("extract", pages[0], tmp_path / "none.html").stdout
    some_fields = run("extract", pages[1], "--fields", "title").stdout
    rows.write_text(f"{failed}\n{doubtful}\n{some_fields}[]\nno JSON\n", encoding="utf-8")

    result = run("convert", rows, "none.jsonl", "--format", "text")

    assert 1 == result.exit_code
    assert f"{declutter.extract(PAGE).text}\n" == result.stdout
    lacking, counted, missing = result.stderr.splitlines()
    assert lacking.startswith(f"{rows}#5: the JSON lacks fields of a document: authors, ")
    assert lacking.endswith("write it with all fields; failures in this file: 3")
    assert f"{rows}: rows without a document: 2" == counted
    assert "none.jsonl: No such file or directory" == missing


def test_damaged_compression_is_an_error_that_names_the_file(run: Run, pages: list[Path], tmp_path: Path) -> None:
    rows = tmp_path / "pages.jsonl.gz"
    rows.write_bytes(gzip.compress(run("extract", *pages).stdout_bytes)[:-20])

    result = run("convert", rows, "--format", "text")

    assert 1 == result.exit_code
    assert f"{rows}: the compression is damaged" in result.stderr


@pytest.mark.parametrize("through", ["a file", "a pipe"])
@needs("pyarrow")
def test_what_a_batch_wrote_as_parquet_is_converted_like_its_lines(
    run: Run, pages: list[Path], tmp_path: Path, through: str
) -> None:
    inputs = [*pages, tmp_path / "none.html"]
    run("batch", *inputs, "--ordered", "-o", tmp_path / "rows.parquet")
    run("batch", *inputs, "--ordered", "-o", tmp_path / "rows.jsonl")

    if through == "a file":
        result = run("convert", tmp_path / "rows.parquet", "--format", "md")
        assert f"{tmp_path / 'rows.parquet'}: rows without a document: 1\n" == result.stderr
    else:
        result = run("convert", "-", "--format", "md", stdin=Pipe((tmp_path / "rows.parquet").read_bytes()))
    assert 0 == result.exit_code
    assert run("convert", tmp_path / "rows.jsonl", "--format", "md").stdout == result.stdout


@needs("pyarrow")
def test_parquet_that_no_batch_wrote_or_that_is_damaged_is_one_error_and_no_output(run: Run, tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    other, damaged = tmp_path / "other.parquet", tmp_path / "damaged.parquet"
    parquet.write_table(pa.table({"id": [1, 2], "html": ["a", "b"]}), other)
    damaged.write_bytes(other.read_bytes()[:-20])

    result = run("convert", other, damaged, "-o", tmp_path / "essays.txt")

    assert 1 == result.exit_code
    assert not (tmp_path / "essays.txt").exists()
    first, second = result.stderr.splitlines()
    assert f"{other}: it has the columns id, html, and is not the output of a batch" == first
    assert second.startswith(f"{damaged}: this Parquet file is damaged, or not the output of a batch: ")


@pytest.mark.parametrize(
    ("name", "form"), [("a.md", "md"), ("a.TXT", "text"), ("a.htm", "html"), ("a.csv", "flashes-csv")]
)
def test_the_name_of_the_output_tells_the_format_if_no_option_does(
    run: Run, pages: list[Path], tmp_path: Path, name: str, form: str
) -> None:
    run("extract", *pages, "-o", tmp_path / "rows.jsonl")

    for command in (["extract", *pages], ["convert", tmp_path / "rows.jsonl"]):
        assert 0 == run(*command, "-o", tmp_path / name).exit_code
        assert run(*command, "--format", form).stdout_bytes == (tmp_path / name).read_bytes()


def test_an_option_counts_more_than_the_name_of_the_output(run: Run, pages: list[Path], tmp_path: Path) -> None:
    run("extract", pages[0], "-o", tmp_path / "a.md", "--format", "json")

    assert "On Tides" == json.loads((tmp_path / "a.md").read_bytes())["title"]


def test_a_conversion_to_no_known_format_is_wrong_usage(run: Run, pages: list[Path], tmp_path: Path) -> None:
    result = run("convert", pages[0], "-o", tmp_path / "flashes.jsonl")

    assert 2 == result.exit_code
    assert "give a --format: md, text, html, flashes-jsonl, flashes-csv" in result.stderr
