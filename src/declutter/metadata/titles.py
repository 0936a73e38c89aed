"""The article's title: chosen from the declared and the shown ones, then stripped of the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from declutter.dates import find_dates
from declutter.hosts import host_of
from declutter.metadata.candidates import Candidate
from declutter.metadata.stopwords import WORD_LANGUAGES
from declutter.vocabulary import key_of
from declutter.vocabulary.folding import without_accents
from declutter.wide import CJK

# The first letter is tested before the alternatives, each of which takes as long.
_BREAK: Final = re.compile(
    r"(?=[\s|｜:»«_\-–—])(?:\s+[|｜\-–—−·•»«:~/]{1,2}\s+|\s*[|｜]\s*|\s*::\s+|\s*[»«]\s+|(?<=[^\x00-\x7f])[_\-–—](?=\S))"
)
_BAR: Final = re.compile(r"\s*[|｜»«]\s*|\s+[·•]\s+")
_PIPE: Final = re.compile(r"\s*[|｜]\s*")
_TOKEN_AFTER: Final = re.compile(r"(?<=[^\x00-\x7f])_[^\s_]{1,24}$|(?<=\S)_(?=[^\s_]*[A-Z\u3400-\u9fff])[^\s_]{1,24}$")
_TOKEN_BEFORE: Final = re.compile(r"[A-Z][A-Za-z0-9]{1,9}[:：](?=\S)")
_WORD: Final = re.compile(r"[^\W_]+")
_MIN_KEY: Final = 3
_MAX_WIDE_SITE: Final = 8
_MIN_WIDE_TITLE: Final = 8
_MAX_SITE_WORDS: Final = 4
_MAX_NAME_WORDS: Final = 5
_MIN_OVERLAP: Final = 0.3
"""Minimum share of common words between a heading and a declared title. On the development set, headings with the
site's name share no words with the title, and reworded headlines at least a third.
"""
_LATER: Final = 0.3
"""How much more a later heading has to agree, because teasers below the headline have headings on the same subject."""
_LONG_HEADING: Final = 4
_SHORT_HEADING: Final = 2
_MAX_HEADING: Final = 250
_MIN_PART: Final = 0.3
_MAX_TITLE: Final = 2000  # characters; longer texts are not titles, and splitting them is expensive
_MAX_STATED: Final = 50
_MIN_BEGINNING: Final = 8
_MOST: Final = 0.6
"""Minimum share of a site's name in a short form: `Example Internet Marketing` for the agency of that name."""
_SITE_WORDS: Final = ("blog", "magazine", "news", "online", "daily", "media", "journal")
_BEHIND_DOMAIN: Final = frozenset(["", *_SITE_WORDS, *"com net org mag inc llc ltd gmbh tv app co uk us usa".split()])
_MAX_BEHIND: Final = len("data magazine")
_TWO_PARTS: Final = ("co", "com", "net", "org", "gov", "ac", "edu", "or", "ne", "go")


def without_token(title: str, texts: Iterable[str] = ()) -> str:
    """The title without the token that a portal adds: `T_TOKEN`, `TOK:T_TOKEN`, `TOK:T`, `T_TOK:NAME`.

    A colon usually belongs to the title. The part before it is removed only if it looks like a ticker, and either a
    token was removed from the end or one of the page's texts is the title without it.
    """
    suffix = _TOKEN_AFTER.search(title)
    bare = title[: suffix.start()].rstrip() if suffix and len(key_of(title[: suffix.start()])) > _MIN_KEY else title
    prefix = _TOKEN_BEFORE.match(bare)
    if prefix is None:
        return bare
    rest = bare[prefix.end() :]
    key = key_of(rest)
    if len(key) > _MIN_KEY and (bare != title or any(key_of(text) == key for text in texts)):
        return rest
    return bare


