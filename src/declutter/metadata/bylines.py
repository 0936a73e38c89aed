"""What the visible page says beside its headline: who wrote it, when, for whom.

Only blocks near the headline are read, and lead words (`By`, `Published`, `来源:`) anywhere among the blocks labelled
meta. A line without a lead word counts less: a plain name or a bare date beside the headline.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from declutter.dates import find_dates, parse_date
from declutter.metadata.candidates import Findings
from declutter.metadata.people import (
    goes_on,
    is_plain_name,
    is_short_name,
    is_team,
    listed_names,
    names,
    without_tail,
)
from declutter.metadata.titles import key_of
from declutter.model import Block, Kind, Label
from declutter.recent import Recent, find_recent
from declutter.vocabulary import Cue, vocabulary

if TYPE_CHECKING:
    from declutter.outline import Outline

_META, _BODY, _CHROME, _TITLE = Label.META, Label.BODY, Label.CHROME, Label.TITLE  # one lookup instead of one a block

_BEFORE_TITLE = 6
_AFTER_TITLE = 14
_MAX_BODY = 3
_MAX_LINE = 220
_MAX_BYLINE = 120
_MAX_BESIDE_DATE = 12
_REMOTENESS = 0.004  # less belief a block away from the headline: it settles ties, no more
_DOUBT_IN_ESSAY = 0.2
_DOUBT_IN_SENTENCE = 0.05
_MAX_LEAD = 40
_MAX_LEAD_WORDS = 4  # `mis à jour le`
_MAX_SPOKEN = 60
_LISTED = 0.7
_RECENT = 0.4
_MAX_KEY = 40
_FAR, _NEAR, _BESIDE = 8, 6, 3
_BY = re.compile(
    r"(?:(?:guide|text|story|review|article|post|words|essay|interview|written|posted)\s)?"
    r"(?:by|von|par|por|di|door|av|af|przez|от):?(?:\s+|(?-i:(?<=[a-z])(?=[A-Z])))(.+)",
    re.IGNORECASE,
)
_HAN_POST = "(?:本报|本報|本网|本刊|特约|特約|实习|實習|见习|見習)?(?:记者|記者|撰文|通讯员|通訊員)"
_HAN_BY = re.compile(rf"{_HAN_POST}\s?([\u3400-\u9fff·]{{2,5}}(?:[\s、][\u3400-\u9fff·]{{2,5}}){{0,3}})")
_REVIEW = ("review", "fact", "medical", "translat", "edit")
_PICTURE = re.compile(r"фото|φωτο|photo|foto|摄影|攝影|写真|撮影|사진")
_FURNITURE = frozenset({Label.META, Label.CHROME, Label.TAGS, Label.PROMO})
_ORIGIN_END = re.compile(r"(?<=[\u3400-\u9fff])[\s(（].*|\s{2,}", re.DOTALL)
_CRUMBS = re.compile(r"\s*[>›»＞→]\s*|\s+/\s+")
_SIGNING = frozenset({Label.META, Label.CHROME, Label.BODY})
_AUTHOR_CLASS = re.compile(
    r"(?:(?<=\s)|(?<=[_-])|^)(?:author|byline|writer|contributor)s?(?:[_-]{1,2}(?:name|link|title|text|info))?(?=\s|$)",
    re.IGNORECASE,
)
_MAX_SIGNED = 3
_SILENT = frozenset({Label.COMMENT, Label.TITLE, Label.FLASH})
_BREAKS = re.compile(
    r"\s*[|｜•·∙⋅●▪]\s*|\s[-–—/~]{1,2}\s|\s+(?=[^\s:：]{1,8}[:：]\S)" rf"|\s+(?={_HAN_POST}\s?[\u3400-\u9fff])"
)
_LEAD_REST = re.compile(r"^[\s:：|｜丨/／\-–—]+")
_AUTHOR_PATH = re.compile(
    r"/(?:author|authors|autor|auteur|people|team|staff|contributors?|profile|users?|by|writers?|member|editors?"
    r"|redakteur|experts?)[/-]|/@|[?&]author=",
    re.IGNORECASE,
)
# Where words begin, also in `2022Updated:` and `AnalystUpdated`: lines that a page's markup leaves nothing between.
_SPOKEN = re.compile(r"(?<!\S)(?=\S)|(?<=\d{4})(?=[^\W\d_])|(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])|(?<=[•·|])(?=\S)")
_SHORT_DATE = re.compile(
    r"(?<![\w./-])\d\d?([./-])\d\d?\1\d\d(?![\w/-])(?:(?: at)?,? \d\d?[:.]\d\d ?(?:[ap]m)?)?", re.IGNORECASE
)
_SENTENCE_END = re.compile(r"[.。!！?？…][\"'”’»」)]?$")
_OTHER_TEXT = re.compile(
    r"(?<!\d)\d+\s*(?:-\s*)?(?:min(?:ute)?s?\.?|minuten|minutos|минут\w*)(?:\s+(?:read|lesezeit))?|read(?:ing)? time",
    re.IGNORECASE,
)


class Reading(NamedTuple):
    """How dates are read: `day_first` settles `4/5/2021`; `as_of`, the day of reading, completes `12 March`."""

    day_first: bool | None
    as_of: str | None = None


def read_blocks(blocks: Sequence[Block], title: str | None, findings: Findings, reading: Reading) -> None:
    """Add the authors, dates and origin that the labelled blocks name."""
    titles, body, furniture = _sorted_out(blocks)
    at = _headline(blocks, titles, body, title)
    first, last = max(0, at - _BEFORE_TITLE), _end_of_header(blocks, at)
    said = False
    for block in blocks[first:last]:
        if _can_speak(block, distance=block.index - at):
            if said and is_short_name(block.text):
                findings.add("author", block.text, "byline", 0.88)
            cues = vocabulary().find(block.text)
            said = any(cue.section == "author" and cue.position == "label" for cue in cues)
            _read_line(block, cues, findings, reading, distance=block.index - at)
    _read_breadcrumb(blocks[first:at], findings)
    for block in furniture:
        if not first <= block.index < last:
            _read_far(block, findings, day_first=reading.day_first)
            below = blocks[block.index + 1 : block.index + 2]
            if below and _is_signing(block) and below[0].label in _FURNITURE and is_short_name(below[0].text):
                findings.add("author", below[0].text, "signature", 0.58)


def read_signed(blocks: Sequence[Block], outline: Outline, findings: Findings) -> None:
    """Add the names that stand in elements whose class names an author, where no other source gives one.

    They are the article's unless there are many: then they are those of a list of teasers, or of a team.
    """
    if not _AUTHOR_CLASS.search("\n".join(outline.names)):
        return
    texts = (block for block in blocks if block.kind is not Kind.IMAGE)
    signed: dict[str, float] = {}
    for block, owner in zip(texts, outline.owners, strict=False):
        if block.label not in _SIGNING or not 0 < len(block.text) <= _MAX_KEY:
            continue
        around = f"{outline.names[owner]} {outline.names[max(outline.parents[owner], 0)]}"
        if _AUTHOR_CLASS.search(around):
            name = without_tail(block.text)
            if is_plain_name(name):
                signed.setdefault(name, 0.66)
            elif block.label is _META and is_short_name(name) and not vocabulary().find(name):
                signed.setdefault(name, 0.6)
    for name, confidence in signed.items() if len(signed) <= _MAX_SIGNED else ():
        findings.add("author", name, "author class", confidence)


def _is_signing(block: Block) -> bool:
    """Whether a line is but a lead: `Posted by:`, below which the name stands."""
    return len(block.text) <= _MAX_LEAD and any(
        cue.section == "author" and cue.position == "label" for cue in vocabulary().find(block.text)
    )


def _read_breadcrumb(above: Sequence[Block], findings: Findings) -> None:
    """`Home > Science > Physics` above the headline."""
    if "breadcrumb" in findings.fields:
        return
    for block in above:
        steps = _CRUMBS.split(block.text) if block.label is _META and len(block.text) <= _MAX_BYLINE else ()
        if len(steps) > 1:
            for step in steps:
                if not any(cue.section == "meta" for cue in vocabulary().find(step)):
                    findings.add("breadcrumb", step, "breadcrumb", 0.7)


def _sorted_out(blocks: Sequence[Block]) -> tuple[list[int], int, list[Block]]:
    """In one pass: the titles' indices, the first long body block's, and the short blocks around the article."""
    titles: list[int] = []
    furniture: list[Block] = []
    body = -1
    for block in blocks:
        label = block.label
        if label is _BODY:
            if len(block.text) <= _MAX_BYLINE and "20" in block.text:
                furniture.append(block)
            elif body < 0 and len(block.text) > _MAX_BYLINE:
                body = block.index
        elif label is _META or (label is _CHROME and "20" in block.text):
            if len(block.text) <= _MAX_LINE:
                furniture.append(block)
        elif label is _TITLE:
            titles.append(block.index)
    return titles, max(body, 0), furniture


def _headline(blocks: Sequence[Block], titles: Sequence[int], body: int, title: str | None) -> int:
    """The index of the headline's block, of several the one next to the body; without one, that of the body."""
    if len(titles) > 1:
        key = key_of(title or "")[:_MAX_KEY]
        same = [index for index in titles if key and key_of(blocks[index].text)[:_MAX_KEY] == key]
        return min(same or titles, key=lambda index: (index > body + 1, abs(body - index)))
    return titles[0] if titles else body


