"""A page that shows no essay: its article is read from what keeps it for the scripts."""

from __future__ import annotations

import json
from base64 import b64encode
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import declutter
from declutter import Document, Label
from declutter.stored import find_stored

TITLE = "Die letzten Wärter"
PARAGRAPHS = (
    "Die Wärter des nördlichen Feuers wussten immer, dass die Lampe älter war als der Turm. Sie sagten es allen.",
    "Im Winter des großen Eises fror das Meer bis an die Schären zu. Lange kam niemand, die Lampe brannte mit Tran.",
    "Als das Schiff endlich kam, fand sein Kapitän drei Männer beim Spiel im Licht der Linse. Sie sahen nicht auf.",
    "Was verloren ging, als man die Lampe löschte, ist schwerer zu sagen als das Gewonnene. Ein Horizont, vielleicht.",
)
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
OTHER = {"title": "Ein anderer Text", "slug": "anderer", "body": MARKUP.replace("Lampe", "Glocke") * 2}


def page(body: str = "", head: str = "") -> str:
    return (
        f'<!doctype html><html lang="de"><head><title>{TITLE} | Der Bote</title>{head}</head><body>'
        f'<nav><a href="/">Start</a> <a href="/n">Neues</a></nav><div id="root"></div>{body}<footer>© Der Bote</footer>'
    )


def state(value: object, *, opening: str = '<script type="application/json">') -> str:
    return page(f"{opening}{json.dumps(value)}</script>")


def code(text: str) -> str:
    return page(f"<script>{text}</script>")


def stream(rows: str) -> str:
    return code(f"self.__next_f.push([1,{json.dumps(rows)}])")


