"""Pages whose comments are what they are for: a thread's posts are its own content, below an article they are not."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Final

from declutter.classify.boilerplate.regions import unnumbered
from declutter.classify.features import signatures
from declutter.model import Label

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from declutter.classify.boilerplate.header import Places
    from declutter.classify.boilerplate.shapes import Shapes
    from declutter.outline import Outline

_BODY: Final = Label.BODY
_COMMENT: Final = Label.COMMENT  # see Label

_MIN_DISCUSSION: Final = 200
_MIN_TIMES: Final = 2
"""Characters of the posts' prose, and how many times the essay's that has to be."""
_MAX_QUESTION: Final = 280
"""Characters. What asks no more than this is answered by what follows; a brief asks nothing."""
_UNTOLD: Final = frozenset({Label.BODY, Label.CHROME})
"""What posts may be taken for that stand amid those that main content took for the essay."""
_ASKING: Final = ("?", "？", "؟", ";")
_MAX_LINKED: Final = 1 / 3
_MIN_PROSE_SHARE: Final = 0.5
_LEVELS: Final = 4
_MIN_PARAGRAPHS: Final = 2
"""Of one markup: a form's notice stands alone in its own."""


def claim_thread(
    outline: Outline, places: Places, shapes: Shapes, labels: list[Label], within: Callable[[int], bool]
) -> None:
    """Take the posts of a thread for the essay of a page that has none, or the opening post only, or a question.

    An opening post is told from an article by its markup: it is written as the posts below it are.

    within: whether a block stands among comments, by `comment_test`.
    """
    if _COMMENT not in labels:
        return
    texts, linked = outline.texts, outline.linked
    essay = [number for number, label in enumerate(labels) if label is _BODY and not within(number)]
    size = sum([len(texts[number]) for number in essay])
    least = max(_MIN_DISCUSSION, _MIN_TIMES * size)
    told = {number for number, label in enumerate(labels) if label is _COMMENT or label in _UNTOLD}.difference(essay)
    prose = [number for number in shapes.prose & told if linked[number] <= _MAX_LINKED * len(texts[number])]
    if sum([len(texts[number]) for number in prose]) < least:
        return  # of most pages, whatever of it stands among comments
    posts = [number for number in sorted(told) if labels[number] is _COMMENT or within(number)]
    prose = sorted(set(prose).intersection(posts))
    if sum([len(texts[number]) for number in prose]) < least:
        return
    signature = signatures(outline)
    written = _mostly_prose(texts, signature, posts, prose)
    if not (
        shapes.prose.isdisjoint(essay)
        or (size <= _MAX_QUESTION and _asks(texts, places, essay))
        or _is_written_as(outline, essay, [number for number in prose if signature[number] in written])
    ):
        return
    for number in posts:
        if signature[number] in written and linked[number] <= _MAX_LINKED * len(texts[number]):
            labels[number] = _BODY


def _mostly_prose(texts: Sequence[str], signature: Sequence[int], posts: list[int], prose: list[int]) -> set[int]:
    """The signatures that posts are written in: most of what has them is prose, names and times are not."""
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
    """Most of the essay stands in the same elements one in another as posts do, some of them named."""
    ways = {way for way in {_way(outline, number) for number in posts} if sum(bool(name) for _, name in way) > 1}
    alike = sum([len(outline.texts[number]) for number in essay if _way(outline, number) in ways])
    return 2 * alike > sum([len(outline.texts[number]) for number in essay])


def _way(outline: Outline, number: int) -> tuple[tuple[str, str], ...]:
    """Tag and name of the elements nearest around a block. Two levels blogs have alike for articles and comments."""
    around = islice(outline.ancestors(outline.owners[number]), _LEVELS)
    return tuple((outline.tags[element], unnumbered(outline.names[element])) for element in around)
