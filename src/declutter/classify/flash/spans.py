"""Finds the beginning and end of a flash: evidence for each span that a stamp closes or a headline opens."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.dressing import skip_bullet
from declutter.classify.flash.headlines import MIN_STRENGTH, Headline, is_listed
from declutter.classify.flash.openings import NOTHING, WIRES, may_open
from declutter.classify.flash.reader import LEADS_ON, MAX_FOREIGN, MAX_RUN_IN
from declutter.classify.flash.reasons import evidence
from declutter.model import Evidence, Kind, Label

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from declutter.classify.flash.openings import Opening
    from declutter.classify.flash.reader import Reader
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.stamps import Stamp

_HEADING: Final = Kind.HEADING
MAX_BACK: Final = 4
"""Paragraphs before the stamped one that may belong to its flash; the longest seen on portals has three in all."""

MAX_FORWARD: Final = 4
"""Paragraphs after the first that an unstamped flash may have."""

_RARE_STAMPED: Final = -3.5
_RARE: Final = -3.05
_MUCH: Final = 1.5  # missing log-odds that only foreign words can supply
_MOST_WORDS: Final = 2.5
_MOST_ALIKE: Final = 1.2
_NO_HEADLINE: Final = -1.5  # log-odds of a stamp on its own line without a headline above, as in comments
_MOST_KNOWN: Final = 1.4  # maximum log-odds of words alone against a span in the form of a flash
_MOST_KICKED: Final = 3.0  # maximum log-odds of a headline after a kicker
_MIN_FORM: Final = 0.8  # log-odds of headline and opening below which nothing else is considered
_MAX_ECHO: Final = 1.1
_MAX_WORDS: Final = MAX_FOREIGN + 0.2  # missing log-odds up to which words are considered
_CONTINUES: Final = -0.4  # log-odds that one more paragraph belongs to the flash, before its words count
_GOES_ON: Final = -1.3  # the same after a headline, if nothing closes the flash
_SURE_FORMS: Final = {"kicker": 1.5, "bracket": 1.2}  # forms that hardly any other paragraph begins with
_MAX_SHARE: Final = 0.3
"""Maximum share of a flash without closing stamp in the flow's running text: in a short text any part seems foreign."""
_MID_WIRE: Final = 0.6  # log-odds of a report inside an essay, besides its opening
_MIN_BEFORE: Final = 2  # paragraphs of the essay before a report without a headline
_RUN_IN: Final = 0.8
_MIN_RUN_IN: Final = 1.6  # log-odds of a first sentence in bold type
_STOPS: Final = " .!?…。！？।۔؟"
_ROUND: Final = ("(", "（")
_QUOTED: Final = tuple('”"»」』')
ENDS: Final = frozenset(".!?。！？…”’\"'»」』）)】]；;।۔؟")


class Layout(NamedTuple):
    """The positions of the parts of a flash in another than the usual order of headline, text and stamp.

    order: its name. head: place of the headline. pieces: by place, start and end of the flash's own text.
    published: ISO 8601 text or None. source: the source named, or None.
    """

    order: str
    head: int
    pieces: tuple[tuple[int, int], ...]
    published: str | None
    source: str | None


class Span(NamedTuple):
    """A candidate flash: places `first` to `last` of the flow, and the evidence for it."""

    first: int
    last: int
    headline: Headline | None
    stamp: Stamp | None
    opening: Opening
    evidence: tuple[Evidence, ...]
    layout: Layout | None = None

    @property
    def score(self) -> float:
        """Log-odds that this is a flash; rounded, so that what sums up to 0 is 0 in any order."""
        return round(sum([reason.weight for reason in self.evidence]), 9)

    @property
    def places(self) -> range:
        """Its places in the flow."""
        return range(self.first, self.last + 1)

    def but(self, *reasons: Reason) -> Span:
        """The same span with more evidence."""
        return self._replace(evidence=self.evidence + evidence(reasons))


def apart(spans: Iterable[Span]) -> list[Span]:
    """The likeliest of spans that overlap, in page order."""
    taken: set[int] = set()
    kept = []
    for span in sorted(spans, key=lambda span: -span.score):
        if taken.isdisjoint(span.places):
            taken.update(span.places)
            kept.append(span)
    return sorted(kept, key=lambda span: span.first)


def stamped(reader: Reader, last: int, floor: int, forms: Mapping[str, float]) -> Span:
    """The flash that a stamp closes, from its likeliest beginning at or after `floor`.

    forms: log-odds by form of headline, from the beginnings of the page's other flashes.
    """
    flow = reader.flow
    stamp = flow.stamps[last]
    end = last - stamp.alone  # a stamp on its own line follows the text
    best, first, goes_on, inside = -99.0, last, 0.0, 0.0
    for place in range(end, max(floor, end - MAX_BACK) - 1, -1):
        if place != end:
            if not (flow.is_running(place) or flow.kinds[place] is _HEADING):
                break
            goes_on += _CONTINUES + reader.belongs(place, range(place, last + 1), range(place + 1, last + 1))
        head = _begins(reader, place, forms)
        if head + goes_on - inside > best:
            best, first = head + goes_on - inside, place
        inside += 1.3 * head  # few flashes contain the beginning of another
        if flow.kinds[place] is _HEADING:
            break
    return _weigh_stamped(reader, first, last, stamp)


