"""Attributes: their number, their length, and what classes say."""

from __future__ import annotations

from typing import Final

from shapes.forms import HEAD, PARAGRAPHS, Shape, repeated

SHAPES: Final[dict[str, Shape]] = {
    "attributes of one element": repeated(" a{n}=1", before=HEAD + "<p", after=">text"),
    "attributes, valueless": repeated(" a{n}", before=HEAD + "<p", after=">text"),
    "one attribute over and over": repeated(" a=1", before=HEAD + "<p", after=">text"),
    "499 attributes an element": repeated(f"<p{''.join(f' a{n}=1' for n in range(499))}>x"),
    "one long class": repeated("related-{n} ", before=HEAD + "<div class='", after=f"'>{PARAGRAPHS}"),
    "one class of no spaces": repeated("relatedComment", before=HEAD + "<div class='", after=f"'>{PARAGRAPHS}"),
    "distinct classes": repeated("<p class=c{n}>some words"),
    "distinct classes of cues": repeated("<div class='related-{n} comment{n}'>some words</div>"),
    "one long id": repeated("a-", before=HEAD + "<div id='", after=f"'>{PARAGRAPHS}"),
    "one long address": repeated("a/b?c=d&amp;", before=HEAD + "<p>words <a href='/", after="'>a link</a>"),
    "one long style": repeated("color:red;", before=HEAD + "<p style='", after="'>words"),
}
