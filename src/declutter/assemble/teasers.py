"""Teaser records: the blocks labelled related, grouped into cards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from declutter.dates import find_dates, is_placeholder, parse_date
from declutter.deadline import NEVER, Deadline
from declutter.model import Block, Kind, Label, Span, SpanKind, Teaser
from declutter.vocabulary import MAX_LABEL, Vocabulary, vocabulary
from declutter.wide import WIDE

_RELATED: Final = Label.RELATED
_LINK: Final = SpanKind.LINK  # see Label

_TOKEN: Final = re.compile(r"(?<=[^\s_])_[^\s_]{1,14}$")
_LEAD_END: Final = re.compile(r"\s?[:：|｜►▶»>]\s?(?!//)|\s[-–—]\s")
_LEAD_MARK: Final = re.compile("[:：|｜►▶»>–—-]")
_BRACKETS: Final = "[]()（）【】 "
_BULLETS: Final = " •·▪●■◆▶►▸»›>*-–—"
_NUMBERS: Final = "0123456789-/.:年月日时分 ()[]（）【】•·|»›>"
_END: Final = tuple(".。!！?？…")
_DIGIT: Final = re.compile(r"\d")
_MAX_STAMP: Final = 48
_MAX_LEAD: Final = 64
_MAX_TITLE: Final = 300
_MIN_SNIPPET: Final = 40
_MIN_TITLE: Final = 4
_MIN_LINKED: Final = 0.5


class _Draft:
    """A teaser under construction."""

    def __init__(self, title: str, url: str | None, block: int) -> None:
        self.title = title
        self.url = url
        self.snippet: list[str] = []
        self.published: str | None = None
        self.dated = False
        self.blocks = [block]

    def add_snippet(self, text: str, block: int) -> None:
        """Add a paragraph to its snippet."""
        self.snippet.append(text)
        self.blocks.append(block)

    def add_date(self, date: str, as_of: str | None, block: int | None) -> None:
        """Set its time. A placeholder closes the teaser without dating it."""
        self.published = None if is_placeholder(date, as_of=as_of) else date
        self.dated = True
        if block is not None:
            self.blocks.append(block)


def make_teasers(
    blocks: Sequence[Block], *, as_of: str | None = None, deadline: Deadline = NEVER
) -> tuple[Teaser, ...]:
    """The teasers in page order. A heading above them ("Related articles", a category) is not a teaser.

    deadline: raises LimitError past it.
    """
    words = vocabulary()
    teasers: list[Teaser] = []
    for run in _runs(blocks):
        drafts = _drafts(run, words, as_of, deadline)
        strip = _has_tokens([draft.title for draft in drafts])
        teasers += [
            Teaser(
                title=_TOKEN.sub("", draft.title) if strip else draft.title,
                snippet=" ".join(draft.snippet) or None,
                url=draft.url,
                published=draft.published,
                blocks=tuple(draft.blocks),
            )
            for draft in drafts
        ]
    return tuple(teasers)


def _runs(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    run: list[Block] = []
    for block in blocks:
        if block.label is _RELATED:
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _drafts(run: list[Block], words: Vocabulary, as_of: str | None, deadline: Deadline) -> list[_Draft]:
    """The teasers of consecutive related blocks, in the order of their first blocks."""
    if any(block.spans and _main_link(block)[0] for block in run):
        return _linked_drafts(deadline.watch(run), words, as_of)
    if sum(_stamp(block.text) is not None for block in run) > 1:
        return _stamped_drafts(deadline.watch(run), as_of)
    drafts: list[_Draft] = []
    for block in deadline.watch(run):
        text = block.text.strip(_BULLETS)
        if drafts and not drafts[-1].snippet and _is_snippet(text):
            drafts[-1].add_snippet(text, block.index)
        elif drafts and not drafts[-1].dated and (date := _stamp(text)):
            drafts[-1].add_date(date, as_of, block.index)
        elif not _is_label(block, words):
            drafts.append(_Draft(_headline(block, words), None, block.index))
    return drafts


def _linked_drafts(run: Iterable[Block], words: Vocabulary, as_of: str | None) -> list[_Draft]:
    """A teaser for each link, with the unlinked text and time after it, or the time before it."""
    drafts: list[_Draft] = []
    pending: str | None = None
    for block in run:
        last = drafts[-1] if drafts else None
        link, linked = _main_link(block)
        title = block.text.strip(_BULLETS) if link is None else _without_lead(linked, words)
        if date := _stamp(title):
            if last is not None and not last.dated:
                last.add_date(date, as_of, block.index)
            else:
                pending = date
        elif link is None:
            _add_unlinked(drafts, block, words, as_of)
        else:
            if last is not None and last.url == link and not last.dated:
                _join(last, title, block)
            elif len(title) >= _MIN_TITLE and not _is_label(block, words):
                drafts.append(_Draft(title, link, block.index))
                dates = find_dates(block.text.replace(title, " ")) if len(title) < len(block.text) else []
                if date := dates[-1].date if dates else pending:
                    drafts[-1].add_date(date, as_of, None)
            pending = None
    return drafts


def _add_unlinked(drafts: list[_Draft], block: Block, words: Vocabulary, as_of: str | None) -> None:
    """Add an unlinked block among teasers: a snippet or dated line of the last one, or a pointer that lost its link."""
    text = block.text.strip(_BULLETS)
    last = drafts[-1] if drafts else None
    if _is_label(block, words):
        return
    if last is not None and not last.snippet and last.blocks[-1] == block.index - 1 and len(text) > _MIN_TITLE:
        if _is_snippet(text) or text.endswith(_END) or not _has_date(text):
            last.add_snippet(text, block.index)
        elif not last.dated:
            last.add_date(find_dates(text)[-1].date, as_of, block.index)
    elif words.says(block.text, "related", "lead"):
        drafts.append(_Draft(_headline(block, words), None, block.index))


def _stamped_drafts(run: Iterable[Block], as_of: str | None) -> list[_Draft]:
    """Unlinked teasers, each closed by its time. Lines in excess of the usual number are headings above them."""
    groups: list[list[Block]] = [[]]
    for block in run:
        groups[-1].append(block)
        if _stamp(block.text):
            groups.append([])
    groups = [group for group in groups if len(group) > 1 and _stamp(group[-1].text)]
    lengths = Counter(len(group) for group in groups)
    usual = min(lengths, key=lambda length: (-lengths[length], length), default=0)
    drafts = []
    for group in groups:
        first, *rest, last = group[-usual:] if len(group) > usual else group
        drafts.append(_Draft(first.text.strip(_BULLETS), None, first.index))
        for block in rest:
            drafts[-1].add_snippet(block.text, block.index)
        drafts[-1].add_date(_stamp(last.text) or "", as_of, last.index)
    return drafts


def _join(draft: _Draft, text: str, block: Block) -> None:
    """Add another block with the same link: the longer of two short ones is the title, a long one the snippet."""
    draft.blocks.append(block.index)
    if text == draft.title:
        return
    if text.endswith(_END) and not draft.title.endswith((".", "。", "…")) and not draft.snippet:
        draft.snippet.append(text)
    elif len(text) > len(draft.title) and not draft.snippet:
        draft.title = text


def _main_link(block: Block) -> tuple[str | None, str]:
    """The target of most of the block's text, and the linked text; None and the whole text if there is no such link."""
    longest, linked = _links_of(block)
    text = block.text
    if longest is None:
        return None, text
    if longest.end - longest.start < len(text):
        lead = _end_of_lead(text)
        start = lead if longest.start >= lead else 0
        if linked < _MIN_LINKED * len(text[start:].strip(_NUMBERS)):
            return None, text
    return longest.target, text if longest.target is None else text[longest.start : longest.end]


