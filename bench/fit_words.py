"""Fit what words alone say for a brief (src/declutter/classify/flash/foreign.json) on plain articles.

    python bench/fit_words.py --data wcxb=DIR --data daniel=DIR [--folds 4]
    python bench/fit_words.py --data wcxb=DIR --data daniel=DIR --others

One to three paragraphs of another article in the same language are inserted into every article, at one to three
positions, ten times; these spans are the positives, and the article's own candidate spans the negatives. The
paragraphs are real, so that no generator's forms are learned. Spans that are marked as briefs on these pages (mostly
teasers) count as neither; spans that only words call briefs stay negatives, or the weights would choose their own
training data.

The model: every clue of `foreign.CLUES` in bins, one weight per bin, by ridge-penalised logistic regression; then the
threshold `rare`, which a share MAX_CALLED of essays on unseen hosts exceed, and `even`, for equal numbers of
positives and negatives. Prints the recall of inserted spans at `rare`, cross-validated over hosts, and each bin's
weight and number of spans.

The second run takes these weights from the file and fits the evidence that other spans of a page add, on all spans of
articles with insertions: the score, and how many others come `near`. It shifts `rare` and `near` together, so that no
more than MAX_CALLED_AT_LAST of the unchanged articles have a false brief.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import corpora
from declutter.classify import classify
from declutter.classify.cues import CueReader
from declutter.classify.flash import bare
from declutter.classify.flash.candidates import apart
from declutter.classify.flash.elsewhere import Elsewhere
from declutter.classify.flash.flow import Flow, is_sentence, read_flow
from declutter.classify.flash.form import LEADS_ON
from declutter.classify.flash.headlines import may_have_headline
from declutter.classify.flash.reader import FlowReader
from declutter.decode import decode
from declutter.metadata import read_head
from declutter.model import Kind, Label
from declutter.parse import parse
from declutter.segment import segment, segment_text
from declutter.vocabulary import vocabulary

TARGET: Final = Path(__file__).parent.parent / "src/declutter/classify/flash/foreign.json"
EDGES: Final = {
    "words": (100, 150, 200, 260, 350),
    "beside": (0.2, 0.35, 0.5, 0.7, 1),
    "main": (1, 2, 3, 4),
    "linked": (0.04, 0.08, 0.12, 0.2, 0.3, 0.45),
    "closed": (0.1, 0.3, 0.6, 1, 1.5),
    "inner": (-0.5, 1, 2, 3, 5),
    "style": (-0.01, 0.01),
    "names": (-0.5, 0.5, 1.5),
    "known": (-0.5, -0.4, -0.3, -0.2, -0.1),
}
"""Edges of the bins, set by hand; adjacent bins with similar weights were joined."""
NEUTRAL: Final = {"style": 1}
"""The neutral bin, with weight 0; for other clues the mean over the bins is 0."""
MAX_FLOW: Final = 20_000
"""Range of characters of an article. Words alone decide only up to bare.MAX_ESSAY; longer ones add training data."""
MIN_PROSE: Final = 6  # paragraphs
MIN_POOL: Final = 4  # paragraphs of an article that are plain
MIN_ARTICLES: Final = 10  # of one language, between which paragraphs are moved
ROUNDS: Final = 10
MOST: Final = 3  # places, and paragraphs at each
FROM_THE_TOP: Final = 0.6  # share that opens its article, like the beginning of a report that a portal takes
STRENGTH: Final = 0.5  # inverse regularisation
MAX_CALLED: Final = 0.01
"""Largest share of essays with a false brief, before other spans are considered."""
MAX_CALLED_AT_LAST: Final = 0.007
"""The same, after other spans are considered."""
NEAR: Final = -1.0  # below `rare`: from here on a span is evidence for others
MOST_OTHERS: Final = 3
PLAIN: Final = 10
"""Weight of spans of unchanged articles, because far fewer real pages have briefs than the generated ones."""
OTHER_ROUNDS: Final = 3

Array: TypeAlias = np.ndarray[Any, Any]


class Article(NamedTuple):
    """One page. flow: labelled without evidence from words. pool: its plain paragraphs, in order."""

    page: corpora.GoldPage
    flow: Flow
    pool: list[str]


class Rows(NamedTuple):
    """All spans: one-hot bins of their clues, whether inserted, number of blocks, article, whether that is short."""

    bins: Array
    moved: Array
    blocks: Array
    article: Array
    short: Array


def reader_of(flow: Flow) -> FlowReader:
    """A reader of an article's flow, or of the flow with inserted paragraphs, which no page has: of its texts alone."""
    outline = segment_text("\n".join(flow.texts))
    said = flow._replace(blocks=list(range(len(outline.texts))))
    return FlowReader(said, CueReader(outline, vocabulary()), Elsewhere(said, outline, None))


