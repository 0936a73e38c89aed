"""The batch runner against a bare loop on the same pages, and the growth of its memory.

    python bench/batch.py --data wcxb=DIR --data daniel=DIR [--rounds 5] [--pages 1000]
    python bench/batch.py --data … --memory 1000 10000 100000
    python bench/batch.py --data … --engines

Pages per second with one worker and with two, against a loop that reads, extracts and writes the same rows in one
process. All take turns in each round, and the best round of each counts; trust the ratios, not the numbers. On a busy
machine (its load is printed) a second job gains nothing; two loops in parallel, each over half of the pages, then
show what two jobs could reach. Workers are started before the clock.

Peak memory is that of a whole run including its workers, as the sum of their proportional shares (Linux), over the
200 smallest pages, repeated.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Final, NamedTuple, Self

import msgspec

import corpora
from declutter.batch.encoders import encoder
from declutter.batch.items import Item, OnDisk
from declutter.batch.options import BatchOptions
from declutter.batch.rows import take_apart
from declutter.batch.run import Run
from declutter.batch.seen import Seen
from declutter.batch.work import Extraction, opened
from declutter.fetcher.options import DEFAULT_FETCH
from declutter.options import DEFAULT_OPTIONS

WARM_UP: Final = 30
SMALL: Final = 200
# Memory is measured on the smallest pages, which saves an hour.


class Cost(NamedTuple):
    """Wall-clock seconds, and processor seconds including the workers'."""

    clock: float
    processor: float

    @classmethod
    def now(cls) -> Self:
        """Both, counted from an earlier moment. Workers are found in /proc by their parents."""
        ours = time.process_time()
        return cls(time.perf_counter(), ours + sum(map(_seconds_of, _below(os.getpid()))))

    def __sub__(self, other: Cost) -> Cost:
        return Cost(self.clock - other.clock, self.processor - other.processor)


def bare_loop(paths: list[str], output: Path) -> Cost:
    """One process that only reads, extracts and writes."""
    begin = Cost.now()
    with output.open("wb") as file:
        for path in paths:
            page = opened(Item(name=path, source=OnDisk(path)), DEFAULT_OPTIONS)
            file.write(take_apart(path, page).to_json() + b"\n")
            file.flush()
    return Cost.now() - begin


def two_loops(paths: list[str], output: Path) -> Cost:
    """Two such processes, each with half of the pages: the most that two jobs could reach."""
    context = multiprocessing.get_context("spawn")
    ready = context.Barrier(3)
    costs = context.Queue()
    loops = [
        context.Process(target=_loop, args=(paths[half::2], output.with_suffix(f".{half}"), ready, costs))
        for half in (0, 1)
    ]
    for loop in loops:
        loop.start()
    ready.wait()
    begin = time.perf_counter()
    processor = sum(costs.get() for _ in loops)
    clock = time.perf_counter() - begin
    for loop in loops:
        loop.join()
    return Cost(clock, processor)


def _loop(paths: list[str], output: Path, ready: Barrier, costs: multiprocessing.Queue[float]) -> None:
    bare_loop(paths[:WARM_UP], output)
    ready.wait()
    costs.put(bare_loop(paths, output).processor)


def runner(paths: list[str], output: Path, *, jobs: int) -> Cost:
    """The runner, from the first page to the last row, with warmed-up workers."""
    first = Path(paths[0]).read_bytes()
    warm = [(f"warm {number}", first) for number in range(WARM_UP * jobs)]
    options = BatchOptions(jobs=jobs)
    settled = 0
    with Seen() as seen, output.open("wb") as file:
        run = Run([*warm, *paths], work=Extraction(form="line"), seen=seen, fetching=DEFAULT_FETCH, options=options)
        begin = end = Cost.now()
        for one in run:
            if one is not None:
                file.write(one.piece.payload)
                file.flush()
                settled += 1
                if settled == len(warm):
                    begin = Cost.now()
                elif settled == len(warm) + len(paths):
                    end = Cost.now()
    return end - begin


def speed(paths: list[str], rounds: int) -> str:
    """The best round of each, as Markdown."""
    ways: dict[str, Callable[[Path], Cost]] = {
        "the bare loop": lambda output: bare_loop(paths, output),
        "1 job": lambda output: runner(paths, output, jobs=1),
        "two bare loops": lambda output: two_loops(paths, output),
        "2 jobs": lambda output: runner(paths, output, jobs=2),
    }
    best = dict.fromkeys(ways, Cost(float("inf"), float("inf")))
    with tempfile.TemporaryDirectory() as folder:
        bare_loop(paths[:WARM_UP], Path(folder, "warm"))
        for _ in range(rounds):
            for name, way in ways.items():
                best[name] = Cost(*map(min, best[name], way(Path(folder, "out"))))
    bare = best["the bare loop"]
    lines = ["| | pages/s | times the bare loop | processor time a page beyond the bare loop's |", "|---|---|---|---|"]
    for name, cost in best.items():
        lines.append(
            f"| {name} | {len(paths) / cost.clock:.1f} | {bare.clock / cost.clock:.2f} "
            f"| {cost.processor / bare.processor - 1:.1%} |"
        )
    return "\n".join(lines)


