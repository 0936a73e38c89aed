"""Mojibake: UTF-8 decoded with another encoding, `Ð¼Ð¾Ñ€Ðµ` for `море`. Found and repaired by ftfy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Final

from declutter.repair.text import Edit

_QUOTED: Final = re.compile(r"""["'`“‘«(]\s?[\u0080-\u02ff\u2018-\u2122]{1,4}\s?["'`”’»)]""")
"""Characters that may be intended, as in a text about encodings that mentions `"Ã¤"`."""
# C1 controls that are letters in Windows-1250. Read as Windows-1252 they would give `ktoœ` for `ktoś`.
_CONTROL: Final = re.compile(r"[\x80\x82\x84-\x87\x89-\x8f\x91-\x97\x99-\x9f]")
_IN_UTF_8: Final = re.compile("[ÂÃÄÅÆâ][\x80-\x9f]")
_CENTRAL_EUROPEAN: Final = re.compile("[ąćęłńśźżčďěňřťůőűĄĆĘŁŃŚŹŻČĎĚŇŘŤŮŐŰ]")
_MAX_COMPARED: Final = 2000  # characters, because the comparison is quadratic


def find_mojibake(text: str, edges: Iterable[int]) -> list[Edit]:
    """The edits that repair mojibake; none if ftfy is not sure. edges: offsets where markup begins or ends.

    The pieces between edges are repaired separately if that gives the same text, so that markup keeps its words.
    """
    if text.isascii():
        return []
    if _CONTROL.search(text) and _CENTRAL_EUROPEAN.search(text) and not _IN_UTF_8.search(text):
        return [Edit(*found.span(), found[0].encode("latin-1").decode("cp1250")) for found in _CONTROL.finditer(text)]
    from ftfy import fix_encoding

    whole = fix_encoding(text)
    if whole == text or _QUOTED.search(text):
        return []
    cuts = sorted({0, len(text), *edges})
    pieces = [(start, end, fix_encoding(text[start:end])) for start, end in pairwise(cuts)]
    if "".join(new for _, _, new in pieces) == whole:
        return [trimmed for start, end, new in pieces if (trimmed := _trimmed(text, Edit(start, end, new)))]
    if len(text) > _MAX_COMPARED:
        return [Edit(0, len(text), whole)]
    steps = SequenceMatcher(None, text, whole, autojunk=False).get_opcodes()
    return [Edit(start, end, whole[first:past]) for step, start, end, first, past in steps if step != "equal"]


def _trimmed(text: str, edit: Edit) -> Edit | None:
    """The edit without unchanged text at both ends; None if it changes nothing."""
    start, end, new = edit
    old = text[start:end]
    if old == new:
        return None
    shorter = min(len(old), len(new))
    lead = next((place for place in range(shorter) if old[place] != new[place]), shorter)
    trail = next((place for place in range(shorter - lead) if old[-1 - place] != new[-1 - place]), shorter - lead)
    return Edit(start + lead, end - trail, new[lead : len(new) - trail])
