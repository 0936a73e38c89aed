"""Split a page's tree into blocks, in one walk: text is cut at block-level elements, <br> and table cells only.

This is the only stage that reads the page's body from the tree; its result holds plain values.
"""

from __future__ import annotations

from declutter.segment.dump import segment_text
from declutter.segment.walk import BLOCK_TAGS, INVISIBLE_TAGS, segment

__all__ = ["BLOCK_TAGS", "INVISIBLE_TAGS", "segment", "segment_text"]
