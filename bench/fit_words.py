"""Fit what words alone say for a brief (src/declutter/classify/flash/foreign.json) on plain articles.

    python bench/fit_words.py --data wcxb=DIR --data daniel=DIR [--folds 4] [--out FILE]

Into every article one to three paragraphs of another in its language are set, at one to three places, ten times over;
these spans are the briefs, and the article's own spans, as the program would look at them, are none. The pages are as
their makers left them: none has briefs that a generator wrote, whose forms a fit would learn. What is marked as a brief
on these pages (teasers, mostly) counts as neither; what words alone call one stays the essay's, or the weights would
choose what they are fitted on.

The model: every clue of `Clues` in bins, a weight a bin, by ridge-penalised logistic regression; then `rare`, by which
as few short essays have a span called a brief as MAX_CALLED says, on hosts that the weights never saw. Prints what is
found of the moved spans then, by cross-validation over hosts, and each bin's weight with how many spans fall into it.
"""

from __future__ import annotations

import argparse
import itertools
import json
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import corpora
from declutter.classify import classify
from declutter.classify.flash import bare
from declutter.classify.flash.elsewhere import Elsewhere
from declutter.classify.flash.flow import Flow, read_flow
from declutter.classify.flash.foreign import Clues
from declutter.classify.flash.reader import Reader
from declutter.classify.flash.spans import LEADS_ON
from declutter.decode import decode
from declutter.metadata import read_head
from declutter.model import Kind, Label
from declutter.parse import parse
from declutter.segment import segment
from declutter.vocabulary import vocabulary

TARGET: Final = Path(__file__).parent.parent / "src/declutter/classify/flash/foreign.json"
EDGES: Final = {
    "style": (-0.01, 0.01),
    "words": (10, 15, 20, 28, 40, 60),
    "strange": (0.0, 0.5, 1.0, 1.5, 2.2),
    "few": (0.1, 0.15, 0.22),
    "title": (1, 2),
    "main": (1, 2, 3, 4),
    "beside": (0.07, 0.18, 0.25, 0.35),
    "inner": (-0.5, 0.06, 0.15, 0.2),
    "names": (-0.5, 0.5, 1.5),
}
"""Where the bins meet: by hand; neighbours that came out alike were joined."""
NEUTRAL: Final = {"style": 1}
"""The bin of what shows nothing, which weighs nothing; of other clues the mean of the bins does."""
MAX_FLOW: Final = 15_000
"""Characters of an article. Words alone decide up to bare.MAX_ESSAY only: longer ones add to what is fitted on."""
MIN_PROSE: Final = 6  # paragraphs
MIN_POOL: Final = 4  # paragraphs of an article that are plain
MIN_ARTICLES: Final = 10  # of a language, to move paragraphs among
ROUNDS: Final = 10
MOST: Final = 3  # places, and paragraphs at each
FROM_THE_TOP: Final = 0.6  # share that opens its article, as what portals take of a report does
STRENGTH: Final = 0.5  # inverse regularisation
MAX_CALLED: Final = 0.01
"""Share of short essays with a span called a brief, before other spans are asked (`bare._OTHERS`)."""

Array = np.ndarray[Any, Any]
NOWHERE: Final = segment(parse("<p></p>"))  # nothing is asked of other pages


class Article(NamedTuple):
    """One page. flow: with the labels that all but words alone gives. pool: its plain paragraphs, in order."""

    page: corpora.GoldPage
    flow: Flow
    title: str
    pool: list[str]

    def reader(self, flow: Flow) -> Reader:
        """What can be said of the article's flow, or of it with paragraphs set in."""
        return Reader(flow, vocabulary(), Elsewhere(flow, NOWHERE, None), title=self.title)


class Rows(NamedTuple):
    """All spans: bins of their clues, one-hot; whether they were moved in; blocks; article; whether that is short."""

    bins: Array
    moved: Array
    blocks: Array
    article: Array
    short: Array


def read_article(page: corpora.GoldPage) -> Article | None:
    """The flow of one page; None where it is too short or too long to learn from."""
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
    title = " ".join(text for text, label in zip(outline.texts, labels, strict=True) if label is Label.TITLE)
    article = Article(page, read_flow(outline, labels), title, [])
    texts = article.flow.texts
    if sum(map(article.flow.is_prose, range(len(texts)))) < MIN_PROSE or sum(map(len, texts)) > MAX_FLOW:
        return None
    return article._replace(pool=[texts[place] for place in plain_places(article.reader(article.flow))])


def plain_places(reader: Reader) -> list[int]:
    """The places of paragraphs that only their words could tell from the essay."""
    return [place for place in range(1, reader.flow.last_prose) if bare._may_be(reader, place)]  # noqa: SLF001


def own_spans(reader: Reader) -> Iterator[range]:
    """The article's spans that the program would look at."""
    able = {place for place in plain_places(reader) if reader.words.may_be(place)}
    for first in sorted(able):
        if not reader.flow.texts[first - 1].endswith(LEADS_ON):
            for last in range(first, first + MOST):
                if last not in able:
                    break
                yield range(first, last + 1)


