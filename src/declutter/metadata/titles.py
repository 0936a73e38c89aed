"""The article's title: a vote between what the page says, then without the site's name and the portal's token."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from declutter.metadata.candidates import Candidate

_PARTS = re.compile(r"(\s+[|｜\-–—·•»«:~/]{1,2}\s+|\s*[|｜]\s*|\s+::\s+|\s*[»«]\s*|(?<=[^\x00-\x7f])[_\-–—](?=\S))")
_SIGNS = re.compile(r"[\W_]+")


def key_of(text: str) -> str:
    """The text's letters and digits, folded: equal for titles that differ in marks and case only."""
    return _SIGNS.sub("", text.casefold())


def without_site(title: str, sites: Iterable[str]) -> str:
    """The title without leading or trailing parts that are one of the site's names."""
    pieces = _PARTS.split(title)
    names = {key for site in sites if (key := key_of(site))}
    while len(pieces) > 1 and _is_site(pieces[-1], names):
        del pieces[-2:]
    while len(pieces) > 1 and _is_site(pieces[0], names):
        del pieces[:2]
    return "".join(pieces).strip()


def _is_site(piece: str, names: set[str]) -> bool:
    key = key_of(piece)
    return not key or key in names


def choose(titles: Sequence[Candidate], page_title: str | None, headings: Sequence[str], sites: Iterable[str]) -> Candidate | None:
    """The best title by vote of `<title>`, the h1s and what the metadata says."""
    names = list(sites)
    stated = [Candidate(without_site(c.value, names), c.source, c.confidence) for c in titles]
    keys = {key_of(c.value) for c in stated}
    page_key = key_of(page_title or "")
    for heading in headings:
        key = key_of(heading)
        if len(key) > 3 and (key in keys or key in page_key):  # noqa: PLR2004
            return Candidate(without_site(heading, names), "h1", 0.95)
    if stated:
        return max(stated, key=lambda c: c.confidence)
    if len(headings) == 1:
        return Candidate(headings[0], "h1", 0.7)
    if page_title:
        return Candidate(without_site(page_title, names), "title", 0.6)
    return None
