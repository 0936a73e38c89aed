"""Pages without useful markup: text dumps, and HTML whose lines are all in the same nameless elements.

Only the lines tell where the essay begins and ends: after a header of short lines, before a trailer of cue lines and
teasers. All between is the essay, except single lines with evidence of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import partial
from itertools import accumulate, pairwise
from statistics import median
from typing import TYPE_CHECKING, TypeAlias

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.discussions import signatures_below
from declutter.classify.boilerplate.forms import (
    MAX_STAMP_LENGTH,
    ends_sentence,
    holds_date,
    is_crumb,
    is_cut,
    is_menu,
    is_prose,
    is_stamp,
    size,
)
from declutter.classify.boilerplate.frames import MAX_LINES_A_FRAME, MIN_FRAMES, Frames, find_dated_links, find_frames
from declutter.classify.cues import LABEL_OF
from declutter.classify.margins import DECIDED
from declutter.model import Evidence, Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.classify.cues import CueReader
    from declutter.deadline import Deadline
    from declutter.outline import Outline
    from declutter.vocabulary import Cue

_MAX_HEADER_LINES = 60
_MIN_SENTENCE_SIZE = 20
_MIN_LONG_SIZE = 200
_MIN_HEADLINE_SIZE = 16
_GOES_ON = (",", "，", "、", "،")
_MAX_TRAILING_PROSE = 0.25
_MIN_BEFORE_COMMENTS = 0.5
_LIKE_THE_ESSAY = 0.5  # share of the median paragraph's length
_AMID = frozenset({"promo", "chrome", "editor", "source"})
_HEADINGS = frozenset({"related", "comment", "tags"})
Verdict: TypeAlias = tuple[Label, str]
"""A line's label, and the name of the evidence that decided it."""

_PROSE, _LONG_PROSE, _LONG_LINE, _MOST_NEAR, _LEAST = 0.7, 1.3, 0.7, 3.0, 0.1
"""Log-odds that a line belongs to the essay, by its form and by the running text around it."""
_NEAR = 8
_PARAGRAPH = 100

_ESSAY: Verdict = (Label.BODY, "between_header_and_trailer")
_CLOSERS = frozenset({"related", "tags", "comment", "source", "editor", "chrome", "promo"})


def label_plain(
    outline: Outline, cues: CueReader, shapes: Shapes, *, title: str | None, account: Account = SILENT
) -> tuple[list[Label], list[float]]:
    """The label of each line, and its margin in log-odds. account: records the evidence."""
    texts, deadline = outline.texts, cues.deadline
    frames = closing_frames(outline, cues, shapes)
    deadline.check()
    start = _header_length(texts, cues, title)
    end = _find_trailer(outline, cues, frames, start)
    verdicts = [*_header(texts, cues, start, title), *[_ESSAY] * (end - start), *_trailer(texts, cues, frames, end)]
    for run in find_dated_links(outline, shapes):
        verdicts[run.start : run.stop] = [(Label.RELATED, "teasers_with_times")] * len(run)
    running = _running(texts, deadline)
    margins = [margin if verdict is _ESSAY else DECIDED for margin, verdict in zip(running, verdicts, strict=True)]
    for number, (label, reason) in enumerate(deadline.watch(verdicts if account.asked else ())):
        account.add(number, [Evidence(reason, margins[number], label)])
        account.rise(number, label, margins[number])
    return [label for label, _ in verdicts], margins


def _running(texts: Sequence[str], deadline: Deadline) -> list[float]:
    """By line, the log-odds that it belongs to the essay because it is running text, or among running text.

    The weights are those of a logistic regression on the WCXB and DAnIEL pages with one line per block: short lines of
    a menu are among others, headings of an essay among paragraphs.
    """
    sizes = [size(text) for text in deadline.watch(texts)]
    prose = [length if is_prose(text) else 0 for text, length in deadline.watch(zip(texts, sizes, strict=True))]
    sums = [0, *accumulate(prose)]
    margins = []
    for number, length in enumerate(deadline.watch(sizes)):
        long = min(length / _MIN_LONG_SIZE, 1.0)
        own = _PROSE + _LONG_PROSE * long if prose[number] else _LONG_LINE * long
        near = sums[min(number + _NEAR + 1, len(texts))] - sums[max(number - _NEAR, 0)] - prose[number]
        margins.append(round(max(_LEAST, own + min(_MOST_NEAR, math.log1p(near / _PARAGRAPH))), 2))
    return margins