def may_be_stamped(reader: Reader, last: int, floor: int) -> bool:
    """Whether any beginning could make a flash with this stamp; a bound that does not look at words."""
    stamp = reader.flow.stamps[last]
    most = _RARE_STAMPED + _MOST_WORDS + sum(weight for _, weight in stamp_reasons(stamp, reader.flow.texts[last]))
    most += _NO_HEADLINE if stamp.alone else _MOST_ALIKE
    if most > 0:
        return True
    end = last - stamp.alone
    for place in range(max(floor, end - MAX_BACK), end + 1):
        headline = reader.headline(place)
        if headline is not None and most + (-_NO_HEADLINE if stamp.alone else 0) + 0.8 + 0.9 * headline.strength > 0:
            return True
        if headline is None and stamp.timed and most + 0.8 > 0 and reader.line(place) is not None:
            return True
    return False


def opened(reader: Reader, first: int, ceiling: int) -> Span | None:
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
    reasons: list[Reason] = [("few_blocks_are_flashes", _RARE)]
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
        reasons.append(("page_of_labels", (1.0 if headline.form == "bracket" else 0.2) * reader.page_of_labels))
    missing = _missing(reasons)
    if missing > _MAX_WORDS or (missing > _MUCH and not reader.may_be_foreign(first)):
        return None
    last = reach(reader, begin, first, ceiling)
    span = range(begin, last + 1)
    reasons += word_reasons(reader, span, 1.0, MAX_FOREIGN)
    return Span(begin, last, headline, None, opening, evidence(reasons))


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


def _headed(reader: Reader, first: int) -> _Beginning | None:
    """The beginning of a paragraph that opens with a headline."""
    headline, text = reader.headline(first), reader.flow.texts[first]
    if headline is None or headline.strength <= MIN_STRENGTH:
        return None
    form = max(-1.0, min(_MOST_KICKED if headline.kicker else 2.5, 0.5 + 1.1 * headline.strength))
    if form < _MIN_FORM - _MAX_ECHO and not may_open(text, headline.body):
        return None
    opening = reader.opening(first)
    if opening.name == "dateline":
        opening = opening._replace(weight=4.0)  # after a headline's mark it is hardly the essay's own
    if form + opening.weight + _MAX_ECHO < _MIN_FORM:
        return None
    if headline.end:
        echo = reader.echo(text[headline.start : headline.end], text[headline.body :])
    else:  # `[BRIEF] Headline. Text`
        echo = reader.first_sentence(first, headline.body)
    if headline.kicker:
        echo = max(0.0, echo)  # after a kicker it is a headline, whatever its words
    return _Beginning(headline, first, form, opening, echo)


def _wired(reader: Reader, first: int) -> _Beginning | None:
    """The beginning with place, day and agency, below a headline or, inside the essay, without one."""
    flow = reader.flow
    opening = reader.opening(first) if first in flow.wired else NOTHING
    if opening.name not in WIRES:
        return None
    headline = reader.line(first - 1) if first else None
    if headline is not None:
        return _Beginning(headline, first - 1, 1.0, opening, reader.echo(flow.texts[first - 1], flow.texts[first]))
    before = filter(flow.is_prose, range(first))
    if sum(1 for _ in islice(before, _MIN_BEFORE)) < _MIN_BEFORE:
        return None  # the essay's own, below its standfirst
    return _Beginning(None, first, _MID_WIRE, opening, 0.0)


def _run_in(reader: Reader, first: int) -> _Beginning | None:
    """A first sentence in bold type or after a bullet whose words the rest repeats.

    If the page has many in bold type, or bullets in a row, they are its own.
    """
    flow, end = reader.flow, reader.flow.run_in.get(first, 0)
    if not end or len(flow.run_in) > MAX_RUN_IN:
        return None
    text = flow.texts[first]
    start = skip_bullet(text)
    if start and (first - 1 in flow.run_in or first + 1 in flow.run_in):
        return None  # a list
    echo = reader.first_sentence(first, start)
    if echo < _MIN_RUN_IN:
        return None
    stop = len(text[:end].rstrip(_STOPS))
    body = end + len(text[end:]) - len(text[end:].lstrip(_STOPS))
    return _Beginning(Headline(start, stop, body, "line", "", 0.0), first, _RUN_IN, reader.opening(first), echo)