def read_article(page: corpora.GoldPage) -> Article | None:
    """The flow of one page; None if it is too short or too long."""
    root = parse(decode(page.html).text)
    outline = segment(root)
    verdicts = classify(outline, title=read_head(root, url=page.url).title)
    unmarked = {
        block
        for flash in verdicts.flashes
        if flash.headline is None and flash.published is None
        for block in flash.blocks
    }
    labels = [Label.BODY if block in unmarked else label for block, label in enumerate(verdicts.labels)]
    article = Article(page, read_flow(outline, labels), [])
    texts = article.flow.texts
    if sum(map(article.flow.is_prose, range(len(texts)))) < MIN_PROSE or article.flow.size > MAX_FLOW:
        return None
    return article._replace(pool=[texts[place] for place in plain_places(reader_of(article.flow))])


def plain_places(reader: FlowReader) -> list[int]:
    """The positions of paragraphs that only words could distinguish from the essay."""
    return [place for place in range(1, reader.flow.last_prose) if bare.may_be_bare(reader.flow, place)]


def own_spans(reader: FlowReader) -> Iterator[range]:
    """The article's own candidate spans."""
    able = set(plain_places(reader))
    for first in sorted(able):
        if not reader.flow.texts[first - 1].endswith(LEADS_ON):
            for last in range(first, first + MOST):
                if last not in able:
                    break
                yield range(first, last + 1)


def set_in(flow: Flow, moved: dict[int, list[str]]) -> tuple[Flow, list[range]]:
    """The flow with paragraphs inserted at some positions, and their positions in it."""
    order: list[int | str] = []
    spans = []
    for place in range(len(flow.texts)):
        if texts := moved.get(place):
            spans.append(range(len(order), len(order) + len(texts)))
            order += texts
        order.append(place)
    headed = set(flow.headed)
    home = {old: new for new, old in enumerate(order) if isinstance(old, int)}
    texts = [old if isinstance(old, str) else flow.texts[old] for old in order]
    kinds = [Kind.PARAGRAPH if isinstance(old, str) else flow.kinds[old] for old in order]
    return flow._replace(
        texts=texts,
        kinds=kinds,
        sentences=list(map(is_sentence, kinds, texts)),
        labels=[Label.BODY if isinstance(old, str) else flow.labels[old] for old in order],
        stamps={home[place]: stamp for place, stamp in flow.stamps.items()},
        leads={home[place]: lead for place, lead in flow.leads.items()},
        short=[home[place] for place in flow.short],
        wired=frozenset(map(home.__getitem__, flow.wired)),
        bold={home[place]: end for place, end in flow.bold.items()},
        strong={home[place]: end for place, end in flow.strong.items()},
        run_in={home[place]: end for place, end in flow.run_in.items()},
        points={home[place]: point for place, point in flow.points.items()},
        headed=[
            new for new, old in enumerate(order) if (may_have_headline(old) if isinstance(old, str) else old in headed)
        ],
        last_prose=home[flow.last_prose],
        prose=flow.prose + sum(len(text) for texts in moved.values() for text in texts),
        size=sum(map(len, texts)),
    ), spans


def moved_spans(
    article: Article, others: list[Article], draw: random.Random, rounds: int = ROUNDS
) -> Iterator[tuple[FlowReader, range]]:
    """Spans of other articles inserted into this one, each with a reader of the result; none without others."""
    if not others:
        return
    places = [place for place in range(1, article.flow.last_prose + 1) if article.flow.is_prose(place)]
    for _ in range(rounds):
        moved = {}
        for place in draw.sample(places, min(draw.randint(1, MOST), len(places))):
            pool = draw.choice(others).pool
            count = draw.randint(1, MOST)
            first = 0 if draw.random() < FROM_THE_TOP else draw.randrange(max(1, len(pool) - count))
            moved[place] = pool[first : first + count]
        flow, spans = set_in(article.flow, moved)
        reader = reader_of(flow)
        yield from ((reader, span) for span in spans)


