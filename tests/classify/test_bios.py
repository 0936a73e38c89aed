"""A text below the essay, or beside the byline, that begins with the author's name is about the author."""

from __future__ import annotations

import pytest

from .labelling import MORE_PROSE, PROSE, article, labels_of

BIO = "Marta Kolb is a surveyor in Leeds and maps lost rivers in her spare time."


def label_of(text: str, page: str, authors: tuple[str, ...] = ("Marta Kolb",)) -> str:
    return labels_of(page, authors=authors)[text]


@pytest.mark.parametrize(
    "text",
    [
        BIO,
        f"({BIO})",
        "Dr. Marta Kolb teaches the history of drains at an evening school.",
        "Marta Kolb, a surveyor in Leeds, maps lost rivers in her spare time.",
        "Marta Kolb, PhD, MSc, has walked every culvert of the county.",
        "Marta Kolb (born 1960) wrote a book on wells that is out of print.",
        "Marta Kolb ist Vermesserin und sammelt Karten verschwundener Flüsse.",
    ],
)
def test_a_last_paragraph_that_begins_with_the_author_s_name_is_meta(text: str) -> None:
    essay = f"<main><p>{PROSE}</p><p>{MORE_PROSE}</p><p>{text}</p></main>"

    assert "meta" == label_of(text, f"<body id=top><h1>The River Below</h1>{essay}")
    assert "body" == label_of(text, f"<body id=top><h1>The River Below</h1>{essay}", authors=())


def test_the_name_is_read_off_the_visible_byline_too() -> None:
    page = article(before="", after="")
    page = page.replace("</h1>", "</h1><div class=byline>By Marta Kolb Chief Surveyor</div>")
    page = page.replace("</main>", f"<p>{BIO}</p></main>")

    assert "meta" == label_of(BIO, page, authors=())


@pytest.mark.parametrize(
    "text",
    [
        "Marta Kolb: I have never seen so clear a spring under so dull a street, and I said so at the time.",
        "Marta Kolb Square was opened to the public on the first warm day of the year.",
        "Of all people it was Marta Kolb who found the map in the end, behind a wardrobe.",
    ],
)
def test_a_speaker_a_longer_name_and_a_name_further_on_tell_nothing_of_the_author(text: str) -> None:
    page = f"<body id=top><h1>The River Below</h1><main><p>{PROSE}</p><p>{MORE_PROSE}</p><p>{text}</p></main>"

    assert "body" == label_of(text, page)


def test_an_essay_that_speaks_of_its_author_goes_on() -> None:
    more = "".join(f"<p>{n}. {MORE_PROSE}</p>" for n in range(3))
    page = f"<body id=top><h1>The River Below</h1><main><p>{PROSE}</p><p>{BIO}</p>{more}</main>"

    assert "body" == label_of(BIO, page)


def test_name_post_and_address_above_such_a_text_are_meta_with_it() -> None:
    box = f"<div><div><h3>Marta Kolb</h3><p>Surveyor</p><p>marta@kolb.example</p></div><p>{BIO}</p></div>"

    labels = labels_of(article(after=box), authors=("Marta Kolb",))

    assert ["meta"] * 4 == [labels[text] for text in ("Marta Kolb", "Surveyor", "marta@kolb.example", BIO)]


def test_a_text_beside_the_byline_is_about_the_author_and_a_standfirst_that_names_her_is_not() -> None:
    text = "Marta is a surveyor in Leeds and maps lost rivers in her spare time, mostly on Sundays and in boots."
    beside = f"<div><div><p>By Marta Kolb</p></div><div>{text}</div></div>"
    page = f"<body id=top><h1>The River Below</h1>{beside}<main><p>{PROSE}</p><p>{MORE_PROSE}</p></main>"
    lead = f"<body id=top><h1>The River Below</h1><p>By Marta Kolb</p><main><p>{text}</p><p>{MORE_PROSE}</p></main>"

    assert "meta" == label_of(text, page)
    assert "body" == label_of(text, lead)


def test_a_name_above_a_text_in_a_small_box_below_is_the_authors_though_one_can_follow_her() -> None:
    box = "<div class=z1><a>Marta Kolb</a><p>She maps lost rivers, mostly on foot.</p><a>Follow us on Twitter</a></div>"
    page = article(after=box).replace("</h1>", "</h1><div class=by>Marta Kolb, 3 May 2023</div>")

    labels = labels_of(page)

    assert {"meta"} == {
        labels[text] for text in ("Marta Kolb", "She maps lost rivers, mostly on foot.", "Follow us on Twitter")
    }


def test_a_name_that_opens_the_byline_before_a_date_is_the_authors() -> None:
    text = "Marta Kolb on mittaaja ja kulkee kadonneita jokia pitkin joka kesä."
    page = article().replace("</h1>", "</h1><div class=by>Marta Kolb 3.5.2023</div>")
    page = page.replace("</main>", f"<p>{text}</p></main>")

    assert "meta" == labels_of(page)[text]
    assert "body" == labels_of(page.replace("Kolb 3.5.2023", "Kolb"))[text]


def test_posts_and_offices_in_the_box_of_such_a_text_are_meta_with_it_and_the_essay_is_not() -> None:
    lines = (
        "Chair of the board of wells",
        "Founder of Safe Streams",
        "Surveyor | Author | Walker of culverts and drains.",
    )
    box = "".join(f"<p>{line}</p>" for line in lines) + f"<p>{BIO}</p><p>Her maps hang in the town hall</p>"

    labels = labels_of(article(after=f"<div class=z1>{box}</div>"), authors=("Marta Kolb",))

    assert {"meta"} == {labels[line] for line in (*lines, BIO, "Her maps hang in the town hall")}
    assert labels[PROSE] == labels[MORE_PROSE] == "body"
