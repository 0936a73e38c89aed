"""Corrections to the scores of main content: by what is alike, by lists and gaps, by what else the page has."""

from __future__ import annotations

from itertools import compress, islice
from typing import TYPE_CHECKING, Final, NamedTuple

from declutter.classify.beginning import NO_WORDS
from declutter.classify.containers import OUTSIDE
from declutter.classify.extent import drop_beyond, keep_within
from declutter.classify.features import good_texts
from declutter.classify.wholes import doubtful_code, doubtful_items
from declutter.classify.wording import ASIDE, ASIDE_LABELS, LABELLED, STAMP, TEASERS
from declutter.wide import FIRST_WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.outline import Outline
    from declutter.tables import Table

_MAX_DOUBT: Final = 2.0
"""Log-odds. A block with a score above minus this can still join the essay because of its neighbours or markup."""

_MIN_ALIKE: Final = 40
_ALIKE_SHARE: Final = 0.5
"""An unlinked text of at least _MIN_ALIKE characters joins the essay if at least this share of the essay has its
signature: short last paragraphs, later posts of a thread. Gives .0034 on WCXB and .0015 on DAnIEL, cross-validated."""

_MAX_CHANCE: Final = 1.0
"""Log-odds. A block with a score up to this is dropped if two thirds of the text with its signature did not pass.
Gives .0013 on DAnIEL, nothing on WCXB. So is one below a label of teasers, among items that each hold a link and text:
on 27 of the 1,485 pages, mostly rightly, with no effect on the figures."""

_MAX_GAP: Final = 4
_LEVELS: Final = 3
_FILLED: Final = 0.1
"""A gap of doubtful blocks in at most _MAX_GAP elements is filled if its ends share a container within _LEVELS levels.
_FILLED is the log-odds that such blocks get. Neutral on the fitted sets, whose gold often lacks captions."""

_MIN_REPEAT: Final = 40
"""Characters from which repeated paragraphs indicate a second copy of the article, such as a print version."""

_MIN_ESSAY: Final = 140
_MIN_SHARE: Final = 0.1
"""_MIN_ESSAY is in letters, _MIN_SHARE a share of the page's good text (long, closed, unlinked). If a page has less
essay than this and far more text that nearly passed, the threshold is lowered, so that other kinds of pages (forums,
listings, products) and unusual articles give their content instead of nothing. _MIN_SHARE gives .001 on WCXB, .010
there with weights fitted on DAnIEL alone, and nothing on DAnIEL."""

_MAX_LEEWAY: Final = 3.0
"""Log-odds by which the threshold is lowered for such pages."""

_MIN_TOPICAL: Final = 1000
_MIN_TOPICAL_SHARE: Final = 0.25
"""Letters, and a share, of good text on the topic: what shares rare words with the beginning, in the container of four
fifths of the good text. If less of it passes, the page is of a kind that the weights do not know. Gives .012 on WCXB
with weights fitted on DAnIEL alone (34 pages, 4 of them worse). Of all 1,485 pages, judged by weights fitted without
their hosts, none changes. From a share of .35 on, comments below short articles are taken for the article."""

_SHARES: Final = bytes([words > NO_WORDS for words in range(256)])


class Context(NamedTuple):
    """What corrections know about the page.

    headline: the block that shows the page's title. tables: the page's. By block, see features and wording: signatures;
    says: the rank of its cues; dates: short lines with a date; above: the section of the last label above it;
    mixed: the share of its siblings with both links and text; words: of the beginning; place, main: inside or outside
    the containers of four fifths and of half of the good text; repeated: whether its text occurs elsewhere, too.
    """

    headline: int | None
    signatures: list[int]
    tables: Sequence[Table]
    says: bytes
    dates: bytes
    above: bytes
    mixed: bytes
    words: bytes
    place: bytes
    main: bytes
    repeated: bytes


