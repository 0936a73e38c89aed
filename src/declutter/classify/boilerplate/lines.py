"""Labels single lines inside the essay that do not belong to it: pointers, tags, editors, sources, promotions, notices.

If the evidence is thin, a line stays in the essay: losing a paragraph is worse than keeping a line too many.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.evidence import (
    META,
    NONE,
    ORDER,
    PROMO,
    RELATED,
    TAGS,
    Vote,
    as_evidence,
    scores_of,
)
from declutter.classify.boilerplate.forms import MAX_DATED_LINE, ends_sentence, holds_date, is_elided, link_share, size
from declutter.classify.boilerplate.lines_by_cue import ABOVE_LINKS, votes_by_cue
from declutter.classify.boilerplate.lines_by_form import (
    FULLY,
    MIN_HEADLINE,
    find_signatures,
    language_above_code,
    line_numbers,
    line_of_services,
    linked_headline_after_label,
    links_after_label,
    lone_linked_headline,
)
from declutter.classify.margins import DECIDED
from declutter.model import Kind, Label
from declutter.signed import signed_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.page import Page

_BODY: Final = Label.BODY
_CAPTION: Final = Kind.CAPTION
_CELL: Final = Kind.CELL
_CODE: Final = Kind.CODE  # see Label

_MIN_EVIDENCE: Final = 2.0
"""Log-odds required to label a line of the essay as something else. Set so that no single cue suffices."""

# The numbers below are not fitted but set by hand on the development pages; the gate shows the effect of changes.

_MAX_AD_LABEL: Final = 24  # characters of a caption that only says "Advertisement"
_MAX_LINE: Final = 240  # characters; longer blocks are paragraphs and stay
_LAST_SHARE: Final = 0.15  # share of the essay's blocks, at least _LAST_LINES, where notices and source lines occur
_LAST_LINES: Final = 3
_MAX_LONE_POINTERS: Final = 6  # linked headlines in an essay; if there are more, they are its text
_MAX_IN_CARDS: Final = 0.3  # share of the essay's text in cards, above which the page is a listing
_MAX_IN_CARD: Final = 5  # elements between a headline and its card
_HASHTAGS: Final = re.compile(r"(?:#[^\s#]{1,40}[\s,，、]*){2,}")
_FOLLOWERS: Final = frozenset({Label.BODY, Label.CHROME})
"""Labels that linked lines may have before they join the list that a label announces."""
_CAPTIONS: Final = frozenset({Kind.CAPTION, Kind.CELL, Kind.QUOTE})
_LINE_TAGS: Final = frozenset({"p", "div", "span", "aside", "li", "center", "h2", "h3", "h4", "h5", "h6"})
_MIN_CLASS: Final = 2.0  # log-odds from which the class of a line's element counts
_CLASS_SHARE: Final = 0.6  # share of those log-odds that counts: inside the essay, a class says less than outside
_SIGNED: Final = 2.2  # log-odds: enough to decide alone


class Lines:
    """Judges the lines of one page's essay."""

    def __init__(self, page: Page, labels: Sequence[Label]) -> None:
        self._outline = page.outline
        self._cues = page.cues
        self._shapes = page.shapes
        self._body = body = [number for number, label in enumerate(labels) if label is _BODY]
        self._data = {block for table in page.tables for cell in table.cells for block in cell.blocks}
        self._late = set(body[-max(_LAST_LINES, int(_LAST_SHARE * len(body))) :])
        self._early = set(body[:_LAST_LINES])
        self._signatures = find_signatures(page, body)

    def label(self, labels: list[Label], margins: list[float], account: Account = SILENT) -> None:
        """Relabel lines of the essay that are something else; set the margins by which they are, or nearly were."""
        pointers = []
        for number in self._outline.deadline.watch(self._speaking()):
            votes = self._said_by(number, margins[number])
            if not votes:
                continue
            scores = [0.0] * len(ORDER)
            for _, place, weight in votes:
                scores[place] += weight
            best = max(range(len(ORDER)), key=scores.__getitem__)
            if account.asked:
                account.add(number, as_evidence(votes))
                account.rise(number, ORDER[best], scores[best] - _MIN_EVIDENCE)
            if scores[best] < _MIN_EVIDENCE:
                margins[number] = min(margins[number], _MIN_EVIDENCE - scores[best])
                continue
            margins[number] = scores[best] - _MIN_EVIDENCE
            labels[number] = ORDER[best]
            if best == RELATED:
                if votes[0][0] == "lone_linked_headline":
                    pointers.append(number)
                elif any(name in {"cue_related_label", ABOVE_LINKS} for name, _, _ in votes):
                    self._follow(number, labels, margins)
        if len(pointers) > _MAX_LONE_POINTERS:
            # In a page of links, they are the text.
            for number in pointers:
                labels[number], margins[number] = Label.BODY, DECIDED
            account.follow("list_of_pointers", labels)
        texts, linked = self._outline.texts, self._outline.linked
        links = [number for number in self._body if linked[number] and linked[number] >= FULLY * len(texts[number])]
        self._take_cards(links, labels, margins)
        account.follow("below_a_label", labels)
        self._take_cut_cards(links, labels, margins)
        account.follow("card_inside_the_essay", labels)

    def _speaking(self) -> list[int]:
        """The short lines that may have evidence; most lines of an essay are plain text in a plain element."""
        outline, barred = self._outline, self._shapes.barred
        texts, linked, tags, names = outline.texts, outline.linked, outline.tags, outline.names
        told = self._late.union(self._early, self._cues.spoken)
        kinds, owners = outline.kinds, outline.owners
        code = {number for number in self._body if kinds[owners[number]] is _CODE} if _CODE in kinds else frozenset()
        return [
            number
            for number in self._body
            if number in code
            or number + 1 in code
            or (
                len(texts[number]) <= _MAX_LINE
                and (
                    linked[number]
                    or number in told
                    or number in barred
                    or texts[number][0] == "#"
                    or scores_of(tags[(owner := outline.owners[number])], names[owner]) is not NONE
                )
            )
        ]

    def _said_by(self, number: int, score: float) -> list[Vote]:
        """The evidence of a line by its kind: captions, cells and quotes are of the essay, code may be its numbers."""
        kind = self._kind(number)
        if kind is _CODE:
            return line_numbers(self._outline, number)
        if kind in _CAPTIONS and not (kind is _CAPTION and self._is_ad_label(number)):
            return []
        return language_above_code(self._outline, number) or self._votes(number, score)

    def _kind(self, number: int) -> Kind:
        """The kind of a block; layout cells count as paragraphs."""
        kind = self._outline.kinds[self._outline.owners[number]]
        return Kind.PARAGRAPH if kind is _CELL and number not in self._data else kind

    def _is_ad_label(self, number: int) -> bool:
        """Whether a caption contains nothing but "Advertisement"."""
        return len(self._outline.texts[number]) <= _MAX_AD_LABEL and self._cues.is_label(number, "promo")

    def _votes(self, number: int, score: float) -> list[Vote]:
        """The evidence that a line is not part of the essay; empty for nearly all."""
        outline = self._outline
        text, linked = outline.texts[number], outline.linked[number]
        cues = self._cues[number]
        named = self._class_votes(number)
        if not cues and (pointer := linked_headline_after_label(outline, number)):
            return pointer
        kind = outline.kinds[outline.owners[number]]
        if linked and not cues and kind is Kind.PARAGRAPH and (row := links_after_label(outline, self._cues, number)):
            return row
        at_edge = number in self._early or number in self._late
        if services := line_of_services(outline, self._cues, self._shapes, number, at_edge=at_edge):
            return services
        if text[0] == "#" and _HASHTAGS.fullmatch(text):
            return [("hashtags", TAGS, 2.2), *named]
        if at_edge and not linked and signed_by(text):
            return [("signed_by_form", META, _SIGNED)]
        if number in self._signatures and not cues:
            return [("signed_at_the_end", META, _SIGNED)]
        if not cues:
            return named or (lone_linked_headline(outline, number) if linked >= FULLY * len(text) else [])
        early, late = number in self._early, number in self._late
        by_cue = votes_by_cue(outline, number, cues, early=early, late=late, score=score)
        return by_cue + named

    def _class_votes(self, number: int) -> list[Vote]:
        """The evidence from the class of the line's own element; outer elements belong to the essay, too."""
        outline = self._outline
        owner = outline.owners[number]
        scores = scores_of(outline.tags[owner], outline.names[owner])
        if scores is NONE or outline.tags[owner] not in _LINE_TAGS:
            return []
        if scores[META] >= _MIN_CLASS and holds_date(outline.texts[number][:MAX_DATED_LINE]):
            return [("named_by_class", META, scores[META])]
        if number in self._shapes.prose:
            return []
        return [
            ("named_by_class", place, _CLASS_SHARE * scores[place])
            for place in (TAGS, RELATED, PROMO)
            if scores[place] >= _MIN_CLASS
        ]

    def _take_cards(self, links: Sequence[int], labels: list[Label], margins: list[float]) -> None:
        """Label a linked line as related if a cue for related pages is directly above it, in a shared element."""
        outline, parents = self._outline, self._outline.parents
        for number in links:
            above = number - 1
            if (
                labels[number] is not Label.BODY
                or labels[above] is not Label.RELATED
                or not self._cues.says(above, "related")
            ):
                continue
            home = parents[outline.owners[above]]
            if parents[outline.owners[number]] in {home, parents[home]}:
                labels[number], margins[number] = Label.RELATED, DECIDED

    def _take_cut_cards(self, links: Sequence[int], labels: list[Label], margins: list[float]) -> None:
        """Label a linked headline and the text below it as related if the text is cut off: a teaser's card.

        In a listing such cards are the page's own text.
        """
        texts = self._outline.texts
        cards = [number for number in links if self._is_cut_card(number, labels)]
        inside = sum([len(texts[number + 1]) for number in cards])
        essay = sum([len(texts[number]) for number in self._body if labels[number] is Label.BODY]) if cards else 0
        if len(cards) > _MAX_LONE_POINTERS or inside > _MAX_IN_CARDS * essay:
            return
        for number in cards:
            labels[number : number + 2] = [Label.RELATED] * 2
            margins[number : number + 2] = [DECIDED] * 2

    def _is_cut_card(self, number: int, labels: Sequence[Label]) -> bool:
        """Whether a linked block is a headline above a text that ends with an ellipsis, in the same element."""
        outline, text = self._outline, self._outline.texts[number]
        below = number + 1
        if below == len(labels) or not is_elided(outline.texts[below]):
            return False
        if labels[below] is not Label.BODY or size(text) < MIN_HEADLINE or ends_sentence(text):
            return False
        around = islice(outline.ancestors(outline.owners[number]), _MAX_IN_CARD)
        return outline.parents[outline.owners[below]] in around

    def _follow(self, number: int, labels: list[Label], margins: list[float]) -> None:
        """Label the linked lines below a label for related pages as related."""
        texts, linked = self._outline.texts, self._outline.linked
        for following in range(number + 1, len(texts)):
            if labels[following] not in _FOLLOWERS or link_share(texts[following], linked[following]) < FULLY:
                break
            labels[following], margins[following] = Label.RELATED, DECIDED
