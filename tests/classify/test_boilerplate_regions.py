"""Outside the essay regions decide: class words, headings, the length of links, boxes and cards."""

from __future__ import annotations

import pytest

from .labelling import MORE_PROSE, PROSE, article, evidence_of, labels_of

HEADLINES = (
    "Council votes to dig up the market square",
    "What the maps of 1840 leave out about water",
    "The last ferryman and his successors speak",
)


def listed(texts: tuple[str, ...], attributes: str = "") -> str:
    return (
        f"<ul {attributes}>" + "".join(f"<li><a href='/{n}'>{text}</a></li>" for n, text in enumerate(texts)) + "</ul>"
    )


REGIONS = {
    listed(HEADLINES): "related",
    listed(("Home", "News", "Sport", "Money")): "chrome",
    "<div><h3>From the valley</h3>" + listed(HEADLINES[:2], "class=related") + "</div>": "related",
    "<div><b>A walk on Sunday</b><div class=newsletter><p>Five stories.</p><p>One map.</p></div></div>": "promo",
    f"<nav class=post-navigation><div class=nav-next><a href='/n'>{HEADLINES[0]}</a></div></nav>": "related",
    "<div class='post-tags'><a href='/t/1'>rivers</a> <a href='/t/2'>maps</a></div>": "tags",
    "<p><a href='/tag/rivers'>rivers</a></p>": "tags",
    "<ol>"
    + "".join(f"<li><a href='#{n}'>A chapter heading of some length {n}</a></li>" for n in range(4))
    + "</ol>": "chrome",
    "<div id=comments><p>I remember the smell.</p><p>Marta, 3 May 2023</p></div>": "comment",
    "<div class=newsletter-box><h3>The Morning Ferry</h3><p>Five stories every working day.</p></div>": "promo",
    "<div class=share-buttons><span>Facebook</span> <span>Mail</span></div>": "chrome",
    "<footer><p>The River Post, 1 Quay Street</p></footer>": "chrome",
    "<aside><p>Copper $8,410.50 +1.2%</p><p>Wheat €212.25 ▼ 0.4 %</p></aside>": "chrome",
    "<aside><p>$8,410.50</p><p>€212.25</p></aside>": "promo",
    "<div><p>Ein Brief am Morgen</p><form><input type=email><button>Los</button></form></div>": "promo",
    "<div><h3>About the author</h3><p>Marta Kolb maps lost rivers.</p></div>": "meta",
    "<div><p>Enter your address below.</p><p>By signing up you agree to receive mail.</p></div>": "promo",
}


@pytest.mark.parametrize(("region", "label"), REGIONS.items())
def test_a_region_after_the_essay_is_one_thing(region: str, label: str) -> None:
    page = article(after=region)

    labels = set(list(labels_of(page).values())[3:])

    assert labels == {label}


@pytest.mark.parametrize(
    ("heading", "label"),
    [("Comments", "comment"), ("Related articles", "related"), ("相关阅读", "related"), ("Tags", "tags")],
)
def test_a_heading_names_what_stands_below_it(heading: str, label: str) -> None:
    page = article(after=f"<div><h3>{heading}</h3><div><p>rivers</p><p>bridges</p></div></div>")

    labels = labels_of(page)

    assert [labels[text] for text in (heading, "rivers", "bridges")] == [label] * 3


@pytest.mark.parametrize(
    "field", ["<input type=email><input type=password>", "<input name=email><textarea></textarea>", "<input name=q>"]
)
def test_a_form_that_asks_for_more_than_an_address_or_for_none_is_no_promotion(field: str) -> None:
    page = article(after=f"<div><p>Tell us</p><form>{field}<button>Go</button></form></div>")

    assert "promo" not in labels_of(page).values()


def test_a_lead_below_the_headline_and_the_caption_of_its_picture_are_of_the_essay() -> None:
    lead = "How a forgotten river came back into the light of day"
    page = article().replace("</h1>", f"</h1><p>By Marta Kolb</p><p>{lead}</p><figcaption>Photo: A. Rey</figcaption>")

    labels = labels_of(page)

    assert (labels["By Marta Kolb"], labels[lead], labels["Photo: A. Rey"]) == ("meta", "body", "body")


def test_an_advertising_department_far_behind_the_essay_is_no_advertisement() -> None:
    menu = listed(tuple(f"Place {n}" for n in range(45)))
    box = "<div><h3>Advertising</h3><p>1 Quay Street</p><p>Second floor</p></div>"

    near, far = (labels_of(article(after=after))["Second floor"] for after in (box, menu + box))

    assert (near, far) == ("promo", "chrome")


def test_a_line_that_names_source_or_tags_right_behind_the_essay_is_the_article_s_whatever_its_box_is_called() -> None:
    box = "<div class='footer-box'><p>Source: The Ferry Gazette</p><p>Tags: rivers</p><p>1 Quay Street</p></div>"

    labels = labels_of(article(after=box))

    assert [labels[text] for text in ("Source: The Ferry Gazette", "Tags: rivers", "1 Quay Street")] == [
        "meta",
        "tags",
        "chrome",
    ]


