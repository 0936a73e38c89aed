"""The article's language: the declared one, unless the letters or words of its text contradict it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import chain
from typing import Final

from declutter.metadata.candidates import Candidate
from declutter.metadata.stopwords import STOP_WORDS, WORD_LANGUAGES
from declutter.model import Block, Label

_BODY: Final = Label.BODY  # see Label

_SAMPLE: Final = 800
"""Characters of text examined: some 130 words, of which at least 40 are stop words."""
_MAX_STRANGE: Final = 0.08
"""Share of non-ASCII characters (quotes, dashes, accents) up to which a text counts as Latin; Vietnamese has more."""
_ASCII: Final = re.compile(r"[\x00-\x7f]+")
_MIN_LETTERS: Final = 12
_KANA_SHARE: Final = 0.05
_MIN_STOP_WORDS: Final = 8
_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")

_SCRIPTS: Final = (
    ("Han", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")),
    ("Kana", re.compile(r"[\u3040-\u30ff]")),
    ("Latin", re.compile(r"[\u00c0-\u024f\u1e00-\u1eff]")),
    ("Hangul", re.compile(r"[\uac00-\ud7af]")),
    ("Cyrillic", re.compile(r"[\u0400-\u04ff]")),
    ("Greek", re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]")),
    ("Arabic", re.compile(r"[\u0600-\u06ff]")),
    ("Hebrew", re.compile(r"[\u0590-\u05ff]")),
    ("Thai", re.compile(r"[\u0e00-\u0e7f]")),
    ("Devanagari", re.compile(r"[\u0900-\u097f]")),
    ("Bengali", re.compile(r"[\u0980-\u09ff]")),
    ("Tamil", re.compile(r"[\u0b80-\u0bff]")),
    ("Georgian", re.compile(r"[\u10a0-\u10ff]")),
    ("Armenian", re.compile(r"[\u0530-\u058f]")),
)
_BESIDE_OTHERS: Final = 3
"""The first scripts, which texts in other scripts also contain or which are weighed against each other."""
_LANGUAGES: Final = {
    "Hangul": ("ko",),
    "Cyrillic": ("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt"),
    "Greek": ("el",),
    "Arabic": ("ar", "fa", "ur", "ps", "ku", "sd", "ug"),
    "Hebrew": ("he", "yi"),
    "Thai": ("th",),
    "Devanagari": ("hi", "mr", "ne", "sa"),
    "Bengali": ("bn", "as"),
    "Tamil": ("ta",),
    "Georgian": ("ka",),
    "Armenian": ("hy",),
}
"""The languages of each script, the most common one first, which is assumed if none is declared."""

_TELLING: Final = (
    ("uk", re.compile("[іїєґІЇЄҐ]")),
    ("be", re.compile("[ўЎ]")),
    ("sr", re.compile("[јљњћђЈЉЊЋЂ]")),
    ("mk", re.compile("[ѓќѕЃЌЅ]")),
    ("fa", re.compile("[پچژگ]")),
)
"""Letters that only one language of a script has (be and uk share і: ў tells them apart)."""
_RUSSIAN_ONLY: Final = re.compile("[ыэЫЭ]")

_TRADITIONAL: Final = re.compile("[這個們來時說國會後對過還為與於學發現樣經開動種間長問關見點實業體電進從當機無]")
_SIMPLIFIED: Final = re.compile("[这个们来时说国会后对过还为与于学发现样经开动种间长问关见点实业体电进从当机无]")
_CHINESE: Final = ("zh", "cmn", "yue", "cn")


def settle_language(declared: Sequence[Candidate], blocks: Sequence[Block]) -> Candidate | None:
    """The BCP 47 tag of the article. Chinese gets its script (`zh-Hant`), detected from the text if there is any."""
    stated = next((tag for c in sorted(declared, key=lambda c: -c.confidence) if (tag := _tag(c))), None)
    text = _sample(blocks)
    script, letters = _script(text)
    if letters < _MIN_LETTERS:
        return _with_script(stated) if stated else None
    base = stated.value.split("-", 1)[0].lower() if stated else ""
    if script == "Han":
        chinese = "zh-Hant" if len(_TRADITIONAL.findall(text)) > len(_SIMPLIFIED.findall(text)) else "zh-Hans"
        return Candidate(chinese, stated.source if stated and base in _CHINESE else "text", 0.95)
    if script == "Kana":
        return _agreed(stated, base, ("ja",), "ja", 0.98)
    if script == "Latin":
        return _by_words(stated, base, text)
    return _agreed(stated, base, _LANGUAGES[script], _telling(script, text), 0.9)


def is_month_first(language: str) -> bool:
    """Whether `4/5/2021` means the fifth of April in a language; true for plain English and for none."""
    return language.lower() in {"", "en", "en-us", "en-ph", "es-us"}


def _agreed(stated: Candidate | None, base: str, languages: Sequence[str], told: str, confidence: float) -> Candidate:
    if stated is not None and base in languages:
        return stated
    return Candidate(told, "text", confidence)


def _by_words(stated: Candidate | None, base: str, text: str) -> Candidate | None:
    """The declared language, unless the text has twice as many stop words of another one."""
    counts = Counter(chain.from_iterable(filter(None, map(WORD_LANGUAGES.get, text.lower().split()))))
    if not counts:
        return stated if stated and base not in _CHINESE else None
    told, most = counts.most_common(1)[0]
    if stated is not None and (most < _MIN_STOP_WORDS or base not in STOP_WORDS or 2 * counts[base] >= most):
        return stated
    return Candidate(told, "text", 0.85 if most >= _MIN_STOP_WORDS else 0.5)


def _telling(script: str, text: str) -> str:
    """The language whose distinctive letters occur in the text; otherwise the script's most common one."""
    languages = _LANGUAGES[script]
    for tongue, letters in reversed(_TELLING):
        if tongue in languages and len(letters.findall(text)) > len(text) / 200:
            return "be" if tongue == "uk" and "ў" in text else tongue
    if script == "Cyrillic" and not _RUSSIAN_ONLY.search(text) and "ъ" in text:
        return "bg"
    return languages[0]