def _end_of_header(blocks: Sequence[Block], at: int) -> int:
    """Where the article's header ends: at a long paragraph too many; bylines also stand below the standfirst."""
    bodies = 0
    for block in blocks[at + 1 : at + 1 + _AFTER_TITLE]:
        bodies += block.label is Label.BODY and len(block.text) > _MAX_BYLINE
        if bodies >= _MAX_BODY:
            return block.index
    return at + 1 + _AFTER_TITLE


def _can_speak(block: Block, *, distance: int) -> bool:
    """Whether a block beside the headline can hold a byline or a date; menus above it and long paragraphs cannot."""
    label, size = block.label, len(block.text)
    if label is _META:
        return 0 < size <= _MAX_LINE
    if label is Label.RELATED and distance < 0:
        return False
    if not 0 < size <= _MAX_BYLINE or label in _SILENT or distance > _FAR:
        return False
    return distance > 0 or "20" in block.text or bool(block.spans)


def _read_far(block: Block, findings: Findings, *, day_first: bool | None) -> None:
    """A line away from the headline."""
    text = block.text
    if block.label is Label.META and not _read_leads(text, vocabulary().find(text), findings, 0.6) and block.links:
        _read_signature(block, findings)
    elif block.label is not Label.META and "20" in text:
        _read_colophon(block, findings, day_first=day_first)
    if text[-1:].isdigit() or "20" in text:
        _read_far_dates(block, findings, day_first=day_first)


