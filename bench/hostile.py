"""The cost of hostile pages by shape and size: process time per byte, and peak memory.

    python bench/hostile.py [--only TEXT] [--sizes 100000,1000000,10000000] [--seconds 120] [--json FILE]
    python bench/hostile.py --growth [--only TEXT] [--sizes 100000,10000000]

Each page is read in a process of its own, with everything a document gives: extract, Markdown, HTML, JSON, explain,
and a report. `growth` is the time per byte of the largest page divided by that of the one before it: 1.0 if cost is
linear, some tenths more on a busy machine. Pages over a limit are reported as refused, with the time; a page that
takes more than `--seconds` is stopped. A summary by family comes last.

`--growth` measures more precisely, `extract` alone with all limits lifted: as many of the smallest pages as make up
the largest, then that one, in turns, the least of three rounds of each.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import declutter
import declutter.inspect
from shapes import FAMILIES, SHAPES

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MEMORY: Final = 6_000_000_000
_ROUNDS: Final = 3
_WELL: Final = frozenset({"ok", "refused"})
_FLOOR: Final = 0.02
"""Seconds below which growth says nothing, because of the constant cost of a page."""


def _stages(page: bytes, clock: dict[str, float]) -> None:
    def timed(stage: str, work: Callable[[], Any]) -> Any:  # noqa: ANN401 - of any stage
        start = time.process_time()
        try:
            return work()
        finally:
            clock[stage] = time.process_time() - start

    document = timed("extract", lambda: declutter.extract(page, url="https://example.org/a"))
    timed("markdown", lambda: document.markdown)
    timed("html", lambda: document.html)
    timed("json", document.to_json)
    explained = timed("explain", lambda: declutter.explain(page, url="https://example.org/a"))
    timed("report", lambda: declutter.inspect.report(explained))


def _child(shape: str, size: int, seconds: int, results: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    declutter.extract(b"<p>warm").to_json()
    page = SHAPES[shape](size)
    clock: dict[str, float] = {}
    outcome = "ok"
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        _stages(page, clock)
    except (declutter.LimitError, declutter.NotAPageError):
        outcome = "refused"
    except BaseException as error:  # noqa: BLE001 - what breaks is what this looks for
        outcome = f"BROKE: {type(error).__name__}: {error}"[:200]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    results.send({"bytes": len(page), "outcome": outcome, "seconds": clock, "peak_mb": (peak - before) / 1024})


def measure(shape: str, size: int, seconds: int) -> dict[str, Any]:
    """Read one page in a process of its own."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_child, args=(shape, size, seconds, theirs))
    process.start()
    theirs.close()
    try:
        result = dict(ours.recv())
    except EOFError:
        process.join()
        result = {"bytes": size, "outcome": f"STOPPED (exit {process.exitcode})", "seconds": {}, "peak_mb": 0.0}
    process.join()
    return result


def row(shape: str, results: list[dict[str, Any]]) -> str:
    """A line of the table: cost of a shape at each size, and growth."""
    cells = []
    for result in results:
        total = sum(result["seconds"].values())
        cells.append(f"{total:.2f} s" if result["outcome"] == "ok" else f"{result['outcome']} {total:.2f} s")
    whole = [result for result in results if result["outcome"] == "ok"]
    grown = ""
    if len(whole) > 1:
        small, large = whole[-2:]
        ratio = large["bytes"] / small["bytes"]
        growths = {
            stage: large["seconds"][stage] / small["seconds"][stage] / ratio
            for stage in large["seconds"]
            if large["seconds"][stage] > _FLOOR * ratio and small["seconds"][stage] > 0
        }
        total = sum(large["seconds"].values()) / sum(small["seconds"].values()) / ratio
        worst = max(growths, key=lambda stage: growths[stage], default="")
        grown = f"{total:.2f}" + (f" ({worst} {growths[worst]:.2f})" if worst else "")
    last = results[-1]
    return f"| {shape} | {' | '.join(cells)} | {grown} | {last['peak_mb']:.0f} |"


def _grow(shape: str, small: int, large: int, results: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    lifted = declutter.Limits(max_bytes=10**10, max_elements=10**10, max_blocks=10**10, max_text=10**10)
    options = declutter.ExtractOptions(limits=lifted)
    pages = SHAPES[shape](small), SHAPES[shape](large)
    turns = max(1, round(len(pages[1]) / len(pages[0]))), 1
    least = [float("inf"), float("inf")]
    declutter.extract(pages[0], options=options)
    for _ in range(_ROUNDS):
        for which in (0, 1):
            start = time.process_time()
            for _ in range(turns[which]):
                declutter.extract(pages[which], options=options)
            spent = (time.process_time() - start) / turns[which] / len(pages[which])
            least[which] = min(least[which], spent)
    results.send(least)


def growth(shape: str, small: int, large: int) -> str:
    """A line of the table of growth: nanoseconds per byte of the small and the large page, and their ratio."""
    ours, theirs = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_grow, args=(shape, small, large, theirs))
    process.start()
    theirs.close()
    try:
        one, other = ours.recv()
        line = f"| {shape} | {one * 1e9:.0f} | {other * 1e9:.0f} | {other / one:.2f} |"
    except EOFError:
        line = f"| {shape} | STOPPED |"
    process.join()
    return line


def families(figures: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """A line per family: number of shapes, the slowest and the largest, number refused, failures."""
    for family, shapes in FAMILIES.items():
        found = [(shape, result) for shape in shapes for result in figures.get(shape, ())]
        if not found:
            continue
        slowest = max(found, key=lambda one: sum(one[1]["seconds"].values()))
        largest = max(found, key=lambda one: one[1]["peak_mb"])
        refused = len({shape for shape, result in found if result["outcome"] == "refused"})
        broke = [f"{shape}: {result['outcome']}" for shape, result in found if result["outcome"] not in _WELL]
        yield (
            f"| {family} | {len({shape for shape, _ in found})} | {slowest[0]}, "
            f"{sum(slowest[1]['seconds'].values()):.1f} s | {largest[0]}, {largest[1]['peak_mb']:.0f} MB | {refused} "
            f"| {'; '.join(broke)} |"
        )


def main() -> None:
    """Measure, and print each line as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="TEXT", help="shapes whose name holds this text")
    parser.add_argument("--sizes", default="100000,1000000,10000000", metavar="N,N", help="bytes of the pages")
    parser.add_argument("--seconds", type=int, default=120, help="process time after which a page is stopped")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures")
    parser.add_argument("--growth", action="store_true", help="of extract alone, judged by turns")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    if args.growth:
        print("| shape | ns a byte, small | large | growth |\n|---|---|---|---|", flush=True)
        for shape in SHAPES:
            if args.only in shape:
                print(growth(shape, sizes[0], sizes[-1]), flush=True)
        return
    print(f"| shape | {' | '.join(f'{size / 1e6:g} MB' for size in sizes)} | growth | peak MB |")
    print("|---" * (len(sizes) + 3) + "|", flush=True)
    figures = {}
    for shape in SHAPES:
        if args.only in shape:
            figures[shape] = [measure(shape, size, args.seconds) for size in sizes]
            print(row(shape, figures[shape]), flush=True)
    print("\n| family | shapes | slowest | largest | refused | broke |\n|---|---|---|---|---|---|")
    print("\n".join(families(figures)))
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