def sources(article: Article, articles: list[Article]) -> list[Article]:
    """Articles in the same language on other hosts; none if they are too few."""
    found = [one for one in articles if one.page.language == article.page.language and len(one.pool) >= MIN_POOL]
    found = [one for one in found if one.page.host != article.page.host]
    return found if len(found) >= MIN_ARTICLES and article.flow.last_prose >= 1 else []


def near_spans(reader: FlowReader, moved: list[range]) -> Iterator[tuple[float, int, bool]]:
    """Of each span near the threshold and not mixed: score, number of others, whether it was inserted."""
    spans = apart(bare._candidates(reader, ()))  # noqa: SLF001
    for span in spans:
        own = set(span.places)
        shares = [len(own.intersection(other)) / len(own.union(other)) for other in moved]
        alike = max(shares, default=0.0)
        if alike == 0 or alike >= 0.5:  # noqa: PLR2004 - half of it
            yield span.score, min(bare.others_of(span, spans), MOST_OTHERS), alike > 0


def fit_others(articles: list[Article], path: Path) -> None:
    """Fit the evidence from other spans, and store it with the existing weights."""
    near: list[tuple[float, int, bool]] = []
    weights: list[int] = []
    alone: list[list[tuple[float, int]]] = []
    for number, article in enumerate(articles):
        own = list(near_spans(reader_of(article.flow), []))
        near += own
        weights += [PLAIN] * len(own)
        alone.append([(score, others) for score, others, _ in own])
        found = moved_spans(article, sources(article, articles), random.Random(number), OTHER_ROUNDS)
        for _, group in itertools.groupby(found, key=lambda pair: id(pair[0])):
            pairs = list(group)
            near += near_spans(pairs[0][0], [span for _, span in pairs])
        weights += [1] * (len(near) - len(weights))
    scores, others, moved = (np.array(column) for column in zip(*near, strict=True))
    model = LogisticRegression(C=1.0, max_iter=500)
    model.fit(np.column_stack([scores, np.eye(MOST_OTHERS + 1)[others]]), moved, sample_weight=weights)
    gains = model.coef_[0][1:] / model.coef_[0][0]
    gains = np.maximum.accumulate(gains - gains[0]).round(1)
    highest = sorted((max((s + gains[o] for s, o in spans), default=-np.inf) for spans in alone), reverse=True)
    least = float(highest[int(MAX_CALLED_AT_LAST * len(highest))])
    if not np.isfinite(least):
        raise SystemExit("Too few articles have a span that comes near: give more pages.")
    called = scores + gains[others] > least
    right = (called & moved).sum() / max(1, called.sum())
    print(f"others {gains.tolist()}, rare lower by {least:.2f}: {right:.3f} of what is called then was moved in,")
    print(f"{(called & moved).sum() / moved.sum():.3f} of what was moved in and comes near is called")
    stored = json.loads(path.read_text("utf-8"))
    head = {
        "provenance": stored["provenance"],
        "rare": round(stored["rare"] - least, 2),
        "even": stored["even"],
        "near": round(stored["near"] - least, 2),
        "others": gains.tolist(),
    }
    store(path, head, {clue: bins["weights"] for clue, bins in stored["clues"].items()})


def gather(articles: list[Article]) -> Rows:
    """All spans in one table."""
    found: list[tuple[Array, bool, int, int]] = []
    for number, article in enumerate(articles):
        reader = reader_of(article.flow)
        found += [(binned(reader.words.clues(span)), False, len(span), number) for span in own_spans(reader)]
        for there, span in moved_spans(article, sources(article, articles), random.Random(number)):
            found.append((binned(there.words.clues(span)), True, len(span), number))
    if not any(row[1] for row in found):
        raise SystemExit(f"No language has {MIN_ARTICLES} articles to move paragraphs among: give more pages.")
    print(f"{len(articles)} articles, {len(found)} spans")
    bins, moved, blocks, owners = (np.array(column) for column in zip(*found, strict=True))
    short = np.array([article.flow.size <= bare.MAX_ESSAY for article in articles])
    return Rows(bins, moved, blocks, owners, short[owners])