def _weigh_stamped(reader: Reader, first: int, last: int, stamp: Stamp) -> Span:
    headline, opening = reader.headline(first), reader.opening(first)
    span = range(first, last + 1)
    reasons: list[Reason] = [("few_blocks_are_flashes", _RARE_STAMPED), *stamp_reasons(stamp, reader.flow.texts[last])]
    if headline is not None and headline.strength <= MIN_STRENGTH:
        headline = None
    if headline is not None:
        reasons.append((f"headline_by_{headline.form}", max(0.0, min(2.2, 0.8 + 0.9 * headline.strength))))
    elif first < last - stamp.alone:
        headline = reader.line(first)
        if headline is not None:
            reasons.append(("headline_by_line", 0.8))
    if stamp.alone and (headline is None or headline.form == "line"):
        reasons.append(("no_headline", _NO_HEADLINE))
    reasons.append((opening.name, 0.6 * opening.weight))
    reasons += word_reasons(reader, span, 0.7, _MOST_WORDS)
    reasons.append(("page_of_labels", reader.page_of_labels))
    if not stamp.timed and is_listed(reader.flow.texts[last]):
        reasons.append(("dated_reference", -3.0))
    reasons += place_reasons(reader, span, stamped=True)
    return Span(first, last, headline, stamp, opening, evidence(reasons))


def reach(reader: Reader, begin: int, first: int, ceiling: int) -> int:
    """The last block of an unstamped flash: as far as the words belong to its beginning."""
    flow = reader.flow
    best, total, last = 0.0, 0.0, first
    size, most = len(flow.texts[first]), _MAX_SHARE * flow.prose
    for place in range(first + 1, min(ceiling, first + 1 + MAX_FORWARD, len(flow.texts))):
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
        total += _GOES_ON + reader.belongs(place, range(begin, place + 1), range(begin, place))
        total += reader.brevity(range(begin, place + 1))
        if total > best and not flow.texts[place].endswith(LEADS_ON):
            best, last = total, place
    return last


def _begins(reader: Reader, place: int, forms: Mapping[str, float]) -> float:
    """Log-odds that a flash begins here, by its form."""
    headline = reader.headline(place)
    weight = min(1.5, 0.7 * reader.opening(place).weight)
    if headline is not None:
        weight += max(0.0, min(4.5, 1.6 + 1.8 * headline.strength)) + _SURE_FORMS.get(headline.form, 0.0)
        weight += forms.get(headline.form, 0.0) if headline.strength > MIN_STRENGTH else 0.0
    elif reader.line(place) is not None:
        weight += 0.3 + forms.get("line", 0.0)
    else:
        weight += reader.first_sentence(place)
    if reader.flow.kinds[place] is _HEADING:
        weight -= 1.5
    return weight - 2.5 * (place == 0)


def word_reasons(reader: Reader, span: range, scale: float, most: float) -> list[Reason]:
    """The evidence from the span's words, its style and the rest of the site."""
    return [
        ("foreign_words", max(-_MOST_KNOWN, min(most, scale * reader.foreign(span)))),
        ("style_of_its_own", reader.style.breaks(span)),
        ("on_other_pages", reader.elsewhere.weight(span)),
    ]


def place_reasons(reader: Reader, span: range, *, stamped: bool) -> list[Reason]:
    """The evidence against a flash from the span's position."""
    flow = reader.flow
    reasons: list[Reason] = []
    odd = {flow.kinds[place] for place in span if flow.is_odd(place)}
    if odd:
        reasons.append(("quotation", -1.0) if odd == {Kind.QUOTE} else ("item_of_a_list", -2.0))
    if span[0] == 0:
        reasons.append(("begins_the_essay", -2.0))
    elif not stamped and flow.is_prose(span[0] - 1) and flow.texts[span[0] - 1].endswith(LEADS_ON):
        reasons.append(("announced", -1.5))
    if not stamped and span[-1] >= flow.last_prose:
        reasons.append(("ends_the_essay", -2.0))
    if any(flow.labels[place] is not Label.BODY for place in span):
        reasons.append(("unlike_the_essay", 0.5 if stamped else -1.0))
    return reasons


def stamp_reasons(stamp: Stamp, text: str) -> list[Reason]:
    """The evidence of a stamp. No paragraph of 1,485 plain articles ends with a dated stamp in square brackets."""
    before = text[: stamp.start].rstrip()[-1:]
    if stamp.alone:
        reasons = [("stamp_on_its_own_line", 2.0 if stamp.timed else 0.3)]
    elif stamp.frame in _ROUND:
        reasons = [("closing_stamp", 4.5 if stamp.timed else 2.3)]
    elif stamp.frame:
        reasons = [("closing_stamp", 5.0 if stamp.timed else 3.7)]
    else:
        reasons = [("closing_time", 3.2 if stamp.timed else 1.0)]
    if stamp.published is None:
        reasons.append(("stamp_without_a_date", -2.0))
    if not stamp.alone and before not in ENDS:
        reasons.append(("stamp_inside_a_sentence", -0.8))
    elif stamp.frame and before.isascii() and text[stamp.start - 1] == before:
        reasons.append(("stamp_glued_to_the_text", 0.8))
    if before in _QUOTED:
        reasons.append(("date_of_a_quotation", -1.0))
    if stamp.worded:
        reasons.append(("date_of_something_named", -1.5))
    if stamp.closed:
        reasons.append(("date_closes_a_sentence", -1.5))
    return reasons
