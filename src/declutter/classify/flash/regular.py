"""The regularity of a page: a portal writes all its flashes in one way, so one tells about others in its form."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from declutter.classify.flash.bare import MAX_ESSAY
from declutter.classify.flash.candidates import NEAR
from declutter.classify.flash.form import FLASHES_ONLY
from declutter.classify.flash.openings import WIRES
from declutter.classify.flash.weighing import MOST_KNOWN

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from declutter.classify.flash.candidates import Candidate
    from declutter.classify.flash.reader import FlowReader

_ALIKE: Final = (0.0, 0.7, 1.2, 1.6)
"""Log-odds by the number of other candidates in the same form; the last is for flashes in parts: it says more there."""
_ESSAYS_OWN: Final = frozenset(
    {"sentence_goes_on", "said_twice", "begins_the_essay", "ends_the_essay", "time_of_the_page", "page_of_times"}
)
_SECTIONS: Final = frozenset({"headed_section", "labels_like_it", "page_of_labels"})  # of the page's own
_MAX_TOGETHER: Final = 6
_SURE: Final = 1.0  # log-odds from which a candidate is a sample of the portal's flashes
_LIKE_SURE: Final = 1.5  # log-odds of a candidate in the form of such a sample


def weigh_regularity(reader: FlowReader, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates, with evidence for others in the same form: a portal writes all its flashes in one way.

    Without unlikely ones, unless they have the form of one that is surely a flash.
    """
    watch = reader.deadline.watch
    near = [candidate for candidate in watch(candidates) if candidate.score > NEAR]
    frames = Counter(map(_frame, watch(near)))
    told = [_with_others(reader, candidate, frames[_frame(candidate)] - 1) for candidate in watch(near)]
    sure = {_frame(candidate) for candidate in watch(told) if _is_telling(candidate) and candidate.score >= _SURE}
    if not sure:
        return told
    unlikely = [candidate for candidate in watch(candidates) if candidate.score <= NEAR and _is_like(candidate, sure)]
    told = [_like_sure(candidate) if _is_like(candidate, sure) else candidate for candidate in watch(told)]
    told += [_like_sure(_with_others(reader, candidate, frames[_frame(candidate)])) for candidate in watch(unlikely)]
    return sorted(told, key=lambda candidate: candidate.first)


def weigh_together(reader: FlowReader, candidates: Sequence[Candidate]) -> list[Candidate]:
    """The candidates; several in one form, of which none is surely a flash, are weighed as if all of them were.

    What only they share, such as the subjects of a portal, then ties none of them to the essay.
    """
    near = [candidate for candidate in reader.deadline.watch(candidates) if candidate.score > NEAR]
    if not any(candidate.score <= 0 for candidate in near) or reader.flow.size > MAX_ESSAY:
        return list(candidates)
    readings = Counter(place for candidate in near for place in candidate.places)
    frames: dict[str, list[Candidate]] = {}
    for candidate in near:
        own = any(reason.name in _ESSAYS_OWN or reason.name in _SECTIONS for reason in candidate.evidence)
        if not own and max(map(readings.__getitem__, candidate.places)) == 1:
            frames.setdefault(_frame(candidate), []).append(candidate)
    again: dict[int, Candidate] = {}
    for alike in filter(_is_doubtful, frames.values()):
        supposed = reader.supposing({place: candidate.first for candidate in alike for place in candidate.places})
        again.update((candidate.first, _reweighed(supposed, candidate)) for candidate in alike)
    return [again.get(candidate.first, candidate) if candidate.score > NEAR else candidate for candidate in candidates]


def _is_doubtful(alike: Sequence[Candidate]) -> bool:
    """Whether these are several of which none is surely a flash and one is none."""
    scores = [candidate.score for candidate in alike]
    return 1 < len(alike) <= _MAX_TOGETHER and min(scores) <= 0 and max(scores) < _SURE


def _reweighed(reader: FlowReader, candidate: Candidate) -> Candidate:
    """The candidate with what its words say to this reader."""
    before = sum(reason.weight for reason in candidate.evidence if reason.name == "foreign_words")
    words = max(-MOST_KNOWN, reader.foreign(candidate.places, -MOST_KNOWN))
    return candidate.but(("foreign_words", words - before)) if words > before else candidate


def _with_others(reader: FlowReader, candidate: Candidate, others: int) -> Candidate:
    if not others or (candidate.stamp and candidate.stamp.alone):
        return candidate
    most = len(_ALIKE) - 1 if candidate.layout else 2
    counted = candidate.stamp or any(reason.name == "figures_of_its_own" for reason in candidate.evidence)
    figures = 0.0 if counted else reader.figures(candidate.places)
    return candidate.but(("others_like_it", _ALIKE[min(others, most)]), ("figures_of_its_own", figures))


def _is_telling(candidate: Candidate) -> bool:
    """Whether hardly any paragraph of an essay has the candidate's form; labels and colons are not telling."""
    if candidate.stamp and candidate.stamp.alone:
        return False  # as in comments
    if candidate.layout or candidate.stamp or candidate.opening.name in WIRES:
        return True
    return candidate.headline is not None and candidate.headline.form in FLASHES_ONLY


def _is_like(candidate: Candidate, sure: Collection[str]) -> bool:
    """Whether it has the form of a sure flash, and neither place nor wording are those of the essay's own texts."""
    if candidate.score >= _SURE or _frame(candidate) not in sure:
        return False
    return not any(reason.name in _ESSAYS_OWN for reason in candidate.evidence)


def _like_sure(candidate: Candidate) -> Candidate:
    return candidate.but(("a_flash_like_it", _LIKE_SURE))


def _frame(candidate: Candidate) -> str:
    """The form that a portal repeats in all its flashes: of the stamp, or else of the headline and the opening."""
    if candidate.layout:
        return candidate.layout.order
    if candidate.stamp:
        return f"stamp {candidate.stamp.frame} {candidate.stamp.alone}"
    return f"{candidate.headline.form if candidate.headline else ''} {candidate.opening.name}"
