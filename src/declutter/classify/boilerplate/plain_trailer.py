"""What follows the essay on a page without useful markup: lists of teasers, comments, notices."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.discussions import signatures_below
from declutter.classify.boilerplate.evidence import name_of
from declutter.classify.boilerplate.forms import (
    MIN_PROSE_SIZE,
    ends_sentence,
    is_cut,
    is_prose,
    is_stamp,
    size,
)
from declutter.classify.boilerplate.frames import Frames, is_category
from declutter.classify.cues import LABEL_OF
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.evidence import Decision
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline
    from declutter.vocabulary import Cue

_MAX_TRAILING_PROSE: Final = 0.25
_MIN_BEFORE_COMMENTS: Final = 0.5
_LIKE_THE_ESSAY: Final = 0.5  # share of the median paragraph's length
_AMID: Final = frozenset({"promo", "chrome", "editor", "source"})
_HEADINGS: Final = frozenset({"related", "comment", "tags"})
_CLOSERS: Final = frozenset({"related", "tags", "comment", "source", "editor", "chrome", "promo"})
_MIN_SENTENCE_SIZE: Final = 32
_AFTER_KICKER: Final = frozenset(":：|｜!！-–—")
_MIN_HEADLINE_SIZE: Final = 16


def find_trailer(outline: Outline, cues: CueReader, frames: Frames | None, start: int) -> int:
    """The number of the first line after the essay; the number of lines if the essay runs to the end."""
    texts = outline.texts
    watch = cues.deadline.watch
    prose = [size(text) if is_prose(text) else 0 for text in watch(texts)]
    total = sum(prose[start:]) or 1
    usual = median([length for length in prose[start:] if length] or [0])
    end = len(texts)
    rest = 0
    pointer = -1  # the last line that only points to another page
    goes_on = False  # whether a paragraph like the essay's is between here and the end
    for number in watch(range(len(texts) - 1, start, -1)):
        if frames is not None and frames.start <= number < frames.end:
            end = number
            continue
        sections = {cue.section for cue in cues[number]}
        if sections == {"promo"} and number + 1 < end and prose[number + 1] and not cues[number + 1]:
            continue  # the label of an advertisement inside the essay
        if goes_on and (_may_stand_amid(cues[number]) or _closes_a_brief(cues[number], prose, number, usual)):
            continue
        if number + 1 < end and _goes_on_behind(texts, cues, number, pointed=number + 1 == pointer):
            pointer = number
            continue
        if sections & _CLOSERS and (not prose[number] or "promo" in sections or "chrome" in sections):
            end, goes_on = number, False
        elif prose[number] and not is_cut(texts[number]):
            goes_on = goes_on or (prose[number] >= _LIKE_THE_ESSAY * usual and not cues[number])
            rest += prose[number]
            if rest > _MAX_TRAILING_PROSE * total:
                break
    if frames is not None and end == frames.start and end - 1 > start and is_category(texts[end - 1]):
        end -= 1
    return min(end, _discussion(outline, cues, prose, start))


def label_trailer(texts: Sequence[str], cues: CueReader, frames: Frames | None, end: int) -> list[Decision]:
    """The decisions for the lines after the essay, which ends before line `end`."""
    decisions = []
    state: Decision | None = None
    for number in range(end, len(texts)):
        found = cues[number]
        if frames is not None and frames.start <= number < frames.end:
            decision, state = (Label.RELATED, "teasers_with_times"), None
        elif found:
            label = LABEL_OF[found[0].section]
            decision = label, name_of(found[0])
            heading = found[0].section in _HEADINGS and found[0].position == "label"
            state = (label, f"under_{found[0].section}_heading") if heading else None
        elif frames is not None and number == frames.start - 1:
            decision = Label.RELATED, "heads_what_follows"
        elif state is not None and (cues.is_menu if state[0] is Label.COMMENT else cues.is_services)(number):
            decision = Label.CHROME, "line_of_services"
            state = state if state[0] is Label.COMMENT else None  # comments have buttons between them
        elif is_stamp(texts[number]) and state is None:
            decision = Label.META, "stamp_alone"
        else:
            decision = state or (Label.CHROME, "after_the_essay")
        decisions.append(decision)
    return decisions


def _may_stand_amid(cues: Sequence[Cue]) -> bool:
    """Whether it is a notice, source, editor's line or single pointer, which portals also put between paragraphs."""
    return bool(cues) and all(
        cue.section in _AMID or (cue.section == "related" and cue.position != "label") for cue in cues
    )


def _closes_a_brief(cues: Sequence[Cue], prose: Sequence[int], number: int, usual: float) -> bool:
    """Whether it is `Read on` or `More` directly above a paragraph like the essay's: the end of an inserted flash."""
    follows = number + 1 < len(prose) and prose[number + 1] >= _LIKE_THE_ESSAY * usual
    return follows and bool(cues) and all(cue.section == "related" for cue in cues)


def _goes_on_behind(texts: Sequence[str], cues: CueReader, number: int, *, pointed: bool) -> bool:
    """Whether the essay goes on below a pointer or a kicker with its headline: with a sentence, or the brief's text.

    pointed: whether the next line is a pointer below which it goes on.
    """
    found, text, below = cues[number], texts[number], texts[number + 1]
    if not found or any(cue.section != "related" for cue in found):
        return False
    if pointed:
        return all(cue.position != "label" for cue in found)
    if cues[number + 1] or is_cut(below):
        return False
    kicker = cues.vocabulary.kickers.match(text)
    if kicker is not None and not _AFTER_KICKER.isdisjoint(text[kicker.end - 1 : kicker.end + 2]):
        return len(text) - kicker.end >= _MIN_HEADLINE_SIZE and size(below) >= MIN_PROSE_SIZE
    is_pointer = all(cue.position != "label" for cue in found)
    return is_pointer and size(below) >= _MIN_SENTENCE_SIZE and ends_sentence(below)


def _discussion(outline: Outline, cues: CueReader, prose: Sequence[int], start: int) -> int:
    """The line that heads the readers' comments, which are running text, too.

    It is past half of the page's text, or after a paragraph and above posts with names and times.
    """
    total = sum(prose[start:])
    seen = 0
    for number in range(start, len(prose)):
        seen += prose[number]
        if cues.is_label(number, "comment") and (
            seen >= _MIN_BEFORE_COMMENTS * total or (seen and signatures_below(outline, cues, number))
        ):
            return number
    return len(prose)
