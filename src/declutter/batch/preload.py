"""Imported by the process that workers are forked from, to load everything that a first page loads.

Workers then start in milliseconds instead of a third of a second, and share the tables in memory.
"""

import gc

from declutter.batch import work  # noqa: F401 - to be there
from declutter.pipeline import extract

_PAGE = (
    "<!doctype html><html lang=en><title>A page</title><nav><a href=/>Home</a></nav><article><h1>A page</h1>"
    "<p>By A. Writer, 29 May 2023</p><p>A paragraph that is long enough, for all that it says, to be an essay's.</p>"
    "<p>BRIEF | A headline: A brief, which a portal might inject into the essay. [2023/5/29 14:02:11]</p>"
    "<p>Another paragraph, which goes on about the same as the one that stands before the brief.</p></article>"
)

extract(_PAGE).to_json()
gc.collect()
gc.freeze()  # a collection in a worker would write to all shared pages, and so copy them