def binned(clues: Iterable[float]) -> Array:
    """The clues as one-hot bins, clue by clue."""
    pairs = zip(clues, EDGES.values(), strict=True)
    return np.concatenate([np.eye(len(edges) + 1)[np.digitize(value, edges)] for value, edges in pairs])


def floor(rows: Rows, scores: Array) -> float:
    """The score that only a share MAX_CALLED of short essays exceed with a span of their own."""
    best: dict[int, float] = {}
    own = rows.short & ~rows.moved
    for number, score in zip(rows.article[own], scores[own], strict=True):
        best[number] = max(best.get(number, -np.inf), score)
    return sorted(best.values(), reverse=True)[int(MAX_CALLED * len(best))]


def found_at(rows: Rows, called: Array) -> str:
    """Recall of inserted spans in short essays."""
    moved = rows.short & rows.moved
    sizes = ", ".join(f"{called[moved & (rows.blocks == size)].mean():.2f} of {size}" for size in range(1, MOST + 1))
    return f"{called[moved].mean():.3f} ({sizes} blocks)"


def tables(flat: Array) -> dict[str, Array]:
    """The weights of the bins, by clue."""
    ends = np.cumsum([len(edges) + 1 for edges in EDGES.values()])[:-1]
    return dict(zip(EDGES, np.split(flat, ends), strict=True))


def store(path: Path, head: dict[str, object], weights: dict[str, list[float]]) -> None:
    """Write the data, one line per clue."""
    lines = [f'  "{clue}": {json.dumps({"edges": edges, "weights": weights[clue]})}' for clue, edges in EDGES.items()]
    start = json.dumps(head, indent=1).removesuffix("\n}")
    path.write_text("\n".join((f'{start},\n "clues": {{', ",\n".join(lines), " }\n}\n")), "utf-8")


def main() -> None:
    """Gather all spans, cross-validate, fit on all, print and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", required=True, metavar="KIND=DIR")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth page only")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--others", action="store_true", help="the second run: fit what other spans say")
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    pages = (page for spec in args.data for page in itertools.islice(corpora.read(spec), 0, None, args.every))
    articles = [article for page in pages if (article := read_article(page))]
    if args.others:
        fit_others(articles, args.out)
        return
    rows = gather(articles)
    hosts = [articles[number].page.host for number in rows.article]
    model = LogisticRegression(C=STRENGTH, max_iter=500)
    scores = cross_val_predict(
        model, rows.bins, rows.moved, groups=hosts, cv=GroupKFold(args.folds), method="decision_function"
    )
    least = floor(rows, scores)
    found = found_at(rows, scores > least)
    print(f"of moved spans in short essays are found, cross-validated: {found}")

    model.fit(rows.bins, rows.moved)
    weights, rare = tables(model.coef_[0]), float(model.intercept_[0]) - least
    for clue, table in weights.items():  # each is determined up to a constant
        middle = float(table[NEUTRAL[clue]] if clue in NEUTRAL else table.mean())
        weights[clue] = (table - middle).round(1) + 0.0  # no -0.0
        rare += middle
    own, moved = tables(rows.bins[~rows.moved].sum(0)), tables(rows.bins[rows.moved].sum(0))
    for clue, edges in EDGES.items():
        print(f"{clue:8} bins from {', '.join(f'{edge:g}' for edge in edges)}")
        for name, column in (("weight", weights[clue]), ("own", own[clue]), ("moved", moved[clue])):
            print(f"  {name:8}", *(f"{value:8g}" for value in column))
    counts = Counter(article.page.corpus for article in articles)
    provenance = {
        "data": ", ".join(f"{corpus} ({count} articles)" for corpus, count in sorted(counts.items())),
        "method": "bench/fit_words.py: logistic regression, paragraphs of plain articles against such moved into them",
        "found": f"of moved spans {found}, with a span of its own called a brief in {MAX_CALLED:.0%} of essays",
    }
    even = rare + least - float(np.log(rows.moved.sum() / (~rows.moved).sum()))
    head = {"provenance": provenance, "rare": round(rare, 2), "even": round(even, 2), "near": NEAR, "others": [0.0]}
    store(args.out, head, {clue: table.tolist() for clue, table in weights.items()})
    print(f"{args.out}: rare {rare:.2f}, even {even:.2f}")


if __name__ == "__main__":
    main()
