"""Which blocks of a page are its essay: what stands in its text, however little a single block says."""

from __future__ import annotations

from itertools import pairwise

import pytest

import declutter
from declutter import Label
from declutter.classify.weights import weights

PARAGRAPH = (
    "The ferry had crossed here for ninety years, and nobody on either bank could say who had first paid for it."
)
SPRING = "In spring the water stands above the lower steps."
COINS = "It costs four coins, as it did in her mother's time."
BRIDGE = "The bridge upstream took the carts away from it in 1931."
ROWER = "Nora Quill rows it on Sundays, for those who ask at the inn."
MILL = "The mill upstream ground at night, because the lord took a tenth of whatever was ground by day."
SENTENCES = (PARAGRAPH, SPRING, ROWER, COINS, BRIDGE)
SIDE = "<aside><h4>Tides</h4><p>High at noon</p></aside>"
FEATURE_OF_LINKS = "link_density_of_its_signature"


def page(article: str, *, entries: int = 0, below: str = "<h1>The ferry</h1>") -> str:
    menu = "".join(f"<li><a href='/{number}'>Entry {number}</a></li>" for number in range(entries))
    return (
        f"<html><head><title>The ferry</title></head><body><ul class=nav>{menu}</ul>{below}{article}"
        "<div class=footer><a href=/i>Imprint</a> <p>© The River Post</p></div></body></html>"
    )


def essay_of(source: str) -> list[str]:
    return [block.text for block in declutter.extract(source).blocks if block.label is Label.BODY]


def test_a_table_of_data_that_the_essay_runs_into_is_of_it_with_all_its_cells() -> None:
    hours = "<table><tr><td>Monday</td><td>8 to 17</td></tr><tr><td>Sunday</td><td>9 to 12</td></tr></table>"

    found = essay_of(page(f"<section class=widget><p>{PARAGRAPH} {BRIDGE}</p>{hours}</section>{SIDE}", entries=3))

    assert found[1:] == ["Monday", "8 to 17", "Sunday", "9 to 12"]


def test_a_table_that_lays_posts_out_is_not_taken_whole() -> None:
    posts = (
        "<table><tr><td>7 May</td><td>#2</td></tr><tr><td><div>nora</div><div>Member</div><div>9 posts</div>"
        "<div>Aubach</div></td><td>I heard.</td></tr></table>"
    )

    found = essay_of(page(f"<section class=widget><p>{PARAGRAPH} {BRIDGE}</p>{posts}</section>{SIDE}", entries=3))

    assert {"Member", "9 posts", "Aubach"}.isdisjoint(found)


def test_a_table_with_header_cells_may_have_links_and_stand_a_button_away_from_the_essay() -> None:
    rows = (
        "<table><tr><th>Name</th><th>Ward</th></tr><tr><td><a href='/1'>Nora Quill</a></td><td>North</td></tr></table>"
    )
    body = "".join(f"<p>{PARAGRAPH} {number} boats were counted by the keeper.</p>" for number in range(3))
    article = f"<div class=story>{body}<p>These sit now:</p><button>Print</button>{rows}</div>"

    assert essay_of(page(article, entries=8))[-4:] == ["Name", "Ward", "Nora Quill", "North"]
    assert "Name" not in essay_of(page(article.replace("th>", "td>"), entries=8))


def test_definitions_of_the_essay_are_of_it_with_their_terms() -> None:
    fares = "<dl><dt>Fares</dt><dd>four for adults</dd><dt>Dogs</dt><dd>none</dd></dl>"

    found = essay_of(page(f"<div class=story><p>{PARAGRAPH} {COINS}</p>{fares}</div>", entries=8))

    assert found[1:] == ["Fares", "four for adults", "Dogs", "none"]


def test_a_list_that_a_form_asks_in_is_none_of_the_essay() -> None:
    poll = "<form><ul><li><input type=radio>Yes, daily</li><li><input type=radio>Never</li></ul></form>"

    found = essay_of(page(f"<div class=story><p>{PARAGRAPH}</p>{poll}<p>{COINS}</p></div>"))

    assert found == [PARAGRAPH, COINS]


def test_code_between_the_essay_s_paragraphs_is_of_it() -> None:
    article = f"<div class=left><p>{PARAGRAPH} {BRIDGE}</p><pre>ferry --row</pre><p>Then wait.</p></div>{SIDE}"

    found = essay_of(page(article, below="<h1>The ferry</h1><div>Nora Quill</div>"))

    assert "ferry --row" in found


@pytest.mark.parametrize(("line", "filled"), [("Low water", True), ("Share", False), ("12.05.2021", False)])
def test_a_short_line_between_paragraphs_is_of_the_essay_unless_it_says_what_else_it_is(
    line: str, *, filled: bool
) -> None:
    article = f"<div class=story><div>{SPRING} {PARAGRAPH}</div><div>{line}</div><p>{SPRING}</p></div>{SIDE}"

    found = essay_of(page(article, below="<h1>The ferry</h1><div>Nora Quill</div>"))

    assert found == [f"{SPRING} {PARAGRAPH}", *[line] * filled, SPRING]


