"""Metadata: what the page says about its article, before its blocks are classified and after.

`read_head` asks the tree: JSON-LD, `<meta>`, `<link>`, `<time>`, `<title>`, headings. `complete` adds what the labelled
blocks say (byline, dates, origin, breadcrumb) and settles each field.
"""

from __future__ import annotations

from declutter.metadata.candidates import Candidate
from declutter.metadata.head import EMPTY_HEAD, Head, read_head
from declutter.metadata.settle import complete

__all__ = ["EMPTY_HEAD", "Candidate", "Head", "complete", "read_head"]