def _headline(block: Block, words: Vocabulary) -> str:
    """The block's text without a label such as "READ MORE:"; only the linked part, if that is most of the text."""
    return _without_lead(_main_link(block)[1], words)


def _without_lead(text: str, words: Vocabulary) -> str:
    lead = _end_of_lead(text)
    if lead and words.says(text[:_MAX_TITLE], "related", "lead"):
        text = text[lead:]
    return text.strip(_BULLETS)[:_MAX_TITLE]


def _end_of_lead(text: str) -> int:
    """Where the text after words like "READ MORE:" begins; 0 if there is nothing like it."""
    text = text[:_MAX_LEAD]
    lead = _LEAD_END.search(text) if _LEAD_MARK.search(text) else None
    return lead.end() if lead else 0


def _links_of(block: Block) -> tuple[Span | None, int]:
    """The longest link of the block, and the number of characters in all its links."""
    longest, linked = None, 0
    for span in block.spans:
        if span.kind is _LINK and span.end > span.start:
            linked += span.end - span.start
            if longest is None or span.end - span.start > longest.end - longest.start:
                longest = span
    return longest, linked


def _is_label(block: Block, words: Vocabulary) -> bool:
    """Whether a block is a label of the list: a cue word alone, an unlinked heading, or only punctuation."""
    if not block.text[:1].isalnum() and not any(map(str.isalnum, block.text)):
        return True
    if block.kind is Kind.HEADING and not any(span.kind is _LINK for span in block.spans):
        return True
    return len(block.text) <= MAX_LABEL and any(cue.position == "label" for cue in words.find(block.text))


def _is_snippet(text: str) -> bool:
    return len(text) * (2 if WIDE.search(text) else 1) >= _MIN_SNIPPET and text.endswith(_END)


def _has_date(text: str) -> bool:
    return len(text) <= _MAX_STAMP and bool(find_dates(text))


def _stamp(text: str) -> str | None:
    if len(text) > _MAX_STAMP or not _DIGIT.search(text):
        return None
    return parse_date(text.strip(_BRACKETS))


def _has_tokens(titles: list[str]) -> bool:
    """Whether the titles carry a portal's token: most end in `_TOKEN`, or the only one does, after a wide character."""
    marked = [title for title in titles if "_" in title and _TOKEN.search(title)]
    if not marked:
        return False
    return len(marked) * 2 > len(titles) and (len(marked) > 1 or WIDE.search(marked[0]) is not None)
