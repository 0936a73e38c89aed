"""Labels the lines around the headline: those above it, and who wrote the article, and when, below it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.forms import ends_sentence, holds_date, is_prose, is_stamp
from declutter.classify.cues import LABEL_OF
from declutter.dates.recent import find_ago
from declutter.model import Kind, Label
from declutter.signed import signed_by
from declutter.vocabulary import key_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.page import Page
    from declutter.outline import Outline
    from declutter.vocabulary import Cue

HEADLINES: Final = frozenset({"h1", "h2"})
MAX_HEADLINE: Final = 200  # characters
MAX_BELOW: Final = 6  # blocks after the headline that may belong to the header if the essay begins at once
_NAMES: Final = re.compile(r"(?=.{5,48}$)[^\W\d_a-z]\S+(?:\s(?:[^\W\d_a-z]\S*|[a-z]{1,3}|[&,])){1,5}")
"""Some capitalised words, with short words between them: the form of names of people and newsrooms."""

_BARS: Final = " |·•,/-–—"
_MAX_POSTS: Final = 4
"""Lines from a name to the date: the author's post, the newsroom."""
_MAX_BYLINE: Final = 64  # characters
_SHORT_DATE: Final = re.compile(
    r"(?<![\d/.-])\d\d?([/.-])\d\d?\1\d\d(?![\d/-])"
    r"|\d:\d\d,?\s\d\d?\s\w+\.?\s\d\d(?!\d)|(?<!\d)\d\d?\s\w+\.?\s\d\d,?\s\d\d?:\d\d"
    r"|\d:\d\d/?\d\d?\.\d\d\.\d{4}"
)
"""A date with the last two digits of its year: `16-07-21`, by words beside a time, `16 Jul 21, 9:30`; and one that runs
into a time, `16:30/28.11.2011`."""


def claim_above(page: Page, labels: list[Label]) -> None:
    """Remove short lines above the headline from the essay; if it is no <h1> or <h2>, only if they are all there is."""
    outline, title = page.outline, page.places.title
    if title is None:
        return
    above = range(page.places.first, title)
    short = [number for number in above if not is_prose(outline.texts[number])]
    if len(short) < len(above) and outline.tags[outline.owners[title]] not in HEADLINES:
        return
    for number in short:
        if labels[number] is Label.BODY:
            labels[number] = Label.CHROME


def claim_byline(page: Page, labels: list[Label]) -> None:
    """Label byline and time below the headline as meta, and a repetition of the headline as title."""
    outline, cues, title = page.outline, page.cues, page.places.title
    if title is None:
        return
    texts = outline.texts
    key = key_of(texts[title])
    _claim_names(outline, title + 1, labels)
    for number in outline.deadline.watch(range(title + 1, len(texts))):
        if labels[number] is Label.BODY:
            if len(texts[number]) <= MAX_HEADLINE and key_of(texts[number]) == key:
                labels[number] = Label.TITLE
                continue
            # The author's post may be between name and date: `By Jane Roe`, `Staff reporter`, `May 3, 2024`.
            is_post = cues.says(number - 1, "author") and number + 1 < len(texts) and is_stamp(texts[number + 1])
            if is_prose(texts[number]) or not (is_post or is_about(texts[number], cues[number])):
                break
            labels[number] = Label.META


def is_about(text: str, cues: Sequence[Cue]) -> bool:
    """Whether a line says when or by whom the article was written."""
    return (
        is_stamp(text)
        or any(LABEL_OF[cue.section] is Label.META for cue in cues)
        or holds_date(text)
        or signed_by(text) is not None
        or (len(text) <= _MAX_BYLINE and (_SHORT_DATE.search(text) or find_ago(text)) is not None)
    )


def _claim_names(outline: Outline, start: int, labels: list[Label]) -> None:
    """Label a byline and date below the lead, and a name directly above a date, as meta."""
    texts = outline.texts
    for number in range(start, min(start + MAX_BELOW, len(texts) - 1)):
        if labels[number] is Label.BODY:
            if number > start and is_prose(texts[number - 1]) and is_dated(outline, number):
                labels[number] = Label.META
            elif _NAMES.fullmatch(texts[number]) and _opens_with_date(texts[number + 1]):
                labels[number] = Label.META
                if labels[number + 1] is Label.BODY:
                    labels[number + 1] = Label.META
            elif _NAMES.fullmatch(texts[number].rstrip(_BARS)) and _is_dated_below(outline, number):
                labels[number] = Label.META
            elif number > start and is_prose(texts[number]):
                break  # the lead is one paragraph


def _is_dated_below(outline: Outline, number: int) -> bool:
    """Whether a short line with a date follows soon in the same element, without a paragraph between them."""
    owners, parents, texts = outline.owners, outline.parents, outline.texts
    home = {owners[number], parents[owners[number]]}
    for below in range(number + 1, min(number + 1 + _MAX_POSTS, len(texts))):
        if is_prose(texts[below]) or home.isdisjoint((owners[below], parents[owners[below]])):
            return False
        if is_dated(outline, below):
            return outline.kinds[owners[number]] is not Kind.HEADING
    return False


def _opens_with_date(text: str) -> bool:
    """Whether it is a date, possibly followed by counts: `3 May 2024 | 5 min read`."""
    return is_stamp(text) or (text[0].isdigit() and holds_date(text))


def is_dated(outline: Outline, number: int) -> bool:
    """Whether it is a short line with a date, but neither a sentence nor a heading."""
    text = outline.texts[number]
    if len(text) > _MAX_BYLINE or ends_sentence(text) or outline.kinds[outline.owners[number]] is Kind.HEADING:
        return False
    return holds_date(text)
