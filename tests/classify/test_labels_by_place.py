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
