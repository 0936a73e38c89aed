"""The format of cue files, their parsing and validation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final, TypeVar

import msgspec

from declutter.errors import RulesError
from declutter.vocabulary.folding import fold
from declutter.vocabulary.folding import without_accents as bare

_T = TypeVar("_T")
_FOLDER: Final = Path(__file__).parent
_LESSER: Final = "bylines"
_NOT_A_LANGUAGE: Final = {"classes", _LESSER}
_MONTHS: Final = 12
MAX_BYTES: Final = 8_000_000
"""Limit on a caller's file. The built-in files together have a tenth of it."""
MAX_WILDCARDS: Final = 3
"""Limit per phrase, for built-in and callers' phrases. Each wildcard makes a search about forty times slower."""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The phrases of a section, by their position in a block.

    label: the whole block is the phrase. lead: the block begins with it and continues; a lead that ends in a colon
    must be followed by one. holds: the phrase is anywhere in a short block.
    """

    label: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


class FlashWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words that mark a flash.

    kicker: words before its headline. report: openings of news reports; `*` matches a few words, `#` a date.
    agency: news agencies and wires, as the language spells them. sentence: words that begin ordinary sentences, but
    hardly ever a headline.
    """

    kicker: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()


class Ago(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A language's words for relative times: `2 days ago`, `il y a 2 jours`, `2天前`.

    before, after: words before the number or after the unit, at least one of which is required. minute to month:
    forms of the units. today, yesterday: the words beside a time of day.
    """

    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    minute: tuple[str, ...] = ()
    hour: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    week: tuple[str, ...] = ()
    month: tuple[str, ...] = ()
    today: tuple[str, ...] = ()
    yesterday: tuple[str, ...] = ()


class NameWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Single words that show which part of a line is a name.

    role: posts and professions. organisation: words in names of organisations. team: endings of a desk's name. joint:
    words that join two names. common: words that no name contains. behind: words after a name on its line that are not
    part of it. dated: words between a name and a date. weekday: names of the days, which stand beside a date.
    picture: posts of those who took or drew the pictures, and words for their work. by: words before the name of an
    author, read on pages in this language only, because they are names or other words elsewhere.
    """

    role: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()
    weekday: tuple[str, ...] = ()
    picture: tuple[str, ...] = ()
    by: tuple[str, ...] = ()


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Texts of links to an article's next and previous page, and titles of live blogs."""

    next: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    live: tuple[str, ...] = ()


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The cue words of one language, from a built-in file or the caller.

    language: BCP 47 tag. name: the language's English name. months: twelve lists, each with all forms of one month.
    solar_months: the same for the Persian calendar.
    am, pm: words beside a 12-hour time. ago: relative times. name_words: words in or around names. page_words: for
    links between an article's pages. README.md explains the sections.
    """

    language: str = "und"
    name: str = ""
    related: Section = Section()
    tags: Section = Section()
    promo: Section = Section()
    comment: Section = Section()
    chrome: Section = Section()
    meta: Section = Section()
    author: Section = Section()
    credit: Section = Section()
    source: Section = Section()
    editor: Section = Section()
    published: Section = Section()
    updated: Section = Section()
    flash: FlashWords = FlashWords()
    months: tuple[tuple[str, ...], ...] = ()
    solar_months: tuple[tuple[str, ...], ...] = ()
    am: tuple[str, ...] = ()
    pm: tuple[str, ...] = ()
    ago: Ago = Ago()
    name_words: NameWords = NameWords()
    page_words: PageWords = PageWords()


_LANGUAGE: Final = msgspec.json.Decoder(Cues)
_LANGUAGES: Final = msgspec.json.Decoder(tuple[Cues, ...])

SECTIONS: Final = (
    "related",
    "tags",
    "promo",
    "comment",
    "chrome",
    "meta",
    "author",
    "credit",
    "source",
    "editor",
    "published",
    "updated",
)
POSITIONS: Final = ("label", "lead", "holds")


def read_cues(path: str | Path) -> Mapping[str, object]:
    """Read and validate a caller's JSON file. Raises RulesError that names the file and the invalid place."""
    try:
        with Path(path).open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise RulesError(f"a cues file may have at most {MAX_BYTES:,} bytes", subject=str(path))
        content = msgspec.json.decode(data)
    except OSError as error:
        raise RulesError(f"cannot be read: {error.strerror}", subject=str(path)) from error
    except msgspec.DecodeError as error:
        raise RulesError(f"is not JSON: {error}", subject=str(path)) from error
    except RecursionError as error:
        raise RulesError("is nested too deeply", subject=str(path)) from error
    check(content, str(path))
    assert isinstance(content, dict)
    return content


def check(content: object, subject: str) -> Cues:
    """Validate a decoded mapping. Raises RulesError that names the subject, the key and the problem."""
    try:
        cues = msgspec.convert(content, Cues)
    except msgspec.ValidationError as error:
        raise RulesError(f"not a set of cues: {error}", subject=subject) from error
    _refuse(cues, subject)
    return cues


@cache
def languages() -> tuple[Cues, ...]:
    """All built-in languages. English comes first: a word that several languages share is mostly an English loan.

    Languages with only bylines and dates come last.
    """
    paths = [path for path in _FOLDER.glob("*.json") if path.stem not in _NOT_A_LANGUAGE]
    paths = sorted(paths, key=lambda path: (path.stem != "en", path.stem))
    found = [_decoded(path, _LANGUAGE) for path in paths]
    return (*found, *_decoded(_FOLDER / f"{_LESSER}.json", _LANGUAGES))


def _decoded(path: Path, decoder: msgspec.json.Decoder[_T]) -> _T:
    try:
        return decoder.decode(path.read_bytes())
    except msgspec.DecodeError as error:
        raise RulesError(f"not a set of cues: {error}", subject=str(path)) from error


def brought(extra: bytes) -> tuple[Cues, ...]:
    """The caller's cues, a JSON list of mappings, validated and folded (the built-in files are stored folded)."""
    contents = msgspec.json.decode(extra)
    for number, content in enumerate(contents, start=1):
        check(content, f"cues {number}")
    return _LANGUAGES.decode(fold(extra.decode()))


def without_accents(cues: tuple[Cues, ...]) -> tuple[Cues, ...]:
    """The languages that change when accents are dropped, as capitals often do, in that spelling."""
    written = [msgspec.json.encode(language).decode() for language in cues]
    spelt = [(text, bare(text)) for text in written]
    return tuple(_LANGUAGE.decode(after) for before, after in spelt if after != before)


def _refuse(cues: Cues, subject: str) -> None:
    """RulesError for cues that are invalid despite their types: empty phrases, many wildcards, not twelve months."""
    for name, months in (("months", cues.months), ("solar_months", cues.solar_months)):
        if len(months) not in {0, _MONTHS}:
            raise RulesError(f"`{name}` has {len(months)} lists, not twelve", subject=subject)
    for section in SECTIONS:
        for position in POSITIONS:
            phrases: tuple[str, ...] = getattr(getattr(cues, section), position)
            if not all(phrase.strip(" :") for phrase in phrases):
                raise RulesError(f"`{section}.{position}` holds an empty phrase", subject=subject)
            _refuse_wild(f"{section}.{position}", phrases, subject)
    for kind in ("kicker", "report", "agency", "sentence"):
        phrases = getattr(cues.flash, kind)
        if not all(phrase.strip(" *#") for phrase in phrases):
            raise RulesError(f"`flash.{kind}` holds an empty phrase", subject=subject)
        _refuse_wild(f"flash.{kind}", phrases, subject)


def _refuse_wild(place: str, phrases: tuple[str, ...], subject: str) -> None:
    for phrase in phrases:
        if phrase.count("*") + phrase.count("#") > MAX_WILDCARDS:
            raise RulesError(f"`{place}`: {phrase[:80]!r} has more than {MAX_WILDCARDS} of * and #", subject=subject)
