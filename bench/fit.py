"""Fit the weights of main content (src/declutter/classify/weights.json) on pages with gold text.

    python bench/fit.py --data wcxb=DIR --data daniel=DIR [--folds 5] [--out FILE]

Gold per block: the share of its tokens in runs of four that the gold text also contains; from one half on, the block
is part of the essay. A run counts as often as in the gold, first where most of the gold is, so that a second copy of
an article is not gold. Blocks are weighted by their share of the page's gold, pages by the root of their host's page
count.

The model has two steps: class names by logistic regression (cross-fitted, so that the next step does not overrate
them), then boosted trees of depth two, which are sums of functions of two features and are stored as such tables (Lou
et al., "Accurate intelligible models with pairwise interactions", KDD 2013), averaged over several models. --folds N
also prints F1, cross-validated over hosts; 0 skips that. --transfer prints the F1 on one set of weights fitted on
another, the best estimate for pages of other years, makers and languages. --ablate prints the value of each group of
evidence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final, NamedTuple

import lightgbm
import msgspec
import numpy as np
import scipy.sparse
from sklearn.linear_model import LogisticRegression

import corpora
from declutter import extract
from declutter.classify import features, main_content, names, sums
from declutter.classify.cues import CueReader
from declutter.classify.headline import find_title, shown_title
from declutter.classify.weights import Weights
from declutter.decode import decode
from declutter.metadata import read_head
from declutter.outline import Outline
from declutter.parse import parse
from declutter.segment import segment
from declutter.vocabulary import vocabulary

TARGET: Final = Path(__file__).parent.parent / "src/declutter/classify/weights.json"
NAMES: Final = "class_names_around_it"
FEATURES: Final = list(features.BINS)
MIN_HOSTS: Final = 12
"""Least number of hosts that use a class word; rarer ones identify a site."""
MAX_PAIRS: Final = 24
MIN_SHARE: Final = 0.5
MIN_WORD: Final = 0.05
THRESHOLD: Final = -0.6
"""By cross-validation the curve is flat from -0.6 to 0 (under .003). Lower keeps more of pages of other kinds and
makers: against -0.3, with weights of the other set, DAnIEL loses .003 and WCXB gains .010."""
HOST_POWER: Final = -0.35
MIN_SHOWN: Final = 0.9
"""Share of the gold's runs of tokens that a page must show for its gold to count as sound."""
INNER: Final = 4
TREES: Final = {
    "objective": "binary", "max_depth": 2, "num_leaves": 4, "learning_rate": 0.2, "min_data_in_leaf": 200,
    "min_sum_hessian_in_leaf": 0.01, "feature_fraction": 0.4, "bagging_fraction": 0.5, "bagging_freq": 1,
    "lambda_l2": 5.0, "max_bin": 64, "min_data_in_bin": 1, "verbose": -1, "seed": 7, "num_threads": 1,
}  # fmt: skip
SIGNS: Final = {
    **dict.fromkeys((
        "size", "size_of_its_signature", "good_text_around_its_container", "good_text_of_its_signature",
        "good_texts_near", NAMES,
    ), 1),
    **dict.fromkeys((
        "link_density", "link_density_of_its_signature", "link_density_of_its_container", "link_density_far_around_it",
        "links_since_good_text", "blocks_until_good_text", "links_near", "links_in_its_item", "items_of_links_and_text",
    ), -1),
}  # fmt: skip
"""Features whose evidence may only rise (1) or only fall (-1) with their value. With these constraints the tables are
plausible, and generalise better to other sets."""
TREES["monotone_constraints"] = [SIGNS.get(name, 0) for name in FEATURES]
ROUNDS: Final = 200
MODELS: Final = 4
"""So many models, each of other halves of the blocks, are averaged: .0005 on WCXB and .003 on DAnIEL better than
one."""
GROUPS: Final = {
    "class names": (NAMES,),
    "signatures": (
        "blocks_of_its_signature", "size_of_its_signature", "link_density_of_its_signature",
        "good_text_of_its_signature",
    ),
    "containers": (
        "link_density_of_its_container", "link_density_far_around_it", "good_text_around_its_container",
        "blocks_in_its_container", "place_in_the_main_container", "place_in_the_wide_container",
    ),
    "words of the beginning": ("words_of_the_beginning", "words_of_the_beginning_around_it"),
    "the title": ("distance_from_the_title", "links_since_the_title"),
    "words": ("cue_words", "label_above_it", "blocks_since_that_label"),
    "dates": ("date_or_time", "dates_around_it", "blocks_since_a_date"),
    "what stands near": ("good_texts_near", "links_near", "links_in_its_item", "items_of_links_and_text"),
    "order on the page": (
        "links_since_good_text", "blocks_until_good_text", "good_text_before_it", "place_on_the_page",
    ),
    "the text itself": ("size", "link_density", "closing_character", "repeated"),
    "the tag": ("tag",),
}  # fmt: skip
"""Groups of related evidence, for ablation."""