def test_a_headline_in_a_plain_paragraph_is_known_by_the_page_s_title_though_a_portal_s_token_hangs_on_it() -> None:
    head = "<div class=header><p>Ferry Post</p><p>The River Below the Street_FER</p><p>Time: 2023-05-28</p></div>"
    page = f"<body>{head}<main><p>{PROSE}</p><p>{MORE_PROSE}</p></main></body>"

    labels = labels_of(page, title="The River Below the Street")

    assert labels["The River Below the Street_FER"] == "title"
    assert labels["Time: 2023-05-28"] == "meta"


def test_without_headings_the_line_above_the_byline_is_the_headline() -> None:
    lines = ("Ferry Post", "Home > Rivers", "What a river remembers of its street", "Author: Marta Quay", "2023-05-28")
    head = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<body id=top>{head}<main><p>{PROSE}</p><p>{MORE_PROSE}</p></main></body>"

    labels = labels_of(page, title="Ferry Post")

    assert [labels[line] for line in lines[2:]] == ["title", "meta", "meta"]


@pytest.mark.parametrize("line", ["<h6>2012-01-11 16:48 | Ferry Gazette</h6>", "<p>2012年1月11日 来源：新民报</p>"])
def test_a_dated_line_below_the_headline_is_meta_whatever_else_it_says(line: str) -> None:
    page = f"<body id=top><main><h1>The River Below</h1>{line}<p>{PROSE}</p><p>{MORE_PROSE}</p></main></body>"

    assert list(labels_of(page).values()) == ["title", "meta", "body", "body"]


def test_kicker_and_time_of_a_card_belong_to_its_teaser() -> None:
    cards = "".join(
        f"<div class=card><a href='/c'>City</a><h3><a href='/{n}'>{text}</a></h3><time>{n} May 2023</time></div>"
        for n, text in enumerate(HEADLINES, 1)
    )

    labels = labels_of(article(after=f"<div>{cards}</div>"))

    assert set(list(labels.values())[3:]) == {"related"}


def test_what_surrounds_the_headline_is_meta_and_what_is_far_above_is_not() -> None:
    page = (
        "<body><div id=nav><ul><li><a href='/'>Home</a></li><li><a href='/s'>Sport</a></li>"
        "<li><a href='/m'>Money</a></li></ul></div>"
        "<div class=breadcrumb><a href='/'>Start</a> <a href='/c'>City</a></div>"
        "<article><span>City desk</span><h1>The River Below</h1><p>By Jane Roe</p><p>3 May 2023</p>"
        f"<main><p>{PROSE}</p></main></article></body>"
    )

    labels = labels_of(page)

    assert labels == {
        "Home": "chrome",
        "Sport": "chrome",
        "Money": "chrome",
        "Start City": "meta",
        "City desk": "meta",
        "The River Below": "title",
        "By Jane Roe": "meta",
        "3 May 2023": "meta",
        PROSE: "body",
    }


def test_the_headline_is_the_heading_that_the_head_names() -> None:
    page = f"<body id=a><h1>The River Post</h1><div><h2>The River Below</h2><main><p>{PROSE}</p></main></div></body>"

    labels = labels_of(page, title="The River Below")

    assert labels["The River Below"] == "title"
    assert labels["The River Post"] != "title"


def test_comments_taken_for_the_essay_are_given_back() -> None:
    comment = "I grew up on that street and my grandmother swore that you could hear the water at night."
    page = article().replace("</main>", f"<div id=comments><p>{comment}</p></div></main>")

    labels = labels_of(page)

    assert labels[comment] == "comment"


def test_dated_teasers_are_related_wherever_they_stand() -> None:
    teasers = "".join(
        f"<h4><a href='/{n}'>{text}</a></h4><p>Tale {n}.</p><p>2023/5/{n}</p>" for n, text in enumerate(HEADLINES, 1)
    )
    page = f"<body id=a><h1>The River Below</h1><main><p>{PROSE}</p><p>{MORE_PROSE}</p>{teasers}</main></body>"

    labels = list(labels_of(page).values())

    assert labels == ["title", "body", "body", *["related"] * 9]


def test_dated_comments_are_no_teasers() -> None:
    comments = "".join(
        f"<li><b>{name}</b><p>2023/5/{n} 10:00</p><p>It smelled of iron.</p></li>"
        for n, name in enumerate(("Ann", "Bo"), 1)
    )
    page = article(after=f"<div class=comments><h3>2 comments</h3><ol>{comments}</ol></div>")

    labels = labels_of(page)

    assert {labels["Ann"], labels["Bo"], labels["It smelled of iron."]} == {"comment"}


def test_the_evidence_of_a_region_is_named_on_request() -> None:
    page = article(after=listed(HEADLINES, "class=related-posts"))

    names = {evidence.name for evidence in evidence_of(page, HEADLINES[0])}

    assert {"class_related", "list_of_headlines", "long_link"} <= names


