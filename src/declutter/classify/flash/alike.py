"""Flashes that one mark opens: `1. Headline. Text`, `🟢 Headline. Text`, bold headlines inside their paragraphs.

An essay's own points have such marks, too. Such paragraphs are therefore judged together: if the whole of them is
foreign to the essay, or gives figures where the essay gives none, a portal has put them there.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.bare import MAX_ESSAY
from declutter.classify.flash.candidates import Candidate
from declutter.classify.flash.echoes import sentence_echo
from declutter.classify.flash.form import LEADS_ON
from declutter.classify.flash.headlines import Headline, by_words
from declutter.classify.flash.openings import read_opening
from declutter.classify.flash.reasons import RARE, evidence
from declutter.classify.flash.weighing import word_reasons
from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason
    from declutter.vocabulary import Vocabulary

_NUMBER: Final = "number"
_SIGN: Final = "sign"
_BOLD: Final = "bold"
_MARKS: Final = {_NUMBER: 0.3, _SIGN: 0.6, _BOLD: 0.6}
_ALIKE: Final = (0.0, 0.7, 1.2)
_MIN_LIKE: Final = 2
_MAX_LIKE: Final = 8
_MAX_SHARE: Final = 0.5  # of the prose; a page with more consists of such paragraphs
_MIN_ESSAY: Final = 3  # other paragraphs
_MIN_HEADLINE: Final = 16  # letters
_MIN_TEXT: Final = 40  # letters of the text behind the headline
_MAX_HEADLINE: Final = 120
_OF_FORM: Final = frozenset(
    {
        "few_blocks_are_flashes", "mark_before_the_headline", "headline_by_line", "headline_taken_up_again",
        "others_like_it", "item_of_a_list", "begins_the_essay",
    }
)  # fmt: skip
_SENTENCE: Final = re.compile(r"(.{8,120}?)(?:[.!…؟।۔](?=\s)|[。！]|\s[–—]\s|[:：]\s?)\s*")
_STOPS: Final = " .!…。！।۔:：–—-"
_ASKS: Final = ("?", "？", "؟")


class _Head(NamedTuple):
    """A headline that opens a paragraph behind a mark."""

    place: int
    mark: str
    number: int
    headline: Headline


def find_alike(reader: FlowReader, vocabulary: Vocabulary, taken: AbstractSet[int]) -> list[Candidate]:
    """The candidates that a mark opens which others have, too, without places in `taken`."""
    flow = reader.flow
    marked = [places for places in _by_mark(flow) if _MIN_LIKE <= len(places) <= _MAX_LIKE]
    if not marked or flow.size > MAX_ESSAY:
        return []
    prose = sum(flow.sentences)
    most = min(_MAX_SHARE * prose, prose - _MIN_ESSAY)
    found: list[Candidate] = []
    for places in reader.deadline.watch(marked):
        heads = [head for place in places if (head := _read(flow, place)) is not None]
        if len(heads) < _MIN_LIKE or len(heads) > most or (heads[0].mark != _BOLD and len(heads) < len(places)):
            continue
        if heads[0].mark == _NUMBER and [head.number for head in heads] != list(range(1, len(heads) + 1)):
            continue
        if not _may_be(reader, heads):
            continue
        found += _together([_weigh(reader, vocabulary, head, len(heads) - 1) for head in heads])
    return [candidate for candidate in found if candidate.first not in taken]


def _by_mark(flow: Flow) -> Iterator[list[int]]:
    """The places of numbers, of signs and of bold type."""
    yield [place for place, point in flow.points.items() if point.number]
    yield [place for place, point in flow.points.items() if not point.number]
    yield sorted({*flow.run_in, *flow.bold}.difference(flow.points))


def _read(flow: Flow, place: int) -> _Head | None:
    """The headline in a paragraph behind its mark; None if there is none."""
    text = flow.texts[place]
    if not flow.is_prose(place):
        return None
    point = flow.points.get(place)
    start = point.end if point else 0
    bold = max(flow.bold.get(place, 0), 0 if point else flow.run_in.get(place, 0))
    if bold > start:
        end = bold
    elif point and (sentence := _SENTENCE.match(text, start)):
        end = sentence.end()
    else:
        return None
    part = text[start:end].rstrip(_STOPS)
    body = end + len(text[end:]) - len(text[end:].lstrip(_STOPS))
    wide = 1 + (text[start] > "\u2e80")
    if len(part) * wide < _MIN_HEADLINE or len(part) > _MAX_HEADLINE or (len(text) - body) * wide < _MIN_TEXT:
        return None
    if part.endswith(_ASKS) or text.endswith(LEADS_ON) or part[0].islower() or text[body].islower():
        return None
    mark = _BOLD if point is None else _NUMBER if point.number else _SIGN
    return _Head(place, mark, point.number if point else 0, Headline(start, start + len(part), body, "line", "", 0.0))


def _may_be(reader: FlowReader, heads: Sequence[_Head]) -> bool:
    """Whether the words may set them apart; a cheap test, which most lists of an essay do not pass."""
    if any(reader.figures(range(head.place, head.place + 1)) for head in heads):
        return True
    items = sum([reader.flow.kinds[head.place] is Kind.ITEM for head in heads])
    return 2 * items < len(heads) and any(reader.may_be_foreign(head.place) for head in heads)


def _weigh(reader: FlowReader, vocabulary: Vocabulary, head: _Head, others: int) -> Candidate:
    flow, headline, places = reader.flow, head.headline, range(head.place, head.place + 1)
    text = flow.texts[head.place]
    opening = read_opening(text[headline.body :], 0, vocabulary)
    reasons: list[Reason] = [
        RARE,
        ("mark_before_the_headline", _MARKS[head.mark]),
        ("headline_by_line", by_words(text[headline.start : headline.end])),
        ("headline_taken_up_again", sentence_echo(text[headline.start :])),
        ("others_like_it", _ALIKE[min(others, len(_ALIKE) - 1)]),
        (opening.name, opening.weight),
        *word_reasons(reader, places),
        ("figures_of_its_own", reader.figures(places)),
    ]
    if flow.kinds[head.place] is Kind.ITEM:
        reasons.append(("item_of_a_list", -1.0))
    if head.place == 0:
        reasons.append(("begins_the_essay", -2.0))
    return Candidate(head.place, head.place, headline, None, opening, evidence(reasons))


def _together(candidates: Sequence[Candidate]) -> Iterable[Candidate]:
    """The candidates with the mean of what speaks for each, since all of them are flashes or none is.

    None if neither words nor figures nor openings set them apart from the essay.
    """
    told = [reason.weight for one in candidates for reason in one.evidence if reason.name not in _OF_FORM]
    if sum(told) < 0:
        return []
    mean = sum(candidate.score for candidate in candidates) / len(candidates)
    return [candidate.but(("others_like_it", mean - candidate.score)) for candidate in candidates]
