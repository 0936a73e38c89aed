"""Pages with gold text, read from the folders of public data sets, and the measure they are scored with.

wcxb=DIR     WCXB split: ground-truth/ID.json and html/ID.html.gz (its article pages)
daniel=DIR   DAnIEL: html/NAME.gz, reference/NAME, languages.json
"""

from __future__ import annotations

import gzip
import json
import re
import statistics
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

RUN: Final = 4
_TOKEN: Final = re.compile(
    r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^\W\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
)


class GoldPage(NamedTuple):
    """corpus: the data set. id, host, language, url: as in the set. gold: the article's text."""

    corpus: str
    id: str
    host: str
    language: str
    url: str | None
    html: bytes
    gold: str


def read(spec: str) -> Iterator[GoldPage]:
    """The pages of `KIND=DIR`. Raises SystemExit for an unknown kind."""
    kind, _, folder = spec.partition("=")
    readers = {"wcxb": _read_wcxb, "daniel": _read_daniel}
    if kind not in readers:
        raise SystemExit(f"{spec}: known kinds are {', '.join(readers)}")
    return readers[kind](Path(folder))


def _read_wcxb(root: Path) -> Iterator[GoldPage]:
    for path in sorted((root / "ground-truth").glob("*.json")):
        row = json.loads(path.read_text("utf-8"))
        gold = row["ground_truth"].get("main_content")
        if gold and row["_internal"]["page_type"]["primary"] == "article":
            html = gzip.decompress((root / "html" / f"{path.stem}.html.gz").read_bytes())
            yield GoldPage("wcxb", path.stem, urlsplit(row["url"]).netloc, "English", row["url"], html, gold)


def _read_daniel(root: Path) -> Iterator[GoldPage]:
    for name, language in json.loads((root / "languages.json").read_text("utf-8")).items():
        html = gzip.decompress((root / "html" / f"{name}.gz").read_bytes())
        gold = re.sub(r"</?p>", "\n", (root / "reference" / name).read_text("utf-8", errors="replace"))
        yield GoldPage("daniel", name, name.split("_")[1], language, None, html, gold)


def tokens(text: str) -> list[str]:
    """Words, and single characters of scripts without spaces, in lower case."""
    return _TOKEN.findall(text.lower())


def shingles(words: list[str]) -> Counter[tuple[str, ...]]:
    """Runs of four tokens, with how often each occurs."""
    if 0 < len(words) < RUN:
        return Counter([tuple(words)])
    return Counter(zip(*(words[i:] for i in range(RUN)), strict=False))


def overlap(gold: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float]:
    """(precision, recall) of the extracted runs."""
    hit = (gold & found).total()
    return (hit / found.total() if found else 0.0), (hit / gold.total() if gold else 0.0)


def f1(pairs: list[tuple[float, float]]) -> float:
    """F1 of the mean precision and the mean recall (the measure of the article-extraction-benchmark)."""
    precision, recall = statistics.mean(p for p, _ in pairs), statistics.mean(r for _, r in pairs)
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
