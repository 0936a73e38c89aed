"""Labels single lines inside the essay that do not belong to it: pointers, tags, editors, sources, promotions, notices.

If the evidence is thin, a line stays in the essay: losing a paragraph is worse than keeping a line too many.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.account import SILENT, Account
from declutter.classify.boilerplate.evidence import (
    CHROME,
    META,
    NONE,
    ORDER,
    PLACE,
    PROMO,
    RELATED,
    TAGS,
    Vote,
    as_evidence,
    scores_of,
)
from declutter.classify.boilerplate.forms import MAX_DATED_LINE, ends_sentence, holds_date, is_stamp, link_share, size
from declutter.classify.cues import LABEL_OF
from declutter.classify.margins import DECIDED
from declutter.model import Kind, Label, SpanKind
from declutter.signed import signed_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline
    from declutter.tables import Table
    from declutter.vocabulary import Cue

_CELL: Final = Kind.CELL  # see Label

MIN_EVIDENCE: Final = 2.0
"""Log-odds required to label a line of the essay as something else. Set so that no single cue suffices."""

# The numbers below are not fitted but set by hand on the development pages; the gate shows the effect of changes.

_MAX_LINE: Final = 240  # characters; longer blocks are paragraphs and stay
_MAX_AD_LABEL: Final = 24  # characters of a cell or caption that only says "Advertisement"

_FULLY: Final = 0.95  # linked share of a text
_MOSTLY: Final = 0.6
_PARTLY: Final = 0.3

_MIN_HEADLINE: Final = 24  # sizes, see `size`
_MAX_HEADLINE: Final = 200
_MAX_SHORT: Final = 100
_VAGUE_LEAD: Final = 6  # size; a shorter lead ("See", "More") also begins ordinary sentences

_LAST_SHARE: Final = 0.15  # share of the essay's blocks, at least _LAST_LINES, where notices and source lines occur
_LAST_LINES: Final = 3
_MAX_LONE_POINTERS: Final = 6  # linked headlines in an essay; if there are more, they are its text
_MAX_SERVICES: Final = 8  # words between bars
_NOTICES: Final = frozenset({"promo", "chrome"})
"""Sections in which a second cue counts: a notice may have one for its subject and one for what it says of it."""
_HASHTAGS: Final = re.compile(r"(?:#[^\s#]{1,40}[\s,，、]*){2,}")
_FOLLOWERS: Final = frozenset({Label.BODY, Label.CHROME})
"""Labels that linked lines may have before they join the list that a label announces."""
_LABEL: Final = re.compile(r"[^\d:：.]{2,28}[:：]")
_BARRED: Final = re.compile(r"\s?[|｜·•]\s?")
_KEYWORD_MARKS: Final = re.compile("[,，、;；|#/]")
_CAPTIONS: Final = frozenset({Kind.CAPTION, Kind.CODE, Kind.CELL, Kind.QUOTE})
_LINE_TAGS: Final = frozenset({"p", "div", "span", "aside", "li", "center", "h2", "h3", "h4", "h5", "h6"})
_MIN_CLASS: Final = 2.0  # log-odds from which the class of a line's element counts
_CLASS_SHARE: Final = 0.6  # share of those log-odds that counts: inside the essay, a class says less than outside
_SIGNED: Final = 2.2  # log-odds: enough to decide alone
_MAX_SIGNING: Final = 60  # size of `Interview by Jane Roe.`
_MAX_CLOSING: Final = 2  # lines after the last paragraph that may sign the article
_MAX_TAIL: Final = 12  # last lines of the essay in which they are searched, including pointers
_LINE_KINDS: Final = frozenset({Kind.PARAGRAPH, Kind.LINE, Kind.CELL})
_SIGNATURE: Final = re.compile(
    r"[(\[/（【][^\s()\[\]/（）【】][^()\[\]（）【】]{0,20}[)\]/）】]"
    r"|(?=.{5,40}$)[^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]*){1,3}"
)
"""`(jr)`, `/ap/`, or two to four capitalised words."""
_CALLS: Final = (">", "»", "›", "→", "!")

# In log-odds, below MIN_EVIDENCE because most cues also occur in sentences. Only promotion labels are above it.
_CUE_WEIGHTS: Final = {
    ("related", "label"): 1.4,
    ("related", "lead"): 1.6,
    ("related", "holds"): 1.0,
    ("tags", "label"): 1.4,
    ("tags", "lead"): 1.8,
    ("promo", "label"): 2.1,
    ("promo", "lead"): 1.4,
    ("promo", "holds"): 1.2,
    ("comment", "label"): 1.2,
    ("comment", "lead"): 1.2,
    ("comment", "holds"): 1.2,
    ("chrome", "label"): 1.3,
    ("chrome", "lead"): 1.4,
    ("chrome", "holds"): 1.4,
    ("source", "lead"): 1.8,
    ("source", "label"): 1.2,
    ("editor", "lead"): 1.8,
    ("author", "lead"): 1.4,
    ("credit", "lead"): 1.4,
    ("published", "lead"): 1.2,
}


class Lines:
    """Judges the lines of one page's essay. tables: the page's, from `find_tables`."""

    def __init__(
        self, outline: Outline, cues: CueReader, shapes: Shapes, body: list[int], tables: Iterable[Table]
    ) -> None:
        self.outline = outline
        self.cues = cues
        self.shapes = shapes
        self.body = body
        self._data = {block for table in tables for cell in table.cells for block in cell.blocks}
        self.late = set(body[-max(_LAST_LINES, int(_LAST_SHARE * len(body))) :])
        self.early = set(body[:_LAST_LINES])
        self._closing = _closing_lines(outline, cues, shapes, body)

    def label(self, labels: list[Label], margins: list[float], account: Account = SILENT) -> None:
        """Relabel lines of the essay that are something else; set the margins by which they are, or nearly were."""
        pointers = []
        for number in self.outline.deadline.watch(self._speaking()):
            if self._kind(number) in _CAPTIONS and not self._is_ad_label(number):
                continue
            votes = self.votes(number)
            if not votes:
                continue
            scores = [0.0] * len(ORDER)
            for _, place, weight in votes:
                scores[place] += weight
            best = max(range(len(ORDER)), key=scores.__getitem__)
            if account.asked:
                account.add(number, as_evidence(votes))
                account.rise(number, ORDER[best], scores[best] - MIN_EVIDENCE)
            if scores[best] < MIN_EVIDENCE:
                margins[number] = min(margins[number], MIN_EVIDENCE - scores[best])
                continue
            margins[number] = scores[best] - MIN_EVIDENCE
            labels[number] = ORDER[best]
            if best == RELATED:
                if votes[0][0] == "lone_linked_headline":
                    pointers.append(number)
                elif any(name == "cue_related_label" for name, _, _ in votes):
                    self._follow(number, labels, margins)
        if len(pointers) > _MAX_LONE_POINTERS:
            # In a page of links, they are the text.
            for number in pointers:
                labels[number], margins[number] = Label.BODY, DECIDED
            account.follow("list_of_pointers", labels)
        self._take_cards(labels, margins)
        account.follow("below_a_label", labels)

    def _speaking(self) -> list[int]:
        """The short lines that may have evidence; most lines of an essay are plain text in a plain element."""
        outline, barred = self.outline, self.shapes.barred
        texts, linked, tags, names = outline.texts, outline.linked, outline.tags, outline.names
        told = self.late.union(self.early, self.cues.spoken)
        return [
            number
            for number in self.body
            if len(texts[number]) <= _MAX_LINE
            and (
                linked[number]
                or number in told
                or number in barred
                or texts[number][0] == "#"
                or scores_of(tags[(owner := outline.owners[number])], names[owner]) is not NONE
            )
        ]

    def _kind(self, number: int) -> Kind:
        """The kind of a block; layout cells count as paragraphs."""
        kind = self.outline.kinds[self.outline.owners[number]]
        return Kind.PARAGRAPH if kind is _CELL and number not in self._data else kind

    def _is_ad_label(self, number: int) -> bool:
        """Whether a cell or caption contains nothing but "Advertisement"."""
        return len(self.outline.texts[number]) <= _MAX_AD_LABEL and any(
            cue.section == "promo" and cue.position == "label" for cue in self.cues[number]
        )

    def votes(self, number: int) -> list[Vote]:
        """The evidence that a line is not part of the essay; empty for nearly all."""
        outline = self.outline
        text, linked = outline.texts[number], outline.linked[number]
        cues = self.cues[number]
        votes: list[Vote] = []
        named = self._class_votes(number)
        if not cues and (pointer := self._pointer(number)):
            return pointer
        if services := self._services(number):
            return services
        if text[0] == "#" and _HASHTAGS.fullmatch(text):
            return [("hashtags", TAGS, 2.2), *named]
        if (number in self.early or number in self.late) and not linked and signed_by(text):
            return [("signed_by_form", META, _SIGNED)]
        if number in self._closing and not cues:
            return [("signed_at_the_end", META, _SIGNED)]
        if not cues:
            return named or (self._lone_headline(number) if linked >= _FULLY * len(text) else votes)
        cue = cues[0]
        weight = _CUE_WEIGHTS.get((cue.section, cue.position))
        if weight is None:
            return named
        place = PLACE[LABEL_OF[cue.section]]
        votes.append((f"cue_{cue.section}_{cue.position}", place, weight))
        votes += self._form(number, cue, place)
        for other in cues[1:]:
            if other.section == cue.section and cue.section in _NOTICES and other.position != cue.position:
                name = f"cue_{other.section}_{other.position}"
                votes.append((name, place, _CUE_WEIGHTS[other.section, other.position]))
                break
        return votes + named

    def _class_votes(self, number: int) -> list[Vote]:
        """The evidence from the class of the line's own element; outer elements belong to the essay, too."""
        outline = self.outline
        owner = outline.owners[number]
        scores = scores_of(outline.tags[owner], outline.names[owner])
        if scores is NONE or outline.tags[owner] not in _LINE_TAGS:
            return []
        if scores[META] >= _MIN_CLASS and holds_date(outline.texts[number][:MAX_DATED_LINE]):
            return [("named_by_class", META, scores[META])]
        if number in self.shapes.prose:
            return []
        votes = [
            ("named_by_class", place, _CLASS_SHARE * scores[place])
            for place in (TAGS, RELATED, PROMO)
            if scores[place] >= _MIN_CLASS
        ]
        if votes and outline.linked[number] >= _MOSTLY * len(outline.texts[number]):
            votes.append(("linked", votes[0][1], 0.7))
        return votes

    def _form(self, number: int, cue: Cue, place: int) -> list[Vote]:
        """The evidence that a line's form adds to its cue."""
        text = self.outline.texts[number]
        heading = self.outline.kinds[self.outline.owners[number]] is Kind.HEADING
        if place == RELATED:
            return self._pointer_form(number, cue)
        if place == TAGS:
            closed = ends_sentence(text) and _KEYWORD_MARKS.search(text) is None and not self.outline.linked[number]
            votes = [] if closed else [("keyword_line", place, 0.5)]
            return [*votes, ("is_heading", place, -1.0)] if heading else votes
        if place == META:
            return self._about_form(number, cue)
        return self._notice_form(number, cue, place, heading=heading)

    def _pointer_form(self, number: int, cue: Cue) -> list[Vote]:
        text, linked = self.outline.texts[number], self.outline.linked[number]
        if cue.position == "label":
            return [("above_links", RELATED, 1.0)] if self._starts_list(number) else []
        votes: list[Vote] = []
        closed = ends_sentence(text)
        if linked >= _MOSTLY * max(1, len(text) - len(cue.phrase) - 1):
            votes.append(("pointer_linked", RELATED, 1.0))
        elif closed:
            votes.append(("pointer_is_a_sentence", RELATED, -1.5))
        if not closed and size(text) >= _MIN_HEADLINE:
            votes.append(("pointer_like_headline", RELATED, 0.5))
        if size(cue.phrase.rstrip(" :")) < _VAGUE_LEAD:
            votes.append(("vague_word", RELATED, -0.6))
        return votes

    def _about_form(self, number: int, cue: Cue) -> list[Vote]:
        text = self.outline.texts[number]
        votes: list[Vote] = []
        if ends_sentence(text) and not (number in self.late and size(text) <= _MAX_SIGNING and cue.section == "author"):
            votes.append(("is_a_sentence", META, -1.0))
        if size(text) <= _MAX_SHORT:
            votes.append(("short_line", META, 0.3))
        if number in self.late or number in self.early:
            votes.append(("at_the_edge", META, 0.4))
        return votes

    def _notice_form(self, number: int, cue: Cue, place: int, *, heading: bool) -> list[Vote]:
        text = self.outline.texts[number]
        votes: list[Vote] = []
        if self.outline.linked[number] >= _PARTLY * len(text):
            votes.append(("linked", place, 0.7))
        if number in self.late:
            votes.append(("at_the_end", place, 0.6))
        if size(text) <= _MAX_SHORT and place == PROMO:
            votes.append(("short_line", place, 0.2))
        if heading:
            votes.append(("is_heading", place, -0.6))
        if cue.position == "lead" and text[0] in "【[(（［":
            votes.append(("label_in_brackets", place, 0.8))
        if text.startswith("©"):
            votes.append(("copyright_sign", place, 1.0))
        return votes

    def _pointer(self, number: int) -> list[Vote]:
        """Evidence for a pointer in any language: a paragraph of a short label, a colon and one linked headline."""
        outline = self.outline
        text, linked = outline.texts[number], outline.linked[number]
        if not linked or linked >= _FULLY * len(text) or outline.kinds[outline.owners[number]] is not Kind.PARAGRAPH:
            return []
        label = _LABEL.match(text)
        links = [mark for mark in outline.marks[number] if mark.kind is SpanKind.LINK]
        if label is None or len(links) != 1 or links[0].start > label.end() + 1 or links[0].end < len(text):
            return []
        headline = text[links[0].start :]
        if size(headline) < _MIN_HEADLINE or ends_sentence(headline) or headline.startswith(("http", "www.")):
            return []
        return [("label_and_linked_headline", RELATED, 2.1)]

    def _take_cards(self, labels: list[Label], margins: list[float]) -> None:
        """Label a linked line as related if a cue for related pages is directly above it, in a shared element."""
        outline, parents = self.outline, self.outline.parents
        for number in self.body if Label.RELATED in labels else ():
            if labels[number] is not Label.BODY or outline.linked[number] < _FULLY * len(outline.texts[number]):
                continue
            above = number - 1
            if labels[above] is not Label.RELATED or not any(cue.section == "related" for cue in self.cues[above]):
                continue
            home = parents[outline.owners[above]]
            if parents[outline.owners[number]] in {home, parents[home]}:
                labels[number], margins[number] = Label.RELATED, DECIDED

    def _services(self, number: int) -> list[Vote]:
        """Evidence for a line of the site's services between bars or dots: `Share | Tweet | Print`."""
        text = self.outline.texts[number]
        if len(text) > _MAX_SHORT or number not in self.shapes.barred:
            return []
        words = [word for word in _BARRED.split(text) if word]
        if not 1 < len(words) <= _MAX_SERVICES:
            return []
        said = sum(
            any(cue.section == "chrome" and cue.position == "label" for cue in self.cues.of(word)) for word in words
        )
        return [("line_of_services", CHROME, 2.1)] if said > _MOSTLY * len(words) else []

    def _lone_headline(self, number: int) -> list[Vote]:
        """Evidence for a paragraph that is a single link and reads like a headline."""
        outline = self.outline
        text, owner = outline.texts[number], outline.owners[number]
        kind = outline.kinds[owner]
        if (
            not _MIN_HEADLINE <= size(text) <= _MAX_HEADLINE
            or kind not in {Kind.PARAGRAPH, Kind.LINE}
            or outline.softs[number]
            or ends_sentence(text)
            or text.startswith(("http", "www."))
            or text.endswith(_CALLS)
            or (" " not in text and size(text) == len(text))
        ):
            return []
        links = [mark for mark in outline.marks[number] if mark.kind is SpanKind.LINK]
        if len(links) != 1 or (number + 1 < len(outline.softs) and outline.softs[number + 1]):
            return []
        votes: list[Vote] = [("lone_linked_headline", RELATED, 1.5)]
        href = links[0].target or ""
        if href.startswith("#"):
            return []
        if not href.startswith(("http://", "https://", "//")):
            votes.append(("link_within_site", RELATED, 0.4))
        before = outline.texts[number - 1] if number else ""
        if before.endswith((":", "：")):
            votes.append(("announced_by_colon", RELATED, -1.5))
        else:
            votes.append(("stands_alone", RELATED, 0.5))
        return votes

    def _starts_list(self, number: int) -> bool:
        following = number + 1
        texts, linked = self.outline.texts, self.outline.linked
        return following < len(texts) and link_share(texts[following], linked[following]) >= _FULLY

    def _follow(self, number: int, labels: list[Label], margins: list[float]) -> None:
        """Label the linked lines below a label for related pages as related."""
        texts, linked = self.outline.texts, self.outline.linked
        for following in range(number + 1, len(texts)):
            if labels[following] not in _FOLLOWERS or link_share(texts[following], linked[following]) < _FULLY:
                break
            labels[following], margins[following] = Label.RELATED, DECIDED


def _closing_lines(outline: Outline, cues: CueReader, shapes: Shapes, body: Sequence[int]) -> set[int]:
    """The last lines of an essay that say who wrote it, and when: a name, initials in brackets, a date.

    They follow a paragraph, at most one of each and never a date alone, and are not in a list or heading. Pointers to
    other pages may follow.
    """
    found: set[int] = set()
    seen: set[str] = set()
    own = [number for number in body[-_MAX_TAIL:] if not cues[number] and not outline.linked[number]]
    for number in reversed(own[-_MAX_CLOSING - 1 :]):
        text = outline.texts[number]
        if number in shapes.prose:
            return found if "name" in seen else set()
        form = "date" if is_stamp(text) else "name" if _SIGNATURE.fullmatch(text) else ""
        if not form or form in seen or outline.kinds[outline.owners[number]] not in _LINE_KINDS:
            return set()
        seen.add(form)
        found.add(number)
    return set()
