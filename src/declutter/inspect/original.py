"""The page itself with its blocks outlined by label, for a frame: see `sanitised` for what it may contain."""

from __future__ import annotations

import re
import sys
from collections import Counter
from copy import deepcopy
from typing import TYPE_CHECKING, Final

from lxml import etree

from declutter.inspect.sanitised import LABEL, START, STYLE, Original, sanitised
from declutter.model import Block, Document, Kind
from declutter.options import DEFAULT_OPTIONS, ExtractOptions
from declutter.parse import UNSTORABLE
from declutter.pipeline import tree_of
from declutter.segment import segment
from declutter.write.safety import clean, escaped

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element

    from declutter.outline import Outline
    from declutter.source import Source

# A text run is marked by two private-use characters that encode its number.
_HIGH, _LOW, _BASE = 0xF0000, 0x100000, 0xFF00
_MARKER: Final = re.compile("[\U000f0000-\U000fffff][\U00100000-\U0010ffff]")
_PRIVATE: Final = re.compile("[\U000f0000-\U0010ffff]")


def outlined(
    source: Source, document: Document, *, url: str | None = None, options: ExtractOptions = DEFAULT_OPTIONS
) -> Original | None:
    """The page with its blocks outlined by label, sanitised; None for a text dump, which has no other appearance.

    document: from `explain` or `extract` with the same source, url and options. The page's own styles are kept, and
    could imitate the outlines: the frame is controlled by the page, the list of blocks is not.
    Raises what `extract` raises, and ValueError if the document is not of this page.
    """
    found = tree_of(source, url=url, options=options)
    if found is None:
        return None
    tops = _copies(found) if found is source else [found, *found.itersiblings()]
    elements = [element for top in tops for element in top.iter() if isinstance(element.tag, str)]
    for element in elements:
        for name in (LABEL, START, STYLE):  # a page must not outline anything by using our names
            element.attrib.pop(name, "")
    runs = _mark(tops)
    texts = [block for block in document.blocks if block.kind is not Kind.IMAGE]
    outline, numbered = _segmented(tops[0], document, len(texts))
    _label(outline, numbered, [str(block.label) for block in texts[: len(outline.texts)]], runs)
    is_noscript = document.essay_source == "noscript"
    return sanitised(tops, elements, noscript=is_noscript, hidden=_kept_out_of_sight(texts[len(outline.texts) :]))


def _copies(root: _Element) -> list[_Element]:
    """A copy of the caller's tree under a new root, with its top-level elements kept apart."""
    holder = etree.HTMLParser().makeelement("div")
    for top in (root, *root.itersiblings()):
        if isinstance(top.tag, str):
            etree.SubElement(holder, "div").append(deepcopy(top))
    return [holder]


def _mark(tops: Sequence[_Element]) -> list[tuple[_Element, bool]]:
    """Mark each run of text with its number. Returns, by number, its element, and whether it is the tail."""
    runs: list[tuple[_Element, bool]] = []
    for top in tops:
        for element in top.iter():
            text, tail = element.text, element.tail
            if text and not text.isspace() and isinstance(element.tag, str):
                element.text = _marked(text, len(runs))
                runs.append((element, False))
            if tail and not tail.isspace():
                element.tail = _marked(tail, len(runs))
                runs.append((element, True))
    return runs


def _marked(text: str, number: int) -> str:
    lead = len(text) - len(text.lstrip())
    clean_text = UNSTORABLE.sub("\ufffd", _PRIVATE.sub("\ufffd", text))
    return f"{clean_text[:lead]}{chr(_HIGH + number // _BASE)}{chr(_LOW + number % _BASE)}{clean_text[lead:]}"


def _segmented(root: _Element, document: Document, blocks: int) -> tuple[Outline, list[_Element | None]]:
    """The outline of what the page shows, and its elements by number.

    Its blocks are the document's, or the first of them if an article was stored separately.
    """
    elements: list[_Element | None] = []
    outline = segment(root, noscript=document.essay_source == "noscript", elements=elements)
    if document.truncated and len(outline.texts) > blocks:
        outline.cut(blocks=blocks, characters=sys.maxsize)
    is_kept_apart = document.essay_source not in ("page", "noscript")
    if len(outline.texts) == blocks or (is_kept_apart and len(outline.texts) < blocks):
        return outline, elements
    raise ValueError(f"the document is not of this page: it has {blocks} blocks of text, the page {len(outline.texts)}")


def _kept_out_of_sight(blocks: Sequence[Block]) -> str:
    """The blocks of an article from the page's hidden data, to be shown after the page."""
    return "".join(f'<p {LABEL}="{block.label}" {START}>{escaped(clean(block.text))}</p>' for block in blocks)


def _label(
    outline: Outline,
    numbered: Sequence[_Element | None],
    labels: Sequence[str],
    runs: Sequence[tuple[_Element, bool]],
) -> None:
    """Label elements with exactly one block, otherwise the text runs of each block, and remove the marks."""
    shared = _shared(outline)
    for text, owner, label in zip(outline.texts, outline.owners, labels, strict=True):
        node = numbered[owner]
        if node is not None and owner not in shared:
            node.set(LABEL, label)
            node.set(START, "")
            continue
        for order, number in enumerate(_numbers(text)):
            _wrap(*runs[number], label, is_first=order == 0)
    for element, is_tail in runs:  # includes runs outside of blocks: scripts, options
        if is_tail:
            element.tail = _MARKER.sub("", element.tail or "")
        else:
            element.text = _MARKER.sub("", element.text or "")


def _shared(outline: Outline) -> set[int]:
    """The elements with more than one block in them or their descendants."""
    counts = Counter(outline.owners)
    shared = {owner for owner, count in counts.items() if count > 1}
    for owner in counts:
        above = outline.parents[owner]
        while above > 0 and above not in shared:
            shared.add(above)
            above = outline.parents[above]
    return shared


def _numbers(text: str) -> Iterator[int]:
    for marker in _MARKER.finditer(text):
        yield (ord(marker[0][0]) - _HIGH) * _BASE + ord(marker[0][1]) - _LOW


def _wrap(element: _Element, is_tail: bool, label: str, *, is_first: bool) -> None:  # noqa: FBT001 - a run's own form
    run = element.makeelement("span", {LABEL: label})
    if is_first:
        run.set(START, "")
    if is_tail:
        run.text, element.tail = _MARKER.sub("", element.tail or ""), None
        element.addnext(run)
    else:
        run.text, element.text = _MARKER.sub("", element.text or ""), None
        element.insert(0, run)
