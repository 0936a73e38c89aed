"""Finds the cues in a block's text, by hash look-ups first, so that blocks without cues cost almost nothing."""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, cached_property, lru_cache
from itertools import islice, takewhile
from operator import itemgetter
from types import MappingProxyType
from typing import Final, NamedTuple

import msgspec

from declutter.vocabulary.files import SECTIONS, Ago, Cues, Section, brought, languages, without_accents
from declutter.vocabulary.folding import fold
from declutter.vocabulary.folding import without_accents as bare
from declutter.vocabulary.phrases import Phrases, glued

_KEY = 4  # characters of a phrase that are hashed; fewer for shorter leads
MAX_LABEL = 64
"""Maximum length of a text that is looked up as a label; the longest built-in label has under 60 characters."""
_MAX_LABELS = 8192  # size of the cache of short texts' cues
_MAX_HEAD = 80  # characters within which a lead and what must follow it are searched
_MAX_HELD = 240  # characters of a block for `holds`: longer ones contain such a phrase without being about it
_MAX_LEAD = 400  # characters of a block with a lead without colon
_MAX_NAME = 90  # characters of a byline, including role and place

_OPENING = " \t\n\r•·▪●■◆▶►▸➤→»›>|*#-–—_~=+✦★☆※◎○□▼▲↓◤◥【[(（「『〖〔<《👉📌🔥📢⬇🔔📩💬📰🔗✅⚡🚨"
_DIGITS = "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹०१२३४५६७८९"
_CLOSING = _OPENING + _DIGITS + ":：.,…!！?？。؟،।】])）」』〗〕》«‹<←↗⇒/\"'"
_STARTERS = frozenset(_OPENING + _DIGITS)
_MARKS = frozenset(_CLOSING)
_MAX_TINY = 12  # characters of a label in quotes or brackets, or with marks after it within the hashed characters
_MAX_BEGINNINGS = 1 << 16
_COLON = re.compile(r"\s?[:：|｜»›>→▶►】\])）」』〗〕](?!//)|\s[-–—]\s|[-–—]{2}")
_DATE = re.compile(r"\W{0,3}(?:[^\W\d]+\W{1,2}){0,2}\d")
_SENTENCE_END = tuple(".!?。！？…;,؟،।")

# What must follow a lead without a colon if the word alone is also an ordinary beginning of a sentence.
_FOLLOWS = {
    **dict.fromkeys(("author", "credit", "editor", "source"), "name"),
    **dict.fromkeys(("published", "updated"), "date"),
}


class Cue(NamedTuple):
    """A phrase in a block, and what it indicates.

    section: related, tags, promo, comment, chrome, meta, author, credit, source, editor, published or updated.
    position: label, lead or holds. phrase: folded; a lead that requires a colon ends in one.
    language: BCP 47 tag of the first file with the phrase.
    """

    section: str
    position: str
    phrase: str
    language: str


class _Entry(NamedTuple):
    section: str
    language: str
    follows: str = ""


