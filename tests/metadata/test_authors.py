"""Authors are names: one list, without roles, letters after the name, addresses and lead words."""

from __future__ import annotations

import pytest

import declutter
from declutter.metadata.people import names
from declutter.model import Block, Kind, Label, Span, SpanKind

from .pages import json_ld, linked, metadata_of, of_lines, page

WRITTEN = {
    "Jane Roe": ["Jane Roe"],
    "By Jane Roe": ["Jane Roe"],
    "By Jane Roe and John Doe": ["Jane Roe", "John Doe"],
    "Jane Roe, John Doe & Ana de la Cruz": ["Jane Roe", "John Doe", "Ana de la Cruz"],
    "Jane Roe, John Doe, and Mary Major": ["Jane Roe", "John Doe", "Mary Major"],
    "Jane Roe, MD, RD": ["Jane Roe"],
    "Jane Roe, Senior Editor": ["Jane Roe"],
    "Jane Roe, The Northern University": ["Jane Roe"],
    "Jane Roe | The Northern Newsroom": ["Jane Roe"],
    "Jane Roe (jane@example.org)": ["Jane Roe"],
    "https://social.example/janeroe": [],
    "admin": [],
    "herald.com": [],
    "Roe &amp; Roe": ["Roe & Roe"],
    "<a href='/x'>Jane Roe</a>": ["Jane Roe"],
    "作者:张三": ["张三"],
    "本报记者 张三 李四": ["张三", "李四"],
    "三田村 葵": ["三田村 葵"],
    "佐藤 さくら／写真：林 誠": ["佐藤 さくら"],
    "農政課": [],
    "Jane Roe and News Desk": ["Jane Roe"],
    "Анна Белова, Пётр ван дер Меер": ["Анна Белова", "Пётр ван дер Меер"],
    "Jane Roe (text) and Jan Nowak (photos)": ["Jane Roe"],
    "Jan Nowak (foto) og Jane Roe (tekst)": ["Jane Roe"],
    "Text: Jana Fluss, Fotos: Jan Teich": ["Jana Fluss"],
    "DR. JANE ROE, Guest Columnist": ["DR. JANE ROE"],
    "Marie Claire RIVE": ["Marie Claire RIVE"],
    "JANE ANNE ROE MD": ["JANE ANNE ROE"],
    "onze redacteur Anna Rivier en Jan Beek": ["Anna Rivier", "Jan Beek"],
    "our arts correspondent Jane Roe": ["Jane Roe"],
}


@pytest.mark.parametrize(("text", "expected"), WRITTEN.items(), ids=list(WRITTEN))
def test_an_author_field_is_taken_apart_into_names(text: str, expected: list[str]) -> None:
    assert expected == names(text)


def test_json_ld_s_people_are_found_by_reference_in_its_graph() -> None:
    script = json_ld(
        '{"@graph": [{"@type": "BlogPosting", "headline": "H", "author": [{"@id": "#a"}, {"givenName": "John",'
        ' "familyName": "Doe"}]}, {"@id": "#a", "@type": "Person", "name": "Jane Roe"}]}'
    )

    assert metadata_of(script).authors == ("Jane Roe", "John Doe")


def test_json_ld_s_person_who_is_also_an_organisation_is_a_person() -> None:
    graph = (
        '{"@graph": [{"@type": "Article", "headline": "H", "author": [{"@id": "#a"}, {"@id": "#b"}]},'
        ' {"@id": "#a", "@type": ["Person", "Organization"], "name": "Jane Roe"},'
        ' {"@id": "#b", "@type": "Person", "name": "John Doe"}]}'
    )

    assert metadata_of(json_ld(graph)).authors == ("Jane Roe", "John Doe")


def test_a_chinese_name_that_links_to_its_author_s_page_needs_no_lead_word() -> None:
    title, *_ = page("title: 河水上涨")
    blocks = (title, linked(1, "张三", "https://herald.example/people/zhang"))

    assert metadata_of("", "<h1>河水上涨</h1>", *blocks).authors == ("张三",)


