"""Headings between paragraphs of the essay are of it, whatever box they stand in."""

from __future__ import annotations

import pytest

from .labelling import MORE_PROSE, PROSE, labels_of

TEXT = "Wells and drains"


def page(between: str) -> str:
    """An essay whose paragraphs are told from what stands between them: those alone are in <main>."""
    return (
        "<body id=top><h1>The River Below</h1>"
        f"<div><section><main><p>{PROSE}</p></main></section>{between}<section><main><p>{MORE_PROSE}</p></main></section>"
        "</div></body>"
    )


@pytest.mark.parametrize(
    "between",
    [
        f"<h2>{TEXT}</h2>",
        f"<div class=box><h3>{TEXT}</h3></div>",
        f"<div><h2>{TEXT}</h2><span>[<a href='/edit'>edit</a>]</span></div>",
    ],
)
def test_a_heading_between_two_paragraphs_of_the_essay_is_of_it(between: str) -> None:
    assert "body" == labels_of(page(between))[TEXT]


@pytest.mark.parametrize(
    "between",
    [
        f"<div>{TEXT}</div>",
        f"<h2><a href='/wells'>{TEXT}</a></h2>",
        f"<h2>{TEXT}</h2><p>{'Sign up for letters on what flows below the town. ' * 2}</p>",
        f"<div><div><div><div><div><h2>{TEXT}</h2></div></div></div></div></div>",
    ],
)
def test_no_heading_a_link_one_over_another_text_and_one_in_a_far_box_stay_out(between: str) -> None:
    assert "body" != labels_of(page(between))[TEXT]


def test_a_byline_in_a_heading_stays_out() -> None:
    assert "meta" == labels_of(page("<h3>By Marta Kolb</h3>"))["By Marta Kolb"]


def test_the_last_heading_goes_with_the_teasers_below_it_and_a_heading_of_text_stays() -> None:
    links = "".join(f"<p><a href='/{n}'>How the town found its {n} rivers</a></p>" for n in (2, 3, 4))
    essay = f"<main><p>{PROSE}</p><h2>{TEXT}</h2><p>{MORE_PROSE}</p><h2>From the drawers of the mill</h2></main>"

    labels = labels_of(
        f"<body id=top><h1>The River Below</h1><div class=z1>{essay}<div class=related>{links}</div></div>"
    )

    assert ("body", "related") == (labels[TEXT], labels["From the drawers of the mill"])


def test_what_follows_the_heading_of_an_offer_at_the_end_is_of_the_offer() -> None:
    offer = "Every Friday we walk one of the buried streams and tell you where it went."
    head = "<h3>Subscribe to our newsletter</h3>"
    essay = f"<main><p>{PROSE}</p><h2>{TEXT}</h2><p>{MORE_PROSE}</p>{head}<p>{offer}</p></main>"

    labels = labels_of(f"<body id=top><h1>The River Below</h1><div class=z1>{essay}</div></body>")

    assert ("body", "promo") == (labels[MORE_PROSE], labels[offer])


def test_the_text_below_a_label_for_advertisements_that_is_no_heading_goes_on() -> None:
    essay = f"<main><p>{PROSE}</p><div>Advertisement</div><p>{MORE_PROSE}</p></main>"

    assert "body" == labels_of(f"<body id=top><h1>The River Below</h1>{essay}</body>")[MORE_PROSE]


def test_a_word_for_tags_that_ends_the_essay_heads_the_short_links_below_it() -> None:
    essay = f"<main><p>{PROSE}</p><p>{MORE_PROSE}</p><div class=z2>Onderwerpen</div></main>"
    links = "<div class=z3><a href='/t/1'>Kanalen</a> <a href='/t/2'>Sluizen</a></div>"

    labels = labels_of(f"<body id=top><h1>The River Below</h1>{essay}{links}</body>")

    assert {"tags"} == {labels["Onderwerpen"], labels["Kanalen Sluizen"]}
