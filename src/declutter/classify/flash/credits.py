"""What ends a text behind its last sentence: the source, the subjects, or a link to the rest."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.candidates import ENDS
from declutter.classify.flash.headlines import is_wide
from declutter.classify.flash.openings import name_source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from declutter.deadline import Deadline
    from declutter.vocabulary import Vocabulary

_NAMED: Final = 1.4  # log-odds of a known source in brackets at the end of a text
_UNKNOWN: Final = 0.4  # log-odds of other words in square brackets there
_HASHED: Final = 1.4
_POINTS: Final = 1.6  # log-odds of words for a link to the rest: a portal cuts its briefs off, and no essay
_SAME: Final = 1.0  # log-odds of words that end several texts behind their last sentence
_MIN_POINTED: Final = 60  # characters before them

_SOURCE: Final = "source_after_the_text"
_POINTER: Final = "pointer_after_the_text"
_SUBJECTS: Final = "subjects_after_the_text"

_MAX_BRACKET: Final = 40
_CLOSING_BRACKET: Final = re.compile(r"[\[(（［【]\s?([^\W\d][^\[\]()（）［］【】\d]{1,30})[\])）］】]\W?$")
_CLOSERS: Final = frozenset("])）］】")
_SQUARE: Final = frozenset("[［")
_BEHIND: Final = re.compile(
    r"[.!?…。！？”»」)）]\s{0,2}(?:[—–-]{1,2}\s?)?([^\W\d][^.!?…。！？\d:：»›→>]{1,34})[»›→>]{0,2}$"
)
"""Behind the last sentence: `… said. via CoinDesk`, `… said. — Reuters`, `… said. Read more »`."""
_ARROWS: Final = frozenset("»›→>")
_HASHTAGS: Final = re.compile(r"(?:(?<=[.!?。！？”»」)）])|(?<=\s)(?=#[^\s#]+#?\s+#))\s*(?:#[^\s#]+#?\s*)+$")
"""Behind the last sentence, or more than one: `… said. #BTC #Crypto`, `…。#比特币# #行情#`."""
_SUBJECTS_ONLY: Final = re.compile(r"(?:#(?=[^\s#]*[^\W\d])[^\s#]++(?:#(?![^\s#]))?+\s*+)++")
_MAX_HASHTAG: Final = 24
_MAX_HASHTAGS: Final = 120  # characters of all of them
_STOPS: Final = frozenset(".!?。！？।۔؟")


class Credit(NamedTuple):
    """What ends a text behind its last sentence: where it begins, its log-odds and name as evidence, and its words."""

    start: int
    weight: float
    name: str
    words: str


def find_credits(
    texts: Mapping[int, str], prose: Sequence[bool], vocabulary: Vocabulary, *, deadline: Deadline
) -> dict[int, Credit]:
    """What ends each text, by place; nearly all texts end with their last sentence. prose: see `Flow.sentences`."""
    # A bracket ends the text, or no full stop does; without a call per text, since few have a source.
    sourced = {
        place: text
        for place, text in texts.items()
        if (last := text[-1]) in _CLOSERS
        or (prose[place] and (last not in ENDS or last in _ARROWS))
        or text[-2:-1] in _CLOSERS
    }
    behind = {place: hit for place, text in sourced.items() if (hit := _behind(text))}
    often = Counter([hit[1] for hit in behind.values()])
    often.update([hit[1] for text in sourced.values() if (hit := _bracket(text))])
    found: dict[int, Credit] = {}
    for place in deadline.watch(sourced):
        text, hit = sourced[place], behind.get(place)
        credit = _hanging(text, hit, often, vocabulary) if hit is not None else _closing(text, often, vocabulary)
        if credit is not None:
            found[place] = credit
    return found


def is_subjects(text: str) -> bool:
    """Whether a line consists of hashtags: `#BTC #Crypto`."""
    return len(text) <= _MAX_HASHTAGS and _SUBJECTS_ONLY.fullmatch(text) is not None


def named_source(text: str, vocabulary: Vocabulary) -> str | None:
    """The agency in it, or the name after words for a source: `Source: Reuters`, `via CoinDesk`."""
    if (source := name_source(text, vocabulary)) is not None:
        return source
    word, _, name = text.partition(" ")
    announces = vocabulary.says(text, "source", "lead")
    if name[:1].isupper() and (announces or vocabulary.says(f"{word}: {name}", "source", "lead")):
        return name
    return text if announces else None


def _hanging(text: str, hit: re.Match[str], often: Counter[str], vocabulary: Vocabulary) -> Credit | None:
    """Words without a full stop of their own, `hit`, that name the source or lead to the rest."""
    words = hit[1].rstrip()
    if named_source(words, vocabulary) is not None:
        return Credit(hit.start() + 1, _NAMED, _SOURCE, words)
    if not (is_wide(words) or text[hit.start(1) - 1].isspace()) or hit.start() < _MIN_POINTED:
        return None  # `…/page.html`, or an offer, which says little before `Learn more`
    if vocabulary.says(words, "related"):
        return Credit(hit.start() + 1, _POINTS, _POINTER, "")
    return Credit(hit.start() + 1, _SAME, _POINTER, "") if often[words] > 1 else None


def _closing(text: str, often: Counter[str], vocabulary: Vocabulary) -> Credit | None:
    """Hashtags, or a bracket that names the source."""
    if "#" in text[-_MAX_HASHTAG:] and (hit := _HASHTAGS.search(text, max(0, len(text) - _MAX_HASHTAGS))):
        return Credit(hit.start(), _HASHED, _SUBJECTS, "")
    bracket = _bracket(text)
    if bracket is None:
        return None
    start, words = bracket.start(), bracket[1]
    if named_source(words, vocabulary) is not None:
        return Credit(start, _NAMED, _SOURCE, words)
    if bracket[0][0] in _SQUARE:
        return Credit(start, _UNKNOWN, _SOURCE, words)
    closes = start >= _MIN_POINTED and text[:start].rstrip()[-1:] in _STOPS
    is_name = words[0].isupper() and words[-1] not in _STOPS and words.count(" ") <= 1
    if closes and is_name and often[words] > 1:
        return Credit(start, _SAME, _SOURCE, words)  # an agency that no list knows
    return None


def _behind(text: str) -> re.Match[str] | None:
    """The words behind the last sentence; None if it ends the text."""
    if text[-1] in ENDS and text[-1] not in _ARROWS:
        return None
    return _BEHIND.search(text, max(0, len(text) - _MAX_BRACKET))


def _bracket(text: str) -> re.Match[str] | None:
    """The words in brackets that end a text; None if there are none."""
    return _CLOSING_BRACKET.search(text, max(0, len(text) - _MAX_BRACKET))
