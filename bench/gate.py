"""The eval gate: minimum scores on the project's own fixtures. Exits with 1 if one is not reached.

    python bench/gate.py [--worst 5]

block accuracy   share of all blocks with the right label
flash precision  share of the records found whose headline, text and time are right
flash recall     share of the injected briefs found so
essay F1         of runs of four words (characters, where words are not parted), mean over the pages
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any, Final, NamedTuple

import declutter

FIXTURES: Final = Path(__file__).parent.parent / "fixtures"

FLOORS: Final = {
    "article": {"block accuracy": 0.98, "flash precision": 0.98, "flash recall": 0.98, "essay F1": 0.99},
    "other": {"block accuracy": 0.86, "essay F1": 0.97},
}
"""By kind of page (`kind` in meta.json), slightly below the current figures, and raised with them. Every single case
is tested by tests/test_fixtures.py."""

_TOKEN: Final = re.compile(r"[\u0e00-\u0eff\u2e80-\uffef]|[^\W\u0e00-\u0eff\u2e80-\uffef]+")
_RUN: Final = 4
_WHOLE_MINUTE: Final = re.compile(r"(T\d\d:\d\d):00")


class Score(NamedTuple):
    """The counts of one page."""

    case: str
    kind: str
    blocks: int
    right_blocks: int
    injected: int
    found: int
    right_flashes: int
    essay: float


def main() -> int:
    """Score all fixtures, and print the figures and floors."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--worst", type=int, default=0, metavar="N", help="also print the N pages with the worst labels"
    )
    worst = parser.parse_args().worst
    scores = [score(folder) for folder in sorted(FIXTURES.iterdir()) if folder.is_dir()]
    is_below = False
    for kind, floors in FLOORS.items():
        pages = [one for one in scores if one.kind == kind]
        reached = figures(pages)
        print(f"{kind}: {len(pages)} pages, {sum(one.blocks for one in pages)} blocks")
        for name, floor in floors.items():
            print(f"{name:16} {reached[name]:.4f}  floor {floor:.4f}{'' if reached[name] >= floor else '  BELOW'}")
            is_below = is_below or reached[name] < floor
    for one in sorted(scores, key=lambda one: one.right_blocks / one.blocks)[:worst]:
        print(f"{one.case:28} {one.right_blocks}/{one.blocks} blocks, essay F1 {one.essay:.3f}")
    return int(is_below)


def figures(scores: list[Score]) -> dict[str, float]:
    """Sum up some pages."""
    right = sum(one.right_flashes for one in scores)
    return {
        "block accuracy": sum(one.right_blocks for one in scores) / sum(one.blocks for one in scores),
        "flash precision": right / (sum(one.found for one in scores) or 1),
        "flash recall": right / (sum(one.injected for one in scores) or 1),
        "essay F1": sum(one.essay for one in scores) / len(scores),
    }


def score(folder: Path) -> Score:
    """Compare one page with its gold."""
    truth = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    about = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    document = declutter.extract(next(folder.glob("page.*")).read_bytes(), url=about["url"])
    want = Counter((block["label"], _folded(block["text"])) for block in truth["blocks"])
    have = Counter((str(block.label), _folded(block.text)) for block in document.blocks)
    flashes = Counter(_key(flash["headline"], flash["text"], flash["published"]) for flash in truth["flashes"])
    found = Counter(_key(flash.headline, flash.text, flash.published) for flash in document.flashes)
    essay = "\n".join(block["text"] for block in truth["blocks"] if block["label"] == "body")
    return Score(
        case=folder.name,
        kind=about.get("kind", "article"),
        blocks=want.total(),
        right_blocks=(want & have).total(),
        injected=flashes.total(),
        found=found.total(),
        right_flashes=(flashes & found).total(),
        essay=_f1(_runs(essay), _runs(document.text)),
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def _key(headline: str | None, text: str, published: str | None) -> tuple[Any, ...]:
    return headline, text, published and _WHOLE_MINUTE.sub(r"\1", published)


def _runs(text: str) -> Counter[tuple[str, ...]]:
    tokens = _TOKEN.findall(text.lower())
    return Counter(zip(*(tokens[start:] for start in range(_RUN)), strict=False))


def _f1(want: Counter[tuple[str, ...]], have: Counter[tuple[str, ...]]) -> float:
    if not want and not have:
        return 1.0
    return 2 * (want & have).total() / (want.total() + have.total())


if __name__ == "__main__":
    sys.exit(main())
