"""The short lines beside byline and time: counts, share buttons, an author's post."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.bylines import claim_byline, is_about
from declutter.classify.boilerplate.forms import YEAR, ends_sentence, is_prose, is_wide, size
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from declutter.classify.boilerplate.page import Page
    from declutter.outline import Outline

_MAX_BESIDE: Final = 14
"""Blocks below the headline among which byline, time, counts and share buttons are."""
_MIN_LEAD: Final = 72
"""Size from which a line below the headline is no byline, unless a date opens it."""
_EARLY: Final = 32  # characters
_MAX_DATES: Final = 4
"""Short lines with a date among these blocks; an article has one or two, of publication and update."""
_MAX_COUNT: Final = 28
_MAX_WIDE: Final = 8
"""Characters of a line beside the byline that says nothing of author or time; the second in scripts without spaces."""
_MAX_UNKNOWN: Final = 3
"""Lines above the byline that may be a standfirst or a caption; verse has more."""
_ENDS_WITH_TIME: Final = re.compile(r"\d\s?h?\.$")
"""`14.10.2021.`, `7:30 h.`: the full stop of a date or an abbreviation, not of a sentence."""
_OPENING: Final = ("-", "–", "—", ":", "：")
"""Ends of a line that the next one continues."""
_LINE_KINDS: Final = frozenset({Kind.PARAGRAPH, Kind.LINE, Kind.CELL})


def claim_below(page: Page, labels: list[Label]) -> None:
    """Label byline and time below the headline, and take out the lines beside them: counts, buttons, an author's post.

    One paragraph, the standfirst, may be above them. A line above the byline stays: it may be the standfirst, too.
    """
    claim_byline(page, labels)
    outline, cues, title = page.outline, page.cues, page.places.title
    if title is None:
        return
    header = range(title + 1, min(title + 1 + _MAX_BESIDE, len(outline.texts)))
    if sum([number in page.shapes.dated and labels[number] is Label.BODY for number in header]) > _MAX_DATES:
        return  # a diary, a changelog
    texts, kinds, owners = outline.texts, outline.kinds, outline.owners
    pictured = {image.before for image in outline.images}
    leads, unknown, about = 0, 0, False
    for number in header:
        text, kind = texts[number], kinds[owners[number]]
        long = size(text) >= _MIN_LEAD and (is_prose(text) or YEAR.search(text, 0, _EARLY) is None)
        if long or kind is Kind.CAPTION or (ends_sentence(text) and not _ENDS_WITH_TIME.search(text)):
            leads += is_prose(text)
            about = False
            if leads > 1:
                return
            continue
        if text.endswith(_OPENING) or cues.says(number, "credit"):
            continue  # a dateline, or a picture's credit, whose caption follows
        says = labels[number] is Label.META or is_about(text, cues[number])
        if labels[number] is Label.BODY:
            if kind is Kind.HEADING and number == title + 1:
                continue  # a standfirst
            if kind not in _LINE_KINDS and not (says and kind is Kind.ITEM and size(text) <= _MAX_COUNT):
                return
            captions = number in pictured or _opens_text(outline, number)
            if says or (about and len(text) <= (_MAX_WIDE if is_wide(text) else _MAX_COUNT) and not captions):
                labels[number] = Label.CHROME  # what it is, its words decide
            else:
                unknown += 1
                if unknown > _MAX_UNKNOWN:
                    return
        about = about or says


def _opens_text(outline: Outline, number: int) -> bool:
    """Whether a line is directly above a paragraph in the same markup, like a dateline or a subheading."""
    below = number + 1
    if below == len(outline.texts) or not is_prose(outline.texts[below]):
        return False
    one, other = outline.owners[number], outline.owners[below]
    if outline.parents[one] != outline.parents[other] or outline.tags[one] != outline.tags[other]:
        return False
    return outline.names[one] == outline.names[other]
