"""Comments that no class name tells are known by the heading above them and by their signatures."""

from __future__ import annotations

import declutter

from .labelling import MORE_PROSE, PROSE, labels_of

POSTS = (
    "We lost ours ten years ago, and nobody noticed until it was too late to ask for it back.",
    "Will they still open on Saturdays?",
    "Some people would complain about free bread.",
)


def _page(posts: str, heading: str = "Comments (3)") -> str:
    essay = f"<h1>The River Below</h1><main><p>{PROSE}</p><p>{MORE_PROSE}</p>"
    return f"<body id=a>{essay}<div>{heading}</div>{posts}</main><p id=end>The Daily River, est. 1902</p></body>"


def test_posts_signed_above_their_text_are_comments() -> None:
    posts = "".join(f"<p><b>Ann{day}</b> 2014-03-0{day} 10:12</p><p>{post}</p>" for day, post in enumerate(POSTS, 1))

    labels = labels_of(_page(posts))

    assert [labels[post] for post in POSTS] == ["comment"] * 3
    assert labels[PROSE] == labels[MORE_PROSE] == "body"
    assert labels["The Daily River, est. 1902"] != "comment"


def test_posts_signed_below_their_text_are_comments() -> None:
    posts = "".join(f"<p>{post}</p><p><a>Ann{day}</a> 03.03.2014 10:1{day}</p>" for day, post in enumerate(POSTS))

    labels = labels_of(
        _page(posts.replace("Will they", "Tell me, dear editors, whether on that day they"), "Kommentare")
    )

    assert labels["Ann1 03.03.2014 10:11"] == labels[POSTS[0]] == labels[POSTS[2]] == "comment"


def test_dated_teasers_below_comments_are_none_of_them() -> None:
    teasers = "".join(
        f"<p>2014-03-0{day} <a href='/{day}'>What the mayor said on day {day}</a></p>" for day in (1, 2, 3)
    )

    labels = labels_of(_page(f"<h4>Read also</h4>{teasers}"))

    assert "comment" not in {label for text, label in labels.items() if text.startswith("2014")}


def test_comments_that_are_longer_than_an_article_of_fonts_and_breaks_end_it() -> None:
    posts = "".join(f"<font>Ann 2014-03-0{day} 10:12</font><br><font>{POSTS[0]}</font><br>" for day in range(1, 7))

    page = f"<html><body><b>The River Below</b><br>{PROSE}<br><br><b>Comments</b> (6)<br>{posts}</body></html>"

    assert declutter.extract(page).text == PROSE


def test_a_single_signed_post_in_the_box_that_its_heading_opens_is_a_comment() -> None:
    box = f"<section><h3>Comments (1)</h3><p>Ann</p><p>3 March 2014</p><p>{POSTS[0]}</p></section>"

    labels = labels_of(_page(box, "<b>The end</b>"))

    assert {"comment"} == {labels[text] for text in ("Comments (1)", "Ann", "3 March 2014", POSTS[0])}
    assert labels[PROSE] == labels[MORE_PROSE] == "body"


def test_posts_signed_with_how_long_ago_they_were_written_are_comments() -> None:
    posts = "".join(f"<p>Ann</p><p>{hours} uur geleden</p><p>{post}</p>" for hours, post in enumerate(POSTS, 2))

    labels = labels_of(_page(posts, "Reacties (3)"))

    assert {"comment"} == {labels[text] for text in (*POSTS, "2 uur geleden")}
    assert labels[PROSE] == labels[MORE_PROSE] == "body"


def test_a_section_on_comments_without_a_signature_stays_in_the_essay() -> None:
    labels = labels_of(_page(f"<section><h3>Comments</h3><p>{POSTS[0]}</p><p>{POSTS[1]}</p></section>", "<b>More</b>"))

    assert "body" == labels[POSTS[0]]


NAMED = ("Joe", "MJ, Ontario", "Tom Hanna", "island girl", "Dano")


def test_posts_with_names_and_no_times_below_closed_comments_are_comments() -> None:
    posts = "".join(f"<p><b>{name}</b><br>{POSTS[n % 3]} I, {name}, say so.</p>" for n, name in enumerate(NAMED))

    labels = labels_of(_page(f"<p>{PROSE}</p>" * 6 + "<p>Comments are now closed</p>" + posts, "Streams"))

    assert {"comment"} == {labels[name] for name in NAMED} | {labels[f"{POSTS[0]} I, Joe, say so."]}
    assert labels[PROSE] == "body"


def test_paragraphs_below_a_heading_for_comments_without_names_stay() -> None:
    posts = "".join(f"<p>{post} {n}.</p>" for n, post in enumerate(POSTS * 2))

    labels = labels_of(_page(f"<p>{PROSE}</p>" * 6 + "<h2>Comments</h2>" + posts, "Streams"))

    assert labels[f"{POSTS[0]} 0."] == "body"
