"""Copies a tree of BeautifulSoup into one of lxml."""

from __future__ import annotations

import re
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from lxml import etree

from declutter.deadline import NEVER, Deadline
from declutter.parse.giant_tags import MAX_ATTRIBUTES, MAX_DEPTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    import bs4

UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML does not allow, and that lxml therefore refuses to store."""
_UNNAMABLE: Final = re.compile(r"""[\s&<>/"'={}]""")


def from_soup(
    soup: bs4.BeautifulSoup | bs4.Tag, deadline: Deadline = NEVER, *, most: int | None = None
) -> etree._Element:
    """Copy a soup into a new tree and return the root. Text and order are kept, and the soup is not modified.

    An element deeper than 512 becomes a sibling of its ancestor at that depth. Comments and doctypes are dropped.
    deadline: as for `parse`. most: maximum number of elements to copy; the rest of the page is dropped.
    """
    from bs4.element import CData, NavigableString, PreformattedString, Tag

    root = etree.HTMLParser().makeelement("html")
    text = _Text(root)
    # For each open element: its remaining children, and the element to attach them to.
    nodes: Iterator[object] = iter([soup]) if soup.name == "html" else iter(soup.contents)
    trail = [(nodes, root)]
    copied = 1
    for _ in deadline.watch(count()):
        if not trail or copied == most:
            break
        nodes, parent = trail[-1]
        node = next(nodes, None)
        if node is None:
            trail.pop()
            text.goes_after_last_of(trail[-1][1] if trail else root)
        elif isinstance(node, Tag) and node.name == "html" and len(trail) == 1:
            _set_attributes(root, node)
            trail.append((iter(node.contents), root))
        elif isinstance(node, Tag):
            copied += 1
            element = etree.SubElement(parent, _UNNAMABLE.sub("_", UNSTORABLE.sub("_", node.name)) or "_")
            _set_attributes(element, node)
            trail.append((iter(node.contents), element if len(trail) < MAX_DEPTH else parent))
            text.goes_into(element)
        elif isinstance(node, CData) or (
            isinstance(node, NavigableString) and not isinstance(node, PreformattedString)
        ):
            text.pieces.append(node)
    text.flush()
    return root


def _set_attributes(element: etree._Element, tag: bs4.Tag) -> None:
    for name, value in islice(tag.attrs.items(), MAX_ATTRIBUTES):
        if name and not _UNNAMABLE.search(name) and not UNSTORABLE.search(name):
            written = value if isinstance(value, str) else " ".join(value or ())
            element.set(name, UNSTORABLE.sub("", written))


class _Text:
    """Collects text for its place in the tree, because appending piece by piece would copy it each time."""

    def __init__(self, element: etree._Element) -> None:
        self.pieces: list[str] = []
        self._element = element
        self._is_tail = False

    def goes_into(self, element: etree._Element) -> None:
        self.flush()
        self._element, self._is_tail = element, False

    def goes_after_last_of(self, parent: etree._Element) -> None:
        last = next(parent.iterchildren(reversed=True), None)
        if last is not None and not (self._is_tail and self._element is last):
            self.flush()
            self._element, self._is_tail = last, True

    def flush(self) -> None:
        written = UNSTORABLE.sub("", "".join(self.pieces))
        self.pieces.clear()
        if not written:
            return
        if self._is_tail:
            self._element.tail = (self._element.tail or "") + written
        else:
            self._element.text = (self._element.text or "") + written
