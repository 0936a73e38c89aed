"""Which words of the essay's beginning other blocks have: its own paragraphs some, a footer or a sidebar hardly any.

It is the one thing told of a block that neither depends on how a site is built nor on what language it is in.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.rarity import RAREST, rarities
from declutter.classify.terms import terms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from declutter.classify.containers import Forms
    from declutter.outline import Outline

WORD_BINS: Final = 10
_FEW: Final = 3
"""The bin of a text without any of these words; of a longer one, see the steps, it says more, and the bin is less."""
_MAX_BIN: Final = WORD_BINS - 1 - _FEW
_STEPS: Final = (120, 300)
_STEPS_AROUND: Final = (200, 600)
"""Letters of a text, and of all texts in its container, from which that none is shared says more."""
_MIN_SIZE: Final = 40
_MOSTLY_LINKED: Final = 6
"""Letters of a text that is asked, and the bin of link density from which none is."""
_OFF_TOPIC: Final = 4
"""Good text that shares none of the words counts for so much less in telling where the essay stands."""
_MAX_TEXTS: Final = 3
_PARTS: Final = 2
_MAX_TERMS: Final = 24
_MIN_RARITY: Final = RAREST - 1
_UNPARTED: Final = "\u0e00"
_MAX_READ: Final = 4000  # characters of a block


def shared_words(outline: Outline, title_block: int | None, forms: Forms) -> tuple[bytes, bytes, list[int]]:
    """By block: how many of the beginning's rare words it has, and how many all have together in its container, binned.

    The beginning is the page's headline and the first good text behind it, with two more where they stand in one
    container with it. 0 is for blocks that are not asked: short ones, links, and all where there is no good text, or
    where no two parts of the beginning share such a word, as on pages that tell of several things.

    Third come the letters of good text, a quarter of them where a text shares none of these words: a sidebar is not the
    place of the essay for being longer.
    """
    texts, count, parents = outline.texts, len(outline.texts), outline.parents
    lengths, density, good = forms
    containers = [parents[owner] for owner in outline.owners]
    own, around = bytearray(count), bytearray(count)
    heads = _beginning(title_block, good, containers)
    if not heads:
        return bytes(own), bytes(around), good
    rarity = rarities({term for number in heads for term in terms(texts[number])})
    rare = [term for term in rarity if rarity[term] >= _MIN_RARITY]
    wanted = sorted(rare, key=lambda term: (-rarity[term], -len(term), term))[:_MAX_TERMS]
    said = {number: _found(wanted, texts[number]) for number in heads}
    homes = Counter([term for found in said.values() for term in found])
    if max(homes.values(), default=0) < _PARTS:  # its own parts share nothing: what follows need not, either
        return bytes(own), bytes(around), good
    for number, found in said.items():  # what stands nowhere else there a part of the beginning shares with none
        said[number] = [term for term in found if homes[term] > 1]
    sizes: dict[int, int] = {}
    shared: dict[int, set[str]] = {}
    topical = good[:]
    for number in outline.deadline.watch(range(count)):
        length = lengths[number]
        if length < _MIN_SIZE or density[number] >= _MOSTLY_LINKED:
            continue
        found = said[number] if number in said else _found(wanted, texts[number])
        if not found and number not in said:
            topical[number] //= _OFF_TOPIC
        own[number] = _bin(len(found), length, _STEPS)
        container = containers[number]
        sizes[container] = sizes.get(container, 0) + length
        if found:
            shared.setdefault(container, set()).update(found)
    bins = {at: _bin(len(shared.get(at, ())), size, _STEPS_AROUND) for at, size in sizes.items()}
    return bytes(own), bytes([bins.get(container, 0) for container in containers]), topical


def _beginning(title_block: int | None, good: Sequence[int], containers: Sequence[int]) -> list[int]:
    """The headline, and the essay's first texts; none where there is no good text."""
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
    return [term for term in wanted if term in text and _begins_a_word(term, text)]


def _begins_a_word(term: str, text: str) -> bool:
    """Whether the term stands at the beginning of a word anywhere; where words are not parted, it need not."""
    if term[0] >= _UNPARTED:
        return True
    at = text.find(term)
    while at > 0 and text[at - 1].isalpha():
        at = text.find(term, at + 1)
    return at >= 0


def _bin(shared: int, size: int, steps: Sequence[int]) -> int:
    return _FEW + min(shared, _MAX_BIN) if shared else _FEW - bisect(steps, size)
