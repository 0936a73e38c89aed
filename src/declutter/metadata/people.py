"""Parse names of people: split lists of names, and remove roles, credentials, e-mail addresses and lead words."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final, NamedTuple

from declutter.metadata.han_names import HAN, han_people
from declutter.metadata.words import CREDENTIALS, GENERATIONS, NOBODY, PARTICLES
from declutter.vocabulary import Vocabulary, cached, vocabulary
from declutter.vocabulary.folding import fold

_MAX_NAME: Final = 60
_MAX_WORDS: Final = 6
_MIN_FULL, _MAX_FULL = 2, 4  # words of a full name
_MAX_INITIALS: Final = 3
_MAX_WEEKDAY: Final = 4  # includes its dot: `Jane Roe le ven.`
_MAX_LETTERS: Final = 6  # letters of credentials: FACLM, DACVB
_VOWEL: Final = frozenset("AEIOUY")
_MAX_POST: Final = 3  # words before a name: `our arts correspondent`
_ADDRESS: Final = re.compile(
    r"[(<\[]?[^\s(<\[]+@[^\s)>\]]+\.\w+[)>\]]?|https?://\S+|www\.\S+|\(\s*@\w+\s*\)|(?<!\w)@\w+"
)
_MARKUP: Final = re.compile(r"<[^>]{0,200}>")
_TAIL: Final = re.compile(r"\s+[-–—|·•⋅]\s.*|\s*[|｜].*|\s*\([^)]*\)\s*$|\s+//?\s.*", re.DOTALL)
_PLACES: Final = re.compile(
    r"\s(?:in|from)(?:\s[A-Z][\w-]+){1,3},?(?=\s(?:and|&)\s[A-Z][^\s,]*(?:\s[^\s,]+){1,3}\s(?:in|from)\s[A-Z])"
)
"""The place of a reporter before another one's: `Jane Roe in Oslo and Jan Nowak in Paris`."""
_PLACE: Final = re.compile(r"\s+(?:in|on|for|at|from|via)(?:\s.*|$)", re.DOTALL)
_COUNTED: Final = re.compile(
    r"(?<=\w)\s+(?:@(?:\s.*)?$|\d{1,2}\s[^\W\d_A-ZÀ-ÖØ-ÞΆ-ΫА-Я][^\W\d_]{1,11}\.?(?:\s[^\W\d_]{2,8})?$"
    r"|(?=[^\W\d_A-ZÀ-ÖØ-ÞΆ-ΫА-Я])\S{1,12}\s+\d.*)",
    re.DOTALL,
)
"""A number and a lower-case word after a name, or the other way round: `Jane Roe @ 10:12`, `Jane Roe 3 hours ago`, `Jan
Nowak czytano 102 razy`.
"""
_ROLE: Final = re.compile(r"\s?\(([^()]{1,40})\)")
_FIRM: Final = re.compile(
    r"(?:\b(?:ltd|llc|inc|gmbh|corp|co|s\.a|sp\. z o\.o|s\.r\.l|s\.p\.a|a\.s|oy|ab|bv|b\.v)\.?|有限公司|株式会社)$",
    re.IGNORECASE,
)
_FIRM_BREAK: Final = re.compile(r"\s*[;；、\n]\s*")
_COMMA: Final = re.compile(r"\s*[,，،]\s*")
CASELESS: Final = re.compile(r"[\u0590-\u06ff\u0900-\u0eff\u1000-\u109f\u10d0-\u10ff\u1780-\u17ff]")
"""Letters of scripts without capitals. Python takes those of Georgian for lower case."""
_DOMAIN: Final = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,3}", re.IGNORECASE)
_HANGUL_POST: Final = re.compile(r"(?<=[가-힣])\s?(?:선임|전문|인턴|수습)?(?:기자|특파원|논설위원|칼럼니스트)$")
_HANGUL_OUTLET: Final = re.compile(r"(?:신문|일보|뉴스|방송|편집부)$")
_MAX_FIELD: Final = 2000  # characters of an author field: some hundred names
_BAD: Final = re.compile(r"[{}<>=\[\]_$%#*]|\d{3,}|\.(?:com|net|org|author|name)\b|/")
_ARTICLES: Final = frozenset({"'t", "’t", "d'", "d’"})  # Dutch: `Jan van 't Hoff`
_WORD: Final = re.compile(r"[^\W\d_][\w'’.\-\u200c]*")  # Persian names hold zero-width non-joiners


