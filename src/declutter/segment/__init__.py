"""Tree to blocks, in one walk: text is cut at block-level elements, at <br> and at table cells, and not below that.

The one stage that reads the page's body from the tree: what it gives is plain.
"""

from __future__ import annotations

from declutter.segment.dump import segment_text
from declutter.segment.walk import BLOCK_TAGS, INVISIBLE_TAGS, segment

__all__ = ["BLOCK_TAGS", "INVISIBLE_TAGS", "segment", "segment_text"]