def engines(paths: list[str], rounds: int) -> str:
    """Ray Data and Spark against the runner, the best round of each, as Markdown."""
    from engines import ways, write

    with tempfile.TemporaryDirectory() as place, ways() as started:
        folder = Path(place)
        write(paths[:WARM_UP], folder / "warm")
        write(paths, folder / "pages")
        for number, way in enumerate(started.values()):
            way(folder / "warm", folder / f"warm-{number}.parquet")
        best = dict.fromkeys(started, float("inf"))
        for turn in range(rounds):
            for number, (name, way) in enumerate(started.items()):
                begin = time.perf_counter()
                way(folder / "pages", folder / f"{turn}-{number}.parquet")
                best[name] = min(best[name], time.perf_counter() - begin)
    first = next(iter(best.values()))
    lines = ["| | pages/s | times the batch runner |", "|---|---|---|"]
    lines += [f"| {name} | {len(paths) / clock:.1f} | {first / clock:.2f} |" for name, clock in best.items()]
    return "\n".join(lines)


def peak_memory(paths: list[str], pages: int, jobs: int) -> float:
    """Peak memory in megabytes of a run over so many pages."""
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder, "records.fifo")
        os.mkfifo(records)
        command = [sys.executable, "-m", "declutter", "batch", str(records), "-o", str(Path(folder, "out.jsonl"))]
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, "--jobs", str(jobs), "--quiet", "--fields", "title"], start_new_session=True
        )
        threading.Thread(target=_feed, args=(records, paths, pages), daemon=True).start()
        peak = 0.0
        while process.poll() is None:
            peak = max(peak, sum(map(_share, _session(process.pid))))
            time.sleep(0.1)
        if process.returncode:
            raise SystemExit(f"the run ended with exit code {process.returncode}")
    return peak / 1024


def _feed(records: Path, paths: list[str], pages: int) -> None:
    encode = msgspec.json.Encoder().encode
    texts = [opened(Item(name=path, source=OnDisk(path)), DEFAULT_OPTIONS) for path in paths]
    lines = [encode(text.decode("utf-8", "replace")) for text in texts if isinstance(text, bytes)]
    with records.open("wb") as file:
        for number, line in enumerate(islice(cycle(lines), pages)):
            file.write(b'{"id": "page %d", "html": %b}\n' % (number, line))


def _stats() -> Iterator[tuple[int, list[str]]]:
    """The fields of /proc/PID/stat after the name, by process."""
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                yield int(process.name), (process / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue


def _session(leader: int) -> list[Path]:
    return [Path("/proc", str(pid)) for pid, fields in _stats() if int(fields[3]) == leader]


def _below(ancestor: int) -> list[list[str]]:
    """The fields of all descendants of a process."""
    stats = dict(_stats())
    found: list[int] = []
    waiting = [ancestor]
    while waiting:
        parent = waiting.pop()
        children = [pid for pid, fields in stats.items() if int(fields[1]) == parent]
        found += children
        waiting += children
    return [stats[pid] for pid in found]


def _seconds_of(fields: list[str]) -> float:
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _share(process: Path) -> int:
    """Proportional share of memory of a process, in kilobytes."""
    try:
        rollup = (process / "smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)


def encoders(paths: list[str]) -> str:
    """Process time per page of the output formats, against extraction, as Markdown."""
    rows = [take_apart(path, opened(Item(name=path, source=OnDisk(path)), DEFAULT_OPTIONS)) for path in paths]
    start = time.process_time()
    for path in paths:
        take_apart(path, opened(Item(name=path, source=OnDisk(path)), DEFAULT_OPTIONS))
    whole = time.process_time() - start
    lines = ["| form | share of the extraction's time | bytes a page |", "|---|---|---|"]
    for form in ("line", "gzip", "zstd", "arrow"):
        encode, size = encoder(form, None), 0
        start = time.process_time()
        for number, row in enumerate(rows, 1):
            piece = encode.add(row) or (encode.rest() if number % 16 == 0 else None)
            size += len(piece.payload) if piece else 0
        lines.append(f"| {form} | {(time.process_time() - start) / whole:.1%} | {size // len(rows):,} |")
    return "\n".join(lines)


def main() -> None:
    """Measure and print what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", required=True, metavar="KIND=DIR")
    parser.add_argument("--pages", type=int, default=600, help="of each data set, for speed")
    parser.add_argument("--rounds", type=int, default=5, help="how often each way is taken; the best counts")
    parser.add_argument("--memory", type=int, nargs="*", metavar="PAGES", help="measure the peak memory of such runs")
    parser.add_argument("--encoders", action="store_true", help="measure what the forms of outputs cost")
    parser.add_argument("--engines", action="store_true", help="measure Ray Data and Spark beside the batch runner")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for spec in args.data:
            for number, page in enumerate(islice(corpora.read(spec), args.pages)):
                path = Path(folder, f"{spec.partition('=')[0]}-{number}.html")
                path.write_bytes(page.html if isinstance(page.html, bytes) else page.html.encode())
                paths.append(str(path))
        if args.memory:
            small = sorted(paths, key=lambda path: Path(path).stat().st_size)[:SMALL]
            figures = {pages: peak_memory(small, pages, 2) for pages in args.memory}
            first = next(iter(figures.values()))
            for pages, megabytes in figures.items():
                print(f"- {pages:,} pages: {megabytes:.0f} MB at most ({megabytes / first:.2f} times the first)")
            return
        if args.encoders:
            print(encoders(paths))
            return
        print(engines(paths, args.rounds) if args.engines else speed(paths, args.rounds))
        print(f"\n{len(paths):,} pages; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")


if __name__ == "__main__":
    main()
