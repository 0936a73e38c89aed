"""Teaser records: the blocks labelled related, put together card by card."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from declutter.dates import find_dates, is_placeholder, parse_date
from declutter.model import Block, Kind, Label, SpanKind, Teaser
from declutter.vocabulary import Cue, Vocabulary, vocabulary

_TOKEN = re.compile(r"(?<=[^\s_])_[^\s_]{1,14}$")
_WIDE = re.compile("[\u2e80-\uffef]")
_LEAD_END = re.compile(r"\s?[:：|｜►▶»>]\s?(?!//)|\s[-–—]\s")  # noqa: RUF001 - as pages write them
_BRACKETS = "[]()（）【】 "  # noqa: RUF001 - as above
_BULLETS = " •·▪●■◆▶►▸»›>*-–—"  # noqa: RUF001 - as above
_END = tuple(".。!！?？…")  # noqa: RUF001 - as above
_MAX_STAMP = 48
_MAX_LEAD = 64
_MAX_TITLE = 300
_MIN_SNIPPET = 40
_MIN_TITLE = 4
_MIN_LINKED = 0.5


class _Draft:
    """A teaser as it is put together."""

    def __init__(self, title: str, url: str | None, block: int) -> None:
        self.title = title
        self.url = url
        self.snippet: list[str] = []
        self.published: str | None = None
        self.dated = False
        self.blocks = [block]

    @property
    def closed(self) -> bool:
        """Nothing more belongs to it."""
        return self.dated and bool(self.snippet)


def make_teasers(blocks: Sequence[Block], *, as_of: str | None = None) -> tuple[Teaser, ...]:
    """The teasers in page order. A heading above them ("Related articles", a category) is none."""
    words = vocabulary()
    teasers: list[Teaser] = []
    for run in _runs(blocks):
        drafts = _drafts(run, words, as_of)
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
        if block.label is Label.RELATED:
            run.append(block)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _drafts(run: list[Block], words: Vocabulary, as_of: str | None) -> list[_Draft]:
    """The teasers of consecutive related blocks, in the order of their first blocks."""
    drafts: list[_Draft] = []
    pending: str | None = None  # a time above its title
    has_links = any(_main_link(block) for block in run)
    for block in run:
        text = block.text.strip(_BULLETS)
        date = _stamp(text)
        last = drafts[-1] if drafts else None
        if date:
            date_of = None if is_placeholder(date, as_of=as_of) else date
            if last is not None and not last.dated:
                last.published, last.dated = date_of, True
                last.blocks.append(block.index)
            else:
                pending = date_of
            continue
        link = _main_link(block)
        if link is not None:
            title = _headline(block, words)
            if last is not None and last.url == link and not last.dated:
                _join(last, title, block)
            elif len(title) >= _MIN_TITLE:
                drafts.append(_Draft(title, link, block.index))
                if pending:
                    drafts[-1].published, drafts[-1].dated, pending = (
                        pending,
                        True,
                        None,
                    )
            continue
        if _is_label(block, words):
            continue
        if (
            last is not None
            and not last.closed
            and (_is_snippet(text) or (has_links and last.blocks[-1] == block.index - 1 and text.endswith(_END)))
        ):
            last.snippet.append(text)
            last.blocks.append(block.index)
            dates = find_dates(text[-_MAX_STAMP:]) if not last.dated else ()
            if dates and len(text) <= _MAX_STAMP:
                last.published, last.dated = dates[-1][2], True
        elif not has_links or _lead_of(block, words):
            drafts.append(_Draft(_headline(block, words), None, block.index))
    return _without_headings(drafts) if not has_links else drafts


def _without_headings(drafts: list[_Draft]) -> list[_Draft]:
    """Where most lines go with a snippet or time, those without are headings above them."""
    full = [draft for draft in drafts if draft.snippet or draft.dated]
    return full if len(full) * 2 >= len(drafts) and full else drafts


def _join(draft: _Draft, text: str, block: Block) -> None:
    """One more block under the same link: the longer of two short ones is the title, a long one the snippet."""
    draft.blocks.append(block.index)
    if text == draft.title:
        return
    if len(text) > _MIN_SNIPPET and text.endswith(_END) and not draft.snippet:
        draft.snippet.append(text)
    elif len(text) > len(draft.title) and not draft.snippet:
        draft.title = text


def _main_link(block: Block) -> str | None:
    """The address that most of the block's text links to."""
    linked = sum(link.end - link.start for link in block.links)
    if not linked:
        return None
    longest = max(block.links, key=lambda link: link.end - link.start)
    lead = _LEAD_END.search(block.text[:_MAX_LEAD])
    text = len(block.text) - (lead.end() if lead and longest.start >= lead.end() else 0)
    return longest.target if linked >= _MIN_LINKED * text else None


def _headline(block: Block, words: Vocabulary) -> str:
    """The block's text without what labels it ("READ MORE:")."""
    if (
        block.links
        and (longest := max(block.links, key=lambda link: link.end - link.start)).end - longest.start
        >= _MIN_SNIPPET // 2
    ):
        text = block.text[longest.start : longest.end]
    else:
        text = block.text
    lead = _LEAD_END.search(text[:_MAX_LEAD]) if any(cue.position == "lead" for cue in _related(text, words)) else None
    return (text[lead.end() :] if lead else text).strip(_BULLETS)[:_MAX_TITLE]


def _related(text: str, words: Vocabulary) -> list[Cue]:
    return [cue for cue in words.find(text[:_MAX_TITLE]) if cue.section == "related"]


def _lead_of(block: Block, words: Vocabulary) -> bool:
    return any(cue.section == "related" and cue.position == "lead" for cue in words.find(block.text))


def _is_label(block: Block, words: Vocabulary) -> bool:
    """A heading of the list and no teaser: a cue word alone, or an unlinked heading."""
    return any(cue.position == "label" for cue in words.find(block.text)) or (
        block.kind is Kind.HEADING and not any(span.kind is SpanKind.LINK for span in block.spans)
    )


def _is_snippet(text: str) -> bool:
    return len(text) * (2 if _WIDE.search(text) else 1) >= _MIN_SNIPPET and text.endswith(_END)


def _stamp(text: str) -> str | None:
    return parse_date(text.strip(_BRACKETS)) if len(text) <= _MAX_STAMP else None


def _has_tokens(titles: list[str]) -> bool:
    """The titles carry a portal's token: most end in `_TOKEN`, or the one there is does so after a wide character."""
    marked = [title for title in titles if _TOKEN.search(title)]
    if not marked:
        return False
    return len(marked) * 2 > len(titles) and (len(marked) > 1 or _WIDE.search(marked[0]) is not None)
