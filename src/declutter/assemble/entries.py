"""The entries of a live blog, built from the time stamps that begin or end them.

Only for pages that are marked as live blogs, by their JSON-LD, title, URL, or the class names around the essay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Final, Literal, NamedTuple, TypeAlias

from declutter.dates import find_dates, parse_date
from declutter.dates.zones import zone_of
from declutter.model import Entry, Kind, Label, SpanKind
from declutter.vocabulary import vocabulary

if TYPE_CHECKING:
    from declutter.model import Block
    from declutter.outline import Outline

_BODY: Final = Label.BODY  # see Label

_SIGNS: Final = re.compile(r"[\W_]+")
_LIVE_CLASS: Final = re.compile(r"(?:^|[\s_-])live|live(?:blog|feed|ticker|post|update)|ticker|timeline", re.IGNORECASE)
_CLOCK: Final = re.compile(
    r"[\s\[(【「•·–—-]{0,3}(?:(?:godz\.?|klo?\.?|um|at|à|às|alle|ore)\s)?(?P<hour>[01]?\d|2[0-3])"
    r"(?:[:.](?P<minute>[0-5]\d)(?:[:.][0-5]\d)?|[h时時點点시]\s?(?P<minute2>[0-5]\d)?[分분]?)(?!\d|[.,:]\d|%)"
    r"(?:\s?(?P<half>[ap]\.?m\b\.?))?(?:\s?(?:Uhr|ч\.?|h\.?|hrs?)(?!\w))?(?P<zone>\s?(?-i:[A-Z]{2,5})(?!\w))?",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
_BREAK: Final = re.compile(r"[\s\])】」|:：.,–—•·-]+")
_CLOSING: Final = re.compile(r"[\[(【]([^\[\]()【】]{5,40})[\])】]\s*$")
_MIN_ENTRIES: Final = 3
_MAX_ALONE: Final = 60
_MAX_REST: Final = 24
_MIN_IN_ORDER: Final = 0.7
_MIN_SHARE: Final = 0.4
_MAX_CLIMB: Final = 12
_NOON: Final = 12
_KEY: Final = 40
_READ: Final = 4 * _KEY  # characters of a text that its key is made from
_WORD: Final = re.compile(r"\w+")
_Form: TypeAlias = Literal["opening", "closing"]


class _Stamp(NamedTuple):
    """A time stamp: the index of its block among those with a text, its time, and the range of the remaining text."""

    place: int
    time: str
    form: _Form
    start: int
    end: int


def make_entries(
    blocks: Sequence[Block], outline: Outline, stated: Sequence[Entry], *, title: str | None, url: str | None
) -> tuple[Entry, ...]:
    """The entries of a live blog in page order; () for any other page.

    blocks: those with a text, as many as the outline's. stated: the entries in the page's JSON-LD. They add the date to
    the times of the shown entries, and replace them if the page shows none.
    """
    if not stated and not _says_live(blocks, outline, title, url):
        return ()
    shown = _shown(blocks, outline)
    return _dated(shown, stated) if shown else tuple(stated)


def _says_live(blocks: Sequence[Block], outline: Outline, title: str | None, url: str | None) -> bool:
    live = vocabulary().live
    address = _SIGNS.sub(" ", (url or "").rpartition("//")[2].partition("/")[2])
    if live.search(title or "") or live.search(address):
        return True
    first = next((place for place, block in enumerate(blocks) if block.label is _BODY), None)
    if first is None:
        return False
    around = islice(outline.ancestors(outline.owners[first]), _MAX_CLIMB)
    return any(_LIVE_CLASS.search(outline.names[element]) for element in around)


def _shown(blocks: Sequence[Block], outline: Outline) -> list[Entry]:
    """The entries shown on the page, by the most common form of their stamps."""
    stated = _stated_times(outline)
    stamps = [
        stamp
        for place, block in enumerate(outline.deadline.watch(blocks))
        if (stamp := _stamp(place, block, stated.get(outline.owners[place], "")))
    ]
    forms = Counter(stamp.form for stamp in stamps)
    form = max(forms, key=forms.__getitem__, default="opening")
    stamps = [stamp for stamp in stamps if stamp.form == form]
    if len(stamps) < _MIN_ENTRIES or not _is_in_order(stamps):
        return []
    groups = _closed(stamps, blocks) if form == "closing" else _opened(stamps, blocks, outline)
    entries = [_entry(stamp, places, blocks) for stamp, places in zip(stamps, groups, strict=True)]
    entries = [entry for entry in entries if entry.text or entry.headline]
    essay = sum(len(block.text) for block in blocks if block.label is _BODY)
    return entries if sum(len(entry.text) for entry in entries) >= _MIN_SHARE * essay else []


def _stated_times(outline: Outline) -> dict[int, str]:
    """By element, the datetime of the first <time> in it."""
    first: dict[int, str] = {}
    for owner, stated in outline.times:
        for element in outline.ancestors(owner):
            if element in first:
                break
            first[element] = stated
    return first


def _stamp(place: int, block: Block, stated: str) -> _Stamp | None:
    """The time stamp that a block is, begins with or ends with. stated: the first datetime in its element."""
    text = block.text
    is_own_line = block.label is Label.CHROME and len(text) <= _MAX_REST  # `11:40 BST` may pass for a clock
    if (block.label not in (_BODY, Label.META) and not is_own_line) or not _DIGIT.search(
        text[:_MAX_ALONE] + text[-_MAX_ALONE:]
    ):
        return None
    if (closing := _CLOSING.search(text)) and (time := parse_date(closing[1])):
        return _Stamp(place, time, "closing", 0, closing.start()) if closing.start() > _MAX_REST else None
    if len(text) <= _MAX_ALONE:
        if stated and (time := parse_date(stated)):
            return _Stamp(place, time, "opening", len(text), len(text))
        dates = find_dates(text)
        if dates and "T" in dates[0].date and len(text) - (dates[0].end - dates[0].start) <= _MAX_REST:
            return _Stamp(place, dates[0].date, "opening", len(text), len(text))
    found = _CLOCK.match(text)
    if found is None:
        return None
    is_zoned = found["zone"] and zone_of(found["zone"].strip())
    end = found.end() if is_zoned or not found["zone"] else found.start("zone")  # `14:05 NATO meets` has no zone
    rest = _BREAK.match(text, end)
    start = rest.end() if rest else end
    if not rest and start < len(text):
        return None  # `9.30am` is a time, `9.30ers` is not
    return _Stamp(place, _clock(found), "opening", start, len(text))


def _clock(found: re.Match[str]) -> str:
    hour = int(found["hour"])
    half = (found["half"] or "").lower()
    if half.startswith("p") and hour < _NOON:
        hour += 12
    elif half.startswith("a") and hour == _NOON:
        hour = 0
    return f"{hour:02}:{found['minute'] or found['minute2'] or '00'}"


def _is_in_order(stamps: Sequence[_Stamp]) -> bool:
    """Whether the times mostly ascend or mostly descend. A share of the steps may deviate, for example at midnight."""
    times = [stamp.time for stamp in stamps]
    steps = list(pairwise(times))
    up, down = sum(one <= two for one, two in steps), sum(one >= two for one, two in steps)
    return max(up, down) >= _MIN_IN_ORDER * len(steps) and len(set(times)) > 1


def _closed(stamps: Sequence[_Stamp], blocks: Sequence[Block]) -> list[list[int]]:
    """The indices of the blocks of each entry that ends with its stamp, from the previous stamp on.

    The first entry is only its stamp's block, with a heading directly before it.
    """
    groups = []
    before = stamps[0].place - 1
    if before >= 0 and blocks[before].kind is not Kind.HEADING:
        before += 1
    for stamp in stamps:
        groups.append([place for place in range(max(before, 0), stamp.place + 1) if blocks[place].label is _BODY])
        before = stamp.place + 1
    return groups


def _opened(stamps: Sequence[_Stamp], blocks: Sequence[Block], outline: Outline) -> list[list[int]]:
    """The indices of the blocks of each entry that begins with its stamp.

    An entry is the largest element that contains its stamp and no other one; failing that, the blocks up to the next
    stamp.
    """
    owners = [outline.owners[stamp.place] for stamp in stamps]
    ends = _ends(outline.parents)
    by_owner = sorted((owner, place) for place, owner in enumerate(outline.owners))
    groups: list[list[int]] = []
    for stamp, owner in zip(stamps, owners, strict=True):
        element = owner
        while (above := outline.parents[element]) > 0 and _count(owners, above, ends[above]) == 1:
            element = above
        held = by_owner[bisect_left(by_owner, (element,)) : bisect_left(by_owner, (ends[element],))]
        places = sorted(place for _, place in held)
        groups.append([place for place in places if blocks[place].label is _BODY or place == stamp.place])
    if sum(len(group) > 1 for group in groups) * 2 >= len(groups):
        return groups
    return list(_between(stamps, blocks))


def _between(stamps: Sequence[_Stamp], blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The indices from each stamp to the next. The last entry gets the median length of the others."""
    above = sum(stamp.place > 0 and blocks[stamp.place - 1].kind is Kind.HEADING for stamp in stamps) * 2 > len(stamps)
    starts = [stamp.place - above for stamp in stamps]
    lengths = sorted(end - start for start, end in pairwise(starts))
    ends = [*starts[1:], starts[-1] + lengths[len(lengths) // 2]]
    for stamp, start, end in zip(stamps, starts, ends, strict=True):
        yield [
            place
            for place in range(max(start, 0), min(end, len(blocks)))
            if blocks[place].label is _BODY or place == stamp.place
        ]


def _ends(parents: Sequence[int]) -> list[int]:
    """By element: one past its last descendant."""
    ends = list(range(1, len(parents) + 1))
    for element in range(len(parents) - 1, 0, -1):
        parent = parents[element]
        ends[parent] = max(ends[parent], ends[element])
    return ends


def _count(owners: Sequence[int], first: int, end: int) -> int:
    return bisect_left(owners, end) - bisect_left(owners, first)


def _entry(stamp: _Stamp, places: Sequence[int], blocks: Sequence[Block]) -> Entry:
    texts: list[str] = []
    headline = None
    for place in places:
        block = blocks[place]
        text = block.text[stamp.start : stamp.end].strip() if place == stamp.place else block.text
        if text and headline is None and not texts and _is_headline(block, text) and place != places[-1]:
            headline = text
        elif text:
            texts.append(text)
    return Entry(stamp.time, headline, "\n".join(texts), tuple(blocks[place].index for place in places))


def _is_headline(block: Block, text: str) -> bool:
    """Whether the block is a heading, or a bold line above others."""
    if block.kind is Kind.HEADING:
        return True
    return any(
        span.kind is SpanKind.STRONG and block.text[span.start : span.end].strip() == text for span in block.spans
    )


def _dated(shown: Sequence[Entry], stated: Sequence[Entry]) -> tuple[Entry, ...]:
    """The shown entries, with the full times of JSON-LD entries that have the same headline or text."""
    known: dict[tuple[str, str], tuple[int, str]] = {}
    for number, other in enumerate(stated):
        for key in _keys(other) if other.time else ():
            known.setdefault(key, (number, other.time or ""))
    dated = []
    for entry in shown:
        told = [known[key] for key in _keys(entry) if key in known] if entry.time and "T" not in entry.time else []
        dated.append(Entry(min(told)[1], entry.headline, entry.text, entry.blocks) if told else entry)
    return tuple(dated)


def _keys(entry: Entry) -> list[tuple[str, str]]:
    """The keys that identify an entry: the beginnings of its headline and of its text."""
    written = {"headline": entry.headline or "", "text": entry.text}
    keys = [(part, "".join(_WORD.findall(text[:_READ].casefold()))[:_KEY]) for part, text in written.items()]
    return [(part, key) for part, key in keys if key]