ARTICLE = {"title": TITLE, "slug": "waerter", "body": MARKUP}
ROWS = [["$", "h1", None, {"children": TITLE}], *(["$", "p", None, {"children": text}] for text in PARAGRAPHS)]
SET = {"dangerouslySetInnerHTML": {"__html": MARKUP}}
PAGES = {
    "articleBody": page(
        head='<script type="application/ld+json">'
        + json.dumps({"@graph": [{"@type": "NewsArticle", "headline": TITLE, "articleBody": "\n".join(PARAGRAPHS)}]})
        + "</script>"
    ),
    "Next": state(
        {"props": {"pageProps": {"article": ARTICLE, "more": [OTHER]}}},
        opening='<script id="__NEXT_DATA__" type="application/json">',
    ),
    "Next's stream": stream("1:" + json.dumps(["$", "main", None, {"children": ROWS}])),
    "Next's stream of texts": stream(
        f"2:T{len(MARKUP.encode()):x},{MARKUP}3:" + json.dumps({"article": {"title": TITLE, "body": "$2"}})
    ),
    "HTML that React sets": stream(
        "1:" + json.dumps(["$", "main", None, {"children": [["$", "div", None, SET]]}])
    ),
    "Next's stream, in pieces": page(
        f"<script>self.__next_f.push([1,'2:T{len(MARKUP.encode()):x},'])</script>"
        f"<script>self.__next_f.push([1,{json.dumps(MARKUP)}])</script>"
        "<script>self.__next_f.push([1,"
        + json.dumps(
            "3:"
            + json.dumps(
                ["$", "main", None, {"children": [
                    ["$", "h1", None, {"children": TITLE}],
                    ["$", "div", None, {"dangerouslySetInnerHTML": {"__html": "$2"}}],
                ]}]
            )
        )
        + "])</script>"
    ),
    "Nuxt 2": code(
        "window.__NUXT__=(function(a,b){return {data:[{post:{title:a,slug:'x',body:b}}],serverRendered:!0}}("
        + json.dumps(TITLE)
        + ","
        + json.dumps(MARKUP).replace("<", "\\u003C")
        + "));"
    ),
    "Nuxt 3": state(
        [["ShallowReactive", 1], {"data": 2}, {"post": 3}, {"title": 4, "body": 5, "slug": 6}, TITLE, MARKUP, "x"],
        opening='<script type="application/json" id="__NUXT_DATA__">',
    ),
    "Apollo": code(
        "window.__APOLLO_STATE__ = "
        + json.dumps(
            {
                "ROOT_QUERY": {"article": {"__ref": "Article:1"}},
                "Article:1": {"title": TITLE, 'body({"as":"tree"})': [{"__ref": f"Text:{n}"} for n in range(4)]},
                **{f"Text:{n}": {"__typename": "Paragraph", "text": text} for n, text in enumerate(PARAGRAPHS)},
            }
        )
    ),
    "a text parsed": code(f"window.__INITIAL_STATE__=JSON.parse({json.dumps(json.dumps({'article': ARTICLE}))})"),
    "a state in a state": state({"cache": {"key": json.dumps({"article": ARTICLE})}}),
    "Angular": page(
        '<script id="app-state" type="application/json">'
        + json.dumps({"a": ARTICLE}).replace('"', "&q;").replace("<", "&l;").replace(">", "&g;")
        + "</script>"
    ),
    "a body named for its format": state({"article": {"headline": TITLE, "articleBodyHtml": MARKUP}}),
    "names without quotes": code(f"var post = {{title: '{TITLE}', /* new */ content: '{MARKUP}', draft: undefined,}};"),
    "a text packed": code(f"window.__STATE__=JSON.parse(atob('{b64encode(json.dumps(ARTICLE).encode()).decode()}'))"),
    "Remix": code("window.__remixContext = " + json.dumps({"state": {"loaderData": {"routes/x": {"post": ARTICLE}}}})),
    "React Router": code(
        "window.__reactRouterContext.streamController.enqueue("
        + json.dumps(json.dumps([{"_1": 2}, "post", {"_3": 4, "_5": 6}, "title", TITLE, "body", MARKUP]))
        + ");"
    ),
    "SvelteKit": code(
        "Promise.all([import('/a.js')]).then(([kit,app])=>{kit.start(app,element,{node_ids:[0,2],data:[null,"
        f"{{type:'data',data:{{post:{{title:'{TITLE}',slug:'x',body:'{MARKUP}'}}}},uses:{{}}}}],form:null}});}});"
    ),
    "Ember": state({"post": ARTICLE}, opening='<script type="fastboot/shoebox">'),
    "Gatsby": code(
        "window.pageData="
        + json.dumps({"result": {"data": {"markdownRemark": {"frontmatter": {"title": TITLE}, "html": MARKUP}}}})
    ),
    "Inertia": page(f'<div data-page="{escape(json.dumps({"props": {"post": ARTICLE}}))}"></div>'),
    "Astro": page(
        '<astro-island props="'
        + escape(json.dumps({"post": [0, {"title": [0, TITLE], "slug": [0, "x"], "body": [0, MARKUP]}]}))
        + '"></astro-island>'
    ),
    "template": page(f"<template><h1>{TITLE}</h1>{MARKUP}</template>"),
    "textarea": page(f"<textarea>{escape(MARKUP)}</textarea>"),
    "noframes": f"<html><title>{TITLE}</title><frameset><frame src=a><noframes><body>{MARKUP}</noframes></frameset>",
    "script template": page(f'<script type="text/x-template">{MARKUP}</script>'),
    "noscript": page(f"<noscript>{MARKUP}</noscript>"),
}  # fmt: skip
SOURCES = {
    "articleBody": "json-ld",
    "template": "template",
    "textarea": "template",
    "noframes": "template",
    "script template": "template",
    "noscript": "noscript",
}


@pytest.mark.parametrize("name", PAGES)
def test_an_article_out_of_sight_is_the_essay_and_says_where_it_was(name: str) -> None:
    document = declutter.extract(PAGES[name])

    assert tuple(document.text.split("\n")) == PARAGRAPHS
    assert document.essay_source == SOURCES.get(name, "state")
    assert document.title == TITLE


def test_its_blocks_follow_the_visible_ones_and_name_what_keeps_them() -> None:
    source = PAGES["Next"]
    document = declutter.extract(source)
    tree = etree.fromstring(source, etree.HTMLParser())

    shown = [block.text for block in document.blocks if block.label is Label.CHROME]
    assert shown == ["Start Neues", "© Der Bote"]
    assert [block.index for block in document.blocks] == list(range(len(document.blocks)))
    for block in document.blocks:
        if block.label is Label.BODY:
            assert [found.get("id") for found in tree.xpath(block.xpath or "")] == ["__NEXT_DATA__"]


def test_a_page_that_shows_its_essay_is_read_as_it_is_shown() -> None:
    other = "".join(f"<p>{paragraph.replace('Lampe', 'Glocke')}</p>" for paragraph in PARAGRAPHS)
    data = json.dumps({"headline": TITLE, "articleBody": MARKUP * 3})

    document = declutter.extract(
        page(f"<article><h1>{TITLE}</h1>{other}</article><script type='application/ld+json'>{data}</script>")
    )

    assert document.essay_source == "page"
    assert "Glocke" in document.text
    assert "Lampe" not in document.text


