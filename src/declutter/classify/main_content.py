"""Which blocks are the essay: fitted evidence, summed block by block."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple

from declutter.classify.account import SILENT, Account
from declutter.classify.cues import CueReader
from declutter.classify.features import BINS, good_texts, measure, signatures
from declutter.classify.headline import find_title
from declutter.classify.sums import summed
from declutter.classify.weights import weights
from declutter.classify.wholes import doubtful_code, doubtful_items, doubtful_verse
from declutter.classify.wording import ASIDE, LABELLED, STAMP
from declutter.deadline import Deadline
from declutter.model import Evidence, Label
from declutter.outline import Outline
from declutter.tables import Table
from declutter.wide import FIRST_WIDE

SURE: Final = 3.0
"""Log-odds of a text dump's lines: nothing in their form speaks against them."""

MAX_DOUBT: Final = 2.0
"""A block whose score is not further below 0 is the essay where what stands around it, or is like it, is."""

MIN_ALIKE: Final = 40
ALIKE_SHARE: Final = 0.5
"""An unlinked text of so many characters is taken in where so much of the essay has its signature: the last, short
paragraphs, and the later posts of a thread. Cross-validated, it gives .0034 on WCXB and .0015 on DAnIEL."""

MAX_CHANCE: Final = 1.0
"""A block whose score is not further above 0 is left out where two thirds of what has its signature did not pass.
Gives .0013 on DAnIEL, nothing on WCXB."""

MAX_GAP: Final = 4
LEVELS: Final = 3
FILLED: Final = 0.1
"""A gap of doubtful blocks of so many elements is filled where both its ends stand in one container, at most so many
levels up. Neutral on the fitted sets, whose gold often lacks captions; right by what body means."""

MIN_REPEAT: Final = 40
"""From this length on a paragraph that stands on the page twice tells of a second copy (a print version, say)."""

MIN_ESSAY: Final = 140
MIN_SHARE: Final = 0.1
"""Letters, and the share of the page's long, closed, unlinked texts. A page with less essay than this, and far more
text, is asked again with a lower bar: pages of other kinds (forums, listings, products), and articles that are written
as none before was, should give their own content rather than nothing. The share gives .001 on WCXB, and .010 with
weights fitted on DAnIEL alone; on DAnIEL it changes nothing."""

MAX_LEEWAY: Final = 3.0
"""How far, in log-odds, the bar is lowered for such pages."""


def body_scores(
    outline: Outline,
    *,
    title: str | None,
    cues: CueReader,
    tables: Sequence[Table],
    account: Account = SILENT,
) -> list[float]:
    """Log-odds that each block is the essay; over 0 it is taken for it.

    title: the page's headline as its head names it. cues: what the words of its blocks say. tables: of the page, by
    `find_tables`. account: takes note of what was decided by.
    """
    deadline = outline.deadline
    if outline.is_text or not outline.texts:
        for number in deadline.watch(range(len(outline.texts) if account.asked else 0)):
            account.add(number, [Evidence("line_of_a_dump", SURE, Label.BODY)])
            account.stand(number, {Label.BODY: SURE})
        return [SURE] * len(outline.texts)
    headline = find_title(outline, title)
    deadline.check()
    alike = signatures(outline)
    deadline.check()
    columns = measure(outline, headline, alike, cues)
    context = _Context(
        headline, alike, tables, columns["cue_words"], dates=columns["date_or_time"], above=columns["label_above_it"]
    )
    scores = [weight / 100 for weight in summed(columns, deadline)]
    if account.asked:
        _explain(columns, account, deadline)
    for name, step in _STEPS.items():
        deadline.check()
        before = scores[:] if account.asked else scores
        step(outline, scores, context)
        account.rescore(name, before, scores)
    for number, score in enumerate(deadline.watch(scores if account.asked else ())):
        account.stand(number, {Label.BODY: score})
    return scores


