"""A line inside the essay is taken out when it names itself, and kept when the evidence is thin."""

from __future__ import annotations

import re

import pytest

from .labelling import MORE_PROSE, PROSE, article, evidence_of, labels_of

FOREIGN_LINES = {
    "<p>READ MORE:Bridges that nobody asked for</p>": "related",
    "<p><a href='/1'>Read also: Bridges that nobody asked for</a></p>": "related",
    "<p>相关阅读:<a href='/1'>城市地下河流的前世今生</a></p>": "related",
    "<p><a href='/1'>A headline that stands alone as one link</a></p>": "related",
    "<p>Soma pia: <a href='/1'>Madaraja ambayo hakuna aliyeyataka</a></p>": "related",
    "<p class=newsletter-inline>Five stories every working day</p>": "promo",
    "<p>Tags: rivers, cities, maps</p>": "tags",
    "<p>责任编辑：王小明</p>": "meta",
    "<p>来源：城市周刊</p>": "meta",
    "<p>Advertisement</p>": "promo",
    "<p>REKLAMA</p>": "promo",
    "<p>#rivers #cities #maps</p>": "tags",
    "<p>責任編輯／王小明</p>": "meta",
    "<p>版权声明：未经许可不得转载，违者必究。</p>": "chrome",
    "<p>Scan the QR code to follow us</p>": "promo",
    "<p>© 2023 The River Post. All rights reserved.</p>": "chrome",
}


@pytest.mark.parametrize(("line", "label"), FOREIGN_LINES.items())
def test_a_line_that_names_itself_gets_its_label(line: str, label: str) -> None:
    page = article(inside=line)

    labels = list(labels_of(page).values())

    assert labels == ["title", "body", label, "body"]


ESSAY_LINES = (
    "<p>It ended, as most stories do, with a letter. <a href='/1'>The letter is printed here.</a></p>",
    "<p>See the map of 1840: it shows the river above ground, where the market stands today.</p>",
    "<p>She wrote about related questions for years, and published her comments in four volumes.</p>",
    "<h2>The source of the water</h2>",
    "<p>Website: <a href='/1'>https://example.org/the-river-below</a></p>",
    "<p>• Depth: four metres at the mill</p>",
    "<blockquote>By the time the guns fell silent nobody was left to count them.</blockquote>",
    "<ul><li><a href='/1'>A long list item that is one link</a></li><li>Another item without any link</li></ul>",
    "<figure><img src=a.png><figcaption>Source: City Archive</figcaption></figure>",
    "<p>The newsletter of the guild had reported the flood three weeks before anybody else noticed.</p>",
)


@pytest.mark.parametrize(("score", "label"), [(1.0, "promo"), (4.0, "body")])
def test_the_words_of_a_promotion_suffice_in_a_last_line_that_hardly_passed_as_text(score: float, label: str) -> None:
    line = "河道週刊已開設Facebook專頁，讓你隨時知道河上的事，與朋友分享每一次渡河，也把照片寄給我們，我們會一一刊出。"

    labels = labels_of(article(inside=f"<p>{line}</p>"), score=score)

    assert labels[line] == label


@pytest.mark.parametrize("line", ESSAY_LINES)
def test_a_line_with_thin_evidence_stays_in_the_essay(line: str) -> None:
    page = article(inside=line)

    labels = set(labels_of(page).values())

    assert labels == {"title", "body"}


def test_a_named_box_amid_a_long_essay_is_taken_out_as_a_whole() -> None:
    paragraphs = "".join(f"<p>{PROSE} So it went in year {number}.</p>" for number in range(8))
    page = article(inside=f"{paragraphs}<div class=newsletter><p>The Morning Ferry</p><p>Five stories a day.</p></div>")

    labels = labels_of(page)

    assert [labels["The Morning Ferry"], labels["Five stories a day."]] == ["promo", "promo"]


def test_a_label_alone_takes_the_links_below_with_it() -> None:
    page = article(
        inside="<p>Related articles</p><p><a href='/1'>Old bridges</a></p><p><a href='/2'>New bridges</a></p>"
    )

    labels = labels_of(page)

    assert [labels[text] for text in ("Related articles", "Old bridges", "New bridges")] == ["related"] * 3