class _Joints(NamedTuple):
    """Patterns for what joins names: between two names, after a name, before a name, in a list."""

    between: re.Pattern[str]
    behind: re.Pattern[str]
    before: re.Pattern[str]
    listed: re.Pattern[str]


@lru_cache(maxsize=16)
def _joints(known: Vocabulary) -> _Joints:
    # Lower case or all capitals only: a single capital is an initial.
    joints = sorted(known.name_words("joint"))
    words = "|".join(map(re.escape, [*joints, *(joint.upper() for joint in joints if len(joint) > 1)]))
    return _Joints(
        re.compile(rf"\s+(?:{words}|&|\+)\s+"),
        re.compile(rf" ?[,;&，、]| (?:{words}) "),
        re.compile(rf"(?:{words}|&)\s+"),
        re.compile(rf"[,;] ?(?:(?:{words}|&) )?| (?:{words}|&) "),
    )


def names(text: str) -> list[str]:
    """The names in an author field: `By Jane Roe, MD, and John Doe (jd@example.org)` gives Jane Roe and John Doe."""
    return list(_names(text[:_MAX_FIELD]))


@cached(maxsize=256)  # a page's fields and lines give the same author three times
def _names(text: str) -> tuple[str, ...]:
    text = _MARKUP.sub(" ", unescape(text)) if "<" in text or "&" in text else text
    if "@" in text or "://" in text or "www." in text:
        text = _ADDRESS.sub(" ", text)
    text = _without_post(_without_roles(without_lead(" ".join(text.split()))))
    found: list[str] = []
    for part in _FIRM_BREAK.split(text):
        found.extend(_people(_TAIL.sub("", part.strip()) or part.strip()))
    return tuple(dict.fromkeys(found))


def _without_roles(text: str) -> str:
    """Those who wrote it, if brackets say who made the pictures: `Jane Roe (text) and Jan Nowak (photos)`."""
    roles = list(_ROLE.finditer(text)) if "(" in text else []
    pictures = vocabulary().name_words("picture") if roles else frozenset()
    of_pictures = [not pictures.isdisjoint(fold(role[1]).split()) for role in roles]
    if not any(of_pictures):
        return text
    starts = [0, *(role.end() for role in roles)]
    kept = [text[start : role.start()] for start, role, out in zip(starts, roles, of_pictures, strict=False) if not out]
    return ", ".join(_without_joint(name.strip(" ,;/")) for name in [*kept, text[starts[-1] :]]).strip(" ,")


def _without_post(text: str) -> str:
    """`Jane Roe` of `our correspondent Jane Roe`, and of `unserer Korrespondentin Jane Roe`."""
    if not text[:1].islower():
        return text
    words = text.split(" ", _MAX_POST)
    for at, word in enumerate(words[:-1], start=1):
        if fold(word) in vocabulary().name_words("role") and words[at][:1].isupper():
            return " ".join(words[at:])
    return text


def _without_joint(text: str) -> str:
    """`Jane Roe` of `and Jane Roe`."""
    joint = _joints(vocabulary()).before.match(text)
    return text[joint.end() :] if joint else text


def without_lead(text: str) -> str:
    """The text after its `By`, `作者:`, `Von` …; unchanged if there is none."""
    for cue in vocabulary().find(text):
        if cue.section == "author" and cue.position == "lead":
            return cue.behind(text)
    return text


