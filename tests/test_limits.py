"""Bounds: past one, an error that says which, or a document of the page's beginning that says so."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup

import declutter
from declutter import deadline
from declutter.metadata.candidates import MAX_CANDIDATES
from declutter.options import ExtractOptions, Limits
from declutter.parse import parse

PARAGRAPH = "The keeper climbed the stairs each night and lit the lamp, and nobody gave it a thought. "
PAGE = "<!doctype html><title>On Lamps</title>" + "".join(f"<p class=x>{n} {PARAGRAPH}</p>" for n in range(4000))
DUMP = "".join(f"{n} {PARAGRAPH}\n" for n in range(4000))


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Lets a clock that stands still go on by so many seconds each time it is read."""

    def goes(step: float) -> None:
        now = 0.0

        def thread_time() -> float:
            nonlocal now
            now += step
            return now

        monkeypatch.setattr(deadline.time, "thread_time", thread_time)

    return goes


def within(seconds: float, over: str = "raise") -> ExtractOptions:
    return ExtractOptions(limits=Limits(seconds=seconds, over=over))  # type: ignore[arg-type]


@pytest.mark.parametrize("page", [PAGE, PAGE.encode(), DUMP])
def test_a_page_past_its_time_is_an_error_that_names_it(page: str | bytes, clock: Callable[[float], None]) -> None:
    clock(1)

    with pytest.raises(declutter.LimitError, match=r"https://a\.b/c.*seconds is 3.*truncate the page"):
        declutter.extract(page, url="https://a.b/c", options=within(3))


@pytest.mark.parametrize("page", [PAGE, DUMP])
@pytest.mark.parametrize("step", [1.5, 2, 3, 5, 8, 20])
def test_or_a_document_of_its_beginning_whatever_stage_the_time_ends_in(
    page: str, step: float, clock: Callable[[float], None]
) -> None:
    whole = declutter.extract(page)
    clock(step)

    document = declutter.extract(page, options=within(20, "truncate"))

    assert document.truncated
    assert 0 < len(document.blocks) < len(whole.blocks)
    assert [block.text for block in whole.blocks[: len(document.blocks)]] == [block.text for block in document.blocks]


RULES = 'hosts = ["*"]\n' + "[[label]]\nselect = 'b *[class*=a] ~ :not(i)'\nas = 'promo'\n" * 40


def test_rules_are_held_to_the_time_of_the_page(clock: Callable[[float], None]) -> None:
    page = "<!doctype html>" + f"<p>{PARAGRAPH}<b><i class=a>a</i><i>b</i></b>" * 40
    rules = declutter.SiteRules.parse(RULES)
    unruled, ruled = within(1e9), ExtractOptions(limits=Limits(seconds=1e9), rules=rules)
    clock(1)
    without, looks = _looks(page, unruled), _looks(page, ruled)

    assert looks > without + 40

    with pytest.raises(declutter.LimitError, match="seconds is"):
        declutter.extract(page, options=ExtractOptions(limits=Limits(seconds=without + 40), rules=rules))
    cut = ExtractOptions(limits=Limits(seconds=without + 40, over="truncate"), rules=rules)
    document = declutter.extract(page, options=cut)
    assert document.truncated
    assert {declutter.Label.PROMO}.isdisjoint(block.label for block in document.blocks)


def _looks(page: str, options: ExtractOptions) -> int:
    """How often the clock is looked at while a page is read."""
    before = deadline.time.thread_time()
    declutter.extract(page, options=options)
    return round(deadline.time.thread_time() - before)


def test_a_page_within_its_time_is_as_it_is_without_a_bound(clock: Callable[[float], None]) -> None:
    clock(0)

    for over in ("raise", "truncate"):
        assert declutter.extract(PAGE) == declutter.extract(PAGE, options=within(1, over))


def test_no_clock_is_read_where_no_time_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden() -> float:
        raise AssertionError

    for name in ("thread_time", "time", "monotonic", "perf_counter", "process_time"):
        monkeypatch.setattr(time, name, forbidden)

    assert declutter.extract(PAGE).text


def test_a_memory_learns_nothing_from_a_page_past_its_time(clock: Callable[[float], None]) -> None:
    clock(1)

    with pytest.raises(declutter.LimitError, match="seconds"):
        declutter.SiteMemory().observe(PAGE, url="https://a.b/c", options=within(2))


@pytest.mark.parametrize("limits", [Limits(max_blocks=10), Limits(max_text=50), Limits(max_bytes=5000)])
def test_other_bounds_cut_a_page_short_too(limits: Limits) -> None:
    cut = ExtractOptions(limits=Limits(**{name: getattr(limits, name) for name in LIMITS}, over="truncate"))

    document = declutter.extract(PAGE, options=cut)

    assert document.truncated
    assert document.blocks
    with pytest.raises(declutter.LimitError):
        declutter.extract(PAGE, options=ExtractOptions(limits=limits))