def test_a_page_of_linked_headlines_keeps_them() -> None:
    links = "".join(f"<p><a href='/{n}'>The long headline of article number {n}</a></p>" for n in range(9))
    page = article(inside=links)

    labels = set(labels_of(page).values())

    assert labels == {"title", "body"}


def test_the_evidence_of_a_line_is_named_on_request() -> None:
    page = article(inside="<p>Advertisement</p>")

    names = {evidence.name for evidence in evidence_of(page, "Advertisement")}

    assert "cue_promo_label" in names


def test_a_line_of_the_sites_services_is_none_of_the_essay() -> None:
    page = f"<main class=text><p>{PROSE}</p><p>Share | Tweet | Email | Print</p><p>{MORE_PROSE}</p></main>"

    assert labels_of(page)["Share | Tweet | Email | Print"] == "chrome"
    other = page.replace("Share | Tweet | Email | Print", "Rope | Brick | Email | Slate")
    assert labels_of(other)["Rope | Brick | Email | Slate"] == "body"


def test_a_sign_up_box_amid_the_essay_is_a_promotion_with_all_its_lines() -> None:
    box = (
        '<div class="x1"><p>Letters from the river</p><p>Every Monday in your hands.</p><a href="/l">Sign up</a></div>'
    )
    page = f"<main class=text><p>{PROSE}</p><p>{MORE_PROSE}</p>{box}<p>{PROSE} {MORE_PROSE}</p></main>"

    labels = labels_of(page)
    assert [labels[text] for text in ("Letters from the river", "Every Monday in your hands.")] == ["promo", "promo"]
    assert labels[PROSE] == labels[MORE_PROSE] == "body"


def test_a_linked_line_below_words_for_related_pages_is_a_teaser_amid_the_essay() -> None:
    card = '<a class="x2" href="/n"><div>You may also like</div><h4>The bridge that nobody wanted</h4></a>'
    page = f"<main class=text><p>{PROSE}</p>{card}<p>{MORE_PROSE}</p></main>"

    assert labels_of(page)["The bridge that nobody wanted"] == "related"


def test_what_stands_below_the_word_advertisement_in_one_box_is_promoted() -> None:
    advert = "Winter tyres fitted while you wait at Brindle Motors"

    labels = labels_of(article(inside=f"<div class=x><p>Advertisement</p><p>{advert}</p></div>"))

    assert labels[advert] == "promo"


def test_name_date_and_sign_below_the_last_paragraph_are_no_text_of_it() -> None:
    page = f"<body id=a><h1>The River Below</h1><main><p>{PROSE}</p><p>{MORE_PROSE}</p><p>%s</p><p>%s</p></main></body>"

    assert labels_of(page % ("Ann Calloway", "4 May 2012"))["Ann Calloway"] == "meta"
    assert labels_of(page % ("4 May 2012", "(ac)"))["(ac)"] == "meta"
    assert labels_of(page % ("Ann Calloway", "Ben Calloway"))["Ann Calloway"] == "body"


def test_a_poll_amid_the_essay_is_none_of_it() -> None:
    choices = "".join(
        f"<li><input type=radio name=q> <label>{choice}</label></li>" for choice in ("Yes, at once", "No")
    )

    labels = labels_of(article(inside=f"<div><form><p>Should the ferry go on?</p><ul>{choices}</ul></form></div>"))

    assert {labels[text] for text in ("Should the ferry go on?", "Yes, at once", "No")} == {"chrome"}
    assert labels[PROSE] == "body"


def test_the_heading_of_a_promotion_goes_with_it() -> None:
    box = "<aside class=x><h4>The Sunday letter</h4><p>Sign up for our newsletter and get it in your inbox</p></aside>"

    labels = labels_of(article(inside=box))

    assert labels["The Sunday letter"] == "promo"


