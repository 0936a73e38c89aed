"""The essay's flow: the blocks among which flashes are searched, with what a cheap look at each shows."""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, compress
from typing import Final, NamedTuple

from declutter.classify.flash.dressing import Point, read_point, skip_bullet
from declutter.classify.flash.headlines import may_have_headline
from declutter.classify.flash.leads import Lead, find_lead
from declutter.classify.flash.openings import may_be_placed, may_be_wired
from declutter.classify.flash.stamps import Stamp, find_stamp
from declutter.model import Kind, Label, SpanKind
from declutter.outline import Mark, Outline
from declutter.wide import FIRST_WIDE

_BODY: Final = Label.BODY  # see Label
_STRONG: Final = SpanKind.STRONG
_CHROME: Final = Label.CHROME  # see Label
_RELATED: Final = Label.RELATED
_META: Final = Label.META

_RUNNING: Final = frozenset({Kind.PARAGRAPH, Kind.LINE, Kind.QUOTE, Kind.ITEM, Kind.CELL})
_SET_APART: Final = frozenset({Kind.QUOTE, Kind.ITEM, Kind.CELL})
_ESSAYS_OR_NEVER: Final = frozenset({Label.BODY, Label.TITLE, Label.COMMENT})
_MAX_BOXED: Final = 3  # paragraphs in a box of their own
_MAX_PARTS: Final = 4  # blocks from one paragraph to the next, with headline and times of boxes in between
_NUMERAL: Final = re.compile(r"\d")
_INDENT: Final = 2  # characters before bold type: a bullet, a bracket
_MIN_PROSE: Final = 40
_MIN_WIDE: Final = 20  # in scripts without spaces
_MIN_RUN_IN: Final = 16  # characters
_NEAR: Final = 6  # blocks: no flash has more, see `stamped`, `opened` and `frames`
_MIN_BEHIND: Final = 30
"""Characters of the text behind bold type that may be a headline."""
_SENTENCE: Final = re.compile(r".{8,120}?(?:[.!?…؟।۔](?=\s)|[。！？])")
_MAX_HEADLINE: Final = 110
_STOPS: Final = frozenset(".!?…。！？।۔؟")
MAX_SHORT: Final = 60


class Flow(NamedTuple):
    """The flow's blocks, by their place in it.

    blocks: their numbers on the page. units: the outermost element of each that contains nothing else. texts, kinds,
    labels: of each. stamps: closing time stamps, by place. leads: times that open a text. short: places of lines that
    may name a source or be a kicker. headed: places whose text may begin with a headline. wired: those that may begin
    with place and agency, like a wire report, or below a line with a place or a day alone. bold: by place of such
    texts, the end of the bold type at their beginning. strong: the same of any text, if more text follows. run_in: by
    place, the end of a first sentence that is in bold type or follows a bullet, and that more text follows. points:
    numbers and signs before a text, by place. sentences: for each, whether it is running text of a sentence or more.
    last_prose: the last such place that is body, -1 if there is none. usual: the kind of most of the flow's text.
    prose: characters of running text. size: characters of all texts.
    """

    blocks: list[int]
    units: list[int]
    texts: list[str]
    kinds: list[Kind]
    labels: list[Label]
    stamps: dict[int, Stamp]
    leads: dict[int, Lead]
    short: list[int]
    headed: list[int]
    wired: frozenset[int]
    bold: dict[int, int]
    strong: dict[int, int]
    run_in: dict[int, int]
    points: dict[int, Point]
    sentences: list[bool]
    last_prose: int
    usual: Kind
    prose: int
    size: int

    def is_running(self, place: int) -> bool:
        """Whether it is a paragraph or a line, which flashes consist of."""
        return self.kinds[place] in _RUNNING

    def is_odd(self, place: int) -> bool:
        """Whether it is an item, cell or quotation in an essay of paragraphs."""
        kind = self.kinds[place]
        return kind in _SET_APART and kind is not self.usual

    def is_prose(self, place: int) -> bool:
        """Whether it is running text of a sentence or more."""
        return self.sentences[place]


def read_flow(outline: Outline, labels: Sequence[Label], furniture: AbstractSet[int] = frozenset()) -> Flow:
    """The body blocks, and blocks in the same markup between or after them with another label; without furniture."""
    units = _Units(outline.parents)
    blocks = _flow_blocks(outline, labels, furniture, units)
    if not blocks:
        return Flow([], [], [], [], [], {}, {}, [], [], frozenset(), {}, {}, {}, {}, [], -1, Kind.PARAGRAPH, 0, 0)
    kinds = [outline.kinds[outline.owners[number]] for number in blocks]
    texts = [outline.texts[number] for number in blocks]
    shown_as = [labels[number] for number in blocks]
    stamps, leads, short, headed, wired, bold, bolds, run_in, points = {}, {}, [], [], set(), {}, {}, {}, {}
    sentences = list(map(is_sentence, kinds, texts))
    for place in outline.deadline.watch(_near_sentences(kinds, sentences)):
        text, marks = texts[place], outline.marks[blocks[place]]
        if (stamp := find_stamp(text)) is not None:
            stamps[place] = stamp
        if (stamp is None or not stamp.alone) and (lead := find_lead(text)) is not None:
            leads[place] = lead._replace(bold=_bold_end(marks, lead.end))
        elif len(text) <= MAX_SHORT:
            short.append(place)
        strong = _bold_end(marks, _INDENT) if marks else 0
        if strong and _MIN_RUN_IN <= strong <= len(text) - _MIN_BEHIND:
            bolds[place] = strong
        if may_have_headline(text):
            headed.append(place)
            if strong:
                bold[place] = strong
        dressed = not text[0].isalpha()
        if end := _run_in(text, strong) if marks else dressed and _pointed(text):
            run_in[place] = end
        if dressed and (point := read_point(text)) is not None:
            points[place] = point
        below_line = place and sentences[place] and len(texts[place - 1]) <= _MAX_HEADLINE
        if may_be_wired(text) or (below_line and may_be_placed(text)):
            wired.add(place)
    essays = [place for place, label in enumerate(shown_as) if sentences[place] and label is _BODY]
    return Flow(
        blocks, [units[outline.owners[number]] for number in blocks],
        texts, kinds, shown_as, stamps, leads, short, headed, frozenset(wired), bold, bolds, run_in, points, sentences,
        last_prose=essays[-1] if essays else -1,
        usual=_usual(kinds, texts),
        prose=sum(map(len, compress(texts, sentences))),
        size=sum(map(len, texts)),
    )  # fmt: skip


