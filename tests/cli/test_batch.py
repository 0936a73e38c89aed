"""`declutter batch`, from its arguments to its exit code."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import subprocess
import time
from pathlib import Path

import pytest

from declutter import SiteMemory, extract
from declutter.batch.encoders import Note, Piece
from declutter.batch.items import Item
from declutter.batch.pool import Settled, Ticket
from declutter.cli.batch_report import Pace, Report
from tests.batch.commands import command
from tests.batch.commands import run as run_apart
from tests.batch.marks import needs
from tests.batch.pages import page as numbered
from tests.batch.pages import rows
from tests.fetcher.servers import Site, reply

from .conftest import PAGE, Run

LOCAL = ("--allow-private", "--ignore-robots", "--delay", 0)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(12):
        (folder / f"{number:02}.html").write_text(numbered(number), encoding="utf-8")
    return folder


def test_all_inputs_give_a_row_and_the_summary_says_what_came_of_them(
    run: Run, pages: Path, tmp_path: Path, site: Site
) -> None:
    site.routes = {"/a": reply(numbered(20))}
    (tmp_path / "urls").write_text(f"{site.url('/a')}\n{site.url('/gone')}\n", encoding="utf-8")
    (tmp_path / "records").write_text(json.dumps({"id": "one", "html": numbered(21)}), encoding="utf-8")
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7")
    (tmp_path / "empty").touch()
    output = tmp_path / "out.jsonl"

    inputs = [pages, *(tmp_path / name for name in ("urls", "records", "a.pdf", "gone*", "empty"))]
    result = run("batch", *inputs, "-o", output, *LOCAL)
    found = {row["input"]: row for row in rows(output)}
    assert 12 + 2 + 1 + 1 + 1 + 1 == len(found)
    assert "Harbour notes 21" == found["one"]["title"]
    assert "Harbour notes 20" == found[site.url("/a")]["title"]
    assert "declutter/1" == found[site.url("/a")]["schema"]
    assert "" == found[str(tmp_path / "empty")]["essay"]["text"]
    assert 1 == result.exit_code
    assert re.match(r"18 pages in 0:00:\d\d \([\d.]+ pages/s\), 14 flashes, 3 errors\n", result.stderr)
    for said in (
        f"  1 StatusError, e.g. {site.url('/gone')}: the server answered 404",
        f"  1 NotAPageError, e.g. {tmp_path / 'a.pdf'}: this is a PDF",
        f"  1 FileNotFoundError, e.g. {tmp_path / 'gone*'}: nothing has such a name",
    ):
        assert said in result.stderr


def test_rows_go_to_stdout_and_are_what_extract_gives(run: Run, pages: Path) -> None:
    result = run("batch", pages, "--ordered", "--quiet")

    lines = result.stdout.splitlines()
    paths = sorted(pages.iterdir())
    assert (0, "") == (result.exit_code, result.stderr)
    assert [str(path) for path in paths] == [json.loads(line)["input"] for line in lines]
    documents = [json.loads(extract(path.read_bytes()).to_json()) for path in paths]
    assert documents == [{key: value for key, value in json.loads(line).items() if key != "input"} for line in lines]


def test_resume_is_valid_on_a_first_run_and_goes_on_on_a_second(run: Run, pages: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"

    first = run("batch", pages / "0*.html", "-o", output, "--resume")
    second = run("batch", pages, "-o", output, "--resume")
    assert (0, 0) == (first.exit_code, second.exit_code)
    assert second.stderr.startswith("2 pages in ")
    assert "  10 already done by earlier runs\n" in second.stderr
    assert sorted(map(str, pages.iterdir())) == sorted(row["input"] for row in rows(output))


def test_errors_of_earlier_runs_count_for_the_exit_code(run: Run, pages: Path, tmp_path: Path) -> None:
    (pages / "x.html").write_bytes(b"%PDF-1.7")

    assert 1 == run("batch", pages, "-o", tmp_path / "out.jsonl").exit_code
    again = run("batch", pages, "-o", tmp_path / "out.jsonl", "--resume")
    assert 1 == again.exit_code
    assert "1 NotAPageError, from earlier runs" in again.stderr


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: None, "nothing to do: the inputs hold no pages"),
        (lambda folder: (folder / "x").write_bytes(b"%PDF-1.7"), "1 NotAPageError"),
    ],
)
def test_where_not_one_page_could_be_taken_apart_the_exit_code_says_so(
    make: object, said: str, run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    make(folder)  # type: ignore[operator]

    result = run("batch", folder, "-o", tmp_path / "out.jsonl")
    assert 3 == result.exit_code
    assert said in result.stderr


@pytest.mark.parametrize(
    "name", ["out.jsonl", "out.jsonl.gz", "out", pytest.param("o.parquet", marks=needs("pyarrow"))]
)
def test_a_batch_without_a_row_leaves_no_output_in_the_way_of_the_next(
    name: str, run: Run, pages: Path, tmp_path: Path
) -> None:
    empty, output = tmp_path / "empty", tmp_path / name
    empty.mkdir()

    assert 3 == run("batch", empty, "-o", output).exit_code
    assert not output.exists()
    assert 0 == run("batch", pages / "0*.html", "-o", output).exit_code


def test_another_programs_file_is_not_advised_to_be_continued(run: Run, pages: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("notes of mine\n")

    result = run("batch", pages, "-o", tmp_path / "notes.jsonl", "--resume")

    assert 2 == result.exit_code
    assert "notes.jsonl: row 1 is invalid: JSON is malformed" in result.stderr
    assert result.stderr.endswith("; --resume can only continue the output of a batch\n")


def test_an_empty_file_or_folder_that_was_there_before_stays(run: Run, tmp_path: Path) -> None:
    for name in ("pages", "out"):
        (tmp_path / name).mkdir()
    (tmp_path / "out.jsonl").touch()

    for name in ("out", "out.jsonl"):
        run("batch", tmp_path / "pages", "-o", tmp_path / name)
        assert (tmp_path / name).exists()


def test_a_column_that_no_input_could_have_is_told(run: Run, pages: Path, tmp_path: Path) -> None:
    said = "--column and --id-column had no effect: no input holds records (JSON Lines, Parquet)\n"
    (tmp_path / "records").write_text('{"html": "<p>x"}', encoding="utf-8")

    assert said in run("batch", pages / "00.html", "--column", "html").stderr
    assert said not in run("batch", tmp_path / "records", "--column", "html").stderr
    assert said not in run("batch", pages / "00.html").stderr


def test_an_input_that_is_missing_among_others_is_a_row(run: Run, pages: Path, tmp_path: Path) -> None:
    result = run("batch", tmp_path / "gone.html", pages / "0*.html", "-o", tmp_path / "out.jsonl")

    assert 1 == result.exit_code
    assert "FileNotFoundError" in (tmp_path / "out.jsonl").read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written_is_exit_code_1_as_elsewhere(run: Run, pages: Path, tmp_path: Path) -> None:
    for one, name in (("batch", "x.jsonl"), ("extract", "x.jsonl"), ("inspect", "x.html"), ("memory", "x")):
        result = run(one, pages / "00.html", "-o", tmp_path / "gone" / name)

        assert (1, "") == (result.exit_code, result.stdout)
        assert f"gone/{name}: No such file or directory" in result.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Missing argument 'INPUT...'"),
        (("x", "--resume"), "--resume needs an output to continue: name it with -o"),
        ((".", "-o", "out.csv"), "out.csv: the name does not tell the format"),
        (("x", "--jobs", "0"), "--jobs"),
        (("x", "--page-timeout", "0"), "--page-timeout"),
        (("x", "--fields", ""), "name at least one field; choose from url, title"),
        (("x", "--fields", "titel"), "no such field: titel (did you mean title?)"),
        (("x", "--memory", "gone"), "--memory: gone does not exist; --learn creates it"),
        (("-", "--learn"), "cannot read standard input"),
        (("https://example.org/", "--learn"), "give --cache DIR"),
        (("x", "--url", "https://example.org/"), "No such option"),
    ],
)
def test_wrong_usage_says_what_is_wrong(
    arguments: tuple[str, ...], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run("batch", *arguments)
    assert 2 == result.exit_code
    assert said in result.stderr
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("typo.txt", "-o", "out.jsonl"), "typo.txt: no such file or folder"),
        (("*.html", "typo.txt", "-o", "out"), "*.html, typo.txt: no such file or folder"),
        (("example.org/story", "-o", "out"), "no such file or folder; a URL starts with https://"),
    ],
)
def test_inputs_of_which_none_exists_fail_as_in_extract_and_leave_no_output(
    arguments: tuple[str, ...], said: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    result = run("batch", *arguments)
    assert 1 == result.exit_code == run("extract", arguments[0]).exit_code
    assert said in result.stderr
    assert [] == list(tmp_path.iterdir())


def test_an_output_that_is_there_is_left_alone_and_the_message_says_what_to_do(
    run: Run, page: Path, tmp_path: Path
) -> None:
    output = tmp_path / "out.jsonl"
    output.write_text("mine", encoding="utf-8")

    for more, said in (((), "already exists"), (("--resume",), "byte 0 starts no row")):
        result = run("batch", page, "-o", output, *more)
        assert 0 != result.exit_code
        assert said in result.stderr
        assert "mine" == output.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["out.jsonl", "out"])
def test_an_output_among_its_inputs_is_not_read(
    name: str, run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pages)

    for expected in (12, 0):
        result = run("batch", ".", "-o", name, "--resume", "--learn", "--memory", "site.memory")
        assert 0 == result.exit_code
        assert result.stderr.startswith(f"{expected} pages in ")
    assert 12 == len(rows(pages / name))


class TestLearning:
    def test_what_a_site_repeats_is_learned_first_and_kept(self, run: Run, pages: Path, tmp_path: Path) -> None:
        memory = tmp_path / "site.memory"
        expected = SiteMemory()
        for path in pages.iterdir():
            expected.observe(path.read_bytes())

        result = run("batch", pages, "-o", tmp_path / "out.jsonl", "--learn", "--memory", memory)
        assert 0 == result.exit_code
        assert expected == SiteMemory.load(memory)
        for row in rows(tmp_path / "out.jsonl"):
            document = json.loads(extract(Path(row.pop("input")).read_bytes(), memory=expected).to_json())
            assert document == row

    def test_without_a_file_it_is_learned_for_this_run_alone(self, run: Run, pages: Path, tmp_path: Path) -> None:
        run("batch", pages, "-o", tmp_path / "a.jsonl", "--learn", "--memory", tmp_path / "m", "--ordered")
        run("batch", pages, "-o", tmp_path / "b.jsonl", "--learn", "--ordered")
        run("batch", pages, "-o", tmp_path / "c.jsonl", "--memory", tmp_path / "m", "--ordered")

        assert rows(tmp_path / "a.jsonl") == rows(tmp_path / "b.jsonl") == rows(tmp_path / "c.jsonl")

    def test_a_resumed_run_goes_on_with_what_was_learned(self, run: Run, pages: Path, tmp_path: Path) -> None:
        options = ("-o", tmp_path / "out.jsonl", "--resume", "--learn", "--memory", tmp_path / "m")
        run("batch", pages / "0*.html", *options)
        learned = (tmp_path / "m").read_bytes()

        assert 0 == run("batch", pages, *options).exit_code
        assert learned == (tmp_path / "m").read_bytes()

    def test_a_damaged_memory_is_refused_before_anything_is_begun(self, run: Run, pages: Path, tmp_path: Path) -> None:
        (tmp_path / "m").write_bytes(b"no memory")

        result = run("batch", pages, "-o", tmp_path / "out.jsonl", "--memory", tmp_path / "m")
        assert 2 == result.exit_code
        assert "not a site memory" in result.stderr
        assert not (tmp_path / "out.jsonl").exists()


class TestProgress:
    def test_a_terminal_has_a_bar_with_rate_and_time_left(self, tmp_path: Path) -> None:
        folder = tmp_path / "many"
        folder.mkdir()
        for number in range(300):
            (folder / f"{number}.html").write_text(numbered(number), encoding="utf-8")
        ours, theirs = pty.openpty()
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "160"}
        process = subprocess.Popen(
            command(folder, "-o", tmp_path / "out.jsonl", "-j", 1), stderr=theirs, stdout=theirs, env=environment
        )
        os.close(theirs)
        shown = b""
        while select.select([ours], [], [], 60)[0]:
            try:
                shown += os.read(ours, 65536)
            except OSError:
                break
        process.wait()
        os.close(ours)

        assert re.search(rb"[1-9]\d* pages, [\d.]+ pages/s, 0:\d\d:\d\d left", shown)
        assert b"300 pages in " in shown

    def test_what_is_no_terminal_has_a_line_now_and_then(self, capsys: pytest.CaptureFixture[str]) -> None:
        report = Report(quiet=False, interval=0.05)
        lines: list[str] = []
        begin = time.monotonic()
        with report.stage("pages", lambda: 4000):
            for number in range(2):
                item = Item(name=str(number), source="", weight=1000)
                report.add(Settled((Ticket(number, item),), Piece((Note(item.name, None, 1),), b"")))
            while len(lines) < 4 and time.monotonic() < begin + 60:
                time.sleep(0.01)
                lines += capsys.readouterr().err.splitlines()

        assert 4 <= len(lines) <= 1 + (time.monotonic() - begin) / 0.05
        assert re.fullmatch(r"pages 50%: 2 pages, [\d.]+ pages/s, 0:00:\d\d left", lines[-1])

    def test_time_left_leaves_out_what_earlier_runs_have_done(self) -> None:
        assert "10 pages, 5.0 pages/s, 0:00:06 left" == str(
            Pace(pages=10, seconds=2.0, done=100, skipped=600, total=1000)
        )
        assert "10 pages, 5.0 pages/s" == str(Pace(pages=10, seconds=2.0, done=100, skipped=0, total=0))


def test_what_a_terminal_obeys_reaches_it_neither_by_rows_nor_by_messages(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "\x1b[31m.html"
    path.write_text("<p>\x9b31m red", encoding="utf-8")

    result = run("batch", path, tmp_path / "\x1b[32m")
    assert "\x1b" not in result.stdout + result.stderr
    assert "\x9b" not in result.stdout


def test_a_page_that_takes_too_long_becomes_an_error(run: Run, pages: Path, tmp_path: Path) -> None:
    (pages / "slow.html").write_text("<p>x</p>" * 900_000, encoding="utf-8")  # many times the second it is given

    result = run_apart(pages, "-o", tmp_path / "out.jsonl", "--page-timeout", 2, "-j", 1)
    assert 1 == result.returncode
    (row,) = (row for row in rows(tmp_path / "out.jsonl") if row["input"].endswith("slow.html"))
    assert "PageTimeoutError" == row["error"]["type"]
    assert 13 == len(rows(tmp_path / "out.jsonl"))


def test_what_fetch_writes_is_taken_apart(run: Run, site: Site) -> None:
    site.routes = {"/a": reply(PAGE)}
    fetched = run("fetch", site.url("/a"), site.url("/gone"), *LOCAL)

    result = run("batch", "-", stdin=fetched.stdout)
    first, second = map(json.loads, result.stdout.splitlines())
    assert {site.url("/a"), site.url("/gone")} == {first["input"], second["input"]}
    assert ["On Tides"] == [row["title"] for row in (first, second) if "title" in row]


def test_pages_that_failed_are_tried_again_if_asked_and_the_rows_of_others_stay(
    run: Run, site: Site, tmp_path: Path
) -> None:
    site.routes = {"/busy": reply(status=503), "/story": reply(PAGE)}
    busy, story, target = site.url("/busy"), site.url("/story"), tmp_path / "rows.jsonl"
    batch = ("batch", busy, story, "-o", target, *LOCAL, "--retries", 0)
    assert 1 == run(*batch).exit_code

    site.routes["/busy"] = reply(PAGE)
    assert 1 == run(*batch, "--resume").exit_code
    result = run(*batch, "--retry-failed")

    assert 0 == result.exit_code
    assert "0 errors\n  1 already done by earlier runs\n" in result.stderr
    assert [story, busy] == [row["input"] for row in rows(target)]
    assert ["On Tides"] * 2 == [row["title"] for row in rows(target)]
