"""Flashes in boxes of their own between the essay's paragraphs, each with headline and text in one element."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.flash.candidates import Candidate, Layout
from declutter.classify.flash.form import LEADS_ON, MAX_KICKER
from declutter.classify.flash.headlines import by_words
from declutter.classify.flash.reasons import RARE, evidence
from declutter.classify.flash.weighing import word_reasons
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from declutter.classify.flash.flow import Flow
    from declutter.classify.flash.headlines import Headline
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_MAX_BLOCKS: Final = 5
_MAX_TEXT: Final = 900  # characters
_BOX: Final = 2.3
"""Log-odds of a box, before its words count. 1,485 plain articles have 190 boxes with a headline, nearly all of which
repeat what the essay says; one passes, of a newsletter."""
_LINES: Final = 1.5  # log-odds of a paragraph whose first line is a headline
_HEADLINE: Final = 0.8
_NAME: Final = -2.2  # a first line of a few words: `Name<br>Comment`
_KICKER: Final = 2.0
_MOST_KNOWN: Final = 3.0  # maximum log-odds of a box's words against a flash
_NEAR: Final = -1.0  # log-odds from which a box supports others
_OWN: Final = -2.0  # log-odds below which a box is surely the essay's, and others with its name probably are
_LIKE_OWN: Final = -1.5
_LISTS: Final = frozenset({Kind.ITEM, Kind.CODE, Kind.CAPTION})
_CELLS: Final = frozenset({"td", "th"})


class Box(NamedTuple):
    """A small element inside the essay: its number, and its places in the flow."""

    element: int
    places: range


class _Head(NamedTuple):
    """The headline of a box, with its kicker if there is one, and its offset from the first place of the box."""

    headline: Headline
    offset: int


def find_boxes(flow: Flow, outline: Outline) -> list[Box]:
    """The small elements between two essay paragraphs that contain a line and a text; looks at elements only."""
    owners, parents = flow.units, outline.parents
    holder, (above, below) = _holder(flow, owners, parents)
    if not holder:
        return []
    children = [owner if parents[owner] == holder else _child_of(holder, owner, parents) for owner in owners]
    if not any(one == other > holder for one, other in pairwise(children[above : below + 1])):
        return []  # each paragraph is in an element of its own
    boxes = []
    for child, run in groupby(range(len(children)), key=children.__getitem__):
        places = list(run)
        if 1 < len(places) <= _MAX_BLOCKS and child > holder and above < places[0] and places[-1] < below:
            boxes.append(Box(child, range(places[0], places[-1] + 1)))
    return [box for box in boxes if _may_be_brief(flow, outline, box)]


def find_boxed(reader: FlowReader, outline: Outline, boxes: Sequence[Box], taken: AbstractSet[int]) -> list[Candidate]:
    """The flashes in boxes, and boxes that come near to one, without places in `taken`.

    A page has all its flashes in one kind of box: if another box with the same name surely is the essay's, so is this.
    """
    heads = [(box, head) for box in boxes if taken.isdisjoint(box.places) and (head := _head(reader, box)) is not None]
    often = Counter(reader.flow.texts[box.places[head.offset]] for box, head in heads)
    candidates = []
    own = set()
    for box, head in heads:
        if often[reader.flow.texts[box.places[head.offset]]] > 1:
            continue  # `Tip`, `What to do`: a heading of the essay's own boxes
        candidate = _weigh(reader, outline, box, head)
        name = outline.names[box.element]
        if candidate.score < _OWN and name:
            own.add(name)
        candidates.append((name, candidate))
    told = [candidate.but(("boxes_like_it", _LIKE_OWN)) if name in own else candidate for name, candidate in candidates]
    return [candidate for candidate in told if candidate.score > _NEAR]


def _holder(flow: Flow, owners: Sequence[int], parents: Sequence[int]) -> tuple[int, tuple[int, int]]:
    """The element that directly contains most of the essay's paragraphs, with their first and last place.

    0 if there is none. owners: the units of the flow's blocks.
    """
    held = Counter(owners)
    sizes: defaultdict[int, int] = defaultdict(int)
    ends: dict[int, tuple[int, int]] = {}
    essays = [place for place, label in enumerate(flow.labels) if label is _BODY and flow.sentences[place]]
    for place in essays:
        owner = owners[place]
        home = owner if held[owner] > _MAX_BLOCKS else parents[owner]
        sizes[home] += len(flow.texts[place])
        ends[home] = ends.get(home, (place, place))[0], place
    if not sizes:
        return 0, (0, 0)
    holder = max(sizes, key=sizes.__getitem__)
    return holder, ends[holder]


def _child_of(holder: int, element: int, parents: Sequence[int]) -> int:
    """The child of `holder` that contains `element` or is it; `holder` for itself, 0 outside of it."""
    while element > holder:
        parent = parents[element]
        if parent == holder:
            return element
        element = parent
    return holder if element == holder else 0


def _may_be_brief(flow: Flow, outline: Outline, box: Box) -> bool:
    """Whether the box is short, contains no list or table, and has a text below its first line."""
    texts = [flow.texts[place] for place in box.places]
    if sum(map(len, texts)) > _MAX_TEXT or not any(flow.is_prose(place) for place in box.places[1:]):
        return False
    if any(text.endswith(LEADS_ON) for text in texts) or any(flow.kinds[place] in _LISTS for place in box.places):
        return False
    past = max(outline.owners[flow.blocks[place]] for place in box.places) + 1
    return sum(tag in _CELLS for tag in outline.tags[box.element : past]) <= 1


def _head(reader: FlowReader, box: Box) -> _Head | None:
    """The headline of a box: its first line, or the line below a kicker; None if no text follows."""
    places = box.places
    kicker = reader.kicker(places[0])
    short = len(reader.flow.texts[places[0]]) <= MAX_KICKER
    offset = int(short and len(places) > 2 and reader.line(places[1]) is not None)  # noqa: PLR2004
    headline = reader.line(places[offset])
    if headline is None or reader.is_labelled(places[offset]):
        return None
    if any(reader.line(place) is not None for place in places[offset + 1 : offset + 2]):
        return None
    return _Head(headline._replace(kicker=kicker) if kicker and offset else headline, offset)


def _weigh(reader: FlowReader, outline: Outline, box: Box, head: _Head) -> Candidate:
    flow, places = reader.flow, box.places
    is_lines = flow.units[places[0]] == box.element and outline.tags[outline.owners[flow.blocks[places[0]]]] == "p"
    opening = reader.opening(places[head.offset + 1])
    line = flow.texts[places[head.offset]][head.headline.start : head.headline.end]
    reasons: list[Reason] = [
        RARE,
        ("box_of_its_own", _LINES if is_lines else _BOX),
        ("headline_by_line", _NAME if is_lines and by_words(line) < 0 else _HEADLINE),
        ("headline_by_kicker", _KICKER if head.headline.kicker else 0.0),
        (opening.name, opening.weight),
        *word_reasons(reader, places, known=_MOST_KNOWN),
    ]
    if any(flow.labels[place] is not _BODY for place in places):
        reasons.append(("unlike_the_essay", -1.0))
    stamp = flow.stamps.get(places[-1])
    return Candidate(
        places[0], places[-1], head.headline, stamp, opening, evidence(reasons), _layout(flow, places, head.offset)
    )


def _layout(flow: Flow, places: range, offset: int) -> Layout:
    """The flash's own text: all of the box except kicker, headline and a closing stamp."""
    stamp = flow.stamps.get(places[-1])
    ends = [len(flow.texts[place]) for place in places]
    starts = [*ends[: offset + 1], *[0] * (len(ends) - offset - 1)]
    if stamp is not None:
        ends[-1] = max(starts[-1], stamp.start)
    pieces = tuple(zip(starts, ends, strict=True))
    return Layout("box", places[offset], pieces, stamp.published if stamp else None, None)
