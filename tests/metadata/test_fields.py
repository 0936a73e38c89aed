"""The other fields: site, section, language, addresses, keywords; each says where it came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import declutter
from declutter.metadata import EMPTY_HEAD, complete
from declutter.model import Label, Metadata
from declutter.outline import Outline

from .pages import head_of, json_ld, linked, metadata_of, of_lines, page


def test_nothing_gives_nothing() -> None:
    assert complete(EMPTY_HEAD, (), Outline()) == Metadata()


def test_addresses_are_absolute() -> None:
    head = (
        '<link rel="canonical" href="/story"><link rel="amphtml" href="/story/amp"><link rel="next" href="?page=2">'
        '<link rel="alternate" media="print" href="/story/print"><meta property="og:image" content="/river.jpg">'
        '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
    )

    metadata = metadata_of(head, url="https://herald.example/news/story")

    assert metadata.canonical == "https://herald.example/story"
    assert metadata.amp == "https://herald.example/story/amp"
    assert metadata.next_page == "https://herald.example/news/story?page=2"
    assert metadata.printable == "https://herald.example/story/print"
    assert metadata.image == "https://herald.example/river.jpg"
    assert metadata.licence == "https://creativecommons.org/licenses/by/4.0/"


def test_the_site_is_declared_or_the_part_of_the_page_title_that_its_address_names() -> None:
    assert metadata_of('<meta property="og:site_name" content="The Herald">').site == "The Herald"
    assert metadata_of("<title>Rivers rise - Herald</title>").site == "Herald"
    assert (
        metadata_of("<title>Rivers rise — The Herald</title>", url="https://theherald.example/a").site == "The Herald"
    )


@pytest.mark.parametrize(
    ("title", "site"),
    [
        ("Rivers rise – Öarnas blad", "Öarnas blad"),
        ("Rivers rise | News | Valley Post", "Valley Post"),
        ("Herald: Rivers rise", "Herald"),
        ("Analysis: Rivers rise", None),
        ("Rivers rise", None),
    ],
)
def test_what_the_page_title_adds_to_the_headline_is_the_site(title: str, site: str | None) -> None:
    assert metadata_of(f"<title>{title}</title>", "<h1>Rivers rise</h1>").site == site


def test_a_licence_may_be_a_name() -> None:
    assert metadata_of('<meta name="dc.rights" content="CC BY 4.0">').licence == "CC BY 4.0"
    assert metadata_of('<meta name="dcterms.rights" content="CC BY 4.0">').licence == "CC BY 4.0"
    assert metadata_of('<meta name="dcterms.rights" content="© The Northern Board">').licence is None
    assert metadata_of('<link rel="license" href="/terms">').licence == "https://www.herald.example/terms"


@pytest.mark.parametrize(
    ("url", "target", "field"),
    [
        ("https://herald.example/a/story", "https://herald.example/a/story/2", "next_page"),
        ("https://herald.example/a/story.html", "https://herald.example/a/story_2.html", "next_page"),
        ("https://herald.example/a/story.html", "https://herald.example/a/story,2.html", "next_page"),
        ("https://herald.example/a/story,seite-2.html", "https://herald.example/a/story,seite-3.html", "next_page"),
        ("https://herald.example/a/story?page=3", "https://herald.example/a/story?page=4#top", "next_page"),
        ("https://herald.example/a/story/page/3/", "https://herald.example/a/story/page/2/", "previous_page"),
        ("https://herald.example/a/story.html", "https://herald.example/a/story.html?print=1", "printable"),
        ("https://herald.example/a/story", "https://herald.example/a/story/drucken", "printable"),
        ("https://herald.example/a/story", "https://herald.example/a/story/amp/", "amp"),
        (None, "https://creativecommons.org/licenses/by-sa/4.0/deed.pl", "licence"),
    ],
)
def test_the_page_s_own_links_name_its_pages_its_variants_and_its_licence(
    url: str | None, target: str, field: str
) -> None:
    metadata = metadata_of("", "", linked(0, "»", target, Label.CHROME), url=url)

    assert target == getattr(metadata, field)
    assert metadata.sources[field].source == "page link"


@pytest.mark.parametrize(
    ("url", "target", "label"),
    [
        ("https://herald.example/a/story", "https://herald.example/a/story-of-old-2", Label.RELATED),
        ("https://herald.example/a/story", "https://herald.example/a/story/3", Label.CHROME),
        ("https://herald.example/2024", "https://herald.example/2024/02", Label.CHROME),
        ("https://herald.example/a/story", "https://herald.example/a/story?page=2", Label.COMMENT),
        ("https://herald.example/a/story-1", "https://herald.example/a/story-2", Label.RELATED),
        ("https://herald.example/", "https://herald.example/2", Label.CHROME),
        ("https://herald.example/a/story", "https://creativecommons.org/licenses/by/2.0/", Label.BODY),
    ],
    ids=["another story", "the page after", "a month", "comments", "a story's number", "the front page", "a caption"],
)
def test_other_links_name_none(url: str, target: str, label: Label) -> None:
    metadata = metadata_of("", "", linked(0, "»", target, label), url=url)

    assert (metadata.next_page, metadata.previous_page, metadata.printable, metadata.licence) == (None,) * 4


def test_a_page_s_base_makes_its_addresses_absolute() -> None:
    head = '<base href="https://files.example/dir/"><meta property="og:image" content="river.jpg">'

    assert metadata_of(head, url=None).image == "https://files.example/dir/river.jpg"
    assert metadata_of(head.replace("https:", "x:"), url="https://h.example/a").image == "https://h.example/river.jpg"


def test_tags_are_taken_one_by_one_before_lists() -> None:
    single = '<meta property="article:tag" content="Rain"><meta property="article:tag" content="rivers">'

    assert metadata_of(single + '<meta name="keywords" content="a, b">').keywords == ("Rain", "rivers")
    assert metadata_of('<meta property="article:tag" content="a,b">').keywords == ("a", "b")
    subjects = '<meta name="dc.subject" content="a"><meta name="dc.subject" content="b">'
    assert metadata_of(subjects).keywords == ("a", "b")
    assert metadata_of('<meta name="citation_keywords" content="a; b">').keywords == ("a", "b")
    assert metadata_of('<meta name="keywords" content="a, b; c，d, A">').keywords == ("a", "b", "c", "d")
    assert metadata_of(json_ld('{"@type": "Article", "headline": "A", "keywords": ["a", "b"]}')).keywords == ("a", "b")
    assert metadata_of(json_ld('{"@type": "Article", "headline": "A", "keywords": ["a, b"]}')).keywords == ("a", "b")


def test_the_section_is_declared_or_the_last_step_of_the_breadcrumb_above_the_article() -> None:
    crumbs = json_ld(
        '{"@type": "BreadcrumbList", "itemListElement": [{"name": "Home"}, {"item": {"name": "Weather"}},'
        ' {"name": "Rivers rise"}]}'
    )

    assert metadata_of('<meta property="article:section" content="Nature">').section == "Nature"
    assert metadata_of(crumbs, "<h1>Rivers rise</h1>").section == "Weather"
    assert of_lines("meta: 首頁 > 河流 > 消息", "title: 探索北方的極限", "body: 河水。").section == "消息"


@pytest.mark.parametrize(
    ("declared", "text", "expected"),
    [
        ("en_us", "The river is in the north and it was high", "en-US"),
        ("", "這個河水來自北方,我們對於它的發展還沒有經驗", "zh-Hant"),
        ("zh-TW", "这个河水来自北方,我们对于它的发展还没有经验", "zh-Hans"),
        ("en", "川の水は北から来て、町の人々はとても心配しています", "ja"),
        ("", "강물이 북쪽에서 불어나 마을 사람들이 걱정하고 있다", "ko"),
        ("", "Вода в реке поднялась выше отметки, жители опасаются", "ru"),
        ("", "Вода в річці піднялася, її рівень є вищим і надалі зростає", "uk"),
        ("bg", "Водата в реката се покачи над нивото", "bg"),
        ("", "Der Fluss ist im Norden und die Stadt hat das Wasser mit der Mauer nicht von sich", "de"),
        (
            "en",
            "El río está en el norte y la ciudad no ha podido con las aguas que se llevan los puentes de noche",
            "es",
        ),
        ("fr", "", "fr"),
        ("zh-HK", "", "zh-Hant"),
    ],
)
def test_the_language_is_declared_unless_letters_or_words_say_otherwise(
    declared: str, text: str, expected: str
) -> None:
    assert metadata_of("", "", *page(f"body: {text}"), language=declared).language == expected


BROKEN = {
    "raw line break": '{"@type": "Article", "headline": "Rivers\nrise"}',
    "trailing comma": '{"@type": "Article", "headline": "Rivers rise",}',
    "comment around": '<!-- {"@type": "Article", "headline": "Rivers rise"} -->',
    "cdata around": '//<![CDATA[\n{"@type": "Article", "headline": "Rivers rise"}\n//]]>',
    "lost bracket": '{"@graph": [{"@type": "Article", "headline": "Rivers rise"}]',
    "array": '[{"@type": "Person"}, {"@type": ["Thing", "NewsArticle"], "headline": "Rivers rise"}]',
    "full type": '{"@type": "https://schema.org/NewsArticle", "headline": "Rivers rise"}',
}


@pytest.mark.parametrize("script", BROKEN.values(), ids=list(BROKEN))
def test_json_ld_is_read_through_simple_breaks(script: str) -> None:
    assert head_of(json_ld(script)).title == "Rivers rise"


def test_each_field_says_where_it_came_from() -> None:
    metadata = metadata_of('<meta name="author" content="Jane Roe"><title>Rivers rise</title>', language="en")

    assert {"title": "title", "authors": "author", "language": "html lang", "published": "url"} == {
        field: origin.source for field, origin in metadata.sources.items()
    }
    assert all(0 < origin.confidence <= 1 for origin in metadata.sources.values())


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda inner: (
            st.lists(inner)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "@type",
                        "@id",
                        "@graph",
                        "author",
                        "headline",
                        "name",
                        "image",
                        "itemListElement",
                        "item",
                        "inLanguage",
                    ]
                ),
                inner | st.sampled_from(["Article", "BreadcrumbList", "WebSite"]),
            )
        ),
        max_leaves=12,
    )
)
def test_json_ld_of_any_shape_does_no_harm(value: object) -> None:
    import json

    head = head_of(
        json_ld(
            json.dumps(
                {"@type": "Article", "headline": "Rivers rise", "author": value, "image": value, "@graph": value}
            ).replace("<", "\\u003c")
        )
    )

    assert head.title is not None


def test_a_breadcrumb_of_elements_that_a_class_names_gives_the_section() -> None:
    steps = "".join(f'<li><a href="/{step}">{step}</a></li>' for step in ("Home", "Science", "Rivers"))
    paragraphs = "<p>It rained all night in the hills, and the river rose above the bank by the mill.</p>" * 8

    doc = declutter.extract(
        f'<html><head><title>The mill</title></head><body><nav><ol class="breadcrumb">{steps}<li>The mill</li></ol>'
        f"</nav><main><h1>The mill</h1>{paragraphs}</main></body></html>"
    )

    assert doc.section == "Rivers"


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("Next page »", "next_page"),
        ("Nächste Seite", "next_page"),
        ("下一页", "next_page"),
        ("次のページへ", "next_page"),
        ("« Page précédente", "previous_page"),
        ("Next story", None),
    ],
)
def test_a_link_below_the_essay_that_says_where_it_leads_gives_the_page(text: str, field: str | None) -> None:
    block = linked(2, text, "https://herald.example/x9", Label.CHROME)

    metadata = metadata_of("", "", *page("title: Rivers rise", "body: Rain."), block)

    found = {name: getattr(metadata, name) for name in ("next_page", "previous_page") if getattr(metadata, name)}
    assert found == ({field: "https://herald.example/x9"} if field else {})


def test_the_category_that_a_blog_files_a_post_under_is_its_section() -> None:
    page = (
        "<body id=a><h1>The River Below</h1><p>The river had been under the street for so long that nobody knew.</p>"
        "<p class=postmeta>Posted in <a href='/category/walks/' rel='category tag'>Walks</a></p></body>"
    )

    doc = declutter.extract(page)

    assert (doc.section, doc.sources["section"].source) == ("Walks", "category link")


@pytest.mark.parametrize(
    ("target", "section"), [("/opinion", "Opinion"), ("/opinion/essays/", "Opinion"), ("/", None), ("/weather", None)]
)
def test_a_link_in_the_header_to_a_directory_that_holds_the_page_names_its_section(
    target: str, section: str | None
) -> None:
    kicker = linked(0, "Opinion", f"https://herald.example{target}")

    assert metadata_of("", "", kicker, url="https://herald.example/opinion/essays/river").section == section
