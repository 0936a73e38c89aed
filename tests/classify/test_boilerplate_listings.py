from __future__ import annotations

import pytest

from tests.classify.labelling import MORE_PROSE, PROSE, labels_of

STORIES = tuple(f"The bridge keeper counts the boats, part {number}" for number in range(5))
TEXTS = tuple(
    f"On day {number} he counted eleven boats, two of them empty, and wrote it all down." for number in range(5)
)
MENU = "<nav><a href='/a'>About this paper and its writers</a></nav>"


def cards(*, taken: bool) -> str:
    """Headlines with a text each, which main content took for the essay or did not."""
    text = "<main><p>{}</p></main>" if taken else "<p>{}</p>"
    return "".join(
        f"<div class=item><h3><a href='/{number}'>{story}</a></h3><div>7 May</div>{text.format(words)}</div>"
        for number, (story, words) in enumerate(zip(STORIES, TEXTS, strict=True))
    )


def goods(count: int) -> str:
    return "".join(
        f"<li class=thing><h2><a href='/{number}'>Lamp {number}</a></h2><span>${number}9.50</span>"
        f"<button>Add to cart</button></li>"
        for number in range(count)
    )


def labels_among(labels: dict[str, str], texts: tuple[str, ...]) -> set[str]:
    return {labels[text] for text in texts}


def test_where_cards_hold_the_text_their_headlines_are_of_the_essay() -> None:
    labels = labels_of(f"<body id=a>{MENU}<h1>News</h1><div class=list>{cards(taken=True)}</div></body>")

    assert labels_among(labels, STORIES + TEXTS) == {"body"}
    assert labels["About this paper and its writers"] == "chrome"


@pytest.mark.parametrize(
    "box", ["<aside>{}</aside>", "<div><h2>Most read</h2>{}</div>", "<div class=related-posts><div>{}</div></div>"]
)
def test_cards_beside_an_essay_are_teasers_though_their_texts_were_taken_for_it(box: str) -> None:
    lines = "".join(f"<p>That was in year {number} of the works.</p>" for number in range(6))
    essay = f"<main><p>{PROSE}</p>{lines}<p>{MORE_PROSE}</p></main>"
    beside = box.format(cards(taken=True))

    labels = labels_of(f"<body id=a><article><h1>The River Below</h1>{essay}</article>{beside}</body>")

    assert labels_among(labels, STORIES + TEXTS) == {"related"}
    assert labels_among(labels, (PROSE, MORE_PROSE)) == {"body"}


def test_headlines_are_the_text_of_a_page_that_has_no_other() -> None:
    headlines = "".join(f"<li><a href='/{number}'>{story}</a></li>" for number, story in enumerate(STORIES))

    labels = labels_of(f"<body id=a>{MENU}<h1>News</h1><ul>{headlines}</ul></body>")

    assert labels_among(labels, STORIES) == {"body"}
    assert labels["About this paper and its writers"] == "chrome"


@pytest.mark.parametrize(("line", "label"), [("The tide went out at four,", "related"), ("At four,", "body")])
def test_nor_are_they_on_one_whose_text_is_a_poem(line: str, label: str) -> None:
    poem = "<br>".join(f"{line} {number}" for number in range(6))
    headlines = "".join(f"<li><a href='/{number}'>{story}</a></li>" for number, story in enumerate(STORIES))

    labels = labels_of(f"<body id=a><h1>Tides</h1><main><p>{poem}</p></main><ul>{headlines}</ul></body>")

    assert labels_among(labels, STORIES) == {label}


def test_headlines_below_a_brief_are_none_of_it() -> None:
    headlines = "".join(f"<li><a href='/{number}'>{story}</a></li>" for number, story in enumerate(STORIES))

    labels = labels_of(f"<body id=a><h1>The River Below</h1><main><p>{PROSE}</p></main><ul>{headlines}</ul></body>")

    assert labels_among(labels, STORIES) == {"related"}


def test_names_and_prices_of_a_department_are_its_text_and_its_buttons_are_not() -> None:
    labels = labels_of(f"<body id=a><h1>Lamps</h1><main><p>{PROSE}</p></main><ul>{goods(8)}</ul></body>")

    assert labels_among(labels, ("Lamp 1", "Lamp 7", "$19.50")) == {"body"}
    assert labels["Add to cart"] != "body"


@pytest.mark.parametrize("below", ["<ul>{}</ul>", "<h2>You may also like</h2><ul>{}</ul>"])
def test_what_a_page_of_one_thing_recommends_is_none_of_it(below: str) -> None:
    count = 4 if below.startswith("<ul>") else 8

    labels = labels_of(f"<body id=a><h1>A lamp</h1><main><p>{PROSE}</p></main>{below.format(goods(count))}</body>")

    assert labels["Lamp 1"] != "body"


def test_questions_that_open_their_answers_are_of_the_essay_with_them() -> None:
    questions = "".join(
        f"<div class=item><a class=toggle href='#a{number}'>What did he count on day {number}?</a>"
        f"<main><div class=answer>{words}</div></main></div>"
        for number, words in enumerate(TEXTS)
    )
    essay = "".join(f"<p>{PROSE} So it went in year {number}.</p>" for number in range(9))

    labels = labels_of(f"<body id=a><h1>The River Below</h1><main>{essay}</main><div>{questions}</div></body>")

    assert labels["What did he count on day 3?"] == "body"


def test_cards_behind_an_essay_that_has_ended_are_teasers() -> None:
    cards = "".join(
        f'<article><h3><a href="/{n}">The bridge of the year 18{n}0</a></h3><p>{PROSE[:-1]} in {n}.</p></article>'
        for n in range(3)
    )
    essay = "".join(f"<p>{PROSE} {MORE_PROSE} Year {n} passed.</p>" for n in range(3))

    labels = labels_of(f"<main class=text><h1>The river below</h1>{essay}<section>{cards}</section></main>")
    assert {labels[f"The bridge of the year 18{n}0"] for n in range(3)} == {"related"}
    assert {labels[f"{PROSE[:-1]} in {n}."] for n in range(3)} == {"related"}

    introduced = essay[: len(essay) // 3]
    labels = labels_of(f"<main class=text><h1>The river below</h1>{introduced}<section>{cards}</section></main>")
    assert {labels[f"{PROSE[:-1]} in {n}."] for n in range(3)} == {"body"}
