"""Text about the author outside the essay: it begins with the author's name; the rest of its box belongs to it."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.forms import holds_date, is_prose, is_wide, size
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from declutter.classify.boilerplate.page import Page
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline
    from declutter.vocabulary import Cue

_BODY: Final = Label.BODY  # see Label

_MIN_TEXT: Final = 40
_MAX_OPENING: Final = 8
"""Characters before the name: a bracket, an asterisk, `Dr. `."""
_OPENING: Final = re.compile(r"[\W_]{0,3}(?:[A-Z][a-z]{1,3}\.\s)?")
_BEHIND: Final = re.compile(
    r"(?:,?\s(?:[A-Z]{2,6}|[A-Z][A-Za-z]{0,2}[A-Z][a-z]?|(?:[A-Z]\.){2,4}|Jr\.?|Sr\.?)(?![^\W_]))*(?:\s?\(|,?\s+[^\W\d_])"
)
"""What follows the name in a sentence about a person: `is …`, `, a baker, …`, `, PhD, teaches …`. A colon follows a
speaker's name in an interview."""
_NAMED: Final = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){1,3}")
_OPENS: Final = re.compile(r"[^\W\d_a-z][^\W\d_]+\s(?:[^\W\d_a-z][\w.'’-]*\s?){1,2}(?<!\s)(?=$|[\s|,•·])")
_NAME_END: Final = re.compile(r"\s?[|•·,(/–—\d]|\s-\s")
_AFTER_TITLE: Final = 10
_MAX_PROSE_BELOW: Final = 1
"""Paragraphs of the essay below such a text. Further up, a text about the author may be part of the essay."""
_BEHIND_ESSAY: Final = 30
_MAX_BOX: Final = 12
_MAX_SHORT: Final = 300
_MAX_BELOW: Final = 6
_LEVELS: Final = 5
_MAX_NAME: Final = 40
_MIN_BIO: Final = 12
"""Size of a text beside a name: a post or a line about the person. A menu has links only."""
_NEAR: Final = 4
_OPEN: Final = frozenset({Label.BODY, Label.CHROME, Label.RELATED})
_NAMING: Final = _OPEN | {Label.META, Label.PROMO}
"""Labels of a name above a text about its bearer; a button to follow the author is a promotion by itself."""


def claim_bios(page: Page, labels: list[Label]) -> None:
    """Label as meta the texts about the page's authors, with their headings, below the essay and beside the byline.

    Their names are those in the page's head and in the visible byline.
    """
    outline, cues = page.outline, page.cues
    prose = [number for number in sorted(page.shapes.prose) if labels[number] is _BODY]
    if not prose or Label.TITLE not in labels:
        return
    title = labels.index(Label.TITLE)
    _claim_named_boxes(outline, cues, labels, title, prose)
    names = {name for name in page.authors if " " in name} | set(_shown(outline, cues, labels, title))
    if not names:
        return
    bar = prose[-1 - _MAX_PROSE_BELOW] if len(prose) > _MAX_PROSE_BELOW + 1 else prose[-1]
    end = min(prose[-1] + _BEHIND_ESSAY, len(labels))
    for number in range(bar, end):
        if labels[number] in _OPEN and any(_tells_of(name, outline.texts[number]) for name in names):
            labels[number] = Label.META
            _claim_box(outline, labels, _claim_whole(outline, labels, number, prose), names)
    for number in range(title + 1, prose[0] + 1):
        if labels[number] in _OPEN and _is_beside_byline(outline, labels, number, prose, names):
            labels[number] = Label.META


def _claim_named_boxes(
    outline: Outline, cues: CueReader, labels: list[Label], title: int, prose: Sequence[int]
) -> None:
    """Label as meta the small box below the essay with a name, in any script, that the byline has, and a text."""
    texts, owners, parents = outline.texts, outline.owners, outline.parents
    lines = range(title + 1, min(title + 1 + _AFTER_TITLE, prose[-1]))
    byline = "\n".join([texts[number] for number in lines if labels[number] is Label.META])
    essay = {owner for number in prose for owner in (owners[number], parents[owners[number]])}
    for number in range(prose[-1] + 1, min(prose[-1] + _BEHIND_ESSAY, len(labels)) if byline else 0):
        text, box = texts[number], owners[number]
        if number + 1 == len(labels) or box not in islice(outline.ancestors(owners[number + 1]), _NEAR):
            box = parents[box]
        if labels[number] not in _NAMING or box <= 0 or box in essay or not _is_name(text):
            continue
        if _named_in(text, cues[number]) not in byline:
            continue
        around = range(max(number - 1, prose[-1] + 1), min(number + _MAX_BELOW, len(labels)))
        held = [other for other in around if box in islice(outline.ancestors(owners[other]), _NEAR)]
        if any(not outline.linked[other] and size(texts[other]) >= _MIN_BIO for other in held if other != number):
            for other in held:
                if labels[other] in _NAMING and len(texts[other]) <= _MAX_SHORT:
                    labels[other] = Label.META