def is_sentence(kind: Kind, text: str) -> bool:
    """Whether a block is running text of a sentence or more."""
    size = len(text)
    return size >= _MIN_WIDE and kind in _RUNNING and (size >= _MIN_PROSE or text[0] > FIRST_WIDE)


def _flow_blocks(outline: Outline, labels: Sequence[Label], furniture: AbstractSet[int], units: _Units) -> list[int]:
    """The numbers of the flow's blocks."""
    owners, tags, parents = outline.owners, outline.tags, outline.parents
    body = [number for number, label in enumerate(labels) if label is _BODY]
    if not body:
        return []
    first, last = body[0], body[-1]
    within = {tags[owners[number]] for number in body}
    between = [number for number in range(first, last) if labels[number] not in _ESSAYS_OR_NEVER]
    # The rest of a long essay that was cut off too early may follow the last body block.
    behind = [number for number in range(last + 1, len(labels)) if labels[number] is _CHROME]
    others = [n for n in chain(between, behind) if tags[owners[n]] in within and n not in furniture]
    alike: list[int] = []
    if others:
        homes = {(tags[owner], parents[units[owner]]) for owner in {owners[number] for number in body}}
        alike = [n for n in others if (tags[owners[n]], parents[units[owners[n]]]) in homes]
    boxed = set(_boxed(outline, labels, between, body, units)).difference(alike, furniture)
    return sorted([*body, *alike, *boxed]) if alike or boxed else body


def _boxed(
    outline: Outline, labels: Sequence[Label], between: Iterable[int], body: Sequence[int], units: _Units
) -> Iterator[int]:
    """Blocks between two paragraphs that are in a box with one: the linked headline of a flash, or its time."""
    owners, parents = outline.owners, outline.parents
    for number in between:
        label = labels[number]
        if label is not _RELATED and (label is not _META or _NUMERAL.search(outline.texts[number]) is None):
            continue
        place = bisect(body, number)
        if body[place] - body[place - 1] > _MAX_PARTS:
            continue
        around = [units[owners[other]] for other in body[max(0, place - _MAX_PARTS) : place + _MAX_PARTS]]
        for box in {owners[number], parents[units[owners[number]]]}:
            if 0 < sum([box in (unit, parents[unit]) for unit in around]) <= _MAX_BOXED:
                yield number
                break


class _Units(dict[int, int]):
    """By element of a block: the outermost element that contains nothing else.

    Portals wrap each paragraph in boxes of its own.
    """

    def __init__(self, parents: Sequence[int]) -> None:
        super().__init__()
        self._parents = parents
        self._children = Counter(parents)

    def __missing__(self, element: int) -> int:
        parents = self._parents
        if self._children[parents[element]] != 1:  # true of most
            self[element] = element
            return element
        inner = [element]
        while self._children[around := parents[element]] == 1 and parents[around] > 0 and around not in self:
            inner.append(around)
            element = around
        unit = self.get(around, element) if self._children[around] == 1 else element
        self.update(dict.fromkeys(inner, unit))
        return unit


def _near_sentences(kinds: Sequence[Kind], sentences: Sequence[bool]) -> list[int]:
    """The places that may belong to a flash: a few blocks at most, of which one is a sentence.

    The cells of tables, which may be most of a page, are none.
    """
    told = bytes(sentences)
    return [
        place
        for place, kind in enumerate(kinds)
        if sentences[place] or (kind in _RUNNING and told.find(1, max(0, place - _NEAR), place + _NEAR + 1) >= 0)
    ]


def _usual(kinds: Iterable[Kind], texts: Iterable[str]) -> Kind:
    """The kind of most of the text."""
    sizes: defaultdict[Kind, int] = defaultdict(int)
    for kind, text in zip(kinds, texts, strict=True):
        sizes[kind] += len(text)
    return max(sizes, key=sizes.__getitem__)


def _bold_end(marks: Iterable[Mark], start: int) -> int:
    """The end of bold type at the beginning of a text (at `start` at the latest); 0 if there is none."""
    return max([mark.end for mark in marks if mark.start <= start and mark.kind is _STRONG], default=0)


def _pointed(text: str) -> int:
    """The end of a first sentence after a bullet; 0 if there is none, or if little text follows."""
    bullet = skip_bullet(text)
    sentence = _SENTENCE.match(text, bullet) if bullet else None
    return sentence.end() if sentence and len(text) - sentence.end() >= _MIN_PROSE else 0


def _run_in(text: str, bold: int) -> int:
    """The end of a first sentence in bold type; 0 if there is none, or if little text follows."""
    if bold < _MIN_RUN_IN or len(text) - bold < _MIN_PROSE:
        return 0
    return bold if text[bold - 1] in _STOPS or text[bold] in _STOPS else 0
