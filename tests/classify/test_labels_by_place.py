"""What a button, a class name and a line above the headline say depends on what they stand beside."""

from __future__ import annotations

import pytest

from .labelling import MORE_PROSE, PROSE, article, labels_of

FOLLOW = "<button>Follow</button>"


def test_a_button_to_follow_the_author_beside_the_byline_makes_it_no_promotion() -> None:
    byline = (
        f'<div class=z2><a href="/w/3">Nia Rhys</a> {FOLLOW}<div>The Wells Review</div><span>Mar 2, 2023</span></div>'
    )
    page = f"<body id=top><main><h1>The River Below</h1>{byline}<p>{PROSE}</p><p>{MORE_PROSE}</p></main></body>"

    labels = labels_of(page)

    assert {"meta"} == {labels["Nia Rhys"], labels["Mar 2, 2023"]}


def test_a_button_to_buy_a_print_leaves_the_caption_beside_it_to_the_essay() -> None:
    picture = "<div><figcaption>The rings in the wall, seen from the boat.</figcaption><button>Buy now</button></div>"

    assert "body" == labels_of(article(inside=picture))["The rings in the wall, seen from the boat."]


def test_a_box_of_the_author_with_a_button_to_follow_is_meta_as_a_whole() -> None:
    box = f"<div class=z3><h2>Written by Nia Rhys</h2><p>I map what is under cities.</p>{FOLLOW}</div>"
    page = article(after=box).replace("</h1>", "</h1><div class=byline>By Nia Rhys</div><div>Mar 2, 2023</div>")

    labels = labels_of(page)

    assert {"meta"} == {labels["Written by Nia Rhys"], labels["I map what is under cities."]}


def test_a_class_name_that_the_paragraphs_of_the_essay_have_too_says_nothing_of_other_blocks() -> None:
    note = "The map of the wells is on the wall of the town hall, to the left of the door."
    paragraphs = "".join(f"<div class=subscriber><p>{text}</p></div>" for text in (PROSE, MORE_PROSE))

    def label(name: str) -> str:
        other = f"<div class={name}><p>{note}</p></div>"
        return labels_of(f"<body id=top><h1>The River Below</h1><main>{paragraphs}</main>{other}</body>")[note]

    assert ("chrome", "promo") == (label("subscriber"), label("subscription"))


@pytest.mark.parametrize(
    "line",
    [
        "<div class=path><a href='/a'>Afonydd</a> <a href='/b'>Ffynhonnau</a></div>",
        "<span>Sadwrn, 9/3/2024, 06:00 (GMT+7)</span>",
    ],
)
def test_sections_and_a_date_with_a_time_directly_above_the_headline_are_meta(line: str) -> None:
    page = article(before=f"<div><a href='/'>Y Cawr</a></div><div>Chwilio</div>{line}")

    labels = labels_of(page)

    assert "meta" == next(label for text, label in labels.items() if text.startswith(("Afonydd", "Sadwrn")))


def test_the_day_above_the_headline_that_the_site_shows_to_all_is_not_meta() -> None:
    day = "dydd Sadwrn y nawfed o fis Mawrth, 9/3/2024"
    page = article(before=f"<div><a href='/'>Y Cawr</a></div><div>Chwilio</div><span>{day}</span>")

    assert "chrome" == labels_of(page)[day]


@pytest.mark.parametrize("post", ["", "<div>Gohebydd</div>"])
def test_a_name_in_the_box_of_the_date_below_the_lead_is_meta(post: str) -> None:
    box = f"<div><div>Nia Rhys</div>{post}<div>03.02.2024, kl. 09:11</div></div>"
    page = (
        f"<body id=top><main><h1>The River Below</h1><p>{PROSE}</p>{box}<p>{MORE_PROSE}</p><p>{PROSE} Yes.</p></main>"
    )

    assert "meta" == labels_of(page)["Nia Rhys"]


def test_a_name_below_the_lead_without_a_date_near_it_stays() -> None:
    page = f"<body id=top><main><h1>The River Below</h1><p>{PROSE}</p><div>Nia Rhys</div><p>{MORE_PROSE}</p></main>"

    assert "body" == labels_of(page)["Nia Rhys"]


def test_a_last_heading_in_the_box_of_one_row_of_links_goes_with_them() -> None:
    links = "<a href='/n/3'>Y bont ger y felin ddu</a> <a href='/n/4'>Cloch yn yr afon ddu</a>"
    box = f"<section><h2 class=taken>Rhagor o'r wasg</h2>{links}</section><footer>Y Cawr</footer>"

    labels = labels_of(article(after=box))

    assert ("related", "body") == (labels["Rhagor o'r wasg"], labels[MORE_PROSE])


