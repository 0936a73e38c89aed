"""`declutter convert`."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import declutter

from .conftest import PAGE, Run


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