def test_a_brief_is_not_replaced_by_its_own_copy() -> None:
    data = json.dumps({"headline": TITLE, "articleBody": " ".join(PARAGRAPHS[:2])})
    shown = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS[:2])

    document = declutter.extract(page(f"<h1>{TITLE}</h1>{shown}<script type='application/ld+json'>{data}</script>"))

    assert document.essay_source == "page"


def test_the_article_of_the_page_s_name_is_taken_before_a_longer_one() -> None:
    document = declutter.extract(state({"list": [OTHER, ARTICLE, OTHER]}))

    assert tuple(document.text.split("\n")) == PARAGRAPHS


def test_of_several_articles_without_the_page_s_name_none_is_the_page_s() -> None:
    several = [{"title": f"Text {n}", "slug": str(n), "body": MARKUP} for n in range(5)]

    assert declutter.extract(state({"posts": several})).text == ""


@pytest.mark.parametrize(
    "value",
    [
        {"cookies": {"title": "Cookies", "body": MARKUP}},
        {"article": {"title": TITLE, "slug": "x", "body": "function(){return 1;};" * 40}},
        {"article": {"title": TITLE, "slug": "x", "body": "Zu kurz. Viel zu kurz."}},
        {"labels": {f"label{n}": "Weiter. Zurück." for n in range(50)}},
    ],
    ids=["a notice", "code", "a teaser", "an interface's texts"],
)
def test_what_is_no_article_stays_where_it_is(value: object) -> None:
    document = declutter.extract(state(value))

    assert document.text == ""
    assert document.essay_source == "page"


def prose_mirror(kind: str, *content: dict[str, object], **attributes: object) -> dict[str, object]:
    return {"type": kind, "attrs": attributes, "content": list(content)}


def portable(style: str, *spans: str | tuple[str, str], **more: str) -> dict[str, object]:
    children = [
        {"_type": "span", "text": span}
        if isinstance(span, str)
        else {"_type": "span", "text": span[0], "marks": [span[1]]}
        for span in spans
    ]
    return {"_type": "block", "style": style, "children": children, **more}


def contentful(kind: str, *content: object) -> dict[str, object]:
    return {
        "nodeType": kind,
        "content": [{"nodeType": "text", "value": part} if isinstance(part, str) else part for part in content],
    }


def run(text: str, *marks: dict[str, object]) -> dict[str, object]:
    return {"type": "text", "text": text, "marks": list(marks)}


BOLD = {"nodeType": "text", "value": "fror", "marks": [{"type": "bold"}]}
LINK = {"type": "link", "attrs": {"href": "https://a.example/"}}
TREES: dict[str, object] = {
    "ProseMirror": prose_mirror(
        "doc",
        prose_mirror("heading", run("Eis"), level=3),
        prose_mirror("paragraph", run("Das Meer "), run("fror", {"type": "bold"}), run(" zu."), run("Karte", LINK)),
        prose_mirror("bulletList", prose_mirror("listItem", prose_mirror("paragraph", run("Tran")))),
    ),
    "Portable Text": [
        portable("h3", "Eis"),
        portable("normal", "Das Meer ", ("fror", "strong"), " zu."),
        portable("normal", "Tran", listItem="bullet"),
    ],
    "Contentful": {
        "json": contentful(
            "document",
            contentful("heading-3", "Eis"),
            contentful("paragraph", "Das Meer ", BOLD, " zu."),
            contentful("unordered-list", contentful("list-item", contentful("paragraph", "Tran"))),
        )
    },
    "Slate": [
        {"type": "heading-three", "children": [{"text": "Eis"}]},
        {"type": "paragraph", "children": [{"text": "Das Meer "}, {"text": "fror", "bold": True}, {"text": " zu."}]},
        {"type": "bulleted-list", "children": [{"type": "list-item", "children": [{"text": "Tran"}]}]},
    ],
    "Editor.js": {
        "blocks": [
            {"type": "header", "data": {"text": "Eis", "level": 3}},
            {"type": "paragraph", "data": {"text": "Das Meer <b>fror</b> zu."}},
            {"type": "list", "data": {"style": "unordered", "items": ["Tran"]}},
        ]
    },
    "Arc": [
        {"type": "header", "level": 3, "content": "Eis"},
        {"type": "text", "content": "Das Meer <b>fror</b> zu."},
        {"type": "interstitial_link", "content": "Lesen Sie auch: Nebel"},
        {"type": "list", "list_type": "unordered", "items": [{"type": "text", "content": "Tran"}]},
    ],
    "Gutenberg": [
        {"blockName": "core/heading", "innerHTML": "<h3>Eis</h3>"},
        {"blockName": "core/paragraph", "innerHTML": "<p>Das Meer <b>fror</b> zu.</p>"},
        {"blockName": "core/list", "innerHTML": "<ul><li>Tran</li></ul>"},
    ],
    "Lexical": {
        "root": {
            "type": "root",
            "children": [
                {"type": "heading", "tag": "h3", "children": [{"type": "text", "text": "Eis"}]},
                {
                    "type": "paragraph",
                    "children": [
                        {"type": "text", "text": "Das Meer "},
                        {"type": "text", "text": "fror", "format": 1},
                        {"type": "text", "text": " zu.", "format": 0},
                    ],
                },
                {
                    "type": "list",
                    "listType": "bullet",
                    "children": [{"type": "listitem", "children": [{"type": "text", "text": "Tran"}]}],
                },
            ],
        }
    },
    "Quill": {
        "ops": [
            {"insert": "Eis"},
            {"insert": "\n", "attributes": {"header": 3}},
            {"insert": "Das Meer "},
            {"insert": "fror", "attributes": {"bold": True}},
            {"insert": " zu.\nTran"},
            {"insert": "\n", "attributes": {"list": "bullet"}},
            {"insert": {"video": "https://v.example/"}},
        ]
    },
    "Draft.js": {
        "blocks": [
            {"type": "header-three", "text": "Eis"},
            {"type": "unstyled", "text": "Das Meer fror zu."},
            {"type": "unordered-list-item", "text": "Tran"},
        ]
    },
}