def test_a_short_last_paragraph_in_the_essay_s_own_markup_stays() -> None:
    article = f"<div class=left><p>{COINS} {PARAGRAPH}</p><p>{SPRING}</p></div><div><p>Then wait.</p></div>"

    found = essay_of(page(article, below="<h1>The ferry</h1><p class=by>By Nora Quill, 7 May 2021</p>"))

    assert SPRING in found


def test_all_posts_of_a_thread_are_its_essay_and_the_names_beside_them_are_not() -> None:
    texts = [f"{SENTENCES[number % 5]} Number {number} says so." for number in range(6)]
    posts = "".join(
        f'<div class="item"><div class="panel"><a href="/u/w{number}">w{number}</a></div><div class="text">{text}</div>'
        '<div class="foot"><a href="/r">Reply</a> <a href="/l">Like</a></div></div>'
        for number, text in enumerate(texts)
    )

    found = essay_of(page(f"<div class=story><div>{COINS} {SPRING}</div>{posts}</div>", entries=8))

    assert found == [f"{COINS} {SPRING}", *texts]


@pytest.mark.parametrize(("label", "kept"), [("Related articles", False), ("Published", True), ("Low water", True)])
def test_texts_below_a_label_of_teasers_are_none_of_a_short_essay(label: str, *, kept: bool) -> None:
    items = "".join(
        f"<li><a href='/{number}'>The mill {number} that grinds at night</a><p>{text}</p></li>"
        for number, text in enumerate((PARAGRAPH, SPRING, ROWER))
    )
    article = f"<section class=x12><p>{PARAGRAPH} {ROWER}</p></section><div>{label}</div><ul>{items}</ul>"

    assert (PARAGRAPH in essay_of(page(article, entries=8))) == kept


@pytest.mark.parametrize(
    ("label", "inside", "kept"), [("Fares", True, True), ("Fares", False, False), ("Related articles", True, False)]
)
def test_a_long_text_in_doubtful_markup_is_of_the_essay_if_it_stands_inside_it_and_below_no_label_of_teasers(
    label: str, *, inside: bool, kept: bool
) -> None:
    body = [f"<p>{PARAGRAPH} {number} boats were counted.</p>" for number in range(6)]
    links = "".join(f"<li><a href=/{number}>Entry {number}</a></li>" for number in range(12))
    names = "author share"
    section = (
        f"<div class='{names}'><ul>{links}</ul><b>{label}</b><div class='{names}'>{MILL}</div><a href=/b>Buy</a></div>"
    )
    parts = [*body[:3], section, *body[3:]] if inside else [*body, section]

    found = essay_of(page(f"<div class=story>{''.join(parts)}</div>", entries=8))

    assert (MILL in found) == kept


@pytest.mark.parametrize(("owner", "kept"), [("this paper", False), ("the ferry of Aubach", True)])
def test_a_notice_far_after_the_essay_is_none_of_it_unless_it_is_on_its_topic(owner: str, *, kept: bool) -> None:
    notice = f"All material of {owner} belongs to its owners, and quoting it needs their consent, whoever asks."
    told = "".join(f"<p>The ferry of Aubach, part {number}: {text}</p>" for number, text in enumerate(SENTENCES))
    around = f"<div><div><div class=story>{told}</div></div></div>"

    found = essay_of(page(f"{around}<div class=bottom><p>{notice}</p><p>{notice} {BRIDGE}</p></div>", entries=8))

    assert (notice in found) == kept


def test_the_second_copy_of_an_article_is_left_out() -> None:
    body = "".join(f"<p>{PARAGRAPH} {number} boats were counted that year.</p>" for number in range(4))

    found = essay_of(page(f"<div class=story>{body}</div><div class=print>{body}</div>", entries=8))

    assert len(found) == len(set(found)) == 4


def test_a_page_of_short_texts_that_look_like_no_article_gives_them_all() -> None:
    rows = "".join(
        f"<div class=row><div class=col>{text}</div><div class=col><a href=/x>More</a></div></div>"
        for text in SENTENCES
    )

    assert essay_of(page(rows, below="")) == list(SENTENCES)


@pytest.mark.parametrize(
    "entry",
    [
        "<ul class='{0}'><li><a href=/m>Map</a></li><li class='{0}'>{1}</li><li><a href=/b>Buy</a></li></ul>",
        "<table class='{0}'><tr><td><a href=/m>Map</a><td class='{0}'>{1}<td><a href=/b>Go</a></table>",
        "<div class='{0}'><a href=/m>Map</a><div class='{0}'>{1}</div><a href=/b>More</a><br><a href=/c>Buy</a></div>",
    ],
)
def test_texts_with_the_words_of_the_beginning_are_the_essay_in_any_markup_and_the_links_around_them_are_not(
    entry: str,
) -> None:
    names = "comments sidebar footer related widget copyright author share popup caption"
    told = [f"The ferry of Aubach, part {number}: {text}" for number in range(4) for text in SENTENCES]
    links = "<ul>" + "".join(f"<li><a href=/{number}>Entry {number}</a></li>" for number in range(150)) + "</ul>"

    found = essay_of(page(links + "".join(entry.format(names, text) for text in told) + links))

    assert found == told


def test_links_of_alike_blocks_only_ever_speak_against_the_essay() -> None:
    known = weights()

    single = known.singles.get(FEATURE_OF_LINKS, (0,))

    assert all(more <= fewer for fewer, more in pairwise(single))
