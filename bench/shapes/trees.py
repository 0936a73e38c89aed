"""Shapes of the tree: nested, unclosed, misnested, siblings, tables, lists."""

from __future__ import annotations

from typing import Final

from shapes.forms import HEAD, Shape, repeated, within

SHAPES: Final[dict[str, Shape]] = {
    "nested <div>, never closed": repeated("<div>x"),
    "nested <div>, closed": within("<div>", "</div>"),
    "nested <b>": repeated("<b>x"),
    "nested <span>": within("<span>", "</span>"),
    "nested tables": repeated("<table><tr><td>x"),
    "nested lists": repeated("<ul><li>an item of the list "),
    "nested quotes": repeated("<blockquote>words that were said "),
    "nested links and bold": repeated("<b><a href=/x>x</b>"),
    "misnested <b><p>": repeated("<b><p>x</b>"),
    "siblings": repeated("<i>x</i>", before=HEAD + "<p>"),
    "empty siblings": repeated("<div></div>"),
    "end tags only": repeated("</div>"),
    "<br>": repeated("a<br>"),
    "<br> alone": repeated("<br>"),
    "unclosed <p>": repeated("<p>some words "),
    "unclosed <li>": repeated("<li>some words "),
    "custom elements": repeated("<x-{n}>x</x-{n}>"),
    "custom elements, nested": repeated("<x-{n}>x"),
    "headings": repeated("<h2>A heading of {n}</h2>"),
    "a table": repeated("<tr><td>cell<td>cell", before=HEAD + "<table>"),
    "a table of one row": repeated("<td>cell", before=HEAD + "<table><tr>"),
    "colspan 10^15": repeated("<tr><td colspan={10**15} rowspan={10**15}>cell", before=HEAD + "<table>"),
    "colspan and rowspan 1000": repeated("<tr><td colspan=1000 rowspan=1000>cell<td>x", before=HEAD + "<table>"),
    "tables": repeated("<table><tr><td>a<td>b<tr><td>c<td>d</table>"),
    "definitions": repeated("<dt>term<dd>what it means", before=HEAD + "<dl>"),
    "images": repeated("<img src=/a/{n}.png alt='a picture of it'>"),
    "images between words": repeated("word <img src=/a/{n}.png>", before=HEAD + "<p>"),
    "footnotes": repeated("<p>a word<a href=#n{n}>1</a></p><p id=n{n}>note {n}</p>"),
    "footnotes, in one list": repeated("word<sup><a href=#n{n}>1</a></sup> <i id=n{n}>x</i>", before=HEAD + "<p>"),
    "anchors to one note": repeated("word<a href=#n>1</a> ", before=HEAD + "<li id=n>note</li><p>"),
    "formulas": repeated("<script type=math/tex>x^2</script>", before=HEAD + "<p>words "),
    "TeX marks": repeated("so $x_{n}$ and \\(y\\) and $ a lone one ", before=HEAD + "<p>"),
    "code": repeated("x = [1]\n", before=HEAD + "<pre><code>"),
    "code, a mark a line": repeated("<b>x</b> = 1\n", before=HEAD + "<pre>"),
    "forms": repeated("<form><input><button>Send</button><label>Name</label>"),
    "scripts": repeated("<script>var a = {n};</script>"),
    "comments": repeated("<!-- x -->text"),
}
