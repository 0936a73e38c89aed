"""The evidence that candidates of several forms share: words, style, other pages, position, stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from declutter.classify.flash.candidates import ENDS
from declutter.classify.flash.form import LEADS_ON
from declutter.classify.flash.reader import MAX_FOREIGN
from declutter.classify.flash.stamps import is_unstopped
from declutter.model import Kind, Label

if TYPE_CHECKING:
    from declutter.classify.flash.reader import FlowReader
    from declutter.classify.flash.reasons import Reason
    from declutter.classify.flash.stamps import Stamp

MOST_KNOWN: Final = 1.4  # maximum log-odds of words alone against a candidate in the form of a flash
_MAX_LABEL: Final = 16  # letters before a day that are the label of what follows: `4.1.0 [2023-03-19]`
_ROUND: Final = ("(", "（")
_QUOTED: Final = tuple('”"»」』')


def word_reasons(
    reader: FlowReader, places: range, *, scale: float = 1.0, most: float = MAX_FOREIGN, known: float = MOST_KNOWN
) -> list[Reason]:
    """The evidence from the candidate's words, its style and the rest of the site.

    most, known: the maximum log-odds of its words for and against a flash, after they are scaled.
    """
    return [
        ("foreign_words", max(-known, min(most, scale * reader.foreign(places, -known / scale)))),
        ("style_of_its_own", reader.style.breaks(places)),
        ("on_other_pages", reader.elsewhere.weight(places)),
    ]


def place_reasons(reader: FlowReader, places: range, *, stamped: bool) -> list[Reason]:
    """The evidence against a flash from the candidate's position."""
    flow = reader.flow
    reasons: list[Reason] = []
    odd = {flow.kinds[place] for place in places if flow.is_odd(place)}
    if odd:
        reasons.append(("quotation", -1.0) if odd == {Kind.QUOTE} else ("item_of_a_list", -2.0))
    if places[0] == 0:
        reasons.append(("begins_the_essay", -2.0))
    elif not stamped and flow.is_prose(places[0] - 1) and flow.texts[places[0] - 1].endswith(LEADS_ON):
        reasons.append(("announced", -1.5))
    if not stamped and places[-1] >= flow.last_prose:
        reasons.append(("ends_the_essay", -2.0))
    if any(flow.labels[place] is not Label.BODY for place in places):
        reasons.append(("unlike_the_essay", 0.5 if stamped else -1.0))
    return reasons


def closing_reasons(reader: FlowReader, place: int) -> list[Reason]:
    """The evidence of the stamp that closes a block; an agency inside its brackets is its source, and no citation."""
    stamp, text = reader.flow.stamps[place], reader.flow.texts[place]
    if stamp.worded and stamp.frame and reader.names_agency(text[stamp.start + 1 :]):
        stamp = stamp._replace(worded=False)
    return stamp_reasons(stamp, text)


def stamp_reasons(stamp: Stamp, text: str) -> list[Reason]:
    """The evidence of a stamp. No paragraph of 1,485 plain articles ends with a dated stamp in square brackets."""
    before = text[: stamp.start].rstrip()[-1:]
    if stamp.alone:
        reasons = [("stamp_on_its_own_line", 2.0 if stamp.timed else 0.3)]
    elif stamp.frame in _ROUND:
        reasons = [("closing_stamp", 4.5 if stamp.timed else 2.3)]
    elif stamp.frame:
        reasons = [("closing_stamp", 5.0 if stamp.timed else 3.7)]
    else:
        reasons = [("closing_time", 3.2 if stamp.timed else 1.0)]
    if stamp.published is None:
        reasons.append(("stamp_without_a_date", -2.0))
    if not stamp.alone and before not in ENDS and not is_unstopped(before):
        label = stamp.start <= _MAX_LABEL and not stamp.timed
        reasons.append(("stamp_behind_a_label", -2.0) if label else ("stamp_inside_a_sentence", -0.8))
    elif stamp.frame and before.isascii() and text[stamp.start - 1] == before:
        reasons.append(("stamp_glued_to_the_text", 0.8))
    if before in _QUOTED:
        reasons.append(("date_of_a_quotation", -1.0))
    if stamp.worded:
        reasons.append(("date_of_something_named", -1.5))
    if stamp.closed:
        reasons.append(("date_closes_a_sentence", -1.5))
    return reasons