class Vocabulary:
    """The cue words of all languages, with matching. Immutable.

    months: folded month word to 1 … 12, all forms in all languages; if languages disagree on a word, the first wins.
    am, pm: folded words beside a 12-hour time. ago: words for relative times, by language.
    kickers: words before a flash's headline: `kickers.match(text)`, without the kicker's brackets.
    reports: openings of news reports: `reports.search(text[:160])`. agencies: news agencies: `agencies.search(text)`.
    sentences: words that begin ordinary sentences, but hardly ever a headline: `sentences.match(text)`.
    """

    def __init__(self, cues: tuple[Cues, ...]) -> None:
        self._cues = cues
        self._name_words: dict[tuple[str, ...], frozenset[str]] = {}
        self._labels: dict[str, tuple[_Entry, ...]] = {}
        self._leads: dict[str, tuple[_Entry, ...]] = {}
        self._held: dict[str, tuple[_Entry, ...]] = {}
        for language in cues:
            for name in SECTIONS:
                self._add(name, getattr(language, name), language.language)
        self._begins = _Beginnings(self._labels, self._leads)
        self._openings = _Openings(self._leads)
        self._holds = Phrases(self._held)
        # Several stages look up the same labels, and a site's pages share them. The cache belongs to the instance,
        # because in a global one the answers for callers' cues, which may differ from page to page, would accumulate.
        self._find_label = lru_cache(maxsize=_MAX_LABELS)(self.find_anew)

    def find(self, text: str) -> tuple[Cue, ...]:
        """The cues of a block's text: labels, then leads from the longest, then phrases it contains."""
        return self._find_label(text) if len(text) <= MAX_LABEL else self.find_anew(text)

    def find_anew(self, text: str) -> tuple[Cue, ...]:
        """As `find`, without the cache."""
        if len(text) <= self._begins[text[:_KEY]]:
            found = self._found(text)
        elif len(text) > _MAX_HELD or self._holds.absent(text):
            found = ()
        else:
            found = tuple(self._holding(text))
        if found or not text[:8].isupper():
            return found
        return self._without_accents._found(bare(text))  # noqa: SLF001 - another value of this class

    @cached_property
    def kickers(self) -> Phrases:
        """Words before a flash's headline."""
        return Phrases({word for language in self._cues for word in language.flash.kicker})

    @cached_property
    def reports(self) -> Phrases:
        """Openings of news reports."""
        return Phrases({word for language in self._cues for word in language.flash.report})

    @cached_property
    def agencies(self) -> Phrases:
        """News agencies and wires."""
        return Phrases({word for language in self._cues for word in language.flash.agency})

    @cached_property
    def sentences(self) -> Phrases:
        """Words that begin ordinary sentences, but hardly ever a headline."""
        return Phrases({word for language in self._cues for word in language.flash.sentence})

    @cached_property
    def _without_accents(self) -> Vocabulary:
        return Vocabulary(without_accents(self._cues))

    def _found(self, text: str) -> tuple[Cue, ...]:
        written = text.lstrip(_OPENING) if text[:1] in _STARTERS else text
        folded = fold(written[:_MAX_HEAD])
        cues: list[Cue] = []
        if len(text) <= MAX_LABEL and (entries := self._labels.get(label := folded.strip(_CLOSING))):
            cues = [Cue(entry.section, "label", label, entry.language) for entry in entries]
        elif folded.startswith(self._openings[folded[:_KEY]]):  # a lead, perhaps ending inside a word
            cues += self._leading(written, folded)
        if len(text) <= _MAX_HELD and not self._holds.absent(text):
            cues += self._holding(text)
        return tuple(cues)

    def _leading(self, written: str, folded: str) -> Iterator[Cue]:
        """Cues for the phrases that the text begins with, the longest of each section."""
        seen = set()
        for phrase in self._openings[folded[:_KEY]]:
            if not folded.startswith(phrase):
                continue
            rest = written[len(phrase) :]
            if glued(phrase[-1:], rest[:1]):
                continue
            for entry in self._leads[phrase]:
                if entry.section not in seen and self._follows(entry.follows, rest):
                    seen.add(entry.section)
                    colon = ":" if entry.follows == "colon" else ""
                    yield Cue(entry.section, "lead", phrase + colon, entry.language)

    def _follows(self, what: str, rest: str) -> bool:
        """Whether the text after a lead is what the lead requires."""
        if what == "colon":
            return _COLON.match(rest) is not None
        if what == "text":
            return len(rest) <= _MAX_LEAD
        if len(rest) > _MAX_NAME or rest.endswith(_SENTENCE_END):
            return False
        if what == "date":
            return _DATE.match(rest) is not None
        name = rest.lstrip(" :：@/／|｜")
        first, _, others = name.partition(" ")
        if not name[:1].isalpha() or name[0].islower():
            return False
        return fold(first.strip(",.")) not in self.months or others[:1].isupper()  # `By April Stone`

    def _holding(self, text: str) -> Iterator[Cue]:
        for found in self._holds.sought(text):
            for entry in self._held[found.phrase]:
                yield Cue(entry.section, "holds", found.phrase, entry.language)

    def _add(self, name: str, section: Section, language: str) -> None:
        plain = [lead for lead in section.lead if lead[-1] != ":"]
        colon = [lead.rstrip(" :") for lead in section.lead if lead[-1] == ":"]
        labels = [label.strip(_CLOSING) for label in (*section.label, *plain, *colon)]
        labels = [label for label in labels if label]  # the empty label would match every line of marks
        _merge(self._labels, labels, _Entry(name, language))
        _merge(self._leads, plain, _Entry(name, language, _FOLLOWS.get(name, "text")))
        _merge(self._leads, colon, _Entry(name, language, "colon"))
        _merge(self._held, section.holds, _Entry(name, language))

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Month words of all languages. `. ` before one: a month after a day's dot, whatever it means elsewhere."""
        return _numbered(language.months for language in self._cues)

    @cached_property
    def solar_months(self) -> Mapping[str, int]:
        """Month words of the Persian calendar."""
        return _numbered(language.solar_months for language in self._cues)

    @cached_property
    def am(self) -> frozenset[str]:
        """Words of the hours before noon."""
        return frozenset(word for language in self._cues for word in language.am)

    @cached_property
    def ago(self) -> tuple[Ago, ...]:
        """Words for relative times, by language."""
        return tuple(language.ago for language in self._cues)

    def name_words(self, *kinds: str) -> frozenset[str]:
        """The single words of these kinds: role, organisation, team, joint, common, behind, dated, weekday,
        picture.
        """
        words = self._name_words.get(kinds)
        if words is None:
            listed = (getattr(language.name_words, kind) for language in self._cues for kind in kinds)
            words = self._name_words[kinds] = frozenset(word for words in listed for word in words)
        return words

    @cached_property
    def live(self) -> Phrases:
        """Titles of live blogs."""
        return Phrases({word for language in self._cues for word in language.page_words.live})

    @cached_property
    def next_page(self) -> frozenset[str]:
        """Texts of links to an article's next page."""
        return frozenset(word for language in self._cues for word in language.page_words.next)

    @cached_property
    def previous_page(self) -> frozenset[str]:
        """Texts of links to an article's previous page."""
        return frozenset(word for language in self._cues for word in language.page_words.previous)

    @cached_property
    def pm(self) -> frozenset[str]:
        """Words of the hours after noon."""
        return frozenset(word for language in self._cues for word in language.pm)


