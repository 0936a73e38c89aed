"""What hostile pages cost, by shape and size: process time a byte, and the memory at its peak.

    python bench/hostile.py [--only TEXT] [--sizes 100000,1000000,10000000] [--seconds 120] [--json FILE]

Each page is read in a process of its own, with all that a document gives: extract, Markdown, HTML, JSON, explain, and a
report. `growth` is the time a byte of the largest page by that of the one before it: 1.0 where cost is linear. Pages of
a hundred thousand blocks grow to 1.2, as their bare parse does. What a bound refuses is named as refused, with the time
that took; what is not done after `--seconds` is stopped.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import declutter
import declutter.inspect
from shapes import SHAPES

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

_MEMORY: Final = 6_000_000_000
_FLOOR: Final = 0.02
"""Seconds under which growth says nothing: what a page costs whatever its size."""


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
    except declutter.LimitError:
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
    """A line of the table: what a shape costs at each size, how that grew, and where."""
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


def main() -> None:
    """Measure and print a line as soon as it is known."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", metavar="TEXT", help="shapes whose name holds this text")
    parser.add_argument("--sizes", default="100000,1000000,10000000", metavar="N,N", help="bytes of the pages")
    parser.add_argument("--seconds", type=int, default=120, help="process time after which a page is stopped")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures")
    args = parser.parse_args()
    sizes = [int(size) for size in args.sizes.split(",")]
    print(f"| shape | {' | '.join(f'{size / 1e6:g} MB' for size in sizes)} | growth | peak MB |")
    print("|---" * (len(sizes) + 3) + "|", flush=True)
    figures = {}
    for shape in SHAPES:
        if args.only in shape:
            figures[shape] = [measure(shape, size, args.seconds) for size in sizes]
            print(row(shape, figures[shape]), flush=True)
    if args.json:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