MENU = "<div class=z8><a href='/'>Y Cawr</a> <a href='/n'>Newyddion</a> <a href='/c'>Chwaraeon</a></div>"


def above(line: str, *, menu: str = MENU) -> dict[str, str]:
    """The labels of a page with a menu, and a line between it and the headline."""
    return labels_of(article(before=menu + line))


@pytest.mark.parametrize(
    ("line", "texts"),
    [
        (
            "<div class=z1><a href='/'>Home</a> <a href='/a'>Afonydd</a> <a href='/b'>Tref</a></div>",
            ["Home Afonydd Tref"],
        ),
        ("<ul><li><a href='/a'>Afonydd</a></li><li><a href='/b'>Tref</a></li></ul>", ["Afonydd", "Tref"]),
    ],
)
def test_links_from_the_home_page_down_to_the_headline_are_a_breadcrumb(line: str, texts: list[str]) -> None:
    labels = above(line)

    assert {"meta"} == {labels[text] for text in texts}
    assert "chrome" == labels["Y Cawr Newyddion Chwaraeon"]


@pytest.mark.parametrize(
    ("line", "menu"),
    [
        ("<div class=z1><a href='/a'>Afonydd</a> <a href='/b'>Tref</a> <a href='/d'>Siop</a></div>", MENU),
        ("<div class=z1><a href='/'>Home</a> <a href='/a'>Afonydd</a> <a href='/b'>Tref</a></div>", ""),
        ("<nav><a href='/a'>Afonydd</a> <a href='/b'>Tref</a></nav>", MENU),
        ("<ul><li>Heb gyswllt</li><li><a href='/a'>Afonydd</a></li></ul>", MENU),
    ],
)
def test_a_second_menu_and_the_only_one_are_no_breadcrumb(line: str, menu: str) -> None:
    labels = above(line, menu=menu)

    assert "meta" not in {label for text, label in labels.items() if "Afonydd" in text}


def test_a_breadcrumb_may_end_in_the_headline_as_a_whole() -> None:
    headline = "The river that was under the street for longer than anyone alive could say"
    line = f"<div class=z1><a href='/'>Y Cawr</a> › <a href='/a'>Afonydd</a> › {headline}</div>"
    page = article(before=MENU + line + "<div class=z2>Rhannu</div>").replace("The River Below", headline)

    assert "meta" == next(label for text, label in labels_of(page).items() if "›" in text)


def test_an_author_with_an_address_directly_above_the_headline_is_meta() -> None:
    line = (
        "<div class=z1><a href='/w/3'>Nia Rhys</a> <span>nia@cawr.example</span> <a href='/w/3/a'>Erthyglau</a></div>"
    )

    assert "meta" == above(f"<div>Chwilio</div>{line}")["Nia Rhys nia@cawr.example Erthyglau"]


def test_a_word_for_other_pages_directly_above_the_headline_is_its_kicker() -> None:
    header = "<span class=z1>Featured</span><h1>The River Below</h1>"

    assert "meta" == labels_of(f"<body id=top>{MENU}<div>{header}<main><p>{PROSE}</p></main></div>")["Featured"]


def test_the_heading_of_a_sign_up_box_that_opens_the_footer_covers_the_box_alone() -> None:
    box = "<div class=z1><h3>Newsletter</h3><p>A map by post, once in a while.</p></div>"
    labels = labels_of(article(after=f"<footer>{box}<p>Rheolau</p><p>© Y Cawr</p></footer>"))

    assert ("promo", "chrome") == (labels["A map by post, once in a while."], labels["Rheolau"])


def test_a_byline_in_capitals_gives_the_name_of_the_text_about_the_author() -> None:
    bio = "Nia Rhys is a surveyor in Leeds and maps lost rivers in her spare time."
    page = (
        article()
        .replace("</h1>", "</h1><div class=byline>By NIA RHYS</div>")
        .replace("</main>", f"<p>{bio}</p></main>")
    )

    assert "meta" == labels_of(page)[bio]


def test_a_single_word_between_a_line_of_links_and_the_headline_of_a_bare_page_is_its_section() -> None:
    def label(menu: str) -> str:
        page = f"<body>{menu}<div>Reportaža</div><h1>The River Below</h1><p>{PROSE}</p><p>{MORE_PROSE}</p></body>"
        return labels_of(page, title="The River Below")["Reportaža"]

    links = "<a href='/n'>Novice</a> <a href='/s'>Šport</a> <a href='/m'>Mnenja</a>"
    assert ("meta", "chrome") == (label(f"<div>{links}</div>"), label("<div>Novice</div>"))