def set_in(flow: Flow, moved: dict[int, list[str]]) -> tuple[Flow, list[range]]:
    """The flow with paragraphs before some places, and where they stand in it."""
    order: list[int | str] = []
    spans = []
    for place in range(len(flow.texts)):
        if texts := moved.get(place):
            spans.append(range(len(order), len(order) + len(texts)))
            order += texts
        order.append(place)
    home = {old: new for new, old in enumerate(order) if isinstance(old, int)}
    return flow._replace(
        texts=[old if isinstance(old, str) else flow.texts[old] for old in order],
        kinds=[Kind.PARAGRAPH if isinstance(old, str) else flow.kinds[old] for old in order],
        labels=[Label.BODY if isinstance(old, str) else flow.labels[old] for old in order],
        stamps={home[place]: stamp for place, stamp in flow.stamps.items()},
        headed=[home[place] for place in flow.headed],
        last_prose=home[flow.last_prose],
    ), spans


def moved_spans(article: Article, others: list[Article], draw: random.Random) -> Iterator[tuple[Reader, range]]:
    """Spans of others that were set into the article, each with the reader of all that then stands there."""
    places = [place for place in range(1, article.flow.last_prose + 1) if article.flow.is_prose(place)]
    for _ in range(ROUNDS):
        moved = {}
        for place in draw.sample(places, min(draw.randint(1, MOST), len(places))):
            pool = draw.choice(others).pool
            count = draw.randint(1, MOST)
            first = 0 if draw.random() < FROM_THE_TOP else draw.randrange(max(1, len(pool) - count))
            moved[place] = pool[first : first + count]
        flow, spans = set_in(article.flow, moved)
        reader = article.reader(flow)
        yield from ((reader, span) for span in spans)


def gather(articles: list[Article]) -> Rows:
    """One table of all spans. Prints how many of those moved in are looked at at all."""
    found: list[tuple[Array, bool, int, int]] = []
    passed: Counter[bool] = Counter()
    for number, article in enumerate(articles):
        reader = article.reader(article.flow)
        found += [(binned(reader.words.clues(span)), False, len(span), number) for span in own_spans(reader)]
        others = [one for one in articles if one.page.language == article.page.language and len(one.pool) >= MIN_POOL]
        others = [one for one in others if one.page.host != article.page.host]
        if len(others) < MIN_ARTICLES or article.flow.last_prose < 1:
            continue
        for there, span in moved_spans(article, others, random.Random(number)):
            able = all(map(there.words.may_be, span))
            passed[able] += 1
            if able:
                found.append((binned(there.words.clues(span)), True, len(span), number))
    if not passed:
        raise SystemExit(f"No language has {MIN_ARTICLES} articles to move paragraphs among: give more pages.")
    seen = passed[True] / passed.total()
    print(f"{len(articles)} articles, {len(found)} spans; looked at are {seen:.3f} of those moved")
    bins, moved, blocks, owners = (np.array(column) for column in zip(*found, strict=True))
    short = np.array([sum(map(len, article.flow.texts)) <= bare.MAX_ESSAY for article in articles])
    return Rows(bins, moved, blocks, owners, short[owners])


def binned(clues: Clues) -> Array:
    """One-hot, clue after clue in the order of EDGES."""
    values = clues._asdict()
    return np.concatenate([np.eye(len(e) + 1)[np.digitize(values[clue], e)] for clue, e in EDGES.items()])


def floor(rows: Rows, scores: Array) -> float:
    """The score that as few short essays as MAX_CALLED says have a span of their own above."""
    best: dict[int, float] = {}
    own = rows.short & ~rows.moved
    for number, score in zip(rows.article[own], scores[own], strict=True):
        best[number] = max(best.get(number, -np.inf), score)
    return sorted(best.values(), reverse=True)[int(MAX_CALLED * len(best))]


def found_at(rows: Rows, called: Array) -> str:
    """Shares of the moved spans of short essays that are called briefs."""
    moved = rows.short & rows.moved
    sizes = ", ".join(f"{called[moved & (rows.blocks == size)].mean():.2f} of {size}" for size in range(1, MOST + 1))
    return f"{called[moved].mean():.3f} ({sizes} blocks)"


def tables(flat: Array) -> dict[str, Array]:
    """What stands for each bin, by clue."""
    ends = np.cumsum([len(edges) + 1 for edges in EDGES.values()])[:-1]
    return dict(zip(EDGES, np.split(flat, ends), strict=True))


def store(path: Path, provenance: dict[str, str], rare: float, weights: dict[str, list[float]]) -> None:
    """Write the data, a line for each clue."""
    lines = [f'  "{clue}": {json.dumps({"edges": edges, "weights": weights[clue]})}' for clue, edges in EDGES.items()]
    head = json.dumps({"provenance": provenance, "rare": rare}, indent=1).removesuffix("\n}")
    path.write_text("\n".join((f'{head},\n "clues": {{', ",\n".join(lines), " }\n}\n")), "utf-8")


def main() -> None:
    """Gather, cross-validate, fit on everything, show, store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", required=True, metavar="KIND=DIR")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every Nth page only")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    pages = (page for spec in args.data for page in itertools.islice(corpora.read(spec), 0, None, args.every))
    articles = [article for page in pages if (article := read_article(page))]
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
    for clue, table in weights.items():  # each is known but for a sum
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
        "found": f"of moved spans {found}, with a span of its own called a brief in {MAX_CALLED:.0%} of short essays",
    }
    store(args.out, provenance, round(rare, 2), {clue: table.tolist() for clue, table in weights.items()})
    print(f"{args.out}: rare {rare:.2f}")


if __name__ == "__main__":
    main()
