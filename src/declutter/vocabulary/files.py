"""The format of cue files, and their reading and validation."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

import msgspec

from declutter.errors import RulesError
from declutter.vocabulary.folding import fold
from declutter.vocabulary.folding import without_accents as bare

_T = TypeVar("_T")
_FOLDER = Path(__file__).parent
_LESSER = "bylines"
_NOT_A_LANGUAGE = {"classes", _LESSER}
_MONTHS = 12
MAX_BYTES = 8_000_000
"""Of a caller's file; all of the built-in ones together have a tenth of it."""
MAX_WILDCARDS = 3
"""Of one phrase, of a caller's or built in. Each lets a search take forty times as long: with six it is a minute."""


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phrases of one section by their place in a block.

    label: the whole block is the phrase. lead: the block begins with it and goes on; a lead that ends in a colon
    must be followed by one. holds: the phrase stands anywhere in a short block.
    """

    label: tuple[str, ...] = ()
    lead: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()


class FlashWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What marks a news brief.

    kicker: words before its headline. report: openings of news reports; `*` stands for a few words, `#` for a date.
    agency: news agencies and wires, as the language spells them. sentence: words that begin ordinary sentences and
    hardly a headline.
    """

    kicker: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    agency: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()


class Ago(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language says how long ago something was: `2 days ago`, `il y a 2 jours`, `2天前`.

    before, after: what stands before the number, or behind the unit; one of them has to stand there. minute to month:
    the forms of the units. today, yesterday: the words beside a time of day.
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
    """Single words that tell what in a line is a name.

    role: posts and professions. organisation: what names of organisations hold. team: ends of a desk's name. joint:
    what joins two names. common: what no name holds. behind: what stands behind a name on its line and is not of it.
    dated: what stands between a name and a date.
    """

    role: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    dated: tuple[str, ...] = ()


class PageWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What links to an article's next and previous page say, and titles of live blogs."""

    next: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    live: tuple[str, ...] = ()


class Cues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One language's cue words: a file, or what a caller brings.

    language: BCP 47 tag. name: the language's English name. months: twelve lists, each with all forms of one month.
    solar_months: the same of the Persian calendar.
    am, pm: words beside a 12-hour time. ago: relative times. name_words: what is a name and what not. page_words: of an
    article's pages. For the sections see README.md.
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


SECTIONS = (
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
POSITIONS = ("label", "lead", "holds")


def read_cues(path: str | Path) -> Mapping[str, object]:
    """The cues of a caller's JSON file, checked; RulesError names the file and the place that is wrong."""
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
    """Cues from a decoded mapping; RulesError names the subject, the key and what is wrong with it."""
    try:
        cues = msgspec.convert(content, Cues)
    except msgspec.ValidationError as error:
        raise RulesError(f"is not a set of cues: {error}", subject=subject) from error
    _refuse(cues, subject)
    return cues


@cache
def languages() -> tuple[Cues, ...]:
    """All built-in languages. English comes first: a word that languages share is mostly borrowed from it.

    Those of which only bylines and dates are known come last.
    """
    paths = [path for path in _FOLDER.glob("*.json") if path.stem not in _NOT_A_LANGUAGE]
    paths = sorted(paths, key=lambda path: (path.stem != "en", path.stem))
    found = [_decoded(path, Cues) for path in paths]
    return (*found, *_decoded(_FOLDER / f"{_LESSER}.json", tuple[Cues, ...]))


def _decoded(path: Path, form: type[_T]) -> _T:
    try:
        return msgspec.json.decode(path.read_bytes(), type=form)
    except msgspec.DecodeError as error:
        raise RulesError(f"is not a set of cues: {error}", subject=str(path)) from error


def brought(extra: bytes) -> tuple[Cues, ...]:
    """What a caller brings, a JSON list of mappings, checked and folded (the built-in files are folded as written)."""
    contents = msgspec.json.decode(extra)
    for number, content in enumerate(contents, start=1):
        check(content, f"cues {number}")
    return msgspec.json.decode(fold(extra.decode()), type=tuple[Cues, ...])


def without_accents(cues: tuple[Cues, ...]) -> tuple[Cues, ...]:
    """The languages that capitals without accents spell otherwise, so spelt; the rest are found as they are."""
    written = [msgspec.json.encode(language).decode() for language in cues]
    spelt = [(text, bare(text)) for text in written]
    return tuple(msgspec.json.decode(after, type=Cues) for before, after in spelt if after != before)


def _refuse(cues: Cues, subject: str) -> None:
    """RulesError for what the types allow and no cue can be: empty phrases, many wildcards, a year of other months."""
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