class Sites:
    """The names of a page's site: the declared ones, and its host without the suffix."""

    def __init__(self, names: Iterable[str], url: str | None) -> None:
        self.keys = {key for name in names for part in (name, *_BREAK.split(name)) if len(key := key_of(part)) > 1}
        host = host_of(url)
        self.domain = _domain_label(host)
        if host:
            self.keys.add(key_of(host))

    def names(self, text: str) -> bool:
        """Whether the text is the site's name, or empty."""
        key = key_of(text)
        if not key or key in self.keys or (self.domain and self._is_domain(key)):
            return True
        return len(key) > _MIN_BEGINNING and any(
            name.startswith(key) and len(key) >= _MOST * len(name) for name in self.keys
        )

    def _is_domain(self, key: str) -> bool:
        """Whether the text names the host: `The Example`, `Example.com` and `Example Blog` for example.com."""
        plain = key if key.isascii() else without_accents(key)
        bare = plain.removeprefix("www").removeprefix("the")
        if not bare.startswith(self.domain):
            bare = plain
        rest = bare[len(self.domain) :]
        return bare.startswith(self.domain) and (
            rest in _BEHIND_DOMAIN or (len(rest) <= _MAX_BEHIND and rest.endswith(_SITE_WORDS))
        )


def without_site(title: str, sites: Sites) -> str:
    """The title without leading or trailing parts that are the site's name."""
    breaks = list(_BREAK.finditer(title))
    start, end = 0, len(title)
    for match in reversed(breaks):
        if match.start() <= start or not sites.names(title[match.end() : end]):
            break
        end = match.start()
    for match in breaks:
        if match.end() >= end or not sites.names(title[start : match.start()]):
            break
        start = match.end()
    return title[start:end].strip() or title


def choose(
    declared: Sequence[Candidate],
    page_title: str | None,
    headings: Sequence[str],
    names: Iterable[str],
    url: str | None,
) -> Candidate | None:
    """The best title: the heading that the declared titles agree with, otherwise a declared title."""
    sites = Sites(names, url)
    declared = [candidate for candidate in declared if len(candidate.value) <= _MAX_TITLE][:_MAX_STATED]
    page_title = page_title if page_title and len(page_title) <= _MAX_TITLE else None
    stated = [
        Candidate(without_site(c.value, sites), c.source, c.confidence) for c in declared if not sites.names(c.value)
    ]
    page = without_site(page_title, sites) if page_title and not sites.names(page_title) else None
    heading = _heading(headings, [c.value for c in stated], page, sites)
    if heading:
        return heading
    voices = [*stated, *([Candidate(page, "title", 0.6)] if page else [])]
    if not voices:
        return Candidate(headings[0], "h1", 0.5) if headings else None
    keys = [key_of(voice.value) for voice in voices]
    best = max(voices, key=lambda voice: voice.confidence + 0.1 * keys.count(key_of(voice.value)))
    # A dash often belongs to the headline. Only the page title, which usually ends in a name, is cut at a dash.
    breaks = _BREAK if best.source == "title" or CJK.search(best.value) else _BAR
    return Candidate(_without_tail(best.value, breaks), best.source, best.confidence)


def site_in(page_title: str, url: str | None) -> str | None:
    """The last or first part of the page title, if it is the name in the page's URL."""
    parts = _BREAK.split(page_title)
    sites = Sites((), url)
    return next(
        (part.strip() for part in (parts[-1], parts[0]) if len(parts) > 1 and key_of(part) and sites.names(part)), None
    )


def site_beside(page_title: str, headline: str, url: str | None) -> str | None:
    """The last part behind the headline in the page title, or the part before it if it is the name in the URL."""
    key = key_of(headline)
    if len(page_title) > _MAX_TITLE or not key:
        return None
    if not (whole := key_of(page_title)).startswith(key):
        front, colon, rest = page_title.partition(": ")
        return front if colon and key_of(rest) == key and Sites((), url).names(front) else None
    if whole == key:
        return None
    for match in _BREAK.finditer(page_title):
        if key_of(page_title[: match.start()]) == key:
            name = _BREAK.split(page_title[match.end() :])[-1].strip()
            return name if key_of(name) and len(name.split()) <= _MAX_NAME_WORDS else None
    return None


def post_in(page_title: str, site: str) -> str | None:
    """The last part of a page title that begins with the site's name: `Post` of `Site » Archive » Post`."""
    first, *between = _BREAK.split(page_title)
    return between[-1] if len(between) > 1 and key_of(first) == key_of(site) else None