def _sample(blocks: Sequence[Block]) -> str:
    """The beginning of the essay, or of the page if there is no essay."""
    parts: list[str] = []
    size = 0
    for block in blocks:
        if block.label is _BODY:
            parts.append(block.text)
            size += len(block.text)
            if size > _SAMPLE:
                break
    return " ".join(parts or [block.text for block in blocks[:50]])[:_SAMPLE]


def _script(text: str) -> tuple[str, int]:
    """The script with the most letters, and their number. Kana wins over Han if there is enough of it."""
    others = _ASCII.sub("", text)
    ascii_letters = len(text) - len(others)
    if len(others) < _MAX_STRANGE * len(text):
        return "Latin", ascii_letters
    counts: dict[str, int] = {}
    left = len(others)
    for name, letters in _SCRIPTS:
        found = len(letters.findall(others))
        left -= found
        # A Han character counts as a word, a Latin letter as a quarter of one.
        counts[name] = (found + ascii_letters) // 4 if name == "Latin" else found
        if len(counts) >= _BESIDE_OTHERS and left <= max(counts.values()):
            break  # no other script can have more
    if counts["Kana"] > _KANA_SHARE * (counts["Han"] + counts["Kana"]) and counts["Kana"]:
        counts["Kana"] += counts["Han"]
    script = max(counts, key=lambda name: counts[name])
    return script, counts[script]


def _tag(candidate: Candidate) -> Candidate | None:
    """The BCP 47 form of a tag, such as `en-US` for `en_us`; None if it is not a tag."""
    written = candidate.value.replace("_", "-").split(",", 1)[0].strip().lower()
    if not _TAG.fullmatch(written) or written in {"und", "mul", "zxx"}:
        return None
    base, *rest = written.split("-")
    parts = [
        part.title() if len(part) == len("Hant") else part.upper() if len(part) == len("US") else part for part in rest
    ]
    return Candidate("-".join([base, *parts]), candidate.source, candidate.confidence)


def _with_script(stated: Candidate) -> Candidate:
    """Chinese with the script of its declared script or country, for pages without text."""
    base, *rest = stated.value.split("-")
    if base not in _CHINESE:
        return stated
    is_traditional = "Hant" in rest or {"TW", "HK", "MO"} & set(rest)
    return Candidate("zh-Hant" if is_traditional else "zh-Hans", stated.source, stated.confidence)
