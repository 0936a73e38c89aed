"""HTML reports about extracted pages, in one file each that needs no network.

    page = declutter.fetch(url)
    document = declutter.explain(page)
    Path("report.html").write_text(declutter.inspect.report(document), encoding="utf-8")

What comes from a page reaches a report as JSON, and is shown as text; a strict Content-Security-Policy stands behind
that. Opened from disk, a report sends nothing and loads nothing.
"""

from declutter.inspect.entries import Inspected, Row, row_of
from declutter.inspect.original import Original, outlined
from declutter.inspect.report import index, is_report, report

__all__ = ["Inspected", "Original", "Row", "index", "is_report", "outlined", "report", "row_of"]
