"""Accuracy against time, all systems, a panel for each data set, from what accuracy.py and speed.py wrote.

python bench/plot.py --accuracy FILE.json --speed FILE.json --out docs/accuracy-speed.svg
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator, ScalarFormatter

OURS: Final = "declutter"
COLOURS: Final = {True: "#c2410c", False: "#475569"}
TITLES: Final = {"wcxb": "WCXB, articles", "daniel": "DAnIEL, news in five languages"}
LINE: Final = 0.068
"""The height of a label as a share of the panel's height."""
INK: Final = "#64748b"
"""Readable on a white page and on a dark one."""


def spread(heights: list[float]) -> list[float]:
    """Move labels, highest first, just enough to keep them a line apart and within the panel."""
    placed: list[float] = []
    for height in heights:
        placed.append(min(height, placed[-1] - LINE) if placed else min(height, 1.0))
    for at in range(len(placed) - 1, -1, -1):
        floor = placed[at + 1] + LINE if at + 1 < len(placed) else 0.0
        placed[at] = max(placed[at], floor)
    return placed


def panel(axes: Axes, corpus: str, accuracy: dict[str, Any], speed: dict[str, Any]) -> None:
    """Draw one data set: a dot per system, with its name to the right."""
    shown = sorted((name for name in accuracy if name in speed["ms"]), key=lambda name: -accuracy[name]["f1"])
    scores = [accuracy[name]["f1"] for name in shown]
    low, high = min(scores) - 0.05, max(scores) + 0.03
    axes.set_ylim(low, high)
    heights = spread([(score - low) / (high - low) for score in scores])
    for name, score, height in zip(shown, scores, heights, strict=True):
        colour = COLOURS[name == OURS]
        axes.scatter(speed["ms"][name], score, s=42, color=colour, zorder=3)
        axes.annotate(
            f"{name} {score:.3f}".replace(" 0.", " ."), (speed["ms"][name], score), xytext=(1.03, height),
            textcoords="axes fraction", va="center", color=colour, fontsize=9,
            fontweight="bold" if name == OURS else "normal",
            arrowprops={
                "arrowstyle": "-", "color": colour, "linewidth": 0.6, "alpha": 0.45, "shrinkB": 4, "relpos": (0, 0.5),
            },
        )  # fmt: skip
    parse = speed["ms"]["lxml parse"]
    axes.axvline(parse, color=INK, linewidth=0.8, linestyle=":")
    axes.annotate(
        "lxml parse", (parse, 0.02), xycoords=("data", "axes fraction"), xytext=(4, 0), textcoords="offset points",
        color=INK, fontsize=8,
    )  # fmt: skip
    axes.set_title(f"{TITLES.get(corpus, corpus)} ({accuracy[shown[0]]['pages']} pages)", fontsize=10, color=INK)
    axes.set_xscale("log")
    axes.set_xlim(parse / 1.5, 2.2 * max(speed["ms"].values()))
    axes.set_xticks(
        [one for one in (0.5, 1, 2, 5, 10, 20, 50, 100) if parse / 1.5 < one < 2 * max(speed["ms"].values())]
    )
    axes.xaxis.set_major_formatter(ScalarFormatter())
    axes.xaxis.set_minor_locator(NullLocator())
    axes.set_xlabel("milliseconds a page", color=INK, fontsize=9)
    axes.tick_params(colors=INK, labelsize=8)
    axes.grid(visible=True, color=INK, alpha=0.2, linewidth=0.6)
    for spine in axes.spines.values():
        spine.set_visible(False)


def main() -> None:
    """Read both files, draw and save."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--accuracy", type=Path, required=True, metavar="FILE")
    parser.add_argument("--speed", type=Path, required=True, metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    args = parser.parse_args()
    accuracy = json.loads(args.accuracy.read_text("utf-8"))["figures"]
    speed = json.loads(args.speed.read_text("utf-8"))["groups"]
    both = [corpus for corpus in accuracy if corpus in speed]
    if not both:
        raise SystemExit("the two files have no data set in common")
    mpl.use("svg")
    # Text stays text, and the same figures give the same file.
    mpl.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "declutter", "font.family": "sans-serif"}
    figure, panels = plt.subplots(1, len(both), figsize=(6.2 * len(both), 3.8), squeeze=False)
    for axes, corpus in zip(panels[0], both, strict=True):
        panel(axes, corpus, accuracy[corpus], speed[corpus])
    panels[0][0].set_ylabel("F1 of runs of four words", color=INK, fontsize=9)
    figure.tight_layout()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(args.out, transparent=True, metadata={"Date": None})


if __name__ == "__main__":
    main()