def reviews(count: int) -> str:
    """Linked headlines, each followed by a paragraph that the main content stage takes for the essay."""
    return "".join(
        f"<section><div><h3><a href='/{number}'>The guide to city water, part number {number}</a></h3></div>"
        f"<div><main><p>{PROSE} Part {number}.</p></main></div></section>"
        for number in range(count)
    )


def test_a_list_of_reviews_keeps_its_paragraphs() -> None:
    page = f"<body id=top><h1>The River Below</h1>{reviews(6)}</body>"

    labels = labels_of(page)

    assert [label for text, label in labels.items() if text.startswith(PROSE)] == ["body"] * 6


@pytest.mark.parametrize("name", ["ad-slot", "adBox", "google_ads", "ads3", "AdUnit12"])
def test_a_word_for_an_advertisement_counts_in_a_name_of_several_words_or_with_a_number(name: str) -> None:
    labels = labels_of(article(after=f"<div class='{name}'><p>Two nights at the quay</p></div>"))

    assert labels["Two nights at the quay"] == "promo"


@pytest.mark.parametrize("name", ["clear-rail-ad", "user-ads", "ad-free", "add-note", "download", "c4f0ad9"])
def test_a_name_that_only_mentions_advertisements_or_begins_alike_says_nothing_of_them(name: str) -> None:
    labels = labels_of(article(after=f"<div class='{name}'><p>Two nights at the quay</p></div>"))

    assert labels["Two nights at the quay"] != "promo"


def test_an_article_named_for_its_comments_is_no_region_of_comments() -> None:
    paragraphs = (PROSE, f"{PROSE} So it was said, at least.", MORE_PROSE)
    article_below = "".join(f"<p>{text}</p>" for text in paragraphs[:2])
    page = f"<main><div id=comments><h1>The River Below</h1>{article_below}</div><div><p>{MORE_PROSE}</p></div></main>"

    labels = labels_of(page)

    assert [labels[text] for text in paragraphs] == ["body"] * 3


def test_comments_below_the_headline_s_article_are_a_region_of_comments() -> None:
    page = f"<main><h1>The River Below</h1><p>{PROSE}</p><div class=comments><p>{MORE_PROSE}</p></div></main>"

    labels = labels_of(page)

    assert [labels[text] for text in (PROSE, MORE_PROSE)] == ["body", "comment"]


HEADLINE = "What the river left behind"
ABOVE = ("River Post River Post", "River Post, daily", "Home > Water > Finds")
HEADER = "".join(f"<p>{line}</p>" for line in (*ABOVE, HEADLINE))
BYLINES = "<p>Author: Marta Kolb</p><p>Time: 2023-05-28</p>"


@pytest.mark.parametrize(("bylines", "title"), [("", HEADLINE), (BYLINES, "River Post")])
def test_lines_above_a_headline_in_no_heading_are_not_of_the_essay(bylines: str, title: str) -> None:
    page = f"<main><div class=head>{HEADER}{bylines}</div><div><p>{PROSE}</p><p>{MORE_PROSE}</p></div></main>"

    labels = labels_of(page, title=title)

    assert labels[HEADLINE] == "title"
    assert {labels[line] for line in ABOVE} <= {"chrome", "meta"}


def test_what_stands_above_a_later_repeat_of_the_headline_stays_where_it_holds_a_paragraph() -> None:
    page = f"<main><p>{PROSE}</p><p>The iron rings</p><p>{MORE_PROSE}</p><p>{HEADLINE}</p><p>{PROSE}</p></main>"

    labels = labels_of(page, title=HEADLINE)

    assert labels["The iron rings"] == "body"


@pytest.mark.parametrize("byline", ["<p>Marta Kolb</p><p>3 May 2023</p>", "<p>Marta Kolb, 3 May 2023</p>"])
@pytest.mark.parametrize("lead", ["", f"<p>{PROSE}</p>"])
def test_name_and_date_below_the_headline_or_the_lead_are_none_of_the_essay(lead: str, byline: str) -> None:
    essay = f"<p>{MORE_PROSE}</p><p>{PROSE} {MORE_PROSE}</p>"

    labels = labels_of(f"<main class=x1><h1>The river below the town</h1>{lead}{byline}{essay}</main>")

    assert {label for text, label in labels.items() if "Marta" in text or text == "3 May 2023"} == {"meta"}
    assert labels[MORE_PROSE] == "body"


def test_a_date_between_two_paragraphs_of_the_essay_stays_in_it() -> None:
    essay = f"<p>{PROSE}</p><p>{MORE_PROSE}</p><p>On the river, 3 May 2023</p><p>{PROSE} {MORE_PROSE}</p>"

    labels = labels_of(f"<main class=x1><h1>The river below the town</h1>{essay}</main>")

    assert labels["On the river, 3 May 2023"] == "body"
