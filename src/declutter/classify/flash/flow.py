"""The essay's flow: the blocks among which flashes are sought, and what each of them shows at a glance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from declutter.classify.flash.headlines import may_have_headline
from declutter.classify.flash.leads import Lead, find_lead
from declutter.classify.flash.openings import may_be_wired
from declutter.classify.flash.stamps import Stamp, find_stamp
from declutter.model import Kind, Label, SpanKind
from declutter.outline import Mark, Outline
from declutter.wide import FIRST_WIDE

_BODY: Final = Label.BODY  # see Label
_STRONG: Final = SpanKind.STRONG
_CHROME: Final = Label.CHROME  # see Label

_RUNNING: Final = frozenset({Kind.PARAGRAPH, Kind.LINE, Kind.QUOTE, Kind.ITEM, Kind.CELL})
_SET_APART: Final = frozenset({Kind.QUOTE, Kind.ITEM, Kind.CELL})
_NEVER: Final = frozenset({Label.TITLE, Label.COMMENT, Label.TAGS})
_INDENT: Final = 2  # characters before bold type: a bullet, a bracket
MIN_PROSE: Final = 40
MAX_SHORT: Final = 60


class Flow(NamedTuple):
    """The flow's blocks by their place in it.

    blocks: their numbers on the page. texts, kinds, labels: of each. stamps: what closes them, by place. leads: times
    that open them. short: places of lines that may name a source or be a kicker.
    headed: places whose text may begin with a headline. wired: with place and agency, as a wire's report does.
    bold: where the bold type ends that such a text begins with, by place.
    last_prose: the last place that is the essay's running text, -1 without any. usual: the kind of most of its text.
    prose: characters of its running text.
    """

    blocks: list[int]
    texts: list[str]
    kinds: list[Kind]
    labels: list[Label]
    stamps: dict[int, Stamp]
    leads: dict[int, Lead]
    short: list[int]
    headed: list[int]
    wired: frozenset[int]
    bold: dict[int, int]
    last_prose: int
    usual: Kind
    prose: int

    def is_running(self, place: int) -> bool:
        """A paragraph or a line: what briefs are made of."""
        return self.kinds[place] in _RUNNING

    def is_odd(self, place: int) -> bool:
        """An item, a cell or a quotation in an essay of paragraphs."""
        kind = self.kinds[place]
        return kind in _SET_APART and kind is not self.usual

    def is_prose(self, place: int) -> bool:
        """Running text of a sentence or more."""
        text = self.texts[place]
        return self.kinds[place] in _RUNNING and (
            len(text) >= MIN_PROSE or (len(text) >= MIN_PROSE // 2 and text[0] > FIRST_WIDE)
        )


def read_flow(outline: Outline, labels: Sequence[Label], furniture: AbstractSet[int] = frozenset()) -> Flow:
    """The body blocks, and those between them in the same markup taken for something else; furniture is left out."""
    blocks = _flow_blocks(outline, labels, furniture)
    if not blocks:
        return Flow([], [], [], [], {}, {}, [], [], frozenset(), {}, -1, Kind.PARAGRAPH, 0)
    texts, owners = outline.texts, outline.owners
    kinds = [outline.kinds[owners[number]] for number in blocks]
    flow_texts = [texts[number] for number in blocks]
    stamps = {}
    leads = {}
    short = []
    headed = []
    wired = set()
    bold = {}
    sizes: defaultdict[Kind, int] = defaultdict(int)
    shown = zip(kinds, flow_texts, strict=True)
    for place, (kind, text) in enumerate(outline.deadline.watch(shown)):
        sizes[kind] += len(text)
        if kind in _RUNNING:
            stamp = find_stamp(text)
            if stamp is not None:
                stamps[place] = stamp
            lead = find_lead(text)
            if lead is not None and (stamp is None or not stamp.alone):
                leads[place] = lead._replace(bold=_bold_end(outline.marks[blocks[place]], lead.end))
            elif len(text) <= MAX_SHORT:
                short.append(place)
            if may_have_headline(text):
                headed.append(place)
                if marks := outline.marks[blocks[place]]:
                    bold[place] = _bold_end(marks, _INDENT)
            if may_be_wired(text):
                wired.add(place)
    usual = max(sizes, key=sizes.__getitem__)
    shown_as = [labels[number] for number in blocks]
    flow = Flow(blocks, flow_texts, kinds, shown_as, stamps, leads, short, headed, frozenset(wired), bold, -1, usual, 0)
    last = next((place for place in range(len(blocks) - 1, -1, -1) if _is_essay(flow, place)), -1)
    prose = sum([len(text) for place, text in enumerate(flow_texts) if flow.is_prose(place)])
    return flow._replace(last_prose=last, prose=prose)


def _flow_blocks(outline: Outline, labels: Sequence[Label], furniture: AbstractSet[int]) -> list[int]:
    """The numbers of the flow's blocks."""
    owners, tags = outline.owners, outline.tags
    main = Label.BODY
    body = [number for number, label in enumerate(labels) if label is main]
    if not body:
        return []
    home = _homes(outline)
    homes = {(tags[owner], home[owner]) for owner in {owners[number] for number in body}}
    blocks = []
    for number in range(body[0], len(owners)):
        label = labels[number]
        if label is main:
            blocks.append(number)
            continue
        # Behind the last of the body may stand the rest of a long essay that was cut off too early.
        allowed = label not in _NEVER if number < body[-1] else label is _CHROME
        if allowed and number not in furniture and (tags[owners[number]], home[owners[number]]) in homes:
            blocks.append(number)
    return blocks


def _homes(outline: Outline) -> list[int]:
    """By element, the nearest around it that holds more than it: portals wrap each paragraph in boxes of its own."""
    parents = outline.parents
    children = Counter(parents)
    home = list(parents)
    for element in range(len(parents)):
        while children[home[element]] == 1 and parents[home[element]] > 0:
            home[element] = parents[home[element]]
    return home


def _bold_end(marks: Iterable[Mark], start: int) -> int:
    """Where the bold type ends that a text begins with, at `start` at the latest; 0 without any."""
    return max((mark.end for mark in marks if mark.kind is _STRONG and mark.start <= start), default=0)


def _is_essay(flow: Flow, place: int) -> bool:
    return flow.labels[place] is _BODY and flow.is_prose(place)
