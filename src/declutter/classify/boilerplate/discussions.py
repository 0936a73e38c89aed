"""Readers' comments without class names: posts below a heading for comments, each signed with a name and a time."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.forms import ends_sentence, holds_date, size
from declutter.dates.recent import find_ago
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.page import Page
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_MAX_SIGNATURE: Final = 64
_MIN_ESSAY: Final = 100
"""Letters of essay above the heading."""
_MIN_LONG_ESSAY: Final = 600
"""The same if the posts have no times."""
_MIN_POSTS: Final = 2
_MIN_NAMED_POSTS: Final = 4
_MAX_NAME: Final = 32
_MAX_POST: Final = 12
"""Maximum number of blocks from one signature to the next."""
_MAX_LEVELS: Final = 4
_UNTOLD: Final = frozenset({Label.BODY, Label.CHROME})


def claim_discussion(page: Page, labels: list[Label]) -> None:
    """Label signed posts below a heading for comments as comments, whatever they were taken for."""
    outline, cues = page.outline, page.cues
    written: list[int] = []  # by block: letters of essay above it; filled when a heading for comments is found
    for number in outline.deadline.watch(cues.spoken):
        if labels[number] not in _UNTOLD or not cues.is_label(number, "comment"):
            continue
        if not written:
            own = [size(text) if label is _BODY else 0 for text, label in zip(outline.texts, labels, strict=True)]
            written = list(itertools.accumulate(own, initial=0))
        if written[number] < _MIN_ESSAY:
            continue
        signatures = signatures_below(outline, cues, number)
        past = _end(outline, number, signatures) if signatures else _past_single_post(outline, number)
        if not past and written[number] >= _MIN_LONG_ESSAY:
            past = _past_named_posts(outline, cues, labels, number)
        if past:
            for block in range(number, past):
                if labels[block] in _UNTOLD:
                    labels[block] = Label.COMMENT
            return


def _past_single_post(outline: Outline, heading: int) -> int:
    """The end of a small box that the heading opens, with one signed post; 0 without one."""
    box = _box_of(outline, heading)
    past = heading + 1
    while box and past < len(outline.owners) and past <= heading + _MAX_POST and outline.holds(box, past):
        past += 1
    opens = not heading or not outline.holds(box, heading - 1)
    texts = outline.texts[heading + 1 : past]
    signed = [number for number, text in enumerate(texts) if _is_timed(text)]
    return past if opens and len(signed) == 1 and signed[0] + 1 < len(texts) <= _MAX_POST - 1 else 0


def _past_named_posts(outline: Outline, cues: CueReader, labels: Sequence[Label], heading: int) -> int:
    """The end of at least four posts without times, taken for the essay: short lines, each above a text; else 0."""
    texts, names, number = outline.texts, 0, heading + 1
    while number + 1 < len(texts) and labels[number] is _BODY and not cues.is_label(number, "related"):
        if _is_name(texts[number]) == _is_name(texts[number + 1]) and not names:
            return 0
        names += _is_name(texts[number]) and not _is_name(texts[number + 1])
        if number - heading > _MAX_POST * (names + 1):
            return 0
        number += 1
    return number if names >= _MIN_NAMED_POSTS else 0


def _is_timed(text: str) -> bool:
    """Whether it is a short line with a date or a time such as `2 hours ago`."""
    return len(text) <= _MAX_SIGNATURE and (holds_date(text) or find_ago(text) is not None)


def _is_name(text: str) -> bool:
    return len(text) <= _MAX_NAME and not ends_sentence(text)


def signatures_below(outline: Outline, cues: CueReader, heading: int) -> list[int]:
    """The lines that sign the posts below a heading, none far from the previous one; [] for fewer than two posts.

    A signature is a short line with a date, and with the name in it or in a line next to it. Dates in a list of teasers
    have no text of their own between them, or a heading above.
    """
    texts, linked = outline.texts, outline.linked
    found: list[int] = []
    said = False
    box = _box_of(outline, heading)
    for number in range(heading + 1, len(texts)):
        if number - (found[-1] if found else heading) > _MAX_POST or cues.is_label(number, "related"):
            break
        if box and not outline.holds(box, number):
            break
        if _is_timed(texts[number]):
            if found and not said:
                break
            found.append(number)
            said = False
        else:
            said = said or not linked[number]
    return found if len(found) >= _MIN_POSTS else []


def _box_of(outline: Outline, heading: int) -> int:
    """The widest element that begins with the heading and has more in it; without one, that of the heading and more."""
    parents, found = outline.parents, 0
    element = outline.owners[heading]
    for _ in range(_MAX_LEVELS):
        element = parents[element]
        goes_on = heading + 1 < len(outline.owners) and outline.holds(element, heading + 1)
        if element <= 0 or (heading and outline.holds(element, heading - 1)):
            return found or (element if goes_on else 0)
        if goes_on:
            found = element
    return found


def _end(outline: Outline, heading: int, signatures: Sequence[int]) -> int:
    """The end of the last post: as many blocks after its signature as in the shortest other post."""
    texts, owners, tags = outline.texts, outline.owners, outline.tags
    last = signatures[-1]
    above = signatures[0] - heading - 1
    if any(len(text) > _MAX_SIGNATURE for text in texts[heading + 1 : signatures[0]]):
        return last + 1  # each signature follows its post
    least = min(below - above for above, below in itertools.pairwise(signatures))
    posts = {tags[owner] for owner in owners[signatures[0] : last]}
    past = last + 1
    while past < min(last + max(_MIN_POSTS, least - above), len(texts)) and tags[owners[past]] in posts:
        past += 1
    return past
