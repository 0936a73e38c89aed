"""Many extractions in many threads: results must equal those of a single thread, and memory must not grow.

    python bench/stress.py PAGES… [--threads 8] [--extractions 100000]

PAGES are files. The resident memory is printed after each tenth; results are compared by digest.
"""

from __future__ import annotations

import argparse
import gc
import itertools
import threading
import time
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

import declutter


def digest(page: bytes) -> bytes:
    """The digest of a page's document."""
    return blake2b(declutter.extract(page).to_json().encode()).digest()


def resident_mb() -> float:
    """The resident memory after garbage collection."""
    gc.collect()
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 / 1e6


def main() -> None:
    """Run, and fail if a result differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path, metavar="PAGES")
    parser.add_argument("--threads", type=int, default=8)
    parser.add_argument("--extractions", type=int, default=100_000)
    args = parser.parse_args()
    pages = [path.read_bytes() for path in args.pages]
    expected = [digest(page) for page in pages]
    turns: Iterator[int] = iter(range(args.extractions))
    lock, wrong = threading.Lock(), []

    def work(until: int) -> None:
        while True:
            with lock:
                turn = next(turns, None)
            if turn is None:
                return
            if digest(pages[turn % len(pages)]) != expected[turn % len(pages)]:
                wrong.append(turn)
            if turn >= until:
                return

    first, start = resident_mb(), time.perf_counter()
    for part in itertools.count(1):
        until = part * args.extractions // 10
        threads = [threading.Thread(target=work, args=(until - args.threads,)) for _ in range(args.threads)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        now = resident_mb()
        first = now if part == 1 else first  # by then, caches and arenas are full
        print(f"{until:,}: {now:.1f} MB, {now - first:+.1f}, {time.perf_counter() - start:.0f} s", flush=True)
        if part == 10:  # noqa: PLR2004 - tenths
            break
    if wrong:
        raise SystemExit(f"{len(wrong)} results differ from a single thread's, the first at {wrong[0]}")
    print("all results are those of a single thread")


if __name__ == "__main__":
    main()