def closing_frames(
    outline: Outline,
    cues: CueReader,
    shapes: Shapes,
    *,
    offset: int = 0,
    in_discussion: Callable[[int], bool] | None = None,
) -> Frames | None:
    """The teasers with times after the essay, in line numbers relative to `offset`, where the search starts."""
    dated = [n for n in sorted(shapes.dated) if n >= offset and len(outline.texts[n]) <= MAX_STAMP_LENGTH]
    # A time without another one near it is not part of a run, and parsing dates is expensive.
    near = {n for pair in pairwise(dated) if pair[1] - pair[0] <= MAX_LINES_A_FRAME for n in pair}
    stamps = [number - offset for number in sorted(near) if is_stamp(outline.texts[number])]
    if len(stamps) < MIN_FRAMES:
        return None

    def discussed(number: int) -> bool:
        if in_discussion is not None and in_discussion(offset + number):
            return True
        return any(cue.section == "comment" for cue in cues[offset + number])

    texts, linked = outline.texts[offset:], outline.linked[offset:]
    find = partial(find_frames, texts, linked, stamps, in_discussion=discussed, deadline=cues.deadline)
    frames = find(after_tags=False)
    if frames is not None:
        return frames
    tags = next((n for n in reversed(cues.spoken) if any(cue.section == "tags" for cue in cues[n])), -1) - offset
    if tags < 0:
        return None
    frames = find(after_tags=True)
    return frames if frames is not None and frames.start > tags else None


def _header_length(texts: Sequence[str], cues: CueReader, title: str | None) -> int:
    """The number of lines before the first running text that belong to the header."""
    for number, text in enumerate(texts[:_MAX_HEADER_LINES]):
        if _is_about(text, cues, number):
            continue
        closed = is_prose(text) or (size(text) >= _MIN_SENTENCE_SIZE and ends_sentence(text))
        if closed or size(text) >= _MIN_LONG_SIZE:
            about = [n for n in range(number) if _is_about(texts[n], cues, n)]
            headline = _headline(texts[:number], cues, title)
            return max([-1, *about[-1:], *([] if headline is None else [headline])]) + 1
    return 0


def _is_about(text: str, cues: CueReader, number: int) -> bool:
    """Whether a header line is not the headline: a breadcrumb, menu, byline or time."""
    return (
        bool(cues[number])
        or is_crumb(text, min_pieces=2)
        or is_menu(text)
        or is_stamp(text)
        or (holds_date(text) and not is_prose(text))
        or cues.is_menu(number)
    )


