"""Labels from the form of the markup alone, in languages without cue words, and what only looks alike."""

from __future__ import annotations

import pytest

from .labelling import MORE_PROSE, PROSE, article, labels_of


def headed(below: str, *, inside: str = "", after: str = "") -> str:
    """A page with something between the headline and the essay."""
    essay = f"<main><p>{PROSE}</p>{inside}<p>{MORE_PROSE}</p><p>{PROSE} {MORE_PROSE}</p></main>"
    return f"<body><div><h1>The River Below</h1>{below}{essay}</div>{after}</body>"


WELSH_CARDS = """<div class="zq1"><h2>Rhagor i'w ddarllen</h2>
<div class="zq2"><h3><a href="/a">Y bont ger y felin</a></h3><p>Mae'r bont yn hŷn na'r dref.</p></div>
<div class="zq2"><h3><a href="/b">Cloch yr eglwys</a></h3></div></div>"""


def test_headings_that_are_links_after_the_essay_are_related_with_their_snippets_and_heading() -> None:
    page = article(after=WELSH_CARDS)

    labels = labels_of(page)

    lines = ("Rhagor i'w ddarllen", "Y bont ger y felin", "Mae'r bont yn hŷn na'r dref.", "Cloch yr eglwys")
    assert {"related"} == {labels[line] for line in lines}


def test_headings_that_are_links_in_the_footer_are_not_related() -> None:
    page = article(
        after='<footer><h3><a href="/a">Amdanom ni</a></h3><h3><a href="/b">Telerau defnydd</a></h3></footer>'
    )

    labels = labels_of(page)

    assert {"chrome"} == {labels["Amdanom ni"], labels["Telerau defnydd"]}


def test_links_of_several_words_after_the_essay_are_related_and_those_of_one_word_are_not() -> None:
    page = article(
        after="""<div class="zq1"><h4>Hefyd</h4><a href="/a">Y bont ger y felin</a> <a href="/b">Cloch yn yr afon</a>
        </div>
        <div class="zq3"><h4>Adrannau</h4><a href="/c">Chwaraeon</a> <a href="/d">Diwylliant</a></div>"""
    )

    labels = labels_of(page)

    assert "related" == labels["Y bont ger y felin Cloch yn yr afon"]
    assert "chrome" == labels["Chwaraeon Diwylliant"]


@pytest.mark.parametrize(
    ("name", "label"),
    [("wp-block-comments", "comment"), ("wp-block-post-terms", "tags"), ("wp-block-latest-posts", "related")],
)
def test_the_block_editors_names_say_what_a_block_is(name: str, label: str) -> None:
    name = f"{name} taxonomy-post_tag" if label == "tags" else name
    page = article(after=f'<div class="{name}"><p>Afon a phont</p><p>Melin a chloch</p></div>')

    labels = labels_of(page)

    assert {label} == {labels["Afon a phont"], labels["Melin a chloch"]}


@pytest.mark.parametrize("name", ["wp-block-embed-twitter", "wp-block-buttons", "wp-block-group"])
def test_the_block_editors_embeds_and_groups_say_nothing(name: str) -> None:
    page = article(inside=f'<div class="{name}">{PROSE}</div>')

    assert {"title", "body"} == set(labels_of(page).values())


CONTENTS = """<div class="zq1"><p>Cynnwys</p>
<ul><li><a href="#{0}">Y felin</a></li><li><a href="#{1}">Yr afon</a></li></ul></div>"""


def test_a_contents_list_above_the_essay_belongs_to_it_with_its_heading() -> None:
    page = headed(CONTENTS.format("one", "two"), inside='<h2 id="one">Melin</h2><p>A word.</p><h2 id="two">Afon</h2>')

    labels = labels_of(page)

    assert {"body"} == {labels["Cynnwys"], labels["Y felin"], labels["Yr afon"]}


def test_a_list_that_leads_to_other_parts_of_the_page_is_no_contents_list() -> None:
    page = headed(CONTENTS.format("top", "foot"), after='<div id="top">Brig</div><div id="foot">Gwaelod</div>')

    labels = labels_of(page)

    assert "body" not in {labels["Cynnwys"], labels["Y felin"], labels["Yr afon"]}


@pytest.mark.parametrize("line", ["Share Save Print", "Teilen Merken Drucken", "Compartir Guardar", "Sdílet Tisk"])
def test_a_row_of_services_below_the_headline_is_chrome(line: str) -> None:
    page = headed(f'<div class="zq1">{line}</div>')

    assert "chrome" == labels_of(page)[line]