@pytest.mark.parametrize("name", TREES)
def test_the_trees_of_content_systems_keep_their_shape(name: str) -> None:
    rest = [portable("normal", text) for text in PARAGRAPHS]

    document = declutter.extract(state({"title": TITLE, "content": [TREES[name], rest]}))

    lines = [line for line in document.markdown.replace("[Karte](https://a.example/)", "").split("\n") if line]
    sea = "Das Meer fror zu." if name == "Draft.js" else "Das Meer **fror** zu."
    assert lines == ["### Eis", sea, "- Tran", *PARAGRAPHS]


WRITTEN = {"publishedAt": "2024-03-05T10:00:00Z", "updatedAt": "2024-03-06"}
TOLD: dict[str, object] = {
    "flat": {**ARTICLE, "published": True, **WRITTEN, "author": {"name": "Jana Fluss"}, "category": {"title": "Reise"}},
    "WordPress by GraphQL": {
        "title": TITLE, "content": MARKUP, "date": "2024-03-05T10:00:00Z", "modified": "2024-03-06",
        "author": {"node": {"name": "Jana Fluss"}}, "section": "Reise",
    },
    "Strapi": {
        "attributes": {
            **ARTICLE, **WRITTEN, "section": "Reise",
            "authors": {"data": [{"attributes": {"firstName": "Jana", "lastName": "Fluss"}}]},
        }
    },
    "Contentful": {
        "sys": {"createdAt": "2024-03-05T10:00:00Z", "updatedAt": "2024-03-06"},
        "fields": {**ARTICLE, "author": {"fields": {"name": "Jana Fluss"}}, "category": "Reise"},
    },
    "seconds since 1970": {
        **ARTICLE, "published": 1709632800000, "modified": "2024-03-06", "byline": "Von Jana Fluss", "section": "Reise",
    },
    "Arc": {
        "headlines": {"basic": TITLE}, "content_elements": [{"type": "text", "content": text} for text in PARAGRAPHS],
        "display_date": "2024-03-05T10:00:00Z", "last_updated_date": "2024-03-06",
        "credits": {"by": [{"name": "Jana Fluss"}]}, "taxonomy": {"primary_section": {"name": "Reise"}},
    },
    "a cache": {
        "Author:7": {"name": "Jana Fluss"},
        "Article:1": {**ARTICLE, **WRITTEN, "author": {"__ref": "Author:7"}, "section": "Reise"},
    },
}  # fmt: skip


@pytest.mark.parametrize("name", TOLD)
def test_a_stored_article_s_author_dates_and_section_are_read_with_it(name: str) -> None:
    document = declutter.extract(state({"data": TOLD[name]}))

    assert document.authors == ("Jana Fluss",)
    assert document.published == "2024-03-05T10:00:00Z"
    assert document.modified == "2024-03-06"
    assert document.section == "Reise"
    assert document.metadata.sources["published"].source == "state"


