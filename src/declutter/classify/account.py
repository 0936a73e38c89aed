"""The evidence for each label, recorded during classification if the caller asked for it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from declutter.classify.margins import DECIDED
from declutter.model import Evidence, Label, RunnerUp

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from declutter.deadline import Deadline

_REMOVALS: Final = {
    "region_named_otherwise": "a class around it says comments, tags, related or promo",
    "short_line_above_title": "a line above the title that is not a sentence",
}
"""Steps that take blocks out of the essay, whatever their next label: name to meaning."""

STEPS: Final = {
    **_REMOVALS,
    "amid_the_essay": "a picture between blocks of the essay",
    "below_a_label": "fully linked, below a line that announces it",
    "below_the_title": "a byline or time between title and essay",
    "beside_a_sign_up": "in a small box with a sign-up button, outside the essay's paragraphs",
    "between_its_like": "a short text between comments, outside the essay's paragraphs",
    "caption_in_article": "the caption of a picture in the article's header",
    "card_among_its_like": "one of several linked headlines with text: teasers beside an essay, otherwise the essay",
    "cell_of_a_table": "decided together with the other cells of its table",
    "choice_in_a_form": "in a small form with several choices, inside the essay: a poll",
    "edge_of_the_page": "a linked line before or after the essay, on a page without classes",
    "says_so_in_a_box": "in a small box that calls itself a promotion or a pointer, outside the essay's paragraphs",
    "heads_a_section": "a heading between paragraphs of the essay, in the same container",
    "heads_what_follows": "a heading without cue words, labelled like what follows it",
    "item_of_a_listing": "in a list of headlines or goods, on a page with hardly any other text",
    "list_of_pointers": "so many lines of the essay are links that they are its text",
    "note_of_the_essay": "a footnote that the essay refers to",
    "part_of_a_teaser": "in a small box with a teaser's headline",
    "post_of_a_thread": "a comment on a page whose content is the discussion",
    "says_the_title": "repeats the title of the page's head, or is the nearest heading above the essay",
    "sentence_below_title": "a sentence between title and essay that nothing else claims: the standfirst",
    "tells_of_the_author": "a text beside the essay that begins with the author's name, or its heading",
    "signed_below_a_heading": "comments below a heading, each with a name and a date",
    "teasers_with_times": "title, snippet and time, repeated after the essay",
    "whom_the_press_may_ask": "a press contact after the essay",
}
"""Steps that decide labels as a whole instead of block by block, with the margin DECIDED: name to meaning."""


class Account:
    """Records nothing: the default, if no evidence was asked for. `Ledger` records."""

    asked: bool = False

    def add(self, number: int, reasons: Iterable[Evidence]) -> None:
        """Record evidence for a block; `stand` records its standings."""

    def stand(self, number: int, standings: Mapping[Label, float]) -> None:
        """Record the labels' log-odds for a block; only their differences count."""

    def rise(self, number: int, label: Label, above: float) -> None:
        """Record that a label is this far above (if negative, below) the leading one."""

    def rescore(self, name: str, before: Sequence[float], after: Sequence[float]) -> None:
        """Record what a step added to the log-odds of body."""

    def follow(self, name: str, labels: Sequence[Label]) -> None:
        """Record a step (one of STEPS) as the reason for every label that does not lead by the evidence so far.

        One that only takes blocks out of the essay is recorded against body.
        """


class Ledger(Account):
    """The account of one page.

    evidence: by block, what was recorded. A label's standing is the sum of its evidence, relative to other labels.
    Entries are created when a block is first recorded: for a million blocks at once that would exceed the time limit.
    deadline: of the page.
    """

    asked = True

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline
        self.evidence: defaultdict[int, list[Evidence]] = defaultdict(list)
        self._standings: defaultdict[int, dict[Label, float]] = defaultdict(lambda: {Label.CHROME: 0.0})

    def add(self, number: int, reasons: Iterable[Evidence]) -> None:
        """See Account."""
        self.evidence[number] += reasons

    def stand(self, number: int, standings: Mapping[Label, float]) -> None:
        """See Account."""
        self._standings[number].update(standings)

    def rise(self, number: int, label: Label, above: float) -> None:
        """See Account."""
        standings = self._standings[number]
        standings[label] = max(value for other, value in standings.items() if other is not label) + above

    def rescore(self, name: str, before: Sequence[float], after: Sequence[float]) -> None:
        """See Account."""
        for number, (old, new) in enumerate(self.deadline.watch(zip(before, after, strict=True))):
            if new != old:
                self.evidence[number].append(Evidence(name, round(new - old, 2), Label.BODY))

    def follow(self, name: str, labels: Sequence[Label]) -> None:
        """See Account."""
        if name in _REMOVALS:
            self._exclude(name, labels)
            return
        for number, label in enumerate(self.deadline.watch(labels)):
            if not self._leads(number, label):
                self.evidence[number].append(Evidence(name, DECIDED, label))
                self.rise(number, label, DECIDED)

    def _exclude(self, name: str, labels: Sequence[Label]) -> None:
        for number, label in enumerate(self.deadline.watch(labels)):
            if label is not Label.BODY and self._leads(number, Label.BODY):
                standings = self._standings[number]
                self.evidence[number].append(Evidence(name, round(-DECIDED - standings[Label.BODY], 2), Label.BODY))
                standings[Label.BODY] = -DECIDED

    def runner_up(self, number: int, label: Label) -> RunnerUp:
        """The label that comes second after the block's own, and the margin between them."""
        standings = self._standings[number]
        own = standings.get(label, 0.0)
        margin, _, second = min((own - value, place, other) for place, (other, value) in enumerate(standings.items())
                                if other is not label)  # fmt: skip
        return RunnerUp(second, round(max(0.0, margin), 2))

    def _leads(self, number: int, label: Label) -> bool:
        standings = self._standings[number]
        return label in standings and standings[label] >= max(standings.values())


SILENT: Final = Account()
