"""Flashes that a headline, a dateline or a first sentence in bold type opens, and that no stamp closes."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.candidates import LIKELY_BY_ANOTHER, NEAR, Candidate
from declutter.classify.flash.dressing import skip_bullet
from declutter.classify.flash.echoes import headline_echo, sentence_echo
from declutter.classify.flash.form import LEADS_ON
from declutter.classify.flash.headlines import MIN_STRENGTH, Headline, is_listed
from declutter.classify.flash.openings import NOTHING, WIRES
from declutter.classify.flash.reader import APART, MAX_FOREIGN, MAX_RUN_IN
from declutter.classify.flash.reasons import RARE, evidence
from declutter.classify.flash.weighing import place_reasons, word_reasons
from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.openings import Opening
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason

_MAX_FORWARD: Final = 4
"""Paragraphs after the first that a flash may have."""
MAX_REACH: Final = 2 + _MAX_FORWARD
"""Paragraphs from the first at which the next flash may end its reach."""

_MUCH: Final = 1.5  # missing log-odds that only foreign words can supply
_MOST_KICKED: Final = 3.0  # maximum log-odds of a headline after a kicker
_MIN_FORM: Final = 0.8  # log-odds of headline and opening below which nothing else is considered
_MAX_ECHO: Final = 1.1
_MAX_WORDS: Final = MAX_FOREIGN + 0.2  # missing log-odds up to which words are considered
_GOES_ON: Final = -1.8  # log-odds that one more paragraph belongs to the flash, if nothing closes it
_MAX_SHARE: Final = 0.3
"""Maximum share of a flash in the flow's running text: in a short text any part seems foreign."""
_MID_WIRE: Final = 0.6  # log-odds of a report inside an essay, besides its opening
_MIN_BEFORE: Final = 2  # paragraphs of the essay before a report without a headline
_DATED: Final = 1.0  # weight of an opening with a day before its text: `4月12日，`
_RUN_IN: Final = 0.8
_MIN_RUN_IN: Final = 1.6  # log-odds of a first sentence in bold type
_STOPS: Final = " .!?…。！？।۔؟"
_WATCHED: Final = 50  # deadline checks are more frequent here, since a possible flash costs ten times a usual block


def find_opened(reader: FlowReader, taken: AbstractSet[int]) -> list[Candidate]:
    """The candidates that begin with a headline and do not overlap with those found."""
    flow = reader.flow
    taken = set(taken)
    candidates: list[Candidate] = []
    for first in reader.deadline.watch(sorted({*flow.headed, *flow.wired, *flow.run_in}), every=_WATCHED):
        if first in taken or first in flow.stamps:
            continue
        ceiling = next((place for place in range(first + 1, first + MAX_REACH) if place in taken), len(flow.texts))
        candidate = _weigh(reader, first, ceiling)
        if candidate is None or candidate.first in taken or candidate.score <= LIKELY_BY_ANOTHER:
            continue
        candidates.append(candidate)
        if candidate.score > NEAR:
            taken.update(candidate.places)
    return candidates


def _weigh(reader: FlowReader, first: int, ceiling: int) -> Candidate | None:
    """The flash that begins with a headline and has no stamp, before `ceiling`; None if its form says too little."""
    flow = reader.flow
    if flow.is_odd(first) or not flow.is_prose(first):
        return None
    beginning = _headed(reader, first) or _wired(reader, first) or _run_in(reader, first)
    if beginning is None:
        return None
    headline, begin, form, opening, echo = beginning
    text = flow.texts[first]
    if form + opening.weight + max(0.0, echo) < _MIN_FORM:
        return None
    reasons: list[Reason] = [RARE]
    reasons += [
        (f"headline_by_{headline.form}" if headline else "no_headline", form),
        (opening.name, opening.weight),
        ("headline_taken_up_again", echo),
    ]
    reasons += place_reasons(reader, range(begin, first + 1), stamped=False)
    if begin == first and headline is not None and reader.is_run_in(first, headline):
        reasons.append(("headline_in_bold", -1.5))
    if flow.kinds[first] is Kind.ITEM:
        reasons.append(("item_of_a_list", -1.0))
    if begin == first and headline is not None and text[headline.body : headline.body + 1].islower():
        reasons.append(("sentence_goes_on", -1.8))
    if _missing(reasons) > _MAX_WORDS:
        return None
    if headline is not None:
        reasons.append(("labels_like_it", reader.labels_about(begin, first)))
        if _missing(reasons) > _MAX_WORDS:
            return None
        reasons.append(("page_of_labels", (1.0 if headline.form == "bracket" else 0.2) * reader.page_of_labels))
    missing = _missing(reasons)
    if missing > _MAX_WORDS or (missing > _MUCH and not reader.may_be_foreign(first)):
        return None
    last = reach(reader, begin, first, ceiling)
    places = range(begin, last + 1)
    reasons += word_reasons(reader, places)
    return Candidate(begin, last, headline, None, opening, evidence(reasons))