def _read_colophon(block: Block, findings: Findings, *, day_first: bool | None) -> None:
    """`Posted by Jane Roe on 2025-12-18 in Gardens`: a lead, a name and a date, whatever the line is labelled."""
    before = block.text.partition("20")[0]  # which a year begins with; dates are dear to look for
    if not any(cue.section == "author" and cue.position == "lead" for cue in vocabulary().find(before)):
        return
    text = _parted(block)
    if dates := find_dates(text, day_first=day_first):
        said = text[: dates[0][0]]
        _read_leads(said, vocabulary().find(said), findings, 0.58, _linked_names(block))


def _read_signature(block: Block, findings: Findings) -> None:
    """A name below the article that links to its author's page."""
    if any(_AUTHOR_PATH.search(span.target or "") for span in block.links) and is_short_name(without_tail(block.text)):
        findings.add("author", without_tail(block.text), "signature", 0.6)


def _read_far_dates(block: Block, findings: Findings, *, day_first: bool | None) -> None:
    """Dates away from the headline: those with a lead word, and a lone one in a block labelled meta."""
    for start, end, date in find_dates(block.text, day_first=day_first)[:2]:
        section, lead = _date_section(block.text[:start], block.text[start:end])
        if block.label is Label.BODY and (lead < start or not _stands_alone(block.text, 0, end)):
            continue
        if section == "updated":
            findings.add("modified", date, "page line", 0.55)
        elif section == "published":
            findings.add("published", date, "page line", 0.5 if block.label is Label.BODY else 0.6)
        elif block.label is Label.META:
            findings.add("published", date, "page line", 0.45)


