"""The words of all languages that other stages ask for: months, kickers, agencies, roles, live blogs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

from declutter.vocabulary.files import Ago, Cues
from declutter.vocabulary.folding import without_accents
from declutter.vocabulary.phrases import Phrases


class WordLists:
    """Word lists, each from the files of all languages, made when first asked for. Immutable.

    If languages disagree on the number of a month's word, the first wins.
    """

    def __init__(self, cues: tuple[Cues, ...]) -> None:
        self._cues = cues
        self._name_words: dict[tuple[str, ...], frozenset[str]] = {}

    @cached_property
    def months(self) -> Mapping[str, int]:
        """Number, 1 to 12, of each folded month word.

        `. ` before a word: a month after a day's dot, whatever the word means elsewhere.
        """
        return _numbered(language.months for language in self._cues)

    @cached_property
    def solar_months(self) -> Mapping[str, int]:
        """The same for the Persian calendar."""
        return _numbered(language.solar_months for language in self._cues)

    @cached_property
    def am(self) -> frozenset[str]:
        """Folded words beside a 12-hour time before noon."""
        return frozenset(word for language in self._cues for word in language.am)

    @cached_property
    def pm(self) -> frozenset[str]:
        """Folded words beside a 12-hour time after noon."""
        return frozenset(word for language in self._cues for word in language.pm)

    @cached_property
    def ago(self) -> tuple[Ago, ...]:
        """Words for relative times, by language."""
        return tuple(language.ago for language in self._cues)

    @cached_property
    def kickers(self) -> Phrases:
        """Words before a flash's headline: `kickers.match(text)`, without the kicker's brackets.

        Also without their accents, since they are often in capitals.
        """
        words = {word for language in self._cues for word in language.flash.kicker}
        return Phrases(words | set(map(without_accents, words)))

    @cached_property
    def reports(self) -> Phrases:
        """Openings of news reports: `reports.search(text[:160])`."""
        return Phrases({word for language in self._cues for word in language.flash.report})

    @cached_property
    def agencies(self) -> Phrases:
        """News agencies and wires: `agencies.search(text)`."""
        return Phrases({word for language in self._cues for word in language.flash.agency})

    @cached_property
    def sentences(self) -> Phrases:
        """Words that begin ordinary sentences, but hardly ever a headline: `sentences.match(text)`."""
        return Phrases({word for language in self._cues for word in language.flash.sentence})

    def name_words(self, *kinds: str) -> frozenset[str]:
        """The single words of these kinds: role, organisation, team, joint, common, behind, dated, weekday,
        picture.
        """
        words = self._name_words.get(kinds)
        if words is None:
            listed = (getattr(language.name_words, kind) for language in self._cues for kind in kinds)
            words = self._name_words[kinds] = frozenset(word for words in listed for word in words)
        return words

    def by_words(self, language: str | None) -> frozenset[str]:
        """The words before an author's name that are read only on pages in this language, given as a BCP 47 tag."""
        code = (language or "").partition("-")[0]
        return self._by_words.get(code, frozenset())

    @cached_property
    def _by_words(self) -> Mapping[str, frozenset[str]]:
        return {cues.language: frozenset(cues.name_words.by) for cues in self._cues if cues.name_words.by}

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


def _numbered(languages: Iterable[Sequence[Sequence[str]]]) -> Mapping[str, int]:
    """The month of each word; the first language wins."""
    listed = [enumerate(months, start=1) for months in languages]
    return MappingProxyType({word: number for months in reversed(listed) for number, words in months for word in words})
