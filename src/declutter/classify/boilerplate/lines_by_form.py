"""The evidence of forms that lines in any language share: linked headlines, menus between bars, signatures."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.evidence import CHROME, RELATED, TAGS, Vote
from declutter.classify.boilerplate.forms import ends_sentence, is_elided, is_stamp, size
from declutter.model import Kind, SpanKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.page import Page
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

FULLY: Final = 0.95
"""Linked share of a text from which it counts as linked as a whole."""
MOSTLY: Final = 0.6
MAX_SHORT: Final = 100
"""Size (see `size`) of a short line."""
MIN_HEADLINE: Final = 24
"""Size from which a line may be a headline."""
_MAX_HEADLINE: Final = 200
_MAX_CARD: Final = 500  # a headline and a text that is cut off, in one link

_BARRED: Final = re.compile(r"\s?[|｜·•]\s?")
_MAX_LABEL: Final = 32  # characters
_LABEL: Final = re.compile(r"[^\d:：.]{2,28}[:：]")
_CALLS: Final = (">", "»", "›", "→", "!")
_MAX_CLOSING: Final = 2  # lines after the last paragraph that may sign the article
_MAX_TAIL: Final = 12  # last lines of the essay in which they are searched, including pointers
_LINE_KINDS: Final = frozenset({Kind.PARAGRAPH, Kind.LINE, Kind.CELL})
_WITHIN: Final = re.compile(r"#\w")  # a bare "#" is a link for a script
_MAX_DIGITS: Final = 6  # of a line's number
_MAX_LANGUAGE: Final = 20  # characters of a language's name
_MAX_IN_CELL: Final = 4  # elements between a listing and its cell
_SIGNATURE: Final = re.compile(
    r"[(\[/（【][^\s()\[\]/（）【】][^()\[\]（）【】]{0,20}[)\]/）】]"
    r"|(?=.{5,40}$)[^\W\d_a-z][\w.'’-]+(?:\s[^\W\d_a-z][\w.'’-]*){1,3}"
)
"""`(jr)`, `/ap/`, or two to four capitalised words."""


def linked_headline_after_label(outline: Outline, number: int) -> list[Vote]:
    """Evidence for a pointer: a paragraph of a short label, a colon and one linked headline."""
    text, linked = outline.texts[number], outline.linked[number]
    if not linked or linked >= FULLY * len(text) or outline.kinds[outline.owners[number]] is not Kind.PARAGRAPH:
        return []
    label = _LABEL.match(text)
    links = [mark for mark in outline.marks[number] if mark.kind is SpanKind.LINK]
    if label is None or len(links) != 1 or links[0].start > label.end() + 1 or links[0].end < len(text):
        return []
    headline = text[links[0].start :]
    if size(headline) < MIN_HEADLINE or ends_sentence(headline) or headline.startswith(("http", "www.")):
        return []
    return [("label_and_linked_headline", RELATED, 2.1)]


def lone_linked_headline(outline: Outline, number: int) -> list[Vote]:
    """Evidence for a pointer: a paragraph that is a single link and reads like a headline."""
    text, owner = outline.texts[number], outline.owners[number]
    kind = outline.kinds[owner]
    if (
        not MIN_HEADLINE <= size(text) <= (_MAX_CARD if (is_card := is_elided(text)) else _MAX_HEADLINE)
        or kind not in {Kind.PARAGRAPH, Kind.LINE}
        or outline.softs[number]
        or (ends_sentence(text) and not is_card)
        or text.endswith(_CALLS)
        or (" " not in text and size(text) == len(text))  # an address, or a word
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


def links_after_label(outline: Outline, cues: CueReader, number: int) -> list[Vote]:
    """Evidence for a line of a label and links: `Related The last ferry`; `Topics rivers maps` if they are short."""
    text = outline.texts[number]
    if not len(text) <= 3 * outline.linked[number] < 3 * len(text) or text[0].isdigit():
        return []  # a date before a link, or too few links
    links = [mark for mark in outline.marks[number] if mark.kind is SpanKind.LINK]
    if not links or not 0 < links[0].start <= _MAX_LABEL or links[-1].end < len(text):
        return []
    label = text[: links[0].start].strip()
    sections = {cue.section for cue in cues.vocabulary.find(label) if cue.position == "label"} if label else set()
    if "tags" in sections and sum([text[mark.start : mark.end].count(" ") for mark in links]) <= len(links):
        return [("label_before_tags", TAGS, 2.4)]
    return [("label_before_a_link", RELATED, 2.1)] if "related" in sections else []


def line_of_services(
    outline: Outline, cues: CueReader, shapes: Shapes, number: int, *, at_edge: bool = False
) -> list[Vote]:
    """Evidence for a line of the site's services: `Share | Tweet | Print`; at the essay's edge also `Share Tweet`."""
    text = outline.texts[number]
    if len(text) > MAX_SHORT:
        return []
    if at_edge and _is_linked_service(outline, cues, number):
        return [("line_of_services", CHROME, 2.1)]
    if number not in shapes.barred:
        is_heading = outline.kinds[outline.owners[number]] is Kind.HEADING
        served = at_edge and not is_heading and cues.is_services(number) and not ends_sentence(text)
        return [("line_of_services", CHROME, 2.1)] if served else []
    words = [word for word in _BARRED.split(text) if word]
    said = sum(map(cues.is_entry, words))
    return [("line_of_services", CHROME, 2.1)] if len(words) > 1 and said > MOSTLY * len(words) else []


def _is_linked_service(outline: Outline, cues: CueReader, number: int) -> bool:
    """Whether an item of a list is a link to a service of the site; the cues of linked items are not read."""
    text = outline.texts[number]
    if outline.linked[number] < FULLY * len(text) or outline.kinds[outline.owners[number]] is not Kind.ITEM:
        return False
    if any(_WITHIN.match(mark.target or "") for mark in outline.marks[number]):
        return False  # a list of contents
    return cues.is_entry(text)


def line_numbers(outline: Outline, number: int) -> list[Vote]:
    """Evidence for the numbers of a listing's lines, in a cell beside the code: `1 2 3`."""
    kinds, owners, texts = outline.kinds, outline.owners, outline.texts
    beside = number + 1
    if not (texts[number][0].isdecimal() and kinds[owners[number]] is Kind.CODE and beside < len(texts)):
        return []
    if kinds[owners[beside]] is not Kind.CODE or owners[beside] == owners[number]:
        return []
    counted = texts[number].split()
    first = int(counted[0]) if counted[0].isdecimal() and len(counted[0]) <= _MAX_DIGITS else -1
    is_counted = first >= 0 and counted == [str(n) for n in range(first, first + len(counted))]
    around = islice(outline.ancestors(owners[number]), _MAX_IN_CELL)
    return [("line_numbers", CHROME, 2.2)] if is_counted and any(outline.tags[at] == "td" for at in around) else []


