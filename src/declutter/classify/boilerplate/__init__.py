"""What the blocks outside the essay are: title, meta, tags, related, promo, comment or chrome."""

from __future__ import annotations

from typing import Final

from declutter.classify.boilerplate.cues import LABEL_OF, CueReader
from declutter.classify.boilerplate.evidence import CHROME, META, ORDER, PLACE, RELATED
from declutter.classify.boilerplate.forms import is_crumb, is_stamp
from declutter.classify.boilerplate.header import Places, find_places
from declutter.classify.boilerplate.headings import find_scopes
from declutter.classify.boilerplate.plain import label_plain
from declutter.classify.boilerplate.regions import Regions
from declutter.model import Label
from declutter.outline import Outline
from declutter.vocabulary import vocabulary

__all__ = ["label_boilerplate"]

_CUE_WEIGHT: Final = {"label": 2.0, "lead": 1.8, "holds": 1.5}
_SCOPE_WEIGHT: Final = 2.5


def label_boilerplate(
    outline: Outline, body: list[bool], *, title: str | None
) -> list[Label]:
    """A label for every block, given which the main content stage took for the essay.

    title: the page's headline as its head names it.
    """
    cues = CueReader(outline.texts, vocabulary())
    if outline.is_text or _is_plain(outline):
        return label_plain(outline.texts, outline.linked, cues, title=title)[0]
    labels = [Label.BODY if is_body else Label.CHROME for is_body in body]
    places = find_places(outline, body, title)
    for number in places.titles:
        labels[number] = Label.TITLE
    outside = [number for number, label in enumerate(labels) if label is Label.CHROME]
    _label_outside(outline, body, cues, places, outside, labels)
    return labels


def _label_outside(
    outline: Outline,
    body: list[bool],
    cues: CueReader,
    places: Places,
    outside: list[int],
    labels: list[Label],
) -> None:
    regions = Regions(outline, body)
    scoped: dict[int, list[int]] = {}
    for scope in find_scopes(regions, cues, outside):
        for number in range(scope.start, scope.end):
            scoped.setdefault(number, []).append(scope.place)
    title = places.title
    texts, linked, owners = outline.texts, outline.linked, outline.owners
    for number in outside:
        scores = list(regions.scores(owners[number]))
        for place in scoped.get(number, ()):
            scores[place] += _SCOPE_WEIGHT
        text = texts[number]
        for cue in cues[number][:2]:
            scores[PLACE[LABEL_OF[cue.section]]] += _CUE_WEIGHT[cue.position]
        if is_crumb(text):
            scores[META] += 3.0
        if is_stamp(text):
            scores[META] += 1.5
        if linked[number] >= 0.6 * len(text):
            if regions.sizes[number] >= 30:
                scores[RELATED] += 0.8
            elif regions.sizes[number] <= 14:
                scores[CHROME] += 0.4
        if title is not None and title < number < places.first:
            scores[META] += 1.5
        elif title is not None and number < title:
            scores[CHROME] += 0.5
            scores[META] *= 0.7
        elif number < places.past:
            scores[META] *= 0.9
        elif number > places.past + 12:
            scores[META] *= 0.3
        scores[CHROME] += 0.2
        labels[number] = ORDER[max(range(len(ORDER)), key=scores.__getitem__)]


def _is_plain(outline: Outline) -> bool:
    """No element has a class or id to go by."""
    return not any(outline.name(element) for element in range(len(outline.tags)))
