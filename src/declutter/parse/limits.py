"""Applies a caller's limits to a page, its tree and its blocks."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from math import inf
from typing import TYPE_CHECKING, AnyStr

from lxml.etree import XPathError

from declutter.errors import LimitError

if TYPE_CHECKING:
    from lxml.etree import _Element

    from declutter.options import Limits
    from declutter.outline import Outline


def fit(page: AnyStr, limits: Limits, *, subject: str | None = None) -> AnyStr:
    """Return the page if it is within `max_bytes` and `max_elements`; otherwise raise LimitError or truncate it.

    It was truncated if `fit(page, limits) is not page`.
    """
    sign = "<" if isinstance(page, str) else b"<"
    size, tags = len(page), 0
    # Three characters make an element, so smaller pages need no count.
    if size > limits.max_elements:
        tags = page.count(sign)
    if size <= limits.max_bytes and tags <= limits.max_elements:
        return page
    if limits.over == "raise":
        bound, allowed, what = "max_elements", limits.max_elements, f"{tags:,} tags"
        if size > limits.max_bytes:
            bound, allowed = "max_bytes", limits.max_bytes
            what = f"more than {allowed:,} bytes"  # the reader may not know the number of bytes
        raise LimitError.over(what, bound=bound, allowed=allowed, subject=subject)
    page = _whole(page[: limits.max_bytes], sign) if size > limits.max_bytes else page
    if page.count(sign) > limits.max_elements:
        parts = page.split(sign, limits.max_elements + 1)
        page = page[: -len(parts[-1]) - 1]
    return page


def _whole(page: AnyStr, sign: AnyStr) -> AnyStr:
    """The page without the tag, or the line of a text dump, that was cut."""
    end = max(page.rfind(sign), page.rfind("\n" if isinstance(page, str) else b"\n"))
    return page[:end] if end > 0 else page


def fit_tree(root: _Element, limits: Limits, *, subject: str | None = None) -> bool:
    """Check a caller's tree against `max_elements`: raise LimitError, or return whether it must be truncated."""
    if _count(root) <= limits.max_elements:
        return False
    if limits.over == "raise":
        allowed = limits.max_elements
        raise LimitError.over(f"more than {allowed:,} elements", bound="max_elements", allowed=allowed, subject=subject)
    return True


def _count(root: _Element) -> float:
    """The number of elements in a tree and the siblings of its root."""
    tops = (root, *root.itersiblings())
    try:
        counts: list[float] = [top.xpath("count(descendant-or-self::*)") for top in tops]  # type: ignore[misc]
        return sum(counts)
    except XPathError:  # more than libxml2 counts, ten million
        return inf


def fit_blocks(outline: Outline, limits: Limits, *, subject: str | None = None) -> bool:
    """Check an outline against `max_blocks`, `max_text` and, for callers' trees, `max_bytes` of text.

    Raises LimitError, or truncates the outline and returns whether it did.
    """
    texts = outline.texts
    whole, longest = sum(map(len, texts)), max(map(len, texts), default=0)
    found = {
        "max_blocks": (len(texts), f"{len(texts):,} blocks"),
        "max_text": (longest, f"a block of {longest:,} characters"),
        # For a tree or soup, its text stands for the size of the page.
        "max_bytes": (whole, f"a text of {whole:,} characters"),
    }
    over = [(bound, what) for bound, (size, what) in found.items() if size > getattr(limits, bound)]
    if not over:
        return False
    if limits.over == "raise":
        bound, what = over[0]
        raise LimitError.over(what, bound=bound, allowed=getattr(limits, bound), subject=subject)
    within = bisect_right(list(accumulate(map(len, texts))), limits.max_bytes)
    outline.cut(blocks=min(limits.max_blocks, max(within, 1)), characters=min(limits.max_text, limits.max_bytes))
    return True