def language_above_code(outline: Outline, number: int) -> list[Vote]:
    """Evidence for a line that names the language of the code below it: `ts`, `Python`."""
    below = number + 1
    if below == len(outline.texts) or len(outline.texts[number]) > _MAX_LANGUAGE:
        return []
    language = outline.languages.get(outline.owners[below])
    return [("language_above_code", CHROME, 2.2)] if language == outline.texts[number].lower() else []


def find_signatures(page: Page, body: Sequence[int]) -> set[int]:
    """The last lines of an essay that say who wrote it, and when: a name, initials in brackets, a date.

    They follow a paragraph, at most one of each and never a date alone, and are not in a list or heading. Pointers to
    other pages may follow.
    """
    outline, cues = page.outline, page.cues
    found: set[int] = set()
    seen: set[str] = set()
    own = [number for number in body[-_MAX_TAIL:] if not cues[number] and not outline.linked[number]]
    for number in reversed(own[-_MAX_CLOSING - 1 :]):
        text = outline.texts[number]
        if number in page.shapes.prose:
            return found if "name" in seen else set()
        form = "date" if is_stamp(text) else "name" if _SIGNATURE.fullmatch(text) else ""
        if not form or form in seen or outline.kinds[outline.owners[number]] not in _LINE_KINDS:
            return set()
        seen.add(form)
        found.add(number)
    return set()
