"""Hostile pages of any size: each shape is the worst of its kind that we could think of.

A shape takes a size in bytes and gives a page of about that size.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import Final, TypeAlias

Shape: TypeAlias = Callable[[int], bytes]

_HEAD: Final = "<!doctype html><html><head><title>A title of some words</title></head><body>"
_SENTENCE: Final = "The keeper climbed the stairs each night and lit the lamp, and nobody gave it a thought. "


def _repeated(unit: str, *, before: str = _HEAD, after: str = "") -> Shape:
    """The unit over and over; `{n}` in it is a number that grows."""

    def make(size: int) -> bytes:
        room = max(size - len(before) - len(after), 0)
        if "{n}" not in unit:
            body = unit * (room // len(unit.encode()) + 1)
        else:
            parts, length = [], 0
            for number in count():
                parts.append(unit.replace("{n}", str(number)))
                length += len(parts[-1])
                if length >= room:
                    break
            body = "".join(parts)
        return f"{before}{body}{after}".encode()

    return make


def _within(begin: str, end: str) -> Shape:
    """One element inside the other, each opened and closed."""

    def make(size: int) -> bytes:
        levels = max(1, (size - len(_HEAD)) // len(begin + end))
        return f"{_HEAD}{begin * levels}text{end * levels}".encode()

    return make


_PARAGRAPHS: Final = f"<p>{_SENTENCE * 3}</p>"
_STAMPED: Final = "<p>[2023/5/28 9:47:25] Hollis Robotics to cut jobs: the maker said it would lay off 340.</p>"

_ESSAY: Final = _HEAD + _PARAGRAPHS * 5
_LIVE: Final = _HEAD.replace("A title", "Live blog: a title")
_TIMES: Final = "2023/5/28 9:47:25<p class=a>a line<p class=a>2023/5/28 9:47:25"

SHAPES: Final[dict[str, Shape]] = {
    "an article": _repeated(_PARAGRAPHS),
    # Trees
    "nested <div>, never closed": _repeated("<div>x"),
    "nested <div>, closed": _within("<div>", "</div>"),
    "nested <b>": _repeated("<b>x"),
    "nested <span>": _within("<span>", "</span>"),
    "nested tables": _repeated("<table><tr><td>x"),
    "nested lists": _repeated("<ul><li>an item of the list "),
    "nested quotes": _repeated("<blockquote>words that were said "),
    "nested links and bold": _repeated("<b><a href=/x>x</b>"),
    "misnested <b><p>": _repeated("<b><p>x</b>"),
    "siblings": _repeated("<i>x</i>", before=_HEAD + "<p>"),
    "empty siblings": _repeated("<div></div>"),
    "end tags only": _repeated("</div>"),
    "<br>": _repeated("a<br>"),
    "<br> alone": _repeated("<br>"),
    "unclosed <p>": _repeated("<p>some words "),
    "unclosed <li>": _repeated("<li>some words "),
    "custom elements": _repeated("<x-{n}>x</x-{n}>"),
    "custom elements, nested": _repeated("<x-{n}>x"),
    "headings": _repeated("<h2>A heading of {n}</h2>"),
    "a table": _repeated("<tr><td>cell<td>cell", before=_HEAD + "<table>"),
    "a table of one row": _repeated("<td>cell", before=_HEAD + "<table><tr>"),
    "colspan 10^15": _repeated("<tr><td colspan={10**15} rowspan={10**15}>cell", before=_HEAD + "<table>"),
    "colspan and rowspan 1000": _repeated("<tr><td colspan=1000 rowspan=1000>cell<td>x", before=_HEAD + "<table>"),
    "tables": _repeated("<table><tr><td>a<td>b<tr><td>c<td>d</table>"),
    "definitions": _repeated("<dt>term<dd>what it means", before=_HEAD + "<dl>"),
    "images": _repeated("<img src=/a/{n}.png alt='a picture of it'>"),
    "images between words": _repeated("word <img src=/a/{n}.png>", before=_HEAD + "<p>"),
    "footnotes": _repeated("<p>a word<a href=#n{n}>1</a></p><p id=n{n}>note {n}</p>"),
    "footnotes, in one list": _repeated("word<sup><a href=#n{n}>1</a></sup> <i id=n{n}>x</i>", before=_HEAD + "<p>"),
    "anchors to one note": _repeated("word<a href=#n>1</a> ", before=_HEAD + "<li id=n>note</li><p>"),
    "formulas": _repeated("<script type=math/tex>x^2</script>", before=_HEAD + "<p>words "),
    "TeX marks": _repeated("so $x_{n}$ and \\(y\\) and $ a lone one ", before=_HEAD + "<p>"),
    "code": _repeated("x = [1]\n", before=_HEAD + "<pre><code>"),
    "code, a mark a line": _repeated("<b>x</b> = 1\n", before=_HEAD + "<pre>"),
    "forms": _repeated("<form><input><button>Send</button><label>Name</label>"),
    "scripts": _repeated("<script>var a = {n};</script>"),
    "comments": _repeated("<!-- x -->text"),
    # Attributes
    "attributes of one element": _repeated(" a{n}=1", before=_HEAD + "<p", after=">text"),
    "attributes, valueless": _repeated(" a{n}", before=_HEAD + "<p", after=">text"),
    "one attribute over and over": _repeated(" a=1", before=_HEAD + "<p", after=">text"),
    "499 attributes an element": _repeated(f"<p{''.join(f' a{n}=1' for n in range(499))}>x"),
    "one long class": _repeated("related-{n} ", before=_HEAD + "<div class='", after=f"'>{_PARAGRAPHS}"),
    "one class of no spaces": _repeated("relatedComment", before=_HEAD + "<div class='", after=f"'>{_PARAGRAPHS}"),
    "distinct classes": _repeated("<p class=c{n}>some words"),
    "distinct classes of cues": _repeated("<div class='related-{n} comment{n}'>some words</div>"),
    "one long id": _repeated("a-", before=_HEAD + "<div id='", after=f"'>{_PARAGRAPHS}"),
    "one long address": _repeated("a/b?c=d&amp;", before=_HEAD + "<p>words <a href='/", after="'>a link</a>"),
    "one long style": _repeated("color:red;", before=_HEAD + "<p style='", after="'>words"),
    # Text
    "one word": _repeated("a", before=_HEAD + "<p>"),
    "one sentence after another": _repeated(_SENTENCE, before=_HEAD + "<p>"),
    "blanks": _repeated(" ", before=_HEAD + "<p>a", after="b"),
    "line ends": _repeated("\n", before=_HEAD + "<pre>a", after="b"),
    "Han without a mark": _repeated("快訊五月", before=_HEAD + "<p>"),
    "digits": _repeated("1", before=_HEAD + "<p>"),
    "digits and colons": _repeated("1:", before=_HEAD + "<p>"),
    "stamps in one text": _repeated("[2023/5/28 9:47:25] ", before=_HEAD + "<p>"),
    "stamps, a paragraph each": _repeated("<p>[2023/5/28 9:47:25]"),
    "colons": _repeated(": ", before=_HEAD + "<p>"),
    "a colon a line": _repeated("<p>Word: word"),
    "bars": _repeated("| ", before=_HEAD + "<p>"),
    "brackets": _repeated("[", before=_HEAD + "<p>"),
    "brackets, full width": _repeated("【", before=_HEAD + "<p>"),
    "round brackets": _repeated("((", before=_HEAD + "<p>"),
    "stars and underscores": _repeated("*a_b*_", before=_HEAD + "<p>"),
    "backticks": _repeated("` `` ", before=_HEAD + "<p>"),
    "backslashes": _repeated("\\", before=_HEAD + "<p>"),
    "addresses in the text": _repeated("https://example.org/{n} ", before=_HEAD + "<p>"),
    "dots": _repeated(".", before=_HEAD + "<p>"),
    "quotes": _repeated("“‘", before=_HEAD + "<p>"),
    "By a name": _repeated("<p>By Mary Miller"),
    "By in one text": _repeated("By Mary Miller ", before=_HEAD + "<p>"),
    "cue words": _repeated("read more related tags advertisement ", before=_HEAD + "<p>"),
    "cue words, a line each": _repeated("<p>Read more: Tags: Advertisement"),
    "capitals": _repeated("BERLIN ", before=_HEAD + "<p>"),
    "datelines": _repeated("<p>BERLIN, May 5 (Agency) - It was said that it was so."),
    "combining marks": _repeated("a\u0301\u0302", before=_HEAD + "<p>"),
    "right to left marks": _repeated("\u202ea\u202c", before=_HEAD + "<p>"),
    "entities": _repeated("&amp;", before=_HEAD + "<p>"),
    "broken entities": _repeated("&ampamp&#&#x&a", before=_HEAD + "<p>"),
    "numbered entities": _repeated("&#1114111;&#0;", before=_HEAD + "<p>"),
    "less-than signs": _repeated("<"),
    "comment never closed": _repeated("<!--"),
    "tag never closed": _repeated("<a "),
    "value never closed": _repeated("<b a='"),
    "after the end": _repeated("x</html>y"),
    "CDATA": _repeated("<![CDATA[x]]>"),
    "processing instructions": _repeated("<?a?>x"),
    "declarations of entities": _repeated('<!ENTITY a{n} "&a;&a;&a;">', before="<!DOCTYPE html [", after="]><p>&a1;"),
    # What the page says of itself
    "links": _repeated("<li><a href=/{n}.html>A headline of some words</a>", before=_HEAD + "<ul>"),
    "links in one text": _repeated("<a href=/{n}>a link</a> ", before=_HEAD + "<p>"),
    "flashes": _repeated(_STAMPED),
    "flashes in an essay": _repeated(_PARAGRAPHS + _STAMPED),
    "a live blog": _repeated(f"<h3>10:{{n}}</h3><p>{_SENTENCE}"),
    "metas": _repeated("<meta name=author content='Mary Miller {n}'>", before="<html><head>", after=_PARAGRAPHS),
    "metas of og": _repeated(
        "<meta property=og:title content='A title {n}'>", before="<html><head>", after=_PARAGRAPHS
    ),
    "titles": _repeated("<title>A title {n} | Site</title>", before="<html><head>", after=_PARAGRAPHS),
    "one long title": _repeated("A title | ", before="<html><head><title>", after="</title>" + _PARAGRAPHS),
    "link elements": _repeated("<link rel=canonical href=/{n}>", before="<html><head>", after=_PARAGRAPHS),
    "charsets": _repeated("<meta charset=x{n}>", before="", after=_PARAGRAPHS),
    "JSON-LD, one": _repeated(
        '{"@type":"Person","name":"N {n}"},',
        before=f'{_HEAD}<script type=application/ld+json>{{"@type":"Article","author":[',
        after=f"{{}}]}}</script>{_PARAGRAPHS}",
    ),
    "JSON-LD, nested": lambda size: (
        f"{_HEAD}<script type=application/ld+json>{'[' * (size // 2)}{']' * (size // 2)}</script>{_PARAGRAPHS}".encode()
    ),
    "JSON-LD, many": _repeated(
        '<script type=application/ld+json>{"@type":"NewsArticle","headline":"H {n}"}</script>', after=_PARAGRAPHS
    ),
    "JSON-LD, one long text": _repeated(
        _SENTENCE,
        before=f'{_HEAD}<script type=application/ld+json>{{"@type":"Article","articleBody":"',
        after='"}</script><p>Short.',
    ),
    "JSON-LD, broken": _repeated("{", before=f"{_HEAD}<script type=application/ld+json>", after="</script><p>x"),
    "an app's state": _repeated(
        '{"id":{n},"body":"<p>some words of it</p>"},',
        before=f'{_HEAD}<script id=__NEXT_DATA__ type=application/json>{{"props":[',
        after="{}]}</script><p>x",
    ),
    "an app's state, never called": _repeated(
        " ", before=_HEAD + "<script>window.__NUXT__=(function(a){return {b:a}}", after="x</script><p>x"
    ),
    "an app's state, broken": _repeated("{[", before=f"{_HEAD}<script>window.__STATE__=", after="</script><p>x"),
    "templates": _repeated(f"<template>{_PARAGRAPHS}</template>"),
    "noscripts": _repeated(f"<noscript>{_PARAGRAPHS}</noscript>"),
    "textareas": _repeated(f"<textarea>{_PARAGRAPHS}</textarea>"),
    # One thing for each of many others
    "headings of one cue": _repeated("<h2>Related</h2>", before=_ESSAY + "<div class=x>"),
    "linked headings of one cue": _repeated("<h2><a href=/{n}>Related</a></h2>", before=_ESSAY + "<div class=x>"),
    "headings of cues, nested": _repeated("<div class=x><h3>Related</h3>", before=_ESSAY),
    "runs of times": _repeated(f"<p>{_TIMES}" + f"<p>{_SENTENCE}" * 5),
    "runs of times, of a class": _repeated(f"<p class=a>{_TIMES}" + f"<p class=b>{_SENTENCE}" * 5),
    "code and formulas in one text": _repeated("<code>a</code> \\(x\\) ", before=_HEAD + "<p>"),
    "deep, then wide": _repeated("<p class=b>some words", before=_HEAD + "<div class=a>" * 1900),
    "deep comments, then wide": _repeated("<p><a href=/a>some words</a>", before=_ESSAY + "<div class=comment>" * 1900),
    "deep code, then wide": _repeated("<p>some words", before=_ESSAY + "<code>" * 1900),
    "deep formula, then wide": _repeated("<p>some words", before=_ESSAY + "<math>" * 1900),
    "pictures of no source": _repeated("<source><img>", before=_HEAD + "<picture>"),
    "pictures in one link": _repeated("<img src=/a{n}.png>", before=_ESSAY + "<a href=/x>", after=f"</a>{_PARAGRAPHS}"),
    "drawings of MathJax": _repeated("<script type=math/tex class=MathJax>x</script>", before=_HEAD + "<p>"),
    "drawings of KaTeX": lambda size: (
        f"{_HEAD}<p><span class=katex-mathml>{'<math><mi>x</mi></math>' * (size // 46)}</span>"
        f"<span class=katex-html>{'<b>x</b>' * (size // 16)}"
    ).encode(),
    "drawings of KaTeX, each in one": _repeated(
        "<b><span class=katex-mathml><math><mi>x</mi></math></span><span class=katex-html>y", before=_HEAD + "<p>"
    ),
    "a live blog, stated and shown": lambda size: (
        f'{_LIVE}<script type=application/ld+json>{{"@type":"LiveBlogPosting","liveBlogUpdate":['
        + ",".join(f'{{"datePublished":"2023-05-01T10:05Z","articleBody":"words {n}"}}' for n in range(size // 300))
        + "]}</script><div class=live-blog>"
        + "".join(f"<div><h3>10:05</h3><p>other {n} {_SENTENCE}</div>" for n in range(size // 300))
    ).encode(),
    "a live blog, an element each": _repeated(
        f"<div><h3>10:05</h3><p>{_SENTENCE}</div><div><h3>10:06</h3><p>{_SENTENCE}</div>",
        before=_LIVE + "<div class=live-blog>",
    ),
    "cards": _repeated("<div class=card><b>News</b><a href=/{n}>A headline of words</a><p>1 May 2023</p></div>"),
    "comments of readers": _repeated("<div class=comment><b>Ann</b><p>Good, I say</p><a href=#>Reply</a></div>"),
    "bylines": _repeated("<div class=byline><a href=/author/a{n}>Mary Miller</a> 5 May 2023</div>"),
    "forms of one field": _repeated("<form class=x><input type=email name=mail><button>Sign up</button></form>"),
    "fields of one form": _repeated("<input type=email>", before=_HEAD + "<form>", after="<p>x"),
    "kickers": _repeated(f"<p class=a>BRIEF | Boats to be added: {_SENTENCE}", before=_ESSAY),
    "figures": _repeated("<figure><img src=/{n}.png><figcaption>A caption</figcaption></figure>"),
    # Text dumps
    "dump: runs of times": _repeated(f"{_TIMES}\n".replace("<p class=a>", "\n") + f"{_SENTENCE}\n" * 5, before=""),
    "dump: lines": _repeated("A line of some words\n", before=""),
    "dump: one line": _repeated(_SENTENCE, before=""),
    "dump: one word": _repeated("a", before=""),
    "dump: short lines": _repeated("a\n", before=""),
    "dump: stamps": _repeated("[2023/5/28 9:47:25] Word: word\n", before=""),
    "dump: flashes": _repeated(f"{_SENTENCE}\nHollis Robotics to cut jobs\n5 May 10:12, agency says so. \n", before=""),
    "dump: cue words": _repeated("Read more: Tags: Advertisement\n", before=""),
    # Bytes
    "undeclared GBK": lambda size: ("今天上午，记者从有关部门了解到，工作已经展开。" * (size // 50 + 1)).encode("gbk"),
    "Latin bytes": lambda size: b"<p>" + b"\xe9t\xe9 " * (size // 5),
    "bad bytes, declared GBK": lambda size: b"<meta charset=gbk><p>" + b"\xff\xb0a" * (size // 3),
    "bad bytes, declared UTF-8": lambda size: b"<meta charset=utf-8><p>" + b"\xff\xe4a" * (size // 3),
    "ISO-2022-JP escapes": lambda size: b"<meta charset=iso-2022-jp><p>" + b"\x1b$B\x1b(B" * (size // 6),
    "NULs": lambda size: b"<p>text and more text, enough of it to be read as one" + b" word\0" * (size // 6),
    "terminal escapes": _repeated("\x1b[31mred ", before=_HEAD + "<p>"),
}