def without_tail(text: str) -> str:
    """The name without what follows it: `Jane Roe in Science`, `Jane Roe Senior Editor`, `Jane Roe View`."""
    text = _PLACE.sub("", _PLACES.sub("", _COUNTED.sub("", text))).rstrip(",")
    words = text.split()
    if (
        len(words) > _MIN_FULL
        and words[-2] in vocabulary().name_words("dated")
        and len(words[-1]) <= _MAX_WEEKDAY
        and (words[-1].islower() or words[-2] not in PARTICLES)
    ):
        words = words[:-2]
        text = " ".join(words)
    ends = vocabulary().name_words("role", "behind")
    while words and words[-1][0].islower() and fold(words[-1]) in vocabulary().name_words("dated"):
        words.pop()
        text = " ".join(words).rstrip(",")
    for at, word in enumerate(words[2:], start=2):
        low = fold(word.strip(".,:"))
        is_shouted = word.isupper() and len(word) > _MAX_INITIALS and not words[0].isupper()
        if low in ends or is_shouted:
            joined = at > _MIN_FULL and fold(words[at - 1]) in vocabulary().name_words("joint")  # `… and agencies`
            end = at - joined
            return " ".join(words[:end]) if not words[end - 1].endswith((",", "&")) else text
    return text


def without_weekday(text: str) -> str:
    """The text before a date without the weekday that belongs to the date: `Par Jeanne Roux mardi,`.

    Some weekdays are surnames too: a capital, or a day that only one word precedes, may be a name.
    """
    before, _, day = text.rstrip(" ,").rpartition(" ")
    if fold(day) not in vocabulary().name_words("weekday"):
        return text
    return before if before.count(" ") >= (1 if day[0].islower() else 2) else text


def is_of_pictures(text: str) -> bool:
    """Whether the line names who made the pictures: `Jan Nowak, fotoreporter`, `Photographer Jane Roe`."""
    words = {fold(word.strip(".,:()")) for word in text.split()}
    return len(words) > 1 and not words.isdisjoint(vocabulary().name_words("picture"))


def is_team(text: str) -> bool:
    """Whether the line names a desk or team, not a person."""
    return fold(text.rpartition(" ")[2]) in vocabulary().name_words("team") or fold(text.partition(" ")[0]) == "team"


def goes_on(text: str) -> bool:
    """Whether the text after a name leads to another name, as a comma or `and` does."""
    return _joints(vocabulary()).behind.match(text) is not None


def listed_names(text: str) -> list[str]:
    """The names in a line that consists of several names; [] for any other line."""
    parts = _joints(vocabulary()).listed.split(text)
    parts = [without_credentials(part.strip()) for part in parts if not _is_credential(part)]
    return parts if all(is_plain_name(part) for part in parts) else []


def without_credentials(name: str) -> str:
    """The name without the credentials after it; `Jr.` and `III` belong to it."""
    words = name.split()
    while len(words) > 2 and _is_letters(words[-1], name) and fold(words[-1].strip(".")) not in GENERATIONS:  # noqa: PLR2004 - a name has two words
        words.pop()
    return " ".join(words)


def reversed_name(text: str) -> str:
    """Turn `Doe, John`, the order of library catalogues, into `John Doe`."""
    parts = _COMMA.split(text)
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 and all(parts) else text  # noqa: PLR2004 - surname, given name


def is_plain_name(text: str) -> bool:
    """Whether the whole line reads as a person's name: two to four capitalised words, none of them a common word."""
    words = text.split()
    if not _MIN_FULL <= len(words) <= _MAX_FULL or len(text) > _MAX_NAME:
        return False
    if _BAD.search(text) or HAN.search(text) or any(char in ",:;!?&" or char.isdigit() for char in text):
        return False
    others = vocabulary().name_words("common", "role", "organisation")
    for number, word in enumerate(words):
        low = fold(word.strip("."))
        if low in others:
            return False
        if low in _ARTICLES:
            continue
        bare = word.strip("()")
        if not _WORD.fullmatch(bare) or not (bare[0].isupper() or low in PARTICLES):
            return False
        if number and low in vocabulary().months:  # April, Marta and June are first names, but months in some language
            return False
    return not text.isupper() or len(words) == _MIN_FULL  # a longer line in capitals is more likely a heading


