"""What is measured of every block before it is judged: small whole numbers, one column a feature.

A feature's value is an index into its table of evidence (evidence.py): measuring and binning are one step. What blocks
share (their signature, their containers, the page) is computed once for all of them, because this is the hot path.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from declutter.classify.cues import CueReader
from declutter.classify.names import element_scores
from declutter.classify.wording import FAR, HEAD_BINS, SAYS_BINS, STAMP, read_cues, read_dates
from declutter.outline import Outline

MIN_GOOD_SIZE: Final = 80
"""From this size (letters; wide characters count double) a closed, hardly linked block counts as good text."""

MAX_GOOD_LINKED: Final = 3
"""The bin of link density up to which a block can be good text: under 30 %."""

_MOSTLY_LINKED: Final = 6
"""The bin of link density from which a block counts as linked: half of it."""

# Half octaves: 0 1 2 3 4 6 8 12 16 24 …: fine for short texts, coarse for long ones.
_EDGES: Final = [0, 1, 2, 3, *(edge for power in range(2, 13) for edge in (1 << power, 3 << (power - 1)))]


def _half_octaves(past: int) -> list[int]:
    table, current = [], 0
    for number in range(past):
        while current + 1 < len(_EDGES) and number >= _EDGES[current + 1]:
            current += 1
        table.append(current)
    return table


_SIZE: Final = _half_octaves(8193)
_LAST: Final = len(_SIZE) - 1
_SIZE_BINS: Final = _SIZE[-1] + 1


def _up_to(most: int) -> list[int]:
    """The table of sizes with no bin over `most`: a look-up costs a third of a call of `min`."""
    return [min(most, size) for size in _SIZE]


_HELD_BINS: Final = _up_to(16)
_GAP_BINS: Final = _up_to(12)
_UNTIL_BINS: Final = _up_to(14)
_BEHIND_BINS: Final = [1 + size for size in _up_to(12)]
_BEFORE_TITLE: Final = bytes([8 - min(7, size // 2) for size in _SIZE])
_BEHIND_TITLE: Final = bytes([9 + min(10, size // 2) for size in _SIZE])
_ABOVE_BINS: Final = bytes([min(FAR, 1 + size) for size in _SIZE])
_BEFORE_BINS: Final = [14 + size for size in _up_to(8)]

# Letters of scripts that close a sentence with a space or not at all: Thai and Lao.
_UNCLOSED: Final = 8
_CLOSERS: Final = {
    **dict.fromkeys(map(chr, range(0x0E01, 0x0F00)), _UNCLOSED),
    **dict.fromkeys(".。．।॥۔؟።։།។၊။", 1),
    **dict.fromkeys("!?！？…⋯;；", 2),
    **dict.fromkeys(":：", 3),
    **dict.fromkeys("\"'”’»」』）)]】", 4),
    **dict.fromkeys(",，、-–—", 5),
    **dict.fromkeys("0123456789", 6),
    **dict.fromkeys("|/\\>›»→+•*", 7),
}
_CLOSED: Final = frozenset((1, 2, 4))
"""Closing characters that end a sentence or a quotation."""

_TAGS: Final = (
    "", "p", "div", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6", "body", "section", "article", "blockquote",
    "pre", "figcaption", "dd", "dt", "header", "footer", "button", "form", "aside", "nav", "address", "caption",
    "center", "main", "figure", "legend",
)  # fmt: skip
_TAG: Final = {tag: number for number, tag in enumerate(_TAGS)}

_OUTSIDE: Final = 6
_FAR: Final = 12
_DATE_FAR: Final = 11
_FURTHER_IN: Final = (*range(1, _OUTSIDE), _OUTSIDE - 1, *range(_OUTSIDE, _FAR + 1))
"""By the place of an element (see `_places`), that of what stands in it."""

_FEATURES: Final = {
    "size": (_SIZE_BINS, "how long the text is, wide characters counted double"),
    "link_density": (12, "the share of its characters that stand in links"),
    "closing_character": (8, "what kind of character the text ends with"),
    "tag": (len(_TAGS), "the block-level element that holds it"),
    "size_of_the_next_block": (_SIZE_BINS // 2 + 1, "how long the next block is"),
    "link_density_of_the_block_before": (4, "the same of the block before"),
    "link_density_of_the_next_block": (4, "the same of the next block"),
    "blocks_of_its_signature": (_SIZE_BINS, "how many blocks of the page have the same tags and classes"),
    "size_of_its_signature": (_SIZE_BINS, "how long these are in the mean"),
    "link_density_of_its_signature": (12, "the link density of all these together"),
    "link_density_of_its_container": (12, "the link density of all in the element around its own"),
    "link_density_far_around_it": (12, "the same of the element three levels around it"),
    "good_text_in_its_container": (11, "the share of the page's long, closed, unlinked texts in that element"),
    "good_text_around_its_container": (11, "the same of the element around that one"),
    "good_text_far_around_it": (11, "the same of the element three levels around it"),
    "blocks_in_its_container": (17, "how many blocks stand in the element around its own"),
    "place_in_the_main_container": (_FAR + 1, "how far in or out of the element that holds half of such texts"),
    "place_in_the_wide_container": (_FAR + 1, "the same of the element that holds four fifths of them"),
    "good_text_of_its_signature": (11, "the share of such texts that have the same tags and classes"),
    "distance_from_the_title": (20, "how many blocks before or behind the page's title"),
    "links_since_the_title": (23, "how many linked blocks stand between it and the page's title"),
    "links_since_good_text": (13, "how many linked blocks since the last of such texts, or since the page's top"),
    "blocks_until_good_text": (15, "how many blocks until the next of such texts, or to the page's end"),
    "good_text_before_it": (12, "the share of such texts that stands before the block"),
    "place_on_the_page": (20, "how far down the page"),
    "repeated": (2, "whether the same text stands elsewhere on the page, too"),
    "cue_words": (SAYS_BINS, "what its words say it is, if it is short: related, comments, a byline …"),
    "label_above_it": (HEAD_BINS, "what the last label above it names: related, tags, promotion, comments"),
    "blocks_since_that_label": (FAR + 1, "how many blocks above it that label stands"),
    "date_or_time": (3, "whether it is a short line with a date or time, or a longer one"),
    "dates_around_it": (11, "how many of the blocks in the element three levels around it are such short lines"),
    "blocks_since_a_date": (_DATE_FAR + 1, "how many blocks since the last of such short lines"),
    "class_names_around_it": (33, "the fitted weights of words in the classes, ids and tags around it"),
}
BINS: Final = {name: bins for name, (bins, _) in _FEATURES.items()}
"""The features, each with how many values it takes. Their names are the names of the evidence."""

MEANINGS: Final = {name: meaning for name, (_, meaning) in _FEATURES.items()}
"""The features in words, for whoever reads the evidence."""


def signatures(outline: Outline) -> list[int]:
    """By block: the number of its signature, which alike blocks share.

    A signature is tag and class of the block's element and of the one around it; numbered classes (`post-123`) are one.
    """
    tags, parents = outline.tags, outline.parents
    names = [name.rstrip("0123456789") if name.isascii() else name for name in outline.names]
    by_owner: dict[int, int] = {}
    numbers: dict[tuple[str, str, str, str], int] = {}
    column = []
    for o in outline.owners:
        number = by_owner.get(o)
        if number is None:
            p = parents[o]
            number = by_owner[o] = numbers.setdefault((tags[o], names[o], tags[p], names[p]), len(numbers))
        column.append(number)
    return column


def measure(outline: Outline, title_block: int | None, signature: list[int], cues: CueReader) -> dict[str, bytes]:
    """One column a feature, by block number, for an HTML page with at least one block.

    A value takes a byte: as lists the columns of a large page take a third of its tree's memory.

    title_block: the block that shows the page's headline, None where none does. signature: from `signatures`.
    cues: what the words of its blocks say.
    """
    texts, owners, parents = outline.texts, outline.owners, outline.parents
    count = len(texts)
    lengths, density, closes, good = _forms(outline)
    all_good = sum(good) or 1
    container_good, container_size, container_linked, container_blocks = _sums(outline, good, lengths, density)
    signature_count, signature_size, signature_linked, signature_good = _signatures(signature, lengths, density, good)
    outline.deadline.check()
    sizes = [_SIZE[n] if n < _LAST else _SIZE_BINS - 1 for n in lengths]
    near = [(d + 3) // 4 for d in density]
    around = [0, *parents[1:]]  # that of the document is itself
    inner = [around[o] for o in owners]
    outer = [around[e] for e in inner]
    far = [around[e] for e in outer]
    is_linked = [d >= _MOSTLY_LINKED for d in density]
    tag_of, tags = _TAG.get, outline.tags
    main, wide = (_deepest(parents, container_good, needed) for needed in (all_good / 2, all_good * 4 / 5))
    places = _places(parents, main)
    wide_places = places if wide == main else _places(parents, wide)
    scores = element_scores(outline)
    says, heads, above = read_cues(outline, cues, _ABOVE_BINS)
    dates = read_dates(texts, lengths)
    dated = _dated(outline, dates)
    outline.deadline.check()
    return {
        "size": bytes(sizes),
        "link_density": bytes(density),
        "closing_character": bytes(closes),
        "tag": bytes([tag_of(tags[o], 0) for o in owners]),
        "size_of_the_next_block": bytes([*[s // 2 for s in sizes[1:]], 0]),
        "link_density_of_the_block_before": bytes([0, *near[:-1]]),
        "link_density_of_the_next_block": bytes([*near[1:], 0]),
        "blocks_of_its_signature": bytes(signature_count),
        "size_of_its_signature": bytes(signature_size),
        "link_density_of_its_signature": bytes(signature_linked),
        "link_density_of_its_container": bytes([container_linked[e] // (container_size[e] or 1) for e in inner]),
        "link_density_far_around_it": bytes([container_linked[e] // (container_size[e] or 1) for e in far]),
        "good_text_in_its_container": bytes([container_good[e] * 10 // all_good for e in inner]),
        "good_text_around_its_container": bytes([container_good[e] * 10 // all_good for e in outer]),
        "good_text_far_around_it": bytes([container_good[e] * 10 // all_good for e in far]),
        "blocks_in_its_container": bytes([_HELD_BINS[n] if (n := container_blocks[e]) < _LAST else 16 for e in inner]),
        "place_in_the_main_container": bytes([places[o] for o in owners]),
        "place_in_the_wide_container": bytes([wide_places[o] for o in owners]),
        "good_text_of_its_signature": bytes([g * 10 // all_good for g in signature_good]),
        "distance_from_the_title": _title_distances(count, title_block),
        "links_since_the_title": bytes(_links_since_title(is_linked, title_block)),
        "links_since_good_text": bytes(_links_since_good(is_linked, good)),
        "blocks_until_good_text": bytes(_blocks_until_good(good)),
        "good_text_before_it": bytes(_good_before(good, all_good)),
        "place_on_the_page": bytes([i * 20 // count for i in range(count)]),
        "repeated": _repeated(texts),
        "cue_words": says,
        "label_above_it": heads,
        "blocks_since_that_label": above,
        "date_or_time": dates,
        "dates_around_it": bytes([min(10, 20 * dated[e] // (container_blocks[e] or 1)) for e in far]),
        "blocks_since_a_date": _blocks_since_date(dates),
        "class_names_around_it": bytes([scores[o] for o in owners]),
    }


def good_texts(outline: Outline) -> list[int]:
    """By block: its letters where it is a good text, long, closed and hardly linked; 0 where it is not."""
    return _forms(outline)[3]


def _forms(outline: Outline) -> tuple[list[int], list[int], list[int], list[int]]:
    """By block: letters, link density and closing character as bins, and letters of good text."""
    texts = outline.texts
    # Wide scripts need half the characters for the same text; told by the ends, which is cheap and good enough.
    lengths = [2 * len(t) if t[-1] > "\u2e80" or t[0] > "\u2e80" else len(t) for t in texts]
    density = [
        0 if not k else 1 + min(9, 10 * k // len(t)) if k < len(t) else 11
        for k, t in zip(outline.linked, texts, strict=True)
    ]
    closes = [_CLOSERS.get(t[-1], 0) for t in texts]
    if _UNCLOSED in closes:
        closes = [c if c != _UNCLOSED else int(n >= MIN_GOOD_SIZE) for c, n in zip(closes, lengths, strict=True)]
    good = [
        n if n >= MIN_GOOD_SIZE and d <= MAX_GOOD_LINKED and c in _CLOSED else 0
        for n, d, c in zip(lengths, density, closes, strict=True)
    ]
    return lengths, density, closes, good


def _repeated(texts: list[str]) -> bytes:
    """By block: 1 where its text stands elsewhere on the page, too."""
    often = {text for text, count in Counter(texts).items() if count > 1}
    return bytes([text in often for text in texts])


def _dated(outline: Outline, dates: bytes) -> list[int]:
    """By element: how many short lines with a date or time stand in it."""
    parents = outline.parents
    dated = [0] * len(parents)
    for o, date in zip(outline.owners, dates, strict=True):
        if date == STAMP:
            dated[o] += 1
    for element in range(len(parents) - 1, 0, -1):
        if dated[element]:
            dated[parents[element]] += dated[element]
    return dated


def _blocks_since_date(dates: bytes) -> bytes:
    """0 right behind a short line with a date or time, to 10; 11 further on and where none stands above."""
    column = bytearray([_DATE_FAR]) * len(dates)
    at = dates.find(STAMP)
    while at >= 0:
        near = range(min(_DATE_FAR, len(dates) - at - 1))
        column[at + 1 : at + 1 + len(near)] = bytes(near)
        at = dates.find(STAMP, at + 1)
    return bytes(column)


def _sums(
    outline: Outline, good: list[int], lengths: list[int], density: list[int]
) -> tuple[list[int], list[int], list[int], list[int]]:
    """By element, over all that stands in it: good text, text, text weighted with its link density, and blocks."""
    parents = outline.parents
    held, size, linked, blocks = ([0] * len(parents) for _ in range(4))
    for o, g, n, d in zip(outline.owners, good, lengths, density, strict=True):
        held[o] += g
        size[o] += n
        linked[o] += n * d
        blocks[o] += 1
    for element in range(len(parents) - 1, 0, -1):
        n = size[element]
        if n:
            parent = parents[element]
            held[parent] += held[element]
            size[parent] += n
            linked[parent] += linked[element]
            blocks[parent] += blocks[element]
    return held, size, linked, blocks


def _signatures(
    signature: list[int], lengths: list[int], density: list[int], good: list[int]
) -> tuple[list[int], list[int], list[int], list[int]]:
    """By block: how many blocks share its signature, their mean length, link density together, and good text."""
    sums = [[0, 0, 0, 0] for _ in range(1 + max(signature))]
    for s, n, d, g in zip(signature, lengths, density, good, strict=True):
        row = sums[s]
        row[0] += 1
        row[1] += n
        row[2] += n * d
        row[3] += g
    counts = [_SIZE[min(count, _LAST)] for count, _, _, _ in sums]
    sizes = [_SIZE[min(size // (count or 1), _LAST)] for count, size, _, _ in sums]
    linked = [linked // (size or 1) for _, size, linked, _ in sums]
    held = [held for _, _, _, held in sums]
    counts, sizes, linked, held = ([table[s] for s in signature] for table in (counts, sizes, linked, held))
    return counts, sizes, linked, held


def _title_distances(count: int, title_block: int | None) -> bytes:
    """0 without a title; 1 to 8 before it, nearest last; 9 to 19 behind it, nearest first; in octaves of blocks."""
    if title_block is None:
        return bytes(count)
    below = count - title_block
    before = _BEFORE_TITLE[title_block:0:-1].rjust(title_block, _BEFORE_TITLE[-1:])
    return before + _BEHIND_TITLE[:below].ljust(below, _BEHIND_TITLE[-1:])


def _links_since_title(is_linked: list[bool], title_block: int | None) -> list[int]:
    """0 without a title and at it; 1 to 13 behind it, 14 to 22 before it, both in half octaves of linked blocks."""
    column = [0] * len(is_linked)
    if title_block is None:
        return column
    passed = 0
    for block in range(title_block + 1, len(is_linked)):
        column[block] = _BEHIND_BINS[passed] if passed < _LAST else 13
        passed += is_linked[block]
    passed = 0
    for block in range(title_block - 1, -1, -1):
        column[block] = _BEFORE_BINS[passed] if passed < _LAST else 22
        passed += is_linked[block]
    return column


def _links_since_good(is_linked: list[bool], good: list[int]) -> list[int]:
    """0 to 12, in half octaves of linked blocks; 12 before any good text."""
    column, passed = [], _LAST
    for linked, size in zip(is_linked, good, strict=True):
        column.append(_GAP_BINS[passed])
        if size:
            passed = 0
        elif linked and passed < _LAST:
            passed += 1
    return column


def _blocks_until_good(good: list[int]) -> list[int]:
    """0 to 14, in half octaves of blocks; 14 behind the last good text."""
    column, passed = [], _LAST
    for size in reversed(good):
        column.append(_UNTIL_BINS[passed])
        if size:
            passed = 0
        elif passed < _LAST:
            passed += 1
    column.reverse()
    return column


def _good_before(good: list[int], all_good: int) -> list[int]:
    """0 before any good text, 1 to 10 amid it, 11 behind all of it."""
    column, before = [], 0
    for size in good:
        column.append(0 if not before else 11 if before >= all_good else 1 + before * 10 // all_good)
        before += size
    return column


def _deepest(parents: list[int], held: list[int], needed: float) -> int:
    """The deepest element that holds at least `needed`."""
    best = 0
    for element in range(1, len(held)):
        if held[element] >= needed and parents[element] == best:
            best = element
    return best


def _places(parents: list[int], main: int) -> list[int]:
    """By element: 0 to 5 levels below `main`; outside, 6 to 12: how far up from `main` both first meet."""
    place = [_FAR] * len(parents)
    chain = [len(parents)]
    element, hop = main, _OUTSIDE
    while element >= 0:
        place[element] = min(_FAR, hop)
        chain.append(element)
        hop += 1
        element = parents[element]
    place[main] = 0
    chain.reverse()
    for on, following in pairwise(chain):
        for element in range(on + 1, following):
            place[element] = _FURTHER_IN[place[parents[element]]]
    return place