class Measured(NamedTuple):
    """One page: its blocks' features (blocks x features), class words, tokens and gold shares."""

    page: corpora.GoldPage
    columns: np.ndarray[Any, Any]
    words: list[list[str]]
    tokens: list[list[str]]
    texts: list[str]
    gold: np.ndarray[Any, Any]
    title: int | None


def measure_page(page: corpora.GoldPage) -> Measured | None:
    """The features and gold of one page; None without blocks."""
    root = parse(decode(page.html).text)
    outline = segment(root)
    if not outline.texts:
        return None
    title = find_title(outline, shown_title(outline, read_head(root, url=page.url).title))
    columns = features.measure(outline, title, features.signatures(outline), CueReader(outline, vocabulary()))
    block_tokens = [corpora.tokens(text) for text in outline.texts]
    return Measured(
        page,
        np.array([list(columns[name]) for name in FEATURES], np.int16).T,
        [block_words(outline, owner) for owner in outline.owners],
        block_tokens,
        outline.texts,
        gold_shares(block_tokens, page.gold),
        title,
    )


def block_words(outline: Outline, owner: int) -> list[str]:
    """The class words around a block, as often as they occur (names.class_scores sums the same way)."""
    found: list[str] = []
    for element in outline.ancestors(owner):
        tag = outline.tags[element]
        if tag not in ("html", "body"):
            found += {word for word in names.words_of(tag, outline.names[element]) if len(word) > 1}
    return found


def gold_shares(block_tokens: list[list[str]], gold: str) -> np.ndarray[Any, Any]:
    """By block: the share of its tokens in runs that the gold contains, each run counted as often as in the gold."""
    flat = [token for block in block_tokens for token in block]
    owner = [number for number, block in enumerate(block_tokens) for _ in block]
    left = corpora.shingles(corpora.tokens(gold))
    runs = list(zip(*(flat[i:] for i in range(corpora.RUN)), strict=False))
    covered = np.zeros(len(block_tokens) + 1)
    starts: dict[int, list[int]] = defaultdict(list)
    for at, run in enumerate(runs):
        starts[owner[at]].append(at)
        covered[owner[at]] += run in left
    near = np.convolve(covered, np.ones(31), "same") // 40
    hit = [False] * len(flat)
    for number in sorted(range(len(block_tokens)), key=lambda i: (-near[i], i)):
        for at in starts.get(number, ()):
            if left[runs[at]] > 0:
                left[runs[at]] -= 1
                hit[at : at + corpora.RUN] = [True] * corpora.RUN
    total, right = np.zeros(len(block_tokens)), np.zeros(len(block_tokens))
    np.add.at(total, owner, 1)
    np.add.at(right, owner, hit)
    return right / np.maximum(total, 1)


class Rows(NamedTuple):
    """All blocks of all pages: features, word counts (sparse), gold, weights, and the page each is of.

    alike: blocks that have the same words around them have the same number.
    """

    columns: np.ndarray[Any, Any]
    words: Any
    alike: np.ndarray[Any, Any]
    vocabulary: list[str]
    gold: np.ndarray[Any, Any]
    weight: np.ndarray[Any, Any]
    page: np.ndarray[Any, Any]


def gather(pages: list[Measured]) -> Rows:
    """All pages in one table."""
    hosts_of: dict[str, set[str]] = defaultdict(set)
    for one in pages:
        for words in one.words:
            for word in words:
                hosts_of[word].add(one.page.host)
    vocabulary = sorted(word for word, hosts in hosts_of.items() if len(hosts) >= MIN_HOSTS)
    number = {word: i for i, word in enumerate(vocabulary)}
    indices: list[int] = []
    ends = [0]
    alike: dict[tuple[int, ...], int] = {}
    kinds = []
    for one in pages:
        for words in one.words:
            known = sorted(number[word] for word in words if word in number)
            kinds.append(alike.setdefault(tuple(known), len(alike)))
            indices += known
            ends.append(len(indices))
    counts = scipy.sparse.csr_matrix((np.ones(len(indices)), indices, ends), shape=(len(ends) - 1, len(vocabulary)))
    counts.sum_duplicates()
    per_host = Counter(one.page.host for one in pages)
    weights = [weigh(one) * per_host[one.page.host] ** HOST_POWER for one in pages]
    per_corpus = {corpus: sum(w.sum() for w, one in zip(weights, pages, strict=True) if one.page.corpus == corpus)
                  for corpus in {one.page.corpus for one in pages}}  # fmt: skip
    mean = sum(per_corpus.values()) / len(per_corpus)
    scaled = [w * mean / per_corpus[one.page.corpus] for w, one in zip(weights, pages, strict=True)]
    weight = np.concatenate(scaled)
    return Rows(
        np.concatenate([one.columns for one in pages]),
        counts,
        np.array(kinds),
        vocabulary,
        np.concatenate([one.gold >= MIN_SHARE for one in pages]),
        weight / weight.mean(),
        np.concatenate([np.full(len(one.texts), i) for i, one in enumerate(pages)]),
    )


