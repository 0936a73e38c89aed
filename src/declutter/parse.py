"""Text to tree: lxml where it can, BeautifulSoup where it gives up, so that no text vanishes at any depth."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from lxml import etree

from declutter.options import Limits

if TYPE_CHECKING:
    import bs4

_MAX_DEPTH: Final = 1000
"""How deep a converted tree gets: deeper elements become children of the ancestor at this depth.

Far below libxml2's own 2,048, and far above real pages.
"""

_HEAD: Final = 1024
_PAGE_TAG: Final = re.compile(
    r"<(?:!doctype\b|(?:html|head|body|meta)(?=[\s/>]))", re.IGNORECASE
)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_MIN_BLOCK_TAGS: Final = 3

# What lxml refuses to store: XML has no place for these characters.
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def looks_like_html(text: str) -> bool:
    """Tell a page from a text dump by the first kilobyte after white space."""
    head = text[:_HEAD].lstrip() if text[:1].strip() else text.lstrip()[:_HEAD]
    if _PAGE_TAG.search(head):
        return True
    return sum(1 for _ in _BLOCK_TAG.finditer(head)) >= _MIN_BLOCK_TAGS


def parse(
    text: str, *, limits: Limits = Limits(), subject: str | None = None
) -> etree._Element:  # noqa: B008 - frozen
    """Build the tree of a page and give its root; text after `</html>` stands in siblings of the root."""
    # A parser of its own per call costs 3 µs, and threads that share one wait for each other.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True)
    root = (
        etree.fromstring(text.encode("utf-8", "replace"), parser)
        if text.strip()
        else None
    )
    if root is None:
        return etree.Element("html")
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        return _parse_deep(text)
    return root


def _parse_deep(text: str) -> etree._Element:
    import bs4  # noqa: PLC0415 - slow to import and rarely needed

    return from_soup(bs4.BeautifulSoup(text, "html.parser"))


def from_soup(soup: bs4.BeautifulSoup | bs4.Tag) -> etree._Element:
    """Copy a soup into a tree, text and order kept; the soup stays as it is."""
    import bs4  # noqa: PLC0415 - slow to import and rarely needed

    root = etree.Element("html")
    trail: list[tuple[etree._Element, Iterator[object]]] = [
        (root, iter(list(soup.contents)))
    ]
    while trail:
        parent, rest = trail[-1]
        node = next(rest, None)
        if node is None:
            trail.pop()
        elif isinstance(node, bs4.Tag):
            element = etree.SubElement(parent, "div")
            trail.append((element, iter(list(node.contents))))
        elif type(node) is bs4.NavigableString:
            _append_text(parent, _UNSTORABLE.sub("", str(node)))
    return root


def _append_text(parent: etree._Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text