class _Beginnings(dict[str, int]):
    """By the first characters of a text: the length up to which it may be a label or begin with a lead. A cache."""

    def __init__(self, labels: Iterable[str], leads: Iterable[str]) -> None:
        super().__init__()
        first = itemgetter(slice(_KEY))  # a comprehension over 26,000 phrases took a seventh of the loading time
        self._of_labels = set(map(first, labels))
        self._of_leads = set(map(first, leads))

    def __missing__(self, beginning: str) -> int:
        """Compute the length, and cache it."""
        if len(self) >= _MAX_BEGINNINGS:
            self.clear()
        key = fold(beginning)
        if (
            beginning[:1] in _STARTERS
            or len(key) != _KEY
            or not self._of_leads.isdisjoint((key, key[:3], key[:2], key[:1]))
        ):
            most = sys.maxsize
        elif key in self._of_labels:
            most = MAX_LABEL
        else:
            most = _MAX_TINY if beginning[0] in _MARKS or key.rstrip(_CLOSING) in self._of_labels else 0
        self[beginning] = most
        return most


class _Openings(dict[str, tuple[str, ...]]):
    """By the first characters of a folded text: the leads that it may begin with, longest first. A cache."""

    def __init__(self, leads: Iterable[str]) -> None:
        super().__init__()
        self._leads = sorted(leads)

    def __missing__(self, key: str) -> tuple[str, ...]:
        """Collect the leads, and cache them."""
        if len(self) >= _MAX_BEGINNINGS:
            self.clear()
        found = [key[:size] for size in range(1, min(len(key), _KEY - 1) + 1) if self._has(key[:size])]
        if len(key) == _KEY:
            start = bisect_left(self._leads, key)
            found += takewhile(lambda lead: lead.startswith(key), islice(self._leads, start, None))
        self[key] = leads = tuple(reversed(found))
        return leads

    def _has(self, lead: str) -> bool:
        at = bisect_left(self._leads, lead)
        return self._leads[at : at + 1] == [lead]


def _numbered(languages: Iterable[Sequence[Sequence[str]]]) -> Mapping[str, int]:
    """The month of each word; the first language wins."""
    listed = [enumerate(months, start=1) for months in languages]
    return MappingProxyType({word: number for months in reversed(listed) for number, words in months for word in words})


def vocabulary() -> Vocabulary:
    """The current vocabulary: the built-in cues, and inside `speaking` also the caller's."""
    return _SPOKEN.get() or _built_in()


@contextmanager
def speaking(extra: tuple[Mapping[str, object], ...]) -> Iterator[None]:
    """Add the caller's cues to the vocabulary within this block, for the current thread and task only.

    extra: cues in the format of a vocabulary file. Raises RulesError for malformed ones.
    """
    if not extra:
        yield
        return
    token = _SPOKEN.set(_extended(msgspec.json.encode(extra)))
    try:
        yield
    finally:
        _SPOKEN.reset(token)


_SPOKEN: Final[ContextVar[Vocabulary | None]] = ContextVar("vocabulary", default=None)
"""A context variable, because some forty places in all stages use the vocabulary; all would have to pass it down."""


@cache
def _built_in() -> Vocabulary:
    return Vocabulary(languages())


@lru_cache(maxsize=16)
def _extended(extra: bytes) -> Vocabulary:
    return Vocabulary((*languages(), *brought(extra)))


def _merge(table: dict[str, tuple[_Entry, ...]], phrases: Iterable[str], entry: _Entry) -> None:
    """Add the phrases, except those that another language already has in the same section."""
    entries = (entry,)
    for phrase in phrases:
        known = table.setdefault(phrase, entries)
        if known is not entries and all(other[::2] != entry[::2] for other in known):
            table[phrase] = (*known, entry)
