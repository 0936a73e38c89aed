"""Metadata: title, authors, dates and other facts about the article, read before and after block classification.

`read_head` reads the tree: JSON-LD, `<meta>`, `<link>`, `<time>`, `<title>` and headings. `complete` adds what the
labelled blocks say (byline, dates, origin, breadcrumb) and decides each field.
"""

from __future__ import annotations

from declutter.metadata.candidates import Candidate
from declutter.metadata.head import EMPTY_HEAD, Head, read_head
from declutter.metadata.settle import complete

__all__ = ["EMPTY_HEAD", "Candidate", "Head", "complete", "read_head"]
