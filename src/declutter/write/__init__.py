"""Writers: documents or blocks as JSON, Markdown, HTML, text and flash records.

They know the model and nothing else of declutter. All of them give text that encodes as UTF-8, holds no control
characters and carries no active content, whatever the page held.
"""
