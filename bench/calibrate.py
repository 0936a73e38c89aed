"""Calibrate confidence (src/declutter/classify/calibration.json) on pages with gold, and draw how reliable it is.

    python bench/calibrate.py --data wcxb=DIR --data daniel=DIR --labels DIR [--folds 5] [--out FILE] [--svg FILE]

Confidence is a probability: of the blocks given 0.9, nine in ten should be right. What is right:

blocks   the label that hand-made gold gives (--labels: JSON files {"set", "id", "labels": {XPATH: LABEL}}, an XPath
         for all text below it, XPATH#2 for the second text of that element alone); and for blocks of a sentence or
         more taken for the essay also whether half of them stands in the set's gold text. Shorter ones (captions,
         subheads) the sets leave out or take in as they please. Each set counts as much as the others.
pages    whether the essay's F1 on runs of four words with the gold text is 0.9 or more.

No page is judged by weights that were fitted on its host, nor drawn with a calibration that was. Text dumps are the
same pages, a line a block.
"""

from __future__ import annotations

import argparse
import difflib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import msgspec
import numpy as np
from lxml import etree
from sklearn.linear_model import LogisticRegression

import corpora
import fit
from declutter.classify import Verdicts, classify
from declutter.classify.confidence import MAX_MARGIN, expect, log_odds
from declutter.classify.weights import Weights
from declutter.decode import decode
from declutter.metadata import read_head
from declutter.model import Label
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment, segment_text

TARGET: Final = Path(__file__).parent.parent / "src/declutter/classify/calibration.json"
PICTURE: Final = Path(__file__).parent.parent / "docs/reliability.svg"
LABELS: Final[list[Label]] = [label for label in Label if label is not Label.FLASH]
"""The confidence of flashes comes from their own evidence."""
MIN_SHARE: Final = 0.5
MIN_SENTENCE: Final = 60
MIN_F1: Final = 0.9
STRENGTH: Final = 0.1
"""Of the slopes by label against the one they share: inverse regularisation. .03 … 1 give the same within noise."""
NAMES: Final = {"labels": "all blocks, hand-made labels", "wcxb": "WCXB", "daniel": "DAnIEL"}
COLOURS: Final = {"labels": "#d95f02", "wcxb": "#1b9e77", "daniel": "#7570b3"}
BINS: Final = np.array([0.0, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 1.001])


class Row(NamedTuple):
    """One block with its gold. corpus: "labels" or the data set. plain: in a text dump."""

    corpus: str
    host: str
    plain: bool
    label: Label
    margin: float
    right: bool


class Judged(NamedTuple):
    """One page as classified by weights that never saw its host. plain: as a text dump. f1: of its essay."""

    corpus: str
    host: str
    plain: bool
    texts: list[str]
    verdicts: Verdicts
    f1: float


def judge(
    pages: list[fit.Measured], gold: dict[tuple[str, str], dict[str, str]], folds: int
) -> tuple[list[Judged], list[Row]]:
    """All pages and their blocks, each page classified by weights fitted on other hosts."""
    table = fit.gather(pages)
    fold = fit.host_folds(pages, folds)
    judged: list[Judged] = []
    rows: list[Row] = []
    for part in range(folds):
        model, words = fit.fit(table, fold[table.page] != part, fit.inner_folds(pages, part)[table.page])
        fit.use(msgspec.convert(fit.as_data(model, words, table, {}), Weights))
        for one in (one for one, place in zip(pages, fold, strict=True) if place == part):
            root = parse(decode(one.page.html).text)
            outline = segment(root)
            known = gold.get((one.page.corpus, one.page.id))
            truth: list[str | None] = [None] * len(outline.texts) if known is None else labels_of(outline, root, known)
            title = read_head(root, url=one.page.url).title
            for dump in (None, segment_text("\n".join(outline.texts))):
                verdicts = classify(outline, title=title) if dump is None else classify(dump)
                if len(verdicts.labels) != len(outline.texts):
                    continue  # a block of several lines, code: not the same blocks
                judged.append(_judged(one, outline.texts, verdicts, plain=dump is not None))
                rows += _rows(one, judged[-1], truth)
        print(f"fold {part + 1} of {folds}", flush=True)
    return judged, rows