def _headline(texts: Sequence[str], cues: CueReader, title: str | None) -> int | None:
    """The headline among the header lines: the one given in the page's head, else the one above byline and time.

    None if the likely line ends in a comma, as the first line of a poem may.
    """
    if title:
        wanted = _fold(title)
        lines = [n for n, text in enumerate(texts) if size(text) >= _MIN_HEADLINE_SIZE // 2]
        hits = [n for n in lines if wanted.startswith(_fold(texts[n])) or _fold(texts[n]).startswith(wanted)]
        if hits:
            return max(hits, key=lambda n: (len(texts[n]), n))
    others = [n for n, text in enumerate(texts) if not _is_about(text, cues, n)]
    if not others:
        return None
    about = next(
        (
            n
            for n, text in enumerate(texts)
            if is_stamp(text)
            or holds_date(text)
            or any(cue.section in {"author", "credit", "published", "updated"} for cue in cues[n])
        ),
        None,
    )
    above = [n for n in others if about is not None and n < about]
    if above:
        return above[-1] if size(texts[above[-1]]) >= _MIN_HEADLINE_SIZE else max(above, key=lambda n: size(texts[n]))
    crumb = max((n for n, text in enumerate(texts) if is_crumb(text)), default=-1)
    below = [n for n in others if n > crumb]
    if not below:
        return None
    likely = next((n for n in below if size(texts[n]) >= _MIN_HEADLINE_SIZE), below[0])
    return None if texts[likely].endswith(_GOES_ON) else likely


def _header(texts: Sequence[str], cues: CueReader, end: int, title: str | None) -> list[Verdict]:
    headline = _headline(texts[:end], cues, title)
    listed = _lists_above(texts, cues, end if headline is None else headline)
    verdicts = []
    for number, text in enumerate(texts[:end]):
        if number in listed:
            verdict = Label.RELATED, "under_related_heading"
        elif number == headline:
            verdict = Label.TITLE, "headline_in_header"
        elif is_crumb(text, min_pieces=2):
            verdict = Label.META, "breadcrumb"
        elif is_stamp(text):
            verdict = Label.META, "stamp_alone"
        elif is_menu(text) or cues.is_menu(number):
            verdict = Label.CHROME, "menu_in_a_line"
        elif cue := next(iter(cues[number]), None):
            label = LABEL_OF[cue.section]
            if label is Label.RELATED and (headline is None or number < headline):
                label = Label.CHROME  # a menu entry: "News", "Latest"
            verdict = label, _name(cue)
        elif holds_date(text):
            verdict = Label.META, "holds_a_date"
        elif headline is not None and number > headline:
            verdict = Label.META, "below_the_headline"
        else:
            verdict = Label.CHROME, "above_the_headline"
        verdicts.append(verdict)
    return verdicts


def _lists_above(texts: Sequence[str], cues: CueReader, end: int) -> set[int]:
    """Lines above the headline that are a list of teasers with its heading; menu entries are shorter."""
    listed: set[int] = set()
    for number in range(end):
        if not any(cue.section == "related" and cue.position == "label" for cue in cues[number]):
            continue
        last = number
        while last + 1 < end and size(texts[last + 1]) >= _MIN_HEADLINE_SIZE and not cues[last + 1]:
            last += 1
        if last > number + 1:
            listed.update(range(number, last + 1))
    return listed


def _find_trailer(outline: Outline, cues: CueReader, frames: Frames | None, start: int) -> int:
    """The number of the first line after the essay; the number of lines if the essay runs to the end."""
    texts = outline.texts
    prose = [size(text) if is_prose(text) else 0 for text in texts]
    total = sum(prose[start:]) or 1
    usual = median([length for length in prose[start:] if length] or [0])
    end = len(texts)
    rest = 0
    goes_on = False  # whether a paragraph like the essay's is between here and the end
    for number in range(len(texts) - 1, start, -1):
        if frames is not None and frames.start <= number < frames.end:
            end = number
            continue
        sections = {cue.section for cue in cues[number]}
        if sections == {"promo"} and number + 1 < end and prose[number + 1] and not cues[number + 1]:
            continue  # the label of an advertisement inside the essay
        if goes_on and (_may_stand_amid(cues[number]) or _closes_a_brief(cues[number], prose, number, usual)):
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


def _may_stand_amid(cues: Sequence[Cue]) -> bool:
    """Whether it is a notice, source, editor's line or single pointer, which portals also put between paragraphs."""
    return bool(cues) and all(
        cue.section in _AMID or (cue.section == "related" and cue.position != "label") for cue in cues
    )


def _closes_a_brief(cues: Sequence[Cue], prose: Sequence[int], number: int, usual: float) -> bool:
    """Whether it is `Read on` or `More` directly above a paragraph like the essay's: the end of an inserted flash."""
    follows = number + 1 < len(prose) and prose[number + 1] >= _LIKE_THE_ESSAY * usual
    return follows and bool(cues) and all(cue.section == "related" for cue in cues)


def _discussion(outline: Outline, cues: CueReader, prose: Sequence[int], start: int) -> int:
    """The line that heads the readers' comments, which are running text, too.

    It is past half of the page's text, or after a paragraph and above posts with names and times.
    """
    total = sum(prose[start:])
    seen = 0
    for number in range(start, len(prose)):
        seen += prose[number]
        heads = any(cue.section == "comment" and cue.position == "label" for cue in cues[number])
        if heads and (seen >= _MIN_BEFORE_COMMENTS * total or (seen and signatures_below(outline, cues, number))):
            return number
    return len(prose)


def is_category(text: str) -> bool:
    """Whether a short line can be the category above a list of teasers."""
    return size(text) < 2 * _MIN_HEADLINE_SIZE and not ends_sentence(text)


def _trailer(texts: Sequence[str], cues: CueReader, frames: Frames | None, end: int) -> list[Verdict]:
    verdicts = []
    state: Verdict | None = None
    for number in range(end, len(texts)):
        found = cues[number]
        if frames is not None and frames.start <= number < frames.end:
            verdict, state = (Label.RELATED, "teasers_with_times"), None
        elif found:
            label = LABEL_OF[found[0].section]
            verdict = label, _name(found[0])
            heading = found[0].section in _HEADINGS and found[0].position == "label"
            state = (label, f"under_{found[0].section}_heading") if heading else None
        elif frames is not None and number == frames.start - 1:
            verdict = Label.RELATED, "heads_what_follows"
        elif is_stamp(texts[number]) and state is None:
            verdict = Label.META, "stamp_alone"
        else:
            verdict = state or (Label.CHROME, "behind_the_essay")
        verdicts.append(verdict)
    return verdicts


def _name(cue: Cue) -> str:
    return f"cue_{cue.section}_{cue.position}"


def _fold(text: str) -> str:
    return "".join(text.split()).casefold()
