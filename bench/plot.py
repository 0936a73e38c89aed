"""Accuracy against time, all systems, a panel for each data set, from what accuracy.py and speed.py wrote.

python bench/plot.py --accuracy FILE.json --speed FILE.json --out docs/accuracy-speed.svg
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib import pyplot as plt
from matplotlib.axes import Axes
from matplotlib.ticker import NullLocator, ScalarFormatter

OURS: Final = "declutter"
COLOURS: Final = {True: "#c2410c", False: "#475569"}
TITLES: Final = {"wcxb": "WCXB, articles", "daniel": "DAnIEL, news in five languages"}
NEAR_TIME: Final = math.log(2)
NEAR_SCORE: Final = 0.02
"""A dot so near under another has its name below it."""
INK: Final = "#64748b"
"""Readable on a white page and on a dark one."""


def panel(axes: Axes, corpus: str, accuracy: dict[str, Any], speed: dict[str, Any]) -> None:
    """Draw one data set: a dot a system."""
    shown = [name for name in accuracy if name in speed["ms"]]
    for name in shown:
        time, score = place = (speed["ms"][name], accuracy[name]["f1"])
        others = ((speed["ms"][one], accuracy[one]["f1"]) for one in shown if one != name)
        crowded = any(abs(math.log(time / x)) < NEAR_TIME and 0 < y - score < NEAR_SCORE for x, y in others)
        colour = COLOURS[name == OURS]
        axes.scatter(*place, s=42, color=colour, zorder=3)
        weight = "bold" if name == OURS else "normal"
        style: dict[str, Any] = {"ha": "center", "color": colour, "fontsize": 9, "fontweight": weight}
        axes.annotate(name, place, xytext=(0, -15 if crowded else 7), textcoords="offset points", **style)
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
    axes.margins(y=0.2)
    axes.tick_params(colors=INK, labelsize=8)
    axes.grid(visible=True, color=INK, alpha=0.2, linewidth=0.6)
    for spine in axes.spines.values():
        spine.set_visible(False)


def main() -> None:
    """Read both files, draw, save."""
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
    figure, panels = plt.subplots(1, len(both), figsize=(4.4 * len(both), 3.2), squeeze=False)
    for axes, corpus in zip(panels[0], both, strict=True):
        panel(axes, corpus, accuracy[corpus], speed[corpus])
    panels[0][0].set_ylabel("F1 of runs of four words", color=INK, fontsize=9)
    figure.tight_layout()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(args.out, transparent=True, metadata={"Date": None})


if __name__ == "__main__":
    main()