def _judged(one: fit.Measured, texts: list[str], verdicts: Verdicts, *, plain: bool) -> Judged:
    essay = "\n".join(text for text, label in zip(texts, verdicts.labels, strict=True) if label is Label.BODY)
    gold = corpora.shingles(corpora.tokens(one.page.gold))
    f1 = corpora.f1([corpora.overlap(gold, corpora.shingles(corpora.tokens(essay)))])
    return Judged(one.page.corpus, one.page.host, plain, texts, verdicts, f1)


def _rows(one: fit.Measured, page: Judged, truth: list[str | None]) -> Iterator[Row]:
    gold_is_shown = one.gold.max(initial=0.0) >= MIN_SHARE
    columns = zip(page.texts, page.verdicts.labels, page.verdicts.margins, truth, one.gold, strict=True)
    for text, label, margin, wanted, share in columns:
        if label is Label.FLASH:
            continue
        if wanted is not None:
            yield Row("labels", page.host, page.plain, label, margin, label.value == wanted)
        if label is Label.BODY and gold_is_shown and len(text) * (1 + (text[0] > "\u2e80")) >= MIN_SENTENCE:
            yield Row(page.corpus, page.host, page.plain, label, margin, bool(share >= MIN_SHARE))


def read_labels(folder: Path) -> dict[tuple[str, str], dict[str, str]]:
    """Labels by XPath, by data set and page."""
    golds = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*.json"))]
    return {(gold["set"], gold["id"]): gold["labels"] for gold in golds}


def labels_of(outline: Outline, root: Any, gold: dict[str, str]) -> list[str | None]:  # noqa: ANN401 - an lxml element
    """By block, the gold label of most of its tokens; None without one."""
    wanted = [(token, label) for text, label in _labelled(root, gold) for token in corpora.tokens(text)]
    found = [(token, number) for number, text in enumerate(outline.texts) for token in corpora.tokens(text)]
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    matcher = difflib.SequenceMatcher(
        None, [token for token, _ in wanted], [token for token, _ in found], autojunk=False
    )
    for a, b, size in matcher.get_matching_blocks():
        for step in range(size):
            counts[found[b + step][1]][wanted[a + step][1]] += 1
    best = [counts[number].most_common(1)[0][0] if number in counts else None for number in range(len(outline.texts))]
    return [None if label == "any" else label for label in best]


def _labelled(root: Any, gold: dict[str, str]) -> Iterator[tuple[str, str]]:  # noqa: ANN401 - an lxml element
    """Every text of the page that the gold has a label for, in page order."""
    of_element: dict[Any, str] = {}
    of_run: dict[tuple[Any, int], str] = {}
    for address, given in gold.items():
        xpath, _, run = address.partition("#")
        for element in root.xpath(xpath):
            if run:
                of_run[element, int(run)] = given
            else:
                of_element[element] = given
    seen: Counter[Any] = Counter()
    around: list[str | None] = [None]
    for event, node in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            around.append(of_element.get(node, around[-1]))
            owner, text = node, node.text
        else:
            around.pop()
            owner, text = node.getparent(), node.tail
        if owner is not None and text and text.strip():
            seen[owner] += 1
            label = of_run.get((owner, seen[owner]), around[-1])
            if label is not None and isinstance(owner.tag, str):
                yield text, label


