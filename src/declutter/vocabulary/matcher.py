"""Finds the cues in a block's text, by hash look-ups first, so that blocks without cues cost almost nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from declutter.vocabulary.beginnings import CLOSING, KEY, MAX_LABEL, OPENING, STARTERS, Beginnings, Openings
from declutter.vocabulary.files import SECTIONS, Cues, Section, without_accents
from declutter.vocabulary.folding import fold
from declutter.vocabulary.folding import without_accents as bare
from declutter.vocabulary.phrases import Phrases, glued
from declutter.vocabulary.word_lists import WordLists

_MAX_LABELS: Final = 8192  # size of the cache of short texts' cues
_MAX_HEAD: Final = 80  # characters within which a lead and what must follow it are searched
_COUNTERS: Final = frozenset("件条條개건")
"""Words behind the number of comments: `评论38条`, `댓글 17개`."""
_MAX_HELD: Final = 240  # characters of a block for `holds`: longer ones contain such a phrase without being about it
_MAX_LEAD: Final = 400  # characters of a block with a lead without colon
_MAX_NAME: Final = 90  # characters of a byline, including role and place

_COLON: Final = re.compile(r"\s?[:：՝|｜»›>→▶►】\])）」』〗〕](?!//)|\s[-–—]\s|[-–—]{2}")
_BEHIND_LEAD: Final = " :：՝=＝|｜丨/／-–—"
_DATE: Final = re.compile(r"\W{0,3}(?:[^\W\d]+\W{1,2}){0,2}\d")
_SENTENCE_END: Final = tuple(".!?。！？…;,؟،।")

# What must follow a lead without a colon if the word alone is also an ordinary beginning of a sentence.
_FOLLOWS: Final = {
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

    def behind(self, text: str) -> str:
        """What follows this lead in the text it was found in: the name of `» By: Jane Roe`."""
        return text.lstrip(OPENING)[len(self.phrase.rstrip(" :")) :].lstrip(_BEHIND_LEAD).rstrip()


class _Entry(NamedTuple):
    section: str
    language: str
    follows: str = ""


class Vocabulary(WordLists):
    """The cue words of all languages, with matching, and their other word lists. Immutable."""

    def __init__(self, cues: tuple[Cues, ...]) -> None:
        super().__init__(cues)
        self._labels: dict[str, tuple[_Entry, ...]] = {}
        self._leads: dict[str, tuple[_Entry, ...]] = {}
        self._held: dict[str, tuple[_Entry, ...]] = {}
        for language in cues:
            for name in SECTIONS:
                self._add(name, getattr(language, name), language.language)
        self._begins = Beginnings(self._labels, self._leads)
        self._openings = Openings(self._leads)
        self._holds = Phrases(self._held)
        # The answers for short texts. The cache belongs to the instance, because in a global one those for callers'
        # cues, which may differ from page to page, would accumulate.
        self._known: dict[str, tuple[Cue, ...]] = {}

    def find(self, text: str) -> tuple[Cue, ...]:
        """The cues of a block's text: labels, then leads from the longest, then phrases it contains."""
        if len(text) > MAX_LABEL:
            return self._find_anew(text)
        known = self._known.get(text)
        if known is None:  # several stages look up the same labels, and a site's pages share them
            if len(self._known) >= _MAX_LABELS:
                self._known.clear()  # an order of use would take longer to keep than it saves
            known = self._known[text] = self._find_anew(text)
        return known

    def says(self, text: str, section: str, position: str | None = None) -> bool:
        """Whether a text has a cue of this section, in this position if one is given."""
        return any(cue.section == section and position in (None, cue.position) for cue in self.find(text))

    def _find_anew(self, text: str) -> tuple[Cue, ...]:
        """As `find`, without the cache."""
        if len(text) <= self._begins[text[:KEY]]:
            found = self._found(text)
        elif len(text) > _MAX_HELD or self._holds.absent(text):
            found = ()
        else:
            found = tuple(self._holding(text))
        if found or not text[:8].isupper():
            return found
        return self._without_accents._found(bare(text))  # noqa: SLF001 - another value of this class

    @cached_property
    def _without_accents(self) -> Vocabulary:
        return Vocabulary(without_accents(self._cues))

    def _found(self, text: str) -> tuple[Cue, ...]:
        written = text.lstrip(OPENING) if text[:1] in STARTERS else text
        folded = fold(written[:_MAX_HEAD])
        cues: list[Cue] = []
        if len(text) <= MAX_LABEL and (entries := self._labels.get(label := _label_in(folded))):
            cues = [Cue(entry.section, "label", label, entry.language) for entry in entries]
        elif folded.startswith(self._openings[folded[:KEY]]):  # a lead, perhaps ending inside a word
            cues += self._leading(written, folded)
        if len(text) <= _MAX_HELD and not self._holds.absent(text):
            cues += self._holding(text)
        return tuple(cues)

    def _leading(self, written: str, folded: str) -> Iterator[Cue]:
        """Cues for the phrases that the text begins with, the longest of each section."""
        seen = set()
        for phrase in self._openings[folded[:KEY]]:
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
        name = rest.lstrip(" :：՝@/／|｜")
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
        labels = [label.strip(CLOSING) for label in (*section.label, *plain, *colon)]
        labels = [label for label in labels if label]  # the empty label would match every line of marks
        _merge(self._labels, labels, _Entry(name, language))
        _merge(self._leads, plain, _Entry(name, language, _FOLLOWS.get(name, "text")))
        _merge(self._leads, colon, _Entry(name, language, "colon"))
        _merge(self._held, section.holds, _Entry(name, language))


def _label_in(folded: str) -> str:
    """The text without the marks and digits around it, and without a counter behind digits."""
    label = folded.strip(CLOSING)
    return label[:-1].strip(CLOSING) if label[-1:] in _COUNTERS and label[-2:-1].isdecimal() else label


def _merge(table: dict[str, tuple[_Entry, ...]], phrases: Iterable[str], entry: _Entry) -> None:
    """Add the phrases, except those that another language already has in the same section."""
    entries = (entry,)
    for phrase in phrases:
        known = table.setdefault(phrase, entries)
        if known is not entries and all(other[::2] != entry[::2] for other in known):
            table[phrase] = (*known, entry)