def _keep_the_topic(outline: Outline, scores: list[float], context: Context) -> None:
    """Lower the threshold around the good text if hardly any of it passed that shares words with the beginning."""
    texts, linked, place = outline.texts, outline.linked, context.place
    sharing = [
        number for number in compress(range(len(texts)), context.words.translate(_SHARES)) if place[number] < OUTSIDE
    ]
    kept = sum([len(texts[number]) for number in sharing if scores[number] > 0])
    if 2 * kept >= (whole := sum([len(texts[number]) for number in sharing])) or 2 * whole < _MIN_TOPICAL:
        return  # true of most pages; saves measuring their good text
    good = good_texts(outline)
    topical = [(good[number], scores[number]) for number in sharing]
    whole = sum([size for size, _ in topical])
    passed = sum([size for size, score in topical if score > 0])
    near = sum([size for size, score in topical if score > -_MAX_LEEWAY])
    if whole >= _MIN_TOPICAL and passed < _MIN_TOPICAL_SHARE * whole <= near:
        for number, text in enumerate(texts):
            if place[number] < OUTSIDE and 2 * linked[number] < len(text):
                scores[number] += _MAX_LEEWAY


def _take_stored(outline: Outline, scores: list[float], _context: Context) -> None:
    """Accept the doubtful blocks of an article that the page stores for its scripts."""
    if outline.stored is None:
        return
    first = outline.stored[0]
    for number, (owner, score) in enumerate(zip(outline.owners, scores, strict=True)):
        if owner >= first and -_MAX_DOUBT < score <= 0:
            scores[number] = _FILLED


def _drop_teasers(_outline: Outline, scores: list[float], context: Context) -> None:
    """Drop blocks that barely passed below a label for teasers, among items that hold both links and text.

    Not if any is a date or time: teasers with times are found later, by their form.
    """
    unsure = [number for number, mixed in enumerate(context.mixed) if mixed and 0 < scores[number] < _MAX_CHANCE]
    headed = _headed(context) if unsure else []
    teasers = [number for number in unsure if headed[number] and context.above[number] == TEASERS]
    if all(context.dates[number] != STAMP for number in teasers):
        for number in teasers:
            scores[number] = -_FILLED


def _take_alike(outline: Outline, scores: list[float], context: Context) -> None:
    """Accept doubtful texts with the signature of most of the essay, except a byline below the headline."""
    texts, linked, signature = outline.texts, outline.linked, context.signatures
    passed = _passed(outline, scores, context)
    needed = _ALIKE_SHARE * sum(passed.values())
    main = {one for one, size in passed.items() if size >= needed}
    for number, score in enumerate(scores):
        if -_MAX_DOUBT < score <= 0 and signature[number] in main and number - 1 != context.headline:
            text = texts[number]
            size = 2 * len(text) if text[0] > FIRST_WIDE else len(text)
            if size >= _MIN_ALIKE and 3 * linked[number] < len(text):
                scores[number] = _FILLED


def _drop_unlike(outline: Outline, scores: list[float], context: Context) -> None:
    """Drop blocks that barely passed if two thirds of the text with their signature did not pass."""
    texts, signature = outline.texts, context.signatures
    passed = _passed(outline, scores, context)
    enough = sum(passed.values()) / 2
    unsure = {one for one, size in passed.items() if size < enough}
    if not unsure:
        return
    whole = dict.fromkeys(unsure, 0)
    for one, text in zip(signature, texts, strict=True):
        if one in unsure:
            whole[one] += len(text)
    for number, score in enumerate(scores):
        one = signature[number]
        if 0 < score < _MAX_CHANCE and one in unsure and 3 * passed[one] < whole[one]:
            scores[number] = -_FILLED


def _passed(outline: Outline, scores: list[float], context: Context) -> dict[int, int]:
    """By signature: the number of characters in blocks that passed."""
    held: dict[int, int] = {}
    for one, text, score in zip(context.signatures, outline.texts, scores, strict=True):
        if score > 0:
            held[one] = held.get(one, 0) + len(text)
    return held