def _heading(headings: Sequence[str], stated: Sequence[str], page: str | None, sites: Sites) -> Candidate | None:
    """The h1 that is the headline: it agrees with the declared titles, or is the only one and long enough."""
    voices = [*stated, *([page] if page else [])]
    keys = [key_of(voice) for voice in voices]
    usable = [
        text for text in headings if len(text) <= _MAX_HEADING and not sites.names(text) and not _is_tail(text, voices)
    ]
    best, most = None, 0.0
    for text in dict.fromkeys(usable):
        key = key_of(text)
        support = max((_overlap(text, voice) for voice in voices), default=0.0)
        if key in keys:
            support += 1
        elif any(_holds(key, other) for other in keys):
            support += 0.5
        elif len(text.split()) < _LONG_HEADING:
            support -= 0.3  # one or two words may be shared by chance
        if support > most + (_LATER if best else 0.0):
            best, most = text, support
    if best is not None and most >= _MIN_OVERLAP:
        return Candidate(_headline_in(best, voices, sites), "h1", min(0.97, 0.8 + 0.1 * most))
    longer = [text for text in usable if len(text.split()) >= _LONG_HEADING]
    if len(longer) == 1 and (not voices or len(usable) == 1):
        return Candidate(without_site(longer[0], sites), "h1", 0.7)
    return None


def _headline_in(heading: str, voices: Sequence[str], sites: Sites) -> str:
    """The heading without a byline after a declared title, and without the names of the site and its sections."""
    key = key_of(heading)
    said = (part.strip() for voice in voices for part in (voice, *_BREAK.split(voice)))
    stated = max((part for part in said if (own := key_of(part)) and key.startswith(own)), key=len, default="")
    if stated and key_of(stated) != key and heading.startswith(stated) and find_dates(heading[len(stated) :]):
        return stated
    heading = without_site(heading, sites)
    return _without_tail(heading, _PIPE) if any(key_of(voice) == key_of(heading) for voice in voices) else heading


def _holds(one: str, other: str) -> bool:
    """Whether one title is a large part of the other."""
    shorter, longer = sorted((one, other), key=len)
    return len(shorter) > _MIN_KEY and len(shorter) >= _MIN_PART * len(longer) and shorter in longer


def _is_tail(heading: str, voices: Sequence[str]) -> bool:
    """Whether the heading is only the shorter last part of a declared title, such as an undeclared site name."""
    key = key_of(heading)
    for voice in voices:
        parts = [key_of(part) for part in _BREAK.split(voice)]
        if len(parts) > 1 and parts[-1] == key and len(key) < len(max(parts[:-1], key=len)):
            return True
    return False


def _overlap(one: str, other: str) -> float:
    """Shared words divided by the words of the shorter side, without stop words and single letters.

    A single shared word, which may be chance, gives 0 unless a title has just two words or both are the same.
    """
    a, b = _telling_words(one), _telling_words(other)
    shared, size = len(a & b), min(len(a), len(b))
    return shared / size if a == b or (size > 1 and (shared > 1 or size == _SHORT_HEADING)) else 0.0


def _telling_words(text: str) -> set[str]:
    words = _WORD.findall(text.casefold())
    return {word for word in words if len(word) > 1 and word not in WORD_LANGUAGES} or set(words)


def _without_tail(title: str, breaks: re.Pattern[str]) -> str:
    """A declared title without short last parts: names of the site and its sections that no other source gives."""
    for match in reversed(list(breaks.finditer(title))):
        head, tail = title[: match.start()].strip(), title[match.end() :]
        if CJK.search(title):
            short = len(tail) <= _MAX_WIDE_SITE and len(head) >= _MIN_WIDE_TITLE
        else:
            short = len(tail.split()) <= _MAX_SITE_WORDS and len(head.split()) > len(tail.split())
        if not short:
            break
        title = head
    return title


def _domain_label(host: str) -> str:
    """`example` for example.co.uk; "" for an empty host."""
    parts = host.split(".")
    if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _TWO_PARTS:  # noqa: PLR2004 - as in `co.uk`
        del parts[-1]
    return key_of(parts[-2]) if len(parts) > 1 else ""