class _Context(NamedTuple):
    """What the steps know of the page.

    headline: the block that shows the page's title. tables: the page's. By block, see features and wording: signatures,
    says: what its words say, dates: of short lines, above: the section that the last label above it names.
    """

    headline: int | None
    signatures: list[int]
    tables: Sequence[Table]
    says: bytes
    dates: bytes
    above: bytes


def _explain(columns: dict[str, bytes], account: Account, deadline: Deadline) -> None:
    """Name what was summed: the same terms, one by one."""
    known = weights()
    base = Evidence("before_anything_is_seen", round(known.intercept - known.threshold, 2), Label.BODY)
    # Made once for all blocks: a page may have a million.
    singles = [(columns[feature], _notes(feature, table)) for feature, table in known.singles.items()]
    pairs = [
        (
            columns[pair.first],
            columns[pair.second],
            BINS[pair.second],
            _notes(f"{pair.first}_with_{pair.second}", pair.table),
        )
        for pair in known.pairs
    ]
    for number in deadline.watch(range(len(columns["size"]))):
        notes = [base, *(table[column[number]] for column, table in singles)]
        notes += [table[first[number] * width + second[number]] for first, second, width, table in pairs]
        account.add(number, [note for note in notes if note.weight])


def _notes(name: str, table: Sequence[int]) -> list[Evidence]:
    return [Evidence(name, value / 100, Label.BODY) for value in table]


def _take_stored(outline: Outline, scores: list[float], _context: _Context) -> None:
    """What is doubtful of an article that the page keeps for its scripts to show is of the essay."""
    if outline.stored is None:
        return
    first = outline.stored[0]
    for number, (owner, score) in enumerate(zip(outline.owners, scores, strict=True)):
        if owner >= first and -MAX_DOUBT < score <= 0:
            scores[number] = FILLED


def _take_alike(outline: Outline, scores: list[float], context: _Context) -> None:
    """Doubtful texts that are written as most of the essay is are of the essay, but for a byline below the headline."""
    texts, linked, signature = outline.texts, outline.linked, context.signatures
    passed = _passed(outline, scores, context)
    needed = ALIKE_SHARE * sum(passed.values())
    main = {one for one, size in passed.items() if size >= needed}
    for number, score in enumerate(scores):
        if -MAX_DOUBT < score <= 0 and signature[number] in main and number - 1 != context.headline:
            text = texts[number]
            size = 2 * len(text) if text[0] > FIRST_WIDE else len(text)
            if size >= MIN_ALIKE and 3 * linked[number] < len(text):
                scores[number] = FILLED


def _drop_unlike(outline: Outline, scores: list[float], context: _Context) -> None:
    """What barely passed is not of the essay where two thirds of what is written as it is did not pass."""
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
        if 0 < score < MAX_CHANCE and one in unsure and 3 * passed[one] < whole[one]:
            scores[number] = -FILLED


def _passed(outline: Outline, scores: list[float], context: _Context) -> dict[int, int]:
    """By signature: the characters of its blocks that passed."""
    held: dict[int, int] = {}
    for one, text, score in zip(context.signatures, outline.texts, scores, strict=True):
        if score > 0:
            held[one] = held.get(one, 0) + len(text)
    return held


def _fill_gaps(outline: Outline, scores: list[float], context: _Context) -> None:
    """A few doubtful blocks between two of the essay, in one container, are of the essay: captions, terms, verse.

    What stands between the headline and the essay is not: bylines and times do. Nor is what its words call otherwise,
    nor a short line with a date or time, which dates what stands below it.
    """
    linked, texts, owners, count = outline.linked, outline.texts, outline.owners, len(scores)
    number = 1
    while number < count:
        if scores[number] > 0 or scores[number - 1] <= 0 or number - 1 == context.headline:
            number += 1
            continue
        past = number
        while past < count and -MAX_DOUBT < scores[past] <= 0 and 2 * linked[past] <= len(texts[past]):
            past += 1
        if past < count and scores[past] > 0 and past > number and len(set(owners[number:past])) <= MAX_GAP:
            around = set(islice(outline.ancestors(owners[number - 1]), LEVELS))
            around &= set(islice(outline.ancestors(owners[past]), LEVELS))
            for block in range(number, past):
                if (
                    context.says[block] < LABELLED
                    and context.dates[block] != STAMP
                    and not around.isdisjoint(islice(outline.ancestors(owners[block]), LEVELS + 1))
                ):
                    scores[block] = FILLED
        number = max(past, number + 1)


