"""`declutter inspect`: what is written where, and what is said of what goes wrong."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from lxml import html

import declutter
from declutter.memory import SiteMemory
from tests.fetcher.servers import Site, reply

from .conftest import PAGE, Run

LOCAL = ("--allow-private", "--ignore-robots", "--delay", "0", "--retries", "0")


def data(written: str | Path, name: str) -> Any:
    text = written.read_text(encoding="utf-8") if isinstance(written, Path) else written
    (found,) = html.document_fromstring(text).xpath(f"//script[@id='data-{name}']")
    return json.loads(found.text)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def rows(written: str | Path) -> list[dict[str, Any]]:
    return data(written, "report")["rows"]


def texts(written: str | Path, name: str = "p1") -> list[str]:
    return [block["text"] for block in data(written, name)["blocks"]]


def test_the_report_of_a_page_is_one_file_with_all_its_blocks_and_their_evidence(run: Run, page: Path) -> None:
    report = page.with_name("report.html")

    result = run("inspect", page, "-o", report)

    assert (0, "", "") == (result.exit_code, result.stdout, result.stderr)
    assert [block.text for block in declutter.extract(PAGE).blocks] == texts(report)
    assert all("evidence" in block for block in data(report, "p1")["blocks"] if block["label"] == 3)
    assert [str(page)] == [row["name"] for row in rows(report)]
    assert "original" not in data(report, "p1")


def test_the_original_is_in_the_report_when_it_is_asked_for(run: Run, page: Path) -> None:
    report = page.with_name("report.html")

    run("inspect", page, "-o", report, "--rendered")

    assert 'data-declutter-label="flash"' in data(report, "p1")["original"]


def test_several_pages_have_an_index_and_one_that_fails_is_a_row_of_it(run: Run, page: Path) -> None:
    report, missing = page.with_name("report.html"), page.with_name("missing.html")

    result = run("inspect", page, missing, page, "-o", report)

    assert (1, f"{missing}: No such file or directory\n") == (result.exit_code, result.stderr)
    message = f"{missing}: No such file or directory"
    assert [(None, "#p1"), (message, None), (None, "#p3")] == [
        (row.get("error"), row.get("href")) for row in rows(report)
    ]


def test_a_folder_gets_a_file_a_page_and_an_index(run: Run, page: Path) -> None:
    folder = page.with_name("reports")

    result = run("inspect", page, page.with_name("missing.html"), page, "-o", f"{folder}/")
    again = run("inspect", page, page.with_name("missing.html"), page, "-o", folder)

    assert (1, 1) == (result.exit_code, again.exit_code)
    assert ["index.html", "page-0001.html", "page-0003.html"] == names(folder)
    assert ["page-0001.html", None, "page-0003.html"] == [row.get("href") for row in rows(folder / "index.html")]
    assert "index.html" == data(folder / "page-0003.html", "report")["home"]
    assert "On Tides" == data(folder / "page-0003.html", "p1")["title"]


@pytest.mark.parametrize("name", ["index.html", "page-0002.html"])
def test_a_folder_that_holds_a_page_of_somebody_elses_is_refused_and_stays_as_it_is(
    run: Run, page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / name).write_text("<!doctype html><title>My site</title>", encoding="utf-8")
    monkeypatch.chdir(folder)

    result = run("inspect", page, page, "-o", ".")

    assert 2 == result.exit_code
    assert f"{name} is not a report and would be overwritten; choose another folder" in result.stderr
    assert [name] == names(folder)
    assert "<!doctype html><title>My site</title>" == (folder / name).read_text(encoding="utf-8")


def test_without_a_file_the_report_goes_to_a_pipe_but_not_to_a_terminal(run: Run, page: Path) -> None:
    piped = run("inspect", page)
    primary, secondary = pty.openpty()
    shown = subprocess.run(
        [sys.executable, "-m", "declutter", "inspect", page],
        stdout=secondary, stderr=subprocess.PIPE, check=False, text=True,
    )  # fmt: skip
    os.close(secondary)
    os.close(primary)

    assert (0, "On Tides") == (piped.exit_code, data(piped.stdout, "p1")["title"])
    assert 2 == shown.returncode
    assert "give -o report.html" in shown.stderr


def test_a_single_page_that_cannot_be_read_leaves_no_report(run: Run, page: Path) -> None:
    report = page.with_name("report.html")

    result = run("inspect", page.with_name("missing.html"), "-o", report)

    assert (1, False) == (result.exit_code, report.exists())
    assert "missing.html: No such file or directory" in result.stderr
    assert [page.name] == names(page.parent)


def test_a_page_without_an_essay_is_reported_all_the_same(run: Run, tmp_path: Path) -> None:
    report = tmp_path / "report.html"

    result = run("inspect", "-", "-o", report, stdin="<html><body><nav><a href=/>Home</a></nav></body></html>")

    assert (3, "<stdin>: no article on this page\n") == (result.exit_code, result.stderr)
    assert ["Home"] == texts(report)
    assert ["<stdin>"] == [row["name"] for row in rows(report)]


def test_pages_are_read_as_extract_reads_them(run: Run, page: Path, tmp_path: Path, site: Site) -> None:
    site.routes["/story"] = reply(PAGE)
    cues, memory = tmp_path / "cues.json", tmp_path / "site.memory"
    cues.write_text(json.dumps({"related": {"lead": ["paragraph 3 of"]}}), encoding="utf-8")
    SiteMemory().save(memory)

    fetched = run("inspect", site.url("/story"), *LOCAL, "--memory", memory)
    cued = run("inspect", page, "--cues", cues)
    dump = run("inspect", "-", "--as", "text", stdin="first line\nsecond line")
    addressed = run("inspect", page, "--url", "https://a.example/x/")

    assert "On Tides" == data(fetched.stdout, "p1")["title"]
    assert data(cued.stdout, "p1")["blocks"] != data(run("inspect", page).stdout, "p1")["blocks"]
    assert ["first line", "second line"] == texts(dump.stdout)
    assert ["url", "https://a.example/x/"] in data(addressed.stdout, "p1")["fields"]


def test_the_report_of_an_earlier_run_is_not_a_page_of_the_next(run: Run, page: Path) -> None:
    report = page.with_name("report.html")
    run("inspect", page, "-o", report)

    again = run("inspect", page, report, "-o", report)
    alone = run("inspect", report, "-o", report)

    assert (0, f"{report}: skipped, because it is the output file\n") == (again.exit_code, again.stderr)
    assert [str(page)] == [row["name"] for row in rows(report)]
    assert 2 == alone.exit_code
    assert "is the page itself" in alone.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "Missing argument 'PAGE...'"),
        (("a", "b", "--url", "https://a.example/"), "--url is the URL of one page, but several were given"),
        (("a", "--memory", "no-such-file"), "does not exist"),
    ],
)
def test_wrong_usage_is_told(run: Run, arguments: tuple[str, ...], message: str) -> None:
    result = run("inspect", *arguments)

    assert (2, "") == (result.exit_code, result.stdout)
    assert message in result.stderr


def test_a_file_that_cannot_be_written_is_told_in_one_line(run: Run, page: Path) -> None:
    result = run("inspect", page, "-o", page.parent / "no-such-folder" / "report.html")

    assert 1 == result.exit_code
    assert "no-such-folder/report.html: No such file or directory\n" in result.stderr


def test_an_interrupt_leaves_no_report(page: Path, site: Site) -> None:
    site.routes["/slow"] = lambda exchange: exchange.closed.wait(60) and None
    report = page.with_name("report.html")
    running = subprocess.Popen(
        [sys.executable, "-m", "declutter", "inspect", page, site.url("/slow"), *LOCAL, "-o", report],
        stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not site.asked("/slow") and running.poll() is None:
        time.sleep(0.02)

    running.send_signal(signal.SIGINT)

    assert "interrupted" in running.communicate(timeout=60)[1]
    assert (130, [page.name]) == (running.returncode, names(page.parent))