def fit_blocks(rows: list[Row]) -> dict[Label, tuple[float, float]]:
    """By label, intercept and slope of log(1 + margin): slopes of their own as far as the data asks for them."""
    size = len(LABELS)
    table = np.zeros((len(rows), 2 * size + 1))
    place: dict[Label, int] = {label: number for number, label in enumerate(LABELS)}
    for at, row in enumerate(rows):
        scaled = np.log1p(min(row.margin, MAX_MARGIN))
        table[at, place[row.label]] = 1
        table[at, size] = 2 * scaled
        table[at, size + 1 + place[row.label]] = scaled
    counts = Counter(row.corpus for row in rows if row.label is Label.BODY)
    weights = [counts["labels"] / counts[row.corpus] if row.corpus != "labels" else 1.0 for row in rows]
    model = LogisticRegression(C=STRENGTH, max_iter=2000)
    model.fit(table, [row.right for row in rows], sample_weight=weights)
    weight = model.coef_[0]
    return {
        label: (
            round(float(model.intercept_[0] + weight[at]), 3),
            round(max(0.0, float(2 * weight[size] + weight[size + 1 + at])), 3),  # accuracy never falls with confidence
        )
        for label, at in place.items()
    }


def probability(row: Row, lines: dict[Label, tuple[float, float]]) -> float:
    """What a calibration gives for a block."""
    intercept, slope = lines[row.label]
    return float(1 / (1 + np.exp(-(intercept + slope * np.log1p(min(row.margin, MAX_MARGIN))))))


def expectations(pages: list[Judged], lines: dict[Label, tuple[float, float]]) -> np.ndarray[Any, Any]:
    """By page, the log-odds of the expected precision and recall, from its blocks."""
    found = []
    for page in pages:
        verdicts = page.verdicts
        sure = [
            1.0 if label is Label.FLASH else probability(Row("", "", page.plain, label, margin, right=True), lines)
            for label, margin in zip(verdicts.labels, verdicts.margins, strict=True)
        ]
        expected = expect(page.texts, verdicts.labels, sure, verdicts.scores)
        found.append([log_odds(value) for value in expected or (0.0, 0.0)])
    return np.array(found)


def fit_pages(table: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> tuple[float, float, float]:
    """Intercept and slopes of the essay's confidence."""
    model = LogisticRegression().fit(table, right)
    return (
        round(float(model.intercept_[0]), 3),
        round(max(0.0, float(model.coef_[0][0])), 3),
        round(max(0.0, float(model.coef_[0][1])), 3),
    )


Points = dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]
"""Confidences and whether they were right, by what the plot shows."""


def held_out(judged: list[Judged], rows: list[Row], folds: int) -> Points:
    """Confidences by calibrations that never saw the host."""
    hosts = sorted({page.host for page in judged})
    order = np.random.default_rng(3).permutation(len(hosts))
    fold = {host: int(order[at]) % folds for at, host in enumerate(hosts)}
    points: dict[str, list[tuple[float, bool]]] = defaultdict(list)
    for plain in (False, True):
        kind = "dump" if plain else "page"
        for part in range(folds):
            lines = fit_blocks([row for row in rows if row.plain == plain and fold[row.host] != part])
            for row in rows:
                if row.plain == plain and fold[row.host] == part:
                    points[f"{kind} blocks, {row.corpus}"].append((probability(row, lines), row.right))
            seen = [page for page in judged if page.plain == plain and fold[page.host] != part and _has_essay(page)]
            unseen = [page for page in judged if page.plain == plain and fold[page.host] == part and _has_essay(page)]
            intercept, *slopes = fit_pages(expectations(seen, lines), np.array([page.f1 >= MIN_F1 for page in seen]))
            sure = 1 / (1 + np.exp(-(intercept + expectations(unseen, lines) @ np.array(slopes))))
            for page, confidence in zip(unseen, sure, strict=True):
                points[f"{kind} essays, {page.corpus}"].append((float(confidence), page.f1 >= MIN_F1))
    return {key: (np.array([p for p, _ in found]), np.array([r for _, r in found])) for key, found in points.items()}


def _has_essay(page: Judged) -> bool:
    return Label.BODY in page.verdicts.labels


