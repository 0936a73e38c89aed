"""The evidence of a cue in a line of the essay, and of the line's form beside it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import CHROME, META, PLACE, PROMO, RELATED, TAGS, Vote, name_of
from declutter.classify.boilerplate.forms import ends_sentence, link_share, size
from declutter.classify.boilerplate.lines_by_form import FULLY, MAX_SHORT, MIN_HEADLINE, MOSTLY
from declutter.classify.cues import LABEL_OF
from declutter.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.outline import Outline
    from declutter.vocabulary import Cue

# In log-odds, below what a line needs, because most cues also occur in sentences. Only promotion labels are above it.
_WEIGHTS: Final = {
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
    ("updated", "lead"): 1.2,
    ("meta", "label"): 1.4,
    ("meta", "lead"): 1.4,
    ("meta", "holds"): 1.3,
}
_NOTICES: Final = frozenset({"promo", "chrome"})
"""Sections in which a second cue counts: a notice may have one for its subject and one for what it says of it."""
ABOVE_LINKS: Final = "above_links"
_PARTLY: Final = 0.3  # linked share of a text
_VAGUE_LEAD: Final = 6  # size; a shorter lead ("See", "More") also begins ordinary sentences
_MAX_SIGNING: Final = 60  # size of `Interview by Jane Roe.`
_NARROWLY: Final = 2.0
"""Log-odds of body below which a last line with the words of a notice is doubtful."""
_KEYWORD_MARKS: Final = re.compile("[,，、;；|#/]")


def votes_by_cue(
    outline: Outline, number: int, cues: Sequence[Cue], *, early: bool, late: bool, score: float
) -> list[Vote]:
    """The evidence of a line's first cue, of the line's form, and of a second cue of the same section.

    early, late: whether it is among the essay's first or last lines. score: its log-odds of body.
    """
    cue = cues[0]
    weight = _WEIGHTS.get((cue.section, cue.position))
    if weight is None:
        return []
    place = PLACE[LABEL_OF[cue.section]]
    votes = [(name_of(cue), place, weight)]
    if place == RELATED:
        votes += _pointer_form(outline, number, cue)
    elif place == TAGS:
        votes += _keyword_form(outline, number)
    elif place == META:
        votes += _about_form(outline, number, cue, early=early, late=late)
    else:
        votes += _notice_form(outline, number, cue, place, late=late)
        if late and score < _NARROWLY and cue.section in _NOTICES:
            votes.append(("passed_narrowly", place, 0.3))
    for other in cues[1:]:
        if other.section == cue.section and cue.section in _NOTICES and other.position != cue.position:
            votes.append((name_of(other), place, _WEIGHTS[other.section, other.position]))
            break
    return votes


def _pointer_form(outline: Outline, number: int, cue: Cue) -> list[Vote]:
    text, linked = outline.texts[number], outline.linked[number]
    announces = cue.position == "label" or text.endswith((":", "："))
    if announces and _starts_list(outline, number):
        return [(ABOVE_LINKS, RELATED, 1.0)]
    if cue.position == "label":
        return []
    votes: list[Vote] = []
    closed = ends_sentence(text)
    if linked >= MOSTLY * max(1, len(text) - len(cue.phrase) - 1):
        votes.append(("pointer_linked", RELATED, 1.0))
    elif closed:
        votes.append(("pointer_is_a_sentence", RELATED, -1.5))
    if not closed and size(text) >= MIN_HEADLINE:
        votes.append(("pointer_like_headline", RELATED, 0.5))
    if size(cue.phrase.rstrip(" :")) < _VAGUE_LEAD:
        votes.append(("vague_word", RELATED, -0.6))
    return votes


def _starts_list(outline: Outline, number: int) -> bool:
    following = number + 1
    texts, linked = outline.texts, outline.linked
    return following < len(texts) and link_share(texts[following], linked[following]) >= FULLY


def _keyword_form(outline: Outline, number: int) -> list[Vote]:
    text = outline.texts[number]
    closed = ends_sentence(text) and _KEYWORD_MARKS.search(text) is None and not outline.linked[number]
    votes = [] if closed else [("keyword_line", TAGS, 0.5)]
    return [*votes, ("is_heading", TAGS, -1.0)] if _is_heading(outline, number) else votes


def _about_form(outline: Outline, number: int, cue: Cue, *, early: bool, late: bool) -> list[Vote]:
    text = outline.texts[number]
    votes: list[Vote] = []
    if ends_sentence(text) and not (late and size(text) <= _MAX_SIGNING and cue.section == "author"):
        votes.append(("is_a_sentence", META, -1.0))
    if size(text) <= MAX_SHORT:
        votes.append(("short_line", META, 0.3))
    if late or early:
        votes.append(("at_the_edge", META, 0.4))
    return votes


def _notice_form(outline: Outline, number: int, cue: Cue, place: int, *, late: bool) -> list[Vote]:
    text = outline.texts[number]
    votes: list[Vote] = []
    if outline.linked[number] >= _PARTLY * len(text):
        votes.append(("linked", place, 0.7))
    if late:
        votes.append(("at_the_end", place, 0.6))
    if size(text) <= MAX_SHORT and (place == PROMO or (late and place == CHROME)):
        votes.append(("short_line", place, 0.2))
    if _is_heading(outline, number):
        votes.append(("is_heading", place, -0.6))
    if cue.position == "lead" and text[0] in "【[(（［":
        votes.append(("label_in_brackets", place, 0.8))
    if text.startswith("©"):
        votes.append(("copyright_sign", place, 1.0))
    return votes


def _is_heading(outline: Outline, number: int) -> bool:
    return outline.kinds[outline.owners[number]] is Kind.HEADING
