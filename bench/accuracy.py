"""Accuracy of article extractors on pages with gold text, per data set and language.

    python bench/accuracy.py --data wcxb=DIR --data daniel=DIR [--every N] [--jobs 2] [--worst N] [--json FILE]
    python bench/accuracy.py --data … --peers-from FILE      # the peers' results from an earlier run

Precision and recall are of runs of four tokens, averaged over the pages; F1 is of the two averages. If a system fails
on a page, its text counts as empty. The table is printed as Markdown.
"""

from __future__ import annotations

import argparse
import json
import logging
import multiprocessing
import statistics
import warnings
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

import corpora
import peers

OURS: Final = "declutter"


class Outcome(NamedTuple):
    """The result of one system on one page."""

    corpus: str
    language: str
    system: str
    page: str
    precision: float
    recall: float
    error: str | None


class Figures(NamedTuple):
    """A system's mean figures on some pages. lost: pages with a recall below 0.3."""

    f1: float
    precision: float
    recall: float
    pages: int
    lost: int
    errors: int


def run(page: corpora.GoldPage) -> list[Outcome]:
    """The result of every system on one page."""
    prepared = peers.prepare(page)
    gold = corpora.shingles(corpora.tokens(page.gold))
    outcomes = []
    for system in _systems:
        text, error = "", None
        try:
            text = system.extract(prepared)
        except Exception as failure:  # noqa: BLE001 - whatever a peer raises is its result for this page
            error = f"{type(failure).__name__}: {failure}"
        precision, recall = corpora.overlap(gold, corpora.shingles(corpora.tokens(text)))
        outcomes.append(Outcome(page.corpus, page.language, system.name, page.id, precision, recall, error))
    return outcomes


_systems: list[peers.System] = []


def _start(without: tuple[str, ...]) -> None:
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    _systems[:] = peers.installed(without=without)


def _earlier(path: Path | None) -> dict[str, list[Outcome]]:
    """The peers' results by page, from the run that wrote `path`."""
    known: dict[str, list[Outcome]] = {}
    for row in json.loads(path.read_text("utf-8"))["pages"] if path else ():
        if row["system"] != OURS:
            known.setdefault(row["page"], []).append(Outcome(**row))
    return known


def figures(outcomes: Iterable[Outcome]) -> Figures:
    """Average one system's results."""
    rows = list(outcomes)
    return Figures(
        f1=corpora.f1([(row.precision, row.recall) for row in rows]),
        precision=statistics.mean(row.precision for row in rows),
        recall=statistics.mean(row.recall for row in rows),
        pages=len(rows),
        lost=sum(row.recall < 0.3 for row in rows),  # noqa: PLR2004
        errors=sum(row.error is not None for row in rows),
    )


def groups(outcomes: list[Outcome]) -> dict[str, list[Outcome]]:
    """The results by data set, and by language for sets with several."""
    parts: dict[str, list[Outcome]] = {}
    for corpus in dict.fromkeys(row.corpus for row in outcomes):
        rows = [row for row in outcomes if row.corpus == corpus]
        parts[corpus] = rows
        languages = sorted({row.language for row in rows})
        if len(languages) > 1:
            for language in languages:
                parts[f"{corpus}, {language}"] = [row for row in rows if row.language == language]
    return parts


def table(summary: dict[str, dict[str, Figures]]) -> str:
    """F1 (precision / recall) as Markdown: a row per system, a column per group of pages."""
    heads = [f"{group} ({next(iter(rows.values())).pages})" for group, rows in summary.items()]
    lines = ["| | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    for name in next(iter(summary.values())):
        cells = [_cell(rows[name]) for rows in summary.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def _cell(one: Figures) -> str:
    return f"{_short(one.f1)} ({_short(one.precision)} / {_short(one.recall)})"


def _short(share: float) -> str:
    return f"{share:.3f}".removeprefix("0")


def main() -> None:
    """Run every system on every page, and print the averages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", required=True, metavar="KIND=DIR")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only every Nth page")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--worst", type=int, default=0, metavar="N", help="also print declutter's N worst pages")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures and each page's outcome")
    parser.add_argument(
        "--peers-from", type=Path, metavar="FILE", help="take the peers' outcomes from an earlier --json"
    )
    args = parser.parse_args()
    known = _earlier(args.peers_from)
    without = tuple(dict.fromkeys(row.system for rows in known.values() for row in rows))
    pages = (page for spec in args.data for page in islice(corpora.read(spec), 0, None, args.every))
    with multiprocessing.get_context("spawn").Pool(args.jobs, initializer=_start, initargs=(without,)) as pool:
        outcomes = [row for rows in pool.imap(run, pages, chunksize=8) for row in (*rows, *known.get(rows[0].page, ()))]
    if not outcomes:
        raise SystemExit("no pages")
    if known and len(outcomes) % (len(without) + 1):
        raise SystemExit(f"{args.peers_from} was made of other pages: give the same --data and --every")
    systems = list(dict.fromkeys(row.system for row in outcomes))
    summary = {
        group: {name: figures(row for row in rows if row.system == name) for name in systems}
        for group, rows in groups(outcomes).items()
    }
    print(table(summary))
    print("\nF1 (precision / recall); in brackets above, the number of pages.")
    for group, rows in summary.items():
        print(f"{group}, pages lost: " + ", ".join(f"{name} {one.lost}" for name, one in rows.items()))
    own = [row for row in outcomes if row.system == OURS]
    for row in sorted(own, key=lambda row: corpora.f1([(row.precision, row.recall)]))[: args.worst]:
        print(f"{row.corpus} {row.page}: precision {row.precision:.2f}, recall {row.recall:.2f} {row.error or ''}")
    if args.json:
        data = {
            "versions": {one.name: one.version for one in peers.installed()},
            "figures": {group: {name: one._asdict() for name, one in rows.items()} for group, rows in summary.items()},
            "pages": [row._asdict() for row in outcomes],
        }
        args.json.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