def test_what_the_page_declares_of_itself_counts_before_a_state_s() -> None:
    source = state({"article": {**ARTICLE, **WRITTEN}})

    document = declutter.extract(
        source.replace("<head>", '<head><meta property="article:published_time" content="2024-01-01T00:00:00Z">')
    )

    assert document.published == "2024-01-01T00:00:00Z"


@pytest.mark.parametrize("name", ["markdown", "body", "articleBody"])
def test_stored_markdown_keeps_its_shape(name: str) -> None:
    written = "\n\n".join(
        [
            "### Eis",
            PARAGRAPHS[0],
            "- Tran\n- **Licht**",
            f"> {PARAGRAPHS[1]}",
            f"{PARAGRAPHS[2]} [Karte](https://a.example/)",
        ]
    )

    assert declutter.extract(state({"title": TITLE, "slug": "x", name: written})).markdown == written


def test_stored_text_with_a_dash_or_two_stays_text() -> None:
    lines = [PARAGRAPHS[0], "- so sagten sie -", *PARAGRAPHS[1:]]

    document = declutter.extract(state({"title": TITLE, "slug": "x", "body": "\n\n".join(lines)}))

    assert document.text.split("\n") == lines


def test_pictures_of_a_stored_article_come_with_it() -> None:
    picture = {"type": "image", "attrs": {"src": "/eis.jpg", "alt": "Eis", "caption": "Das Meer im März"}}

    document = declutter.extract(
        state({"title": TITLE, "body": [*PARAGRAPHS, picture, *PARAGRAPHS]}), url="https://bote.example/w"
    )

    assert [(image.url, image.alt, image.caption) for image in document.images] == [
        ("https://bote.example/eis.jpg", "Eis", "Das Meer im März")
    ]


def test_json_tells_where_the_essay_stood() -> None:
    assert json.loads(declutter.extract(PAGES["Next"]).to_json())["essay_source"] == "state"


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just(MARKUP),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "content",
                    "children",
                    "text",
                    "title",
                    "body",
                    "marks",
                    "attrs",
                    "level",
                    "items",
                    "data",
                    "__ref",
                    "style",
                    "src",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=15,
)


@given(JSON_VALUES, st.sampled_from(["__NUXT_DATA__", "x"]))
@settings(max_examples=50)
def test_data_of_any_shape_does_no_harm(value: object, ident: str) -> None:
    written = json.dumps([value, value, {"title": TITLE, "body": value}]).replace("<", "\\u003c")

    document = declutter.extract(
        state(None).replace("null", written + " " * 240).replace("<script ", f"<script id={ident} ")
    )

    assert isinstance(document, Document)


HOSTILE = {
    "assignments": "a={" * 5000,
    "depth": "a=" + "[" * 100_000,
    "open texts": "a={b:'" * 3000,
    "comments": "/*" * 50_000 + "a={",
    "functions": "a=(function(a){return {" * 2000,
    "pushes": "__next_f.push([" * 3000,
    "rows that double": "__next_f.push([1,"
    + json.dumps("".join(f'{n:x}:["$","p",null,{{"children":["${n + 1:x}","${n + 1:x}"]}}]' for n in range(90)))
    + "])",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=list(HOSTILE))
def test_hostile_code_is_passed_over(text: str) -> None:
    root = etree.fromstring(code(text), etree.HTMLParser(huge_tree=True))

    assert find_stored(root, title=TITLE) is None


@pytest.mark.parametrize(
    "hidden",
    [
        '<div style="display:none">{}</div>',
        "<article hidden>{}</article>",
        '<div aria-hidden="true" style="visibility:hidden">{}</div>',
        '<x-story><template shadowrootmode="open">{}</template></x-story>',
    ],
)
def test_an_article_that_scripts_are_to_reveal_is_found(hidden: str) -> None:
    assert tuple(declutter.extract(page(hidden.format(MARKUP))).text.split("\n")) == PARAGRAPHS


@pytest.mark.parametrize("written", ["Die Wärter &amp; ihr Licht", "Die <em>Wärter</em> & ihr Licht"])
def test_a_stored_headline_is_read_without_its_entities_and_tags(written: str) -> None:
    document = declutter.extract(state({"post": {"title": written, "slug": "x", "body": MARKUP}}))

    assert "Die Wärter & ihr Licht" in [block.text for block in document.blocks]
