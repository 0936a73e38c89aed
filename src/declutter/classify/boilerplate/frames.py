"""Finds teasers by their repeated frame: title, snippet, and a time on a line of its own."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.boilerplate.forms import (
    MAX_STAMP_LENGTH,
    date_of,
    ends_sentence,
    is_cut,
    is_prose,
    is_stamp,
    link_share,
    size,
)
from declutter.dates import is_placeholder
from declutter.deadline import Deadline
from declutter.model import Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page

_TOKEN: Final = re.compile(r"_[^\s_]{1,14}$")
_MAX_LINES_A_FRAME: Final = 4
_MIN_FRAMES: Final = 2
"""Minimum number of teasers in a run."""
_WITH_SNIPPET: Final = 3
_MAX_TITLE_SIZE: Final = 180
_MAX_CATEGORY_SIZE: Final = 32
_MAX_LINES_AFTER: Final = 12
_MIN_SHARE: Final = 0.5
_MAX_SHARE_OF_PROSE: Final = 0.5


_MIN_DATED: Final = 3
_MIN_TIME: Final = 4
"""Minimum length of a time beside a link: `9:05`."""
_MIN_HEADLINE: Final = 16
_FULLY: Final = 0.95


class Frames(NamedTuple):
    """A run of teasers, `lines[start:end]`, each of `period` lines with the time last."""

    start: int
    end: int
    period: int


def claim_frames(page: Page, labels: list[Label]) -> None:
    """Label teasers with times after the essay's first block as related, whatever main content took them for."""
    first, frames = page.places.first, closing_frames(page)
    if frames is not None:
        start, end = first + frames.start, first + frames.end
        if start > 0 and is_category(page.outline.texts[start - 1]) and not page.cues[start - 1]:
            start -= 1
        labels[start:end] = [Label.RELATED] * (end - start)
    if any(labels[number] is Label.BODY for number in page.shapes.prose):
        for run in find_dated_links(page):
            labels[run.start : run.stop] = [Label.RELATED] * len(run)


def find_dated_links(page: Page) -> list[range]:
    """Runs of lines after a paragraph, each a time and a linked headline: further items of the site."""
    texts, linked, shapes = page.outline.texts, page.outline.linked, page.shapes
    start = min(shapes.prose, default=len(texts))
    dated = sorted(line for line in shapes.dated if line > start and _is_dated(texts[line], linked[line]))
    runs: list[range] = []
    for line in dated:
        if runs and runs[-1].stop == line:
            runs[-1] = range(runs[-1].start, line + 1)
        else:
            runs.append(range(line, line + 1))
    return [run for run in runs if len(run) >= _MIN_DATED]


def _is_dated(text: str, linked: int) -> bool:
    if not _MIN_HEADLINE // 2 <= linked <= len(text) - _MIN_TIME:
        return False
    return link_share(text, linked) >= _FULLY and size(text) >= _MIN_HEADLINE


def closing_frames(page: Page) -> Frames | None:
    """The teasers with times after the essay's first block, in numbers relative to it."""
    outline, cues, offset = page.outline, page.cues, page.places.first
    dated = [n for n in sorted(page.shapes.dated) if n >= offset and len(outline.texts[n]) <= MAX_STAMP_LENGTH]
    # A time without another one near it is not part of a run, and parsing dates is expensive.
    near = {n for pair in itertools.pairwise(dated) if pair[1] - pair[0] <= _MAX_LINES_A_FRAME for n in pair}
    stamps = [number - offset for number in sorted(near) if is_stamp(outline.texts[number])]
    if len(stamps) < _MIN_FRAMES:
        return None

    def discussed(number: int) -> bool:
        return page.discussed(offset + number) or cues.says(offset + number, "comment")

    texts, linked = outline.texts[offset:], outline.linked[offset:]
    find = partial(_find_frames, texts, linked, stamps, in_discussion=discussed, deadline=cues.deadline)
    frames = find(after_tags=False)
    if frames is not None:
        return frames
    tags = next((n for n in reversed(cues.spoken) if cues.says(n, "tags")), -1) - offset
    if tags < 0:
        return None
    frames = find(after_tags=True)
    return frames if frames is not None and frames.start > tags else None


def _find_frames(
    texts: Sequence[str],
    linked: Sequence[int],
    stamps: Sequence[int],
    *,
    after_tags: bool,
    in_discussion: Callable[[int], bool],
    deadline: Deadline,
) -> Frames | None:
    """The last run of teasers on a page; None if there is none.

    Round-ups of flashes and comments are runs with times, too, so a run counts as teasers only if the reasons below
    add up. stamps: the lines that are times. in_discussion: whether a line is among comments or heads them.
    deadline: raises LimitError when it passes.
    """
    runs: list[list[int]] = []
    for stamp in deadline.watch(stamps):
        if (
            runs
            and 1 < stamp - runs[-1][-1] <= _MAX_LINES_A_FRAME
            and not any(map(in_discussion, range(runs[-1][-1] + 1, stamp)))
        ):
            runs[-1].append(stamp)
        else:
            runs.append([stamp])
    runs = [run for run in runs if len(run) >= _MIN_FRAMES]

    @cache
    def prose() -> int:
        """The size of all running text on the page."""
        return sum(size(text) for text in deadline.watch(texts) if is_prose(text) or is_cut(text))

    for run in reversed(runs):
        frames = _frames_of(texts, linked, run, prose, after_tags=after_tags, deadline=deadline)
        if frames is not None and not any(map(in_discussion, range(max(0, frames.start - 1), run[0] + 1))):
            return frames
    return None


def _frames_of(
    texts: Sequence[str],
    linked: Sequence[int],
    run: list[int],
    prose: Callable[[], int],
    *,
    after_tags: bool,
    deadline: Deadline,
) -> Frames | None:
    """The teasers that a run of times ends, if there is enough reason to call them that."""
    gaps = Counter(b - a for a, b in itertools.pairwise(run))
    period = min(gaps, key=lambda gap: (-gaps[gap], gap))
    start, end = run[0] - period + 1, run[-1] + 1
    titles = [stamp - period + 1 for stamp in run]
    if start < 0 or any(size(texts[title]) > _MAX_TITLE_SIZE for title in titles):
        return None
    snippets = [texts[stamp - 1] for stamp in run] if period > _WITH_SNIPPET - 1 else []
    count = len(run)
    reasons = (
        3.0 * after_tags,
        3.0 * (sum(_is_placeholder(texts[stamp]) for stamp in deadline.watch(run)) >= _MIN_SHARE * count),
        2.0 * (sum(map(is_cut, snippets)) >= _MIN_SHARE * count),
        2.0 * (sum(_TOKEN.search(texts[title]) is not None for title in titles) >= _MIN_SHARE * count),
        2.0 * (sum(linked[title] * 2 > len(texts[title]) for title in titles) >= _MIN_SHARE * count),
        -2.0 if any(ends_sentence(texts[title]) for title in titles) else 1.0,
        1.0 * (len(texts) - end <= _MAX_LINES_AFTER),
        -2.5,
    )
    speaks = sum(reasons)
    if snippets and speaks > 0:
        speaks -= 4.0 * (sum(size(snippet) for snippet in snippets) > _MAX_SHARE_OF_PROSE * prose())
    return Frames(start, end, period) if speaks > 0 else None


def _is_placeholder(text: str) -> bool:
    date = date_of(text)
    return date is not None and is_placeholder(date)


def is_category(text: str) -> bool:
    """Whether a short line can be the category above a list of teasers."""
    return size(text) < _MAX_CATEGORY_SIZE and not ends_sentence(text)
