"""Which cues hold for a block's text: hashed lookups first, so that the blocks that match nothing cost nearly nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from declutter.vocabulary.files import SECTIONS, Cues, Section, check, languages
from declutter.vocabulary.folding import UNSPACED, fold, spellings
from declutter.vocabulary.phrases import Phrases

_MAX_LABEL = 64  # characters; the longest phrase of the files has under 50
_MAX_HELD = 240  # characters of a block that `holds` speaks for: beyond, phrases are mentioned rather than meant
_MAX_LEAD = 400  # characters of a block whose lead has no colon: sign-up and rights paragraphs end below it
_MAX_NAME = 90  # characters of a byline; cast and role lines stay below
_KEY = 4  # characters of a lead that are hashed; 2 for shorter leads

_OPENING = " \t\n\r•·▪●■◆▶►▸➤→»›>|*#-–—_~=+✦★☆※◎○□▼▲↓◤◥【[(（「『〖〔<《👉📌🔥📢⬇🔔📩💬📰🔗✅⚡🚨"  # noqa: RUF001 - as pages write them
_CLOSING = _OPENING + ":：.,…!！?？。】])）」』〗〕>》«‹<←↗⇒0123456789٠١٢٣٤٥٦٧٨٩०१२३४५६७८९/\"'"  # noqa: RUF001 - as above
_OPENERS = frozenset(_OPENING)
_COLON = re.compile(r"\s?[:：|｜»›>→▶►】\])）」』〗〕](?!//)|\s[-–—]\s")  # noqa: RUF001 - as above
_DATE = re.compile(r"\W{0,3}(?:[^\W\d]+\W{1,2}){0,2}\d")
_SENTENCE_END = tuple(".!?。！？…;,")  # noqa: RUF001 - as above


class Cue(NamedTuple):
    """A phrase that a block holds, and what it speaks for.

    section: related, tags, promo, comment, chrome, meta, author, source, editor, published or updated.
    position: label, lead or holds. phrase: as folded for comparison. language: BCP 47, of the first file that has it.
    """

    section: str
    position: str
    phrase: str
    language: str


class _Lead(NamedTuple):
    phrase: str
    follows: str
    cue: Cue


class Vocabulary:
    """Immutable: the cue words of all languages, found in a block's text.

    months: folded month word to 1 … 12, every language's forms; where languages disagree on a word, the first wins.
    am, pm: folded words beside a 12-hour time.
    kickers: words before a brief's headline; `kickers.match(text)` after its brackets are off.
    reports: openings of news reports; `reports.search(text[:160])`.
    agencies: news agencies; `agencies.search(text)`.
    """

    __slots__ = ("_holds", "_holds_cues", "_keys", "_labels", "_leads", "agencies", "am", "kickers", "months", "pm",
                 "reports")

    def __init__(self, cues: tuple[Cues, ...]) -> None:
        self._labels: dict[str, tuple[Cue, ...]] = {}
        self._leads: dict[str, list[_Lead]] = {}
        self._holds_cues: dict[str, tuple[Cue, ...]] = {}
        for language in cues:
            for section in SECTIONS:
                self._add(section, getattr(language, section), language.language)
        for leads in self._leads.values():
            leads.sort(key=lambda lead: -len(lead.phrase))
        self._keys = self._leads.keys()
        self._holds = Phrases(self._holds_cues)
        self.kickers = Phrases(word for language in cues for word in language.flash.kicker)
        self.reports = Phrases(word for language in cues for word in language.flash.report)
        self.agencies = Phrases(word for language in cues for word in language.flash.agency)
        self.months: Mapping[str, int] = MappingProxyType(_months(cues))
        self.am = frozenset(form for language in cues for word in language.am for form in spellings(word))
        self.pm = frozenset(form for language in cues for word in language.pm for form in spellings(word))

    def find(self, text: str) -> tuple[Cue, ...]:
        """The cues that hold for this block text: labels, then leads from the longest, then phrases it holds."""
        key = text[:_KEY].casefold()
        if len(text) > _MAX_HELD and key not in self._keys and key[:2] not in self._keys:
            return () if len(key) == _KEY and text[0] not in _OPENERS else tuple(self._leading(text))
        return self._found(text)

    def _found(self, text: str) -> tuple[Cue, ...]:
        folded = fold(text[: _MAX_HELD + 1])
        label = self._labels.get(folded.strip(_CLOSING), ()) if len(text) <= _MAX_LABEL else ()
        start = folded.lstrip(_OPENING) if folded[:1] in _OPENERS else folded
        leads = ()
        if not label and (start[:_KEY] in self._keys or start[:2] in self._keys):
            leads = tuple(self._leading(text))
        held = self._holds.candidates(folded) if len(text) <= _MAX_HELD else ()
        if not held:
            return label + leads
        return label + leads + tuple(
            cue for found in self._holds.within(folded) for cue in self._holds_cues[found.phrase]
        )

    def _leading(self, text: str) -> Iterator[Cue]:
        """Cues of the phrases that the text begins with, the longest of each section."""
        written = text.lstrip(_OPENING)
        folded = fold(written[: 2 * _MAX_LABEL])
        seen = set()
        for lead in (*self._leads.get(folded[:_KEY], ()), *self._leads.get(folded[:2], ())):
            if folded.startswith(lead.phrase) and lead.cue.section not in seen:
                rest = written[len(lead.phrase) :]
                if not _glued(lead.phrase[-1], rest[:1]) and self._follows(lead.follows, rest):
                    seen.add(lead.cue.section)
                    yield lead.cue

    def _follows(self, what: str, rest: str) -> bool:
        """Whether the text behind a lead is what the lead needs to mean what it says."""
        if what == "colon":
            return _COLON.match(rest) is not None
        if what == "text":
            return len(rest) <= _MAX_LEAD
        if len(rest) > _MAX_NAME or rest.endswith(_SENTENCE_END):
            return False
        if what == "date":
            return _DATE.match(rest) is not None
        name = rest.lstrip(" :：@")  # noqa: RUF001 - full-width colon
        first = fold(name.split(" ", 1)[0].strip(",."))
        return name[:1].isalpha() and not name[0].islower() and first not in self.months

    def _add(self, section: str, phrases: Section, language: str) -> None:
        for phrase in phrases.label:
            for form in spellings(phrase):
                _append(self._labels, form.strip(_CLOSING), Cue(section, "label", form, language))
        for phrase in phrases.lead:
            for form in spellings(phrase):
                bare = form.rstrip(" :")
                follows = _NEEDS.get(section, "text") if bare == form else "colon"
                self._lead(_Lead(bare, follows, Cue(section, "lead", form, language)))
                _append(self._labels, bare.strip(_CLOSING), Cue(section, "label", form, language))
        for phrase in phrases.holds:
            for form in spellings(phrase):
                _append(self._holds_cues, form, Cue(section, "holds", form, language))

    def _lead(self, lead: _Lead) -> None:
        size = _KEY if len(lead.phrase) >= _KEY else 2
        leads = self._leads.setdefault(lead.phrase[:size], [])
        leads.append(lead)


# What must follow a lead without a colon, where the word alone is also an ordinary opening.
_NEEDS = {"author": "name", "editor": "name", "source": "name", "published": "date", "updated": "date"}


def vocabulary(extra: tuple[Mapping[str, object], ...] = ()) -> Vocabulary:
    """The built-in vocabulary, with cues that the caller brings in the same form; RulesError for a malformed one."""
    return _extended(msgspec.json.encode(extra)) if extra else _built_in()


@cache
def _built_in() -> Vocabulary:
    return Vocabulary(languages())


@lru_cache(maxsize=16)
def _extended(extra: bytes) -> Vocabulary:
    brought = [check(content, f"cues {number}") for number, content in enumerate(msgspec.json.decode(extra), start=1)]
    return Vocabulary((*languages(), *brought))


def _append(table: dict[str, tuple[Cue, ...]], form: str, cue: Cue) -> None:
    """Add a cue unless another language brought the same one."""
    known = table.get(form, ())
    if not any(other.section == cue.section for other in known):
        table[form] = (*known, cue)


def _glued(last: str, following: str) -> bool:
    """Whether the phrase ends inside a word."""
    return following.isalnum() and last.isalnum() and UNSPACED.match(last) is None


def _months(cues: tuple[Cues, ...]) -> dict[str, int]:
    months: dict[str, int] = {}
    for language in cues:
        for number, words in enumerate(language.months, start=1):
            for word in words:
                for form in spellings(word):
                    months.setdefault(form, number)
    return months