CARD = "<div><a href='/1'><h4>{0}</h4></a><p>{1}</p></div>"
CARD_HEADLINE, CARD_TEXT = "Bakers ask the city for cheaper ovens", "The guild says that every third oven in the city…"


@pytest.mark.parametrize(
    "card",
    [CARD, "<p><a href='/1'>{0}</a></p><p>{1}</p>", "<div><p><a href='/1'>{0}</a></p><p>{1}</p></div>"],
)
def test_a_linked_headline_and_a_text_that_is_cut_off_are_related(card: str) -> None:
    labels = labels_of(
        article(inside=f"<p>{PROSE} Twice.</p>{card.format(CARD_HEADLINE, CARD_TEXT)}<p>{PROSE} Once.</p>")
    )

    assert (labels[CARD_HEADLINE], labels[CARD_TEXT]) == ("related", "related")


def test_headline_and_cut_text_in_one_link_are_related() -> None:
    card = f"<div><a href='/1'><b>{CARD_HEADLINE}</b> {CARD_TEXT}</a></div>"

    assert labels_of(article(inside=card))[f"{CARD_HEADLINE} {CARD_TEXT}"] == "related"


def test_a_linked_heading_above_a_whole_paragraph_stays() -> None:
    labels = labels_of(article(inside=CARD.format(CARD_HEADLINE, f"{PROSE} Twice.")))

    assert labels[f"{PROSE} Twice."] == "body"


def test_the_cards_of_a_listing_are_its_own_text() -> None:
    cards = "".join(CARD.format(f"{CARD_HEADLINE} {n}", f"{PROSE} Number {n} and…") for n in range(5))

    labels = labels_of(article(inside=cards))

    assert {labels[f"{PROSE} Number {n} and…"] for n in range(5)} == {"body"}


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Reading time: 8 minutes", "meta"),
        ("Written by Marta Kolb", "meta"),
        ("分享到：", "chrome"),
        ("If you buy through our links, we may earn a small commission.", "promo"),
    ],
)
def test_a_last_line_that_names_author_sharing_or_an_offer_is_no_text(line: str, label: str) -> None:
    page = article().replace("</main>", f"<p>{line}</p></main>")

    assert label == labels_of(page)[line]


def test_a_pointer_that_ends_with_a_colon_takes_the_links_below_with_it() -> None:
    links = "<ul><li><a href='/a'>How long the town takes to decay</a></li><li><a href='/b'>Why to begin</a></li></ul>"
    page = article(inside=f"<p>Related articles from our blog of the river:</p>{links}")

    labels = labels_of(page)

    texts = ("Related articles from our blog of the river:", "How long the town takes to decay", "Why to begin")
    assert {"related"} == {labels[text] for text in texts}


def test_linked_services_in_a_list_at_the_end_are_none_of_the_essay_and_its_contents_are() -> None:
    services = "<ul><li><a href='/m'>Email to a friend</a></li><li><a href='/p'>Print this page</a></li></ul>"

    labels = labels_of(article().replace("</main>", f"{services}</main>"))
    contents = labels_of(article().replace("</main>", f"{services.replace('/p', '#p')}</main>"))

    assert {"chrome"} == {labels["Email to a friend"], labels["Print this page"]}
    assert "body" == contents["Print this page"]


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("<p>Tags: rivers, cities, maps.</p>", "tags"),
        ("<p>Tags: <a href='/rivers'>rivers.</a></p>", "tags"),
        ("<p>Keywords: rivers under a street</p>", "tags"),
        ("<p>Keywords: the river that was found under the street.</p>", "body"),
        ("<h3>Keywords: rivers under a street</h3>", "body"),
    ],
)
def test_inside_the_essay_keywords_are_told_from_a_sentence_and_a_heading_by_their_form(line: str, label: str) -> None:
    paragraphs = f"<p>{PROSE}</p><p>{MORE_PROSE}</p><p>{PROSE}</p>"
    page = f"<main><h1>River</h1>{paragraphs}{line}{paragraphs}</main>"

    assert labels_of(page)[re.sub("<.+?>", "", line)] == label
