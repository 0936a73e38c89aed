"""Process time of declutter, its peers and bare parsing, with pages in memory.

    python bench/speed.py --data wcxb=DIR --data daniel=DIR [--every N] [--rounds 5] [--json FILE]
    python bench/speed.py --data … --stages      # where the time goes
    python bench/speed.py --footprint            # memory, import, the command line's start

All systems take turns on each page, and the best round of each page counts; trust the ratios, not the numbers. A round
goes over all pages, so caches are in the state of a crawl when a page is measured again. Ratios are of sums over pages.
declutter is measured with all its output read (title, text, labels, flashes, metadata), its peers with their text only.
Bare parsing is lxml's, to a tree.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import logging
import time
import warnings
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from itertools import islice
from pathlib import Path
from typing import Any, Final, NamedTuple

from lxml import etree

import corpora
import declutter
import footprint
import peers
import synthetic

PARSE: Final = "lxml parse"
OURS: Final = "declutter"
SIZES: Final = ((0, "under 30 KB"), (30_000, "30–100 KB"), (100_000, "100–300 KB"), (300_000, "over 300 KB"))
SYNTHETIC: Final = (100_000, 1_000_000, 10_000_000)

STAGES: Final = (
    ("decode", "declutter.source", ("not_a_page", "is_binary", "decode")),
    ("parse", "declutter.source", ("looks_like_html", "parse")),
    ("segment", "declutter.pipeline", ("segment", "segment_text")),
    ("head", "declutter.metadata", ("read_head",)),
    ("classify: main content", "declutter.classify", ("body_scores",)),
    ("classify: boilerplate", "declutter.classify", ("label_boilerplate", "find_tables", "settle_tables")),
    ("classify: flashes", "declutter.classify", ("find_flashes",)),
    ("blocks", "declutter.pipeline", ("make_blocks",)),
    ("metadata", "declutter.metadata", ("complete",)),
    ("assemble", "declutter.pipeline", ("assemble",)),
)
"""Stages, and the functions of each with the module that calls them."""


class Timing(NamedTuple):
    """The best time in seconds of each system on one page."""

    corpus: str
    size: int
    seconds: dict[str, float]


def bare_parse(page: peers.Input) -> object:
    """Parse with lxml, which every extractor based on it has to do."""
    return etree.fromstring(page.body, etree.HTMLParser(encoding="utf-8", huge_tree=True))


def read_all(page: peers.Input) -> object:
    """Extract, and read everything of the document."""
    document = declutter.extract(page.body, url=page.url)
    return (
        document.title,
        document.text,
        [block.label for block in document.blocks],
        document.flashes,
        document.related,
        document.metadata,
    )


def measure(
    pages: list[tuple[str, peers.Input]], runners: dict[str, Callable[[peers.Input], object]], rounds: int
) -> list[Timing]:
    """Measure all systems in turns on each page, round by round."""
    timings = [Timing(corpus, len(page.body), dict.fromkeys(runners, float("inf"))) for corpus, page in pages]
    for _ in range(rounds):
        for (_, page), timing in zip(pages, timings, strict=True):
            for name, runner in runners.items():
                start = time.process_time()
                with contextlib.suppress(Exception):  # if a peer fails on a page, the time until then counts
                    runner(page)
                timing.seconds[name] = min(timing.seconds[name], time.process_time() - start)
    return timings


def load(specs: list[str], every: int) -> list[tuple[str, peers.Input]]:
    """The pages, also decoded, for systems that take text."""
    return [(page.corpus, peers.prepare(page)) for spec in specs for page in islice(corpora.read(spec), 0, None, every)]


def groups(timings: list[Timing]) -> Iterator[tuple[str, list[Timing]]]:
    """The pages by data set, then by size within it."""
    for corpus in dict.fromkeys(one.corpus for one in timings):
        rows = [one for one in timings if one.corpus == corpus]
        yield corpus, rows
        for (least, name), past in zip(SIZES, [*[least for least, _ in SIZES[1:]], float("inf")], strict=True):
            if fitting := [one for one in rows if least <= one.size < past]:
                yield f"{corpus}, {name}", fitting


def totals(rows: Iterable[Timing]) -> dict[str, float]:
    """Total seconds per system."""
    sums: defaultdict[str, float] = defaultdict(float)
    for row in rows:
        for name, seconds in row.seconds.items():
            sums[name] += seconds
    return dict(sums)


def summary(timings: list[Timing]) -> dict[str, dict[str, Any]]:
    """Milliseconds per page and the ratio to bare parsing, by group and system."""
    return {
        group: {
            "pages": len(rows),
            "bytes": sum(row.size for row in rows),
            "ms": {name: 1e3 * seconds / len(rows) for name, seconds in sums.items()},
            "ratio": {name: seconds / sums[PARSE] for name, seconds in sums.items()},
        }
        for group, rows in groups(timings)
        for sums in [totals(rows)]
    }


def table(figures: dict[str, dict[str, Any]]) -> str:
    """Milliseconds per page and, in brackets, the ratio to bare parsing, as Markdown."""
    names = list(next(iter(figures.values()))["ms"])
    lines = [f"| pages | KB | {' | '.join(names)} |", "|---" * (len(names) + 2) + "|"]
    for group, one in figures.items():
        cells = [f"{one['ms'][name]:.2f} ({one['ratio'][name]:.1f})" for name in names]
        size = one["bytes"] / one["pages"] / 1000
        lines.append(f"| {group} ({one['pages']}) | {size:.0f} | {' | '.join(cells)} |")
    return "\n".join(lines)


def stages(pages: list[tuple[str, peers.Input]], rounds: int) -> str:
    """Share of the time that each stage takes, per data set, as Markdown."""
    spent: defaultdict[str, float] = defaultdict(float)
    for stage, room, names in STAGES:
        module = import_module(room)
        for name in names:
            setattr(module, name, _clocked(getattr(module, name), stage, spent))
    corpora_seen = list(dict.fromkeys(corpus for corpus, _ in pages))
    best: list[dict[str, float]] = [{} for _ in pages]
    for _ in range(rounds):
        for number, (_, page) in enumerate(pages):
            spent.clear()
            start = time.process_time()
            read_all(page)
            total = time.process_time() - start
            if total < sum(best[number].values()) or not best[number]:
                best[number] = {**spent, "the rest": total - sum(spent.values())}
    shares: dict[str, defaultdict[str, float]] = {corpus: defaultdict(float) for corpus in corpora_seen}
    for (corpus, _), timed in zip(pages, best, strict=True):
        for stage, seconds in timed.items():
            shares[corpus][stage] += seconds
    lines = [f"| stage | {' | '.join(f'{one}, ms a page | share' for one in shares)} |"]
    lines.append("|---" * (1 + 2 * len(shares)) + "|")
    counts = {corpus: sum(of == corpus for of, _ in pages) for corpus in corpora_seen}
    for stage in [*[stage for stage, _, _ in STAGES], "the rest"]:
        cells = [
            f"{1e3 * shares[corpus].get(stage, 0) / counts[corpus]:.2f} | "
            f"{shares[corpus].get(stage, 0) / sum(shares[corpus].values()):.0%}"
            for corpus in corpora_seen
        ]
        lines.append(f"| {stage} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _clocked(function: Callable[..., Any], stage: str, spent: dict[str, float]) -> Callable[..., Any]:
    def timed(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - of any stage
        start = time.process_time()
        try:
            return function(*args, **kwargs)
        finally:
            spent[stage] += time.process_time() - start

    return timed


def linearity(rounds: int) -> tuple[str, dict[str, dict[str, float]]]:
    """Milliseconds for synthetic pages of growing size, for declutter and bare parsing, as Markdown and as data."""
    figures = {}
    heads = ("made-up page", "blocks", "lxml parse, ms", "declutter, ms", "ratio", "ms a MB", "µs a block")
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for size in SYNTHETIC:
        page = peers.Input(synthetic.page(size), "", None)
        (one,) = measure([("", page)], {PARSE: bare_parse, OURS: read_all}, rounds if size < SYNTHETIC[-1] else 2)
        blocks = len(declutter.extract(page.body).blocks)
        parse, ours = 1e3 * one.seconds[PARSE], 1e3 * one.seconds[OURS]
        figures[str(size)] = {"parse_ms": parse, "declutter_ms": ours, "ratio": ours / parse}
        lines.append(
            f"| {size // 1000:,} KB | {blocks:,} | {parse:.1f} | {ours:.1f} | {ours / parse:.1f}"
            f" | {ours / size * 1e6:.0f} | {1e3 * ours / blocks:.0f} |"
        )
    return "\n".join(lines), figures


def main() -> None:
    """Measure and print what the arguments ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", default=[], metavar="KIND=DIR")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth page")
    parser.add_argument("--rounds", type=int, default=5, help="how often a page is done; the best counts")
    parser.add_argument("--without", action="append", default=[], metavar="PEER", help="leave a peer out")
    parser.add_argument("--stages", action="store_true", help="where declutter's time goes, instead of the comparison")
    parser.add_argument("--footprint", action="store_true", help="also memory, import and start")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures of the comparison")
    args = parser.parse_args()
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    if args.footprint:
        print(footprint.table(SYNTHETIC[1:]))
    if not args.data:
        return
    pages = load(args.data, args.every)
    for _, page in pages[:3]:
        read_all(page)
    gc.collect()
    gc.freeze()  # leave the pages themselves out of garbage collection
    if args.stages:
        print(stages(pages, args.rounds))
        return
    runners: dict[str, Callable[[peers.Input], object]] = {PARSE: bare_parse, OURS: read_all}
    runners |= {one.name: one.extract for one in peers.installed(without=(OURS, *args.without))}
    timings = measure(pages, runners, args.rounds)
    figures = summary(timings)
    print(table(figures))
    print("\nMilliseconds a page (in brackets: times bare parsing).\n")
    lines, by_size = linearity(args.rounds)
    print(lines)
    if args.json:
        args.json.write_text(json.dumps({"groups": figures, "synthetic": by_size}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
