"""Digests: pages that consist of short news items with headlines of one form. These items are the page's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.flash.headlines import MIN_STRENGTH

if TYPE_CHECKING:
    from collections.abc import Collection

    from declutter.classify.flash.candidates import Candidate
    from declutter.classify.flash.form import FormReader

_MIN_HEADS: Final = 3
_MIN_SHARE: Final = 0.5  # headlines per paragraph
_LINE: Final = "line"


def but_digest(reader: FormReader, found: list[Candidate], sure: Collection[int]) -> list[Candidate]:
    """Remove candidates recognised only by headline and words whose form of headline is used throughout the page.

    sure: first places of candidates that need no evidence.
    """
    headed = {
        candidate.first: form
        for candidate in found
        if candidate.first not in sure and (form := _form(reader, candidate))
    }
    digests = {form for form in set(headed.values()) if _is_digest(reader, form)}
    return [candidate for candidate in found if headed.get(candidate.first) not in digests]


def _form(reader: FormReader, candidate: Candidate) -> str:
    """The form of a candidate's headline; "" if there is other evidence, a stamp or a layout."""
    if candidate.stamp or candidate.layout:
        return ""
    if candidate.headline is not None:
        return candidate.headline.form
    return _LINE if reader.line(candidate.first) is not None else ""


def _is_digest(reader: FormReader, form: str) -> bool:
    """Whether headlines of this form start at the top of the page and precede at least every second paragraph."""
    flow = reader.flow
    heads = [place for place in range(len(flow.texts)) if _heads(reader, place, form)]
    if len(heads) < _MIN_HEADS or heads[0] > 1:
        return False  # an essay begins with at least one paragraph of its own
    return len(heads) >= _MIN_SHARE * sum(flow.sentences)


def _heads(reader: FormReader, place: int, form: str) -> bool:
    flow = reader.flow
    if form == _LINE:
        return place + 1 < len(flow.texts) and flow.is_prose(place + 1) and reader.line(place) is not None
    headline = reader.headline(place)
    return headline is not None and headline.form == form and headline.strength > MIN_STRENGTH
