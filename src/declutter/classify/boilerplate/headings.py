"""Headings that announce what follows them: "Related articles", "Comments", "Tags"."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.boilerplate.evidence import CERTAIN, COMMENT, PLACE
from declutter.classify.boilerplate.regions import MAX_NAMED
from declutter.classify.cues import LABEL_OF

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.regions import Regions
    from declutter.classify.cues import CueReader
    from declutter.outline import Outline

_SECTIONS: Final = ("related", "comment", "tags", "promo")
_BOXES: Final = (*_SECTIONS, "chrome")
_MAX_OTHERS: Final = 20
_NARROW: Final = frozenset({"promo", "meta"})
"""Sections that head small boxes only: an offer, the author."""
HEADING_TAGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "dt", "summary"})
_FOOTER: Final = re.compile(r"(?:^|[-_\s])foot(?:er)?(?![a-z])", re.IGNORECASE)
_MAX_TAG: Final = 22
_MAX_NARROW: Final = 12
_MAX_HEADING_LENGTH: Final = 64
_MAX_SCOPES: Final = 8
"""Maximum number of scopes over one block, outermost first; only hostile pages have more."""


class Scope(NamedTuple):
    """The blocks that a heading covers, `[start, end)`, including the heading. place: of its label in ORDER."""

    start: int
    end: int
    place: int
    name: str


def find_scopes(regions: Regions, cues: CueReader, spoken: Sequence[int], *, first: int) -> list[Scope]:
    """The scopes of headings among the blocks with cues, in page order. first: where the essay begins."""
    outline = regions.outline
    headings: dict[str, list[int]] | None = None
    scopes: list[Scope] = []
    reaching: list[int] = []
    footer = _footer(regions)
    for block in outline.deadline.watch(spoken):
        text, found = outline.texts[block], cues[block]
        if len(text) > _MAX_HEADING_LENGTH:
            continue
        owner = outline.owners[block]
        if outline.linked[block] * 2 > len(text) and outline.tags[owner] not in HEADING_TAGS:
            continue
        if regions.scores[owner][COMMENT] >= CERTAIN or _heads_a_column(regions, block):
            continue
        sections = [
            cue.section
            for cue in found
            if (cue.section in _SECTIONS or (cue.section == "meta" and outline.tags[owner] in HEADING_TAGS))
            and (cue.position == "label" or (cue.section, cue.position) == ("comment", "lead"))
        ]
        if not sections or cues.is_label(block, "chrome"):
            continue  # "Follow us" may also head the icons of a footer
        headings = headings or _unlinked_headings(outline)
        section = sections[0]
        end = _end_of(regions, cues, block, headings, narrow=section in _NARROW)
        if block < footer:
            end = min(end, footer)
        if section == "promo" and outline.parents[owner] in regions.essay:
            end = min(end, _goes_on(regions, block, end))
        if "tags" in sections:
            # "Related topics" may head tags or headlines; above the essay it belongs to the site's menu.
            section = "tags" if regions.mean_anchor(block + 1, end) <= _MAX_TAG else "related"
            if block < first:
                continue
        reaching = [other for other in reaching if other > block]
        fits = section not in _NARROW or end - block <= _MAX_NARROW
        if end > block + 1 and fits and len(reaching) < _MAX_SCOPES:
            reaching.append(end)
            scopes.append(Scope(block, end, PLACE[LABEL_OF[section]], f"under_{section}_heading"))
    return scopes


def _goes_on(regions: Regions, block: int, end: int) -> int:
    """The next block in an element of the essay's own, or `end`: an advertisement ends where the essay goes on."""
    owners, essay = regions.outline.owners, regions.essay
    return next((other for other in range(block + 1, min(end, block + 1 + _MAX_NARROW)) if owners[other] in essay), end)


def _footer(regions: Regions) -> int:
    """The first block of the page's footer: of the widest element at the end that is one; past the last without one."""
    outline = regions.outline
    past = len(outline.owners)
    found = past
    for element in islice(outline.ancestors(outline.owners[-1]), MAX_NAMED) if past else ():
        if element in regions.essay:
            break
        if outline.tags[element] == "footer" or _FOOTER.search(outline.names[element]):
            found = regions.first[element]
    return found


def _heads_a_column(regions: Regions, block: int) -> bool:
    """Whether it is one of several header cells in a row: "Name" above a column labels neither the table nor a form."""
    outline = regions.outline
    owner = outline.owners[block]
    row = outline.parents[owner]
    return outline.tags[owner] == "th" and regions.past[row] - regions.first[row] > 1


def _unlinked_headings(outline: Outline) -> dict[str, list[int]]:
    """By tag, the blocks that are headings without a link."""
    found: dict[str, list[int]] = {tag: [] for tag in HEADING_TAGS}
    tags, linked = outline.tags, outline.linked
    for block, owner in enumerate(outline.owners):
        if tags[owner] in HEADING_TAGS and not linked[block]:
            found[tags[owner]].append(block)
    return found


def _end_of(regions: Regions, cues: CueReader, block: int, headings: dict[str, list[int]], *, narrow: bool) -> int:
    """The end of a heading's scope: of the widest element that begins with it, or of its following siblings.

    narrow: of the narrowest that has more than the heading.

    If a column begins with a heading and has others, the scope ends at the next one that announces a box.
    """
    outline = regions.outline
    parents = outline.parents
    element = outline.owners[block]
    while parents[element] > 0 and regions.first[parents[element]] == block and parents[element] not in regions.essay:
        if narrow and regions.past[element] > block + 1:
            break
        element = parents[element]
    end = regions.past[element]
    same = headings.get(outline.tags[outline.owners[block]], [])
    place = bisect_right(same, block)
    if end - block > 1:
        others = same[place : place + _MAX_OTHERS]
        return next((other for other in others if other < end and cues.is_label(other, *_BOXES)), end)
    # Among siblings, the scope ends at the next unlinked heading with the same tag.
    limit = regions.past[parents[element]]
    return min(limit, same[place]) if place < len(same) else limit
