"""What one text, or one text after another, may hold."""

from __future__ import annotations

from typing import Final

from shapes.forms import HEAD, SENTENCE, Shape, repeated

SHAPES: Final[dict[str, Shape]] = {
    "one word": repeated("a", before=HEAD + "<p>"),
    "one sentence after another": repeated(SENTENCE, before=HEAD + "<p>"),
    "blanks": repeated(" ", before=HEAD + "<p>a", after="b"),
    "line ends": repeated("\n", before=HEAD + "<pre>a", after="b"),
    "Han without a mark": repeated("快訊五月", before=HEAD + "<p>"),
    "digits": repeated("1", before=HEAD + "<p>"),
    "digits and colons": repeated("1:", before=HEAD + "<p>"),
    "stamps in one text": repeated("[2023/5/28 9:47:25] ", before=HEAD + "<p>"),
    "stamps, a paragraph each": repeated("<p>[2023/5/28 9:47:25]"),
    "colons": repeated(": ", before=HEAD + "<p>"),
    "a colon a line": repeated("<p>Word: word"),
    "bars": repeated("| ", before=HEAD + "<p>"),
    "brackets": repeated("[", before=HEAD + "<p>"),
    "brackets, full width": repeated("【", before=HEAD + "<p>"),
    "round brackets": repeated("((", before=HEAD + "<p>"),
    "stars and underscores": repeated("*a_b*_", before=HEAD + "<p>"),
    "backticks": repeated("` `` ", before=HEAD + "<p>"),
    "backslashes": repeated("\\", before=HEAD + "<p>"),
    "addresses in the text": repeated("https://example.org/{n} ", before=HEAD + "<p>"),
    "dots": repeated(".", before=HEAD + "<p>"),
    "quotes": repeated("“‘", before=HEAD + "<p>"),
    "By a name": repeated("<p>By Mary Miller"),
    "By in one text": repeated("By Mary Miller ", before=HEAD + "<p>"),
    "cue words": repeated("read more related tags advertisement ", before=HEAD + "<p>"),
    "cue words, a line each": repeated("<p>Read more: Tags: Advertisement"),
    "capitals": repeated("BERLIN ", before=HEAD + "<p>"),
    "datelines": repeated("<p>BERLIN, May 5 (Agency) - It was said that it was so."),
    "combining marks": repeated("a\u0301\u0302", before=HEAD + "<p>"),
    "right to left marks": repeated("\u202ea\u202c", before=HEAD + "<p>"),
    "entities": repeated("&amp;", before=HEAD + "<p>"),
    "broken entities": repeated("&ampamp&#&#x&a", before=HEAD + "<p>"),
    "numbered entities": repeated("&#1114111;&#0;", before=HEAD + "<p>"),
    "less-than signs": repeated("<"),
    "comment never closed": repeated("<!--"),
    "tag never closed": repeated("<a "),
    "value never closed": repeated("<b a='"),
    "after the end": repeated("x</html>y"),
    "CDATA": repeated("<![CDATA[x]]>"),
    "processing instructions": repeated("<?a?>x"),
    "declarations of entities": repeated('<!ENTITY a{n} "&a;&a;&a;">', before="<!DOCTYPE html [", after="]><p>&a1;"),
}