def _named_in(text: str, cues: Sequence[Cue]) -> str:
    """The text without the cue for authors that it opens with: `Written by Jane Roe`."""
    opening = next((cue.phrase.rstrip(":") for cue in cues if cue.section == "author" and cue.position == "lead"), "")
    return text[len(opening) :].lstrip(" :") or text


def _is_name(text: str) -> bool:
    """Whether it is short, without digits, and at least two words or in a script without spaces."""
    if len(text) > _MAX_NAME or any(letter.isdigit() for letter in text):
        return False
    return " " in text or (len(text) > 1 and is_wide(text))


def _is_beside_byline(
    outline: Outline, labels: Sequence[Label], number: int, prose: Sequence[int], names: set[str]
) -> bool:
    """Whether a text begins with an author's name and shares an element with the byline but not with the essay.

    A standfirst may begin with the name, too, but has no such element.
    """
    text = outline.texts[number]
    if not any(_tells_of(name, text) or _tells_of(name.split(" ", 1)[0], text) for name in names):
        return False
    essay = next((other for other in prose if other > number), number)
    own = set(outline.ancestors(outline.owners[essay])) if essay != number else set()
    around = set(islice(outline.ancestors(outline.owners[number]), _LEVELS)) - own
    return any(
        labels[above] is Label.META
        and any(name in outline.texts[above] for name in names)
        and not around.isdisjoint(islice(outline.ancestors(outline.owners[above]), _LEVELS))
        for above in range(max(number - _NEAR, 0), number)
    )


def _shown(outline: Outline, cues: CueReader, labels: Sequence[Label], title: int) -> Iterator[str]:
    """The names after lead words in the byline, and capitalised words that open it before a date."""
    for number in range(title + 1, min(title + 1 + _AFTER_TITLE, len(labels))):
        for cue in cues[number] if labels[number] is Label.META else ():
            if cue.section == "author" and cue.position == "lead":
                behind = cue.behind(outline.texts[number])
                end = _NAME_END.search(behind)
                words = (behind[: end.start()] if end else behind).split()
                # The author's post may follow without a separator: `Jane Roe Head Gardener`.
                for name in (" ".join(words[:count]) for count in (2, len(words))):
                    if _NAMED.fullmatch(name) and name[0].isupper() and name.rsplit(" ", 1)[1][0].isupper():
                        yield name.title() if name.isupper() else name
        opening = _OPENS.match(outline.texts[number]) if labels[number] is Label.META and not cues[number] else None
        if opening and any(holds_date(text) for text in outline.texts[number : number + 2]):
            words = opening[0].split()  # the third may be of what follows: `Jane Roe Published 3 May`
            yield from {" ".join(words), " ".join(words[:2])}


def _tells_of(name: str, text: str) -> bool:
    at = text.find(name, 0, _MAX_OPENING + len(name))
    if at < 0 or len(text) < _MIN_TEXT or not _OPENING.fullmatch(text, 0, at):
        return False
    behind = _BEHIND.match(text, at + len(name))
    return behind is not None and not text[behind.end() - 1].isupper()


def _claim_whole(outline: Outline, labels: list[Label], bio: int, prose: Sequence[int]) -> int:
    """Label as meta the rest of the element with the bio if it is small; return its start.

    At most one paragraph of the box may have been taken for the essay.
    """
    parents, owners = outline.parents, outline.owners
    box, first, past = parents[owners[bio]], bio, bio + 1
    while first > 0 and bio - first < _MAX_BOX and parents[owners[first - 1]] == box:
        first -= 1
    while past < len(owners) and past - bio < _MAX_BOX and parents[owners[past]] == box:
        past += 1
    own = [number for number in prose if parents[owners[number]] == box and number != bio]
    if past - first > _MAX_BOX or len(own) > 1 or prose[0] in own or Label.TITLE in labels[first:past]:
        return bio
    for number in range(first, past):
        if labels[number] in _OPEN:
            labels[number] = Label.META
    return first


def _claim_box(outline: Outline, labels: list[Label], bio: int, names: set[str]) -> None:
    """Label as meta the rest of the box of a text about the author, from the author's name above it on."""
    around = set(islice(outline.ancestors(outline.owners[bio]), 1, _LEVELS))
    head = None
    for number in range(bio - 1, max(bio - 1 - _MAX_BOX, -1), -1):
        text = outline.texts[number]
        if labels[number] not in _OPEN | {Label.META} or len(text) > _MAX_SHORT or is_prose(text):
            break
        if around.isdisjoint(islice(outline.ancestors(outline.owners[number]), _LEVELS)):
            break
        if any(name in text for name in names) or labels[number] is Label.META:
            head = number
    if head is None:
        return
    box = outline.parents[outline.owners[bio]]
    below = bio + 1
    while below < min(bio + 1 + _MAX_BELOW, len(labels)) and outline.parents[outline.owners[below]] == box:
        below += 1
    holds_essay = any(
        labels[number] is Label.BODY and outline.parents[outline.owners[number]] == box for number in range(head)
    )
    for number in range(head, bio if holds_essay else below):
        if labels[number] in _OPEN:
            labels[number] = Label.META