def bins_of(sure: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> list[tuple[int, float, float]]:
    """For each bin that is not empty: count, mean confidence, share that is right."""
    place = np.digitize(sure, BINS) - 1
    return [
        (int(inside.sum()), float(sure[inside].mean()), float(right[inside].mean()))
        for inside in (place == number for number in range(len(BINS) - 1))
        if inside.any()
    ]


def calibration_error(sure: np.ndarray[Any, Any], right: np.ndarray[Any, Any]) -> float:
    """Expected calibration error: the mean difference between confidence and share right, over the bins."""
    return sum(count * abs(mean - share) for count, mean, share in bins_of(sure, right)) / len(sure)


def draw(points: Points, path: Path) -> None:
    """Reliability curves: blocks to the left, essays to the right."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "declutter", "font.family": "DejaVu Sans", "svg.fonttype": "none"}
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(1, 2, figsize=(9.6, 4.8), layout="constrained")
    for axis, what in zip(axes, ("page blocks", "page essays"), strict=True):
        axis.plot((0, 1), (0, 1), color="#999999", linewidth=1, linestyle=":")
        for key in sorted(key for key in points if key.startswith(what)):
            found = [one for one in bins_of(*points[key]) if one[0] >= 10]  # noqa: PLR2004 - fewer show noise
            corpus = key.split(", ")[1]
            shown = f"{NAMES.get(corpus, corpus)}: ECE {calibration_error(*points[key]):.3f}"
            axis.plot([mean for _, mean, _ in found], [share for _, _, share in found],
                      marker="o", markersize=4, color=COLOURS.get(corpus), label=shown)  # fmt: skip
        axis.set(xlim=(0, 1.02), ylim=(0, 1.02), aspect="equal", xlabel="confidence", ylabel="share that is right")
        axis.set_title(
            {"page blocks": "blocks whose label is right", "page essays": "essays with F1 of 0.9 or more"}[what]
        )
        axis.legend(loc="upper left", fontsize=8, frameon=False)
    path.parent.mkdir(exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    """Classify, report the calibration on held-out pages, fit it on all pages, store and draw it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", required=True, metavar="KIND=DIR")
    parser.add_argument("--labels", type=Path, required=True, metavar="DIR")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--out", type=Path, default=TARGET)
    parser.add_argument("--svg", type=Path, default=PICTURE)
    args = parser.parse_args()
    pages = [one for spec in args.data for page in corpora.read(spec) if (one := fit.measure_page(page))]
    judged, rows = judge(pages, read_labels(args.labels), args.folds)
    store(judged, rows, args.out)
    points = held_out(judged, rows, args.folds)
    report(points)
    draw(points, args.svg)
    print(f"{args.out}, {args.svg}")


def store(judged: list[Judged], rows: list[Row], path: Path) -> None:
    """Fit on everything and write."""
    counts = Counter(row.corpus for row in rows)
    data: dict[str, Any] = {
        "provenance": {
            "data": ", ".join(f"{corpus} ({count} blocks)" for corpus, count in sorted(counts.items())),
            "method": "bench/calibrate.py: Platt scaling by label, on pages whose hosts the weights never saw",
        }
    }
    for plain, blocks, essay in ((False, "marked", "page"), (True, "plain", "plain_page")):
        lines = fit_blocks([row for row in rows if row.plain == plain])
        known = [page for page in judged if page.plain == plain and _has_essay(page)]
        data[blocks] = {label.value: line for label, line in lines.items()}
        data[essay] = fit_pages(expectations(known, lines), np.array([page.f1 >= MIN_F1 for page in known]))
    path.write_text(json.dumps(data, indent=1) + "\n", "utf-8")


def report(points: Points) -> None:
    """Print the reliability of confidence on held-out pages."""
    for key, (sure, right) in sorted(points.items()):
        print(f"{key:24} n={len(sure):6} right={right.mean():.3f} ECE={calibration_error(sure, right):.4f}", end="  ")
        print(*(f"{mean:.2f}:{share:.2f}({count})" for count, mean, share in bins_of(sure, right)))


if __name__ == "__main__":
    main()
