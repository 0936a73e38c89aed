"""The essay's flow: the blocks among which flashes are sought, and what each of them shows at a glance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple

from declutter.classify.flash.headlines import may_have_headline
from declutter.classify.flash.openings import may_be_wired
from declutter.classify.flash.stamps import Stamp, find_stamp
from declutter.model import Kind, Label
from declutter.outline import Outline

_RUNNING: Final = frozenset({Kind.PARAGRAPH, Kind.LINE, Kind.QUOTE, Kind.ITEM, Kind.CELL})
_SET_APART: Final = frozenset({Kind.QUOTE, Kind.ITEM, Kind.CELL})
_NEVER: Final = frozenset({Label.TITLE, Label.COMMENT, Label.TAGS})
MIN_PROSE: Final = 40


class Flow(NamedTuple):
    """The flow's blocks by their place in it.

    blocks: their numbers on the page. texts, kinds, labels: of each. stamps: what closes them, by place.
    headed: places whose text may begin with a headline. wired: with place and agency, as a wire's report does.
    last_prose: the last place that is the essay's running text, -1 without any. usual: the kind of most of its text.
    """

    blocks: list[int]
    texts: list[str]
    kinds: list[Kind]
    labels: list[Label]
    stamps: dict[int, Stamp]
    headed: list[int]
    wired: list[int]
    last_prose: int
    usual: Kind

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
        return self.is_running(place) and (
            len(text) >= MIN_PROSE or (len(text) >= MIN_PROSE // 2 and text[0] > "\u2e80")
        )


def read_flow(outline: Outline, labels: Sequence[Label], furniture: AbstractSet[int] = frozenset()) -> Flow:
    """The body blocks, and those between them in the same markup taken for something else; furniture is left out."""
    texts, owners, parents, tags = outline.texts, outline.owners, outline.parents, outline.tags
    body = [number for number, label in enumerate(labels) if label is Label.BODY]
    if not body:
        return Flow([], [], [], [], {}, [], [], -1, Kind.PARAGRAPH)
    homes = {(tags[owner], parents[owner]) for owner in {owners[number] for number in body}}
    blocks = []
    for number in range(body[0], body[-1] + 1):
        label = labels[number]
        if label is Label.BODY:
            blocks.append(number)
        elif label not in _NEVER and number not in furniture:
            owner = owners[number]
            if (tags[owner], parents[owner]) in homes:
                blocks.append(number)
    kinds = [outline.kinds[owners[number]] for number in blocks]
    flow_texts = [texts[number] for number in blocks]
    stamps = {}
    headed = []
    wired = []
    for place, text in enumerate(flow_texts):
        if kinds[place] in _RUNNING:
            stamp = find_stamp(text)
            if stamp is not None:
                stamps[place] = stamp
            if may_have_headline(text):
                headed.append(place)
            if may_be_wired(text):
                wired.append(place)
    sizes: Counter[Kind] = Counter()
    for kind, text in zip(kinds, flow_texts, strict=True):
        sizes[kind] += len(text)
    usual = sizes.most_common(1)[0][0]
    flow = Flow(blocks, flow_texts, kinds, [labels[n] for n in blocks], stamps, headed, wired, -1, usual)
    last = next((place for place in range(len(blocks) - 1, -1, -1) if _is_essay(flow, place)), -1)
    return flow._replace(last_prose=last)


def _is_essay(flow: Flow, place: int) -> bool:
    return flow.labels[place] is Label.BODY and flow.is_prose(place)
