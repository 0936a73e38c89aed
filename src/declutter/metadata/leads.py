"""Lead words (`By`, `Published`, `来源:`) and the text after them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from declutter.metadata.author_links import to_link
from declutter.metadata.candidates import Findings
from declutter.metadata.people import names, without_tail
from declutter.vocabulary import Cue, vocabulary

_MAX_NAMES: Final = 120
_MAX_LEAD_WORDS: Final = 4  # `mis à jour le`
_MAX_SPOKEN: Final = 60
_ORIGIN_END: Final = re.compile(r"(?<=[\u3400-\u9fff])[\s(（].*|\s{2,}", re.DOTALL)
_MAX_BESIDE_DATE: Final = 12
_OTHER_TEXT: Final = re.compile(
    r"(?<!\d)\d+\s*(?:-\s*)?(?:min(?:ute)?s?\.?|minuten|minutos|минут\w*)(?:\s+(?:read|lesezeit))?|read(?:ing)? time",
    re.IGNORECASE,
)
_NEXT_LEAD: Final = re.compile(r" (?=[^\s:：]{2,14}[:：] )")
# Word starts, also in `2022Updated:` and `AnalystUpdated`, where the markup leaves no space between lines.
_SPOKEN: Final = re.compile(r"(?<!\S)(?=\S)|(?<=\d{4})(?=[^\W\d_])|(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[•·|])(?=\S)")


def read_leads(
    text: str, cues: Sequence[Cue], findings: Findings, confidence: float, linked: Sequence[str] = ()
) -> bool:
    """Read the text after a lead word. Returns whether there was a lead word."""
    for cue in cues:
        if cue.position != "lead":
            continue
        value = cue.behind(text)
        if cue.section == "author" and len(value) <= _MAX_NAMES:
            value = without_tail(to_link(_NEXT_LEAD.split(value, maxsplit=1)[0], linked))
            if names(value):
                findings.add("author", value, "byline", confidence)
            return True
        if cue.section == "source" and len(value) <= _MAX_NAMES // 2:
            findings.add("origin", _ORIGIN_END.split(value, maxsplit=1)[0], "byline", confidence)
            return True
        if cue.section in ("credit", "editor"):
            return True
    return False


def date_section(before: str, date: str) -> tuple[str | None, int]:
    """`published` or `updated`, by the nearest lead word before the date, and the length of that lead in characters."""
    starts = [word.start() for word in _SPOKEN.finditer(before, max(0, len(before) - _MAX_SPOKEN))]
    for start in starts[: -_MAX_LEAD_WORDS - 1 : -1]:
        for cue in vocabulary().find(f"{before[start:].rstrip()} {date}"):
            if cue.section in ("published", "updated"):
                return cue.section, len(before) - start
    return None, 0


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether the line has little text beside its date, such as a weekday or `| 13 min read`."""
    beside = len(text) - (end - start)
    if beside >= _MAX_BESIDE_DATE and (reading := _OTHER_TEXT.search(text)):
        beside -= reading.end() - reading.start()
    return beside < _MAX_BESIDE_DATE


def without_reading_time(text: str) -> str:
    """The line without `5 min read` and similar."""
    return _OTHER_TEXT.sub("", text)