def _fill_gaps(outline: Outline, scores: list[float], context: Context) -> None:
    """Accept a few doubtful blocks between two essay blocks of the same container: captions, terms, verse.

    Not between the headline and the essay, where bylines and times stand, nor blocks that their words label otherwise,
    nor short lines with a date or time, which belong to what follows them.
    """
    linked, texts, owners, count = outline.linked, outline.texts, outline.owners, len(scores)
    number = 1
    while number < count:
        if scores[number] > 0 or scores[number - 1] <= 0 or number - 1 == context.headline:
            number += 1
            continue
        past = number
        while past < count and -_MAX_DOUBT < scores[past] <= 0 and 2 * linked[past] <= len(texts[past]):
            past += 1
        if past < count and scores[past] > 0 and past > number and len(set(owners[number:past])) <= _MAX_GAP:
            around = set(islice(outline.ancestors(owners[number - 1]), _LEVELS))
            around &= set(islice(outline.ancestors(owners[past]), _LEVELS))
            for block in range(number, past):
                if (
                    context.says[block] < LABELLED
                    and context.dates[block] != STAMP
                    and not around.isdisjoint(islice(outline.ancestors(owners[block]), _LEVELS + 1))
                ):
                    scores[block] = _FILLED
        number = max(past, number + 1)


def _take_items(outline: Outline, scores: list[float], context: Context) -> None:
    """Accept all items of a list or table that the essay runs into."""
    for block in doubtful_items(outline, scores, context.headline, context.tables):
        scores[block] = _FILLED


def _take_code(outline: Outline, scores: list[float], _context: Context) -> None:
    """Accept code inside the essay."""
    for block in doubtful_code(outline, scores):
        scores[block] = _FILLED


def _keep_once(outline: Outline, scores: list[float], _context: Context) -> None:
    """Drop the second copy of a passage of at least two different consecutive paragraphs."""
    body = [number for number, score in enumerate(scores) if score > 0]
    texts = [outline.texts[number] for number in body]
    first: dict[str, int] = {}
    repeated = [len(text) >= _MIN_REPEAT and first.setdefault(text, place) != place for place, text in enumerate(texts)]
    for place in range(1, len(body)):
        if repeated[place] and repeated[place - 1] and texts[place] != texts[place - 1]:
            for number in (body[place - 1], body[place]):
                scores[number] = -abs(scores[number])


def _lower_the_bar(outline: Outline, scores: list[float], context: Context) -> None:
    """Lower the threshold if hardly any text passed, or hardly any of the page's good text.

    Not for blocks after the headline that a label announces as teasers, tags or promotion.
    """
    texts = outline.texts
    passed = sum(map(len, compress(texts, map((0.0).__lt__, scores))))
    if passed >= max(_MIN_ESSAY, 2 * _MIN_SHARE * sum(map(len, texts))):  # even if all other text is wide, but not this
        return
    found = near = whole = 0
    for text, score in zip(texts, scores, strict=True):
        size = 2 * len(text) if text[0] > FIRST_WIDE else len(text)
        whole += size
        if score > -_MAX_LEEWAY:
            near += size
            if score > 0:
                found += size
    needed = float(_MIN_ESSAY)
    if found < _MIN_SHARE * whole:  # true of few pages; saves measuring the good text of the others
        needed = max(needed, _MIN_SHARE * sum(good_texts(outline)))
    if found < needed and near >= 2 * max(_MIN_ESSAY, found):
        for number, is_headed in enumerate(_headed(context)):
            if scores[number] > -_MAX_LEEWAY and not is_headed:
                scores[number] += _MAX_LEEWAY


def _headed(context: Context) -> list[bool]:
    """By block: whether it is a label for teasers, tags or promotion after the headline, or below such a label."""
    column, is_headed = [], False
    for number, (section, says) in enumerate(zip(context.above, context.says, strict=True)):
        if section not in ASIDE or number == context.headline:
            is_headed = False
        elif says in ASIDE_LABELS:
            is_headed = context.headline is not None and number > context.headline
        column.append(is_headed)
    return column


CORRECTIONS: Final = {
    "little_on_its_topic_passed": _keep_the_topic,
    "kept_as_the_article": _take_stored,
    "below_a_label_of_teasers": _drop_teasers,
    "like_most_of_the_essay": _take_alike,
    "most_like_it_did_not_pass": _drop_unlike,
    "beyond_the_essay": drop_beyond,
    "within_the_essay": keep_within,
    "list_in_the_essay": _take_items,
    "code_in_the_essay": _take_code,
    "fills_a_gap": _fill_gaps,
    "second_copy": _keep_once,
    "little_else_passed": _lower_the_bar,
}
"""Each takes the outline, the scores, which it changes, and the context. In order, by name as evidence."""
