"""Make the table of words that any article may hold (src/declutter/classify/common.json).

    python -m pip install wordfreq opencc && python bench/common_words.py [--out FILE]

Takes wordfreq's short lists, counts what `terms.terms` makes of their words, and keeps what more than one article in
fifty holds, in steps of half a nat. Chinese stands there in simplified script; its words are converted and counted in
both. A term that several languages have is as common as in the one that has it most often: the table is one for all.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from math import exp, log
from pathlib import Path
from typing import Final

from declutter.classify.rarity import RAREST, STEP
from declutter.classify.terms import terms

TARGET: Final = Path(__file__).parent.parent / "src/declutter/classify/common.json"
LANGUAGES: Final = "zh en ja ko es pt fr de it nl pl ru uk el tr ar hi id vi".split()
"""Languages with cue words, except Thai, which wordfreq lacks."""
ARTICLE: Final = 400
"""Words of an article: the median of DAnIEL and WCXB."""
LEAST: Final = 0.002
"""Assumed least share of articles that contain a term, however rare it is in the lists."""


def frequencies(language: str) -> Iterator[tuple[str, float]]:
    """The words of a language and their frequencies."""
    import wordfreq

    for word, frequency in wordfreq.get_frequency_dict(language, wordlist="small").items():
        yield word, frequency
        if language == "zh" and (traditional := to_traditional(word)) != word:
            yield traditional, frequency


def to_traditional(word: str, cache: list[object] = []) -> str:  # noqa: B006 - the converter, opened once
    """The word in traditional script."""
    import opencc

    if not cache:
        cache.append(opencc.OpenCC("s2t"))
    return str(cache[0].convert(word))  # type: ignore[attr-defined]


def rarities() -> dict[str, int]:
    """Rarity in articles by term, for all but the rarest."""
    most: defaultdict[str, float] = defaultdict(float)
    for language in LANGUAGES:
        own: defaultdict[str, float] = defaultdict(float)
        for word, frequency in frequencies(language):
            for term in terms(word):
                own[term] += frequency
        for term, frequency in own.items():
            most[term] = max(most[term], frequency)
    found = {term: round(-log(1 - exp(-ARTICLE * often) + LEAST) / STEP) for term, often in most.items()}
    return {term: max(0, steps) for term, steps in found.items() if steps < RAREST}


def main() -> None:
    """Compute the table and write it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=TARGET)
    args = parser.parse_args()
    by_rarity: defaultdict[int, list[str]] = defaultdict(list)
    for term, steps in rarities().items():
        by_rarity[steps].append(term)
    provenance = {
        "source": "wordfreq 3.1 (Robyn Speer), its short lists: " + " ".join(LANGUAGES),
        "licence": "CC BY-SA 4.0, as the lists; https://github.com/rspeer/wordfreq names what they were counted in",
        "method": "bench/common_words.py: terms that more than one article in fifty holds, by -log(share) in half nats",
    }
    terms_by = {str(steps): " ".join(sorted(found)) for steps, found in sorted(by_rarity.items())}
    args.out.write_text(
        json.dumps({"provenance": provenance, "terms": terms_by}, ensure_ascii=False, indent=1) + "\n", "utf-8"
    )
    print(f"{args.out}: {sum(map(len, by_rarity.values())):,} terms, {args.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
