"""The features of blocks that main content is decided by: small integers, one column per feature.

A value is an index into the feature's weight tables (`weights.json`), so measuring and binning are one step. What
blocks share (signature, containers, page) is computed once for all of them, with operations on whole columns where
possible, because this is the hot path.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate, repeat
from typing import Final

from declutter.classify.beginning import WORD_BINS, shared_words
from declutter.classify.bins import SIZE, SIZE_BINS, capped
from declutter.classify.containers import ONLY_LINKS, PLACES, Forms, Sums, around, of_signatures, places, signatures
from declutter.classify.cues import CueReader
from declutter.classify.distances import (
    DATE_FAR,
    blocks_since,
    blocks_until_good,
    good_before,
    links_since_good,
    links_since_title,
    places_on_page,
    title_distances,
)
from declutter.classify.items import REACH, SHARE_BINS, around_it, of_items
from declutter.classify.names import class_scores
from declutter.classify.wording import FAR, HEAD_BINS, SAYS_BINS, STAMP, read_cues, read_dates
from declutter.outline import Outline
from declutter.wide import FIRST_WIDE

__all__ = ["BINS", "MEANINGS", "good_texts", "measure", "signatures"]

MIN_GOOD_SIZE: Final = 80
"""Letters (wide ones counted double) from which a block that ends like a sentence and is hardly linked is good text."""

MAX_GOOD_LINKED: Final = 3
"""The highest bin of link density for good text: under 30 %."""

_MOSTLY_LINKED: Final = 6
"""The bin of link density from which a block counts as linked: half."""

_IS_LINKED: Final = bytes([density >= _MOSTLY_LINKED for density in range(256)])
_IS_ONLY_LINKS: Final = bytes([density >= ONLY_LINKS for density in range(256)])
_ABOVE_BINS: Final = bytes([min(FAR, 1 + size) for size in SIZE])
"""Coarser bins of link density and of size, and bins of the number of blocks since a label."""

# Letters of Thai and Lao, which end a sentence with a space or with nothing.
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

_FEATURES: Final = {
    "size": (SIZE_BINS, "length of the text, wide characters counted double"),
    "link_density": (12, "share of its characters inside links"),
    "closing_character": (8, "kind of the last character"),
    "tag": (len(_TAGS), "its block-level element"),
    "blocks_of_its_signature": (SIZE_BINS, "number of blocks on the page with the same tags and classes"),
    "size_of_its_signature": (SIZE_BINS, "mean length of the blocks with the same tags and classes"),
    "link_density_of_its_signature": (12, "link density of the blocks with the same tags and classes"),
    "link_density_of_its_container": (12, "link density of its parent element"),
    "link_density_far_around_it": (12, "link density of the element three levels up"),
    "good_text_around_its_container": (
        11,
        "share of the page's good text (long, closed, hardly linked) in the element two levels up",
    ),
    "blocks_in_its_container": (17, "number of blocks in its parent element"),
    "place_in_the_main_container": (PLACES, "position inside or outside the element that holds half of the good text"),
    "place_in_the_wide_container": (
        PLACES,
        "position inside or outside the element that holds four fifths of the good text",
    ),
    "good_text_of_its_signature": (11, "share of the good text that has the same tags and classes"),
    "distance_from_the_title": (20, "number of blocks before or after the page's title"),
    "links_since_the_title": (23, "number of linked blocks between it and the page's title"),
    "links_since_good_text": (13, "number of linked blocks since the last good text, or the start of the page"),
    "blocks_until_good_text": (15, "number of blocks until the next good text, or the end of the page"),
    "good_text_before_it": (12, "share of the good text before the block"),
    "place_on_the_page": (20, "how far down the page it is"),
    "repeated": (2, "whether the same text occurs elsewhere on the page"),
    "cue_words": (SAYS_BINS, "what its cue words say, if it is short: related, comments, a byline …"),
    "label_above_it": (
        HEAD_BINS,
        "what the last heading-like label above it announces: related, tags, promotion, comments",
    ),
    "blocks_since_that_label": (FAR + 1, "number of blocks since that label"),
    "date_or_time": (3, "whether it is a short line with a date or time, or a longer one"),
    "dates_around_it": (11, "number of short lines with a date in the element three levels up"),
    "blocks_since_a_date": (DATE_FAR + 1, "number of blocks since the last short line with a date"),
    "good_texts_near": (2 * REACH + 1, "number of good texts among the four blocks before and the four after it"),
    "links_near": (2 * REACH + 1, "number of blocks that are only links among the four before and the four after it"),
    "links_in_its_item": (
        SHARE_BINS,
        "share of blocks that are only links in the smallest element around it with several blocks",
    ),
    "items_of_links_and_text": (SHARE_BINS, "share of sibling elements like its own that hold both links and text"),
    "words_of_the_beginning": (WORD_BINS, "number of rare words it shares with the headline and the first good text"),
    "words_of_the_beginning_around_it": (WORD_BINS, "number of the rare words of the beginning in its parent element"),
    "class_names_around_it": (33, "fitted weights of words in the classes, ids and tags around it"),
}
BINS: Final = {name: bins for name, (bins, _) in _FEATURES.items()}
"""The number of values of each feature. Feature names are also names of evidence."""

MEANINGS: Final = {name: meaning for name, (_, meaning) in _FEATURES.items()}
"""What each feature means, in words."""


def measure(outline: Outline, title_block: int | None, signature: list[int], cues: CueReader) -> dict[str, bytes]:
    """The column of each feature, by block number, for an HTML page with at least one block.

    Columns are bytes: as lists, those of a large page would take a third of the memory of its tree.

    title_block: the block that shows the page's headline; None if none does. signature: from `signatures`.
    cues: of the page's blocks.
    """
    texts, owners, parents = outline.texts, outline.owners, outline.parents
    count, deadline = len(texts), outline.deadline
    forms, closes = _forms(outline)
    lengths, density, goods = forms
    good = [block for block, size in enumerate(goods) if size]
    all_good = sum(goods) or 1
    words, words_around, topical = shared_words(outline, title_block, forms)
    all_topical = sum(topical) or 1
    sums = Sums(outline, forms._replace(good=topical))
    deadline.check()
    sizes = bytes(map(SIZE.__getitem__, capped(lengths)))
    links = list(accumulate(density.translate(_IS_LINKED), initial=0))
    tagged = map(outline.tags.__getitem__, owners)
    main, wide = sums.deepest(parents, all_topical / 2, all_topical * 4 / 5)
    place_of = places(parents, main)
    wide_place_of = place_of if wide == main else places(parents, wide)
    scores = class_scores(outline)
    deadline.check()
    says, heads, above = read_cues(outline, cues, _ABOVE_BINS)
    dates = read_dates(texts, lengths)
    deadline.check()
    columns = {
        "size": sizes,
        "link_density": density,
        "closing_character": closes,
        "tag": bytes(map(_TAG.get, tagged, repeat(0))),
        **of_signatures(signature, forms, all_good),
        **around(outline, sums, all_topical, dates),
        "place_in_the_main_container": bytes(map(place_of.__getitem__, owners)),
        "place_in_the_wide_container": bytes(map(wide_place_of.__getitem__, owners)),
        "distance_from_the_title": title_distances(count, title_block),
        "links_since_the_title": links_since_title(links, title_block),
        "links_since_good_text": links_since_good(links, good),
        "blocks_until_good_text": blocks_until_good(count, good),
        "good_text_before_it": good_before(goods, good, all_good),
        "place_on_the_page": places_on_page(count),
        "repeated": _repeated(texts),
        "cue_words": says,
        "label_above_it": heads,
        "blocks_since_that_label": above,
        "date_or_time": dates,
        "blocks_since_a_date": blocks_since(STAMP, dates),
        "good_texts_near": around_it(map(bool, goods)),
        "links_near": around_it(density.translate(_IS_ONLY_LINKS)),
        **of_items(outline, sums),
        "words_of_the_beginning": words,
        "words_of_the_beginning_around_it": words_around,
        "class_names_around_it": scores,
    }
    return {name: columns[name] for name in BINS}


def good_texts(outline: Outline) -> list[int]:
    """By block: its length in letters if it is good text (long, closed, hardly linked); otherwise 0."""
    return _forms(outline)[0].good


def is_good_text(text: str, linked: int) -> bool:
    """Whether a text is good text, as `good_texts` says of all texts of a page. linked: its characters inside links."""
    size = len(text) if text[-1] <= FIRST_WIDE and text[0] <= FIRST_WIDE else 2 * len(text)
    closed = _CLOSERS.get(text[-1], 0)
    return (
        size >= MIN_GOOD_SIZE
        and 10 * linked < MAX_GOOD_LINKED * len(text)
        and (closed in _CLOSED or closed == _UNCLOSED)
    )


def _forms(outline: Outline) -> tuple[Forms, bytes]:
    """The forms of the texts, and the bins of their closing characters."""
    texts = outline.texts
    # Wide scripts need half as many characters for the same text. Testing both ends is cheap and accurate enough.
    lengths = [len(t) if t.isascii() or (t[-1] <= FIRST_WIDE and t[0] <= FIRST_WIDE) else 2 * len(t) for t in texts]
    density = bytes(
        [
            0 if not k else 1 + min(9, 10 * k // len(t)) if k < len(t) else 11
            for k, t in zip(outline.linked, texts, strict=True)
        ]
    )
    closer = _CLOSERS.get
    closes = [closer(t[-1], 0) for t in texts]
    if _UNCLOSED in closes:
        closes = [c if c != _UNCLOSED else int(n >= MIN_GOOD_SIZE) for c, n in zip(closes, lengths, strict=True)]
    good = [
        n if n >= MIN_GOOD_SIZE and d <= MAX_GOOD_LINKED and c in _CLOSED else 0
        for n, d, c in zip(lengths, density, closes, strict=True)
    ]
    return Forms(lengths, density, good), bytes(closes)


def _repeated(texts: list[str]) -> bytes:
    """By block: 1 if its text occurs elsewhere on the page, too."""
    counts = Counter(texts)
    return bytes([counts[text] > 1 for text in texts]) if len(counts) < len(texts) else bytes(len(texts))