def is_short_name(text: str) -> bool:
    """Whether a short line may be the name of a person or team, or a login name."""
    words = text.split()
    if not 0 < len(words) <= _MAX_FULL or len(text) > _MAX_NAME:
        return False
    if _BAD.search(text) or HAN.search(text) or _DOMAIN.fullmatch(text) or any(char in ",:;!?()" for char in text):
        return False
    if any(word.isdigit() for word in words):
        return False
    lower = {fold(word.strip(".")) for word in words} - {"the", "a"}
    if not lower.isdisjoint(vocabulary().name_words("common")) or not lower.isdisjoint(vocabulary().months):
        return False
    if any(cue.section != "author" for cue in vocabulary().find(text)):
        return False
    return any(char.isalpha() for char in text)


def _people(text: str) -> list[str]:
    """The names in a text without unambiguous separators."""
    if HAN.search(text):
        return han_people(text)
    first, *others = _COMMA.split(text)
    found = _joined(first)
    for other in others:
        joint = _without_joint(other)
        if _is_credential(other):
            continue
        if ":" in other and vocabulary().find(other):  # `Jane Roe, photos: Jan Nowak`
            break
        pair = _joined(joint)
        if (pair and all(_is_person(name) for name in pair)) or (joint != other and pair):
            found.extend(pair)
        else:
            break
    return found


def _joined(text: str) -> list[str]:
    """Split `A B and C D` into two names, but keep `Morgan & Morgan` as one."""
    parts = [part for part in _joints(vocabulary()).between.split(text) if part and not _is_credential(part)]
    if len(parts) > 1 and len(parts[-1].split()) > 1:
        if _words(parts[-1]).isdisjoint(vocabulary().name_words("organisation")):
            return [name for part in parts if (name := _clean(part))]
        if all(_is_person(part) for part in parts[:-1]):  # `Jane Roe and News Desk`
            return parts[:-1]
    name = _clean(parts[0] if len(parts) == 1 else text)
    return [name] if name else []


def _clean(text: str) -> str | None:
    """The name without credentials; None if it is not a name."""
    name = without_credentials(_HANGUL_POST.sub("", text.strip(" ,.:;-–—|/·•\"'“”")))
    if f"{name}." in text and fold(name[-3:]) in {" jr", " sr"}:
        name += "."
    if not name or len(name) > _MAX_NAME or name.count(" ") >= _MAX_WORDS or name.lower() in NOBODY:
        return None
    if (
        name.isdigit()
        or (" " in name and _FIRM.search(name))
        or _DOMAIN.fullmatch(name)
        or _HANGUL_OUTLET.search(name)
        or any(char in "{}<>=[]$%" for char in name)
        or (name.count(".") > 2 and " " not in name)  # noqa: PLR2004 - a host has as many
    ):
        return None
    return name


def _is_person(name: str) -> bool:
    words = name.split()
    if not _MIN_FULL <= len(words) <= _MAX_FULL + 1 or name.isupper() or _begins_low(name):
        return False
    if not _words(name).isdisjoint(vocabulary().name_words("role", "organisation")):
        return False
    return all(word[0].isupper() or word.lower() in PARTICLES or not _begins_low(word) for word in words)


def _begins_low(word: str) -> bool:
    return word[0].islower() and not CASELESS.match(word)


def _is_credential(text: str) -> bool:
    bare = text.replace(".", "").strip("() ")
    if all(word in CREDENTIALS or word.isdigit() for word in bare.lower().split()):
        return True
    return bare.isupper() and bare.isalpha() and 1 < len(bare) <= _MAX_LETTERS


def _is_letters(word: str, name: str) -> bool:
    """Whether the last word of a name is a credential. Surnames are written in capitals too: `Marie Claire BOYER`."""
    if word.isupper() and (name.isupper() or not _VOWEL.isdisjoint(word)):
        return fold(word.replace(".", "").strip("()")) in CREDENTIALS
    return _is_credential(word)


def _words(text: str) -> set[str]:
    return set(fold(text).split())
