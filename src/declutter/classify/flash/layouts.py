"""Weighs a flash in parts as a candidate: the evidence of its parts, and the positions of its headline and text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import Candidate, Layout
from declutter.classify.flash.credits import named_source
from declutter.classify.flash.echoes import sentence_echo
from declutter.classify.flash.headlines import MIN_STRENGTH, Headline, by_words, find_headline, is_listed, is_wide
from declutter.classify.flash.openings import NOTHING, name_source
from declutter.classify.flash.reasons import evidence
from declutter.classify.flash.weighing import closing_reasons, place_reasons, word_reasons
from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from declutter.classify.flash.parts import Parts
    from declutter.classify.flash.reasons import Reason

_SAID: Final = re.compile(r"[^\W\d][^|｜:：.!?。！？]{1,23}\s?[|｜]\s?")  # `Reuters | ` between a time and a headline
_MIN_BOLD: Final = 16
_MIN_BEHIND: Final = 30
"""Characters of a headline in bold type after a time, and of the text after it in the same paragraph."""
_SPACED: Final = re.compile(r"[^\s。！？；]{8,60}?[\u3040-\u9fff\uac00-\ud7af\d元%]\s(?=[\u3040-\u9fff])")
_MAX_POINTERS: Final = 6  # lines with words for a link; more are the buttons of a list that the essay is
_RARE: Final = -3.5
_MOST_WORDS: Final = 2.5
_NO_HEADLINE: Final = -1.0
_POINTS: Final = 1.4  # log-odds of words for a link to the rest, on a line of their own
_POINTS_AGAIN: Final = 0.8  # if the page has more of them


def weigh_layout(parts: Parts, order: str, first: int, head: int | None, last: int) -> Candidate:
    """The candidate from `first` to `last` with its evidence. head: place of a headline on a line of its own."""
    reader, flow = parts.reader, parts.flow
    places = range(first, last + 1)
    headline, headline_at = _headline(parts, first, head, places)
    reasons: list[Reason] = [("few_blocks_are_flashes", _RARE), *_marks(parts, places)]
    is_name = False
    if headline is None:
        reasons.append(("no_headline", _NO_HEADLINE))
    elif head is not None:
        words = by_words(flow.texts[headline_at][headline.start : headline.end])
        is_name = words < 0
        reasons.append(("headline_by_line", 0.8 + words))
        if flow.kinds[headline_at] is Kind.HEADING:
            reasons.append(("headed_section", -3.0))
    else:
        reasons.append((f"headline_by_{headline.form}", max(0.0, min(2.2, 0.8 + 0.9 * headline.strength))))
    text = next((p for p in places if p != head and not parts.is_mark(p)), first)
    opening = reader.opening(text) if text not in parts.leads else NOTHING
    reasons.append((opening.name, 0.6 * opening.weight))
    if head is None and headline is None and (text in parts.leads or text == first):
        reasons.append(("headline_taken_up_again", sentence_echo(flow.texts[text])))
    reasons += word_reasons(reader, places, scale=0.7, most=_MOST_WORDS)
    if text in parts.leads or any(place in parts.credited for place in places[-2:]):
        reasons.append(("figures_of_its_own", reader.figures(places)))
    reasons += _place(parts, places, is_name=is_name)
    own = [p for p in places if p not in parts.leads and not parts.is_mark(p)]
    if any(is_listed(flow.texts[p]) for p in own):
        reasons.append(("item_of_a_list", -1.0))
    if any(parts.is_repeated(p) for p in own if flow.is_prose(p)):
        reasons.append(("said_twice", -4.0))
    layout = Layout(order, headline_at, _pieces(parts, places, headline, headline_at), *_told(parts, places))
    return Candidate(first, last, headline, None, opening, evidence(reasons), layout)


def _headline(parts: Parts, first: int, head: int | None, places: range) -> tuple[Headline | None, int]:
    flow = parts.flow
    if head is not None:
        text = flow.texts[head]
        kicked = parts.reader.headline(head) if head in parts.headed else None
        line = parts.reader.line(head)
        start = parts.leads[head].end if head in parts.leads else kicked.start if kicked else line.start if line else 0
        if head in parts.leads and (said := _SAID.match(text, start)):
            start = said.end()
        end = parts.tails[head].start if head in parts.tails else line.end if line else len(text)
        return Headline(start, end, len(text), "line", "", 0.0), head
    led = next((place for place in places if place in parts.leads), None)
    if led is not None:
        found = _behind_time(parts, led)
        return found, first if found is None else led
    found = parts.reader.headline(first)
    bold = parts.reader.bold_headline(first)
    if bold is not None and (found is None or (not found.kicker and found.end < bold.end)):
        return bold, first
    return found if found is not None and first == places[-1] and found.strength > MIN_STRENGTH else None, first


def _behind_time(parts: Parts, led: int) -> Headline | None:
    """The headline after the time that opens a text; None if there is none."""
    text, lead = parts.flow.texts[led], parts.leads[led]
    found = find_headline(text[lead.end :], parts.vocabulary)
    if found is not None and found.strength > MIN_STRENGTH:
        return found._replace(start=found.start + lead.end, end=found.end + lead.end, body=found.body + lead.end)
    end = lead.bold or _spaced(text, lead.end)
    if (end - lead.end) * (1 + is_wide(text)) < _MIN_BOLD or len(text) - end < _MIN_BEHIND:
        return None
    return Headline(lead.end, lead.end + len(text[lead.end : end].rstrip(" .:")), end, "line", "", 0.0)


def _spaced(text: str, start: int) -> int:
    """The end of a headline that only a space parts from its text, in a script without spaces; 0 without one."""
    found = _SPACED.match(text, start)
    return found.end() if found else 0


def _marks(parts: Parts, places: range) -> Iterator[Reason]:
    """The evidence from times, sources and kickers."""
    stamps = parts.flow.stamps
    times = [place for place in places if place in parts.times]
    leads = [place for place in places if place in parts.leads]
    closing = stamps.get(places[-1])
    if closing is not None and not closing.alone:
        yield from closing_reasons(parts.reader, places[-1])
    if times:
        stamp = stamps[times[0]]
        weight = (2.8 if stamp.timed else 1.2) if stamp.published else 1.9
        yield "stamp_on_its_own_line", weight
    elif leads:
        lead = parts.leads[leads[0]]
        yield "time_before_the_text", 3.0 if lead.published else 2.4 if lead.dated else 1.6
    if behind := parts.tails.get(places[0]):
        yield "time_after_the_headline", 2.4 if behind.published and behind.timed else 1.6
    if any(place in parts.credits or place in parts.bylines for place in places):
        yield "source_on_its_own_line", 1.8 if not times else 1.0
    if any(place in parts.subjects for place in places):
        yield "subjects_on_their_own_line", 1.4
    if any(place in parts.pointers for place in places):
        yield "pointer_after_the_text", _POINTS + _POINTS_AGAIN * (1 < len(parts.pointers) <= _MAX_POINTERS)
    if places[0] in parts.signed:
        yield "sign_before_the_text", 1.2
    if credit := parts.credited.get(_last_text(parts, places)):
        yield credit.name, credit.weight
    if any(place in parts.kickers or place in parts.headed for place in places):
        yield "headline_by_kicker", 2.0


def _place(parts: Parts, places: range, *, is_name: bool) -> Iterator[Reason]:
    """The evidence against a flash from the position of the candidate. is_name: its line is as short as a name."""
    reader, flow = parts.reader, parts.flow
    yield from place_reasons(reader, places, stamped=True)
    if places[0] <= parts.first:
        yield "begins_the_essay", -4.0 if places[0] else -2.0
    elif is_name and parts.is_second(places[0]):
        yield "begins_the_essay", -2.0  # byline, time and first paragraph, below a standfirst or caption
    if not parts.own_time.isdisjoint(places):
        yield "time_of_the_page", -4.0
    if places[-1] >= parts.last:
        yield "ends_the_essay", -2.0
    led = next((place for place in places if place in parts.leads), None)
    if led is not None:
        if parts.is_log:
            yield "page_of_times", -4.0
        if flow.texts[led][parts.leads[led].end].islower():
            yield "sentence_goes_on", -1.8


def _pieces(parts: Parts, places: range, headline: Headline | None, headline_at: int) -> tuple[tuple[int, int], ...]:
    """By place, the start and end of the flash's own text."""
    pieces, last = [], _last_text(parts, places)
    for place in places:
        text = parts.flow.texts[place]
        start, end = 0, len(text)
        if parts.is_mark(place):
            end = 0
        elif headline is not None and place == headline_at:
            start = headline.body
        elif place in parts.leads:
            start = parts.leads[place].end
        stamp = parts.flow.stamps.get(place)
        if stamp is not None and not stamp.alone:
            end = max(start, stamp.start)
        if place == last and place in parts.credited:
            end = max(start, parts.credited[place].start)
        pieces.append((start, end))
    return tuple(pieces)


def _last_text(parts: Parts, places: range) -> int:
    """The last place, or the one before a time on the last line."""
    return places[-1] - (places[-1] in parts.times and len(places) > 1)


def _told(parts: Parts, places: range) -> tuple[str | None, str | None]:
    """The flash's time and source."""
    stamps, leads = parts.flow.stamps, parts.leads
    times = [stamps[place].published for place in places if place in stamps]
    times += [leads[place].published for place in places if place in leads]
    times += [parts.tails[place].published for place in places if place in parts.tails]
    published = next((time for time in times if time), None)
    named = [
        name_source(parts.flow.texts[p], parts.vocabulary) for p in places if p in parts.credits or p in parts.times
    ]
    named += [named_source(parts.credited[p].words, parts.vocabulary) for p in places if p in parts.credited]
    return published, next((name for name in named if name), None)