@pytest.mark.parametrize("line", ["Share and share alike", "Print the legend"])
def test_a_line_with_other_words_beside_a_service_is_no_row_of_them(line: str) -> None:
    page = headed(f'<div class="zq1">{line}</div>')

    assert "chrome" != labels_of(page)[line]


PRODUCT = """<div class="zq7"><span>{0}</span><h3><a href="/p">Ashgrove spade</a></h3>
<p>A narrow blade.</p><a href="https://mill.example/p">{1}</a></div>"""


def test_a_box_with_a_link_that_names_a_price_is_a_promotion() -> None:
    page = headed("", inside=PRODUCT.format("Dewis", "$54 at the Mill Shop"))

    labels = labels_of(page)

    assert {"promo"} == {
        labels[line] for line in ("Dewis", "Ashgrove spade", "A narrow blade.", "$54 at the Mill Shop")
    }


def test_a_box_with_a_price_in_its_text_is_none() -> None:
    page = headed(
        "", inside='<div class="zq7"><p>The spade cost $54 at the Mill Shop, which was a week of work.</p></div>'
    )

    assert {"title", "body"} == set(labels_of(page).values())


SIGN_UP = (
    '<div class="zq5"><h3>Y post bob bore</h3><p>Llythyr bach.</p><form><input {0}><button>Iawn</button></form></div>'
)


@pytest.mark.parametrize("where", ["inside", "after"])
def test_the_box_of_a_form_without_words_that_asks_for_an_address_is_a_promotion(where: str) -> None:
    box = SIGN_UP.format("type=email")
    page = headed("", inside=box) if where == "inside" else headed("", after=box)

    labels = labels_of(page)

    assert {"promo"} == {labels["Y post bob bore"], labels["Llythyr bach."]}


def test_the_box_of_a_search_form_inside_the_essay_is_no_promotion() -> None:
    page = headed("", inside=SIGN_UP.format("type=search name=q"))

    assert "promo" not in labels_of(page).values()


def test_links_that_begin_with_a_price_after_the_essay_are_promotions_with_their_cards() -> None:
    card = '<div class="zq6"><h4><a href="/p">{0}</a></h4><div><a href="/q">{1} Ychwanegu</a></div></div>'
    page = headed("", after=f"<div>{card.format('Rhaw lydan', '89,00 €')}{card.format('Brws mawr', '42,50 €')}</div>")

    labels = labels_of(page)

    assert {"promo"} == {labels[line] for line in ("89,00 € Ychwanegu", "42,50 € Ychwanegu", "Rhaw lydan", "Brws mawr")}


def test_a_headline_that_holds_a_price_is_related() -> None:
    page = headed("", after='<div class="zq6"><h4><a href="/p">Ferry fare to rise to $54 in July</a></h4></div>')

    assert "related" == labels_of(page)["Ferry fare to rise to $54 in July"]


@pytest.mark.parametrize("where", ["inside", "after"])
def test_a_label_for_related_pages_before_a_link_in_one_block_is_related(where: str) -> None:
    box = '<div class="zq8"><span>Související</span> <a href="/a">Zvoník z Lhoty odchází po padesáti letech</a></div>'
    page = headed("", inside=box) if where == "inside" else headed("", after=box)

    assert "related" == labels_of(page)["Související Zvoník z Lhoty odchází po padesáti letech"]


def test_a_sentence_that_begins_with_such_a_word_and_ends_in_a_link_stays_in_the_essay() -> None:
    page = headed("", inside='<p>Popular in the valley were <a href="/a">songs about the drowned bells</a></p>')

    assert {"title", "body"} == set(labels_of(page).values())


def test_one_promotion_among_the_links_of_a_footer_line_makes_it_none() -> None:
    line = '<a href="/a">Follow us</a> <a href="/b">Editorial process</a> <a href="/c">Masthead</a>'
    page = headed("", after=f"<footer class=zq2><div>{line}</div><p>Part of the Meadow family.</p></footer>")

    labels = labels_of(page)

    assert {"chrome"} == {labels["Follow us Editorial process Masthead"], labels["Part of the Meadow family."]}


@pytest.mark.parametrize("name", ["c-subhed", "article__subtitle", "t-descr", "p-dek"])
def test_a_short_line_whose_class_calls_it_the_subtitle_belongs_to_the_essay(name: str) -> None:
    page = headed(f'<div class="{name}">Dau gloch o dan y dŵr</div>')

    assert "body" == labels_of(page)["Dau gloch o dan y dŵr"]


