"""Teasers told by their repeated frame: title, snippet, and a time on a line of its own, again and again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from declutter.classify.boilerplate.forms import (
    ends_sentence,
    is_cut,
    is_prose,
    is_stamp,
    size,
)
from declutter.dates import is_placeholder, parse_date

_TOKEN = re.compile(r"_[^\s_]{1,14}$")
_MAX_LINES_A_FRAME = 4
_MAX_TITLE_SIZE = 180
_MAX_LINES_AFTER = 12
_MIN_SHARE = 0.5
_MAX_SHARE_OF_PROSE = 0.5


class Frames(NamedTuple):
    """A run of teasers: `lines[start:end]`, each of `period` lines, the time the last."""

    start: int
    end: int
    period: int


def find_frames(texts: Sequence[str], linked: Sequence[int], *, after_tags: bool) -> Frames | None:
    """The run of teasers that closes a page, None where there is none.

    A round-up is a run of stamped briefs too: what makes a run teasers is named below, each reason counted.
    """
    stamps = [number for number, text in enumerate(texts) if is_stamp(text)]
    if len(stamps) < 2:  # noqa: PLR2004 - what stands once is no frame
        return None
    gaps = Counter(b - a for a, b in zip(stamps, stamps[1:], strict=False))
    period = min(
        (gap for gap in gaps if 1 < gap <= _MAX_LINES_A_FRAME),
        key=lambda gap: (-gaps[gap], gap),
        default=0,
    )
    if not period:
        return None
    members = [stamps[-1]]
    for stamp in reversed(stamps[:-1]):
        if not 1 < members[0] - stamp <= _MAX_LINES_A_FRAME:
            break
        members.insert(0, stamp)
    start, end = members[0] - period + 1, members[-1] + 1
    titles = [member - period + 1 for member in members]
    if len(members) < 2 or start < 0 or any(size(texts[title]) > _MAX_TITLE_SIZE for title in titles):  # noqa: PLR2004 - as above
        return None
    snippets = [texts[member - 1] for member in members if period > 2]  # noqa: PLR2004 - title, snippet, time
    prose = sum(size(text) for text in texts if is_prose(text) or is_cut(text))
    mine = sum(size(snippet) for snippet in snippets)
    count = len(members)
    reasons = (
        3.0 * after_tags,
        3.0 * (_share(parse_date(texts[member].strip("[]() ")) for member in members) >= _MIN_SHARE),
        2.0 * (sum(map(is_cut, snippets)) >= _MIN_SHARE * count),
        2.0 * (sum(_TOKEN.search(texts[title]) is not None for title in titles) >= _MIN_SHARE * count),
        2.0 * (sum(linked[title] * 2 > len(texts[title]) for title in titles) >= _MIN_SHARE * count),
        -2.0 if any(ends_sentence(texts[title]) for title in titles) else 1.0,
        1.0 * (len(texts) - end <= _MAX_LINES_AFTER),
        -4.0 * (mine > _MAX_SHARE_OF_PROSE * prose),
        -2.5,
    )
    return Frames(start, end, period) if sum(reasons) > 0 else None


def _share(dates: object) -> float:
    found = list(dates)  # type: ignore[call-overload]
    return sum(date is not None and is_placeholder(date) for date in found) / len(found)
