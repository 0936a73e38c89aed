from __future__ import annotations

from declutter.classify.corrections import CORRECTIONS, Context
from declutter.classify.features import signatures
from declutter.parse import parse
from declutter.segment import segment
from declutter.tables import find_tables

SURE, DOUBTFUL, OUT = 2.0, -1.5, -6.0


def taken(page: str, scores: list[float], *, headline: int | None = None) -> list[str]:
    """What the steps for wholes add to the blocks with these scores."""
    outline = segment(parse(page))
    silent = bytes(len(scores))
    context = Context(headline, signatures(outline), find_tables(outline), *[silent] * 4)
    before = scores[:]
    CORRECTIONS["list_in_the_essay"](outline, scores, context)
    CORRECTIONS["code_in_the_essay"](outline, scores, context)
    return [text for text, old, new in zip(outline.texts, before, scores, strict=True) if old <= 0 < new]


def test_a_list_that_the_essay_runs_into_is_of_it_with_all_its_items() -> None:
    page = "<p>Bring three things:</p><ul><li>a rope</li><li>a lamp</li><li>some bread</li></ul><p>Privacy</p>"

    assert taken(page, [SURE, DOUBTFUL, DOUBTFUL, SURE, OUT]) == ["a rope", "a lamp"]


def test_a_list_of_links_or_of_what_the_evidence_is_against_or_below_the_headline_is_left_out() -> None:
    links = (
        "<p>The ferry runs.</p><ul><li><a href='/a'>One more tale</a></li><li><a href='/b'>And another</a></li></ul>"
    )
    plain = "<p>The ferry runs.</p><ul><li>Nora Quill</li><li>7 May</li></ul>"

    assert taken(links, [SURE, DOUBTFUL, DOUBTFUL]) == []
    assert taken(plain, [SURE, OUT, DOUBTFUL]) == []
    assert taken(plain, [SURE, DOUBTFUL, DOUBTFUL], headline=0) == []


def test_a_heading_between_the_essay_and_its_list_goes_with_the_list() -> None:
    page = "<p>The ferry runs.</p><h2>Fares</h2><ul><li>adults: four</li><li>dogs: none</li></ul>"

    assert taken(page, [SURE, DOUBTFUL, DOUBTFUL, DOUBTFUL]) == ["Fares", "adults: four", "dogs: none"]


def test_a_table_of_data_is_taken_whole_and_one_that_lays_posts_out_is_not() -> None:
    data = (
        "<p>It opens daily.</p><table><tr><td>Monday</td><td>8 to 17</td></tr><tr><td>Sunday</td><td>9 to 12</td></tr>"
        "</table>"
    )
    posts = (
        "<p>It opens daily.</p><table><tr><td>7 May</td><td>#2</td></tr>"
        "<tr><td><div>nora</div><div>Member</div><div>9 posts</div><div>Aubach</div></td><td>I heard.</td></tr></table>"
    )

    assert taken(data, [SURE, *[DOUBTFUL] * 4]) == ["Monday", "8 to 17", "Sunday", "9 to 12"]
    assert taken(posts, [SURE, *[DOUBTFUL] * 7]) == []


def test_a_list_that_a_form_asks_in_is_none_of_the_essay() -> None:
    page = "<p>The ferry runs.</p><ul><li><input type='radio'>Yes, daily</li><li><input type='radio'>Never</li></ul>"

    assert taken(page, [SURE, DOUBTFUL, DOUBTFUL]) == []


def test_definitions_may_be_further_off_and_hold_lists_of_their_own() -> None:
    page = "<p>It takes one thing.</p><dl><dt>Fares</dt><dd><ul><li>four for adults</li></ul></dd></dl>"

    assert taken(page, [SURE, -3.5, -3.5]) == ["Fares", "four for adults"]


def test_code_in_the_element_that_holds_the_essay_is_of_it() -> None:
    page = "<div><p>Type this:</p><pre>ferry --row</pre><p>Then wait.</p></div><pre>logo</pre>"

    assert taken(page, [SURE, -3.0, SURE, -3.0]) == ["ferry --row"]


def test_a_table_with_header_cells_may_have_links_and_stand_a_button_away_from_the_essay() -> None:
    page = (
        "<p>These sit now.</p><button>Print</button><table><tr><th>Name</th><th>Ward</th></tr>"
        "<tr><td><a href='/1'>Nora Quill</a></td><td>North</td></tr></table>"
    )

    assert taken(page, [SURE, OUT, -3.0, -3.0, -3.0, -3.0]) == ["Name", "Ward", "Nora Quill", "North"]
    assert taken(page.replace("th>", "td>"), [SURE, OUT, -3.0, -3.0, -3.0, -3.0]) == []