def _missing(reasons: Iterable[Reason]) -> float:
    """The log-odds that are missing for a flash."""
    return -sum([weight for _, weight in reasons])


class _Beginning(NamedTuple):
    """The beginning of an unstamped flash: its headline, first place, and the weights of headline, opening and echo."""

    headline: Headline | None
    begin: int
    form: float
    opening: Opening
    echo: float


def _headed(reader: FlowReader, first: int) -> _Beginning | None:
    """The beginning of a paragraph that opens with a headline."""
    headline, text = reader.headline(first), reader.flow.texts[first]
    if headline is None or headline.strength <= MIN_STRENGTH:
        return None
    form = max(-1.0, min(_MOST_KICKED if headline.kicker else 2.5, 0.5 + 1.1 * headline.strength))
    if form + _MAX_ECHO < _MIN_FORM:
        return None
    opening = reader.opening(first)
    if opening.name == "dateline":
        opening = opening._replace(weight=4.0)  # after a headline's mark it is hardly the essay's own
    if headline.end:
        echo = headline_echo(text[headline.start : headline.end], text[headline.body :])
    else:  # `[BRIEF] Headline. Text`
        echo = sentence_echo(text[headline.body :])
    if headline.kicker:
        echo = max(0.0, echo)  # after a kicker it is a headline, whatever its words
    return _Beginning(headline, first, form, opening, echo)


def _wired(reader: FlowReader, first: int) -> _Beginning | None:
    """The beginning with place, day and agency, below a headline or, inside the essay, without one."""
    flow = reader.flow
    opening = reader.opening(first) if first in flow.wired else NOTHING
    weak = opening.name == "placed_opening" or (opening.name == "dated_opening" and opening.weight >= _DATED)
    if opening.name not in WIRES and not weak:
        return None
    headline = reader.line(first - 1) if first > 1 and not reader.says_what_it_is(first - 1) else None
    if weak and (headline is None or not _is_amid(flow, first - 1)):
        return None
    if headline is not None:
        return _Beginning(headline, first - 1, 1.0, opening, headline_echo(flow.texts[first - 1], flow.texts[first]))
    before = filter(flow.is_prose, range(first))
    if sum(1 for _ in islice(before, _MIN_BEFORE)) < _MIN_BEFORE:
        return None  # the essay's own, below its standfirst
    return _Beginning(None, first, _MID_WIRE, opening, 0.0)


def _is_amid(flow: Flow, place: int) -> bool:
    """Whether a line stands below a sentence and is no heading."""
    return flow.kinds[place] is not Kind.HEADING and flow.is_prose(place - 1)


def _run_in(reader: FlowReader, first: int) -> _Beginning | None:
    """A first sentence in bold type or after a bullet whose words the rest repeats.

    If the page has many in bold type, or bullets in a row, they are its own.
    """
    flow, end = reader.flow, reader.flow.run_in.get(first, 0)
    if not end or len(flow.run_in) > MAX_RUN_IN:
        return None
    text = flow.texts[first]
    start = skip_bullet(text)
    if (start or first in flow.points) and (first - 1 in flow.run_in or first + 1 in flow.run_in):
        return None  # a list
    echo = sentence_echo(text[start:])
    if echo < _MIN_RUN_IN:
        return None
    stop = len(text[:end].rstrip(_STOPS))
    body = end + len(text[end:]) - len(text[end:].lstrip(_STOPS))
    return _Beginning(Headline(start, stop, body, "line", "", 0.0), first, _RUN_IN, reader.opening(first), echo)


def reach(reader: FlowReader, begin: int, first: int, ceiling: int) -> int:
    """The last block of an unstamped flash: as far as the words belong to its beginning."""
    flow = reader.flow
    best, total, last = 0.0, 0.0, first
    unread: list[range] = []  # the last blocks of these may belong to the rest, but cannot end the flash
    size, most = len(flow.texts[first]), _MAX_SHARE * flow.prose
    for place in range(first + 1, min(ceiling, first + 1 + _MAX_FORWARD, len(flow.texts))):
        if not flow.is_running(place) or place in flow.stamps or is_listed(flow.texts[place]):
            break
        if reader.says_what_it_is(place):
            break
        headline = reader.headline(place)
        if headline is not None and headline.strength > 1.0:
            break
        size += len(flow.texts[place])
        if size > most:
            break
        span = range(begin, place + 1)
        whole = reader.holds_together(span, range(begin, first + 1))
        if whole <= APART:
            break
        brevity = reader.brevity(span) if last == place - 1 else 0.0  # it says nothing of blocks in between
        total += _GOES_ON + brevity
        unread.append(span)
        if total + len(unread) * reader.most_belonging + whole <= best or flow.texts[place].endswith(LEADS_ON):
            continue
        total += sum([reader.belongs(span[-1], span, span[:-1]) for span in unread])
        unread = []
        if total + whole > best:
            best, last = total + whole, place
    return last