def test_an_outlet_that_links_to_its_page_of_users_is_no_author() -> None:
    title, *_ = page("title: 河水上涨")
    blocks = (title, linked(1, "北方晚报", "https://herald.example/people/north"))

    assert metadata_of("", "<h1>河水上涨</h1>", *blocks).authors == ()


def test_a_word_before_a_linked_name_is_no_name() -> None:
    link = Span(start=16, end=24, kind=SpanKind.LINK, target="https://herald.example/author/jane-roe/")
    line = Block(index=1, text="On May 5, 2024. Jane Roe", label=Label.META, kind=Kind.PARAGRAPH, spans=(link,))

    assert metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise"), line).authors == ("Jane Roe",)


def test_a_dutch_article_is_part_of_a_name() -> None:
    blocks = page("title: Het water stijgt", "meta: Jan van 't Hoff", "body: Regen.")

    assert metadata_of("", "<h1>Het water stijgt</h1>", *blocks).authors == ("Jan van 't Hoff",)


def test_reporters_with_their_places_are_two_names() -> None:
    blocks = page("title: Rivers rise", "meta: By Jane Roe in Oslo and John Doe in New York, Agency", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Jane Roe", "John Doe")


def test_a_day_of_the_week_with_its_number_is_no_name() -> None:
    blocks = page("title: ارتفاع الأنهار", "meta: الأحد 15 رمضان 1444هـ 6 أبريل 2023م", "body: مطر.")

    assert metadata_of("", "<h1>ارتفاع الأنهار</h1>", *blocks).authors == ()


def test_an_unhashable_reference_in_json_ld_is_passed_over() -> None:
    script = json_ld('{"@type": "Article", "headline": "H", "author": {"@id": ["x"]}}')

    assert metadata_of(script).authors == ()


def test_a_byline_beside_the_headline_wins_over_the_site_s_own_name() -> None:
    head = '<meta name="author" content="Herald"><meta property="og:site_name" content="Herald">'
    blocks = page("title: Rivers rise", "meta: Written by Jane Roe", "body: Rain.")

    metadata = metadata_of(head, "<h1>Rivers rise</h1>", *blocks)

    assert metadata.authors == ("Jane Roe",)
    assert metadata.sources["authors"].source == "byline"


def test_a_name_that_links_to_its_author_s_page_needs_no_lead_word() -> None:
    title, *_ = page("title: Rivers rise")
    blocks = (title, linked(1, "Jane Roe", "https://herald.example/author/jane-roe/"))

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Jane Roe",)


def test_section_words_beside_the_headline_are_no_names() -> None:
    blocks = page("meta: Mental Health", "title: Rivers rise", "meta: Home Security", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ()


def test_a_lead_word_alone_in_its_block_speaks_for_the_next_block() -> None:
    blocks = page("title: Rivers rise", "meta: Written by", "chrome: Roe Team", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Roe Team",)


def test_who_reviewed_a_text_did_not_write_it() -> None:
    blocks = page("title: Rivers rise", "meta: By Jane Roe", "meta: Fact checked by John Doe", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Jane Roe",)


def test_an_empty_author_line_of_a_text_dump_gives_no_author() -> None:
    assert of_lines("title: 探索北方的極限", "meta: Author:", "meta: Time:1900/1/1 0:00:00").authors == ()


def test_a_chinese_header_line_gives_author_source_and_date() -> None:
    metadata = of_lines(
        "title: 探索北方的极限", "meta: 来源:北方日报 作者:张三 2023-05-28 09:47 编辑:李四", "body: 河水上涨。"
    )

    assert metadata.authors == ("张三",)
    assert metadata.origin == "北方日报"
    assert metadata.published == "2023-05-28T09:47"


def test_twitter_s_labelled_fields_name_the_writer() -> None:
    head = '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" content="Jane Roe">'

    assert metadata_of(head).authors == ("Jane Roe",)


def test_a_catalogue_s_reversed_names_are_turned() -> None:
    head = '<meta name="citation_author" content="Roe, Jane"><meta name="citation_author" content="Doe, John">'

    assert metadata_of(head).authors == ("Jane Roe", "John Doe")


def test_a_long_block_is_no_byline() -> None:
    block = Block(index=1, text="By " + "the river " * 60, label=Label.META, kind=Kind.PARAGRAPH)

    assert metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise"), block).authors == ()


def test_microdata_in_the_article_s_header_names_author_and_date() -> None:
    body = (
        '<article><h1>Rivers rise</h1><p itemprop="author">Written by <b itemprop="name">Jane Roe</b>, painter</p>'
        '<span itemprop="datePublished" content="2024-03-05">last week</span></article>'
    )

    metadata = metadata_of("", body, url=None)

    assert metadata.authors == ("Jane Roe",)
    assert metadata.published == "2024-03-05"


@pytest.mark.parametrize(
    "line",
    [
        "meta: Δευτέρα, 26/12/2011 19:05",
        "meta: 12.01.2012 5:06 AM MT",
        "meta: KUP LICENCJĘ",
        "meta: ПОСЛЕДНИЕ НОВОСТИ",
        "meta: Автор фото: Анна Речная",
    ],
)
def test_days_zones_buttons_and_photographers_are_no_authors(line: str) -> None:
    assert metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise", line, "body: Rain.")).authors == ()


def test_the_firm_that_built_the_site_is_no_author() -> None:
    assert metadata_of('<meta name="author" content="River Web Sp. z o.o.">').authors == ()


@pytest.mark.parametrize(
    "line", ["Autor: anna. Data publikacji Pon, 2011-05-16 09:09", "By anna on Monday", "By anna at 6:03 pm"]
)
def test_a_name_ends_where_the_line_goes_on(line: str) -> None:
    blocks = page("title: Rivers rise", f"meta: {line}", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("anna",)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("2024-03-05 10:30 来源:北方日报 记者 张三 责任编辑:李四", "张三"),
        ("2024-03-05 10:30 來源:北方日報 實習記者王小河", "王小河"),
        ("홍길동 기자 | 입력 2024.03.05. 오전 10:30", "홍길동"),
        ("5 de marzo de 2024 | Por Ana Río", "Ana Río"),
        ("Von Jana Fluss | 05.03.2024, 10:30 Uhr", "Jana Fluss"),
        ("文/山田太郎 2024年3月5日", "山田太郎"),
        ("文｜张三 编辑｜李四", "张三"),
        ("撰文 / 张三", "张三"),
        ("新华社记者张三", "张三"),
        ("文＝山田太郎 写真＝鈴木一郎", "山田太郎"),
        ("文・撮影＝山田太郎", "山田太郎"),
        ("글·사진=홍길동", "홍길동"),
        ("글 홍길동", "홍길동"),
        ("[서울=북방뉴스] 홍길동 기자 =", "홍길동"),
        ("홍길동 기자 hong@herald.example", "홍길동"),
        ("राम नदी द्वारा", "राम नदी"),
        ("Publié par Anne Rivière le 5 mars 2024", "Anne Rivière"),
        ("Иван Река, корреспондент", "Иван Река"),
        ("Av Anna Älv", "Anna Älv"),
        ("Story by Jane Roe Photographs by John Doe", "Jane Roe"),
        ("This post was written by Jane Roe, Head of Rivers", "Jane Roe"),
        ("מאת: דוד נהר", "דוד נהר"),
        ("Szerző: Kovács Anna", "Kovács Anna"),
        ("Autor: Jana Řeka", "Jana Řeka"),
        ("Par Anne Rivière mardi, 5 mars 2024", "Anne Rivière"),
        ("Von Jana Fluss Samstag, 5. März 2024", "Jana Fluss"),
        ("Autor Anna Rzeka czwartek, 5 marca 2024", "Anna Rzeka"),
        ("Par Anne Rivière avec AFP", "Anne Rivière"),
        ("Por Ana Río, de Porto Novo", "Ana Río"),
        ("Dikirim oleh Dewi Sungai pada 5 Mar 2024", "Dewi Sungai"),
        ("Tekst Anna Rivier, beeld Jan de Vries", "Anna Rivier"),
        ("كتب أحمد النهر", "أحمد النهر"),
        ("گزارش: رود نیک\u200cپی", "رود نیک\u200cپی"),
        ("【記者・山田太郎】", "山田太郎"),
        ("By J. R. Roe Jr., Ph.D.", "J. R. Roe Jr."),
        ("Publicado por Ana Río en 20:14", "Ana Río"),
        ("Jan Potok, ČTK", "Jan Potok"),
        ("Jane Roe and agencies | 14 June 2022", "Jane Roe"),
        ("Jana Fluss und Agenturen", "Jana Fluss"),
        ("Szöveg: Kovács Anna, fotó: Nagy Pál", "Kovács Anna"),
        ("Autorius: Ona Upė", "Ona Upė"),
        ("Автор: Калина Рекова", "Калина Рекова"),
        ("ავტორი: ნინო მდინარაძე", "ნინო მდინარაძე"),
        ("Հեղինակ՝ Անի Գետյան", "Անի Գետյան"),
        ("எழுதியவர்: கவிதா நதி", "கவிதா நதி"),
        ("Авторы: Әсел Өзен", "Әсел Өзен"),
        ("Nguyễn Thu Sông", "Nguyễn Thu Sông"),
    ],
)
def test_header_lines_of_many_languages_name_the_author_without_the_post(line: str, author: str) -> None:
    blocks = page("title: Rivers rise", f"meta: {line}", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == (author,)


@pytest.mark.parametrize(
    "line",
    [
        "Photo by Jane Roe",
        "Jan Elv Fotograf",
        "Анна Речная, фотограф",
        "Translated by Jane Roe",
        "Reviewed by Jane Roe",
        "Foto: Jana Fluss",
        "Übersetzt von Jana Fluss",
        "Traduit par Anne Rivière",
        "Traduzione di Anna Fiume",
        "Tłumaczenie: Anna Rzeka",
        "Çeviren: Ayşe Nehir",
        "Перевод: Иван Река",
        "译者：张三",
        "翻訳：山田太郎",
        "撮影＝鈴木一郎",
        "사진: 홍길동",
        "تصوير: أحمد النهر",
        "ภาพ: สมชาย แม่น้ำ",
        "Ảnh: Nguyễn Sông",
    ],
)
def test_photographers_translators_and_reviewers_are_no_authors_in_any_language(line: str) -> None:
    blocks = page("title: Rivers rise", f"meta: {line}", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ()


@pytest.mark.parametrize("line", ["记者 张三", "홍길동 기자", "Jane Roe, Staff Writer", "by Jane Roe"])
def test_a_byline_is_one_by_its_form_whatever_it_is_labelled(line: str) -> None:
    blocks = page("title: Rivers rise", f"body: {line}", "body: Rain.")

    assert len(metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors) == 1


@pytest.mark.parametrize(
    "outlet", ["北方网", "北方財經頻道", "北方晚报_新闻,股票,基金", "《北方》综合报道", "北方新闻网:"]
)
def test_a_chinese_outlet_is_no_author(outlet: str) -> None:
    assert metadata_of(f'<meta name="author" content="{outlet}">').authors == ()


def test_a_name_ends_where_its_link_to_the_author_s_page_ends() -> None:
    block = named("by Harsh Stream Global Commons 11 mins", "Harsh Stream")

    assert metadata_of("", "<h1>Rivers rise</h1>", *titled(block)).authors == ("Harsh Stream",)


def test_a_link_s_name_stays_in_company() -> None:
    block = named("By Jane Roe, John Doe and Ana Río", "Jane Roe")

    assert metadata_of("", "<h1>Rivers rise</h1>", *titled(block)).authors == ("Jane Roe", "John Doe", "Ana Río")


@pytest.mark.parametrize("text", ["ByJane Roe6 comments", "Guide byJane RoeIn Travel, Rivers"])
def test_a_link_parts_what_the_markup_glues(text: str) -> None:
    assert metadata_of("", "<h1>Rivers rise</h1>", *titled(named(text, "Jane Roe"))).authors == ("Jane Roe",)


def test_a_list_of_names_below_the_headline_is_its_authors() -> None:
    blocks = page("title: Rivers rise", "body: Jane T. Roe, John Doe, PhD and Ana Río", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Jane T. Roe", "John Doe", "Ana Río")


def test_the_page_names_all_authors_of_whom_its_system_declares_the_first() -> None:
    blocks = page("title: Rivers rise", "chrome: Jane Roe, John Doe & Ana Río", "body: Rain.")

    metadata = metadata_of('<meta name="author" content="Jane Roe">', "<h1>Rivers rise</h1>", *blocks)

    assert metadata.authors == ("Jane Roe", "John Doe", "Ana Río")


def test_a_teaser_above_the_headline_names_its_own_author() -> None:
    blocks = page("related: by Jane Roe, 2024", "title: Rivers rise", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "chrome: Posted by Jane Roe on 2024-03-05 in rivers. Tags: rain",
        "body: Posted by Jane Roe at March 5, 2024 11:15 AM",
    ],
)
def test_a_line_below_the_essay_that_says_who_posted_it_and_when_names_the_author(line: str) -> None:
    blocks = page("title: Rivers rise", *["body: It rained all night in the hills above the town. " * 4] * 16, line)

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Jane Roe",)


def test_a_name_below_a_lead_of_its_own_is_the_author_s_there_too() -> None:
    lines = ["body: It rained all night in the hills above the town. " * 4] * 16
    blocks = page("title: Rivers rise", *lines, "meta: Posted by:", "chrome: River Watch")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("River Watch",)


SIGNED = """<html><head><title>Rivers rise</title></head><body><h1>Rivers rise</h1>{paragraphs}
<div class="box"><div class="{name}">Jane Roe</div><p>{more}</p></div></body></html>"""


@pytest.mark.parametrize(
    "name", ["author-name", "wp-block-post-author__name", "post-author", "byline", "blog_author-text"]
)
def test_the_name_of_a_class_tells_an_author_that_nothing_else_gives(name: str) -> None:
    paragraphs = "<p>It rained all night in the hills, and the river rose above the bank by the mill.</p>" * 20

    doc = declutter.extract(SIGNED.format(paragraphs=paragraphs, name=name, more="Jane walks."))

    assert doc.authors == ("Jane Roe",)
    assert doc.metadata.sources["authors"].source == "author class"


@pytest.mark.parametrize("name", ["authority", "copybyline", "no-author-box-here", "box"])
def test_other_class_names_tell_none(name: str) -> None:
    paragraphs = "<p>It rained all night in the hills, and the river rose above the bank by the mill.</p>" * 20

    sources = declutter.extract(SIGNED.format(paragraphs=paragraphs, name=name, more="")).metadata.sources

    assert "authors" not in sources or sources["authors"].source == "signature"


def named(text: str, name: str) -> Block:
    start = text.index(name)
    span = Span(start=start, end=start + len(name), kind=SpanKind.LINK, target="https://herald.example/author/x/")
    return Block(index=1, text=text, label=Label.META, kind=Kind.PARAGRAPH, spans=(span,))


def titled(block: Block) -> tuple[Block, ...]:
    return (*page("title: Rivers rise"), block)


@pytest.mark.parametrize("line", ["Посол РФ в Приволжском округе Иван Река", "Jean Claude le Roy"])
def test_a_small_word_inside_a_line_ends_no_name(line: str) -> None:
    blocks = page("title: Rivers rise", f"body: {line}", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors in ((), (line,))


@pytest.mark.parametrize(
    "line",
    ["Von Jane Roe @ 10:12", "Autor: Jane Roe czytano 102 razy", "By Jane Roe στις 17:21", "Jane Roe 3 hours ago"],
)
def test_a_time_or_count_behind_a_name_is_no_part_of_it(line: str) -> None:
    assert of_lines("title: The River Below", f"meta: {line}", "body: The river is cold.").authors == ("Jane Roe",)


def test_a_name_right_below_the_essay_signs_it() -> None:
    lines = ("title: The River Below", *["body: The river is cold, and nobody has ever seen it freeze over."] * 20)

    assert of_lines(*lines, "meta: Jane Roe").authors == ("Jane Roe",)


def test_a_weekday_that_is_a_surname_stays() -> None:
    blocks = page("title: Rivers rise", "meta: Von Anna Sonntag, 5. März 2024", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Anna Sonntag",)


def test_a_name_above_the_headline_is_the_author_s_where_a_date_follows() -> None:
    name, date = "meta: Jane Roe", "meta: Mar 5, 2024"

    assert metadata_of("", "<h1>Rivers rise</h1>", *page(name, date, "title: Rivers rise")).authors == ("Jane Roe",)
    assert metadata_of("", "<h1>Rivers rise</h1>", *page(name, "title: Rivers rise", date)).authors == ()


def test_a_name_in_a_script_without_capitals_is_the_author_s_where_a_date_follows() -> None:
    def authors(line: str) -> tuple[str, ...]:
        blocks = page("title: მდინარე ადიდდა", f"meta: {line}", "meta: 5 მარტი 2024", "body: წვიმა.")
        return metadata_of("", "<h1>მდინარე ადიდდა</h1>", *blocks).authors

    assert authors("ნინო მდინარაძე") == ("ნინო მდინარაძე",)
    assert authors("لیلا رودی") == ("لیلا رودی",)
    assert authors("گروه خبر") == ()
    assert authors("নিজস্ব প্রতিবেদক") == ()


def test_an_agency_alone_in_the_header_is_the_origin_and_no_author() -> None:
    def read(*lines: str) -> tuple[str | None, tuple[str, ...]]:
        metadata = metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise", *lines, "body: Rain."))
        return metadata.origin, metadata.authors

    assert read("meta: Reuters") == ("Reuters", ())
    assert read("meta: Jane Roe | Reuters") == ("Reuters", ("Jane Roe",))
    assert read("meta: AA") == (None, ())
    assert read("meta: Rivers") == (None, ())


@pytest.mark.parametrize(
    ("language", "line", "author"),
    [("ca", "Per Anna Riu", "Anna Riu"), ("sq", "Nga Ana Lumi", "Ana Lumi"), ("ro-RO", "De Ana Râu", "Ana Râu")],
)
def test_a_word_that_only_one_language_writes_before_the_author_is_read_on_its_pages(
    language: str, line: str, author: str
) -> None:
    blocks = page("title: Rivers rise", f"meta: {line}", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, language=language).authors == (author,)
    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks, language="sv").authors == (line,)


def test_a_lead_word_inside_a_line_below_the_essay_names_the_author() -> None:
    line = "meta: Опубликовано 05-03-2024, 15:11. Автор: Анна Речная. Просмотров: 311"
    blocks = page("title: Rivers rise", *["body: Rain fell."] * 20, line)

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Анна Речная",)


def test_two_names_behind_a_romanian_de_are_the_authors() -> None:
    blocks = page("title: Rivers rise", "meta: de Ana Râu, Ion Deal", "body: Rain.")

    assert metadata_of("", "<h1>Rivers rise</h1>", *blocks).authors == ("Ana Râu", "Ion Deal")


def test_several_reporters_of_a_korean_line_are_authors_and_a_newspaper_is_none() -> None:
    blocks = page("title: 강물이 불어났다", "meta: 홍길동 기자  성춘향 기자", "body: 비가 내렸다.")

    assert metadata_of("", "<h1>강물이 불어났다</h1>", *blocks).authors == ("홍길동", "성춘향")
    assert metadata_of('<meta name="author" content="북방신문">').authors == ()


def test_the_last_of_several_linked_names_ends_where_its_link_ends() -> None:
    text = "Av Jan Elv og Anna Foss Journalistar"
    links = [
        Span(start=start, end=start + len(name), kind=SpanKind.LINK, target=f"/author/{start}")
        for name in ("Jan Elv", "Anna Foss")
        if (start := text.index(name))
    ]
    line = Block(index=1, text=text, label=Label.META, kind=Kind.PARAGRAPH, spans=tuple(links))

    assert metadata_of("", "<h1>Rivers rise</h1>", *page("title: Rivers rise"), line).authors == (
        "Jan Elv",
        "Anna Foss",
    )


def test_a_reporter_is_an_author_beside_a_correspondent() -> None:
    line = "meta: 2024-03-05 16:02 来源： 北方日报 记者 张三 通讯员 李四"

    assert metadata_of("", "<h1>河水上涨</h1>", *page("title: 河水上涨", line)).authors == ("张三", "李四")