def _take_items(outline: Outline, scores: list[float], context: _Context) -> None:
    """A list or table that the essay runs into is of the essay with all its items."""
    for block in doubtful_items(outline, scores, context.headline, context.tables):
        scores[block] = FILLED


def _take_verse(outline: Outline, scores: list[float], context: _Context) -> None:
    """A poem below the headline is of the essay with all its lines."""
    for block in doubtful_verse(outline, scores, context.headline):
        scores[block] = FILLED


def _take_code(outline: Outline, scores: list[float], _context: _Context) -> None:
    """Code amid the essay is of the essay."""
    for block in doubtful_code(outline, scores):
        scores[block] = FILLED


def _keep_once(outline: Outline, scores: list[float], _context: _Context) -> None:
    """The second copy of a passage (two different paragraphs or more in a row) is not the essay again."""
    body = [number for number, score in enumerate(scores) if score > 0]
    texts = [outline.texts[number] for number in body]
    first: dict[str, int] = {}
    repeated = [len(text) >= MIN_REPEAT and first.setdefault(text, place) != place for place, text in enumerate(texts)]
    for place in range(1, len(body)):
        if repeated[place] and repeated[place - 1] and texts[place] != texts[place - 1]:
            for number in (body[place - 1], body[place]):
                scores[number] = -abs(scores[number])


def _lower_the_bar(outline: Outline, scores: list[float], context: _Context) -> None:
    """Where next to nothing passed, or next to nothing of the page's long texts, take the best of what nearly did.

    What a label behind the headline heads as teasers, tags or promotion is none of it.
    """
    texts = outline.texts
    found = near = whole = 0
    for text, score in zip(texts, scores, strict=True):
        size = 2 * len(text) if text[0] > FIRST_WIDE else len(text)
        whole += size
        if score > -MAX_LEEWAY:
            near += size
            if score > 0:
                found += size
    needed = float(MIN_ESSAY)
    if found < MIN_SHARE * whole:  # of most pages the essay is more, and nothing is to be asked
        needed = max(needed, MIN_SHARE * sum(good_texts(outline)))
    if found < needed and near >= 2 * max(MIN_ESSAY, found):
        for number, is_headed in enumerate(_headed(context)):
            if scores[number] > -MAX_LEEWAY and not is_headed:
                scores[number] += MAX_LEEWAY


def _headed(context: _Context) -> list[bool]:
    """By block: whether it is a label of teasers, tags or promotion behind the headline, or stands below one."""
    column, is_headed = [], False
    for number, (section, says) in enumerate(zip(context.above, context.says, strict=True)):
        if section not in ASIDE or number == context.headline:
            is_headed = False
        elif says >= LABELLED:
            is_headed = context.headline is not None and number > context.headline
        column.append(is_headed)
    return column


_STEPS: Final = {
    "kept_as_the_article": _take_stored,
    "like_most_of_the_essay": _take_alike,
    "most_like_it_did_not_pass": _drop_unlike,
    "list_in_the_essay": _take_items,
    "verse_below_the_headline": _take_verse,
    "code_in_the_essay": _take_code,
    "fills_a_gap": _fill_gaps,
    "second_copy": _keep_once,
    "little_else_passed": _lower_the_bar,
}
"""What is decided after the sum, in this order, by its name as evidence."""