def _read_line(block: Block, cues: Sequence[Cue], findings: Findings, reading: Reading, *, distance: int) -> None:
    """One short line near the headline: dates first, then the names that stand between them."""
    linked = _linked_names(block) if block.spans else []
    text = _parted(block) if linked else block.text
    remoteness = _REMOTENESS * abs(distance)
    rest = _read_dates(block, text, findings, reading, distance=distance)
    dated = len(rest) > 1
    for part in (part for between in rest for part in _BREAKS.split(between)):
        piece = _OTHER_TEXT.sub("", part).strip(" ,.-–—|:")
        if not piece or len(piece) > _MAX_BYLINE:
            continue
        found = cues if piece == block.text else vocabulary().find(piece)
        if _read_leads(piece, found, findings, 0.94 - remoteness, linked):
            continue
        if block.label is _META and _read_by(piece, findings, 0.9 - remoteness, linked):
            continue
        if distance > 0 or dated or linked:
            name = _to_link(without_tail(piece), linked)
            if trust := _trust(name, block.label, linked=bool(linked), dated=dated, distance=abs(distance)):
                findings.add("author", name, "line by the headline", trust - remoteness)
            elif 0 < distance <= _BESIDE and len(listed_names(piece)) > 1:
                findings.add("author", piece, "line by the headline", _LISTED - remoteness)


def _linked_names(block: Block) -> list[str]:
    """The texts of a block's links to authors' pages."""
    return [
        name
        for span in block.links
        if _AUTHOR_PATH.search(span.target or "") and (name := block.text[span.start : span.end].strip(" ,.|·•"))
    ]


def _parted(block: Block) -> str:
    """The text of a line with spaces at the edges of links where its markup leaves nothing between two words."""
    text = block.text
    edges = sorted({edge for span in block.links for edge in (span.start, span.end) if 0 < edge < len(text)})
    for edge in reversed(edges):
        if text[edge - 1].isalnum() and text[edge].isalnum():
            text = f"{text[:edge]} {text[edge:]}"
    return text


def _to_link(text: str, linked: Sequence[str]) -> str:
    """A text up to where its first name's link ends, unless the text goes on with other names."""
    name = next((name for name in linked if text.startswith(name)), None)
    return text if name is None or goes_on(text[len(name) :]) else name


def _read_dates(block: Block, text: str, findings: Findings, reading: Reading, *, distance: int) -> list[str]:
    """Add the dates of a line near the headline; what stands before, between and behind them is given back."""
    remoteness = _REMOTENESS * abs(distance)
    is_byline = _BY.match(text) is not None
    is_header = is_byline or block.label in _FURNITURE
    # A product's release and a programme's day stand in the essay with the same lead words, further from the headline.
    doubt = remoteness if block.label is not _BODY or abs(distance) <= _BESIDE else _DOUBT_IN_ESSAY
    last, rest = 0, []
    dates = find_dates(text, day_first=reading.day_first) or _short_date(text, day_first=reading.day_first)
    if not dates and reading.as_of and (recent := find_recent(text, as_of=reading.as_of)):
        return _read_recent(text, recent, findings)
    for start, end, date in dates:
        before = text[last:start]
        last = end
        section, lead = _date_section(before, text[start:end])
        rest.append(before[: len(before) - lead])
        if section == "updated":
            findings.add("modified", date, "byline", 0.85 - doubt)
        elif section == "published":
            mentioned = _DOUBT_IN_SENTENCE if len(before) > _MAX_LEAD else 0.0
            findings.add("published", date, "byline", 0.88 - doubt - mentioned)
        elif (
            is_header
            or (block.label is not Label.RELATED and _stands_alone(text, start, end))
            or (0 < distance <= _BESIDE and "T" in date and not _SENTENCE_END.search(text))
        ):
            findings.add("published", date, "line by the headline", (0.82 if is_byline else 0.78) - remoteness)
    return [*rest, text[last:]]