ESSAY = f"<!doctype html><title>Live: On Lamps</title><p class=a>{PARAGRAPH * 3}" * 5
ITEM = "<tr><td>cell<td><a href=/{n}>A headline of some words</a> 2023/5/28 9:47"
HOSTILE = {
    "paragraphs": ESSAY + f"<p class=x>{PARAGRAPH}" * 2000,
    "briefs": ESSAY + f"<p class=x>BRIEF | Boats to be added: {PARAGRAPH}[2023/5/28 9:47:25]" * 2000,
    "links": ESSAY + "<ul class=related>" + "<li><a href=/x>A headline of some words</a>" * 2000,
    "a table": ESSAY + "<table class=x>" + "".join(ITEM.format(n=n) for n in range(2000)),
    "footnotes": ESSAY + "".join(f"<p>a word<a href=#n{n}>1</a><p id=n{n}>note {n}" for n in range(1500)),
    "comments": ESSAY + "<div class=comment><b>Ann</b><p>Good, and more of it</p><a href=#>Reply</a></div>" * 1200,
    "cards": ESSAY + "<div class=card><b>News</b><a href=/>Some words of a headline</a><p>1 May 2023</p></div>" * 1200,
    "nameless lines": f"<p>{PARAGRAPH}<p>10:05 it was said<p>Read more" * 1200,
    "a dump": f"{PARAGRAPH}\n[2023/5/28 9:47:25] Word: word\nRead more: Tags\n" * 1200,
    "a dump of short lines": f"{PARAGRAPH}\n" + "a\n" * 3000,
    "a head": "".join(f"<meta name=author content='Mary {n}'><script>x={n}</script>" for n in range(20_000)) + ESSAY,
    "behind the end": ESSAY + "</html>" + "x</html>y<p>z" * 4000,
}


@pytest.mark.parametrize("form", HOSTILE)
@pytest.mark.parametrize("explained", [False, True])
def test_the_clock_is_looked_at_all_the_way(form: str, explained: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are counted, not seconds: between two looks there are never many for each of the page's blocks."""
    page, calls, gaps = HOSTILE[form], 0, []

    def count(_frame: object, event: str, _of: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    def look() -> float:
        nonlocal calls
        gaps.append(calls)
        calls = 0
        return 0.0

    read = declutter.explain if explained else declutter.extract
    read(page)  # what is made once a process is made
    monkeypatch.setattr(deadline.time, "thread_time", look)
    sys.setprofile(count)
    try:
        document = read(page, options=within(3600))
    finally:
        sys.setprofile(None)
    look()

    assert max(gaps) < sum(gaps) / 6
    assert max(gaps) < 50 * max(2000, len(document.blocks))


def test_a_page_is_parsed_in_pieces_to_the_tree_that_it_is_parsed_to_at_once() -> None:
    never_comes = deadline.Deadline(0.0, 1e9)
    long = {
        "a word of many bytes": f"<p>{'快訊' * 60_000}",
        "a comment": f"<p>a<!--{'-' * 200_000}",
    }

    for name, page in {**HOSTILE, **long, **PIECES}.items():
        trees = [[(node.tag, node.text, node.tail, dict(node.attrib)) for top in (root, *root.itersiblings())
                  for node in top.iter()] for root in (parse(page), parse(page, never_comes))]  # fmt: skip
        assert trees[0] == trees[1], name


PIECES = {
    f"a {what} over a border": "<p>" + "x" * (65_534 - len(what) // 2) + what + "y<p>z"
    for what in ("&amp;", "&notanentity;", "</p><p>", "<b a='b'>", "\r\n", "<!-- c -->", "é快é", "<br/>", "</html>")
}


def test_of_a_page_past_its_time_while_it_is_parsed_the_beginning_is_there(clock: Callable[[float], None]) -> None:
    page = "<p>first</p>" + f"<p>{PARAGRAPH}</p>" * 5000
    clock(3)

    document = declutter.extract(page, options=within(10, "truncate"))

    assert document.truncated
    assert "first" == document.blocks[0].text


@pytest.mark.parametrize("made", ["tree", "soup"])
def test_trees_and_soups_are_held_to_the_bounds_as_pages_are(made: str) -> None:
    page = "<html><body>" + f"<p>{PARAGRAPH}</p>" * 200
    source = parse(page) if made == "tree" else BeautifulSoup(page, "lxml")
    for limits, said in (
        ({"max_elements": 50}, "more than 50 elements"),
        ({"max_bytes": 500}, r"a text of [\d,]+ characters, max_bytes is 500"),
    ):
        with pytest.raises(declutter.LimitError, match=f"https://a.b/c.*{said}"):
            declutter.extract(source, url="https://a.b/c", options=ExtractOptions(limits=Limits(**limits)))

        document = declutter.extract(source, options=ExtractOptions(limits=Limits(**limits, over="truncate")))
        assert document.truncated
        assert 0 < len(document.blocks) < 200

    assert 200 == len(declutter.extract(source).blocks)


LIMITS = [name for name in Limits.__struct_fields__ if name != "over"]


def test_what_the_caller_decoded_is_read_without_nul_and_lone_surrogates_as_bytes_are() -> None:
    for page in ("\ufeff<p>o\0ne \ud800 two</p>" * 3, "\ufeffo\0ne \ud800 two\nthree"):
        document = declutter.extract(page)

        assert document.text.startswith("one \ufffd two")


def test_a_title_that_fills_the_head_is_none() -> None:
    page = f"<html><title>{'A title | ' * 5000}</title><h1 class=x>The Last Keepers of the Light</h1><p>{PARAGRAPH * 9}"

    assert "The Last Keepers of the Light" == declutter.extract(page).title


def test_of_what_a_head_says_over_and_over_the_first_thousand_are_kept() -> None:
    from declutter.metadata import read_head
    from declutter.parse import parse

    page = "".join(f"<meta property=og:title content='A title of {n}'>" for n in range(3000))

    head = read_head(parse(f"<html><head>{page}</head>"), url=None)

    assert MAX_CANDIDATES >= max(map(len, head.fields.values()))
