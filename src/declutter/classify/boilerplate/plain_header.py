"""The header of a page without useful markup: breadcrumb, menus, headline, byline and time above the essay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import name_of
from declutter.classify.boilerplate.forms import ends_sentence, holds_date, is_crumb, is_menu, is_prose, is_stamp, size
from declutter.classify.cues import LABEL_OF
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from declutter.classify.boilerplate.evidence import Decision
    from declutter.classify.cues import CueReader

_MAX_HEADER_LINES: Final = 60
_MIN_SENTENCE_SIZE: Final = 20
_GOES_ON: Final = (",", "，", "、", "،")
_MIN_LONG_SIZE: Final = 200
_MIN_HEADLINE_SIZE: Final = 16
_ABOVE: Final = {Label.RELATED: Label.CHROME}  # an entry of a menu: "News", "Latest"
_BELOW: Final = {Label.COMMENT: Label.META}  # the number of comments, or the author as in a form
_MAX_SECTION_SIZE: Final = 24
_MAX_SECTION_WORDS: Final = 3


def header_length(texts: Sequence[str], cues: CueReader, title: str | None) -> int:
    """The number of lines before the first running text that belong to the header."""
    for number, text in enumerate(texts[:_MAX_HEADER_LINES]):
        if _is_about(text, cues, number):
            continue
        closed = is_prose(text) or (size(text) >= _MIN_SENTENCE_SIZE and ends_sentence(text))
        if closed or size(text) >= _MIN_LONG_SIZE:
            about = [n for n in range(number) if _is_about(texts[n], cues, n)]
            headline = _headline(texts[:number], cues, title)
            return max([-1, *about[-1:], *([] if headline is None else [headline])]) + 1
    return 0


def _is_about(text: str, cues: CueReader, number: int) -> bool:
    """Whether a header line is not the headline: a breadcrumb, menu, byline or time."""
    return (
        bool(cues[number])
        or is_crumb(text, min_pieces=2)
        or is_menu(text)
        or is_stamp(text)
        or (holds_date(text) and not is_prose(text))
        or cues.is_menu(number)
    )


def _headline(texts: Sequence[str], cues: CueReader, title: str | None) -> int | None:
    """The headline among the header lines: the one given in the page's head, else the one above byline and time.

    None if the likely line ends in a comma, as the first line of a poem may.
    """
    if title:
        wanted = _fold(title)
        lines = [n for n, text in enumerate(texts) if size(text) >= _MIN_HEADLINE_SIZE // 2]
        hits = [n for n in lines if wanted.startswith(_fold(texts[n])) or _fold(texts[n]).startswith(wanted)]
        if hits:
            return max(hits, key=lambda n: (len(texts[n]), n))
    others = [n for n, text in enumerate(texts) if not _is_about(text, cues, n)]
    if not others:
        return None
    about = next(
        (
            n
            for n, text in enumerate(texts)
            if is_stamp(text) or holds_date(text) or cues.says(n, "author", "credit", "published", "updated")
        ),
        None,
    )
    above = [n for n in others if about is not None and n < about]
    if above:
        long = [n for n in above if size(texts[n]) >= _MIN_HEADLINE_SIZE]  # others are names or sections
        return long[-1] if long else max(above, key=lambda n: size(texts[n]))
    crumb = max((n for n, text in enumerate(texts) if is_crumb(text)), default=-1)
    below = [n for n in others if n > crumb]
    if not below:
        return None
    likely = next((n for n in below if size(texts[n]) >= _MIN_HEADLINE_SIZE), below[0])
    return None if texts[likely].endswith(_GOES_ON) else likely


def label_header(
    texts: Sequence[str], cues: CueReader, end: int, title: str | None, menus: Container[int] = ()
) -> list[Decision]:
    """The decisions for the lines before the essay. menus: lines that are several links."""
    headline = _headline(texts[:end], cues, title)
    listed = _lists_above(texts, cues, end if headline is None else headline)
    decisions = []
    for number, text in enumerate(texts[:end]):
        if number in listed:
            decision = Label.RELATED, "under_related_heading"
        elif number == headline:
            decision = Label.TITLE, "headline_in_header"
        elif is_crumb(text, min_pieces=2):
            decision = Label.META, "breadcrumb"
        elif is_stamp(text):
            decision = Label.META, "stamp_alone"
        elif is_menu(text) or cues.is_menu(number):
            decision = Label.CHROME, "menu_in_a_line"
        elif cue := next(iter(cues[number]), None):
            below = headline is not None and number > headline
            decision = (_BELOW if below else _ABOVE).get(LABEL_OF[cue.section], LABEL_OF[cue.section]), name_of(cue)
        elif holds_date(text):
            decision = Label.META, "holds_a_date"
        else:
            decision = _by_place(texts, number, headline, menus)
        decisions.append(decision)
    return decisions


def _by_place(texts: Sequence[str], number: int, headline: int | None, menus: Container[int]) -> Decision:
    """The decision for a header line that says nothing about itself."""
    if headline is not None and number > headline:
        return Label.META, "below_the_headline"
    if headline is not None and number == headline - 1 and _is_section(texts, number, menus):
        return Label.META, "section_above_the_headline"
    return Label.CHROME, "above_the_headline"


def _is_section(texts: Sequence[str], number: int, menus: Container[int]) -> bool:
    """Whether a line above the headline names its section: a few words below a menu or crumb of several.

    The first line of the page is its name, and a line below one as short is an entry of a menu.
    """
    if not number or texts[number] in texts[:number]:
        return False
    above = texts[number - 1]
    few = size(texts[number]) <= _MAX_SECTION_SIZE and texts[number].count(" ") < _MAX_SECTION_WORDS
    is_menu_above = number - 1 in menus or size(above) > _MAX_SECTION_SIZE or is_crumb(above, min_pieces=2)
    return few and number not in menus and is_menu_above


def _lists_above(texts: Sequence[str], cues: CueReader, end: int) -> set[int]:
    """Lines above the headline that are a list of teasers with its heading; menu entries are shorter."""
    listed: set[int] = set()
    for number in range(end):
        if not cues.is_label(number, "related"):
            continue
        last = number
        while last + 1 < end and size(texts[last + 1]) >= _MIN_HEADLINE_SIZE and not cues[last + 1]:
            last += 1
        if last > number + 1:
            listed.update(range(number, last + 1))
    return listed


def _fold(text: str) -> str:
    return "".join(text.split()).casefold()
