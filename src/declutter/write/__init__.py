"""Writers: documents or blocks as JSON, Markdown, HTML, text and flash records.

They depend on the model only. Their output always encodes as UTF-8, and has no control characters and no active
content, whatever the page contains.
"""
