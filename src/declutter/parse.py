"""Parse text into a tree with lxml, protected from pages that would stall it or make it lose text.

Also copies soups into trees, and decides whether a text is a page, a text dump, or data.
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
_URL: Final = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_HEAD: Final = 1024
_PAGE_TAG: Final = re.compile(r"<(?:!doctype\b|(?:html|head|body|meta)(?=[\s/>]))", re.IGNORECASE)
_BLOCK_TAG: Final = re.compile(
    r"</?(?:address|article|aside|blockquote|br|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|"
    r"h[1-6]|header|hr|li|main|nav|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)(?=[\s/>])",
    re.IGNORECASE,
)
_MIN_BLOCK_TAGS: Final = 3
_FIRST_TAG: Final = re.compile(r"<(?:script|style|title|link|base|noscript)(?=[\s/>])", re.IGNORECASE)
"""First tags of old pages that omit `<html>` and `<head>`; a text dump does not begin with them."""
_LAST_TAG: Final = re.compile(r"</[a-z][a-z0-9]*>\s*\Z", re.IGNORECASE)
_TAIL: Final = 64
"""Characters at the end that are searched for a fragment's last end tag."""

# The beginning of an XML document, with a root element that shows that it is not a page.
_DATA_ROOT: Final = re.compile(
    r"\ufeff?\s*+(?:<\?[^>]*+>\s*+|<!--[^>]*+>\s*+|<!doctype[^>]*+>\s*+)*+"
    r"<(rss|feed|rdf:RDF|opml|urlset|sitemapindex|svg)[\s>]",
    re.IGNORECASE,
)

_LOST_DEPTH: Final = 2000
"""A last element deeper than this means that libxml2 stopped there (at 2,048) and dropped the rest of the page."""

_PIECE: Final = 1 << 16
"""Bytes parsed between two checks of the deadline: a few milliseconds at most."""
_READS_PIECES: Final = etree.LIBXML_VERSION >= (2, 14)
"""Whether libxml2 builds the same tree from a page in pieces; older versions differ at the boundaries."""

_LONE: Final = re.compile("[\ud800-\udfff]")
# Characters that XML does not allow, and that lxml therefore refuses to store.
_UNSTORABLE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNNAMABLE: Final = re.compile(r"""[\s&<>/"'={}]""")


def looks_like_html(text: str) -> bool:
    """Whether a text is a page, or a fragment of one.

    A page has page-level tags or three block-level tags in its first kilobyte. A fragment begins with a block-level tag
    and ends with an end tag, such as the HTML of a one-paragraph essay.
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
        # A page may begin with an inline SVG.
        return "an SVG image" if text.rstrip().endswith("</svg>") else None
    if urls := _urls_in(text):
        return "a URL" if urls == 1 else "a list of URLs"
    begin = text.lstrip("\ufeff \t\r\n")[:1]
    if begin and begin in "{[" and (_is_json(text) or _is_json(text.strip().partition("\n")[0])):
        return "JSON"
    return None


def _urls_in(text: str) -> int:
    """How many URLs a text lists, if its lines are nothing else but empty, or comments that begin with #; else 0."""
    if not text.lstrip()[:4].lower().startswith(("http", "#")):
        return 0
    lines = [line for line in map(str.strip, text.splitlines()) if line and not line.startswith("#")]
    return len(lines) if all(map(_URL.fullmatch, lines)) else 0


def _is_json(text: str) -> bool:
    """Whether a text is JSON with an object in it; lists of words or numbers may be lines of a text dump."""
    try:
        # Validated, but not built: a list of lists would take thirty times the memory of its text.
        msgspec.json.decode(text.lstrip("\ufeff").encode(errors="replace"), type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return False
    return "{" in text


def parse(page: str | bytes, deadline: Deadline = NEVER) -> etree._Element:
    """Parse a page (bytes: in UTF-8) and return the root, which has no children if the page has no text.

    Text after `</html>` is in siblings of the root. Comments and processing instructions are dropped, and the text on
    both sides is joined. No element has more than 500 attributes, and text at any depth is kept.
    deadline: one that stops, instead of raising, leaves the tree of the page's beginning.
    """
    markup = encoded(page) if isinstance(page, str) else page
    if may_hold_giant_tag(markup):
        markup = tame(markup, deadline)
    root = _tree(markup, deadline)
    if _depth_of_last(root) > _LOST_DEPTH and not deadline.passed:
        root = _tree(tame(markup, deadline), deadline)
    return root


def encoded(text: str) -> bytes:
    """The page's text in the encoding that `parse` reads fastest."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return _LONE.sub("\ufffd", text).encode()


def _tree(markup: bytes, deadline: Deadline) -> etree._Element:
    # A new parser per call costs 3 µs, while threads that share one wait for each other. libxml2 reads UTF-8 fastest
    # (str: 7 % slower), and is 6 % faster without a table of ids.
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
        # Nothing to parse: no text, or only comments.
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
