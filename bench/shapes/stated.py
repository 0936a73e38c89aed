"""What a page says of itself, and of other pages."""

from __future__ import annotations

import json
from typing import Final

from shapes.forms import ESSAY, HEAD, PARAGRAPHS, SCRIPT, SENTENCE, STAMPED, Shape, repeated, within

SHAPES: Final[dict[str, Shape]] = {
    "links": repeated("<li><a href=/{n}.html>A headline of some words</a>", before=HEAD + "<ul>"),
    "links in one text": repeated("<a href=/{n}>a link</a> ", before=HEAD + "<p>"),
    "flashes": repeated(STAMPED),
    "flashes in an essay": repeated(PARAGRAPHS + STAMPED),
    "a live blog": repeated(f"<h3>10:{{n}}</h3><p>{SENTENCE}"),
    "metas": repeated("<meta name=author content='Mary Miller {n}'>", before="<html><head>", after=PARAGRAPHS),
    "metas of og": repeated("<meta property=og:title content='A title {n}'>", before="<html><head>", after=PARAGRAPHS),
    "titles": repeated("<title>A title {n} | Site</title>", before="<html><head>", after=PARAGRAPHS),
    "one long title": repeated("A title | ", before="<html><head><title>", after="</title>" + PARAGRAPHS),
    "link elements": repeated("<link rel=canonical href=/{n}>", before="<html><head>", after=PARAGRAPHS),
    "charsets": repeated("<meta charset=x{n}>", before="", after=PARAGRAPHS),
    "JSON-LD, one": repeated(
        '{"@type":"Person","name":"N {n}"},',
        before=f'{HEAD}<script type=application/ld+json>{{"@type":"Article","author":[',
        after=f"{{}}]}}</script>{PARAGRAPHS}",
    ),
    "JSON-LD, nested": lambda size: (
        f"{HEAD}<script type=application/ld+json>{'[' * (size // 2)}{']' * (size // 2)}</script>{PARAGRAPHS}".encode()
    ),
    "JSON-LD, many": repeated(
        '<script type=application/ld+json>{"@type":"NewsArticle","headline":"H {n}"}</script>', after=PARAGRAPHS
    ),
    "JSON-LD, one long text": repeated(
        SENTENCE,
        before=f'{HEAD}<script type=application/ld+json>{{"@type":"Article","articleBody":"',
        after='"}</script><p>Short.',
    ),
    "JSON-LD, broken": repeated("{", before=f"{HEAD}<script type=application/ld+json>", after="</script><p>x"),
    "an app's state": repeated(
        '{"id":{n},"body":"<p>some words of it</p>"},',
        before=f'{HEAD}<script id=__NEXT_DATA__ type=application/json>{{"props":[',
        after="{}]}</script><p>x",
    ),
    "an app's state, never called": repeated(
        " ", before=HEAD + "<script>window.__NUXT__=(function(a){return {b:a}}", after="x</script><p>x"
    ),
    "an app's state, broken": repeated("{[", before=f"{HEAD}<script>window.__STATE__=", after="</script><p>x"),
    "templates": repeated(f"<template>{PARAGRAPHS}</template>"),
    "noscripts": repeated(f"<noscript>{PARAGRAPHS}</noscript>"),
    "textareas": repeated(f"<textarea>{PARAGRAPHS}</textarea>"),
    "JSON-LD, dicts nested": within('{"a":', "}", before=SCRIPT, after=f"</script>{PARAGRAPHS}", inner="1"),
    "JSON-LD, graphs in graphs": within('{"@graph":[', "]}", before=SCRIPT, after=f"</script>{PARAGRAPHS}", inner="1"),
    "JSON-LD, a graph": repeated(
        '{"@type":"Article","@id":"#{n}","author":{"@id":"#{n}"},"headline":"H {n}"},',
        before=SCRIPT + '{"@graph":[',
        after=f"{{}}]}}</script>{PARAGRAPHS}",
    ),
    "JSON-LD, keys": repeated('"k{n}":1,', before=SCRIPT + "{", after=f'"a":1}}</script>{PARAGRAPHS}'),
    "JSON-LD, one number": repeated(
        "9", before=SCRIPT + '{"@type":"Article","wordCount":', after=f"}}</script>{PARAGRAPHS}"
    ),
    "JSON-LD, exponents": repeated(
        "1e99999,", before=SCRIPT + '{"@type":"Article","a":[', after=f"1]}}</script>{PARAGRAPHS}"
    ),
    "JSON-LD, halves of characters": repeated(
        "\\ud800 x ", before=SCRIPT + '{"@type":"Article","headline":"', after=f'"}}</script>{PARAGRAPHS}'
    ),
    "JSON-LD, escapes": repeated(
        "\\u0041\\u0000", before=SCRIPT + '{"@type":"Article","articleBody":"', after='"}</script><p>x'
    ),
    "JSON-LD, line ends in texts": repeated(
        "words of it\n", before=SCRIPT + '{"@type":"Article","articleBody":"', after='"}</script><p>x'
    ),
    "JSON-LD, markup in a text": repeated(
        "<p>words of it<div>", before=SCRIPT + '{"@type":"Article","articleBody":"', after='"}</script><p>x'
    ),
    "JSON-LD, dates": repeated(
        '"2023-05-28T09:47:25Z",',
        before=SCRIPT + '{"@type":"Article","datePublished":[',
        after=f'""]}}</script>{PARAGRAPHS}',
    ),
    "an app's state, nested": within(
        '{"props":',
        "}",
        before=f"{HEAD}<script id=__NEXT_DATA__ type=application/json>",
        after="</script><p>x",
        inner="1",
    ),
    "an app's state, pushed": repeated('<script>self.__next_f.push([1,"{n}:[words of it]"])</script>', after="<p>x"),
    "an app's state, called": lambda size: (
        f"{HEAD}<script>window.__NUXT__=(function({','.join(f'a{n}' for n in range(size // 16))})"
        f"{{return {{b:[{','.join(f'a{n}' for n in range(size // 16))}]}}}}({','.join(['1'] * (size // 16))}))"
        "</script><p>x"
    ).encode(),
    "an app's state in an app's state": lambda size: _within_itself(size).encode(),
    "an app's state of references": repeated(
        '"A:{n}":{"__ref":"A:{n}","content":{"__ref":"A:1"}},',
        before=HEAD + "<script>window.__APOLLO_STATE__={",
        after='"a":1}</script><p>x',
    ),
    "states in attributes": repeated(
        "<div data-page='{&quot;a&quot;:&quot;some words of it, and more&quot;}'></div>", after="<p>x"
    ),
    "a state in one attribute": repeated(
        "{&quot;body&quot;:&quot;<p>some words of it</p>&quot;},",
        before=HEAD + "<div data-page='{&quot;props&quot;:[",
        after="{}]}'></div><p>x",
    ),
    "items of microdata": repeated(
        "<div itemscope itemtype=https://schema.org/Article><b itemprop=headline>H {n}</b></div>"
    ),
    "items of microdata, nested": repeated("<div itemscope itemprop=author itemtype=https://schema.org/Person>x"),
    "properties of one item": repeated(
        "<b itemprop=author>Mary {n}</b> ", before=HEAD + "<div itemscope itemtype=https://schema.org/Article>"
    ),
    "properties of RDFa": repeated("<b property=schema:author typeof=Person>Mary {n}</b> "),
    "metas of dates": repeated(
        "<meta property=article:published_time content=2023-05-28T09:47:25Z>", before="<html><head>", after=PARAGRAPHS
    ),
    "metas of descriptions": repeated(
        f"<meta name=description content='{SENTENCE}{{n}}'>", before="<html><head>", after=PARAGRAPHS
    ),
    "one long description": repeated(
        SENTENCE, before="<html><head><meta name=description content='", after=f"'>{PARAGRAPHS}"
    ),
    "one long author": repeated(
        "Mary Miller and ", before="<html><head><meta name=author content='", after=f"'>{PARAGRAPHS}"
    ),
    "one long date": repeated("5 May ", before="<html><head><meta name=date content='", after=f"'>{PARAGRAPHS}"),
    "languages": repeated("<link rel=alternate hreflang=x{n} href=/{n}>", before="<html><head>", after=PARAGRAPHS),
    "bases": repeated("<base href=/{n}/><a href=x>y</a> "),
    "licences": repeated("<a rel=license href=/{n}>CC</a> ", before=ESSAY),
    "pages that come next": repeated("<a rel=next href=?page={n}>{n}</a> ", before=ESSAY),
    "authors by links": repeated("<a rel=author href=/a{n}>Mary {n}</a> ", before=ESSAY),
    "times": repeated("<time datetime=2023-05-28T09:47>{n}</time> ", before=ESSAY + "<p>"),
    "times, a paragraph each": repeated("<p><time datetime=2023-05-28T09:47>5 May 2023</time>", before=ESSAY),
    "addresses": repeated("<address>By <a href=/a{n}>Mary Miller</a></address>", before=ESSAY),
    "documents in documents": repeated("<!doctype html><html lang=en class=a{n}><head><title>x</title><body><p>y"),
}


def _within_itself(size: int) -> str:
    """A state that keeps itself as a text, over and over: each time its escapes double."""
    state = '{"body":"<p>some words of it</p>"}'
    while len(state) < size - 200:
        state = json.dumps({"body": state})
    return f"{HEAD}<script id=__NEXT_DATA__ type=application/json>{state}</script><p>x"
