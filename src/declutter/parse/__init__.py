"""Parse text into a tree with lxml, protected from pages that would stall it or make it lose text.

Also copies soups into trees, and decides whether a text is a page, a text dump, or data.
"""

from __future__ import annotations

from declutter.parse.kinds import data_in, looks_like_html
from declutter.parse.markup import encoded, parse
from declutter.parse.soup import UNSTORABLE, from_soup

__all__ = ["UNSTORABLE", "data_in", "encoded", "from_soup", "looks_like_html", "parse"]
