"""Text to tree, with lxml, protected from pages that would stall it or make it lose text; soups to trees.

Also decides whether a text is a page, a text dump, or data.
"""

from __future__ import annotations

import re
from itertools import count, islice
from typing import TYPE_CHECKING, Final

import msgspec
from lxml import etree

from declutter.deadline import NEVER, Deadline
from declutter.limits import MAX_ATTRIBUTES, MAX_DEPTH, may_hold_giant_tag, tame

if TYPE_CHECKING:
    from collections.abc import Iterator

    import bs4

_BLANK: Final = re.compile(r"\s*")
_HEAD: Final = 1024
_PAGE_TAG: Final = re.compile(r"<(?:!doctype\b|(?:html|head|body|meta)(?=[\s/>]))", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_MIN_BLOCK_TAGS: Final = 3
_FIRST_TAG: Final = re.compile(r"<(?:script|style|title|link|base|noscript)(?=[\s/>])", re.IGNORECASE)
"""What old pages begin with that leave `<html>` and `<head>` out; a text dump begins with none of them."""
_LAST_TAG: Final = re.compile(r"</[a-z][a-z0-9]*>\s*\Z", re.IGNORECASE)
_TAIL: Final = 64
"""Characters in which a fragment's last end tag is looked for."""

# What an XML document begins with, and the root of those that are no pages.
_DATA_ROOT: Final = re.compile(
    r"\ufeff?\s*+(?:<\?[^>]*+>\s*+|<!--[^>]*+>\s*+|<!doctype[^>]*+>\s*+)*+"
    r"<(rss|feed|rdf:RDF|opml|urlset|sitemapindex|svg)[\s>]",
    re.IGNORECASE,
)

_LOST_DEPTH: Final = 2000
"""A last element deeper than this says that libxml2 stopped there (at 2,048) and dropped the rest of the page."""

_PIECE: Final = 1 << 16
"""Bytes that are parsed between two looks at the clock: some milliseconds at the most."""
_READS_PIECES: Final = etree.LIBXML_VERSION >= (2, 14)
"""Whether libxml2 builds the same tree of a page that it is given in pieces; older ones differ at their borders."""

_LONE: Final = re.compile("[\ud800-\udfff]")
# What XML cannot hold, and so lxml refuses to store when asked element by element.
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNNAMABLE: Final = re.compile(r"""[\s&<>/"'={}]""")


def looks_like_html(text: str) -> bool:
    """Whether a text is a page, or a fragment of one.

    A page has page-level tags or three block-level tags in its first kilobyte. A fragment begins with a block-level tag
    and ends with an end tag, as the HTML of an essay of one paragraph does.
    """
    match = _BLANK.match(text)
    begin = match.end() if match else 0
    end = begin + _HEAD
    if _PAGE_TAG.search(text, begin, end) or _FIRST_TAG.match(text, begin):
        return True
    first = _BLOCK_TAG.match(text, begin)
    if first and first[0][1] != "/" and _LAST_TAG.search(text, max(first.end(), len(text) - _TAIL)):
        return True
    tags = _BLOCK_TAG.finditer(text, begin, end)
    return sum(1 for _ in tags) >= _MIN_BLOCK_TAGS


def data_in(text: str) -> str | None:
    """The kind of data that a text is, instead of a page or text dump ("JSON"); None if it is not data."""
    if match := _DATA_ROOT.match(text, 0, _HEAD):
        root = match[1]
        if root.lower() != "svg":
            return f"a feed or sitemap (<{root}>)"
        # A page may begin with a picture.
        return "an SVG image" if text.rstrip().endswith("</svg>") else None
    begin = text.lstrip("\ufeff \t\r\n")[:1]
    if begin and begin in "{[" and (_is_json(text) or _is_json(text.strip().partition("\n")[0])):
        return "JSON"
    return None


def _is_json(text: str) -> bool:
    """Whether a text is JSON with an object in it; lists of words or numbers may be lines of a text dump."""
    try:
        # Read, but not built: a list of lists would take thirty times the memory of its text.
        msgspec.json.decode(text.lstrip("\ufeff").encode(errors="replace"), type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return "{" in text


def parse(page: str | bytes, deadline: Deadline = NEVER) -> etree._Element:
    """Build the tree of a page (bytes: in UTF-8) and give its root, without elements for a page without text.

    Text after `</html>` stands in siblings of the root. Comments and processing instructions are left out, and the text
    on both sides of one is joined, as a reader sees it. No element has more than 500 attributes, and text at any depth
    is kept. deadline: when this must have come to its end; one that stops leaves the tree of the page's beginning.
    """
    markup = encoded(page) if isinstance(page, str) else page
    if may_hold_giant_tag(markup):
        markup = tame(markup, deadline)
    root = _tree(markup, deadline)
    if _depth_of_last(root) > _LOST_DEPTH and not deadline.passed:
        root = _tree(tame(markup, deadline), deadline)
    return root


def encoded(text: str) -> bytes:
    """A page's text in the form that `parse` reads fastest."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text).encode()


def _tree(markup: bytes, deadline: Deadline) -> etree._Element:
    # A parser of its own per call costs 3 µs; threads that share one wait for each other. UTF-8 is the form libxml2
    # reads fastest (str: 7 % slower), and without a table of ids it is 6 % faster.
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        if deadline is NEVER or len(markup) <= _PIECE or not _READS_PIECES:
            root = etree.fromstring(markup, parser)
        else:
            parser.feed(markup[:_PIECE])
            for at in deadline.watch(range(_PIECE, len(markup), _PIECE), every=1):
                parser.feed(markup[at : at + _PIECE])
            root = parser.close()
    except etree.XMLSyntaxError:
        # Nothing to build a tree from: no text, comments only.
        root = None
    return parser.makeelement("html") if root is None else root


def _depth_of_last(root: etree._Element) -> int:
    """The depth of the page's last element, where libxml2 stopped."""
    last = next(root.itersiblings(), None)
    while last is not None:
        root, last = last, next(last.itersiblings(), None)
    depth = 0
    while (last := next(root.iterchildren(reversed=True), None)) is not None:
        root = last
        depth += 1
    return depth


def from_soup(
    soup: bs4.BeautifulSoup | bs4.Tag, deadline: Deadline = NEVER, *, most: int | None = None
) -> etree._Element:
    """Copy a soup into a tree of its own and give the root; text and its order are kept, and the soup stays as it is.

    An element deeper than 512 becomes a sibling of its ancestor at that depth; comments and doctypes are left out.
    deadline: as for `parse`. most: elements that are copied; with more the tree is that of the page's beginning.
    """
    from bs4.element import CData, NavigableString, PreformattedString, Tag

    root = etree.HTMLParser().makeelement("html")
    text = _Text(root)
    # Of each open element: its children to come, and the element they are hung on.
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
            element = etree.SubElement(parent, _UNNAMABLE.sub("_", _UNSTORABLE.sub("_", node.name)) or "_")
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
        if name and not _UNNAMABLE.search(name) and not _UNSTORABLE.search(name):
            written = value if isinstance(value, str) else " ".join(value or ())
            element.set(name, _UNSTORABLE.sub("", written))


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
        written = _UNSTORABLE.sub("", "".join(self.pieces))
        self.pieces.clear()
        if not written:
            return
        if self._is_tail:
            self._element.tail = (self._element.tail or "") + written
        else:
            self._element.text = (self._element.text or "") + written
