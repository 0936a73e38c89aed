"""Threads, executors and processes give what one thread gives, in whatever order pages come."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import declutter

FIXTURES = sorted(Path(__file__).parents[1].glob("fixtures/*/page.*"))
THREADS = 8
ROUNDS = 3


def result_of(path: Path) -> str:
    page = path.read_bytes()
    document = declutter.extract(page, url=f"https://example.org/{path.parent.name}")
    return document.to_json() + document.html + declutter.explain(page).to_json()


@pytest.fixture(scope="module")
def alone() -> dict[Path, str]:
    return {path: result_of(path) for path in FIXTURES}


def test_eight_threads_give_the_results_of_one(alone: dict[Path, str]) -> None:
    def work(thread: int) -> dict[Path, str]:
        turned = FIXTURES[thread * 5 % len(FIXTURES) :] + FIXTURES[: thread * 5 % len(FIXTURES)]
        return {path: result_of(path) for _ in range(ROUNDS) for path in turned}

    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns as often as they can
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            found = list(pool.map(work, range(THREADS)))
    finally:
        sys.setswitchinterval(before)

    assert [alone] * THREADS == found


def test_an_executor_of_asyncio_gives_the_results_of_one_thread(alone: dict[Path, str]) -> None:
    async def all_of_them() -> list[str]:
        return await asyncio.gather(*(asyncio.to_thread(result_of, path) for path in FIXTURES))

    assert list(alone.values()) == asyncio.run(all_of_them())


def test_a_time_is_each_thread_s_own() -> None:
    limits = declutter.ExtractOptions(limits=declutter.Limits(seconds=30))

    with ThreadPoolExecutor(THREADS) as pool:
        found = list(pool.map(lambda path: declutter.extract(path.read_bytes(), options=limits), FIXTURES))

    assert [declutter.extract(path.read_bytes()) for path in FIXTURES] == found


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_another_process_with_other_hashes_gives_the_same(seed: str, alone: dict[Path, str]) -> None:
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); from tests.test_threads import *\n"
        "sys.stdout.buffer.write('\\x1e'.join(map(result_of, FIXTURES)).encode())"
    )

    run = subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[1])],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": seed},
    )

    assert list(alone.values()) == run.stdout.decode().split("\x1e")
