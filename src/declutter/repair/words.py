"""Latin words that lost the spaces between them: `TheGameofScale`.

Many names are written without spaces on purpose (`OpenAI`, `YouTube`), and in a Latin text most such words are names.
So words are split only in texts of another script, where portals lose the spaces of all Latin words, and only with
proof: the page has the same words with spaces elsewhere, at least as often; or a short word is glued between two
capitalised ones, and no known word ends like that (`Gameof|Scale`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from declutter.repair.text import Edit
from declutter.wide import CJK

_WORD: Final = re.compile(r"(?<![A-Za-z0-9_#@/.&:-])[A-Za-z]{6,80}(?![A-Za-z0-9_/@&]|\.[A-Za-z]|:/)")
_RUN: Final = re.compile(r"(?<![A-Za-z])[A-Za-z]++(?: [A-Za-z]++)++")
_HUMP: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+")
_CAMEL: Final = re.compile(r"[a-z][A-Z]")
_SMALL: Final = re.compile(r"([A-Z][a-z]{2,}?)((?:of|in|for|to|on|and|with|by|from)the|of|the|with|from)")
# Words that end in a short word without containing it: a few hundred English words, and names in use.
_WHOLE: Final = frozenset(
    """
    proof roof hoof spoof aloof goof woof thereof whereof hereof bathe breathe clothe goethe lathe lithe loathe scathe
    seethe sheathe soothe swathe teethe tithe writhe wreathe blithe scythe absinthe agathe marthe dorothe kathe
    beckwith herewith therewith wherewith forthwith askwith skipwith
    """.split()
)
_WHOLE_ENDS: Final = ("hof", "oof", "athe", "erefrom")
_MAX_WORDS: Final = 8
_MIN_LOWER: Final = 3
"""Minimum number of words when a word has no capitals inside: `online` is never split, whatever else the page says."""


class Words:
    """The Latin words of a page: with spaces between them, and glued."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._together: Counter[str] = Counter()
        self._apart: Counter[str] = Counter()
        self._spaced: dict[str, str] = {}
        for text in texts:
            self._together.update(_WORD.findall(text))
            for run in _RUN.findall(text):
                words = run.split()
                for start in range(len(words)):
                    for end in range(start + 2, min(start + _MAX_WORDS, len(words)) + 1):
                        joined = "".join(words[start:end])
                        self._apart[joined] += 1
                        self._spaced.setdefault(joined, " ".join(words[start:end]))

    def find_glued(self, text: str) -> list[Edit]:
        """The edits that split words of a text, in order."""
        edits: list[Edit] = []
        if not CJK.search(text):
            return edits
        for found in _WORD.finditer(text):
            spaced = self._proven(found[0]) or self._parted(found[0])
            if spaced:
                edits.append(Edit(found.start(), found.end(), spaced))
        return edits

    def _proven(self, word: str) -> str | None:
        """The words as the page writes them elsewhere."""
        spaced = self._spaced.get(word)
        if spaced is None or self._apart[word] < self._together[word]:
            return None
        return spaced if _CAMEL.search(word) or spaced.count(" ") + 1 >= _MIN_LOWER else None

    def _parted(self, word: str) -> str | None:
        """The words around a glued short word; None if that may be a word's ending."""
        humps = _HUMP.findall(word)
        parts: list[str] = []
        small = False
        for place, hump in enumerate(humps):
            found = _SMALL.fullmatch(hump) if place + 1 < len(humps) else None
            if found and hump.lower() not in _WHOLE and not hump.lower().endswith(_WHOLE_ENDS):
                behind = found[2].removesuffix("the")
                parts += [found[1], *([behind] if behind else []), *(["the"] if found[2] != behind else [])]
                small = True
            elif parts and self._together[parts[-1] + hump]:
                parts[-1] += hump  # a name that occurs on its own elsewhere, such as `OpenAI`
            else:
                parts.append(hump)
        return " ".join(parts) if small else None