def _read_recent(text: str, recent: Recent, findings: Findings) -> list[str]:
    """Add a date that the day of reading completes; what stands before and behind it is given back."""
    before = text[: recent.start]
    section, lead = _date_section(before, text[recent.start : recent.end])
    if section == "updated":
        findings.add("modified", recent.date, "date without year", _RECENT)
    elif section == "published" or _stands_alone(text, recent.start, recent.end):
        findings.add("published", recent.date, "date without year", _RECENT)
    else:
        return [text]
    return [before[: len(before) - lead], text[recent.end :]]


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a line says little beside its date: a day of the week, `| 13 min read`."""
    beside = len(text) - (end - start)
    if beside >= _MAX_BESIDE_DATE and (reading := _OTHER_TEXT.search(text)):
        beside -= reading.end() - reading.start()
    return beside < _MAX_BESIDE_DATE


def _trust(name: str, label: Label, *, linked: bool, dated: bool, distance: int) -> float:
    """How far a line without a lead word is to be believed to be a name."""
    if is_plain_name(name):
        if linked:
            return 0.88
        if name.isupper():
            return 0.0  # a button or a kicker
        if label is Label.META:
            return 0.75 if distance <= _NEAR else 0.5
        return 0.55 if distance <= _BESIDE and label in (Label.CHROME, Label.BODY) else 0.0
    if label is not Label.META or not is_short_name(name):
        return 0.0
    if linked:
        return 0.8
    # A single word beside a date is its weekday, its zone or a place.
    return 0.6 if (dated and " " in name) or (distance <= _BESIDE and is_team(name)) else 0.0


def _read_by(text: str, findings: Findings, confidence: float, linked: Sequence[str]) -> bool:
    """`by jdoe`, `Guide by Jane Roe`: what the vocabulary takes for ordinary words anywhere but beside a headline."""
    match = _BY.match(text) or _HAN_BY.fullmatch(text)
    value = without_tail(_to_link(match[1], linked)) if match else ""
    if not names(value):
        return False
    findings.add("author", value, "byline", confidence)
    return True


def _read_leads(
    text: str, cues: Sequence[Cue], findings: Findings, confidence: float, linked: Sequence[str] = ()
) -> bool:
    """Read what follows a lead word; whether there was one."""
    for cue in cues:
        if cue.position != "lead":
            continue
        value = _behind(text, cue)
        if cue.section == "author" and len(value) <= _MAX_BYLINE:
            value = without_tail(_to_link(value, linked))
            if not cue.phrase.startswith(_REVIEW) and not _PICTURE.search(cue.phrase) and names(value):
                findings.add("author", value, "byline", confidence)
            return True
        if cue.section == "source" and len(value) <= _MAX_BYLINE // 2:
            findings.add("origin", _ORIGIN_END.split(value, maxsplit=1)[0], "byline", confidence)
            return True
        if cue.section == "editor":
            return True
    return False


def _date_section(before: str, date: str) -> tuple[str | None, int]:
    """Say published or updated, by the nearest lead word before the date, and how many characters it takes."""
    starts = [word.start() for word in _SPOKEN.finditer(before, max(0, len(before) - _MAX_SPOKEN))]
    for start in starts[: -_MAX_LEAD_WORDS - 1 : -1]:
        for cue in vocabulary().find(f"{before[start:].rstrip()} {date}"):
            if cue.section in ("published", "updated"):
                return cue.section, len(before) - start
    return None, 0


def _short_date(text: str, *, day_first: bool | None) -> list[tuple[int, int, str]]:
    """The date of a line that writes the year with two digits, `16.01.12` or `Published on 12/01/12 at 09:49am`."""
    match = _SHORT_DATE.search(text)
    if match is None or not (date := parse_date(match[0], day_first=day_first)):
        return []
    return (
        [(match.start(), match.end(), date)]
        if _date_section(text[: match.start()], match[0])[0] or match[0] == text
        else []
    )


def _behind(text: str, cue: Cue) -> str:
    return _LEAD_REST.sub("", text.lstrip(" ([【•·")[len(cue.phrase.rstrip(" :")) :]).strip()
