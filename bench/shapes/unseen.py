"""What stands in a page beside its text: drawings, formulas, templates, frames, styles, scripts, forms."""

from __future__ import annotations

from typing import Final

from shapes.forms import ESSAY, HEAD, PARAGRAPHS, SENTENCE, Shape, repeated, within

SHAPES: Final[dict[str, Shape]] = {
    "drawings with texts": repeated("<svg><text>word</text><g><title>x</title></g></svg>"),
    "drawings with paragraphs in them": repeated(f"<svg><foreignObject><p>{SENTENCE}</p></foreignObject></svg>"),
    "drawings, nested": within("<svg><g>", "</g></svg>"),
    "a path of a drawing": repeated("M0 0L1 1", before=f"{HEAD}<svg><path d='", after=f"'></svg>{PARAGRAPHS}"),
    "formulas of MathML": repeated("<math><msup><mi>x</mi><mn>2</mn></msup></math> ", before=HEAD + "<p>"),
    "a formula, nested": within("<mrow><mfrac><mi>x</mi>", "</mfrac></mrow>", before=HEAD + "<p><math>"),
    "a formula, wide": repeated("<mi>x</mi><mo>+</mo>", before=HEAD + "<p><math>"),
    "a formula of many sources": repeated(
        "<annotation encoding=x>y</annotation>", before=HEAD + "<p>words <math><semantics><mi>x</mi>"
    ),
    "a table of formulas": repeated("<mtr><mtd><mi>x</mi></mtd></mtr>", before=HEAD + "<p><math><mtable>"),
    "markup within a formula": repeated("<math><p>x</math>"),
    "templates, nested": within("<template><p>", "</p></template>"),
    "shadow roots": repeated(f"<x-a><template shadowrootmode=open><slot></slot><p>{SENTENCE}</template>words</x-a>"),
    "slots": repeated("<slot name=a>words</slot>"),
    "frames": repeated("<frame src=/a{n}.html>", before="<html><frameset>"),
    "frames, nested": within("<frameset><frame>", "</frameset>", before="<html>"),
    "frames for readers without": repeated(f"<noframes>{PARAGRAPHS}</noframes>", before="<html><frameset>"),
    "inline frames": repeated(f"<iframe srcdoc='{PARAGRAPHS}'>words</iframe>"),
    "inline frames, nested": within("<iframe>", "</iframe>"),
    "noscript, nested": within("<noscript><p>", "</noscript>"),
    "noscript behind pictures": repeated("<img data-src=/a{n}.png><noscript><img src=/a{n}.png></noscript>"),
    "noscripts with many pictures": repeated("<noscript><img><img><img></noscript><img>", before=HEAD + "<p>"),
    "one noscript behind pictures": repeated("<img data-a=1><b></b>", before=HEAD + "<noscript>"),
    "rules of style": repeated(".c{n}{display:none}\n", before=f"{HEAD}<style>", after=f"</style>{PARAGRAPHS}"),
    "styles": repeated("<style>.c{n} > p:not(.x){{color:red}}</style><p class=c{n}>words"),
    "a style never closed": repeated("p{}", before=f"{HEAD}{PARAGRAPHS}<style>"),
    "hidden elements": repeated("<p style='display:none'>some words<p hidden>others"),
    "scripts within scripts": repeated("<script><!--<script>x</script>"),
    "a script never closed": repeated("<script>", before=f"{HEAD}{PARAGRAPHS}<script>"),
    "a text field never closed": repeated("<p>x", before=f"{HEAD}{PARAGRAPHS}<textarea>"),
    "a title never closed": repeated("<p>x", before="<html><head><title>A title"),
    "plain text": repeated("<p>x", before=f"{HEAD}{PARAGRAPHS}<plaintext>"),
    "choices": repeated("<option value={n}>A choice", before=f"{ESSAY}<select>"),
    "choices, nested": repeated("<select><optgroup label=x><option>a", before=ESSAY),
    "tasks": repeated("<li><input type=checkbox disabled checked> a task", before=HEAD + "<ul>"),
    "pictures of data": repeated(
        "iVBORw0KGgo", before=f"{HEAD}{PARAGRAPHS}<img src='data:image/png;base64,", after=f"'>{PARAGRAPHS}"
    ),
    "links of data": repeated("<a href='data:text/html,<script>alert({n})</script>'>words</a> ", before=HEAD + "<p>"),
    "sets of sources": repeated("/a{n}.png {n}w, ", before=f"{HEAD}{PARAGRAPHS}<img srcset='", after=f"'>{PARAGRAPHS}"),
    "sources with sets": repeated("<source srcset='/a{n}.png 1x, /b{n}.png 2x'>", before=f"{ESSAY}<picture>"),
    "pictures with sets": repeated("<picture><source srcset='/a{n}.png 2x'><img src=/{n}.png alt=x></picture>"),
    "conditional comments": repeated("<!--[if IE]><p>x<![endif]--><!--[if !IE]>-->y<!--<![endif]-->"),
    "comments of dashes": repeated("-", before=f"{HEAD}<!--", after=f"-->{PARAGRAPHS}"),
    "comments that end at once": repeated("<!--><!---><!-- --!>x"),
    "instructions never closed": repeated("<?xml x", before=HEAD),
    "declarations": repeated("<!x><!DOCTYPE html><!ELEMENT a>y"),
    "readings": repeated("<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>", before=HEAD + "<p>"),
    "readings, nested": within("<ruby>a<rt>", "</rt></ruby>", before=HEAD + "<p>"),
    "readings of one": repeated("<rt>x", before=HEAD + "<p><ruby>a"),
    "quotations, nested": within("<q>", "</q>", before=HEAD + "<p>"),
    "deep, then quotations": repeated("<q>x</q>", before=HEAD + "<div>" * 1900),
    "deep, then readings": repeated("<ruby>a<rt>x</rt></ruby>", before=HEAD + "<div>" * 1900),
    "deep, then pictures in links": repeated("<a href=/x><img src=/a{n}.png></a>", before=HEAD + "<div>" * 1900),
    "deep, then formulas": repeated("<math><mi>x</mi></math>", before=HEAD + "<div>" * 1900),
}
