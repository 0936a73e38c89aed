"""Pages whose comments are their content: the posts of a thread, as opposed to comments below an article."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.regions import unnumbered
from declutter.classify.features import signatures
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.boilerplate.cards import Surroundings
    from declutter.classify.boilerplate.header import Places
    from declutter.outline import Outline

_BODY: Final = Label.BODY
_COMMENT: Final = Label.COMMENT  # see Label

_MIN_DISCUSSION: Final = 200
_MIN_TIMES: Final = 2
"""Minimum characters of prose in the posts, absolute and as a multiple of the essay's characters."""
_MAX_QUESTION: Final = 280
"""Characters. A question up to this length is answered by the posts; flashes do not ask."""
_UNTOLD: Final = frozenset({Label.BODY, Label.CHROME})
"""Labels of posts, besides comment, among blocks that main content took for the essay."""
_ASKING: Final = ("?", "？", "؟", ";")
_MAX_LINKED: Final = 1 / 3
_MIN_PROSE_SHARE: Final = 0.5
_LEVELS: Final = 4
_MIN_PARAGRAPHS: Final = 2
"""Minimum paragraphs with the same markup; a form's notice is alone in its own."""


def claim_thread(about: Surroundings, labels: list[Label]) -> None:
    """Add a thread's posts to the essay if it is empty, only the opening post, or a question.

    Markup distinguishes an opening post from an article: it is the same as that of the posts below.
    """
    if _COMMENT not in labels:
        return
    outline, within, every = about.outline, about.page.discussed, about.page.shapes.prose
    texts, linked = outline.texts, outline.linked
    essay = [number for number, label in enumerate(labels) if label is _BODY and not within(number)]
    size = sum([len(texts[number]) for number in essay])
    least = max(_MIN_DISCUSSION, _MIN_TIMES * size)
    told = {number for number, label in enumerate(labels) if label is _COMMENT or label in _UNTOLD}.difference(essay)
    prose = [number for number in every & told if linked[number] <= _MAX_LINKED * len(texts[number])]
    if sum([len(texts[number]) for number in prose]) < least:
        return  # true of most pages, with all candidates counted
    posts = [number for number in sorted(told) if labels[number] is _COMMENT or within(number)]
    prose = sorted(set(prose).intersection(posts))
    if sum([len(texts[number]) for number in prose]) < least:
        return
    signature = signatures(outline)
    written = _mostly_prose(texts, signature, posts, prose)
    if not (
        every.isdisjoint(essay)
        or (size <= _MAX_QUESTION and _asks(texts, about.page.places, essay))
        or _is_written_as(outline, essay, [number for number in prose if signature[number] in written])
    ):
        return
    for number in posts:
        if signature[number] in written and linked[number] <= _MAX_LINKED * len(texts[number]):
            labels[number] = _BODY


def _mostly_prose(texts: Sequence[str], signature: Sequence[int], posts: list[int], prose: list[int]) -> set[int]:
    """The signatures of the posts' text: most of their text is prose, unlike that of names and times."""
    held: Counter[int] = Counter()
    whole: Counter[int] = Counter()
    paragraphs = Counter([signature[number] for number in prose])
    for number in posts:
        whole[signature[number]] += len(texts[number])
    for number in prose:
        held[signature[number]] += len(texts[number])
    return {
        one
        for one, size in held.items()
        if size >= _MIN_PROSE_SHARE * whole[one] and paragraphs[one] >= _MIN_PARAGRAPHS
    }


def _asks(texts: Sequence[str], places: Places, essay: list[int]) -> bool:
    return any(texts[number].endswith(_ASKING) for number in (*places.titles, *essay))


def _is_written_as(outline: Outline, essay: list[int], posts: list[int]) -> bool:
    """Whether most of the essay is in the same nested elements as posts are, at least two of them with names."""
    ways = {way for way in {_way(outline, number) for number in posts} if sum(bool(name) for _, name in way) > 1}
    alike = sum([len(outline.texts[number]) for number in essay if _way(outline, number) in ways])
    return 2 * alike > sum([len(outline.texts[number]) for number in essay])


def _way(outline: Outline, number: int) -> tuple[tuple[str, str], ...]:
    """Tag and name of a block's nearest elements. With two levels, articles and comments of blogs are often alike."""
    around = islice(outline.ancestors(outline.owners[number]), _LEVELS)
    return tuple((outline.tags[element], unnumbered(outline.names[element])) for element in around)