def weigh(one: Measured) -> np.ndarray[Any, Any]:
    """The cost of a wrong block: its tokens in units of the page's gold. The title costs nothing."""
    sizes = np.array([len(block) for block in one.tokens], float)
    gold_size = max(30.0, len(corpora.tokens(one.page.gold)))
    weight = np.minimum(sizes / gold_size, 1.0) + 0.002
    if (one.gold * sizes).sum() < 0.6 * gold_size:  # the gold is not what the page shows
        weight *= 0.0
    if one.title is not None:
        weight[one.title] = 0.0
    return weight


def fit_names(rows: Rows, mask: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """A weight per class word, fitted together with the strongest other features."""
    beside = [
        FEATURES.index(name) for name in ("size", "link_density", "closing_character", "place_in_the_main_container")
    ]
    # Blocks that are alike in all of this, of which pages have many, are one row of their common weight.
    key = np.column_stack([rows.alike, rows.gold, *(rows.columns[:, c] for c in beside)])[mask]
    _, first, group = np.unique(key, axis=0, return_index=True, return_inverse=True)
    weight = np.bincount(group.ravel(), rows.weight[mask] + 1e-9)
    at = np.flatnonzero(mask)[first]
    hot = [scipy.sparse.csr_matrix(np.eye(features.BINS[FEATURES[c]])[rows.columns[at, c]]) for c in beside]
    table = scipy.sparse.hstack([rows.words[at], *hot]).tocsr()
    model = LogisticRegression(C=0.3, max_iter=80, tol=1e-3)
    model.fit(table, rows.gold[at], sample_weight=weight)
    return model.coef_[0][: len(rows.vocabulary)]


def name_bins(scores: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """As names.class_scores bins them."""
    return np.clip(np.round(scores * names.STEPS) + names.MIDDLE, 0, 2 * names.MIDDLE).astype(np.int16)


def fit(
    rows: Rows, mask: np.ndarray[Any, Any], fold: np.ndarray[Any, Any]
) -> tuple[list[lightgbm.Booster], np.ndarray[Any, Any]]:
    """(models to average, word weights) from the blocks in `mask`; `fold` parts them for cross-fitting the words."""
    columns = rows.columns.copy()
    at = FEATURES.index(NAMES)
    for part in range(INNER):
        inside, rest = mask & (fold % INNER == part), mask & (fold % INNER != part)
        columns[inside, at] = name_bins(rows.words[inside] @ fit_names(rows, rest))
    words = fit_names(rows, mask)
    used = mask & (rows.weight > 0)

    def train(rounds: int, **more: Any) -> lightgbm.Booster:
        data = lightgbm.Dataset(columns[used], rows.gold[used], weight=rows.weight[used], params=TREES)
        return lightgbm.train(TREES | more, data, rounds)

    pairs = strongest_pairs(tables_of(train(ROUNDS // 2))[1], columns[used])
    allowed = [list(pair) for pair in pairs] + [[i] for i in range(len(FEATURES))]
    return [train(ROUNDS, seed=seed, interaction_constraints=allowed) for seed in range(1, MODELS + 1)], words


Tables = dict[int, np.ndarray[Any, Any]]
PairTables = dict[tuple[int, int], np.ndarray[Any, Any]]


def tables_of(model: lightgbm.Booster) -> tuple[Tables, PairTables]:
    """Trees of depth two as tables, because a leaf depends on at most two features."""
    singles: Tables = {}
    pairs: PairTables = {}
    sizes = [features.BINS[name] for name in FEATURES]

    def below(node: dict[str, Any]) -> np.ndarray[Any, Any]:
        return np.arange(sizes[node["split_feature"]]) <= node["threshold"]

    for tree in model.dump_model()["tree_info"]:
        root = tree["tree_structure"]
        if "leaf_value" in root:
            continue
        a = root["split_feature"]
        for child, side in ((root["left_child"], below(root)), (root["right_child"], ~below(root))):
            if "leaf_value" in child:
                singles.setdefault(a, np.zeros(sizes[a]))[side] += child["leaf_value"]
                continue
            b, split = child["split_feature"], below(child)
            values = np.where(split, child["left_child"]["leaf_value"], child["right_child"]["leaf_value"])
            if a == b:
                singles.setdefault(a, np.zeros(sizes[a]))[side] += values[side]
            elif a < b:
                pairs.setdefault((a, b), np.zeros((sizes[a], sizes[b])))[side] += values
            else:
                pairs.setdefault((b, a), np.zeros((sizes[b], sizes[a])))[:, side] += values[:, None]
    return singles, pairs


def strongest_pairs(pairs: PairTables, columns: np.ndarray[Any, Any]) -> list[tuple[int, int]]:
    """The pairs whose joint effect, beyond that of each alone, varies most over the blocks."""
    strength = {}
    for (a, b), table in pairs.items():
        joint = table[columns[:, a], columns[:, b]]
        alone = additive_part(table, columns[:, a], columns[:, b])
        strength[a, b] = float(np.var(joint - alone))
    return sorted(strength, key=lambda pair: -strength[pair])[:MAX_PAIRS]


def additive_part(
    table: np.ndarray[Any, Any], a: np.ndarray[Any, Any], b: np.ndarray[Any, Any]
) -> np.ndarray[Any, Any]:
    """The part of a pair's effect that a sum of two single tables would give, by its means over the blocks."""
    joint = table[a, b]
    by_a = np.bincount(a, joint, table.shape[0]) / np.maximum(1, np.bincount(a, minlength=table.shape[0]))
    by_b = np.bincount(b, joint, table.shape[1]) / np.maximum(1, np.bincount(b, minlength=table.shape[1]))
    return by_a[a] + by_b[b] - joint.mean()


class Split(NamedTuple):
    """Pages to fit on and pages to test on (indices), and a name for the split."""

    name: str
    train: np.ndarray[Any, Any]
    test: np.ndarray[Any, Any]


def by_host(pages: list[Measured], folds: int) -> list[Split]:
    """Splits in which every page is tested once, with weights fitted without its host."""
    fold = host_folds(pages, folds)
    return [Split(f"fold {part + 1} of {folds}", fold != part, fold == part) for part in range(folds)]


def by_corpus(pages: list[Measured]) -> list[Split]:
    """Splits that fit on one data set and test on all others."""
    corpus = np.array([one.page.corpus for one in pages])
    return [Split(f"fitted on {name} only", corpus == name, corpus != name) for name in sorted(set(corpus))]


def try_out(pages: list[Measured], rows: Rows, splits: list[Split]) -> dict[str, float]:
    """F1 of `extract` on held-out pages, per set and language, and on those of them whose gold is sound."""
    found: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for number, split in enumerate(splits):
        models, words = fit(rows, split.train[rows.page], inner_folds(pages, number)[rows.page])
        use(msgspec.convert(as_data(models, words, rows, {}), Weights))
        for one in (pages[place] for place in np.flatnonzero(split.test)):
            text = extract(one.page.html, url=one.page.url).text
            gold = corpora.shingles(corpora.tokens(one.page.gold))
            result = corpora.overlap(gold, corpora.shingles(corpora.tokens(text)))
            _, shown = corpora.overlap(gold, corpora.shingles([token for block in one.tokens for token in block]))
            for key in (one.page.corpus, f"{one.page.corpus}, {one.page.language}"):
                found[key].append(result)
                if shown >= MIN_SHOWN:
                    found[f"{key}, sound gold"].append(result)
        print(split.name, file=sys.stderr, flush=True)
    return {key: corpora.f1(found[key]) for key in sorted(found)}


def ablate(pages: list[Measured], rows: Rows, folds: int) -> None:
    """Print the cross-validated loss without each group of evidence."""
    whole = try_out(pages, rows, by_host(pages, folds))
    sets = sorted({one.page.corpus for one in pages})
    print(f"{'all evidence':28}", *(f"{name} {whole[name]:.4f}" for name in sets), flush=True)
    for group, members in GROUPS.items():
        without = rows.columns.copy()
        without[:, [FEATURES.index(name) for name in members]] = 0
        blind = rows._replace(columns=without)
        if NAMES in members:  # they would be derived from the old weights
            blind = blind._replace(words=scipy.sparse.csr_matrix(rows.words.shape))
        part = try_out(pages, blind, by_host(pages, folds))
        print(f"without {group:20}", *(f"{name} {part[name] - whole[name]:+.4f}" for name in sets), flush=True)


def use(weights: Weights) -> None:
    """Make this process extract with other weights."""
    main_content.weights = names.weights = sums.weights = lambda: weights  # type: ignore[assignment,attr-defined]
    for derived in (
        sums._terms,  # noqa: SLF001 - what was derived from the weights before
        names._hundredths,  # noqa: SLF001
        names._weights,  # noqa: SLF001
    ):
        derived.cache_clear()


def host_folds(pages: list[Measured], folds: int) -> np.ndarray[Any, Any]:
    """The fold of each page, the same for all pages of a host."""
    hosts = sorted({one.page.host for one in pages})
    order = np.random.default_rng(0).permutation(len(hosts))
    fold = {host: int(order[i]) % folds for i, host in enumerate(hosts)}
    return np.array([fold[one.page.host] for one in pages])


def inner_folds(pages: list[Measured], seed: int) -> np.ndarray[Any, Any]:
    """Folds for cross-fitting, again by host."""
    hosts = sorted({one.page.host for one in pages})
    order = np.random.default_rng(100 + seed).permutation(len(hosts))
    fold = {host: int(order[i]) for i, host in enumerate(hosts)}
    return np.array([fold[one.page.host] for one in pages])


def as_data(
    models: list[lightgbm.Booster], words: np.ndarray[Any, Any], rows: Rows, provenance: dict[str, str]
) -> dict[str, Any]:
    """The weights in the format of the file: averages over the models, in hundredths of log-odds."""
    singles: Tables = {}
    pairs: PairTables = {}
    base = 0.0
    for model in models:
        own_singles, own_pairs = tables_of(model)
        first = float(np.asarray(model.predict(np.zeros((1, len(FEATURES))), raw_score=True))[0])
        first -= sum(table[0] for table in own_singles.values()) + sum(table[0, 0] for table in own_pairs.values())
        base += first / len(models)
        for at, table in own_singles.items():
            singles[at] = singles.get(at, 0) + table / len(models)
        for pair, table in own_pairs.items():
            pairs[pair] = pairs.get(pair, 0) + table / len(models)
    return {
        "provenance": provenance,
        "threshold": THRESHOLD,
        "intercept": round(float(base), 4),
        "names": {w: round(float(v), 2) for w, v in zip(rows.vocabulary, words, strict=True) if abs(v) >= MIN_WORD},
        "singles": {FEATURES[i]: np.round(100 * table).astype(int).tolist() for i, table in sorted(singles.items())},
        "pairs": [
            {"first": FEATURES[a], "second": FEATURES[b], "table": np.round(100 * table).astype(int).ravel().tolist()}
            for (a, b), table in sorted(pairs.items())
        ],
    }


def main() -> None:
    """Measure all pages, cross-validate, fit on all, and store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", action="append", required=True, metavar="KIND=DIR")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--transfer", action="store_true", help="also fit on each set alone and try it on the others")
    parser.add_argument(
        "--ablate", action="store_true", help="cross-validate without each group of evidence; store nothing"
    )
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    pages = [one for spec in args.data for page in corpora.read(spec) if (one := measure_page(page))]
    rows = gather(pages)
    counts = Counter(one.page.corpus for one in pages)
    print(f"{len(pages)} pages, {len(rows.gold)} blocks ({rows.gold.mean():.1%} essay), {len(rows.vocabulary)} words")
    if args.ablate:
        ablate(pages, rows, args.folds or 2)
        return
    if args.folds:
        for key, figure in try_out(pages, rows, by_host(pages, args.folds)).items():
            print(f"{key:28} cross-validated shingle F1 {figure:.4f}", flush=True)
    if args.transfer:
        for split in by_corpus(pages):
            for key, figure in try_out(pages, rows, [split]).items():
                print(f"{key:28} {split.name}: shingle F1 {figure:.4f}", flush=True)
    everything = np.ones(len(rows.gold), bool)
    models, words = fit(rows, everything, inner_folds(pages, 99)[rows.page])
    provenance = {
        "data": ", ".join(f"{corpus} ({n} pages)" for corpus, n in sorted(counts.items())),
        "method": "bench/fit.py: logistic regression on class words, then averaged tables of boosted trees of depth 2",
    }
    data = as_data(models, words, rows, provenance)
    args.out.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    print(f"{args.out}: {len(data['names'])} words, {len(data['singles'])} features, {len(data['pairs'])} pairs")


if __name__ == "__main__":
    main()