@pytest.mark.parametrize("name", ["zq9", "leading", "intro-author byline"])
def test_a_short_line_with_another_class_below_the_headline_does_not(name: str) -> None:
    page = headed(f'<div class="{name}">By Nia Pugh</div>')

    assert "body" != labels_of(page)["By Nia Pugh"]


def test_a_quotation_between_guillemets_is_no_breadcrumb() -> None:
    page = headed(
        "", after='<div class="zq4"><p>Le mot vient de « scier », mais les anciens disaient « refendre ».</p></div>'
    )

    assert "meta" != labels_of(page)["Le mot vient de « scier », mais les anciens disaient « refendre »."]


def test_a_label_for_topics_and_short_links_in_one_block_are_tags() -> None:
    page = headed("", after='<div class="zq8">Onderwerpen <a href="/a">Kanalen</a> <a href="/b">Sluizen</a></div>')

    assert "tags" == labels_of(page)["Onderwerpen Kanalen Sluizen"]


def test_a_row_of_short_links_after_a_row_of_services_is_of_tags() -> None:
    services = '<div class="zq3"><a href="/s">Share</a> <a href="/t">Print</a></div>'
    page = headed("", after=f'{services}<p class="zq4"><a href="/a">afon</a> <a href="/b">melin</a></p>')

    labels = labels_of(page)

    assert "tags" == labels["afon melin"]
    assert "tags" != labels["Share Print"]


@pytest.mark.parametrize(
    "heading", ["2 KOMENTARA", "1 comentariu la „Podul de la moară”", "3 thoughts on “The Bells”", "4 коментарі"]
)
def test_a_heading_that_counts_comments_makes_what_is_below_them_comments(heading: str) -> None:
    page = headed("", after=f'<div class="zq5"><h3>{heading}</h3><p>Nia</p><p>Dyna stori dda.</p></div>')

    labels = labels_of(page)

    assert {"comment"} == {labels["Nia"], labels["Dyna stori dda."]}


def test_a_heading_with_thoughts_on_a_subject_is_not_about_comments() -> None:
    page = headed("", inside="<h3>Thoughts on bells under water</h3><p>There were two of them.</p>")

    assert {"title", "body"} == set(labels_of(page).values())


@pytest.mark.parametrize(
    "between",
    ["", "<p>Wedi gweld gwall</p>", "<div class=zq5><p>Ymunwch â ni heddiw.</p><a href='/j'>Ymuno</a></div>"],
)
def test_short_links_after_the_last_paragraph_are_tags_though_lines_stand_between(between: str) -> None:
    row = "<div class=zq4><a href='/1'>Afonydd</a> <a href='/2'>Pontydd</a> <a href='/3'>Mapiau</a></div>"
    page = article(after=row).replace("</main>", between + "</main>")

    assert "tags" == labels_of(page)["Afonydd Pontydd Mapiau"]


def test_a_row_of_services_with_an_unknown_one_in_the_header_is_not_the_articles_time_or_author() -> None:
    page = headed("<div class=zq1><a>Facebook</a> <a>Twitter</a> <a>Print</a> <a>Zwrk</a></div>")

    assert "chrome" == labels_of(page)["Facebook Twitter Print Zwrk"]


def test_links_in_a_list_amid_the_first_paragraphs_are_not_of_the_byline() -> None:
    pointer = "<div><b>Read also:</b><ul><li><a href='/a'>The bridge at the mill</a></li></ul></div>"
    page = headed("<div class=by>By Marta Kolb, 3 May 2023</div>").replace(
        "</p><p>" + MORE_PROSE, f"</p></main>{pointer}<main><p>{MORE_PROSE}", 1
    )

    assert "meta" != labels_of(page)["The bridge at the mill"]


def test_the_word_advertisement_amid_the_essay_promotes_nothing_behind_the_next_paragraph() -> None:
    page = (
        f"<body id=a><h1>The River Below</h1><div class=text><main><p>{PROSE}</p></main>"
        f"<div class=slot>Advertisement</div><main><p>{MORE_PROSE}</p></main>"
        "<ul><li><a href='/b'>How the town found its second river</a></li></ul></div>"
    )

    labels = labels_of(page)

    assert ("promo", "related") == (labels["Advertisement"], labels["How the town found its second river"])
