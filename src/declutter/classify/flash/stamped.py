"""Flashes that a time stamp closes: the likeliest beginning for every stamp."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import LIKELY_BY_ANOTHER, NEAR, Candidate
from declutter.classify.flash.echoes import sentence_echo
from declutter.classify.flash.headlines import MIN_STRENGTH, is_listed
from declutter.classify.flash.reader import APART, LEAST_BELONGING
from declutter.classify.flash.reasons import evidence
from declutter.classify.flash.weighing import closing_reasons, place_reasons, word_reasons
from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.stamps import Stamp

_HEADING: Final = Kind.HEADING
_MAX_BACK: Final = 4
"""Paragraphs before the stamped one that may belong to its flash; the longest seen on portals has three in all."""

_RARE: Final = -3.5
_MOST_WORDS: Final = 2.5
_MOST_ALIKE: Final = 1.2
_NO_HEADLINE: Final = -1.5  # log-odds of a stamp on its own line without a headline above, as in comments
_CONTINUES: Final = -0.5  # log-odds that one more paragraph belongs to the flash, before its words count
_SURE_FORMS: Final = {"kicker": 1.5, "bracket": 1.2}  # forms that hardly any other paragraph begins with
_SURE_BEGINNING: Final = 4.5  # log-odds of a headline that words hardly contradict if it precedes a news opening
_MOST_APART: Final = -3.0
_BOLD: Final = 1.6  # log-odds that a flash begins with the bold type at the beginning of a paragraph
_HABIT: Final = 2.5  # log-odds for the form of headline that all other flashes of the page have
_WATCHED: Final = 50  # deadline checks are more frequent here, since a possible flash costs ten times a usual block


def find_stamped(reader: FlowReader, taken: AbstractSet[int]) -> list[Candidate]:
    """A candidate for every stamp. Two passes: the first learns how this page's flashes begin."""
    forms: dict[str, float] = {}
    candidates: list[Candidate] = []
    known = sorted(taken)
    for _ in range(2):
        floor, candidates = 0, []
        for last in reader.deadline.watch(sorted(reader.flow.stamps.keys() - taken), every=_WATCHED):
            before = bisect_left(known, last)
            floor = max(floor, known[before - 1] + 1 if before else 0)
            if not _may_be_flash(reader, last, floor):
                continue
            candidate = _likeliest(reader, last, floor, forms)
            if candidate.score > LIKELY_BY_ANOTHER:
                candidates.append(candidate)
            if candidate.score > NEAR:
                floor = last + 1
        near = [candidate for candidate in candidates if candidate.score > NEAR]
        begins = Counter(candidate.headline.form for candidate in near if candidate.headline)
        forms = {form: _HABIT * count / len(near) for form, count in begins.items() if count > 1}
        if not forms:
            break
    return candidates


def _likeliest(reader: FlowReader, last: int, floor: int, forms: Mapping[str, float]) -> Candidate:
    """The flash that a stamp closes, from its likeliest beginning at or after `floor`.

    forms: log-odds by form of headline, from the beginnings of the page's other flashes.
    """
    flow = reader.flow
    stamp = flow.stamps[last]
    end = last - stamp.alone  # a stamp on its own line follows the text
    best, first, goes_on, whole, inside = -99.0, last, 0.0, 0.0, 0.0
    for place in range(end, max(floor, end - _MAX_BACK) - 1, -1):
        if place != end:
            if not (flow.is_running(place) or flow.kinds[place] is _HEADING):
                break
            span = range(place, last + 1)
            whole = reader.holds_together(span, range(end, last + 1))
            goes_on += _CONTINUES + (reader.belongs(place, span, span[1:]) if whole > APART else LEAST_BELONGING)
        head = _begins(reader, place, forms)
        is_sure = head >= _SURE_BEGINNING and reader.opening(place).weight > 0
        words = max(goes_on + whole, _MOST_APART) if is_sure else goes_on + whole
        if head + words - inside > best:
            best, first = head + words - inside, place
        inside += 1.3 * head  # few flashes contain the beginning of another
        if flow.kinds[place] is _HEADING:
            break
    return _weigh(reader, first, last, stamp)


def _may_be_flash(reader: FlowReader, last: int, floor: int) -> bool:
    """Whether any beginning could make a flash with this stamp; a bound that does not look at words."""
    stamp = reader.flow.stamps[last]
    most = _RARE + _MOST_WORDS + sum(weight for _, weight in closing_reasons(reader, last))
    most += _NO_HEADLINE if stamp.alone else _MOST_ALIKE
    if most > 0:
        return True
    end = last - stamp.alone
    for place in range(max(floor, end - _MAX_BACK), end + 1):
        headline = reader.headline(place)
        if headline is not None and most + (-_NO_HEADLINE if stamp.alone else 0) + 0.8 + 0.9 * headline.strength > 0:
            return True
        if headline is None and stamp.timed and most + 0.8 > 0 and reader.line(place) is not None:
            return True
    return False


def _begins(reader: FlowReader, place: int, forms: Mapping[str, float]) -> float:
    """Log-odds that a flash begins here, by its form."""
    headline = reader.headline(place)
    weight = min(1.5, 0.7 * reader.opening(place).weight)
    if headline is not None:
        weight += max(0.0, min(4.5, 1.6 + 1.8 * headline.strength)) + _SURE_FORMS.get(headline.form, 0.0)
        weight += forms.get(headline.form, 0.0) if headline.strength > MIN_STRENGTH else 0.0
    elif place in reader.flow.strong:
        weight += _BOLD + forms.get("line", 0.0)
    elif reader.line(place) is not None:
        weight += 0.3 + forms.get("line", 0.0)
    else:
        weight += sentence_echo(reader.flow.texts[place])
    if reader.flow.kinds[place] is _HEADING:
        weight -= 1.5
    return weight - 2.5 * (place == 0)


def _weigh(reader: FlowReader, first: int, last: int, stamp: Stamp) -> Candidate:
    headline, opening, bold = reader.headline(first), reader.opening(first), reader.bold_headline(first)
    places = range(first, last + 1)
    reasons: list[Reason] = [("few_blocks_are_flashes", _RARE), *closing_reasons(reader, last)]
    if headline is not None and headline.strength <= MIN_STRENGTH:
        headline = None
    if headline is not None:
        reasons.append((f"headline_by_{headline.form}", max(0.0, min(2.2, 0.8 + 0.9 * headline.strength))))
        if bold is not None and not headline.kicker and headline.end < bold.end:
            headline = headline._replace(end=bold.end, body=bold.body)  # a colon inside the bold type
    else:
        headline = bold
        if headline is None and first < last - stamp.alone:
            headline = reader.line(first)
        if headline is not None:
            reasons.append(("headline_by_line", 0.8))
    if stamp.alone and (headline is None or headline.form == "line"):
        reasons.append(("no_headline", _NO_HEADLINE))
    reasons.append((opening.name, 0.6 * opening.weight))
    reasons += word_reasons(reader, places, scale=0.7, most=_MOST_WORDS)
    reasons.append(("page_of_labels", reader.page_of_labels))
    if not stamp.timed and is_listed(reader.flow.texts[last]):
        reasons.append(("dated_reference", -3.0))
    reasons += place_reasons(reader, places, stamped=True)
    return Candidate(first, last, headline, stamp, opening, evidence(reasons))
