"""HTML reports about extracted pages, each in one file that needs no network.

    page = declutter.fetch(url)
    document = declutter.explain(page)
    Path("report.html").write_text(declutter.inspect.report(document), encoding="utf-8")

Page content is put into a report as JSON and shown as text, with a strict Content-Security-Policy as a second barrier.
Opened from disk, a report sends nothing and loads nothing.
"""

from declutter.inspect.entries import Inspected, Row, row_of
from declutter.inspect.original import outlined
from declutter.inspect.report import index, is_report, report
from declutter.inspect.sanitised import Original

__all__ = ["Inspected", "Original", "Row", "index", "is_report", "outlined", "report", "row_of"]
