"""Features for the words that blocks share with the essay's beginning: its paragraphs share some, footers hardly any.

No other feature is independent of both the site's markup and its language.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Final

from declutter.classify.rarity import RAREST, rarest
from declutter.classify.terms import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.containers import Forms
    from declutter.outline import Outline

WORD_BINS: Final = 10
NO_WORDS: Final = 3
"""The bin of a text with none of these words; it is lower for longer texts, for which that says more, see the steps."""
_MAX_BIN: Final = WORD_BINS - 1 - NO_WORDS
_STEPS: Final = (120, 300)
_STEPS_AROUND: Final = (200, 600)
"""Letters of a text, and of all texts in its container, from which having none of the words says more."""
_MIN_SIZE: Final = 40
_MOSTLY_LINKED: Final = 6
"""Minimum letters of a text that is compared, and the bin of link density from which a text is not."""
_OFF_TOPIC: Final = 4
"""Divisor for good text with none of the words, when it is used to find the position of the essay."""
_MAX_TEXTS: Final = 3
_PARTS: Final = 2
_MAX_TERMS: Final = 24
_MIN_RARITY: Final = RAREST - 1
_UNPARTED: Final = "\u0e00"
_SHARED: Final = [NO_WORDS + min(number, _MAX_BIN) for number in range(_MAX_TERMS + 1)]
"""The bin of a text, or of a container, by the number of words that it shares; 0 is not looked up."""
_MAX_READ: Final = 4000  # characters of a block


def shared_words(outline: Outline, title_block: int | None, forms: Forms) -> tuple[bytes, bytes, list[int]]:
    """By block, bins for the number of the beginning's rare words it has, and for the number in its whole container.

    The beginning is the page's headline and the first good text after it, with up to two more in the same container.
    The bin is 0 for blocks that are not compared: short ones, links, and all blocks if there is no good text or if no
    two parts of the beginning share such a word, as on pages with several topics.

    The third value is the letters of good text, divided by four for texts with none of these words: a long sidebar is
    not the place of the essay.
    """
    texts, count, parents = outline.texts, len(outline.texts), outline.parents
    lengths, density, good = forms
    containers = [parents[owner] for owner in outline.owners]
    own, around = bytearray(count), bytearray(count)
    heads = _beginning(title_block, good, containers)
    if not heads:
        return bytes(own), bytes(around), good
    spoken = set[str]().union(*[terms(texts[number]) for number in heads])
    wanted = rarest(spoken, least=_MIN_RARITY, most=_MAX_TERMS)
    said = {number: _found(wanted, texts[number]) for number in heads}
    homes = Counter(chain.from_iterable(said.values()))
    if max(homes.values(), default=0) < _PARTS:  # if its own parts share nothing, what follows need not either
        return bytes(own), bytes(around), good
    for number, found in said.items():  # a part of the beginning shares only words that another part has, too
        said[number] = [term for term in found if homes[term] > 1]
    sizes: dict[int, int] = {}
    shared: dict[int, set[str]] = {}
    topical = good[:]
    asked = [number for number, size in enumerate(lengths) if size >= _MIN_SIZE and density[number] < _MOSTLY_LINKED]
    for number in outline.deadline.watch(asked):
        found = said[number] if number in said else _found(wanted, texts[number])
        length, container = lengths[number], containers[number]
        sizes[container] = sizes.get(container, 0) + length
        if found:
            own[number] = _SHARED[len(found)]
            if container in shared:
                shared[container].update(found)
            else:
                shared[container] = set(found)
        else:
            own[number] = NO_WORDS - bisect(_STEPS, length)
            if number not in said:
                topical[number] //= _OFF_TOPIC
    bins = {
        at: _SHARED[len(shared[at])] if at in shared else NO_WORDS - bisect(_STEPS_AROUND, size)
        for at, size in sizes.items()
    }
    return bytes(own), bytes([bins.get(container, 0) for container in containers]), topical


def _beginning(title_block: int | None, good: Sequence[int], containers: Sequence[int]) -> list[int]:
    """The headline and the essay's first texts; empty if there is no good text."""
    behind = -1 if title_block is None else title_block
    first = next((number for number in range(behind + 1, len(good)) if good[number]), None)
    if first is None:
        first = next((number for number in range(len(good)) if good[number]), None)
    if first is None:
        return []
    texts = [first]
    for number in range(first + 1, len(good)):
        if len(texts) == _MAX_TEXTS or (good[number] and containers[number] != containers[first]):
            break
        if good[number]:
            texts.append(number)
    return texts if title_block is None or title_block in texts else [title_block, *texts]


def _found(wanted: Sequence[str], text: str) -> list[str]:
    text = text[:_MAX_READ].casefold()
    found = [term for term in wanted if term in text]
    return [term for term in found if _begins_a_word(term, text)] if found else found


def _begins_a_word(term: str, text: str) -> bool:
    """Whether any occurrence of the term is at the beginning of a word; not required in scripts without spaces."""
    if term[0] >= _UNPARTED:
        return True
    at = text.find(term)
    while at > 0 and text[at - 1].isalpha():
        at = text.find(term, at + 1)
    return at >= 0
