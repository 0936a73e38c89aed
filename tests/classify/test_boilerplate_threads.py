from __future__ import annotations

import pytest

from tests.classify.labelling import MORE_PROSE, PROSE, labels_of

ANSWERS = tuple(
    f"We dug up ours in year {number}, and it was still running as clear as on the first day." for number in range(6)
)


def discussion(*, markup: str = "<div class='text'><p>{}</p></div>") -> str:
    posts = "".join(
        f"<li class=comment><div><a href='/u'>writer{number}</a></div><div>2019-05-0{number + 1}</div>"
        f"{markup.format(text)}<button>Reply</button></li>"
        for number, text in enumerate(ANSWERS)
    )
    return f"<ol class='comments'>{posts}</ol>"


def labels_of_answers(page: str) -> set[str]:
    labels = labels_of(page)
    assert labels["writer1"] != "body"
    assert labels["Reply"] != "body"
    return {labels[answer] for answer in ANSWERS}


def test_comments_on_a_page_without_an_essay_are_its_content() -> None:
    page = f"<body id=a><h1>The River Below</h1><p><a href='/x'>rivers.example</a></p>{discussion()}</body>"

    assert labels_of_answers(page) == {"body"}


def test_answers_to_a_question_are_the_page_s_content_too() -> None:
    page = f"<body id=a><h1>The river</h1><main><p>{PROSE} Has anyone dug it up?</p></main>{discussion()}</body>"

    assert labels_of_answers(page) == {"body"}


def test_an_opening_post_written_as_the_answers_are_makes_a_thread() -> None:
    markup = "<form class=entry><div class=content><div class=text><p>{}</p></div></div></form>"
    opening = f"<main>{markup.format(PROSE)}{markup.format(MORE_PROSE)}</main>"
    page = f"<body id=a><h1>The river</h1>{opening}{discussion(markup=markup)}</body>"

    assert labels_of_answers(page) == {"body"}


@pytest.mark.parametrize(
    "opening",
    [
        f"<div class=story><p>{PROSE}</p></div>",
        f"<div class=node><div class=text><p>{PROSE}</p><p>{MORE_PROSE}</p></div></div>",
    ],
    ids=["a brief", "an article whose innermost markup comments have too"],
)
@pytest.mark.parametrize("taken", [False, True], ids=["left out by main content", "taken for the essay"])
def test_comments_below_an_article_stay_comments_however_many(opening: str, *, taken: bool) -> None:
    comments = f"<main>{discussion()}</main>" if taken else discussion()
    page = f"<body id=a><h1>The River Below</h1><main>{opening}</main>{comments}</body>"

    assert labels_of_answers(page) == {"comment"}


def test_the_notice_of_a_comment_form_is_no_post() -> None:
    notice = " ".join(["Your comment is read by one of us before anybody else sees it."] * 4)
    form = f"<form class=comments><p>{notice}</p></form>"
    page = f"<body id=a><h1>The River Below</h1><main><p>Low water</p></main>{form}</body>"

    assert labels_of(page)[notice] == "comment"
