"""What can happen to a run: in the end each item stands in the output once, and each row is whole."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fetcher.servers import Exchange, serving

from .commands import command, processes_of, run, start
from .conftest import Folder
from .marks import needs
from .pages import names, page, rows

OUTPUTS = [
    "out.jsonl",
    "out.jsonl.gz",
    "out.jsonl.zst",
    pytest.param("out.parquet", marks=needs("pyarrow")),
    "out",
]
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def wait_for(condition: Callable[[], object], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until, "it did not come"
        time.sleep(0.01)


def size_of(output: Path) -> int:
    """Bytes that are written so far, wherever they are."""
    parts = output.with_name(f".{output.name}.parts")
    paths = [output, *parts.glob("*"), *(output.rglob("*.json") if output.is_dir() else ())]
    return sum(path.stat().st_size for path in paths if path.is_file())


def finish(output: Path, folder: Path, *more: object) -> None:
    """Go on until all is done, and see that all is there, once and whole."""
    result = run(folder, "-o", output, "--resume", "--quiet", *more)

    assert (0, "") == (result.returncode, result.stderr)
    whole(output, folder)


def whole(output: Path, folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == sorted(names(output))
    assert all(len(row["flashes"]) == 1 for row in rows(output))
    assert [] == list(output.parent.glob(".*"))


WAITING = {"stdin": subprocess.PIPE}
"""For a run that also reads its standard input (`-`): it is not done before it is killed, however late that is."""
BRIEF = ("--quiet", "--jobs", 2, "--fields", "title,flashes")


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_run_killed_at_random_many_times_loses_nothing_and_does_nothing_twice(
    name: str, folder: Folder, tmp_path: Path
) -> None:
    pages, output = folder(20), tmp_path / "out" / name
    output.parent.mkdir()
    for attempt in range(6):
        for number in range(20):  # so that there is always something to do
            (pages / f"{attempt}-{number}.html").write_text(page(number), encoding="utf-8")
        before = size_of(output)
        process = start(pages, "-", "-o", output, "--resume", *BRIEF, **WAITING)
        wait_for(lambda: size_of(output) > before)  # noqa: B023 - asked at once
        time.sleep(random.uniform(0.0, 0.1))
        # All at once, or one process alone, whose workers have to notice.
        (os.killpg if attempt % 2 else os.kill)(process.pid, signal.SIGKILL)
        process.communicate()
        wait_for(lambda: not processes_of(process.pid))  # noqa: B023 - asked at once

    finish(output, pages, *BRIEF)


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)])
@pytest.mark.parametrize("name", ["out.jsonl", pytest.param("out.parquet", marks=needs("pyarrow"))])
def test_a_signal_stops_a_run_in_good_order(
    number: signal.Signals, code: int, name: str, folder: Folder, tmp_path: Path
) -> None:
    pages, output = folder(100), tmp_path / name
    process = start(pages, "-", "-o", output, "--jobs", 2, "--fields", "title,flashes", **WAITING)
    wait_for(lambda: size_of(output))

    os.kill(process.pid, number)
    _, said = process.communicate(timeout=60)
    assert code == process.returncode
    assert said.decode().startswith("interrupted; continue with --resume\n")
    wait_for(lambda: not processes_of(process.pid))
    finish(output, pages, *BRIEF)


def test_ctrl_c_of_a_terminal_stops_a_run_in_good_order_at_any_moment(folder: Folder, tmp_path: Path) -> None:
    pages = folder(500)
    for attempt in range(5):
        output = tmp_path / f"{attempt}.jsonl"
        process = start(pages, "-", "-o", output, *BRIEF, **WAITING)
        wait_for(output.exists)
        time.sleep(random.uniform(0.0, 1.0))  # workers are being started, at first

        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert 130 == process.returncode
        assert said in {b"interrupted; continue with --resume\n", b"interrupted\n"}  # before there was anything


def test_a_signal_stops_a_crawl_whose_servers_do_not_answer(folder: Folder, tmp_path: Path) -> None:
    def never(exchange: Exchange) -> None:
        exchange.closed.wait()

    with serving() as site:
        site.routes = {"/a": never}
        (tmp_path / "urls").write_text(site.url("/a"), encoding="utf-8")
        output = tmp_path / "out.jsonl"
        polite = ("--allow-private", "--ignore-robots", "--delay", 0, "--timeout", 600, "--read-timeout", 600)
        process = start(folder(1), tmp_path / "urls", "-o", output, *BRIEF, *polite)
        wait_for(lambda: size_of(output) and site.asked("/a"))

        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
        assert (130, b"interrupted; continue with --resume\n") == (process.returncode, said)
        assert ["0000.html"] == names(output)


def test_a_run_that_is_to_ignore_hangups_does(folder: Folder, tmp_path: Path) -> None:
    pages, output = folder(60), tmp_path / "out.jsonl"

    def nohup() -> None:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)

    process = start(pages, "-o", output, *BRIEF, preexec_fn=nohup)
    wait_for(lambda: size_of(output))
    os.killpg(process.pid, signal.SIGHUP)

    assert (b"", b"") == process.communicate(timeout=60)
    assert 0 == process.returncode
    whole(output, pages)


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_full_disk_stops_a_run_that_goes_on_when_there_is_room(name: str, folder: Folder, tmp_path: Path) -> None:
    pages, disk = folder(60), tmp_path / "disk"
    disk.mkdir()
    room = "12k" if name in {"out.jsonl.gz", "out.jsonl.zst"} else "32k" if name == "out.parquet" else "100k"
    full = f'mount -t tmpfs -o size={room} disk "$0" && "$@"; code=$?; cp -a "$0/." "$0-kept"; exit $code'
    own = command(pages, "-o", disk / name, "--jobs", 2, "--fields", "title,flashes,essay")
    shell = ["unshare", "-rm", "sh", "-c", full, str(disk), *own]
    result = subprocess.run(shell, capture_output=True, text=True, check=False)
    if result.stderr.startswith(("unshare", "mount")):
        pytest.skip(f"no disk of one's own here: {result.stderr}")
    said = result.stderr.splitlines()[0]
    assert 1 == result.returncode
    assert said.startswith(f"stopped: {disk / name}")
    assert said.endswith(": No space left on device; continue with --resume")

    kept = tmp_path / "disk-kept" / name
    assert kept.suffix == ".parquet" or len(rows(kept)) < 60  # what is there is whole
    finish(kept, pages, "--fields", "title,flashes,essay")


def test_a_device_without_room_says_so(folder: Folder) -> None:
    result = run(folder(1), "-o", "/dev/full")

    assert (1, "stopped: /dev/full: No space left on device") == (result.returncode, result.stderr.splitlines()[0])


def test_an_output_that_cannot_be_written_to_ends_the_run_before_it_begins(folder: Folder, tmp_path: Path) -> None:
    pages = folder(1)

    for output in ("/sys/out.jsonl", "/sys/out", tmp_path / "gone" / "out.jsonl"):
        result = run(pages, "-o", output)
        assert 1 == result.returncode
        assert result.stderr.startswith(f"{output}: ")
        assert 1 == result.stderr.count("\n")


def test_inputs_that_vanish_under_way_are_rows_that_say_so(folder: Folder, tmp_path: Path) -> None:
    pages, output = folder(2000), tmp_path / "out.jsonl"  # more than are done before the last of them is gone
    expected = sorted(path.name for path in pages.iterdir())
    process = start(pages, "-o", output, *BRIEF)
    wait_for(lambda: size_of(output))

    for name in reversed(expected):
        (pages / name).unlink()
    process.communicate(timeout=60)
    assert 1 == process.returncode
    assert expected == sorted(names(output))
    assert {"FileNotFoundError"} == {row["error"]["type"] for row in rows(output) if "error" in row}


def test_a_reader_that_has_enough_ends_the_run_without_a_word(folder: Folder) -> None:
    with start(folder(300), *BRIEF) as process:
        assert process.stdout is not None
        assert process.stderr is not None

        assert process.stdout.readline().startswith(b'{"input":')
        process.stdout.close()
        assert b"" == process.stderr.read()
    assert 1 == process.returncode
    wait_for(lambda: not processes_of(process.pid))


def test_two_runs_do_not_write_to_one_output(folder: Folder, tmp_path: Path) -> None:
    pages = folder(3)
    for name in ("out.jsonl", "out"):
        output = tmp_path / name
        process = start(pages, "-", "-o", output, *BRIEF, **WAITING)
        wait_for(lambda: size_of(output))  # noqa: B023 - asked at once

        second = run(pages, "-o", output, "--resume")
        assert (2, f"{output}: another run is writing to this output\n") == (second.returncode, second.stderr)
        process.kill()
        process.communicate(timeout=60)
        finish(output, pages, *BRIEF)
