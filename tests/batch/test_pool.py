"""Workers that hang, eat the memory, or are killed: nothing is lost, and only the guilty are blamed."""

from __future__ import annotations

import os
import random
import re
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from declutter.batch.items import Item
from declutter.batch.pool import Pool, Ticket
from declutter.batch.rows import RowError
from declutter.batch.serving import Bounds
from declutter.errors import WorkerError

from .faulty import Faulty
from .marks import needs

FORMS = ["row", pytest.param("arrow", marks=needs("pyarrow"))]


def settle(sources: list[str], *, work: Faulty, jobs: int = 2, **bounds: float) -> dict[str, RowError | None]:
    """By item: why it failed; None where it did not."""
    with Pool(jobs, work=work, bounds=Bounds(**bounds)) as pool:  # type: ignore[arg-type]
        return settle_in(pool, sources)


def settle_in(pool: Pool, sources: list[str]) -> dict[str, RowError | None]:
    for number, source in enumerate(sources):
        assert pool.put(Ticket(number, Item(name=str(number), source=source))) is None
    settled: dict[str, RowError | None] = {}
    while pool.busy:
        for tickets, piece in pool.wait([], 1.0):
            assert [ticket.item.name for ticket in tickets] == [note.input for note in piece.notes]
            for note in piece.notes:
                assert note.input not in settled
                settled[note.input] = note.error
    assert {str(number) for number in range(len(sources))} == set(settled)
    return settled


def failures(settled: dict[str, RowError | None]) -> dict[str, str]:
    return {name: error.type for name, error in settled.items() if error is not None}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("how", ["hang", "spin"])
def test_a_page_that_hangs_fails_and_the_others_do_not(form: str, how: str) -> None:
    sources = [how if number in {5, 21} else "" for number in range(40)]

    settled = settle(sources, work=Faulty(form=form), page_timeout=3.0)  # type: ignore[arg-type]
    assert {"5": "PageTimeoutError", "21": "PageTimeoutError"} == failures(settled)
    assert RowError("PageTimeoutError", "5: not done within 3 s; raise page_timeout, or skip the page") == settled["5"]


@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_kills_its_worker_twice_fails_and_the_others_do_not(form: str) -> None:
    settled = settle(["die" if number in {0, 7} else "" for number in range(40)], work=Faulty(form=form))  # type: ignore[arg-type]

    assert {"0": "WorkerError", "7": "WorkerError"} == failures(settled)
    assert RowError("WorkerError", "7: its worker process died twice (signal SIGKILL)") == settled["7"]


def test_a_worker_that_ends_by_itself_is_told_with_its_exit_code() -> None:
    assert (
        RowError("WorkerError", "0: its worker process died twice (exit code 3)")
        == settle(["exit"], work=Faulty())["0"]
    )


def test_a_page_is_not_blamed_for_a_kill_that_was_not_for_it(tmp_path: Path) -> None:
    settled = settle(["", f"die-once {tmp_path / 'mark'}", ""], work=Faulty())

    assert {} == failures(settled)
    assert (tmp_path / "mark").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds the memory that is used")
@pytest.mark.parametrize("form", FORMS)
def test_a_page_that_eats_the_memory_fails_and_the_others_do_not(form: str) -> None:
    sources = ["eat" if number == 9 else "" for number in range(30)]

    settled = settle(sources, work=Faulty(form=form), page_memory=300_000_000)  # type: ignore[arg-type]
    assert {"9": "PageMemoryError"} == failures(settled)
    assert (
        RowError("PageMemoryError", "9: it takes more than 300 MB; raise page_memory, or skip the page") == settled["9"]
    )


REPLACED = re.compile(r"worker \d+ is replaced: (.+)")


def test_workers_killed_at_random_cost_nothing(caplog: pytest.LogCaptureFixture) -> None:
    sources = ["nap 0.005"] * 600
    with caplog.at_level("INFO"), Pool(2, work=Faulty(), bounds=Bounds()) as pool:
        over = threading.Event()

        def kill() -> None:
            while not over.wait(random.uniform(0.02, 0.2)):
                hand = random.choice(pool._hands)
                if hand.is_ready and hand.process.pid:
                    os.kill(hand.process.pid, signal.SIGKILL)

        killer = threading.Thread(target=kill)
        killer.start()
        try:
            settled = settle_in(pool, sources)
        finally:
            over.set()
            killer.join()

        assert {"WorkerError"} >= set(failures(settled).values())
        deaths = len(REPLACED.findall(caplog.text))
        assert 2 * len(failures(settled)) <= deaths > 0  # each was hit twice, by chance


def test_workers_that_cannot_start_are_no_endless_loop() -> None:
    with pytest.raises(WorkerError, match=r"no worker process could be started \(exit code 3\)"):
        settle([""], work=Faulty(start="exit"))


def test_a_worker_that_is_replaced_is_in_the_log_with_the_reason(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"):
        settle(["exit"], work=Faulty())

    assert ["exit code 3", "exit code 3"] == REPLACED.findall(caplog.text)


def test_a_clock_that_jumps_blames_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    jumps = iter(range(0, 10**9, 10_000))
    monkeypatch.setattr(time, "time", lambda: float(next(jumps)))

    assert {} == failures(settle([""] * 50, work=Faulty(), page_timeout=600.0))


def test_a_machine_that_was_suspended_blames_nobody(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asleep = 0.0
    monotonic = time.monotonic
    monkeypatch.setattr("declutter.batch.pool.time.monotonic", lambda: monotonic() + asleep)
    with caplog.at_level("INFO"), Pool(1, work=Faulty(), bounds=Bounds(page_timeout=20.0)) as pool:
        settle_in(pool, [""])
        pool.put(Ticket(0, Item(name="0", source="hang")))
        list(pool.wait([], 0.0))

        def sleep_long(*_: object) -> list[object]:
            nonlocal asleep
            asleep = 3600.0
            return []

        monkeypatch.setattr("declutter.batch.pool.wait", sleep_long)

        assert [] == list(pool.wait([], 1.0))
        assert [] == REPLACED.findall(caplog.text)


def test_workers_do_not_outlive_their_pool() -> None:
    with Pool(2, work=Faulty(), bounds=Bounds()) as pool:
        settle_in(pool, [""] * 5)
        pids = [hand.process.pid for hand in pool._hands]

    for pid in pids:
        assert pid is not None
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)
