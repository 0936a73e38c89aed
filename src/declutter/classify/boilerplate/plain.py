"""Pages without useful markup: text dumps, and HTML whose lines are all in the same nameless elements.

Only the lines tell where the essay begins and ends: after a header of short lines, before a trailer of cue lines and
teasers. All between is the essay, except single lines with evidence of their own.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from declutter.classify.account import Account
from declutter.classify.boilerplate.forms import is_prose, size
from declutter.classify.boilerplate.frames import closing_frames, find_dated_links
from declutter.classify.boilerplate.plain_header import header_length, label_header
from declutter.classify.boilerplate.plain_trailer import find_trailer, label_trailer
from declutter.classify.margins import DECIDED, overrule
from declutter.model import Evidence, Label, SpanKind

if TYPE_CHECKING:
    from declutter.classify.boilerplate.evidence import Decision
    from declutter.classify.boilerplate.page import Page
    from declutter.deadline import Deadline
    from declutter.outline import Outline

_MIN_LONG_SIZE: Final = 200
_MIN_MENU: Final = 3  # links in a line

_PROSE, _LONG_PROSE, _LONG_LINE, _MOST_NEAR, _LEAST = 0.7, 1.3, 0.7, 3.0, 0.1
"""Log-odds that a line belongs to the essay, by its form and by the running text around it."""
_NEAR: Final = 8
_PARAGRAPH: Final = 100

_ESSAY: Final[Decision] = (Label.BODY, "between_header_and_trailer")


def is_plain(outline: Outline) -> bool:
    """Whether no element has a class or id: text dumps, and HTML without useful markup."""
    return outline.is_text or not any(outline.names)


def label_plain(page: Page, scores: Sequence[float], account: Account) -> tuple[list[Label], list[float]]:
    """The label of each line, and its margin in log-odds.

    scores: log-odds of body from main content. account: records the evidence.
    """
    outline, cues, title = page.outline, page.cues, page.title
    texts, deadline = outline.texts, outline.deadline
    frames = closing_frames(page)
    deadline.check()
    start = header_length(texts, cues, title)
    end = find_trailer(outline, cues, frames, start)
    decisions = [
        *label_header(texts, cues, start, title, _menus(outline, start)),
        *[_ESSAY] * (end - start),
        *label_trailer(texts, cues, frames, end),
    ]
    for run in find_dated_links(page):
        decisions[run.start : run.stop] = [(Label.RELATED, "teasers_with_times")] * len(run)
    running = _running(texts, deadline)
    margins = [margin if decision is _ESSAY else DECIDED for margin, decision in zip(running, decisions, strict=True)]
    for number, (label, reason) in enumerate(deadline.watch(decisions if account.asked else ())):
        account.add(number, [Evidence(reason, margins[number], label)])
        account.rise(number, label, margins[number])
    labels = [label for label, _ in decisions]
    before = labels[:]
    _cut_menus(outline, scores, labels)
    account.follow("edge_of_the_page", labels)
    overrule(before, labels, margins)
    return labels, margins


def _cut_menus(outline: Outline, scores: Sequence[float], labels: list[Label]) -> None:
    """Label linked lines before the first and after the last block that main content took for the essay as menus."""
    essay = [number for number, score in enumerate(scores) if score > 0]
    for number, label in enumerate(labels if essay else ()):
        is_outside = number < essay[0] or number > essay[-1]
        if label is Label.BODY and is_outside and 2 * outline.linked[number] >= len(outline.texts[number]):
            labels[number] = Label.CHROME


def _menus(outline: Outline, end: int) -> set[int]:
    """The lines of several links before the essay."""
    return {
        number
        for number, marks in enumerate(outline.marks[:end])
        if sum(mark.kind is SpanKind.LINK for mark in marks) >= _MIN_MENU
    }


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
