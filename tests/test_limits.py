"""Bounds: past one, an error that says which, or a document of the page's beginning that says so."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

import declutter
from declutter import deadline
from declutter.metadata.candidates import MAX_CANDIDATES
from declutter.options import ExtractOptions, Limits

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

    with pytest.raises(declutter.LimitError, match=r"https://a\.b/c.*seconds is 3.*truncated"):
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
